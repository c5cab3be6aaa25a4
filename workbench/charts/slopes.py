"""Lines from one period to the next, with the names and shares written at both ends."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from workbench.charts.apart import push_apart
from workbench.charts.compared import Cell, Pair, Pairs, read_cells, read_pairs, reference_of
from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.pair_parts import foot, nothing_known
from workbench.charts.row_parts import arm, write_foot
from workbench.charts.style import (
    GRID,
    INK,
    MARGIN,
    PALETTE,
    SMALL,
    SOFT,
    WIDTH,
    canvas,
    in_order,
    mix,
    reach,
    write,
)

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

MOST_LINES = 12
MOST_PERIODS = 4
PLOT = 420
"""The height in pixels between the ends of a full chart; one of few lines takes less."""
FEWEST, EACH = 130, 38
LABEL = 250
"""The most pixels that the words at either end may take."""
LINE = SMALL * 1.3
GUTTER = 34
"""Pixels between the outer dots and the words."""
HANG = 90
"""The most pixels that words may hang below the plot."""
HEAD = 100
LANE = 7.0
"""Pixels between intervals that would else lie on one another."""
RISE, FALL = mix(PALETTE[0], "#000000", 0.15), mix(PALETTE[3], "#000000", 0.25)
QUIET = "#8A8A8A"


class _End(NamedTuple):
    """Words at one end of the line ``place``; ``wanted`` is the dot's height in pixels from above.

    Those of a clear change are ``bold``.
    """

    place: int
    lines: list[str]
    wanted: float
    bold: bool

    @property
    def tall(self) -> float:
        """The height of the words in pixels, with some room."""
        return len(self.lines) * LINE + 4


def slope(
    frame: pd.DataFrame, *, title: str = "", groups: Sequence[str] | None = None, top: int = 8
) -> Figure:
    """The share of each label from one period to the next: a line a label, with 95% intervals.

    ``frame`` is a comparison frame of two to four periods (or other groups in order); shares in
    [0, 1]. ``groups`` picks and orders them. Shown are first the labels whose change from the
    first period to the last is clear after correction, then the largest, ``top`` (at most 12) in
    all. Clear changes are thick, coloured and marked with an arrow; all others grey. A share that
    is not known leaves its end open. Raises ``ValueError`` for one period or more than four, and
    where the first is not the one that the others are compared with.
    """
    periods = _order(frame, groups)
    if len(frame) and not 1 < len(periods) <= MOST_PERIODS:
        raise ValueError(f"slope draws two to four periods, not {len(periods)}; choose with groups")
    ends = frame[frame["group"].astype(str).isin(periods[:1] + periods[-1:])]
    pairs = read_pairs(ends)
    if pairs is not None and pairs.reference != periods[0]:
        raise ValueError(f"the frame compares with {pairs.reference}; name it first in groups")
    empty = nothing_known(title, pairs)
    if empty is not None or pairs is None:
        return empty
    kept = _choose(pairs, min(top, MOST_LINES))
    cells = read_cells(frame)
    rows = [[cells.get((row.label, name), Cell()) for name in periods] for row in kept]
    return _draw(pairs, kept, rows, periods, title)


def _order(frame: pd.DataFrame, groups: Sequence[str] | None) -> list[str]:
    """The periods to draw: as given, or the reference and then as in the frame."""
    present = in_order(frame["group"])
    if groups is not None:
        return [name for name in groups if name in present]
    first = reference_of(frame) if present else ""
    return sorted(present, key=lambda name: name != first)


def _choose(pairs: Pairs, top: int) -> list[Pair]:
    """Clear changes first, the largest change up first; then the largest shares."""
    clear = sorted((r for r in pairs.rows if r.clear), key=lambda r: (-abs(r.difference), r.label))
    others = sorted((r for r in pairs.rows if not r.clear), key=lambda r: (-r.largest, r.label))
    return [*clear, *others][:top]


def _draw(
    pairs: Pairs, kept: list[Pair], rows: list[list[Cell]], periods: list[str], title: str
) -> Figure:
    tall = min(PLOT, FEWEST + EACH * len(kept))
    limit = reach((v for row in rows for c in row for v in (c.share, c.high)), least=0.02, most=1.0)
    words = [[_left(row) for row in kept], [_right(row) for row in kept]]
    sides = [_widest(lines) for lines in words]
    scale = (tall - 16) / limit

    def level(share: float) -> float:
        return tall - 8 - share * scale

    last = len(periods) - 1
    heads = [_head(rows, at, name) for at, name in enumerate(periods)]
    ends = [_ends(kept, rows, words[side], level, at=at) for side, at in ((0, 0), (1, last))]
    below = max(_overhang(own, tall) for own in ends)
    foot_lines = _foot(pairs, kept, periods)
    figure = canvas(
        title=title,
        plot_height=tall + below,
        left=MARGIN + sides[0] + 4,
        right=MARGIN + sides[1] + 4,
        top=max(len(lines) for lines in heads) * LINE + 10,
        bottom=20 + 20 * len(foot_lines),
    )
    across = WIDTH - figure.layout.margin.l - figure.layout.margin.r
    unit = (across - 2 * GUTTER) / last
    figure.update_xaxes(range=[-GUTTER / unit, last + GUTTER / unit], visible=False)
    figure.update_yaxes(range=[tall + below, 0], visible=False)
    _add_columns(figure, heads, tall)
    lanes = {at: _lanes([row[at] for row in rows], level) for at in (0, last)}
    for place in sorted(range(len(kept)), key=lambda at: kept[at].clear):  # clear ones on top
        aside = [lanes[at][place] / unit if at in lanes else 0.0 for at in range(last + 1)]
        _add_line(figure, kept[place], rows[place], periods, aside, level)
    for side, at in ((0, 0), (1, last)):
        starts = [at + lanes[at][end.place] / unit for end in ends[side]]
        _write_ends(figure, ends[side], starts, side=side)
    return write_foot(figure, foot_lines)


def _foot(pairs: Pairs, kept: list[Pair], periods: list[str]) -> list[str]:
    said = foot(
        pairs,
        len(kept),
        "Share of cases, with 95% intervals",
        f"Thick, with an arrow: clear change, in points, from {periods[0]} to {periods[-1]} after "
        "correction for many comparisons",
    )
    return wrap(said, WIDTH - 2 * MARGIN, SMALL)


def _left(row: Pair) -> list[str]:
    return wrap(f"{row.label} {row.first.short}", LABEL, SMALL, bold=True, most=3)


def _right(row: Pair) -> list[str]:
    change = "" if row.unknown else f" {row.words}" if row.clear else f" ({row.words})"
    said = f"{row.second.short}{change} {row.label}"
    return wrap(said, LABEL, SMALL, bold=True, most=3)


def _widest(words: list[list[str]]) -> float:
    return max(text_width(line, SMALL, bold=True) for lines in words for line in lines)


def _ends(
    kept: list[Pair], rows: list[list[Cell]], words: list[list[str]], level: Any, *, at: int
) -> list[_End]:
    """The words of one side, for the lines whose share is known there."""
    return [
        _End(place, words[place], level(cells[at].share), row.clear)
        for place, (row, cells) in enumerate(zip(kept, rows, strict=True))
        if cells[at].known
    ]


def _overhang(ends: list[_End], height: float) -> float:
    """How far below the plot the words may hang, so that they need not all crowd upwards."""
    free = push_apart([end.wanted for end in ends], [end.tall for end in ends])
    lowest = max((at + end.tall / 2 for at, end in zip(free, ends, strict=True)), default=0.0)
    crowded = sum(end.tall for end in ends) - height - HANG
    return max(min(lowest - height, HANG), crowded + HANG, 8.0)


def _lanes(cells: Sequence[Cell], level: Any) -> list[float]:
    """How many pixels aside each cell's interval stands, so that none lies on another."""
    placed: list[tuple[float, float, float]] = []
    found = [0.0] * len(cells)
    known = [at for at, cell in enumerate(cells) if cell.known]
    for at in sorted(known, key=lambda at: -cells[at].share):
        top, bottom = level(cells[at].high) - 6, level(cells[at].low) + 6
        for lane in (0.0, LANE, -LANE):
            if all(lane != other or bottom < up or top > low for other, up, low in placed):
                break
        placed.append((lane, top, bottom))
        found[at] = lane
    return found


