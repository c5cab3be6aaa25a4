from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

from benchmarks.clusterings.measures import (
    agreement,
    bootstrap,
    fill_unplaced,
    mutual_information,
    rand_index,
    same_partition,
)

LABELS = st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=40)


@given(LABELS)
def test_both_measures_are_those_of_scikit_learn(pairs: list[tuple[int, int]]) -> None:
    a, b = np.array(pairs).T
    assert rand_index(a, b) == pytest.approx(adjusted_rand_score(a, b), abs=1e-9)
    assert mutual_information(a, b) == pytest.approx(normalized_mutual_info_score(a, b), abs=1e-9)


@given(LABELS, st.data())
def test_weights_make_pairs_of_different_texts_alone(
    pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    a, b = np.array(pairs).T
    weights = np.array(
        data.draw(st.lists(st.integers(0, 3), min_size=len(a), max_size=len(a)).filter(sum))
    )
    drawn = np.repeat(np.arange(len(a)), weights)
    kinds = [(a[i] == a[j], b[i] == b[j]) for i, j in combinations(drawn, 2) if i != j]
    both = sum(x and y for x, y in kinds)
    one, other = sum(x for x, _ in kinds), sum(y for _, y in kinds)
    expected = one * other / len(kinds) if kinds else 0.0
    best = (one + other) / 2
    want = 1.0 if best == expected else (both - expected) / (best - expected)
    assert rand_index(a, b, weights) == pytest.approx(want, abs=1e-9)


@given(LABELS, st.permutations(range(5)))
def test_a_partition_is_the_same_under_other_numbers(
    pairs: list[tuple[int, int]], names: list[int]
) -> None:
    labels = np.array(pairs)[:, 0]
    assert same_partition(labels, np.array(names)[labels])
    assert agreement(labels, np.array(names)[labels]) == 1


def test_a_partition_differs_where_a_text_moves_or_falls_out() -> None:
    base = np.array([0, 0, 1, 1])
    assert not same_partition(base, np.array([0, 1, 1, 1]))
    assert not same_partition(base, np.array([0, 0, 0, 0]))
    assert not same_partition(base, np.array([0, 0, 1, 2]))
    # Two texts left unplaced are not a theme, though they are a set of texts like one.
    assert not same_partition(base, np.array([0, 0, -1, -1]))


def test_the_interval_holds_the_estimate_and_narrows_with_more_texts() -> None:
    def width(copies: int) -> float:
        truth = np.tile(np.arange(10), copies)
        found = np.where(np.random.default_rng(0).random(len(truth)) < 0.7, truth, 0)
        interval = bootstrap(rand_index, truth, found)
        assert interval.low < interval.value < interval.high
        assert abs(interval.draws.mean() - interval.value) < 0.02
        return interval.high - interval.low

    assert width(100) < 0.6 * width(20)


def test_a_difference_to_oneself_is_nothing_at_all() -> None:
    truth, found = np.arange(60) % 5, np.arange(60) % 7
    one, again = (bootstrap(rand_index, truth, found) for _ in range(2))
    ahead = one.minus(again)
    assert (ahead.value, ahead.low, ahead.high) == (0, 0, 0)


def test_unplaced_texts_go_to_the_nearest_centre_and_the_placed_stay() -> None:
    vectors = np.array([[1.0, 0], [0.9, 0.1], [0, 1], [0.2, 0.9], [0.8, 0.3]])
    labels = np.array([4, 4, 7, -1, -1])
    assert fill_unplaced(labels, vectors).tolist() == [4, 4, 7, 7, 4]
    assert fill_unplaced(np.full(5, -1), vectors).tolist() == [-1] * 5
