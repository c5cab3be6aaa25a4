import numpy as np
import pytest

from workbench.themes.consensus import Ensemble
from workbench.themes.levels import as_range, nest_levels


def unit(rows):
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def make_case(groups=5, parts=3, copies=8):
    """Rows in ``groups`` well apart, each of ``parts``, and clusterings of both."""
    random = np.random.default_rng(3)
    large = np.repeat(np.eye(24)[:groups] * 3, parts * copies, axis=0)
    small = np.repeat(np.eye(24)[groups : groups + groups * parts], copies, axis=0)
    rows = unit(large + small + random.normal(scale=0.05, size=large.shape))
    fine = np.repeat(np.arange(groups * parts), copies)
    coarse = fine // parts
    labels = np.stack([coarse, coarse, fine, fine]).astype(np.int32)
    counts = np.array([float(groups), float(groups * parts)])
    ensemble = Ensemble(labels, np.array([0, 0, 1, 1]), counts, np.array([0.8, 0.7]))
    return ensemble, fine, rows


def test_main_themes_are_the_groups_that_coarse_clusterings_make():
    ensemble, fine, rows = make_case()
    *_, top = nest_levels(ensemble, fine, rows, sub=14)
    assert len(_) == 1
    main = top[_[0]]
    assert [len(set(main[start : start + 3])) for start in range(0, 15, 3)] == [1] * 5
    assert len(set(main)) == 5


@pytest.mark.parametrize("main", [2, 5, 9])
def test_the_number_asked_for_is_given(main):
    ensemble, fine, rows = make_case()
    assert nest_levels(ensemble, fine, rows, main=main)[-1].max() + 1 == main


def test_a_level_between_is_nested_and_within_its_range():
    ensemble, fine, rows = make_case(groups=5, parts=3)
    middle, top = nest_levels(ensemble, fine, rows, main=2, sub=(6, 7))
    assert len(middle) == 15
    assert 6 <= middle.max() + 1 <= 7
    assert len(top) == middle.max() + 1
    assert top.max() + 1 == 2


@pytest.mark.parametrize("groups", [1, 3, 8])
def test_few_themes_stand_for_themselves(groups):
    ensemble, fine, rows = make_case(groups=groups, parts=1)
    assert [step.tolist() for step in nest_levels(ensemble, fine, rows)] == [list(range(groups))]


def test_a_number_a_range_and_nothing_are_ranges():
    assert as_range(7, (1, 2)) == (7, 7)
    assert as_range((3, 9), (1, 2)) == (3, 9)
    assert as_range(None, (1, 2)) == (1, 2)
