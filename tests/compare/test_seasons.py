"""Months and days are all there, also those without a case; days of school are counted."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.compare.years import CALENDAR, FIRST, SECOND, log_of, make_years
from tests.logs import make_log
from workbench.compare.seasons import cases_per_day, cases_per_month, school_days
from workbench.study import Calendar, Event, Period, Source, Span, Study

STUDY = Study(
    name="s",
    title="S",
    columns={"case_id": "a", "date": "b", "text": "c"},
    periods=(Period(name="2022-23", start=date(2022, 9, 1), end=date(2023, 8, 31)),),
    sources=(Source(path="x.csv"),),
    calendar=Calendar(
        terms=(Span(name="Autumn", start=date(2022, 9, 5), end=date(2022, 12, 16)),),
        events=(Event(date=date(2022, 10, 9), label="Fair"),),
    ),
    folder=Path(),
)


def test_every_month_of_the_period_stands_once() -> None:
    log = make_log([{"date": "2022-10-05"}, {"date": "2022-10-31 23:59"}, {"date": "2023-08-31"}])
    frame = cases_per_month(log, STUDY)
    assert frame["n"].tolist() == [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert frame["term"].tolist() == ["Autumn"] * 4 + [""] * 8
    assert frame["event"].tolist() == ["", "Fair"] + [""] * 10
    assert abs(frame["share"].sum() - 1) < 1e-12
    assert frame["days"].tolist() == [20, 21, 22, 12] + [0] * 8


def test_school_days_are_unknown_without_terms() -> None:
    study = make_years(Calendar())
    assert cases_per_month(log_of(["2022-10-05"]), study)["days"].isna().all()


def test_school_days_are_weekdays_of_term_that_are_not_closed() -> None:
    october = school_days(CALENDAR, date(2022, 10, 1), date(2022, 10, 31))
    assert len(october) == 21 - 5
    assert date(2022, 10, 24) not in set(october.date)
    assert len(school_days(CALENDAR, date(2023, 8, 1), date(2023, 8, 31))) == 0
    # A bank holiday on a Monday takes one day, and one on a Saturday none.
    for day, lost in ((date(2023, 5, 8), 1), (date(2023, 5, 6), 0)):
        shut = CALENDAR.model_copy(update={"closed": (Span(name="H", start=day, end=day),)})
        may = (date(2023, 5, 1), date(2023, 5, 31))
        assert len(school_days(shut, *may)) == 23 - lost


def test_every_day_of_each_year_with_cases_stands_once() -> None:
    days = cases_per_day(log_of(["2022-10-05 09:00", "2022-10-05 10:00"]), make_years())
    assert len(days) == 365
    assert days.loc[days["n"] > 0, ["n", "term"]].to_numpy().tolist() == [[2, "Autumn 2022"]]
    assert days["period"].unique().tolist() == [FIRST]


def test_a_case_dated_outside_its_period_is_not_lost() -> None:
    log = make_log([{"date": "2021-01-01", "period": FIRST}, {"date": "2022-10-05"}])
    days = cases_per_day(log, make_years())
    assert days["n"].sum() == 2
    assert days["day"].is_monotonic_increasing
    assert not days.loc[days["day"] < pd.Timestamp("2022-09-01"), "teaching"].any()


@given(st.lists(st.datetimes(pd.Timestamp("2022-09-01"), pd.Timestamp("2024-08-31"))))
def test_days_sum_to_the_cases_in_order(moments: list[pd.Timestamp]) -> None:
    log = log_of(moments)
    days = cases_per_day(log, make_years())
    assert days["n"].sum() == len(log)
    assert not days.duplicated(["period", "day"]).any()
    assert days["period"].unique().tolist() == [p for p in (FIRST, SECOND) if p in log.periods]
    assert not (days["school"] & ~days["teaching"]).any()
