from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from tests.learning.rows import make_rows
from workbench.errors import WorkbenchError
from workbench.learning import fit_classes
from workbench.learning.measures import calibration_error, mean_f1

NAMES = ("low", "middle", "high")
ROWS, NEW = make_rows(400), make_rows(800, seed=1)


def _label(values: np.ndarray) -> np.ndarray:
    return np.array(NAMES)[np.digitize(values, [-1.5, 3.5])]


LABELS, LATER = _label(ROWS.values), _label(NEW.values)
CLASSES = fit_classes(ROWS.blocks, LABELS, names=NAMES)


def test_chances_add_up_to_one_and_are_calibrated():
    chances = CLASSES.chances(NEW.blocks)
    assert chances.shape == (800, 3)
    assert chances.sum(axis=1) == pytest.approx(1)
    for number, name in enumerate(NAMES):
        assert calibration_error(chances[:, number], name == LATER) < 0.07


def test_contributions_and_intercept_are_the_log_odds():
    parts = CLASSES.contributions(NEW.blocks)
    assert parts.shape == (800, 3, 3)
    assert softmax(parts.sum(axis=1) + CLASSES.intercept, axis=1) == pytest.approx(
        CLASSES.chances(NEW.blocks)
    )


def test_rare_classes_are_named_more_often_than_by_the_greatest_chance():
    truth = np.array([NAMES.index(name) for name in LATER])
    rare = int(np.bincount(truth).argmin())
    named = np.array([NAMES.index(name) for name in CLASSES.name(NEW.blocks)])
    likeliest = CLASSES.chances(NEW.blocks).argmax(axis=1)
    assert (named == rare).sum() > (likeliest == rare).sum()
    assert mean_f1(named, truth, classes=3) > mean_f1(likeliest, truth, classes=3)
    assert mean_f1(named, truth, classes=3) > 0.55


def test_two_classes_are_as_good_as_several():
    labels = np.where(ROWS.labels == 1, "yes", "no")
    found = fit_classes(ROWS.blocks, labels, names=("no", "yes")).chances(NEW.blocks)
    assert found.sum(axis=1) == pytest.approx(1)
    assert ((found[:, 1] > 0.5) == (NEW.labels == 1)).mean() > 0.75
    assert calibration_error(found[:, 1], NEW.labels) < 0.07


def test_the_order_of_rows_changes_nothing_at_all():
    order = np.random.default_rng(2).permutation(400)
    other = fit_classes(ROWS.take(order).blocks, LABELS[order], names=NAMES)
    assert (other.chances(NEW.blocks) == CLASSES.chances(NEW.blocks)).all()
    assert (other.held_out == CLASSES.held_out[order]).all()


def test_labels_that_cannot_be_learnt_are_refused():
    with pytest.raises(WorkbenchError, match="none of the classes low, high"):
        fit_classes(ROWS.blocks, LABELS, names=("low", "high"))
    with pytest.raises(WorkbenchError, match="'never' has 0 labels"):
        fit_classes(ROWS.blocks, LABELS, names=(*NAMES, "never"))
