"""Enquiries keep to the school year; replies to the hours when someone is there."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from workbench.demo.calendar import add_working, draw_received, is_holiday, to_staffed
from workbench.demo.dice import Dice

MOMENTS = st.datetimes(datetime(2022, 9, 1), datetime(2024, 8, 31))


@given(st.integers())
def test_received_lies_in_the_year(seed: int) -> None:
    moment = draw_received(date(2022, 9, 1), [1] * 12, Dice(seed))
    assert datetime(2022, 9, 1) <= moment < datetime(2023, 9, 1)


def test_months_are_weighted_and_holidays_quiet() -> None:
    dice = Dice("months")
    weights = [0, 1] + [0] * 10
    moments = [draw_received(date(2022, 9, 1), weights, dice) for _ in range(2000)]
    assert {moment.month for moment in moments} == {10}
    week = Counter(is_holiday(moment.date()) for moment in moments if moment.weekday() < 5)
    assert week[True] < 0.1 * week[False]


@given(MOMENTS, st.integers(0, 3000))
def test_working_time_ends_in_staffed_hours(moment: datetime, minutes: int) -> None:
    later = add_working(moment, minutes)
    assert later >= moment
    assert later.weekday() < 5
    assert 10 <= later.hour < 16 or (later.hour, later.minute) == (16, 0)


def test_working_time_by_hand() -> None:
    friday = datetime(2023, 3, 10, 15, 30)
    assert add_working(friday, 60) == datetime(2023, 3, 13, 10, 30)
    assert add_working(datetime(2023, 3, 11, 9, 0), 15) == datetime(2023, 3, 13, 10, 15)


@given(MOMENTS, st.integers())
def test_calls_are_taken_when_staffed(moment: datetime, seed: int) -> None:
    call = to_staffed(moment, Dice(seed))
    assert call.weekday() < 5
    assert 10 <= call.hour < 16
