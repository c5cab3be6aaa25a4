"""What a researcher labels teaches heads, and its held-out chances are honest."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from workbench.errors import WorkbenchError
from workbench.learning.measures import calibration_error
from workbench.tone.heads import read_heads, save_heads, shipped_heads, shipped_sentences
from workbench.tone.retrain import FEWEST_YES, retrain_heads, scale_to_texts

N = 240


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every fourteenth of the shipped sentences, with vectors that say nothing."""
    few = shipped_sentences()[::14]
    monkeypatch.setattr("workbench.tone.retrain.shipped_sentences", lambda: few)
    monkeypatch.setattr("workbench.text.vectors.embed", lambda texts: unit_rows(len(texts), seed=9))


def unit_rows(n: int, *, seed: int) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(n, 384))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


class Round:
    """240 sentences of 80 texts: concern shows in one direction of the vectors, urgency at random,
    and gratitude in too few."""

    def __init__(self, seed: int = 0) -> None:
        random = np.random.default_rng(seed)
        self.sentences = [f"Row {number} is about account {number}." for number in range(N)]
        self.texts = [f"T{number // 3:02}" for number in range(N)]
        self.vectors = unit_rows(N, seed=seed)
        self.vectors[:, 0] += random.choice([-0.6, 0.6], N)
        self.vectors /= np.linalg.norm(self.vectors, axis=1, keepdims=True)
        index = pd.MultiIndex.from_arrays([self.texts, np.tile([0, 1, 2], 80)])
        sure = 1 / (1 + np.exp(-8 * self.vectors[:, 0]))
        self.labels = pd.DataFrame(
            {
                "concern": (random.random(N) < sure).astype(float),
                "urgency": (random.random(N) < 0.4).astype(float),
                "gratitude": (np.arange(N) < FEWEST_YES - 1).astype(float),
            },
            index,
        )

    def learn(self, rows: np.ndarray | None = None, **options):
        own = np.arange(N) if rows is None else rows
        return retrain_heads(
            [self.sentences[row] for row in own],
            self.labels.iloc[own],
            texts=[self.texts[row] for row in own],
            vectors=self.vectors[own],
            **options,
        )


@pytest.fixture(scope="module")
def given_round() -> Round:
    return Round()


def test_what_can_be_learnt_is_learnt_and_what_cannot_is_not_feigned(given_round: Round) -> None:
    heads, chances = given_round.learn()
    truth = given_round.labels
    assert roc_auc_score(truth["concern"], chances["concern"]) > 0.8
    assert calibration_error(chances["concern"].to_numpy(), truth["concern"].to_numpy()) < 0.1
    # Nothing tells urgency here: chances that peeked would.
    assert 0.35 < roc_auc_score(truth["urgency"], chances["urgency"]) < 0.65
    assert chances["urgency"].std() < 0.1
    assert list(heads.heads) == list(shipped_heads().heads)


def test_tones_with_few_labels_and_others_keep_their_head(given_round: Round) -> None:
    heads, chances = given_round.learn()
    shipped = shipped_heads()
    for tone in ("gratitude", "politeness", "aggression"):
        assert heads.heads[tone] is shipped.heads[tone]
    for tone in ("concern", "urgency"):
        assert heads.heads[tone] is not shipped.heads[tone]
    few = given_round.labels.iloc[:30]
    base = shipped.heads["gratitude"]
    kept, plain = given_round.learn(np.arange(30))
    assert kept is shipped
    assert list(plain) == list(few)
    with_base, _ = given_round.learn(
        base=replace(shipped, heads={**shipped.heads, "politeness": base})
    )
    assert with_base.heads["politeness"] is base
    assert chances["gratitude"].between(0, 1).all()


