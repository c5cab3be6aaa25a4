"""Cases over time: months with the terms and events that fall in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.study import Calendar, Study

if TYPE_CHECKING:
    import pandas as pd


def cases_per_month(log: CaseLog, study: Study) -> pd.DataFrame:
    """Cases in every month of every period that has cases, months without any included.

    Columns: period, month (first day, datetime64[s]), place (1 = first month of its period), n,
    base (the period's cases), share (n / base), term (terms that overlap the month), event.
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
        for place, month in enumerate(months, start=1):
            n = int(tally.get(month, 0))
            first, last = month.start_time.date(), month.end_time.date()
            terms = [t.name for t in study.calendar.terms if t.start <= last and t.end >= first]
            events = [e.label for e in study.calendar.events if first <= e.date <= last]
            base = int(inside.sum())
            when = month.start_time.as_unit("s")
            around = ("; ".join(terms), "; ".join(events))
            rows.append((period.name, when, place, n, base, n / base, *around))
    columns = ["period", "month", "place", "n", "base", "share", "term", "event"]
    return pd.DataFrame(rows, columns=pd.Index(columns))


def term_spans(calendar: Calendar) -> pd.DataFrame:
    """The terms as a frame of name, start, end (datetime64[s]), to draw as bands."""
    import pandas as pd

    rows = [(term.name, term.start, term.end) for term in calendar.terms]
    frame = pd.DataFrame(rows, columns=pd.Index(["name", "start", "end"]))
    return frame.astype({"start": "datetime64[s]", "end": "datetime64[s]"})
