import numpy as np
import pytest

from workbench.themes.levels import merge_themes


def centres(count):
    vectors = np.random.default_rng(2).normal(size=(count, 8))
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_well_apart_groups_are_told_by_their_silhouette():
    random = np.random.default_rng(3)
    groups = np.repeat(np.eye(8)[:5], 4, axis=0) + random.normal(scale=0.05, size=(20, 8))
    groups /= np.linalg.norm(groups, axis=1, keepdims=True)
    merged = merge_themes(groups, np.full(20, 9))
    assert len(set(merged)) == 5
    assert all(len(set(merged[start : start + 4])) == 1 for start in range(0, 20, 4))


@pytest.mark.parametrize("main", [1, 2, 5])
def test_the_number_asked_for_is_given(main):
    assert len(set(merge_themes(centres(12), np.arange(12), main=main))) == main


@pytest.mark.parametrize("count", [1, 3, 4])
def test_few_sub_themes_stand_for_themselves(count):
    assert merge_themes(centres(count), np.ones(count)).tolist() == list(range(count))


def test_a_small_theme_joins_sooner_than_two_large_ones():
    three = np.eye(3)
    merged = merge_themes(three, np.array([500, 400, 3]), main=2)
    assert merged[0] != merged[1]
