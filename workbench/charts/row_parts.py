"""The parts of charts of labelled rows: places, dots with intervals, numbers, scales.

The vertical axis counts pixels from the top of the plot, so that a row is just as high as its
wrapped label needs.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.batch import add_notes, add_shapes, note
from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.style import (
    BAND,
    INK,
    MARGIN,
    MOST_GRIDLINES,
    TEXT,
    WIDTH,
    Look,
    look,
    nice_step,
    write,
)

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

LABELS = 300
"""The most pixels that row labels may take."""
LINE = TEXT * 1.25
APART = 14
"""Pixels between the dots of two groups in one row."""
COLUMN = 112
"""The width of one column of numbers."""
NOTHING: list[Any] = [None]
"""What a group without a known value draws, so that the legend still names it."""


@dataclass(frozen=True)
class Row:
    """One row's words and how they are set: ``indent`` in pixels, ``bold`` for a heading."""

    label: str
    indent: float = 0
    bold: bool = False


@dataclass(frozen=True)
class Dot:
    """A value with its interval in one row; NaN where it is not known.

    ``numbers`` is what the column beside the plot says, ``hover`` what pointing at it says
    (plain words; both are escaped here).
    """

    row: int
    group: str
    value: float
    low: float
    high: float
    numbers: str
    hover: str
    hollow: bool = False


@dataclass(frozen=True)
class Column:
    """Words beside the plot: a ``head``, and the words of each row that has any.

    Rows in ``bold`` stand out. ``width`` is in pixels.
    """

    head: str
    words: Mapping[int, str]
    bold: Collection[int] = ()
    width: float = COLUMN


@dataclass(frozen=True)
class Stack:
    """Rows with their place: wrapped ``lines``, ``tops`` and ``middles`` in pixels from above."""

    rows: tuple[Row, ...]
    lines: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    middles: tuple[float, ...]
    height: float
    width: float


def stack(
    rows: Sequence[Row], *, groups: int = 1, width: float = LABELS, apart: float = APART
) -> Stack:
    """Place ``rows`` below one another, each as high as its label or its dots need."""
    lines = [tuple(wrap(r.label, width - r.indent, TEXT, bold=r.bold, most=4)) for r in rows]
    needed = [max(len(own) * LINE + 8, (groups - 1) * apart + 24) for own in lines]
    tops = [sum(needed[:place]) for place in range(len(rows))]
    middles = [top + height / 2 for top, height in zip(tops, needed, strict=True)]
    widths = [
        row.indent + text_width(line, TEXT, bold=row.bold)
        for row, own in zip(rows, lines, strict=True)
        for line in own
    ]
    return Stack(
        rows=tuple(rows),
        lines=tuple(lines),
        tops=tuple(tops),
        middles=tuple(middles),
        height=sum(needed),
        width=max(widths, default=0),
    )


def set_scale(
    figure: Figure,
    span: tuple[float, float],
    title: str,
    *,
    percent: bool,
    axis: str = "",
    upright: str = "",
    domain: tuple[float, float] = (0, 1),
    most: int = MOST_GRIDLINES - 4,
) -> None:
    """Set a horizontal axis of shares, or of differences in points, from ``span[0]`` on.

    ``axis`` is "" for the first axis and "2" for the second, ``upright`` so for the vertical axis
    that it goes with; ``domain`` the part of the plot that it takes; ``title`` markup; ``most``
    the most gaps between gridlines. `add_stripes` goes before.
    """
    start, end = span
    step = nice_step(end - start, most=most)
    ticks = [step * k for k in range(math.ceil(start / step - 1e-9), int(end / step + 1e-9) + 1)]
    scale = {
        "range": [start, end],
        "domain": list(domain),
        "anchor": f"y{upright}",
        "tickvals": ticks,
        "ticktext": [_tick(value, step, percent=percent) for value in ticks],
        "title": {"text": title},
    }
    figure.update_layout({f"xaxis{axis}": scale})
    if start < 0:
        figure.add_shape(
            type="line",
            xref=f"x{axis}",
            yref=f"y{upright}",
            x0=0,
            x1=0,
            y0=0,
            y1=figure.layout[f"yaxis{upright}"].range[0],
            line={"color": INK, "width": 1.5},
            layer="between",
        )


def add_stripes(figure: Figure, placed: Stack, *, axis: str = "") -> None:
    """Every other row on a grey band, and the vertical axis in pixels from above.

    ``axis`` is "" for the first vertical axis and "2" for the second.
    """
    scale = {"range": [placed.height, 0], "visible": False}
    figure.update_layout({f"yaxis{axis}": scale})
    own = {"type": "rect", "xref": "paper", "yref": f"y{axis}", "x0": 0, "x1": 1}
    own |= {"fillcolor": BAND, "line": {"width": 0}, "layer": "below"}
    ends = zip(placed.tops[::2], (*placed.tops, placed.height)[1::2], strict=False)
    add_shapes(figure, [{**own, "y0": top, "y1": bottom} for top, bottom in ends])


