from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.linear_model import Ridge as PlainRidge
from threadpoolctl import threadpool_limits

from tests.learning.rows import make_rows
from workbench.errors import WorkbenchError
from workbench.learning.blocks import Gaussian, gram, take_rows
from workbench.learning.ridge import fit_ridge

ROWS = make_rows(40)
TARGETS = ROWS.values[:, None]


def test_one_dense_block_is_the_ridge_of_scikit_learn():
    block = ROWS.blocks["dense"]
    centred = block - block.mean(axis=0)
    spread = np.mean((centred**2).sum(axis=1))
    ridge, _ = fit_ridge({"dense": block}, TARGETS, strength=0.7)
    plain = PlainRidge(alpha=0.7 * spread).fit(block, ROWS.values)
    # The intercept of ours is held back by one part in some hundreds.
    assert ridge.scores({"dense": block})[:, 0] == pytest.approx(plain.predict(block), abs=5e-3)


def test_dense_and_sparse_blocks_of_the_same_numbers_are_one():
    words = ROWS.blocks["words"]
    one, _ = fit_ridge({"words": words}, TARGETS)
    other, _ = fit_ridge({"words": words.toarray()}, TARGETS)
    assert one.scores({"words": words}) == pytest.approx(
        other.scores({"words": words.toarray()}), abs=1e-8
    )


def _fit_without(rows: np.ndarray, gone: np.ndarray) -> np.ndarray:
    """What the definition of leaving out says: the same kernel and base, fewer rows."""
    kernel = np.full((40, 40), 10.0)
    for block in ROWS.blocks.values():
        table = gram(block)
        middle = np.eye(40) - 1 / 40
        centred = middle @ table @ middle
        kernel += centred / np.trace(centred) * 40 / 3
    base = TARGETS.mean()
    kept = np.setdiff1d(rows, gone)
    duals = np.linalg.solve(kernel[np.ix_(kept, kept)] + np.eye(len(kept)), TARGETS[kept] - base)
    return base + kernel[np.ix_(gone, kept)] @ duals


def test_left_out_answers_are_those_of_a_fit_without_the_row_or_its_group():
    groups = [row // 3 if row < 12 else row for row in range(40)]
    _, alone = fit_ridge(ROWS.blocks, TARGETS)
    _, together = fit_ridge(ROWS.blocks, TARGETS, groups=groups)
    rows = np.arange(40)
    assert alone[5] == pytest.approx(_fit_without(rows, np.array([5]))[0], abs=1e-7)
    assert together[[3, 4, 5]] == pytest.approx(_fit_without(rows, np.array([3, 4, 5])), abs=1e-7)
    assert abs(together[5, 0] - alone[5, 0]) > 1e-4
    assert together[12:] == pytest.approx(alone[12:])


def test_contributions_add_up_and_average_to_nothing():
    ridge, _ = fit_ridge(ROWS.blocks, np.hstack([TARGETS, TARGETS**2]))
    parts = ridge.contributions(ROWS.blocks)
    assert parts.shape == (40, 3, 2)
    assert parts.sum(axis=1) + ridge.base == pytest.approx(ridge.scores(ROWS.blocks))
    assert parts.mean(axis=0) == pytest.approx(0, abs=1e-8)


@settings(max_examples=10)
@given(st.permutations(range(40)))
def test_the_order_of_rows_changes_nothing_at_all(order):
    groups = [row // 2 for row in range(40)]
    ridge, left_out = fit_ridge(ROWS.blocks, TARGETS, groups=groups)
    turned, turned_out = fit_ridge(
        take_rows(ROWS.blocks, order), TARGETS[order], groups=[groups[row] for row in order]
    )
    assert (turned_out == left_out[order]).all()
    assert (turned.scores(ROWS.blocks) == ridge.scores(ROWS.blocks)).all()
    assert (ridge.scores(take_rows(ROWS.blocks, order)) == ridge.scores(ROWS.blocks)[order]).all()


def test_threads_change_nothing_at_all():
    rows = make_rows(300)
    found = []
    for threads in (1, 2):
        with threadpool_limits(limits=threads):
            ridge, left_out = fit_ridge(rows.blocks, rows.values[:, None])
            found.append((left_out, ridge.scores(rows.blocks)))
    assert (found[0][0] == found[1][0]).all()
    assert (found[0][1] == found[1][1]).all()


def test_a_block_without_spread_adds_nothing():
    blocks = {**ROWS.blocks, "flat": np.ones((40, 2)), "empty": csr_matrix((40, 3))}
    ridge, _ = fit_ridge(blocks, TARGETS)
    parts = ridge.contributions(blocks)
    assert (parts[:, 3:] == 0).all()
    assert np.isfinite(parts).all()


def test_shares_weigh_blocks():
    even, _ = fit_ridge(ROWS.blocks, TARGETS)
    only, _ = fit_ridge(ROWS.blocks, TARGETS, shares={"near": 0, "words": 0})
    assert np.ptp(even.contributions(ROWS.blocks), axis=0).min() > 0.1
    assert (only.contributions(ROWS.blocks)[:, 1:] == 0).all()
    alone, _ = fit_ridge({"dense": ROWS.blocks["dense"]}, TARGETS)
    assert only.scores(ROWS.blocks) == pytest.approx(alone.scores({"dense": ROWS.blocks["dense"]}))


def test_nearness_is_one_to_itself_and_falls_with_distance():
    unit = np.array([[1.0, 0], [0, 1], [-1, 0]])
    near = Gaussian(unit, 2.0).nearness(unit)
    assert np.diag(near) == pytest.approx(1)
    assert near[0] == pytest.approx(np.exp([0, -2, -4]))


def test_blocks_that_do_not_fit_are_refused():
    ridge, _ = fit_ridge(ROWS.blocks, TARGETS)
    with pytest.raises(WorkbenchError, match="'words' is missing or new"):
        ridge.scores({name: ROWS.blocks[name] for name in ("dense", "near")})
    with pytest.raises(WorkbenchError, match="'dense' has 2 columns and 6"):
        ridge.scores({**ROWS.blocks, "dense": np.ones((40, 2))})
    with pytest.raises(WorkbenchError, match="differ in rows"):
        fit_ridge({"one": np.ones((3, 1)), "other": np.ones((4, 1))}, np.ones((3, 1)))
    with pytest.raises(WorkbenchError, match="as many labels"):
        fit_ridge(ROWS.blocks, TARGETS[:5])
    with pytest.raises(WorkbenchError, match="one group"):
        fit_ridge(ROWS.blocks, TARGETS, groups=["all"] * 40)
    with pytest.raises(WorkbenchError, match="no block"):
        fit_ridge({}, TARGETS)
