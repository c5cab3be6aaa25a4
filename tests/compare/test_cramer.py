"""Cramér's V and the test of independence against values worked out elsewhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from scipy.stats.contingency import association

from workbench.compare.cramer import cramers_v, independence_p

TABLES = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6)


def test_v_of_one_telling_the_other_and_of_nothing() -> None:
    assert cramers_v([[500, 0], [0, 500]])[0] == pytest.approx(1, abs=1e-3)
    v, low, high = cramers_v([[100, 200, 300], [100, 200, 300]])
    assert (v, low) == (0, 0)
    assert 0 < high < 0.1
    assert all(np.isnan(cramers_v([[5, 3], [0, 0]])))


def test_the_bias_of_small_tables_is_taken_out() -> None:
    rng = np.random.default_rng(3)
    tables = [np.stack([rng.multinomial(40, [0.125] * 8) for _ in range(2)]) for _ in range(200)]
    ours = np.mean([cramers_v(table)[0] for table in tables])
    plain = np.mean([association(t[:, t.sum(axis=0) > 0], method="cramer") for t in tables])
    assert plain > 0.25
    assert ours < 0.1


def test_the_interval_covers() -> None:
    rng = np.random.default_rng(4)
    one, other = np.array([0.4, 0.3, 0.2, 0.1]), np.array([0.3, 0.2, 0.3, 0.2])
    both = np.stack([one, other]) / 2
    expected = np.outer(both.sum(axis=1), both.sum(axis=0))
    truth = float(((both - expected) ** 2 / expected).sum() ** 0.5)
    held = 0
    for _ in range(200):
        _, low, high = cramers_v([rng.multinomial(400, one), rng.multinomial(400, other)])
        held += low <= truth <= high
    assert 0.92 <= held / 200 <= 0.98


def test_p_is_pearsons_where_counts_allow_and_drawn_where_not() -> None:
    many = np.array([[30, 40, 50], [50, 40, 30]])
    assert independence_p(many) == pytest.approx(chi2_contingency(many).pvalue)
    few = np.array([[3, 0, 1, 4], [0, 5, 2, 1]])
    assert independence_p(few) != pytest.approx(chi2_contingency(few).pvalue)
    assert independence_p(few) == independence_p(few)
    assert independence_p([[7, 0], [9, 0]]) == 1.0


@given(TABLES)
def test_v_lies_in_its_interval_whatever_the_order(rows: list[tuple[int, int]]) -> None:
    table = np.array(rows).T
    found = cramers_v(table)
    if not np.isnan(found[0]):
        assert 0 <= found[1] <= found[0] <= found[2] <= 1
        assert cramers_v(table[::-1, ::-1]) == pytest.approx(found, abs=1e-6)
