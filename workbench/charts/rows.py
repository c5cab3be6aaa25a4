"""Charts of labelled rows: dots with their intervals, and the numbers written beside them.

The vertical axis counts pixels from the top of the plot, so that a row is just as high as its
wrapped label needs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.style import (
    BAND,
    INK,
    MARGIN,
    MOST_GRIDLINES,
    SMALL,
    TEXT,
    WIDTH,
    canvas,
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
COLUMNS = 2
"""With more groups than this the numbers stand in the hover labels and the CSV alone."""


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
class Stack:
    """Rows with their place: wrapped ``lines``, ``tops`` and ``middles`` in pixels from above."""

    rows: tuple[Row, ...]
    lines: tuple[tuple[str, ...], ...]
    tops: tuple[float, ...]
    middles: tuple[float, ...]
    height: float
    width: float


def stack(rows: Sequence[Row], *, groups: int = 1, width: float = LABELS) -> Stack:
    """Place ``rows`` below one another, each as high as its label or its dots need."""
    lines = [tuple(wrap(r.label, width - r.indent, TEXT, bold=r.bold, most=4)) for r in rows]
    needed = [max(len(own) * LINE + 8, (groups - 1) * APART + 24) for own in lines]
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


def dots(
    rows: Sequence[Row],
    marks: Sequence[Dot],
    *,
    title: str,
    groups: Sequence[str],
    span: tuple[float, float],
    axis: str,
    percent: bool = True,
    column: str = "",
    looks: Sequence[int] | None = None,
    legend_names: Sequence[str] | None = None,
    beside: bool = True,
) -> Figure:
    """Draw ``marks`` in ``rows`` on one horizontal axis from ``span[0]`` to ``span[1]``.

    ``groups`` gives the order of the groups and ``looks`` the place of each in the palette
    (default: the same order); ``axis`` is the axis's title; ``percent`` prints its values as
    percentages; ``column`` heads the numbers of a single group. ``legend_names`` keeps room for
    a legend of those names (default: the groups, where there are several). ``beside=False`` is
    for groups of which each row has one: their dots share one line and their numbers one column.
    """
    columns = [(group,) for group in groups] if beside else [tuple(groups)]
    shown = len(columns) if len(columns) <= COLUMNS else 0
    placed = stack(rows, groups=len(columns))
    heads = _heads(groups if beside else ("",), column)[:shown]
    head_lines = max((len(lines) for lines in heads), default=0)
    named = legend_names if legend_names is not None else groups if len(groups) > 1 else ()
    axis_lines = wrap(axis, WIDTH - placed.width - shown * COLUMN - 60, SMALL)
    figure = canvas(
        title=title,
        plot_height=max(placed.height, 40),
        left=MARGIN + placed.width + 14,
        right=MARGIN + shown * COLUMN if shown else MARGIN + 10,
        top=head_lines * SMALL * 1.3 + 6,
        bottom=36 + 20 * len(axis_lines) + MARGIN / 2,
        groups=named,
    )
    _set_axes(figure, placed, span, markup(axis_lines), percent=percent)
    for place, group in enumerate(groups):
        own = [mark for mark in marks if mark.group == group]
        offset = (place - (len(groups) - 1) / 2) * APART if beside else 0
        at = looks[place] if looks is not None else place
        _add_group(figure, own, placed, group=group, offset=offset, place=at)
    for place, lines in enumerate(heads):
        x = WIDTH - MARGIN - (shown - place) * COLUMN + COLUMN - 4
        _write_column(figure, marks, placed, columns[place], markup(lines), x=x)
    return figure


def _heads(groups: Sequence[str], column: str) -> list[list[str]]:
    names = [column] if len(groups) == 1 else list(groups)
    return [wrap(name, COLUMN - 12, SMALL, bold=True, most=3) for name in names]


def _set_axes(
    figure: Figure, placed: Stack, span: tuple[float, float], axis: str, *, percent: bool
) -> None:
    start, end = span
    step = nice_step(end - start, most=MOST_GRIDLINES - 4)
    ticks = [step * k for k in range(math.ceil(start / step - 1e-9), int(end / step + 1e-9) + 1)]
    figure.update_xaxes(
        range=[start, end],
        tickvals=ticks,
        ticktext=[_tick(value, step, percent=percent) for value in ticks],
        title_text=axis,
    )
    figure.update_yaxes(range=[placed.height, 0], visible=False)
    for top, bottom in zip(placed.tops[::2], (*placed.tops, placed.height)[1::2], strict=False):
        figure.add_shape(
            type="rect",
            xref="paper",
            x0=0,
            x1=1,
            y0=top,
            y1=bottom,
            fillcolor=BAND,
            line_width=0,
            layer="below",
        )
    if start < 0:
        figure.add_vline(x=0, line={"color": INK, "width": 1.5}, layer="below")
    write_names(figure, placed)


def write_names(figure: Figure, placed: Stack) -> None:
    """The rows' labels, to the left of the plot."""
    left = -(placed.width + 14)
    for row, lines, middle in zip(placed.rows, placed.lines, placed.middles, strict=True):
        write(
            figure,
            markup(list(lines), bold=row.bold),
            x=0,
            xref="paper",
            y=middle,
            xshift=left + row.indent,
            size=TEXT,
            xanchor="left",
            yanchor="middle",
            align="left",
        )


def _tick(value: float, step: float, *, percent: bool) -> str:
    if not percent:
        text = f"{abs(100 * value):.{0 if step >= 0.01 - 1e-12 else 1}f}"
        return text if float(text) == 0 else ("+" if value > 0 else "−") + text
    places = 0 if math.isclose(100 * step % 1, 0, abs_tol=1e-9) else 1
    return f"{100 * value:.{places}f}%"


def _add_group(
    figure: Figure, marks: list[Dot], placed: Stack, *, group: str, offset: float, place: int
) -> None:
    from plotly.graph_objects import Scatter

    own = look(place)
    known = [mark for mark in marks if math.isfinite(mark.value)]
    below = [_arm(mark.value - mark.low) for mark in known]
    above = [_arm(mark.high - mark.value) for mark in known]
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


def _arm(length: float) -> float:
    return max(length, 0.0) if math.isfinite(length) else 0.0


def _write_column(
    figure: Figure,
    marks: Sequence[Dot],
    placed: Stack,
    groups: Sequence[str],
    head: str,
    *,
    x: float,
) -> None:
    """Write the groups' numbers, right-aligned at ``x`` pixels from the figure's left edge."""
    edge = WIDTH - figure.layout.margin.r
    right: dict[str, Any] = {"xref": "paper", "x": 1, "xshift": x - edge, "xanchor": "right"}
    for mark in marks:
        if mark.group in groups:
            y = placed.middles[mark.row]
            write(figure, markup([mark.numbers]), y=y, yanchor="middle", **right)
    if head:
        write(figure, f"<b>{head}</b>", y=0, yanchor="bottom", yshift=3, align="right", **right)


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
