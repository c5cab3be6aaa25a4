"""Shares by row and column as a grid of cells, each with its numbers written in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

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

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

WIDEST_CELL = 170
LABELS = 260
PALEST = "#E8EDF3"


def heatmap(frame: pd.DataFrame, *, title: str = "", says: str = "Share of cases") -> Figure:
    """Shares as the shade of cells: one row a ``row``, one column a ``column``.

    ``frame`` has row, column, share (in [0, 1]) and n; rows and columns stand in order of first
    appearance. Each cell says its share and its count; one that is missing is grey with a dash.
    The shades run from 0 to the largest share shown. ``says`` explains the shares.
    """
    rows, columns = in_order(frame["row"]), in_order(frame["column"])
    if not rows:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    lines = [wrap(row, LABELS, TEXT, most=3) for row in rows]
    left = MARGIN + max(text_width(line, TEXT) for own in lines for line in own) + 10
    cell = min(WIDEST_CELL, (WIDTH - left - MARGIN) / len(columns))
    heads, levels = _heads(columns, cell)
    low = max(len(head) for head, level in zip(heads, levels, strict=True) if not level)
    step = low * SMALL * 1.35 + 6
    height = max(44.0, max(len(own) for own in lines) * TEXT * 1.25 + 8)
    figure = canvas(
        title=title,
        plot_height=height * len(rows),
        left=left,
        right=WIDTH - left - cell * len(columns),
        top=max(len(h) * SMALL * 1.35 + 8 + v * step for h, v in zip(heads, levels, strict=True)),
        bottom=20 + 20 + MARGIN / 2,
    )
    _add_cells(figure, frame, rows, columns, tight=cell < 62)
    figure.update_xaxes(range=[-0.5, len(columns) - 0.5], visible=False)
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], visible=False)
    for place, (head, level) in enumerate(zip(heads, levels, strict=True)):
        at: dict[str, Any] = {"yref": "paper", "yanchor": "bottom", "yshift": 3 + level * step}
        write(figure, markup(head, bold=True), x=place, y=1, **at)
        if level:
            rise = step / (height * len(rows))
            pole = {"color": SOFT, "width": 1}
            figure.add_shape(
                type="line", x0=place, x1=place, yref="paper", y0=1, y1=1 + rise, line=pole
            )
    for place, own in enumerate(lines):
        at = {"xref": "paper", "xanchor": "right", "align": "right", "xshift": -8}
        write(figure, markup(own), x=0, y=place, size=TEXT, **at)
    words = markup([f"{says} (number of cases)"])
    return write(figure, words, x=0, y=0, xshift=MARGIN - left, yshift=-8, **FOOT_LEFT)


def _heads(columns: list[str], cell: float) -> tuple[list[list[str]], list[int]]:
    """The columns' names in lines, and the level of each above the grid.

    Where a word is wider than its column, every second name stands one level up, which gives
    each twice the room; the last keeps within the figure.
    """
    words = [word for column in columns for word in column.split()]
    if all(text_width(word, SMALL, bold=True) <= cell - 6 for word in words):
        return [wrap(c, cell - 6, SMALL, bold=True, most=4) for c in columns], [0] * len(columns)
    rooms = [2 * cell - 10] * (len(columns) - 1) + [cell + 2 * MARGIN - 8]
    heads = [
        wrap(c, room, SMALL, bold=True, most=4) for c, room in zip(columns, rooms, strict=True)
    ]
    return heads, [place % 2 for place in range(len(columns))]


def _add_cells(
    figure: Figure, frame: pd.DataFrame, rows: list[str], columns: list[str], *, tight: bool
) -> None:
    from plotly.graph_objects import Scatter

    shares, counts = floats(frame["share"]), floats(frame["n"])
    largest = max((share for share in shares if math.isfinite(share)), default=0.0)
    xs, ys, texts, inks, hovers = [], [], [], [], []
    for row, column, share, n in zip(frame["row"], frame["column"], shares, counts, strict=True):
        x, y = columns.index(str(column)), rows.index(str(row))
        missing = math.isnan(share)
        ground = BAND if missing else _shade(share, largest)
        edge = {"color": PAPER, "width": 2}
        figure.add_shape(
            type="rect",
            x0=x - 0.5,
            x1=x + 0.5,
            y0=y - 0.5,
            y1=y + 0.5,
            fillcolor=ground,
            line=edge,
            layer="below",
        )
        counted = "–" if math.isnan(n) else f"{n:,.0f}"
        said = f"{100 * share:.0f}%" if tight else percent(share)
        xs.append(x)
        ys.append(y)
        inks.append(ink_on(ground))
        texts.append("–" if missing else f"{said}<br>({counted})")
        hovers.append([plain(f"{row}, {column}: {percent(share)} ({counted})")])
    figure.add_trace(
        Scatter(
            x=xs,
            y=ys,
            text=texts,
            mode="text",
            textfont={"color": inks, "size": SMALL},
            customdata=hovers,
            hovertemplate="%{customdata[0]}<extra></extra>",
            showlegend=False,
        )
    )


def _shade(share: float, largest: float) -> str:
    return mix(PALEST, PALETTE[0], share / largest if largest > 0 else 0.0)
