from __future__ import annotations

import numpy as np
import pytest
from scipy.special import logit

from tests.learning.rows import make_rows
from workbench.errors import WorkbenchError
from workbench.learning import fit_head, take_rows
from workbench.learning.measures import auroc, calibration_error

ROWS = make_rows(300)
NEW = make_rows(1000, seed=1)
HEAD = fit_head(ROWS.blocks, ROWS.labels)


def test_chances_rank_new_rows_and_are_calibrated():
    chances = HEAD.chances(NEW.blocks)
    assert auroc(chances, NEW.labels) > 0.85
    assert calibration_error(chances, NEW.labels) < 0.06


def test_contributions_and_intercept_are_the_log_odds():
    parts = HEAD.contributions(NEW.blocks)
    assert parts.shape == (1000, 3)
    assert HEAD.blocks == ("dense", "near", "words")
    assert parts.sum(axis=1) + HEAD.intercept == pytest.approx(logit(HEAD.chances(NEW.blocks)))
    # The block that carries most of the values moves the log odds most.
    assert parts.std(axis=0).argmax() == 0


def test_held_out_chances_are_less_sure_than_those_of_rows_learnt_from():
    assert HEAD.held_out.shape == (300,)
    seen, held = HEAD.chances(ROWS.blocks), HEAD.held_out
    assert auroc(seen, ROWS.labels) > auroc(held, ROWS.labels) + 0.01
    assert auroc(held, ROWS.labels) == pytest.approx(
        auroc(HEAD.chances(NEW.blocks), NEW.labels), abs=0.06
    )


def test_copies_left_out_together_are_not_taken_for_proof():
    twice = np.repeat(np.arange(60), 2)
    random = np.random.default_rng(0)
    blocks = {"noise": random.normal(size=(60, 40))[twice]}
    labels = (random.random(60) < 0.5).astype(int)[twice]
    fooled = fit_head(blocks, labels)
    honest = fit_head(blocks, labels, groups=twice)
    assert auroc(fooled.held_out, labels) > 0.7
    assert auroc(honest.held_out, labels) < 0.6


def test_labels_that_blocks_do_not_foretell_get_their_share():
    random = np.random.default_rng(3)
    blocks = {"noise": random.normal(size=(200, 5))}
    labels = (np.arange(200) % 4 == 0).astype(int)
    chances = fit_head(blocks, labels).chances(blocks)
    assert chances == pytest.approx(0.25, abs=0.15)
    assert chances.std() < 0.06


def test_the_band_takes_in_its_share_and_the_rest_is_decided_rightly():
    wide = fit_head(ROWS.blocks, ROWS.labels, abstain=0.4)
    none = fit_head(ROWS.blocks, ROWS.labels, abstain=0.0)
    said = wide.decide(NEW.blocks)
    assert (said == "abstain").mean() == pytest.approx(0.4, abs=0.06)
    assert not (none.decide(NEW.blocks) == "abstain").any()

    def right(head):
        said = head.decide(NEW.blocks)
        sure = said != "abstain"
        return ((said == "yes") == (NEW.labels == 1))[sure].mean()

    assert right(wide) > right(none) + 0.05
    assert wide.band.low < wide.cut < wide.band.high


def test_the_cut_is_near_the_best_on_rows_that_are_rare():
    random = np.random.default_rng(5)
    truth = (random.random(2000) < 0.1).astype(int)
    blocks = {"one": (truth + random.normal(size=2000) * 0.7)[:, None]}
    head = fit_head(take_rows(blocks, range(1000)), truth[:1000])
    chances, later = head.chances(take_rows(blocks, range(1000, 2000))), truth[1000:]

    def score(cut):
        said = chances >= cut
        return 2 * (said & (later == 1)).sum() / (said.sum() + later.sum())

    best = max(score(cut) for cut in np.linspace(0.01, 0.99, 99))
    assert score(head.cut) > best - 0.05
    assert score(head.cut) > score(0.5)


def test_the_order_of_rows_changes_nothing_at_all():
    order = np.random.default_rng(2).permutation(300)
    turned = ROWS.take(order)
    other = fit_head(turned.blocks, turned.labels)
    assert (other.held_out == HEAD.held_out[order]).all()
    assert (other.chances(NEW.blocks) == HEAD.chances(NEW.blocks)).all()
    assert (other.cut, other.band) == (HEAD.cut, HEAD.band)


def test_labels_that_cannot_be_learnt_are_refused():
    with pytest.raises(WorkbenchError, match="0 and 1"):
        fit_head(ROWS.blocks, ROWS.labels + 1)
    with pytest.raises(WorkbenchError, match="4 labels of yes"):
        fit_head(ROWS.blocks, np.arange(300) < 4)
