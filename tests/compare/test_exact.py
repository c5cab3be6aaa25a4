"""Exact tests against reference values, scipy, and the definition worked out by brute force."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.compare.exact import (
    BOSCHLOO,
    FISHER,
    PEARSON,
    boschloo,
    conditional_odds,
    difference_test,
    expect_few,
    fisher,
)

small = st.integers(1, 14).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


counts = st.integers(10, 900).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def test_the_tea_tasting() -> None:
    assert fisher(3, 4, 1, 4, side="greater") == pytest.approx(0.2429, abs=5e-5)
    assert fisher(3, 4, 1, 4) == pytest.approx(0.4857, abs=5e-5)
    assert conditional_odds(3, 4, 1, 4)[0] == pytest.approx(6.408, abs=5e-4)


@settings(deadline=None, max_examples=40)
@given(small, small)
def test_boschloo_is_the_largest_chance_of_tables_as_extreme(
    a: tuple[int, int], b: tuple[int, int]
) -> None:
    from scipy.stats import binom

    seen = fisher(*a, *b)
    extreme = [
        (i, j)
        for i in range(a[1] + 1)
        for j in range(b[1] + 1)
        if fisher(i, a[1], j, b[1]) <= seen * (1 + 1e-7)
    ]
    shares = np.linspace(0, 1, 401)
    chance = sum(binom.pmf(i, a[1], shares) * binom.pmf(j, b[1], shares) for i, j in extreme)
    found = boschloo(*a, *b)
    assert found == pytest.approx(float(np.max(chance)), abs=2e-4)
    assert found <= seen + 1e-9
    assert found == pytest.approx(boschloo(*b, *a), abs=1e-6)


def test_the_test_fits_the_counts() -> None:
    assert difference_test(4, 79, 39, 2157)[1] == BOSCHLOO
    assert difference_test(3, 40_000, 1, 40_000)[1] == FISHER
    assert difference_test(30, 79, 900, 2157)[1] == PEARSON
    assert difference_test(0, 79, 0, 2157) == (1.0, "")
    assert np.isnan(difference_test(0, 0, 1, 2)[0])


@given(small, small)
def test_few_are_expected_where_some_cell_is(a: tuple[int, int], b: tuple[int, int]) -> None:
    from scipy.stats.contingency import expected_freq

    table = np.array([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]])
    assert expect_few(*a, *b) == bool((expected_freq(table) < 5 - 1e-9).any())


@given(counts, counts)
def test_pearson_is_that_of_scipy(a: tuple[int, int], b: tuple[int, int]) -> None:
    from scipy.stats import chi2_contingency

    if not expect_few(*a, *b):
        table = [[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]]
        expected = chi2_contingency(table, correction=False).pvalue
        assert difference_test(*a, *b)[0] == pytest.approx(float(expected), rel=1e-6)


def test_odds_ratios_turn_with_their_groups_and_are_missing_without_a_contrast() -> None:
    odds, low, high = conditional_odds(3, 79, 6, 2157)
    turned, turned_low, turned_high = conditional_odds(6, 2157, 3, 79)
    assert low < odds < high
    assert (1 / turned, 1 / turned_high, 1 / turned_low) == pytest.approx(
        (odds, low, high), rel=1e-4
    )
    assert np.isnan(conditional_odds(0, 79, 0, 2157)).all()
    assert np.isnan(conditional_odds(0, 0, 5, 9)).all()
