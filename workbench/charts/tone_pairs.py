"""Which tones come together: a staircase of cells, one a pair."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from workbench.charts.batch import add_shapes
from workbench.charts.labels import markup, plain, text_width, wrap
from workbench.charts.style import (
    BAND,
    FOOT_LEFT,
    GRID,
    INK,
    MARGIN,
    PALETTE,
    PAPER,
    SMALL,
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
from workbench.compare.say import CLEAR

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

CELL = 46
"""How high a cell is, in pixels."""
MORE, LESS = PALETTE[0], PALETTE[3]
MOST = 4.0
"""The ratio (or its inverse) from which the shade grows no deeper."""
UP, DOWN = "▲", "▼"


def tones_together(frame: pd.DataFrame, *, title: str = "") -> Figure:
    """How many times as often as by chance two tones show in one text: a cell a pair.

    ``frame`` is that of ``tone.together.tones_together`` for one group: one, other, n, lift,
    odds_ratio, low, high and p_adjusted. A cell says the lift and how many texts show both; an
    arrow up or down marks pairs whose adjusted p is below ``compare.say.CLEAR``. The shade follows
    the lift, blue above 1 and orange below; pairs that are not known are grey with a dash. Raises
    ``ValueError`` for several groups: draw one figure each.
    """
    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    if "group" in frame and len(in_order(frame["group"])) > 1:
        raise ValueError("tones_together draws one group; choose one")
    names = in_order([*frame["one"], *frame["other"]])
    lines = [wrap(name.capitalize(), 180, TEXT, most=2) for name in names]
    left = MARGIN + max(text_width(line, TEXT) for own in lines for line in own) + 10
    last = text_width(names[-2].capitalize(), SMALL, bold=True)
    cell = min(110.0, (WIDTH - left - MARGIN - last) / (len(names) - 1))
    figure = canvas(
        title=title,
        plot_height=CELL * len(names),
        left=left,
        right=WIDTH - left - cell * len(names),
        bottom=72,
    )
    _add_cells(figure, frame, names)
    figure.update_xaxes(range=[-0.5, len(names) - 0.5], visible=False)
    figure.update_yaxes(range=[len(names) - 0.5, -0.5], visible=False)
    for place, name in enumerate(names[:-1]):
        # Above its column, where the staircase leaves room for the longest name.
        head: dict[str, Any] = {"xanchor": "left", "yanchor": "bottom", "yshift": -CELL / 2 + 4}
        bold = markup([name.capitalize()], bold=True)
        write(figure, bold, x=place - 0.5, y=place, xshift=3, **head)
    for place, own in enumerate(lines[1:], start=1):
        at: dict[str, Any] = {"xref": "paper", "xanchor": "right", "align": "right", "xshift": -8}
        write(figure, markup(own), x=0, y=place, size=TEXT, **at)
    foot = [
        "Times as often as if the two tones had nothing to do with each other (texts that show "
        "both)",
        f"{UP} clearly more often, {DOWN} clearly less often, after correction for many pairs",
    ]
    fit = [line for words in foot for line in wrap(words, WIDTH - 2 * MARGIN, SMALL)]
    at = {"xshift": MARGIN - left, "yshift": -8, "align": "left"}
    return write(figure, markup(fit), x=0, y=0, **at, **FOOT_LEFT)


def _add_cells(figure: Figure, frame: pd.DataFrame, names: list[str]) -> None:
    from plotly.graph_objects import Scatter

    columns = ("n", "lift", "odds_ratio", "low", "high", "p_adjusted")
    xs, ys, texts, inks, hovers, cells = [], [], [], [], [], []
    cell = {"type": "rect", "line": {"color": GRID, "width": 1}, "layer": "below"}
    for one, other, n, lift, ratio, low, high, p in zip(
        frame["one"], frame["other"], *(floats(frame[name]) for name in columns), strict=True
    ):
        x, y = sorted((names.index(str(one)), names.index(str(other))))
        ground = _shade(lift)
        edges = {"x0": x - 0.5, "x1": x + 0.5, "y0": y - 0.5, "y1": y + 0.5}
        cells.append({**cell, **edges, "fillcolor": ground})
        counted = "–" if math.isnan(n) else f"{n:,.0f}"
        xs.append(x)
        ys.append(y)
        inks.append(ink_on(ground) if math.isfinite(lift) else INK)
        texts.append(_said(lift, p, counted))
        hovers.append([plain(_hover(str(one), str(other), counted, lift, ratio, low, high))])
    add_shapes(figure, cells)
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


def _said(lift: float, p: float, counted: str) -> str:
    if math.isnan(lift):
        return f"–<br>({counted})"
    arrow = (UP if lift > 1 else DOWN) if p < CLEAR else ""
    return f"{arrow}{lift:.2f}<br>({counted})"


def _hover(
    one: str, other: str, counted: str, lift: float, ratio: float, low: float, high: float
) -> str:
    both = f"{one} and {other}: {counted} texts show both"
    if math.isnan(lift):
        return both
    return (
        f"{both}, {lift:.2f} times as often as by chance; odds ratio {ratio:.2f} "
        f"(95% interval {low:.2f} to {high:.2f})"
    )


def _shade(lift: float) -> str:
    """White at 1, deeper with the logarithm of the lift."""
    if math.isnan(lift):
        return BAND
    reach = math.log(max(lift, 1 / MOST)) / math.log(MOST)
    return mix(PAPER, MORE if reach > 0 else LESS, min(abs(reach), 1.0))
