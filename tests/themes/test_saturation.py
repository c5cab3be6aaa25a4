import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.themes.drawn import draw_themes
from workbench.errors import WorkbenchError
from workbench.themes import ThemeSettings
from workbench.themes.saturation import count_met, draw_share, mark_saturated, saturation

SETTINGS = ThemeSettings(main=3, smallest=5)


def test_plain_subjects_are_met_again_from_half_of_the_texts_on(sample):
    texts, vectors, _ = sample
    curve = saturation(texts, vectors, SETTINGS, shares=(0.5, 0.7, 0.9, 1), repeats=1, level=0)
    assert list(curve.columns) == [
        "share",
        "n",
        "found",
        "met",
        "themes",
        "low",
        "high",
        "saturated",
    ]
    assert list(curve["n"]) == [90, 126, 162, 180]
    assert (curve["met"] == 3).all()
    assert curve["saturated"].all()
    assert (curve["low"] <= curve["met"]).all()
    assert curve["low"][0] < 1.5  # three themes met again say little of all themes


def test_order_of_rows_changes_nothing(sample):
    texts, vectors, _ = sample
    order = np.random.default_rng(1).permutation(len(texts))
    curves = [
        saturation([texts[i] for i in rows], vectors[rows], SETTINGS, shares=(0.3,), repeats=2)
        for rows in (np.arange(len(texts)), order)
    ]
    pd.testing.assert_frame_equal(*curves)


def test_a_theme_is_met_again_where_half_of_its_texts_stay_together():
    whole = draw_themes([0] * 6 + [1] * 6 + [2] * 6, parents=[0, 0, 1])
    rows = np.r_[0:4, 6:12, 12:14]
    # Sub-theme 0 is met by itself; 1 is cut in three; 2 is swallowed, and so is main theme 1.
    part = draw_themes([0] * 4 + [1, 1, 2, 2, 3, 3] + [0] * 2, parents=[0, 1, 1, 0])
    assert count_met(whole, part, rows, level=1) == 2
    # 1 is met at the other level: the parent of 1 and 2 holds 4 of its 6 texts.
    apart = draw_themes([0] * 4 + [1, 1, 2, 2, 3, 3] + [0] * 2, parents=[0, 1, 2, 3])
    assert count_met(whole, apart, rows, level=1) == 1


def test_texts_unplaced_in_the_subsample_are_not_met():
    whole = draw_themes([0] * 6 + [1] * 6, parents=[0, 1])
    part = draw_themes([0] * 6 + [-1] * 4 + [1] * 2, parents=[0, 1])
    assert count_met(whole, part, np.arange(12), level=1) == 1


shares = st.floats(0.01, 1)
texts = st.lists(st.text(max_size=5), min_size=1, max_size=30, unique=True)


@given(texts, shares, shares, st.randoms(use_true_random=False))
def test_subsamples_nest_and_know_no_order(given_texts, one, other, random):
    small, large = sorted((one, other))
    few, more = (draw_share(given_texts, share, turn=0) for share in (small, large))
    assert set(few) <= set(more)
    assert len(more) == max(1, round(large * len(given_texts)))
    shuffled = list(given_texts)
    random.shuffle(shuffled)
    again = draw_share(shuffled, small, turn=0)
    assert {shuffled[row] for row in again} == {given_texts[row] for row in few}


@pytest.mark.parametrize(
    ("met", "marks"),
    [
        ([1, 5, 9, 9.5, 10], [False, False, True, True, True]),
        ([1, 5, 7, 9, 10], [False, False, False, False, False]),
        ([0, 0, 0, 0, 10], [False, False, False, False, False]),  # nothing is met: not settled
        ([9, 9, 9, 9, 10], [True, True, True, True, True]),
    ],
)
def test_saturation_is_where_no_larger_share_brings_one_theme_more(met, marks):
    found = mark_saturated(np.array([0.2, 0.4, 0.6, 0.8, 1.0]), np.array(met), 10)
    assert found.tolist() == marks


@pytest.mark.parametrize("options", [{"shares": ()}, {"shares": (0, 1)}, {"repeats": 0}])
def test_what_cannot_be_drawn_is_said(sample, options):
    with pytest.raises(WorkbenchError, match="'shares' are above 0"):
        saturation(sample[0], sample[1], SETTINGS, **options)
