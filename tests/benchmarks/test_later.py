"""The table of later texts: what counts as having stayed, and which texts are judged."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.clusterings.later import Answer, draw_first, judge


def test_four_fifths_come_first_and_a_seed_draws_them_again() -> None:
    first = draw_first(100, 3)
    assert first.sum() == 80
    assert np.array_equal(first, draw_first(100, 3))
    assert not np.array_equal(first, draw_first(100, 4))


def test_only_later_texts_with_a_theme_of_their_own_are_judged() -> None:
    first = np.array([True, True, True, True, False, False, False, False, False])
    truth = np.array(["a", "b", "a", "b", "a", "a", "b", "b", ""])
    after = np.array([0, 1, 0, 1, 0, 0, 1, 1, -1])
    found = judge(Answer(after[first], after), first, truth)
    assert found == {"stayed": 1.0, "later ARI": 1.0, "later unplaced": pytest.approx(0.2)}
    moved = judge(Answer(after[first][::-1].repeat(1), np.roll(after, 2)), first, truth)
    assert moved["later ARI"] < 1
    mixed = judge(Answer(np.array([0, 0, 1, 1]), after), first, truth)
    assert mixed["stayed"] < 1
