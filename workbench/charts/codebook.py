"""Found themes against the codes of a codebook, as a grid of cells."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, Literal

from workbench.charts.grid import PALEST
from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.style import (
    BAND,
    FOOT_LEFT,
    MARGIN,
    PALETTE,
    PAPER,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    canvas,
    floats,
    in_order,
    ink_on,
    mix,
    say_nothing_to_show,
    write,
)
from workbench.compare.say import percent
from workbench.themes.alignment import MET

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from plotly.graph_objects import Figure

UNPLACED = -1
ALL = "All texts"
LABELS = 250
WIDEST_CELL = 150
LINE = SMALL * 1.35
INSET = 2.5
SIGNED = 44
"""Cells narrower than this have no room for a per cent sign."""
FRAME = PALETTE[3]
"""Stands out 3:1 from paper and from the darkest cell."""
SAYS = {
    "theme": "Per cent of the theme's texts that bear the code",
    "code": "Per cent of the code's texts that lie in the theme",
}
_FRAMED = "Framed, in bold: clearly more frequent in this theme than elsewhere"


def alignment(
    frame: pd.DataFrame, *, title: str = "", of: Literal["theme", "code"] = "theme"
) -> Figure:
    """Themes down, codes across, the share in each cell in per cent.

    ``frame`` is that of ``themes.alignment.align_codebook``. Codes stand in the codebook's order
    and themes in the order of the code that each meets most clearly, so that a codebook that fits
    shows a diagonal; texts in no theme, if any, come last. ``of="theme"`` shows shares of the
    theme, with those of all texts below for comparison; ``of="code"`` shares of the code. A cell
    where theme and code meet is framed and in bold. Where names do not fit above the columns,
    codes or numbers stand there and a key below.
    """
    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    share = "share_of_theme" if of == "theme" else "share_of_code"
    foot = [SAYS[of], *_remarks(frame)]
    frame = frame[(frame["theme"] != UNPLACED) | (frame["size"] > 0)]
    order, codes = _order_themes(frame), in_order(frame["code"])
    label_of = dict(zip(map(int, frame["theme"]), map(str, frame["label"]), strict=True))
    name_of = dict(zip(map(str, frame["code"]), map(str, frame["name"]), strict=True))
    rows = [label_of[theme] for theme in order] + ([ALL] if of == "theme" else [])
    lines = [wrap(row, LABELS, TEXT, most=2) for row in rows]
    left = MARGIN + max(text_width(line, TEXT) for own in lines for line in own) + 10
    cell = min(WIDEST_CELL, (WIDTH - left - MARGIN) / len(codes))
    heads, key = _heads(codes, [name_of[code] for code in codes], cell)
    height = max(30.0, max(len(own) for own in lines) * TEXT * 1.25 + 6)
    figure = canvas(
        title=title,
        plot_height=height * len(rows),
        left=left,
        right=WIDTH - left - cell * len(codes),
        top=max(len(head) for head in heads) * LINE + 8,
        bottom=MARGIN + LINE * (len(foot) + len(key)) + 12,
    )
    figure.update_xaxes(range=[-0.5, len(codes) - 0.5], visible=False)
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], visible=False)
    _add_cells(figure, _cells(frame, order, codes, share), cell=cell, height=height)
    _rule_off(figure, sum(theme != UNPLACED for theme in order))
    for place, head in enumerate(heads):
        at: dict[str, Any] = {"yref": "paper", "yanchor": "bottom", "yshift": 3}
        write(figure, markup(head, bold=True), x=place, y=1, **at)
    for place, own in enumerate(lines):
        at = {"xref": "paper", "xanchor": "right", "align": "right", "xshift": -8}
        write(figure, markup(own), x=0, y=place, size=TEXT, **at)
    words = markup([*foot, *key])
    return write(
        figure, words, x=0, y=0, xshift=MARGIN - left, yshift=-8, align="left", **FOOT_LEFT
    )


def _remarks(frame: pd.DataFrame) -> list[str]:
    """What the frames mean, where there are any, and how many texts are in no theme."""
    said = [_FRAMED] if frame["relation"].isin(MET).any() else []
    nowhere = frame[frame["theme"] == UNPLACED]
    if len(nowhere):
        size, base = nowhere["size"].iloc[0], nowhere["base"].iloc[0]
        said.append(f"In no theme: {size:,.0f} of {base:,.0f} texts")
    return said


def _rule_off(figure: Figure, placed: int) -> None:
    """A line between the themes and the rows that are none."""
    rule = {"color": SOFT, "width": 2}
    figure.add_shape(
        type="line", xref="paper", x0=0, x1=1, y0=placed - 0.5, y1=placed - 0.5, line=rule
    )


def _order_themes(frame: pd.DataFrame) -> list[int]:
    """Themes by the place of their clearest code: the met one, else the one with most lift."""
    codes = in_order(frame["code"])
    best: dict[int, tuple[bool, float, int]] = {}
    for theme, code, lift, relation in zip(
        frame["theme"], frame["code"], floats(frame["lift"]), frame["relation"], strict=True
    ):
        clear = (relation in MET, lift if math.isfinite(lift) else 0.0, -codes.index(str(code)))
        best[int(theme)] = max(best.get(int(theme), clear), clear)
    placed = [theme for theme in best if theme != UNPLACED]
    ordered = sorted(placed, key=lambda theme: (-best[theme][2], -best[theme][1]))
    return ordered + [theme for theme in best if theme == UNPLACED]


def _heads(
    codes: Sequence[str], names: Sequence[str], cell: float
) -> tuple[list[list[str]], list[str]]:
    """What stands above the columns, in lines, and the lines of the key that explains it."""
    words = [word for name in names for word in name.split()]
    if all(text_width(word, SMALL, bold=True) <= cell - 6 for word in words):
        return [wrap(name, cell - 6, SMALL, bold=True, most=4) for name in names], []
    fits = all(text_width(code, SMALL, bold=True) <= cell - 4 for code in codes)
    short = list(codes) if fits else [str(place) for place in range(1, len(codes) + 1)]
    entries = [f"{head} {name}" for head, name in zip(short, names, strict=True)]
    return [[head] for head in short], _run_on(entries)


def _run_on(entries: Sequence[str]) -> list[str]:
    """Entries one after another, in lines that break between entries where they can."""
    lines = [""]
    for entry in entries:
        joined = f"{lines[-1]};  {entry}" if lines[-1] else entry
        if lines[-1] and text_width(joined, SMALL) > WIDTH - 2 * MARGIN:
            lines[-1] += ";"
            lines.append(entry)
        else:
            lines[-1] = joined
    return [line for own in lines for line in wrap(own, WIDTH - 2 * MARGIN, SMALL)]


_Cell = tuple[int, int, float, bool, str]


def _cells(frame: pd.DataFrame, order: list[int], codes: list[str], share: str) -> list[_Cell]:
    """Each cell's column, row, share, whether theme and code meet, and its hover words."""
    cells = []
    for row in frame.to_dict("records"):
        of_theme, low, high = (percent(row[name]) for name in ("share_of_theme", "low", "high"))
        said = (
            f"{row['label']}, {row['name']}: {row['n']:,.0f} texts, {of_theme} of the theme's "
            f"{row['size']:,.0f} ({low} to {high}), {percent(row['share_of_code'])} of the code's "
            f"{row['total']:,.0f}; {row['relation']}"
        )
        at = (codes.index(str(row["code"])), order.index(int(row["theme"])))
        cells.append((*at, float(row[share]), row["relation"] in MET, said))
    if share == "share_of_theme":
        for column, code in enumerate(codes):
            value = floats(frame.loc[frame["code"].astype(str) == code, "share_of_all"])[0]
            said = f"{ALL}, {code}: {percent(value)}"
            cells.append((column, len(order), value, False, said))
    return cells


