from __future__ import annotations

import numpy as np
import pytest

from tests.learning.rows import make_rows
from workbench.errors import WorkbenchError
from workbench.learning import fit_scale
from workbench.learning.measures import rank_correlation, root_mean_square

ROWS = make_rows(300)
NEW = make_rows(600, seed=1)
SCALE = fit_scale(ROWS.blocks, ROWS.values)


def test_values_come_near_and_keep_the_order():
    found = SCALE.values(NEW.blocks)
    guess = np.full(600, ROWS.values.mean())
    assert root_mean_square(found, NEW.values) < 0.65 * root_mean_square(guess, NEW.values)
    assert rank_correlation(found, NEW.values) > 0.75


def test_contributions_and_intercept_are_the_value_within_its_limits():
    bare = SCALE.contributions(NEW.blocks).sum(axis=1) + SCALE.intercept
    found = SCALE.values(NEW.blocks)
    assert found == pytest.approx(np.clip(bare, SCALE.low, SCALE.high))
    far = {**NEW.blocks, "dense": NEW.blocks["dense"] * 50}
    assert SCALE.values(far).min() == ROWS.values.min()
    assert SCALE.values(far).max() == ROWS.values.max()


def test_held_out_values_are_as_good_as_those_of_new_rows():
    new = root_mean_square(SCALE.values(NEW.blocks), NEW.values)
    held = root_mean_square(SCALE.held_out, ROWS.values)
    seen = root_mean_square(SCALE.values(ROWS.blocks), ROWS.values)
    assert held == pytest.approx(new, rel=0.12)
    assert seen < 0.93 * held


def test_a_missing_value_is_refused():
    with pytest.raises(WorkbenchError, match="none missing"):
        fit_scale(ROWS.blocks, np.where(np.arange(300) == 7, np.nan, ROWS.values))
