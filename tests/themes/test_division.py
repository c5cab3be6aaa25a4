from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from workbench.themes.division import NOWHERE, Division, nest, put, regroup

COUNT = 12
# Two main themes, four finest of three texts each, which lie in four directions.
PATHS = np.repeat([[0, 0, 1, 1], [2, 3, 4, 5]], 3, axis=1)
VECTORS = np.repeat(np.eye(4, dtype=np.float32), 3, axis=0)
START = Division.start(PATHS, 6)
ALL = np.ones(COUNT, dtype=bool)


def rows(*places):
    return np.isin(np.arange(COUNT), places)


@given(arrays(np.int64, (3, COUNT), elements=st.integers(0, 3)), st.lists(st.booleans()))
def test_every_theme_ends_under_one_parent(numbers, lost):
    paths = numbers + np.array([[0], [10], [20]])
    paths[:, [place for place, gone in enumerate(lost[:COUNT]) if gone]] = NOWHERE
    nested = nest(Division.start(paths, 30))
    for above, below in zip(nested.paths, nested.paths[1:], strict=False):
        pairs = {(a, b) for a, b in zip(above, below, strict=True) if b != NOWHERE}
        assert len({b for _, b in pairs}) == len(pairs)
    np.testing.assert_array_equal(nested.paths == NOWHERE, paths == NOWHERE)
    np.testing.assert_array_equal(nested.paths[0], paths[0])
    assert nested.paths.max() < nested.following
    # Texts apart before are apart after.
    for old, new in zip(paths, nested.paths, strict=True):
        assert len(set(zip(old, new, strict=True))) == len(set(new))


def test_a_theme_that_is_mostly_taken_brings_its_others_along():
    # Text 2 is new: of the known texts of theme 2 all are asked for.
    made = regroup(START, [rows(0, 1, 3)], 1, VECTORS, known=~rows(2))
    assert made.paths[1].tolist() == [6, 6, 6, 6, 3, 3, 4, 4, 4, 5, 5, 5]
    assert made.paths[0].tolist() == PATHS[0].tolist()


def test_what_an_earlier_edit_holds_does_not_go_along():
    held = START.held.copy()
    held[1, 2] = True
    kept = regroup(replace(START, held=held), [rows(0, 1, 3)], 1, VECTORS, known=~rows(2))
    assert kept.paths[1].tolist() == [6, 6, 2, 6, 3, 3, 4, 4, 4, 5, 5, 5]
    by_hand = put(START, rows(2), 2, VECTORS)
    assert by_hand.paths.tolist() == PATHS.tolist()
    kept = regroup(by_hand, [rows(0, 1, 3)], 1, VECTORS, known=~rows(2))
    assert kept.paths[1, 2] == 2


def test_a_group_stands_under_the_parent_that_gave_it_most():
    made = regroup(START, [rows(0, 1, 2, 3, 6)], 1, VECTORS, known=ALL)
    assert made.paths[:, 6].tolist() == [0, 6]
    # Unless an edit of the level above holds some of it elsewhere.
    held = START.held.copy()
    held[0, 6] = True
    made = regroup(replace(START, held=held), [rows(0, 1, 2, 3, 6)], 1, VECTORS, known=ALL)
    assert made.paths[:, [0, 6]].T.tolist() == [[1, 6], [1, 6]]


def test_a_main_theme_made_of_pieces_keeps_the_finest_whole():
    made = regroup(START, [rows(3, 4, 5, 6, 7, 8, 9)], 0, VECTORS, known=ALL)
    assert made.paths[0].tolist() == [0, 0, 0, *[6] * 7, 1, 1]
    # Text 9 leaves theme 5, which lives on, for the nearest of those that went over.
    assert made.paths[1].tolist()[:9] == PATHS[1].tolist()[:9]
    assert made.paths[1, 9] in (3, 4)
    assert made.paths[1, 10:].tolist() == [5, 5]


def test_texts_without_a_theme_can_be_made_one():
    paths = PATHS.copy()
    paths[:, :3] = NOWHERE
    made = regroup(Division.start(paths, 6), [rows(0, 1, 2)], 1, VECTORS, known=ALL)
    assert set(made.paths[1, :3]) == {6}
    assert set(made.paths[0, :3]) <= {0, 1}
    np.testing.assert_array_equal(made.paths[:, 3:], paths[:, 3:])
