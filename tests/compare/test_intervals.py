"""Reference values from the literature, and what must hold for any counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.compare.intervals import adjust, cohens_h, difference_test, newcombe, wilson

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
    assert np.isnan(difference_test(0, 0, 1, 2))


def test_small_counts_are_tested_exactly() -> None:
    assert difference_test(3, 4, 1, 4) == pytest.approx(0.4857, abs=1e-4)  # the tea tasting
    assert difference_test(0, 79, 0, 2157) == 1.0


def test_benjamini_hochberg_rejects_the_four_of_the_paper() -> None:
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
    p += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
    assert int((adjust(p) <= 0.05).sum()) == 4
    assert np.isnan(adjust([0.01, np.nan])).tolist() == [False, True]


def test_effect_is_signed() -> None:
    assert cohens_h(0.5, 0.25) == pytest.approx(np.pi / 6)
    assert cohens_h(0.25, 0.5) < 0