def _head(rows: list[list[Cell]], at: int, period: str) -> list[str]:
    """A period's name in lines, then its base where all rows have the same."""
    bases = {row[at].base for row in rows if math.isfinite(row[at].base)}
    said = [f"{bases.pop():,.0f} cases"] if len(bases) == 1 else []
    return [*wrap(period, HEAD, SMALL, bold=True, most=3), *said]


def _add_columns(figure: Figure, heads: Sequence[list[str]], tall: float) -> None:
    """A light upright for each period, with its name and base above."""
    for at, lines in enumerate(heads):
        line = {"color": GRID, "width": 1}
        figure.add_shape(type="line", x0=at, x1=at, y0=0, y1=tall, line=line, layer="below")
        above: dict[str, Any] = {"xanchor": "center", "yanchor": "bottom", "yshift": 6}
        write(figure, markup(lines, bold=True), x=at, y=0, **above)


def _add_line(
    figure: Figure,
    row: Pair,
    cells: Sequence[Cell],
    periods: Sequence[str],
    aside: Sequence[float],
    level: Any,
) -> None:
    from plotly.graph_objects import Scatter

    colour = (RISE if row.difference > 0 else FALL) if row.clear else QUIET
    known = [at for at, cell in enumerate(cells) if cell.known]
    outer = (0, len(cells) - 1)
    y = [level(cells[at].share) for at in known]
    arms = [
        (arm(level(cells[at].low) - v), arm(v - level(cells[at].high))) if at in outer else (0, 0)
        for at, v in zip(known, y, strict=True)
    ]
    figure.add_trace(
        Scatter(
            x=[at + aside[at] for at in known],
            y=y,
            mode="lines+markers",
            line={"color": colour, "width": 3.5 if row.clear else 1.3},
            marker={"color": colour, "size": 9 if row.clear else 6},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [below for below, _ in arms],
                "arrayminus": [above for _, above in arms],
                "color": colour,
                "thickness": 1.6 if row.clear else 1,
                "width": 0,
            },
            cliponaxis=False,
            customdata=[[plain(cells[at].say(row.label, periods[at]))] for at in known],
            hovertemplate="%{customdata[0]}<extra></extra>",
            showlegend=False,
        )
    )


def _write_ends(
    figure: Figure, marks: Sequence[_End], starts: Sequence[float], *, side: int
) -> None:
    """Write the words beside their dots, moved apart, each with a thin line to its dot."""
    span = (-8.0, figure.layout.yaxis.range[0] + 4.0)
    middles = push_apart([mark.wanted for mark in marks], [mark.tall for mark in marks], span)
    outer = figure.layout.xaxis.range[side]
    gap = abs(figure.layout.xaxis.range[0]) * 8 / GUTTER
    for mark, start, middle in zip(marks, starts, middles, strict=True):
        figure.add_shape(
            type="line",
            x0=start + (gap if side else -gap),
            x1=outer,
            y0=mark.wanted,
            y1=middle,
            line={"color": SOFT if mark.bold else QUIET, "width": 1 if mark.bold else 0.7},
            layer="below",
        )
        write(
            figure,
            markup(mark.lines, bold=mark.bold),
            x=outer,
            y=middle,
            xanchor="left" if side else "right",
            yanchor="middle",
            align="left" if side else "right",
            colour=INK if mark.bold else SOFT,
        )
