"""Turns are offered where a level changed, seldom where it did not, never on a short series."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.compare.years import log_of_days, make_years
from workbench.compare.turns import LEAST_STRETCH, NOTE, cases_per_week, find_turns, turns_in
from workbench.errors import WorkbenchError

DAYS = np.resize([5, 5, 5, 4, 5, 5, 5, 5, 2, 5, 5, 5, 3], 76)


def weeks(n: np.ndarray, days: np.ndarray = DAYS) -> pd.DataFrame:
    start = pd.date_range("2022-09-05", periods=len(n), freq="7D")
    return pd.DataFrame({"week": start, "n": n, "days": days[: len(n)]})


def test_weeks_hold_the_cases_of_term_time() -> None:
    log = log_of_days(lambda day: 1)
    found = cases_per_week(log, make_years())
    assert (found["week"].dt.day_of_week == 0).all()
    whole = found[found["days"] == 5]
    assert (whole["n"] == 7).all() or set(whole["n"]) <= {5, 6, 7}  # a term may begin midweek
    assert found["week"].is_monotonic_increasing
    assert (found["days"] > 0).all()


def test_a_doubling_is_found_where_it_fell() -> None:
    dice = np.random.default_rng(1)
    level = np.where(np.arange(76) < 40, 6, 12)
    found = turns_in(weeks(dice.poisson(DAYS * level)))
    assert len(found) == 2
    assert abs(found["weeks"].iloc[0] - 40) <= 1
    assert found["change"].iloc[1] == pytest.approx(2, rel=0.15)
    assert np.isnan(found["change"].iloc[0])
    assert (found["note"] == NOTE).all()


def test_a_whole_log_is_cut_into_stretches_that_lose_nothing() -> None:
    def drop(day: pd.Timestamp) -> int:
        return 0 if day.day_of_week > 4 else 6 if day < pd.Timestamp("2023-05-01") else 2

    found = find_turns(log_of_days(drop), make_years())
    whole = cases_per_week(log_of_days(drop), make_years())
    assert len(found) == 2
    assert found["start"].iloc[1] == pd.Timestamp("2023-05-01")
    assert found[["weeks", "n", "days"]].sum().tolist() == [
        len(whole),
        whole["n"].sum(),
        whole["days"].sum(),
    ]
    assert (found["weeks"] >= LEAST_STRETCH).all()


@pytest.mark.parametrize("spread", [0.0, 0.2])
def test_false_turns_are_seldom(spread: float) -> None:
    dice, runs, false = np.random.default_rng(7), 200, 0
    for _ in range(runs):
        burst = dice.gamma(1 / spread, spread, 76) if spread else 1.0
        false += len(turns_in(weeks(dice.poisson(DAYS * 3 * burst)))) > 1
    assert false / runs <= 0.05


def test_a_series_without_any_case_has_no_turn() -> None:
    assert len(turns_in(weeks(np.zeros(30, dtype=int)))) == 1


def test_a_short_series_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="24 school weeks or more; here are 23"):
        turns_in(weeks(np.full(23, 10)))
    assert len(turns_in(weeks(np.full(24, 10)))) == 1
