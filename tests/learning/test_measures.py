from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import spearmanr
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from workbench.learning import Band, measure_chances
from workbench.learning.measures import (
    auroc,
    average_precision,
    calibration_error,
    draw_weights,
    f1,
    mean_f1,
    rank_correlation,
    recall_at_precision,
    root_mean_square,
)

ROWS = st.lists(
    st.tuples(st.integers(0, 10), st.integers(0, 1), st.integers(0, 3)), min_size=4, max_size=40
)


def _arrays(rows):
    chances, truth, weights = np.array(rows, dtype=float).T
    drawn = np.repeat(np.arange(len(rows)), weights.astype(int))
    assume(len(set(truth[drawn])) == 2)
    return chances / 10, truth, weights, drawn


@given(ROWS)
def test_weighted_measures_are_those_of_scikit_learn_on_drawn_rows(rows):
    chances, truth, weights, drawn = _arrays(rows)
    one, other = chances[drawn], truth[drawn]
    said = one >= 0.5
    assert auroc(chances, truth, weights) == pytest.approx(roc_auc_score(other, one))
    assert average_precision(chances, truth, weights) == pytest.approx(
        average_precision_score(other, one)
    )
    assert f1(chances >= 0.5, truth, weights) == pytest.approx(f1_score(other, said))
    assert calibration_error(chances, truth, weights) == pytest.approx(
        calibration_error(one, other)
    )
    assert mean_f1((chances >= 0.5).astype(int), truth.astype(int), weights, classes=2) == (
        pytest.approx(f1_score(other, said, average="macro"))
    )


@given(ROWS)
def test_ranks_are_those_of_scipy(rows):
    chances, _, weights, drawn = _arrays(rows)
    values = np.arange(len(rows)) % 7
    assume(len(set(chances[drawn])) > 1 and len(set(values[drawn])) > 1)
    expected = spearmanr(chances[drawn], values[drawn])[0]
    assert rank_correlation(chances, values, weights) == pytest.approx(expected)


def test_calibration_error_is_the_gap_of_chance_and_share():
    chances = np.repeat([0.15, 0.85], 10)
    fair = np.tile(np.arange(10) < 1, 2)
    assert calibration_error(chances, fair) == pytest.approx((0.05 + 0.75) / 2)
    assert calibration_error(np.array([1.0, 0.0]), np.array([1, 0])) == 0


def test_recall_at_precision():
    scores = np.array([9, 8, 7, 6, 5, 4, 3])
    truth = np.array([1, 1, 0, 1, 1, 0, 1])
    assert recall_at_precision(scores, truth, precision=0.8) == pytest.approx(4 / 5)
    assert recall_at_precision(scores, truth, precision=0.9) == pytest.approx(2 / 5)
    assert recall_at_precision(scores, 1 - truth, precision=0.8) == 0


def test_root_mean_square():
    assert root_mean_square(np.array([1.0, 5]), np.array([1.0, 1])) == pytest.approx(8**0.5)


def test_the_table_has_every_measure_within_its_interval():
    random = np.random.default_rng(0)
    chances = random.random(400)
    labels = random.random(400) < chances
    found = measure_chances(chances, labels, band=Band(0.4, 0.6), draws=200).set_index("measure")
    assert (found["low"] < found["value"]).drop("calibration error").all()
    assert (found["value"] < found["high"]).all()
    assert found.loc["coverage", "value"] == pytest.approx(0.8, abs=0.06)
    assert found.loc["accuracy where decided", "value"] > found.loc["accuracy", "value"]
    assert found.loc["AUROC", "value"] == pytest.approx(roc_auc_score(labels, chances))


def test_measures_that_are_not_defined_are_missing():
    found = measure_chances(np.array([0.1, 0.2]), [0, 0], draws=20).set_index("measure")
    assert found.loc[["AUROC", "average precision", "F1"]].isna().all().all()
    assert found.loc["accuracy", "value"] == 1


def test_groups_are_drawn_together():
    weights = draw_weights(6, groups=[1, 1, 2, 2, 3, 3], draws=50)
    assert (weights[:, ::2] == weights[:, 1::2]).all()
    assert (weights.sum(axis=1) == 6).all()
    assert len(np.unique(weights, axis=0)) > 5
