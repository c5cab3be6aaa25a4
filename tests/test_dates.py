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


@pytest.mark.parametrize("bad", ["", "n/a", "2023-02-30", "2023-3-4", "1/2022", 3.5, None])
def test_what_cannot_be_read_is_none(bad: object) -> None:
    assert read_date(bad) is None


def test_a_column_keeps_its_index_and_marks_gaps() -> None:
    cells = pd.Series(["2023-01-02", "soon", "2023-01-02T03:04"], index=[5, 6, 9])
    dates = read_dates(cells)
    assert list(dates.index) == [5, 6, 9]
    assert dates.isna().tolist() == [False, True, False]
    assert dates[9] == pd.Timestamp("2023-01-02 03:04")
