"""Arrivals by weekday and hour: all there, and dates without a time are no midnight."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compare.years import FIRST, HOURS, SECOND, log_of, make_years
from workbench.compare.arrivals import (
    ARRIVAL,
    IN_HOURS,
    OUT_OF_HOURS,
    arrivals,
    has_time,
    staffed,
    with_arrivals,
)
from workbench.compare.hours import WEEKDAYS
from workbench.errors import WorkbenchError

MOMENTS = st.lists(
    st.datetimes(pd.Timestamp("2022-09-01"), pd.Timestamp("2024-08-31")), min_size=1, max_size=60
)


def test_each_weekday_and_hour_has_its_row() -> None:
    frame = arrivals(log_of(["2022-10-05 09:30", "2022-10-05 09:59", "2022-10-09 23:00"]))
    assert len(frame) == 7 * 24
    assert frame["weekday"].unique().tolist() == list(WEEKDAYS)
    cell = frame.set_index(["weekday", "hour"])
    assert cell.loc[("Wednesday", 9), "n"] == 2
    assert cell.loc[("Wednesday", 9), "share"] == pytest.approx(2 / 3)
    assert cell.loc[("Sunday", 23), "n"] == 1


def test_dates_without_a_time_stand_apart() -> None:
    frame = arrivals(log_of(["2022-10-05", "2022-10-05", "2022-10-05 11:00"]))
    apart = frame[frame["hour"].isna()]
    assert apart[["weekday", "n"]].to_numpy().tolist() == [["Wednesday", 2]]
    assert apart["note"].tolist() == ["a date without a time"]
    assert apart["share"].isna().all()
    assert frame["base"].unique().tolist() == [1]
    midnight = frame[(frame["hour"] == 0)]
    assert midnight["n"].sum() == 0


def test_midnight_to_the_second_alone_is_no_time() -> None:
    midnight = pd.Timestamp("2022-10-05")
    moments = pd.Series([midnight, midnight + pd.Timedelta(seconds=1), pd.NaT])
    assert has_time(moments).tolist() == [False, True, False]


def test_staffed_shares_rest_on_the_cases_with_a_time() -> None:
    days = ["2022-10-05 11:00", "2022-10-05 17:00", "2022-10-08 11:00", "2022-10-05"]
    frame = staffed(log_of([*days, "2023-10-05 15:59"]), make_years())
    first = frame[frame["group"] == FIRST].set_index("label")
    assert first.loc[IN_HOURS, ["n", "base"]].tolist() == [1, 3]
    assert first.loc[OUT_OF_HOURS, ["n", "base"]].tolist() == [2, 3]
    assert first.loc[IN_HOURS, "low"] < 1 / 3 < first.loc[IN_HOURS, "high"]
    assert frame.loc[frame["group"] == SECOND, "n"].tolist() == [1, 0]


def test_arrival_is_a_field_to_compare_by() -> None:
    marked = with_arrivals(log_of(["2022-10-05 11:00", "2022-10-05"]), make_years())
    assert marked.membership(ARRIVAL)["label"].tolist() == [IN_HOURS]


def test_what_cannot_be_said_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="No case has a time of day"):
        staffed(log_of(["2022-10-05"]), make_years())
    with pytest.raises(WorkbenchError, match=r"\[hours\]"):
        staffed(log_of(["2022-10-05 11:00"]), make_years(hours=None))


@given(MOMENTS)
def test_no_case_is_lost(moments: list[pd.Timestamp]) -> None:
    log = log_of(moments)
    frame = arrivals(log)
    assert frame["n"].sum() == len(log)
    assert frame.groupby("period")["n"].sum().to_dict() == (
        log.cases["period"].value_counts().to_dict()
    )
    shares = frame.groupby("period")["share"].sum()
    timed = has_time(log.cases["date"]).groupby(log.cases["period"]).any()
    assert shares[timed[timed].index].tolist() == pytest.approx([1] * timed.sum())
    marked = with_arrivals(log, make_years(hours=HOURS)).membership(ARRIVAL)
    assert len(marked) == has_time(log.cases["date"]).sum()
