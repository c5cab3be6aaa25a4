"""Tones through the months, and how urgent enquiries read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.charts.labels import markup, plain, wrap
from workbench.charts.panel_months import FEW
from workbench.charts.style import (
    BAND,
    FOOT_LEFT,
    GRID,
    MARGIN,
    PALETTE,
    PAPER,
    SMALL,
    SOFT,
    TEXT,
    WIDTH,
    Look,
    canvas,
    floats,
    in_order,
    leave_few_open,
    look,
    name_axis,
    nice_step,
    of_base,
    reach,
    say_nothing_to_show,
    write,
)
from workbench.compare.say import percent

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

ACROSS = 2
PANEL = 120
HEAD = 40
FOOT = 36
LEFT = 52
GAP = 34


def tone_course(
    frame: pd.DataFrame, terms: pd.DataFrame | None = None, *, title: str = "", top: int = 10
) -> Figure:
    """The share of enquiries that show each tone, month by month: a small panel a tone.

    ``frame`` has month (datetime), dimension, base, share, low and high in [0, 1]; ``terms`` that
    of ``term_spans`` (name, start, end), drawn as bands. All panels share one scale; vertical
    strokes are the intervals. Months of fewer than ``FEW`` cases leave a gap, as in
    `month_panels`. Panels stand in the frame's order.
    """
    frame = leave_few_open(frame, least=FEW)
    names = in_order(frame["dimension"])[:top]
    if not names:
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    down = math.ceil(len(names) / ACROSS)
    height = down * (HEAD + PANEL + FOOT)
    shaded = "" if terms is None or not len(terms) else ". Shaded: terms"
    said = (
        "Share of enquiries in the month, with 95% intervals; months with fewer than "
        f"{FEW} are left open{shaded}"
    )
    foot = wrap(said, WIDTH - 2 * MARGIN, SMALL)
    bottom = 11 + 19 * len(foot)
    figure = canvas(title=title, plot_height=height, left=MARGIN, bottom=bottom)
    shown = frame[frame["dimension"].astype(str).isin(names)]
    limit = reach([*floats(shown["share"]), *floats(shown["high"])], least=0.02, most=1.0)
    inside = WIDTH - 2 * MARGIN
    width = (inside - GAP * (ACROSS - 1)) / ACROSS
    months = sorted(frame["month"].unique())
    for place, name in enumerate(names):
        at_row, at_column = divmod(place, ACROSS)
        start = at_column * (width + GAP)
        top_edge = at_row * (HEAD + PANEL + FOOT) + HEAD
        domain_x = [(start + LEFT) / inside, (start + width) / inside]
        domain_y = [1 - (top_edge + PANEL) / height, 1 - top_edge / height]
        suffix = "" if place == 0 else str(place + 1)
        _set_panel(figure, suffix, domain_x, domain_y, months, limit)
        _add_terms(figure, terms, suffix, months)
        _add_course(figure, shown[shown["dimension"].astype(str) == name], suffix)
        heading = markup(wrap(name.capitalize(), width, TEXT, bold=True, most=1), bold=True)
        at: dict[str, Any] = {
            "xref": "paper",
            "yref": "paper",
            "xanchor": "left",
            "yanchor": "bottom",
        }
        write(figure, heading, x=start / inside, y=domain_y[1], yshift=4, size=TEXT, **at)
    return write(figure, markup(foot), x=0, y=0, yshift=-6, align="left", **FOOT_LEFT)


def _set_panel(
    figure: Figure,
    suffix: str,
    across: list[float],
    down: list[float],
    months: list[pd.Timestamp],
    limit: float,
) -> None:
    step = nice_step(limit, most=4)
    every = max(1, math.ceil(len(months) / 4))
    ticks = months[::every]
    x_axis = {
        "domain": across,
        "anchor": f"y{suffix}",
        "tickvals": ticks,
        "ticktext": [f"{month:%b}<br>{month:%Y}" for month in map(_stamp, ticks)],
        "showgrid": False,
        "showline": True,
        "tickangle": 0,
        "range": [_stamp(months[0]) - _days(20), _stamp(months[-1]) + _days(20)],
    }
    y_axis = {
        "domain": down,
        "anchor": f"x{suffix}",
        "range": [0, limit],
        "tickvals": [step * k for k in range(int(limit / step + 1e-9) + 1)],
        "tickformat": ".0%" if step >= 0.01 else ".1%",
        "gridcolor": GRID,
    }
    figure.update_layout({f"xaxis{suffix}": x_axis, f"yaxis{suffix}": y_axis})


def _add_terms(
    figure: Figure, terms: pd.DataFrame | None, suffix: str, months: list[pd.Timestamp]
) -> None:
    """Bands for the terms within the months shown; a month's dot stands at its first day."""
    if terms is None:
        return
    first, last = _stamp(months[0]) - _days(15), _stamp(months[-1]) + _days(15)
    for begin, end in zip(terms["start"], terms["end"], strict=True):
        left, right = max(_stamp(begin) - _days(15), first), min(_stamp(end) - _days(15), last)
        if left < right:
            figure.add_shape(
                type="rect",
                xref=f"x{suffix}",
                yref=f"y{suffix} domain",
                x0=left,
                x1=right,
                y0=0,
                y1=1,
                fillcolor=BAND,
                line_width=0,
                layer="below",
            )


