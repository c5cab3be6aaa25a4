"""Cases per school day, by month or by term, with intervals and the periods side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.charts.rows import Dot, Row, dots
from workbench.charts.style import (
    MOST_GRIDLINES,
    canvas,
    floats,
    in_order,
    reach,
    say_nothing_to_show,
)
from workbench.charts.timeline import Axis, ticks, timeline
from workbench.compare.month_model import season_of

if TYPE_CHECKING:
    import pandas as pd
    from plotly.graph_objects import Figure

COUNTED = "Cases per school day"


def rates(
    frame: pd.DataFrame,
    terms: pd.DataFrame | None = None,
    *,
    title: str = "",
    axis: Axis = "common",
    groups: Sequence[str] | None = None,
) -> Figure:
    """Cases per school day with 95% intervals in each month, term or period.

    ``frame`` is that of ``compare.rates.rate_per_day``. Months are a line a period, as in
    `months`, with ``terms`` as bands; months without a school day leave a gap. Terms are rows
    with a dot a period, matched by their names without the year; periods a row each.
    """
    if "month" in frame:
        drawn = frame.assign(value=frame["rate"], said=_said(frame, _months(frame)))
        return timeline(
            drawn, terms, title=title, axis=axis, groups=groups, counted=COUNTED, least=0.5
        )
    shown = frame[frame["days"] > 0]
    if not len(shown):
        return say_nothing_to_show(canvas(title=title, plot_height=80, left=16))
    known = in_order(shown["period"])
    everyone = list(groups) if groups is not None else known
    periods = [name for name in everyone if name in known]
    by_term = "term" in shown
    rows = [season_of(term) for term in shown["term"]] if by_term else list(shown["period"])
    return _draw_rows(shown, rows, periods, everyone, title=title, beside=by_term)


def _draw_rows(
    frame: pd.DataFrame,
    labels: list[str],
    periods: list[str],
    everyone: list[str],
    *,
    title: str,
    beside: bool,
) -> Figure:
    names = in_order(labels)
    rates, lows, highs = (floats(frame[name]) for name in ("rate", "low", "high"))
    marks = [
        Dot(names.index(label), str(period), rate, low, high, _rate(rate), said)
        for label, period, rate, low, high, said in zip(
            labels, frame["period"], rates, lows, highs, _said(frame, labels), strict=True
        )
    ]
    limit = reach([value for mark in marks for value in (mark.value, mark.high)], least=0.5)
    figure = dots(
        [Row(name) for name in names],
        marks,
        title=title,
        groups=periods,
        looks=[everyone.index(period) for period in periods],
        span=(0, limit),
        axis=f"{COUNTED}, with 95% intervals",
        column="Rate",
        beside=beside,
        legend_names=periods if beside and len(periods) > 1 else (),
    )
    values, words = ticks(limit, most=MOST_GRIDLINES - 4)
    return figure.update_xaxes(tickvals=values, ticktext=words)


def _rate(rate: float) -> str:
    return "–" if math.isnan(rate) else f"{rate:.1f}"


def _months(frame: pd.DataFrame) -> list[str]:
    return [f"{month:%B %Y}" for month in frame["month"]]


def _said(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    """What pointing at a rate says: the unit and period, the rate, and what it rests on."""
    numbers = (floats(frame[name]) for name in ("rate", "low", "high", "n", "days"))
    said = []
    for name, period, rate, low, high, n, days in zip(
        names, frame["period"], *numbers, strict=True
    ):
        spread = f"95% interval {low:.1f} to {high:.1f}"
        counted = "not known" if math.isnan(rate) else f"{rate:.1f} a school day ({spread})"
        rests = "" if math.isnan(n) else f"; {n:,.0f} cases in {days:,.0f} school days"
        said.append(f"{_named(name, str(period))}: {counted}{rests}")
    return said


def _named(name: str, period: str) -> str:
    return name if name == period or name[-4:].isdigit() else f"{name}, {period}"
