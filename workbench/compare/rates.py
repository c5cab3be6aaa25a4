"""Cases per school day, so that a month of holidays does not look like a fall in demand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.poisson import poisson_interval
from workbench.compare.seasons import cases_per_day, events_between
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import SUPPRESSED, protect_counts
from workbench.study import Disclosure, Study

if TYPE_CHECKING:
    import pandas as pd

Unit = Literal["month", "term", "period"]

OUTSIDE = "Outside terms"
"""The unit of what came before, between and after the terms."""

FEW_DAYS = 5
"""With fewer school days than this a rate is noted as resting on few."""


def rate_per_day(log: CaseLog, study: Study, *, unit: Unit = "month") -> pd.DataFrame:
    """Cases per school day in each month, term or period.

    Columns: period; month (first day) with place (1 = first month of its period) and event, or
    term; cases; n (those of term time, weekends included); outside (those of holidays); days (of
    school); rate (n / days) with its exact 95% interval low and high; note. ``cases`` = ``n`` +
    ``outside``, and ``cases`` sum to the log's. What has no school day has no rate. Raises
    ``WorkbenchError`` where the calendar has no term in a period.
    """
    days = term_time(log, study)
    if unit == "term":
        days["term"] = days["term"].where(days["term"] != "", OUTSIDE)
        days = days.sort_values("term", key=lambda s: s == OUTSIDE, kind="stable")
        days = days.sort_values("period", key=_in_order(days["period"]), kind="stable")
    named = {"month": ["month"], "term": ["term"], "period": []}[unit]
    grouped = days.groupby(["period", *named], sort=False, as_index=False)
    frame = grouped.agg(cases=("n", "sum"), n=("taught", "sum"), days=("school", "sum"))
    if unit == "month":
        frame, named = _place_months(frame, study), ["month", "place", "event"]
    frame["outside"] = frame["cases"] - frame["n"]
    frame["note"] = [_note_days(n, d) for n, d in zip(frame["n"], frame["days"], strict=True)]
    frame = with_rates(frame)
    counted = ["cases", "n", "outside", "days", "rate", "low", "high", "note"]
    return frame[["period", *named, *counted]]


def term_time(log: CaseLog, study: Study) -> pd.DataFrame:
    """``cases_per_day`` with taught (n on days of term time, else 0) and month (its first day).

    Raises ``WorkbenchError`` where the calendar has no term in a period.
    """
    days = cases_per_day(log, study)
    for period, schooled in days.groupby("period", sort=False)["school"].any().items():
        if not schooled:
            raise WorkbenchError(
                f"The calendar has no school day in the period {period}, so there is nothing to "
                "count cases per. Write its terms in study.toml as [[calendar.terms]], each with "
                "name, start and end."
            )
    month = days["day"].dt.to_period("M").dt.to_timestamp().astype("datetime64[s]")
    return days.assign(taught=days["n"].where(days["teaching"], 0), month=month)


def protect_rates(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A frame of ``rate_per_day`` under disclosure control: rates anew from what is left of n."""
    if rule.exempt:
        return frame.copy()
    return with_rates(hide_counts(frame, ("cases", "n", "outside"), rule=rule))


def hide_counts(frame: pd.DataFrame, counts: Sequence[str], *, rule: Disclosure) -> pd.DataFrame:
    """``frame`` with its ``counts`` under ``rule``, and the rows of which n is hidden noted."""
    safe = frame.assign(**{name: protect_counts(frame[name], rule=rule) for name in counts})
    joined = safe["note"].where(safe["note"] == "", safe["note"] + "; ") + SUPPRESSED
    return safe.assign(note=safe["note"].mask(safe["n"].isna(), joined))


def with_rates(frame: pd.DataFrame) -> pd.DataFrame:
    """``frame`` with rate, low and high, from its n (which may be missing) and days."""
    n = frame["n"].to_numpy(dtype=np.float64, na_value=np.nan)
    days = frame["days"].to_numpy(dtype=np.float64)
    rate = n / np.where(days > 0, days, np.nan)
    low, high = poisson_interval(n, days)
    return frame.assign(rate=rate, low=low, high=high)


def _in_order(names: pd.Series) -> Callable[[pd.Series], pd.Series]:
    place = {name: number for number, name in enumerate(names.unique())}
    return lambda series: series.map(place)


def _place_months(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """``frame`` with the place of each month in its period and the events that fell in it."""
    import pandas as pd

    starts = {p.name: p.start.year * 12 + p.start.month for p in study.periods}
    month = frame["month"].dt
    ends = frame["month"] + pd.offsets.MonthEnd(1)
    events = [
        events_between(study.calendar.events, first.date(), last.date())
        for first, last in zip(frame["month"], ends, strict=True)
    ]
    place = month.year * 12 + month.month - frame["period"].map(starts) + 1
    return frame.assign(place=place, event=events)


def _note_days(n: int, days: int) -> str:
    if days == 0:
        return "no school day" if n == 0 else "no school day, though a weekend of term"
    return f"fewer than {FEW_DAYS} school days" if days < FEW_DAYS else ""
