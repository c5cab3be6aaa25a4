"""Values month by month: a line a period, with the terms as bands and events where they fell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from workbench.charts.flags import Event, add_flag, flags_height, place_flags
from workbench.charts.labels import markup, plain, wrap
from workbench.charts.style import (
    BAND,
    MARGIN,
    SMALL,
    SOFT,
    WIDTH,
    canvas,
    floats,
    in_order,
    look,
    name_axis,
    nice_step,
    reach,
    say_nothing_to_show,
    write,
)

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

Axis = Literal["common", "running"]

PLOT = 380
LEFT = 70
ACROSS = WIDTH - LEFT - MARGIN
BESIDE = 0.14
"""How far apart the periods' intervals stand where they share the axis, in months."""


def timeline(
    frame: pd.DataFrame,
    terms: pd.DataFrame | None,
    *,
    title: str,
    axis: Axis,
    groups: Sequence[str] | None,
    counted: str,
    least: float,
) -> Figure:
    """Draw ``frame`` (period, month, place, event, value, low, high, said) month by month.

    ``low`` and ``high`` may be missing: then there are no intervals. ``said`` is what pointing at
    a month says, in plain words. ``terms`` has name, start and end. ``axis="common"`` lays the
    periods over one another from their first month on, with the terms of the last period;
    ``"running"`` sets them one after another. Months without a value leave a gap in the line.
    ``counted`` names the upright axis, which reaches at least to ``least``.
    """
    if not len(frame):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    known = in_order(frame["period"])
    everyone = list(groups) if groups is not None else known
    periods = [name for name in everyone if name in known]
    data = frame.assign(x=_positions(frame, axis), value=floats(frame["value"]))
    data = data[data["period"].isin(periods)]
    beside = BESIDE if axis == "common" and data["high"].notna().any() else 0.0
    turn = data["period"].map(periods.index) - (len(periods) - 1) / 2
    data["at"] = data["x"] + beside * turn
    span = min(data["x"]) - 0.5, max(data["x"]) + 0.5
    limit = reach([*data["value"], *floats(data["high"])], least=least)
    scale = ACROSS / (span[1] - span[0])
    flags = place_flags(_events(data, limit), first=span[0], scale=scale, across=ACROSS)
    above = flags_height(flags)
    shaded = f"Shaded: the terms of {periods[-1]}" if axis == "common" else "Shaded: terms"
    says = shaded if terms is not None and len(terms) else ""
    figure = canvas(
        title=title,
        plot_height=PLOT + above,
        left=LEFT,
        top=28,
        bottom=76 if says else 52,
        groups=periods if len(periods) > 1 else (),
    )
    _set_values(figure, limit, above=above, whole=least >= 1)
    name_axis(figure, counted, left=LEFT)
    _set_months(figure, data, axis, span, says)
    _add_terms(figure, data, terms, axis, span, scale)
    for period in periods:
        _add_line(figure, data[data["period"] == period], period, everyone.index(period))
    for flag in flags:
        add_flag(figure, flag, first=span[0], scale=scale, limit=limit, per_pixel=limit / PLOT)
    return figure


def _positions(frame: pd.DataFrame, axis: Axis) -> list[float]:
    """Months as numbers: 1, 2, ... within the period, or counted from the first month of all."""
    if axis == "common":
        return floats(frame["place"])
    counted = frame["month"].dt.year * 12 + frame["month"].dt.month
    return [float(value) for value in counted - counted.min() + 1]


def _events(data: pd.DataFrame, limit: float) -> list[Event]:
    happened = data[data["event"].fillna("") != ""]
    tops = happened["high"].fillna(happened["value"]).fillna(limit)
    return [
        Event(float(x), float(top), f"{month:%b %Y}: {event}")
        for x, top, month, event in zip(
            happened["at"], tops, happened["month"], happened["event"], strict=True
        )
    ]


def _set_values(figure: Figure, limit: float, *, above: float, whole: bool) -> None:
    values, words = ticks(limit, whole=whole)
    top = limit * (PLOT + above) / PLOT
    figure.update_yaxes(range=[0, top], tickvals=values, ticktext=words)