def test_a_label_has_no_say_in_the_chances_of_its_own_text(given_round: Round) -> None:
    """Turning over all labels of one text leaves its left-out scores, and so its ranking, alone."""
    _, before = given_round.learn()
    turned = Round()
    own = np.array(turned.texts) == "T40"
    turned.labels.loc[own, "concern"] = 1 - turned.labels.loc[own, "concern"]
    _, after = turned.learn()
    moved = np.abs(after["concern"] - before["concern"])
    assert moved[own].max() < 0.02
    assert not np.allclose(moved[~own], 0)


def test_the_order_of_rows_does_not_matter(given_round: Round, tmp_path) -> None:
    order = np.random.default_rng(5).permutation(N)
    heads, chances = given_round.learn()
    mixed, shuffled = given_round.learn(order)
    pd.testing.assert_frame_equal(shuffled.loc[chances.index], chances, check_exact=True)
    assert save_heads(heads, tmp_path / "one.npz").read_bytes() == (
        save_heads(mixed, tmp_path / "two.npz").read_bytes()
    )


def test_rows_without_a_label_are_not_learnt_from(given_round: Round, tmp_path) -> None:
    """Each tone may be labelled on rows of its own; the rest get chances of the base heads."""
    gaps = Round()
    gaps.labels.loc[gaps.labels.index[150:], "concern"] = np.nan
    heads, chances = gaps.learn()
    alone, _ = given_round.learn(np.arange(150))
    assert heads.heads["concern"].curve == alone.heads["concern"].curve
    assert heads.heads["urgency"].curve != alone.heads["urgency"].curve
    assert not chances.isna().any().any()
    again = read_heads(save_heads(heads, tmp_path / "heads.npz"))
    assert again.heads["concern"].cut == heads.heads["concern"].cut


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: {"texts": r.texts[:-1]}, "240 sentences, 240 rows of labels and 239 texts"),
        (lambda r: {"labels": r.labels + 0.5}, "Some labels of 'concern' are neither 1 nor 0"),
        (
            lambda r: {"labels": r.labels.rename(columns={"concern": "concerns"})},
            "no tone 'concerns'. Did you mean 'concern'",
        ),
        (lambda r: {"sentences": ["  ", *r.sentences[1:]]}, "blank"),
    ],
)
def test_what_does_not_fit_is_said(given_round: Round, change, message) -> None:
    plain = {
        "sentences": given_round.sentences,
        "labels": given_round.labels,
        "texts": given_round.texts,
    }
    with pytest.raises(WorkbenchError, match=message):
        retrain_heads(**{**plain, **change(given_round)}, vectors=given_round.vectors)


def make_texts(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Greatest chances of 400 texts that say too much, and labels of 200 of them."""
    random = np.random.default_rng(seed)
    true = random.beta(1, 3, 400)
    index = pd.Index([f"T{number:03}" for number in range(400)])
    greatest = pd.DataFrame({"concern": true**0.4, "gratitude": 0.3}, index)
    drawn = (random.random(200) < true[:200]).astype(float)
    return greatest, pd.DataFrame({"concern": drawn, "gratitude": 0.0}, index[:200])


def test_chances_of_texts_are_brought_to_scale() -> None:
    greatest, labels = make_texts(1)
    scaled = scale_to_texts(greatest, labels)
    truth = labels["concern"].to_numpy()
    before = calibration_error(greatest["concern"].to_numpy()[:200], truth)
    after = calibration_error(scaled["concern"].to_numpy(), truth)
    assert after < 0.1 < before
    assert scaled.index.equals(labels.index)
    assert (scaled["gratitude"] == 0.3).all()  # no label of yes: nothing to learn from


@given(st.integers(0, 2**16))
def test_chances_of_texts_do_not_depend_on_order(seed: int) -> None:
    greatest, labels = make_texts(seed)
    order = np.random.default_rng(seed).permutation(len(labels))
    scaled = scale_to_texts(greatest, labels)
    assert scaled["concern"].between(0, 1).all()
    mixed = scale_to_texts(greatest.iloc[::-1], labels.iloc[order])
    pd.testing.assert_frame_equal(mixed.loc[scaled.index], scaled, check_exact=True)
