"""The same rows in a small panel for each group, all on one scale."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.batch import add_notes, add_shapes, note
from workbench.charts.compared import Cell, read_cells, reference_of
from workbench.charts.labels import markup, wrap
from workbench.charts.pair_parts import say_hidden
from workbench.charts.row_parts import (
    Dot,
    Row,
    Stack,
    add_marks,
    add_stripes,
    set_scale,
    stack,
    write_foot,
    write_names,
)
from workbench.charts.style import (
    MARGIN,
    PALETTE,
    SMALL,
    SOFT,
    WIDTH,
    Look,
    canvas,
    floats,
    in_order,
    reach,
)
from workbench.compare.say import CLEAR

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

MOST_PANELS = 12
LABELS = 200
LEAST = 148
"""The least pixels that a panel takes, with its numbers."""
NUMBER = 58
GAP = 18
FOOT = 34
OWN = Look(PALETTE[0], "circle", "solid", "")
FIRST = Look(SOFT, "square", "solid", "")
"""For the panel that the others are compared with."""


@dataclass(frozen=True)
class Table:
    """What the panels show: ``cells`` by row and panel, and which of them are ``clear``.

    ``reference`` is the panel that the others are compared with, "" where they are not;
    ``every`` says how many rows and panels there were.
    """

    rows: tuple[str, ...]
    panels: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]
    clear: frozenset[tuple[str, str]]
    reference: str
    every: tuple[int, int]

    def cell(self, row: str, panel: str) -> Cell:
        """One cell, unknown where the frame has none."""
        return self.cells.get((row, panel), Cell())


@dataclass(frozen=True)
class Sheet:
    """How panels lie: ``across`` in a line, each ``width`` pixels wide, under their ``heads``."""

    heads: tuple[tuple[str, ...], ...]
    placed: Stack
    across: int
    width: float

    @property
    def left(self) -> float:
        """The left margin, which the rows' labels take."""
        return MARGIN + self.placed.width + 14

    @property
    def lines(self) -> int:
        """How many lines of panels there are."""
        return math.ceil(len(self.heads) / self.across)

    @property
    def head(self) -> float:
        """The height of the tallest heading in pixels."""
        return max(len(lines) for lines in self.heads) * SMALL * 1.3 + 8

    @property
    def height(self) -> float:
        """The height of all lines of panels in pixels."""
        return self.lines * (self.head + self.placed.height + FOOT)

    def start(self, place: int) -> float:
        """Where a panel starts, in pixels from the left edge of the plot."""
        return (place % self.across) * (self.width + GAP)

    def up(self, line: int) -> tuple[float, float]:
        """The part of the plot's height that the rows of a line of panels take."""
        top = line * (self.head + self.placed.height + FOOT) + self.head
        return 1 - (top + self.placed.height) / self.height, 1 - top / self.height


def multiples(
    frame: pd.DataFrame,
    *,
    panel: str = "group",
    label: str = "label",
    title: str = "",
    top: int | None = 12,
    axis: str = "Share of cases",
) -> Figure:
    """The share of each label in a small panel for each group: the same rows, one scale.

    ``frame`` is a comparison frame; shares in [0, 1]. ``panel`` names the column of which each
    value gets a panel, in the frame's order and at most 12, and ``label`` that of the rows, of
    which the ``top`` with the most cases are shown. Where the panels are the
    groups compared, the reference's share stands in each other panel as an upright stroke, and
    dots are filled where the difference from it is clear after correction. A share that is not
    known shows as a dash.
    """
    table = _read(frame, panel, label, top)
    if not table.rows:
        return say_hidden(title, empty=not len(frame))
    sheet = _lay(table)
    foot = wrap(_foot(table, axis), WIDTH - 2 * MARGIN, SMALL)
    bottom = 8 + 20 * len(foot)
    figure = canvas(title=title, plot_height=sheet.height, left=sheet.left, bottom=bottom)
    for line in range(sheet.lines):
        add_stripes(figure, sheet.placed, axis=_suffix(line))
        write_names(figure, sheet.placed, axis=_suffix(line))
        figure.update_layout({f"yaxis{_suffix(line)}": {"domain": list(sheet.up(line))}})
    shown = [table.cell(row, name) for row in table.rows for name in table.panels]
    limit = reach((v for cell in shown for v in (cell.share, cell.high)), least=0.02, most=1.0)
    for place in range(len(table.panels)):
        _add_panel(figure, table, sheet, place, limit)
    return write_foot(figure, foot)


