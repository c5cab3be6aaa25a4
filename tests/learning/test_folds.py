from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.learning import cross_fit, deal_folds

GROUPS = st.lists(st.text("abcdef", min_size=1, max_size=2), min_size=8, max_size=60).filter(
    lambda groups: len(set(groups)) >= 4
)


@given(GROUPS, st.integers(0, 5), st.randoms(use_true_random=False))
def test_groups_share_a_fold_in_any_order_and_folds_are_even(groups, seed, random):
    fold_of = dict(zip(groups, deal_folds(groups, folds=4, seed=seed), strict=True))
    sizes = np.bincount(list(fold_of.values()), minlength=4)
    assert sizes.max() - sizes.min() <= 1
    turned = list(groups)
    random.shuffle(turned)
    assert dict(zip(turned, deal_folds(turned, folds=4, seed=seed), strict=True)) == fold_of


def test_labels_are_spread_over_the_folds():
    labels = np.arange(200) < 20
    fold_of = deal_folds(range(200), labels=labels, folds=10)
    assert (np.bincount(fold_of[labels], minlength=10) == 2).all()


def test_another_seed_deals_otherwise():
    assert (deal_folds(range(50), seed=0) != deal_folds(range(50), seed=1)).any()


def test_no_row_is_answered_by_its_own_fold():
    fold_of = deal_folds(range(30), folds=5)
    seen = []

    def answer(learnt, asked):
        assert not set(learnt) & set(asked)
        assert len(learnt) + len(asked) == 30
        seen.extend(asked)
        return np.stack([asked, asked * 2], axis=1)

    found = cross_fit(fold_of, answer)
    assert sorted(seen) == list(range(30))
    assert (found == np.stack([np.arange(30), np.arange(30) * 2], axis=1)).all()


def test_too_few_groups_are_refused():
    with pytest.raises(WorkbenchError, match="3 groups for 10 folds"):
        deal_folds([1, 1, 2, 3])
