"""Cases over time: months with the terms and events that fall in them, and days of school."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.cases.log import CaseLog
from workbench.study import Calendar, Event, Study

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    import pandas as pd
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]


def cases_per_month(log: CaseLog, study: Study) -> pd.DataFrame:
    """Cases in every month of every period that has cases, months without any included.

    Columns: period, month (first day, datetime64[s]), place (1 = first month of its period), n,
    base (the period's cases), share (n / base), term (terms that overlap the month), event, days
    (of school; missing where the calendar has no term in the period).
    """
    import pandas as pd

    rows = []
    starts = log.cases["date"].dt.to_period("M")
    for period in study.periods:
        inside = log.cases["period"] == period.name
        if not inside.any():
            continue
        tally = starts[inside].value_counts()
        months = pd.period_range(period.start, period.end, freq="M")
        schooled = school_days(study.calendar, period.start, period.end)
        days = schooled.to_period("M").value_counts()
        for place, month in enumerate(months, start=1):
            n = int(tally.get(month, 0))
            first, last = month.start_time.date(), month.end_time.date()
            terms = [t.name for t in study.calendar.terms if t.start <= last and t.end >= first]
            events = events_between(study.calendar.events, first, last)
            base = int(inside.sum())
            when = month.start_time.as_unit("s")
            taught = int(days.get(month, 0)) if len(schooled) else pd.NA
            around = ("; ".join(terms), events, taught)
            rows.append((period.name, when, place, n, base, n / base, *around))
    columns = ["period", "month", "place", "n", "base", "share", "term", "event", "days"]
    return pd.DataFrame(rows, columns=pd.Index(columns)).astype({"days": "Int64"})


def events_between(events: Sequence[Event], first: date, last: date) -> str:
    """The labels of the events from ``first`` to ``last``, both included, joined by semicolons."""
    return "; ".join(event.label for event in events if first <= event.date <= last)


def term_spans(calendar: Calendar) -> pd.DataFrame:
    """The terms as a frame of name, start, end (datetime64[s]), to draw as bands."""
    import pandas as pd

    rows = [(term.name, term.start, term.end) for term in calendar.terms]
    frame = pd.DataFrame(rows, columns=pd.Index(["name", "start", "end"]))
    return frame.astype({"start": "datetime64[s]", "end": "datetime64[s]"})


def school_days(calendar: Calendar, start: date, end: date) -> pd.DatetimeIndex:
    """The days of school from ``start`` to ``end``, both included: ``len`` of it counts them.

    Mondays to Fridays within a term that are not in ``calendar.closed``.
    """
    import pandas as pd

    days = calendar_days(calendar, start, end)
    return pd.DatetimeIndex(days.loc[days["school"], "day"])


def calendar_days(calendar: Calendar, start: date, end: date) -> pd.DataFrame:
    """Every day from ``start`` to ``end``, both included, and what it is in the school year.

    Columns: day (datetime64[s]), term (its name, "" outside of terms), teaching (within a term and
    not closed, weekends too), school (the Mondays to Fridays of these).
    """
    import pandas as pd

    days = pd.date_range(start, end, unit="s")
    term, closed = np.full(len(days), "", dtype=object), np.zeros(len(days), dtype=bool)
    for span in calendar.terms:
        term[_within(days, span.start, span.end)] = span.name
    for span in calendar.closed:
        closed |= _within(days, span.start, span.end)
    teaching = (term != "") & ~closed
    school = teaching & (days.day_of_week < 5)
    frame = pd.DataFrame({"day": days, "term": term, "teaching": teaching, "school": school})
    return frame.astype({"term": "str"})


def _within(days: pd.DatetimeIndex, start: date, end: date) -> Flags:
    import pandas as pd

    return np.asarray((days >= pd.Timestamp(start)) & (days <= pd.Timestamp(end)))


def cases_per_day(log: CaseLog, study: Study) -> pd.DataFrame:
    """How many cases came on each day of every period that has cases: n sums to the cases.

    Columns: period, n and those of ``calendar_days``. A case that its period does not cover
    stands with the day that it bears, outside of terms.
    """
    import pandas as pd

    known = set(log.cases["period"])
    spans = [period for period in study.periods if period.name in known]
    parts = [
        calendar_days(study.calendar, span.start, span.end).assign(period=span.name)
        for span in spans
    ]
    empty = calendar_days(Calendar(), study.periods[0].start, study.periods[0].start).head(0)
    calendar = pd.concat([empty.assign(period=""), *parts], ignore_index=True)
    came = log.cases.assign(day=log.cases["date"].dt.normalize())
    tally = came.groupby(["period", "day"]).size().rename("n").reset_index()
    days = calendar.merge(tally, on=["period", "day"], how="outer")
    days["n"] = days["n"].fillna(0).astype("int64")
    days["term"] = days["term"].fillna("")
    for name in ("teaching", "school"):
        days[name] = days[name].fillna(value=False).astype(bool)
    place = {span.name: number for number, span in enumerate(spans)}
    days = days.sort_values("period", key=lambda s: s.map(place), kind="stable")
    order = ["period", "day", "n", "term", "teaching", "school"]
    return days[order].reset_index(drop=True)
