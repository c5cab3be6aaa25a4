"""Rates per school day: holidays do not count, and no case is lost."""

from __future__ import annotations

from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compare.years import FIRST, SECOND, log_of, log_of_days, make_years
from workbench.compare.rates import OUTSIDE, Unit, protect_rates, rate_per_day
from workbench.errors import WorkbenchError
from workbench.study import Calendar, Disclosure

MOMENTS = st.lists(
    st.datetimes(pd.Timestamp("2022-09-01"), pd.Timestamp("2024-08-31")), min_size=1, max_size=80
)


def test_a_steady_demand_has_one_rate_in_every_month_and_term() -> None:
    log = log_of_days(lambda day: 3 if day.day_of_week < 5 else 0)
    for unit in get_args(Unit):
        frame = rate_per_day(log, make_years(), unit=unit)
        known = frame["rate"].dropna()
        assert len(known) == {"month": 22, "term": 6, "period": 2}[unit]
        assert (known == 3).all()


def test_cases_of_holidays_are_counted_apart() -> None:
    log = log_of(["2022-10-26", "2022-10-29", "2022-10-31 10:00", "2023-08-15"])
    frame = rate_per_day(log, make_years()).set_index("month")
    october = frame.loc["2022-10-01"]
    # The weekend after half-term belongs to the term, its weekdays do not.
    assert (october["cases"], october["n"], october["outside"]) == (3, 2, 1)
    assert october["days"] == 16
    august = frame.loc["2023-08-01"]
    assert (august["n"], august["outside"], august["note"]) == (0, 1, "no school day")
    assert pd.isna(august["rate"])
    assert frame["cases"].sum() == len(log)


def test_terms_stand_in_order_and_what_lies_outside_comes_last() -> None:
    log = log_of(["2022-09-01", "2022-10-05", "2023-09-01", "2024-05-01"])
    frame = rate_per_day(log, make_years(), unit="term")
    first = frame[frame["period"] == FIRST]
    assert first["term"].tolist() == ["Autumn 2022", "Spring 2023", "Summer 2023", OUTSIDE]
    assert first["cases"].tolist() == [1, 0, 0, 1]
    assert frame["period"].unique().tolist() == [FIRST, SECOND]


def test_months_bear_their_place_and_events() -> None:
    frame = rate_per_day(log_of(["2022-09-10", "2023-09-10"]), make_years())
    assert frame["place"].tolist() == [*range(1, 13), *range(1, 13)]
    assert frame.loc[frame["event"] != "", "place"].tolist() == [7]


def test_a_period_without_terms_is_refused_with_the_mend() -> None:
    study = make_years(Calendar(terms=make_years().calendar.terms[:3]))
    with pytest.raises(WorkbenchError, match=r"2023-24.*\[\[calendar.terms\]\]"):
        rate_per_day(log_of(["2022-10-05", "2023-10-05"]), study)
    assert len(rate_per_day(log_of(["2022-10-05"]), study, unit="period")) == 1


def test_protection_hides_small_counts_and_rates_follow() -> None:
    log = log_of(["2022-10-05"] * 3 + ["2022-11-02"] * 22)
    frame = rate_per_day(log, make_years())
    safe = protect_rates(frame, rule=Disclosure(hide_up_to=7, round_to=5)).set_index("month")
    assert safe.loc["2022-10-01", ["n", "rate", "low", "high"]].isna().all()
    assert "suppressed" in safe.loc["2022-10-01", "note"]
    assert safe.loc["2022-11-01", "rate"] == 20 / 22
    assert protect_rates(frame, rule=Disclosure(exempt=True, reason="r")).equals(frame)


@given(MOMENTS, st.sampled_from(get_args(Unit)))
def test_no_case_is_lost_and_rates_times_days_are_counts(
    moments: list[pd.Timestamp], unit: Unit
) -> None:
    frame = rate_per_day(log_of(moments), make_years(), unit=unit)
    assert frame["cases"].sum() == len(moments)
    assert (frame["n"] + frame["outside"] == frame["cases"]).all()
    known = frame[frame["days"] > 0]
    assert (known["rate"] * known["days"]).tolist() == pytest.approx(known["n"].tolist())
    assert (known["low"] <= known["rate"]).all()
    assert (known["rate"] <= known["high"]).all()
    assert frame.loc[frame["days"] == 0, "rate"].isna().all()
