"""Two groups of unlike size: their shares, and what their difference can and cannot say."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.batch import add_notes, note
from workbench.charts.compared import Pair, Pairs, read_pairs
from workbench.charts.labels import markup, text_width, wrap
from workbench.charts.pair_parts import (
    MISSED_SAID,
    add_missed,
    foot,
    looks_of,
    name_groups,
    nothing_known,
    ordered,
)
from workbench.charts.pairs import APART, columns_of, join_pairs, marks_of
from workbench.charts.row_parts import (
    Column,
    Dot,
    Row,
    Stack,
    add_marks,
    add_stripes,
    set_scale,
    stack,
    write_column,
    write_foot,
    write_names,
)
from workbench.charts.style import (
    INK,
    MARGIN,
    SMALL,
    WIDTH,
    Look,
    canvas,
    look,
    nice_step,
    reach,
)

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

LABELS = 210
NEUTRAL = Look(INK, "circle", "solid", "")
FILLED_SAID = "Filled: clear after correction for many comparisons"
NOBODY_SAID = "0 (up to …): nobody was counted, and the interval ends there"


@dataclass(frozen=True)
class Panels:
    """Where the two panels and the numbers between them lie, in parts of the plot's width."""

    left: float
    across: float
    shares: tuple[float, float]
    points: tuple[float, float]

    def pixels(self, at: float) -> float:
        """A place in the plot in pixels from the figure's left edge."""
        return self.left + at * self.across


def contrast(
    frame: pd.DataFrame,
    *,
    title: str = "",
    groups: Sequence[str] | None = None,
    top: int | None = 16,
) -> Figure:
    """Shares of two groups, and beside them their difference with what its bases could show.

    ``frame`` is a comparison frame of two groups, such as 79 cases against 2,157; shares in
    [0, 1], differences printed in points. Rows stand by their difference; the ``top`` are the
    clear ones and then those farthest from nought. On the left are both shares with their 95%
    intervals, on the right their difference with its own, over a shade as wide as the differences
    that these bases would often miss. ``groups`` gives all groups in their order, so that each
    keeps its colour and symbol. Raises ``ValueError`` for three groups or more.
    """
    pairs = read_pairs(frame)
    empty = nothing_known(title, pairs)
    if empty is not None or pairs is None:
        return empty
    kept = ordered(pairs.rows, "change", top)
    placed = stack([Row(row.label) for row in kept], groups=2, width=LABELS, apart=APART)
    columns = columns_of(kept, pairs)
    left, right = MARGIN + placed.width + 14, MARGIN + columns[2].width
    panels = _place(left, right, columns)
    heads = _heads(pairs, panels, columns)
    tallest = max(len(lines) for lines, _, _ in heads)
    foot_lines = wrap(_foot(pairs, kept), WIDTH - 2 * MARGIN, SMALL)
    figure = canvas(
        title=title,
        plot_height=max(placed.height, 40),
        left=left,
        right=right,
        top=tallest * SMALL * 1.3 + 6,
        bottom=42 + 20 * (len(_minus(pairs, panels)) + len(foot_lines)),
        groups=[pairs.base(0), pairs.base(1)],
    )
    add_stripes(figure, placed)
    write_names(figure, placed)
    places = looks_of(pairs.groups, groups)
    _add_shares(figure, pairs, kept, placed, panels, places)
    _add_points(figure, pairs, kept, placed, panels)
    name_groups(figure, pairs, places)
    for column, edge in zip(columns, _edges(panels, columns), strict=True):
        write_column(figure, column, placed, "", x=edge)
    at: dict[str, Any] = {"x": 0, "y": 0, "xref": "paper", "yanchor": "bottom", "yshift": 3}
    add_notes(
        figure,
        [
            note(markup(lines, bold=True), xshift=x - left, xanchor=anchor, align=anchor, **at)
            for lines, x, anchor in heads
        ],
    )
    return write_foot(figure, foot_lines)


def _place(left: float, right: float, columns: Sequence[Column]) -> Panels:
    """Shares, numbers, differences from left to right; the numbers as wide as they need."""
    across = WIDTH - left - right
    numbers = columns[0].width + columns[1].width + 24
    free = (across - numbers) / across
    return Panels(left, across, (0, free * 0.47), (free * 0.47 + numbers / across, 1))


