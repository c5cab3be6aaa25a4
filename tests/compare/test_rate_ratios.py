"""Rates of two years are compared with the right bases, and caveats are said."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.compare.years import FIRST, SECOND, log_of, log_of_days, make_years
from workbench.compare.poisson import exact_ratio
from workbench.compare.rate_ratios import (
    ANY_DAY,
    OTHER_DAY,
    SCHOOL_DAY,
    UNITS,
    compare_rates,
    protect_ratios,
    say_rate,
)
from workbench.errors import WorkbenchError
from workbench.study import Disclosure


def halved(day: pd.Timestamp) -> int:
    """Four cases on weekdays in the first year and two in the second; one on each day off."""
    if day.day_of_week > 4:
        return 0
    return 4 if day < pd.Timestamp("2023-09-01") else 2


def later(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["group"] == SECOND].set_index("measure", drop=False)


def test_all_three_measures_have_their_own_counts_and_days() -> None:
    log = log_of_days(halved)
    frame = compare_rates(log, make_years())
    assert frame["measure"].unique().tolist() == [SCHOOL_DAY, OTHER_DAY, ANY_DAY]
    for group in (FIRST, SECOND):
        own = frame[frame["group"] == group].set_index("measure")
        assert own.loc[ANY_DAY, "n"] == (log.cases["period"] == group).sum()
        assert own.loc[SCHOOL_DAY, "n"] + own.loc[OTHER_DAY, "n"] == own.loc[ANY_DAY, "n"]
    assert frame.loc[frame["measure"] == ANY_DAY, "days"].tolist() == [365, 366]


def test_the_ratio_is_that_of_the_rates_with_the_exact_interval() -> None:
    row = later(compare_rates(log_of_days(halved), make_years())).loc[SCHOOL_DAY]
    counts = (row[name] for name in ("n", "days", "reference_n", "reference_days"))
    exact = exact_ratio(*map(int, counts))
    assert row["ratio"] == pytest.approx(0.5)
    assert (row["ratio_low"], row["ratio_high"], row["p"]) == (exact.low, exact.high, exact.p)
    assert row["reference"] == FIRST
    # Nothing varies here, so only the t distribution makes the wide interval wider.
    assert row["dispersion"] < 0.1
    assert row["wide_low"] < row["ratio_low"]
    assert row["df"] == 10


def test_what_recurs_each_year_is_no_dispersion_and_what_does_not_is() -> None:
    def seasonal(day: pd.Timestamp) -> int:
        return halved(day) * (3 if day.month in (11, 3) else 1)

    def bursting(day: pd.Timestamp) -> int:
        return halved(day) * (3 if (day.year, day.month) in {(2023, 3), (2023, 11)} else 1)

    calm, burst = (
        later(compare_rates(log_of_days(f), make_years())).loc[SCHOOL_DAY]
        for f in (seasonal, bursting)
    )
    assert calm["dispersion"] < 0.1
    assert burst["dispersion"] > 5
    assert burst["wide_high"] / burst["wide_low"] > 1.5 * burst["ratio_high"] / burst["ratio_low"]


def test_months_that_few_years_share_give_no_dispersion() -> None:
    log = log_of(["2022-10-05"] * 9 + ["2023-10-05"] * 4 + ["2023-11-07"])
    row = later(compare_rates(log, make_years())).loc[SCHOOL_DAY]
    assert np.isnan(row["dispersion"])
    assert np.isnan(row["wide_low"])
    assert row["ratio_low"] < row["ratio"] < row["ratio_high"]


def test_records_that_break_off_are_noted() -> None:
    stop = pd.Timestamp("2024-03-01")
    frame = compare_rates(log_of_days(lambda d: halved(d) if d < stop else 0), make_years())
    row = later(frame).loc[SCHOOL_DAY]
    assert "last 90 school days" in row["note"]
    assert row["note"] in say_rate(row)
    assert (frame.loc[frame["group"] == FIRST, "note"] == "").all()


def test_sentences_claim_no_more_than_the_interval() -> None:
    frame = compare_rates(log_of_days(halved), make_years())
    said = say_rate(later(frame).loc[SCHOOL_DAY])
    assert said.startswith(
        "4.0 cases a school day in term in 2022-23 and 2.0 in 2023-24: 0.50 times as"
    )
    even = later(compare_rates(log_of_days(lambda d: 1), make_years()))
    for measure in UNITS:
        assert "no clear change" in say_rate(even.loc[measure])
        assert "would have been likely to show" in say_rate(even.loc[measure])
    none = later(compare_rates(log_of(["2022-09-06", "2023-09-06"]), make_years()))
    assert say_rate(none.loc[OTHER_DAY]).startswith("Too few cases")


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="2022-23"):
        compare_rates(log_of(["2022-10-05"]), make_years(), groups=["2022-2"])


def test_the_order_of_rows_and_the_reference_can_be_chosen() -> None:
    log = log_of_days(halved)
    frame = compare_rates(log, make_years(), groups=[SECOND, FIRST])
    assert frame["group"].tolist() == [SECOND, FIRST] * 3
    assert frame.loc[1, "ratio"] == pytest.approx(2)


def test_protection_leaves_nothing_that_rests_on_a_hidden_count() -> None:
    log = log_of(["2022-10-05"] * 3 + ["2023-10-05"] * 40)
    frame = compare_rates(log, make_years())
    safe = protect_ratios(frame, rule=Disclosure(hide_up_to=7, round_to=5))
    hidden = safe[safe["measure"] == SCHOOL_DAY]
    assert hidden["n"].isna().tolist() == [True, False]
    assert hidden[["ratio", "ratio_low", "p", "reference_n", "detectable"]].isna().all(axis=None)
    assert protect_ratios(frame, rule=Disclosure(exempt=True, reason="r")).equals(frame)