def _stamp(month: object) -> pd.Timestamp:
    import pandas as pd

    return pd.Timestamp(month)  # type: ignore[arg-type]


def _days(count: int) -> pd.Timedelta:
    import pandas as pd

    return pd.Timedelta(days=count)


def _add_course(figure: Figure, part: pd.DataFrame, suffix: str) -> None:
    from plotly.graph_objects import Scatter

    part = part.sort_values("month")
    shares, lows, highs = (floats(part[name]) for name in ("share", "low", "high"))
    said = [
        [plain(f"{month:%B %Y}: {percent(s)} ({percent(low)} to {percent(high)}){of_base(n)}")]
        for month, s, low, high, n in zip(
            part["month"], shares, lows, highs, floats(part["base"]), strict=True
        )
    ]
    figure.add_trace(
        Scatter(
            x=part["month"].tolist(),
            y=shares,
            mode="lines+markers",
            line={"color": PALETTE[0], "width": 2},
            marker={"color": PALETTE[0], "size": 5},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [_arm(high - s) for high, s in zip(highs, shares, strict=True)],
                "arrayminus": [_arm(s - low) for low, s in zip(lows, shares, strict=True)],
                "color": "#8A8A8A",
                "thickness": 1.2,
                "width": 0,
            },
            customdata=said,
            hovertemplate="%{customdata[0]}<extra></extra>",
            xaxis=f"x{suffix}",
            yaxis=f"y{suffix}",
            showlegend=False,
        )
    )


def _pattern(own: Look) -> dict[str, Any]:
    """White strokes on the group's colour, or none for a group whose bars are plain."""
    if not own.pattern:
        return {}
    return {"shape": own.pattern, "fgcolor": PAPER, "bgcolor": own.colour, "size": 8}


def _arm(length: float) -> float:
    return max(length, 0.0) if math.isfinite(length) else 0.0


def urgency(frame: pd.DataFrame, *, title: str = "", groups: Sequence[str] | None = None) -> Figure:
    """How many enquiries read how urgent: bars over the score, one a period in each bin.

    ``frame`` has bin (words, or the lower edge as a number), n and period, and may have share
    (of the period's enquiries, in [0, 1]): then the bars show shares, which periods of different
    size need. Bins stand in order of first appearance.
    """
    from plotly.graph_objects import Bar

    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    known = in_order(frame["period"])
    everyone = list(groups) if groups is not None else known
    periods = [name for name in everyone if name in known]
    bins = in_order(frame["bin"])
    as_share = "share" in frame
    named = periods if len(periods) > 1 else ()
    words = max(len(wrap(b, (WIDTH - 120) / len(bins) - 4, SMALL)) for b in bins)
    bottom = 20 + 19 * words + 34
    figure = canvas(
        title=title, plot_height=340, left=LEFT + MARGIN, top=28, bottom=bottom, groups=named
    )
    values = frame["share"] if as_share else frame["n"]
    limit = reach(floats(values), least=0.02 if as_share else 5, most=1.0 if as_share else math.inf)
    step = nice_step(limit)
    for period in periods:
        own = look(everyone.index(period))
        part = frame[frame["period"].astype(str) == period]
        heights = floats(part["share"] if as_share else part["n"])
        counts = floats(part["n"])
        said = [
            [plain(f"{period}, {b}: {n:,.0f} enquiries" + (f" ({percent(v)})" if as_share else ""))]
            for b, n, v in zip(part["bin"], counts, heights, strict=True)
        ]
        figure.add_trace(
            Bar(
                x=[bins.index(str(b)) for b in part["bin"]],
                y=heights,
                name=plain(period),
                marker={
                    "color": own.colour,
                    "line": {"color": own.colour, "width": 1},
                    "pattern": _pattern(own),
                },
                customdata=said,
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )
    figure.update_layout(barmode="group", bargap=0.25)
    ticktext = [markup(wrap(b, (WIDTH - 120) / len(bins) - 4, SMALL)) for b in bins]
    figure.update_xaxes(
        tickvals=list(range(len(bins))),
        ticktext=ticktext,
        showgrid=False,
        showline=True,
        tickangle=0,
        range=[-0.5, len(bins) - 0.5],
        title_text="Urgency score, from 0 (no sign of urgency) to 1",
        linecolor=SOFT,
    )
    figure.update_yaxes(
        range=[0, limit],
        tickvals=[step * k for k in range(int(limit / step + 1e-9) + 1)],
        tickformat=(".0%" if step >= 0.01 else ".1%") if as_share else ",.0f",
    )
    return name_axis(figure, "Share of enquiries" if as_share else "Enquiries", left=LEFT + MARGIN)
