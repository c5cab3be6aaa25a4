"""Dates are read by pattern or by the declared format, and never guessed."""

from __future__ import annotations

from datetime import date, datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.dates import read_date, read_dates


@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)))
def test_iso_is_read_under_every_format(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    for format_ in ("iso", "%d/%m/%Y", "%m/%d/%Y"):
        assert read_date(moment.isoformat(), format=format_) == moment


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 1, 1)))
def test_day_first_and_month_first_stay_apart(day: date) -> None:
    written = day.strftime("%d/%m/%Y")
    assert read_date(written, format="%d/%m/%Y") == datetime(day.year, day.month, day.day)
    assert read_date(written) is None


@pytest.mark.parametrize(
    "bad",
    [
        "", "n/a", "2023-02-30", "2023-3-4", "1/2022", 3.5, None, "45170", "2023-02-28 24:00",
        "2023-02-28T25:00", "2023-02-28T23:59:60", "２０２３-02-28", "2023-02-28Z", "2023-W09-2",
        "20230228", "0000-01-01", "2023-02-28 x", "2023-02-28T10:00+24:00",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_none(bad: object) -> None:
    assert read_date(bad) is None


@pytest.mark.parametrize(
    ("written", "format_"),
    [
        ("03/04/23", "%d/%m/%Y"),
        ("03/04/2023", "%d/%m/%y"),
        ("04/13/2023", "%d/%m/%Y"),
        ("31/04/2023", "%d/%m/%Y"),
        ("０3/04/2023", "%d/%m/%Y"),
        ("03/04/2023 24:00", "%d/%m/%Y %H:%M"),
        ("45170", "%d/%m/%Y"),
        ("03/04/2023", "%Q"),
        ("03/04/2023", "%"),
    ],
)
def test_what_the_declared_format_does_not_say_is_none(written: str, format_: str) -> None:
    assert read_date(written, format=format_) is None


@pytest.mark.parametrize("zone", ["Z", "+01:00", "-0500", ""])
def test_the_clock_is_kept_as_written(zone: str) -> None:
    assert read_date(f"2023-03-26T00:30{zone}") == datetime(2023, 3, 26, 0, 30)


def test_a_column_keeps_its_index_and_marks_gaps() -> None:
    cells = pd.Series(["2023-01-02", "soon", "2023-01-02T03:04"], index=[5, 6, 9])
    dates = read_dates(cells)
    assert list(dates.index) == [5, 6, 9]
    assert dates.isna().tolist() == [False, True, False]
    assert dates[9] == pd.Timestamp("2023-01-02 03:04")