def _edges(panels: Panels, columns: Sequence[Column]) -> list[float]:
    """The right edges of the columns of numbers, in pixels from the figure's left edge."""
    start = panels.pixels(panels.shares[1]) + 4
    first = start + columns[0].width
    return [first, first + columns[1].width, WIDTH - MARGIN - 4]


def _heads(
    pairs: Pairs, panels: Panels, columns: Sequence[Column]
) -> list[tuple[list[str], float, str]]:
    """Every heading: its lines, where it is fixed in pixels, and at which of its sides."""
    start, end = (panels.pixels(at) for at in panels.points)
    ways, edges = _ways(pairs, end - start), _edges(panels, columns)
    return [
        (wrap("Share of cases", panels.shares[1] * panels.across, SMALL, bold=True),
         panels.left, "left"),
        *((wrap(own.head, own.width - 12, SMALL, bold=True, most=3), edge, "right")
          for own, edge in zip(columns[:2], edges[:2], strict=True)),
        (ways[0], start, "left"),
        (ways[1], end, "right"),
        (["Points"], edges[2], "right"),
    ]  # fmt: skip


def _ways(pairs: Pairs, width: float) -> tuple[list[str], list[str]]:
    """What lies to the left of nought and what to the right, beside one another."""
    if pairs.over_time:
        return ["← fell"], ["rose →"]
    sizes = [text_width(f"← {name}", SMALL, bold=True) for name in pairs.groups]
    room = [size + 1 if sum(sizes) + 12 < width else width / 2 - 6 for size in sizes]
    arrow = text_width("← ", SMALL, bold=True)
    first, second = (
        wrap(name, own - arrow, SMALL, bold=True, most=2)
        for name, own in zip(pairs.groups, room, strict=True)
    )
    return (
        ["larger in", f"← {first[0]}", *first[1:]],
        ["larger in", *second[:-1], f"{second[-1]} →"],
    )


def _minus(pairs: Pairs, panels: Panels) -> list[str]:
    """The name of the axis of differences, no wider than its panel and the number beside it."""
    width = (panels.points[1] - panels.points[0]) * panels.across + 40
    return wrap(f"Points, {pairs.other} minus {pairs.reference}", width, SMALL, most=3)


def _foot(pairs: Pairs, kept: Sequence[Pair]) -> str:
    missed = any(math.isfinite(row.missed_low) for row in kept)
    nobody = any(cell.n == 0 for row in kept for cell in (row.first, row.second))
    return foot(
        pairs,
        len(kept),
        FILLED_SAID,
        MISSED_SAID if missed else "",
        NOBODY_SAID if nobody else "",
    )


def _add_shares(
    figure: Figure,
    pairs: Pairs,
    kept: Sequence[Pair],
    placed: Stack,
    panels: Panels,
    looks: Sequence[int],
) -> None:
    ends = [v for row in kept for c in (row.first, row.second) for v in (c.share, c.high)]
    limit = reach(ends, least=0.02, most=1.0)
    said = markup(["Share, 95% intervals"])
    set_scale(figure, (0, limit), said, percent=True, domain=panels.shares, most=4)
    join_pairs(figure, kept, placed)
    marks = marks_of(kept, pairs)
    for side, place in enumerate(looks):
        group, offset = pairs.base(side), (side - 0.5) * APART
        own = [mark for mark in marks if mark.group == group]
        add_marks(figure, own, placed, group=group, own=look(place), offset=offset)


def _add_points(
    figure: Figure, pairs: Pairs, kept: Sequence[Pair], placed: Stack, panels: Panels
) -> None:
    values = [
        v
        for row in kept
        for v in (row.difference, row.low, row.high, row.missed_low, row.missed_high)
        if math.isfinite(v)
    ]
    low, high = min([-0.01, *values]), max([0.01, *values])
    room = nice_step(high - low, most=12) / 2
    said = markup(_minus(pairs, panels))
    set_scale(
        figure,
        (max(-1.0, low - room), min(1.0, high + room)),
        said,
        percent=False,
        axis="2",
        domain=panels.points,
        most=4,
    )
    missed = [(row.missed_low, row.missed_high) for row in kept]
    add_missed(figure, placed, missed, axis="2")
    marks = [
        Dot(at, "", row.difference, row.low, row.high, row.words,
            row.say(*pairs.groups), hollow=not row.clear)
        for at, row in enumerate(kept)
    ]  # fmt: skip
    add_marks(figure, marks, placed, group="", own=NEUTRAL, axis="2")
