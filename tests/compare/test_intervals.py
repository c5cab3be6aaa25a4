"""Reference values from the literature, and what must hold for any counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.compare.intervals import (
    adjust,
    cohens_h,
    cramers_v,
    detectable_effect,
    newcombe,
    ratio_interval,
    shift_share,
    wilson,
)

counts = st.integers(1, 3000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


def test_wilson_gives_the_published_interval() -> None:
    low, high = wilson(81, 263)
    assert (round(float(low), 4), round(float(high), 4)) == (0.2553, 0.3662)


def test_newcombe_gives_the_published_interval_and_statsmodels_agrees() -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = newcombe(56, 70, 48, 80)
    assert (round(float(low), 4), round(float(high), 4)) == (0.0524, 0.3339)
    for counts_ in ((56, 70, 48, 80), (0, 79, 12, 2157), (5, 9, 700, 2157)):
        expected = confint_proportions_2indep(*counts_, method="newcomb", compare="diff")
        assert np.allclose(newcombe(*counts_), expected)


@given(counts, counts)
def test_intervals_hold_their_estimate_and_turn_with_their_groups(
    a: tuple[int, int], b: tuple[int, int]
) -> None:
    low, high = wilson(*a)
    assert 0 <= low <= a[0] / a[1] + 1e-12
    assert a[0] / a[1] <= high + 1e-12 <= 1 + 1e-12
    low, high = newcombe(*a, *b)
    assert -1 <= low <= a[0] / a[1] - b[0] / b[1] + 1e-12 <= high + 2e-12 <= 1 + 1e-9
    assert np.allclose((-high, -low), newcombe(*b, *a))


def test_an_empty_base_is_missing_not_zero() -> None:
    assert np.isnan(wilson([0, 1], [0, 2])[0]).tolist() == [True, False]
    assert np.isnan(newcombe(0, 0, 1, 2)).all()
    assert np.isnan(ratio_interval(0, 0, 1, 2)).all()
    assert np.isnan(detectable_effect(0, 5))


def test_benjamini_hochberg_rejects_the_four_of_the_paper() -> None:
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert int((adjust(p) <= 0.05).sum()) == 4
    assert np.isnan(adjust([0.01, np.nan])).tolist() == [False, True]


def test_effect_is_signed() -> None:
    assert cohens_h(0.5, 0.25) == pytest.approx(np.pi / 6)
    assert cohens_h(0.25, 0.5) < 0


@pytest.mark.parametrize(
    "pair", [(4, 79, 39, 2157), (2, 20, 5, 20), (13, 79, 130, 2157), (60, 70, 48, 80)]
)
def test_ratio_intervals_are_those_of_statsmodels(pair: tuple[int, int, int, int]) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep

    expected = confint_proportions_2indep(*pair, method="score", compare="ratio", correction=False)
    assert np.allclose(ratio_interval(*pair), expected, rtol=1e-4)


@given(counts, counts)
def test_ratio_intervals_hold_the_ratio_and_turn_with_their_groups(
    a: tuple[int, int], b: tuple[int, int]
) -> None:
    low, high = ratio_interval(*a, *b)
    if a[0] + b[0] == 0:
        assert np.isnan(low)
        return
    turned_low, turned_high = ratio_interval(*b, *a)
    assert (low == 0) == (a[0] == 0)
    assert np.isinf(high) == (b[0] == 0)
    if a[0] and b[0]:
        ratio = a[0] / a[1] / (b[0] / b[1])
        assert low * (1 - 1e-9) <= ratio <= high * (1 + 1e-9)
        assert np.allclose((1 / turned_high, 1 / turned_low), (low, high), rtol=1e-6)


def test_the_smallest_effect_that_79_cases_could_show() -> None:
    assert float(detectable_effect(79, 2157)) == pytest.approx(0.32, abs=0.005)
    assert float(wilson(0, 79)[1]) == pytest.approx(0.046, abs=0.0005)


@given(st.floats(0, 1), st.floats(-3, 3))
def test_a_share_moved_by_an_effect_lies_that_far_away(share: float, effect: float) -> None:
    moved = float(shift_share(share, effect))
    if not np.isnan(moved):
        assert 0 <= moved <= 1
        assert float(cohens_h(moved, share)) == pytest.approx(effect, abs=1e-6)


@given(counts, counts)
def test_cramers_v_is_that_of_scipy(a: tuple[int, int], b: tuple[int, int]) -> None:
    from scipy.stats.contingency import association

    found = float(cramers_v(*a, *b))
    if 0 < a[0] + b[0] < a[1] + b[1]:
        table = np.array([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]])
        assert found == pytest.approx(association(table, method="cramer"), abs=1e-9)
    else:
        assert np.isnan(found)
