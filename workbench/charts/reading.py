"""How soon a reader meets the themes: saturation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.charts.labels import plain
from workbench.charts.style import (
    MARGIN,
    PALETTE,
    PAPER,
    SOFT,
    canvas,
    floats,
    mix,
    name_axis,
    nice_step,
    reach,
    say_nothing_to_show,
    write,
)
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

LEFT = 56
LINE = PALETTE[0]
BAND = mix(PALETTE[0], PAPER, 0.85)


def saturation(frame: pd.DataFrame, *, title: str = "") -> Figure:
    """How many of the themes a reader has met after so many texts, with intervals.

    ``frame`` has share (of all texts, in [0, 1]), n (texts read), themes (themes that there are),
    met (themes met again, on average over draws), low and high (95% interval). Where the
    line flattens, more texts bring no more themes; the dashed line is where all are met.
    """
    from plotly.graph_objects import Scatter

    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    rows = frame.sort_values("n", kind="stable")
    read, met, low, high = (floats(rows[name]) for name in ("n", "met", "low", "high"))
    every = max(floats(rows["themes"]))
    figure = canvas(title=title, plot_height=320, left=LEFT, right=MARGIN + 12, top=28, bottom=66)
    limit = reach([*met, *high, every], least=3)
    step = max(1.0, nice_step(limit))
    figure.update_yaxes(
        range=[0, limit],
        tickvals=[step * k for k in range(int(limit / step + 1e-9) + 1)],
        tickformat=",.0f",
    )
    end = 1.02 * max(read)
    stride = nice_step(end)
    figure.update_xaxes(
        range=[0, end],
        tickvals=[stride * k for k in range(int(end / stride + 1e-9) + 1)],
        tickformat=",.0f",
        title_text="Texts read, drawn at random; the band is the 95% interval",
        showgrid=False,
        showline=True,
    )
    figure.add_trace(
        Scatter(
            x=[0, end],
            y=[every, every],
            mode="lines",
            line={"color": SOFT, "width": 1.5, "dash": "dash"},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    figure.add_trace(
        Scatter(
            x=[*read, *read[::-1]],
            y=[*low, *high[::-1]],
            mode="lines",
            fill="toself",
            fillcolor=BAND,
            line={"color": SOFT, "width": 0.8},
            hoverinfo="skip",
            showlegend=False,
        )
    )
    said = [
        [plain(f"{n:,.0f} texts ({percent(share)}): {m:,.1f} themes, {a:,.0f} to {b:,.0f}")]
        for n, share, m, a, b in zip(read, floats(rows["share"]), met, low, high, strict=True)
    ]
    figure.add_trace(
        Scatter(
            x=read,
            y=met,
            mode="lines+markers",
            line={"color": LINE, "width": 2.5},
            marker={"color": LINE, "size": 8},
            customdata=said,
            hovertemplate="%{customdata[0]}<extra></extra>",
            showlegend=False,
        )
    )
    words = f"All {every:,.0f} themes"
    write(figure, words, x=end, y=every, xanchor="right", yanchor="bottom", colour=SOFT)
    return name_axis(figure, "Themes met", left=LEFT)
