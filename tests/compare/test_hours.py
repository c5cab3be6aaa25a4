"""Staffed hours add up, never exceed the clock's, and stand still when nobody is there."""

from __future__ import annotations

from datetime import date, time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compare.years import HOURS, make_years
from workbench.compare.hours import is_staffed, staffed_hours, working_hours
from workbench.errors import WorkbenchError
from workbench.study import Hours, Span

MOMENT = st.datetimes(pd.Timestamp("2022-08-20"), pd.Timestamp("2023-02-01")).map(
    lambda moment: moment.replace(microsecond=0)
)


def between(start: object, end: object, hours: Hours = HOURS) -> float:
    one, other = (pd.Series([pd.Timestamp(x)]).astype("datetime64[s]") for x in (start, end))
    return float(working_hours(one, other, hours)[0])


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2022-10-05 11:00", "2022-10-05 12:30", 1.5),  # a Wednesday
        ("2022-10-05 07:00", "2022-10-05 11:00", 1.0),  # counts from the opening
        ("2022-10-05 15:30", "2022-10-06 10:45", 1.25),  # over night
        ("2022-10-07 15:00", "2022-10-10 11:00", 2.0),  # over the weekend
        ("2022-10-08 12:00", "2022-10-09 12:00", 0.0),  # within the weekend
        ("2022-10-03 00:00", "2022-10-10 00:00", 30.0),  # a whole week
        ("2022-10-05 12:00", "2022-10-05 11:00", -1.0),
    ],
)
def test_hours_between_two_moments(start: str, end: str, hours: float) -> None:
    assert between(start, end) == hours


def test_closed_days_and_other_weekdays_are_heeded() -> None:
    shut = HOURS.model_copy(
        update={"closed": (Span(name="C", start=date(2022, 12, 26), end=date(2022, 12, 30)),)}
    )
    assert between("2022-12-23 15:00", "2023-01-02 11:00", shut) == 2
    weekend = Hours(days=("Saturday", "Sunday"), start=time(9, 30), end=time(12))
    assert between("2022-10-07 10:00", "2022-10-10 10:00", weekend) == 5


def test_missing_moments_give_missing_hours() -> None:
    known, missing = pd.Series([pd.Timestamp("2022-10-05")]), pd.Series([pd.NaT])
    assert np.isnan(working_hours(known, missing.astype("datetime64[s]"), HOURS)).all()


def test_the_closing_time_itself_is_no_longer_staffed() -> None:
    moments = ["2022-10-05 09:59:59", "2022-10-05 10:00", "2022-10-05 15:59:59"]
    moments += ["2022-10-05 16:00", "2022-10-08 12:00"]
    series = pd.Series([pd.Timestamp(m) for m in moments])
    assert is_staffed(series, HOURS).tolist() == [False, True, True, False, False]


def test_a_study_without_hours_is_told_what_to_write() -> None:
    with pytest.raises(WorkbenchError, match=r"\[hours\]"):
        staffed_hours(make_years(hours=None))


@given(st.lists(MOMENT, min_size=3, max_size=3))
def test_hours_add_up_and_stay_within_the_clock(moments: list[pd.Timestamp]) -> None:
    first, second, third = sorted(moments)
    assert between(first, second) + between(second, third) == pytest.approx(between(first, third))
    assert 0 <= between(first, third) <= (third - first).total_seconds() / 3600 + 1e-9


@given(MOMENT, MOMENT, st.dates(date(2022, 8, 20), date(2023, 2, 1)))
def test_a_closed_day_never_adds_hours(one: object, other: object, day: date) -> None:
    shut = HOURS.model_copy(update={"closed": (Span(name="C", start=day, end=day),)})
    start, end = sorted([one, other])  # type: ignore[type-var]
    assert between(start, end, shut) <= between(start, end)
    assert between(start, end) - between(start, end, shut) in {0} or day.weekday() < 5