def ticks(limit: float, *, most: int = 6, whole: bool = False) -> tuple[list[float], list[str]]:
    """Round values from 0 to ``limit`` and how they are written; ``whole`` for counts."""
    step = max(1.0, nice_step(limit, most=most)) if whole else nice_step(limit, most=most)
    values = [step * k for k in range(int(limit / step + 1e-9) + 1)]
    return values, [f"{value:,.0f}" if step >= 5 or whole else f"{value:g}" for value in values]


def _set_months(
    figure: Figure, data: pd.DataFrame, axis: Axis, span: tuple[float, float], says: str
) -> None:
    shown = data.drop_duplicates("x").sort_values("x")
    every = 1 if len(shown) <= 14 else 3
    ticks = shown.iloc[::every]
    words = [
        f"{month:%b}" if axis == "common" else f"{month:%b}<br>{month:%Y}"
        for month in ticks["month"]
    ]
    figure.update_xaxes(
        range=list(span),
        tickvals=ticks["x"].tolist(),
        ticktext=words,
        showgrid=False,
        showline=True,
        tickangle=0,
        title_text=plain(says),
    )


def _add_line(figure: Figure, part: pd.DataFrame, period: str, place: int) -> None:
    from plotly.graph_objects import Scatter

    own = look(place)
    part = part.sort_values("at")
    values, lows, highs = (floats(part[name]) for name in ("value", "low", "high"))
    figure.add_trace(
        Scatter(
            x=part["at"].tolist(),
            y=values,
            name=plain(period),
            mode="lines+markers",
            line={"color": own.edge, "dash": own.dash, "width": 2.5},
            marker={"symbol": own.symbol, "size": 9, "color": own.edge},
            error_y={
                "type": "data",
                "symmetric": False,
                "array": [_arm(high - value) for high, value in zip(highs, values, strict=True)],
                "arrayminus": [_arm(value - low) for low, value in zip(lows, values, strict=True)],
                "color": own.edge,
                "thickness": 2,
                "width": 0,
            },
            customdata=[[plain(said)] for said in part["said"]],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
    )


def _arm(length: float) -> float:
    return max(length, 0.0) if math.isfinite(length) else 0.0


def _add_terms(
    figure: Figure,
    data: pd.DataFrame,
    terms: pd.DataFrame | None,
    axis: Axis,
    span: tuple[float, float],
    scale: float,
) -> None:
    """Bands for terms; on the common axis those that fall in the last period shown."""
    if terms is None:
        return
    origin = _origin(data, axis)
    for name, start, end in zip(terms["name"], terms["start"], terms["end"], strict=True):
        left = max(_place_of(start, origin), span[0])
        right = min(_place_of(end, origin), span[1])
        if right <= left:
            continue
        figure.add_vrect(x0=left, x1=right, fillcolor=BAND, line_width=0, layer="below")
        words = wrap(str(name), (right - left) * scale - 6, SMALL, most=1)[0]
        if len(words) > 3:
            write(
                figure,
                markup([words]),
                x=(left + right) / 2,
                y=0,
                yref="paper",
                yanchor="bottom",
                yshift=2,
                colour=SOFT,
            )


def _origin(data: pd.DataFrame, axis: Axis) -> tuple[float, pd.Timestamp]:
    """A place on the axis and the month that stands there, from which terms are counted."""
    ordered = data.sort_values("month")
    if axis == "common":
        ordered = ordered[ordered["period"] == ordered["period"].iloc[-1]]
    return float(ordered["x"].iloc[0]), ordered["month"].iloc[0]


def _place_of(day: pd.Timestamp, origin: tuple[float, pd.Timestamp]) -> float:
    """Where a day lies on an axis on which each month is one wide and centred on its place."""
    place, start = origin
    whole = (day.year - start.year) * 12 + day.month - start.month
    return place - 0.5 + whole + (day.day - 1) / float(day.days_in_month)
