"""Standardised shares against worked examples and reference software; their interval covers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.compare.intervals import newcombe
from workbench.compare.stratified import JOINED, LEAST, join_sparse, standardise_shares

STRATA = st.lists(
    st.tuples(st.integers(1, 60), st.integers(1, 60), st.floats(0, 1), st.floats(0, 1)),
    min_size=1,
    max_size=6,
)


def cells(strata: list[tuple[int, int, float, float]]) -> tuple[np.ndarray, ...]:
    base, other, part, other_part = (np.array(column) for column in zip(*strata, strict=True))
    n, m = np.floor(base * part).astype(int), np.floor(other * other_part).astype(int)
    return n[None, :], base, m[None, :], other


def test_a_worked_example() -> None:
    # Within both strata the share is the same; only the mix differs.
    n, base = np.array([[8, 20]]), np.array([80, 20])
    other, other_base = np.array([[2, 80]]), np.array([20, 80])
    found = standardise_shares(n, base, other, other_base)
    assert found.share[0] == pytest.approx(0.5 * 0.1 + 0.5 * 1.0)
    assert found.difference[0] == pytest.approx(0)
    assert found.by_mix[0] == pytest.approx(0.28 - 0.82)
    assert found.low[0] < 0 < found.high[0]
    assert found.p[0] == pytest.approx(1)


def test_weights_choose_the_mix() -> None:
    n, base = np.array([[10, 30]]), np.array([100, 50])
    other, other_base = np.array([[40, 10]]), np.array([100, 300])
    gaps = np.array([0.1 - 0.4, 0.6 - 1 / 30])
    mixes = {
        "average": (base / 150 + other_base / 400) / 2,
        "pooled": (base + other_base) / 550,
        "reference": other_base / 400,
    }
    for name, mix in mixes.items():
        found = standardise_shares(n, base, other, other_base, weights=name)  # type: ignore[arg-type]
        assert found.difference[0] == pytest.approx(float(gaps @ mix))


def test_one_stratum_is_the_plain_comparison() -> None:
    found = standardise_shares(np.array([[56]]), np.array([70]), np.array([[48]]), np.array([80]))
    assert found.difference[0] == pytest.approx(0.2)
    low, high = newcombe(56, 70, 48, 80)
    assert found.low[0] == pytest.approx(float(low), abs=0.004)
    assert found.high[0] == pytest.approx(float(high), abs=0.004)
    assert found.by_mix[0] == pytest.approx(0)


@given(STRATA)
def test_the_parts_add_up_and_p_agrees_with_the_interval(strata) -> None:  # type: ignore[no-untyped-def]
    n, base, m, other = cells(strata)
    for weights in ("average", "pooled", "reference"):
        found = standardise_shares(n, base, m, other, weights=weights)
        raw = n.sum() / base.sum() - m.sum() / other.sum()
        assert found.difference[0] + found.by_mix[0] == pytest.approx(raw)
        assert -1 <= found.low[0] <= found.difference[0] + 1e-9
        assert found.difference[0] - 1e-9 <= found.high[0] <= 1
        outside = found.low[0] > 1e-9 or found.high[0] < -1e-9
        assert outside == bool(found.p[0] < 0.05 - 1e-9) or found.p[0] == pytest.approx(0.05)


@given(STRATA)
def test_groups_and_labels_may_be_turned_round(strata) -> None:  # type: ignore[no-untyped-def]
    n, base, m, other = cells(strata)
    found = standardise_shares(n, base, m, other)
    swapped = standardise_shares(m, other, n, base)
    assert swapped.difference == pytest.approx(-found.difference)
    assert (swapped.low[0], swapped.high[0]) == pytest.approx((-found.high[0], -found.low[0]))
    rest = standardise_shares(base - n, base, other - m, other)
    assert (rest.low[0], rest.high[0]) == pytest.approx((-found.high[0], -found.low[0]))
    assert rest.p == pytest.approx(found.p)


@pytest.mark.parametrize("share", [0.005, 0.05, 0.4])
def test_the_interval_covers_in_small_strata(share: float) -> None:
    rng = np.random.default_rng(7)
    base, other = np.array([5, 8, 12, 20, 15, 19]), np.array([400, 300, 600, 257, 300, 300])
    shares = share * np.array([0.5, 1.5, 1, 0.6, 1.4, 1])
    n, m = rng.binomial(base, shares, (2000, 6)), rng.binomial(other, shares, (2000, 6))
    found = standardise_shares(n, base, m, other)
    held = (found.low <= 0) & (found.high >= 0)
    assert 0.935 <= held.mean() <= 0.975
    assert (found.p < 0.05).mean() == pytest.approx(1 - held.mean(), abs=1e-3)


@pytest.mark.filterwarnings("ignore")  # a model with a parameter for every cell has none to spare
def test_agrees_with_marginal_standardisation_by_regression() -> None:
    sm = pytest.importorskip("statsmodels.api")
    base, other = np.array([40, 60, 30]), np.array([90, 50, 20])
    n, m = np.array([[10, 33, 6]]), np.array([[30, 20, 9]])
    found = standardise_shares(n, base, m, other)
    stratum = np.tile(np.arange(3), 2)
    group = np.repeat([0, 1], 3)
    design = np.column_stack(
        [stratum == s for s in range(3)] + [group * (stratum == s) for s in range(3)]
    )
    counts = np.concatenate([m[0], n[0]])
    answers = np.column_stack([counts, np.concatenate([other, base]) - counts])
    fit = sm.GLM(answers, design.astype(float), family=sm.families.Binomial()).fit()
    mix = (base / base.sum() + other / other.sum()) / 2
    fitted = fit.predict(design.astype(float))
    assert found.share[0] == pytest.approx(fitted[3:] @ mix)
    assert found.reference[0] == pytest.approx(fitted[:3] @ mix)


NAMES = (("A", "q1"), ("A", "q2"), ("A", "q3"), ("B", "q1"), ("B", "q2"), ("C", "q1"))


def test_sparse_strata_fall_back_on_the_first_field() -> None:
    use, joined = join_sparse(
        NAMES, np.array([90, 3, 2, 50, 50, 50]), np.array([90, 9, 9, 50, 50, 50])
    )
    assert joined == 2
    assert use[1] == use[2]
    assert len(set(use.tolist())) == 5
    assert -1 not in use


def test_what_stays_sparse_joins_all_others_that_are_and_then_is_left_out() -> None:
    base, other = np.array([90, 2, 1, 50, 4, 3]), np.array([90, 20, 30, 50, 40, 3])
    use, joined = join_sparse(NAMES, base, other)
    assert len({int(use[code]) for code in (1, 2, 4, 5)}) == 1
    assert joined == 4
    alone, joined = join_sparse(NAMES[:2], np.array([90, 4]), np.array([90, 50]))
    assert alone.tolist() == [0, -1]
    assert joined == 0


def test_strata_that_one_group_lacks_are_left_out_and_never_joined() -> None:
    use, _ = join_sparse(NAMES[:4], np.array([90, 0, 20, 50]), np.array([90, 40, 0, 50]))
    assert use.tolist() == [0, -1, -1, 1]
    assert JOINED not in {part for name in NAMES for part in name}


@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6))
def test_no_stratum_in_use_is_sparse(sizes: list[tuple[int, int]]) -> None:
    base, other = (np.array(column) for column in zip(*sizes, strict=True))
    use, _ = join_sparse(NAMES[: len(sizes)], base, other)
    for number in set(use.tolist()) - {-1}:
        assert min(base[use == number].sum(), other[use == number].sum()) >= LEAST
    assert sorted(set(use.tolist()) - {-1}) == list(range(int(use.max(initial=-1)) + 1))
