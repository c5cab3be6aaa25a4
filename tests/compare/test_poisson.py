"""Rates: exact values from the literature, and what must hold of intervals and fits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.compare.poisson import (
    UNKNOWN,
    detectable_ratio,
    exact_ratio,
    fit_rates,
    poisson_interval,
    widened_ratio,
)

COUNTS = st.integers(0, 400)


def test_exact_interval_gives_the_tabled_values() -> None:
    low, high = poisson_interval([0, 1, 10, 100], 1)
    assert low == pytest.approx([0, 0.0253, 4.7954, 81.3640], abs=1e-4)
    assert high == pytest.approx([3.6889, 5.5716, 18.3904, 121.6268], abs=1e-4)


def test_nothing_is_known_of_a_rate_without_time() -> None:
    low, high = poisson_interval([0, 5, math.nan], [0, 0, 3])
    assert np.isnan(low).all()
    assert np.isnan(high).all()


def test_two_rates_give_the_published_exact_p() -> None:
    found = exact_ratio(60, 51477.5, 30, 54308.8)
    assert found.p == pytest.approx(0.000675, abs=5e-7)
    assert found.ratio == pytest.approx(2.1100, abs=1e-4)
    assert 1 < found.low < found.ratio < found.high


def test_a_ratio_is_unknown_or_endless_where_nothing_happened() -> None:
    assert exact_ratio(0, 10, 0, 10) is UNKNOWN
    assert exact_ratio(3, 0, 5, 10) is UNKNOWN
    assert exact_ratio(3, 10, 0, 10).high == math.inf
    assert exact_ratio(0, 10, 3, 10).low == 0
    assert widened_ratio(math.inf, 3, 0, dispersion=1, df=9) is UNKNOWN


@given(COUNTS, st.integers(1, 400), COUNTS, st.integers(1, 400))
def test_turning_the_groups_round_turns_the_ratio_round(n: int, a: int, m: int, b: int) -> None:
    one, other = exact_ratio(n, a, m, b), exact_ratio(m, b, n, a)
    if one is UNKNOWN:
        assert other is UNKNOWN
        return
    assert one.p == pytest.approx(other.p, abs=1e-9)
    assert one.low <= one.ratio <= one.high
    if n and m:
        assert (one.low * other.high, one.ratio * other.ratio) == pytest.approx((1, 1))


def test_more_spread_makes_an_interval_wider_and_less_does_not_narrow_it() -> None:
    calm, even, wild = (widened_ratio(0.8, 80, 100, dispersion=d, df=10) for d in (0.3, 1, 4))
    assert (calm.low, calm.high) == (even.low, even.high)
    assert wild.low < even.low < 0.8 < even.high < wild.high
    assert math.log(wild.high / 0.8) == pytest.approx(2 * math.log(even.high / 0.8))


def test_a_fit_of_two_groups_gives_their_ratio() -> None:
    n, days = np.array([11, 13, 30, 42]), np.array([10.0, 14.0, 15.0, 21.0])
    group = np.array([0.0, 0, 1, 1])
    fit = fit_rates(n, days, np.column_stack([np.ones(4), group]))
    assert fit.ratio(1).ratio == pytest.approx(2)
    assert fit.dispersion < 1
    assert fit.df == 2
    assert fit.errors[1] == pytest.approx(
        math.sqrt(1 / 24 + 1 / 72), rel=1e-4
    )  # as Poisson's, not less


def test_a_fit_says_where_months_vary_more_than_chance() -> None:
    n, design = np.array([5.0, 60, 8, 70, 4, 66]), np.ones((6, 1))
    fit = fit_rates(n, np.ones(6), design)
    assert fit.dispersion == pytest.approx(n.var(ddof=1) / n.mean())
    assert fit.overdispersed < 1e-6


def test_the_detectable_ratio_shows_with_the_power_it_promises() -> None:
    ratio, runs = detectable_ratio(400, 400), 2_000
    dice = np.random.default_rng(3)
    # Counts about 400 whose rates stand in that ratio.
    middle = 400 * math.sqrt(ratio), 400 / math.sqrt(ratio)
    first, second = (dice.poisson(mean, runs) for mean in middle)
    z = np.log(first / second) / np.sqrt(1 / first + 1 / second)
    assert (z > 1.96).mean() == pytest.approx(0.8, abs=0.03)
    assert detectable_ratio(400, 400, dispersion=4) > ratio
    assert math.isnan(detectable_ratio(0, 400))