def _add_cells(figure: Figure, cells: list[_Cell], *, cell: float, height: float) -> None:
    from plotly.graph_objects import Scatter

    largest = max((share for _, _, share, _, _ in cells if math.isfinite(share)), default=0.0)
    texts, inks = [], []
    for x, y, share, meets, _ in cells:
        known = math.isfinite(share)
        ground = mix(PALEST, PALETTE[0], share / largest if largest else 0.0) if known else BAND
        # Inset, so that no neighbour's edge covers the frame.
        across, down = (INSET / cell, INSET / height) if meets else (0.0, 0.0)
        figure.add_shape(
            type="rect",
            x0=x - 0.5 + across,
            x1=x + 0.5 - across,
            y0=y - 0.5 + down,
            y1=y + 0.5 - down,
            fillcolor=ground,
            line={"color": FRAME if meets else PAPER, "width": 3 if meets else 2},
            layer="below",
        )
        said = f"{100 * share:.0f}{'%' if cell >= SIGNED else ''}" if known else "–"
        texts.append(f"<b>{said}</b>" if meets else said)
        inks.append(ink_on(ground))
    figure.add_trace(
        Scatter(
            x=[cell[0] for cell in cells],
            y=[cell[1] for cell in cells],
            text=texts,
            mode="text",
            textfont={"color": inks, "size": SMALL},
            customdata=[[plain(cell[4])] for cell in cells],
            hovertemplate="%{customdata[0]}<extra></extra>",
            showlegend=False,
        )
    )