def write_names(figure: Figure, placed: Stack, *, axis: str = "") -> None:
    """The rows' labels, to the left of the plot."""
    left = -(placed.width + 14)
    at: dict[str, Any] = {"xref": "paper", "yref": f"y{axis}", "size": TEXT}
    at |= {"xanchor": "left", "yanchor": "middle", "align": "left"}
    rows = zip(placed.rows, placed.lines, placed.middles, strict=True)
    add_notes(
        figure,
        [
            note(markup(list(lines), bold=row.bold), x=0, y=y, xshift=left + row.indent, **at)
            for row, lines, y in rows
        ],
    )


def _tick(value: float, step: float, *, percent: bool) -> str:
    places = 0 if math.isclose((100 * step + 0.5) % 1, 0.5, abs_tol=1e-9) else 1
    if percent:
        return f"{100 * value:.{places}f}%"
    text = f"{abs(100 * value):.{places}f}"
    return text if float(text) == 0 else ("+" if value > 0 else "−") + text


def add_marks(
    figure: Figure,
    marks: Sequence[Dot],
    placed: Stack,
    *,
    group: str,
    own: Look,
    offset: float = 0,
    axis: str = "",
    upright: str = "",
) -> None:
    """Draw one group's dots with their intervals, ``offset`` pixels below the rows' middles.

    ``axis`` and ``upright`` name the horizontal and the vertical axis, "" for the first.
    """
    from plotly.graph_objects import Scatter

    known = [mark for mark in marks if math.isfinite(mark.value)]
    below = [arm(mark.value - mark.low) for mark in known]
    above = [arm(mark.high - mark.value) for mark in known]
    figure.add_trace(
        Scatter(
            x=[mark.value for mark in known] or NOTHING,
            y=[placed.middles[mark.row] + offset for mark in known] or NOTHING,
            mode="markers",
            name=plain(group),
            marker={
                "symbol": own.symbol,
                "size": 9,
                "color": ["#FFFFFF" if mark.hollow else own.colour for mark in known] or own.colour,
                "line": {"color": own.edge, "width": 2},
            },
            xaxis=f"x{axis}",
            yaxis=f"y{upright}",
            cliponaxis=False,
            error_x={
                "type": "data",
                "symmetric": False,
                "array": above,
                "arrayminus": below,
                "color": own.edge,
                "thickness": 3,
                "width": 0,
            },
            customdata=[[plain(mark.hover)] for mark in known],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
    )


def arm(length: float) -> float:
    """The length of one side of an interval, 0 where it is not known."""
    return max(length, 0.0) if math.isfinite(length) else 0.0


def write_column(figure: Figure, column: Column, placed: Stack, head: str, *, x: float) -> None:
    """Write a column, right-aligned at ``x`` pixels from the left; ``head`` is markup."""
    edge = WIDTH - figure.layout.margin.r
    right: dict[str, Any] = {"xref": "paper", "x": 1, "xshift": x - edge, "xanchor": "right"}
    notes = [
        note(
            markup([words], bold=row in column.bold),
            y=placed.middles[row],
            yanchor="middle",
            **right,
        )
        for row, words in column.words.items()
    ]
    if head:
        above: dict[str, Any] = {"yanchor": "bottom", "yshift": 3, "align": "right"}
        notes.append(note(f"<b>{head}</b>", y=0, **above, **right))
    add_notes(figure, notes)


def write_foot(figure: Figure, lines: list[str]) -> Figure:
    """Write lines along the lower edge of a figure, from its left edge; its margin keeps room."""
    at: dict[str, Any] = {"xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
    margin = figure.layout.margin
    shift = {"xshift": MARGIN - margin.l, "yshift": MARGIN / 2 - margin.b}
    return write(figure, markup(lines), x=0, y=0, align="left", **shift, **at)


def legend_entry(figure: Figure, name: str, *, place: int, hollow: bool) -> None:
    """Add a line to the legend that explains filled or hollow marks."""
    from plotly.graph_objects import Scatter

    own = look(place)
    marker = {
        "symbol": own.symbol,
        "size": 9,
        "color": "#FFFFFF" if hollow else own.colour,
        "line": {"color": own.edge, "width": 2},
    }
    figure.add_trace(Scatter(x=[None], y=[None], mode="markers", name=plain(name), marker=marker))
