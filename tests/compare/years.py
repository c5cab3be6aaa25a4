"""Two school years with terms and half-terms, and logs of cases through them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time

import numpy as np
import pandas as pd

from workbench.cases.columns import CASE_COLUMNS, MESSAGE_COLUMNS
from workbench.cases.log import CaseLog, empty_log
from workbench.study import Calendar, Event, Hours, Period, Source, Span, Study

FIRST, SECOND = "2022-23", "2023-24"

TERMS = (
    Span(name="Autumn 2022", start=date(2022, 9, 5), end=date(2022, 12, 16)),
    Span(name="Spring 2023", start=date(2023, 1, 4), end=date(2023, 3, 31)),
    Span(name="Summer 2023", start=date(2023, 4, 17), end=date(2023, 7, 21)),
    Span(name="Autumn 2023", start=date(2023, 9, 4), end=date(2023, 12, 20)),
    Span(name="Spring 2024", start=date(2024, 1, 4), end=date(2024, 3, 28)),
    Span(name="Summer 2024", start=date(2024, 4, 15), end=date(2024, 7, 19)),
)
CLOSED = (
    Span(name="Half-term", start=date(2022, 10, 24), end=date(2022, 10, 28)),
    Span(name="Half-term", start=date(2023, 10, 23), end=date(2023, 10, 27)),
)
CALENDAR = Calendar(
    terms=TERMS, closed=CLOSED, events=(Event(date=date(2023, 3, 1), label="Press coverage"),)
)
HOURS = Hours(start=time(10), end=time(16), reply_within=3)


def make_years(calendar: Calendar = CALENDAR, hours: Hours | None = HOURS) -> Study:
    """A study of two school years."""
    return Study(
        name="years",
        title="Two years",
        columns={"case_id": "a", "date": "b", "text": "c"},
        periods=(
            Period(name=FIRST, start=date(2022, 9, 1), end=date(2023, 8, 31)),
            Period(name=SECOND, start=date(2023, 9, 1), end=date(2024, 8, 31)),
        ),
        sources=(Source(path="x.csv"),),
        calendar=calendar,
        hours=hours,
    )


def log_of(moments: Iterable[object]) -> CaseLog:
    """A log with one case at each moment, counted in the school year that it falls in."""
    date_of = pd.Series([pd.Timestamp(moment) for moment in moments]).astype("datetime64[s]")
    frame = pd.DataFrame({"case_id": [f"C{number}" for number in range(len(date_of))]})
    frame["period"] = np.where(date_of < pd.Timestamp("2023-09-01"), FIRST, SECOND)
    frame = frame.assign(date=date_of, subject=None, text="x", source="cases.csv", row=2)
    log = empty_log()
    cases = frame.astype({column.name: column.dtype for column in CASE_COLUMNS})
    return CaseLog(cases, log.labels, log.messages, log.takedowns, log.problems, {})


def log_of_days(count: Callable[[pd.Timestamp], int]) -> CaseLog:
    """A log with ``count(day)`` cases at noon of every day of both years."""
    days = pd.date_range("2022-09-01", "2024-08-31")
    return log_of(day + pd.Timedelta(hours=12) for day in days for _ in range(count(day)))


def messages_of(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    """Messages from (case_id, sent, author, text)."""
    frame = pd.DataFrame(rows, columns=pd.Index([column.name for column in MESSAGE_COLUMNS]))
    return frame.astype({column.name: column.dtype for column in MESSAGE_COLUMNS})