def _read(frame: pd.DataFrame, panel: str, label: str, top: int | None) -> Table:
    read = frame.assign(label=frame[label].astype(str), group=frame[panel].astype(str))
    cells, panels, labels = read_cells(read), in_order(read["group"]), in_order(read["label"])
    shown = tuple(panels[:MOST_PANELS])
    carried = {
        row: sum(cells[row, name].n for name in shown if _known(cells, row, name))
        for row in labels
        if any(_known(cells, row, name) for name in shown)
    }
    ranked = sorted(carried, key=lambda row: (-carried[row], row))
    compared = panel == "group" and "reference" in frame and bool(frame["reference"].notna().any())
    p = floats(frame["p_adjusted"]) if compared else [math.nan] * len(frame)
    clear = {
        (row, name)
        for row, name, chance in zip(read["label"], read["group"], p, strict=True)
        if chance < CLEAR
    }
    return Table(
        rows=tuple(ranked[:top]),
        panels=shown,
        cells=cells,
        clear=frozenset(clear),
        reference=reference_of(frame) if compared else "",
        every=(len(labels), len(panels)),
    )


def _known(cells: Mapping[tuple[str, str], Cell], row: str, panel: str) -> bool:
    return cells.get((row, panel), Cell()).known


def _lay(table: Table) -> Sheet:
    """As many panels a line as are wide enough, and no more in one line than in another."""
    placed = stack([Row(name) for name in table.rows], width=LABELS)
    room = WIDTH - 2 * MARGIN - placed.width - 14
    most = max(1, int((room + GAP) // (LEAST + GAP)))
    lines = math.ceil(len(table.panels) / most)
    across = math.ceil(len(table.panels) / lines)
    width = (room - GAP * (across - 1)) / across
    heads = tuple(_head(table, name, width) for name in table.panels)
    return Sheet(heads, placed, across, width)


def _head(table: Table, panel: str, width: float) -> tuple[str, ...]:
    """A panel's name in lines, then its base where all rows have the same."""
    bases = {table.cell(row, panel).base for row in table.rows}
    known = {base for base in bases if math.isfinite(base)}
    said = [f"{known.pop():,.0f} cases"] if len(known) == 1 else []
    return (*wrap(panel, width, SMALL, bold=True, most=3), *said)


def _foot(table: Table, axis: str) -> str:
    rows, panels = table.every
    said = [f"{axis}, with 95% intervals"]
    if table.reference:
        said.append(
            f"Squares and upright strokes: {table.reference}. Filled dots: clearly different from "
            "it after correction for many comparisons"
        )
    if len(table.panels) < panels:
        said.append(f"The first {len(table.panels)} of {panels} panels are shown")
    if len(table.rows) < rows:
        said.append(f"{len(table.rows)} of {rows} rows are shown")
    if any(not table.cell(row, name).known for row in table.rows for name in table.panels):
        said.append("A dash: hidden, not known or not a label of that scheme")
    return ". ".join(said)


def _suffix(place: int) -> str:
    return "" if place == 0 else str(place + 1)


def _add_panel(figure: Figure, table: Table, sheet: Sheet, place: int, limit: float) -> None:
    name, axis, upright = table.panels[place], _suffix(place), _suffix(place // sheet.across)
    inside = WIDTH - sheet.left - MARGIN
    start, end = sheet.start(place), sheet.start(place) + sheet.width
    domain = (start / inside, (end - NUMBER) / inside)
    most = 3 if sheet.width < 220 else 5
    set_scale(
        figure, (0, limit), "", percent=True, domain=domain, most=most, axis=axis, upright=upright
    )
    compared = bool(table.reference) and name != table.reference
    own = FIRST if name == table.reference else OWN
    if compared:
        _add_strokes(figure, table, sheet, place)
    marks, notes = [], []
    for at, row in enumerate(table.rows):
        cell, clear = table.cell(row, name), (row, name) in table.clear
        hollow = compared and not clear
        said = cell.say(row, name)
        marks.append(Dot(at, name, cell.share, cell.low, cell.high, "", said, hollow=hollow))
        words = markup([cell.short], bold=clear)
        side: dict[str, Any] = {"xref": "paper", "xanchor": "right", "yanchor": "middle"}
        y, yref = sheet.placed.middles[at], f"y{upright}"
        notes.append(note(words, x=end / inside, y=y, yref=yref, **side))
    add_marks(figure, marks, sheet.placed, group=name, own=own, axis=axis, upright=upright)
    above: dict[str, Any] = {"xref": "paper", "yref": "paper", "xanchor": "left", "align": "left"}
    y = sheet.up(place // sheet.across)[1]
    head = markup(list(sheet.heads[place]), bold=True)
    above |= {"yanchor": "bottom", "yshift": 3}
    add_notes(figure, [*notes, note(head, x=start / inside, y=y, **above)])


def _add_strokes(figure: Figure, table: Table, sheet: Sheet, place: int) -> None:
    """The reference's share in each row, as an upright stroke."""
    own = {"xref": f"x{_suffix(place)}", "yref": f"y{_suffix(place // sheet.across)}"}
    look = {"type": "line", "line": {"color": SOFT, "width": 2.5}, "layer": "between"}
    cells = [table.cell(row, table.reference) for row in table.rows]
    strokes = [
        {**own, **look, "x0": cell.share, "x1": cell.share, "y0": y - 9, "y1": y + 9}
        for cell, y in zip(cells, sheet.placed.middles, strict=True)
        if cell.known
    ]
    add_shapes(figure, strokes)
