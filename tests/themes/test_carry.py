import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.themes.carry import (
    SentenceRule,
    learn_rule,
    list_sentences,
    sentence_vectors,
    theme_strengths,
)


def make_rule(fits, strengths):
    themes = np.array([5, 6, 7])
    return SentenceRule(1, themes, np.zeros(3), np.full(3, 0.1), np.array(fits), strengths)


def test_sentences_are_placed_in_the_text_as_given():
    text = "Hello there.\n\nThe camera broke. It was new.\n\nKind regards,\nA. Person"
    frame = list_sentences(pd.Series([text, "", None], index=["A", "B", "C"]))
    assert set(frame["text_id"]) == {"A"}
    assert list(frame["sentence"]) == list(range(len(frame)))
    assert [text[s:e] for s, e in zip(frame["start"], frame["end"], strict=True)] == list(
        frame["text"]
    )
    assert "The camera broke." in set(frame["text"])


def test_strength_grows_with_nearness_and_with_the_lead():
    rule = make_rule([0.0, 10.0], np.array([0.0, 1.0]))
    near = np.array([[0.4, 0.1, 0.1], [0.4, 0.39, 0.1], [0.3, 0.3, 0.3], [0, 0, 0]])
    found = theme_strengths(rule, near)
    # Relative 0.2: two standard deviations, and two ahead of the next, which counts from 0.
    assert found[0].tolist() == [pytest.approx(0.4), 0, 0]
    assert found[1, 0] < found[0, 0]  # as near, not as far ahead
    assert (found[3] == 0).all()


@given(st.integers(0, 10**6), st.integers(2, 5), st.sampled_from([0.0, 0.2, 1.0]))
def test_own_sentences_are_stronger_than_strangers(seed, count, pull):
    random = np.random.default_rng(seed)
    own, every = np.arange(80) % count, np.arange(80)
    cosines = random.uniform(-0.2, 0.2, size=(80, count)) + pull * np.eye(count)[own]
    rule = learn_rule(cosines, own, core=np.full(80, True), level=0, themes=np.arange(count))
    assert (np.diff(rule.fits) > 0).all()
    assert (np.diff(rule.strengths) >= 0).all()
    strengths = theme_strengths(rule, cosines)
    assert ((strengths >= 0) & (strengths <= 1)).all()
    # Calibrated: as many are right as the strengths of the themes they fit best would have, less
    # the right ones that counted a second time as wrong.
    assert strengths.max(axis=1).mean() <= (strengths.argmax(axis=1) == own).mean() + 1e-6
    carries = strengths >= rule.least
    if pull == 1:
        assert carries[every, own].mean() > 0.95
        carries[every, own] = False
        assert carries.any(axis=1).mean() < 0.05


@pytest.mark.parametrize(("count", "least"), [(2, 2 / 3), (3, 1 / 2), (5, 1 / 3), (30, 1 / 3)])
def test_a_guess_among_few_themes_is_not_enough(count, least):
    themes, none = np.arange(count), np.zeros(count)
    assert SentenceRule(0, themes, none, none + 1, none, none).least == pytest.approx(least)


def test_pleas_that_stand_in_texts_of_every_theme_carry_none():
    random = np.random.default_rng(1)
    own = np.repeat(np.arange(4), 100)
    topical = np.arange(400) % 2 == 0
    cosines = (
        0.3 + random.normal(scale=0.03, size=(400, 4)) + 0.2 * np.eye(4)[own] * topical[:, None]
    )
    rule = learn_rule(cosines, own, core=np.full(400, True), level=0, themes=np.arange(4))
    carries = theme_strengths(rule, cosines) >= rule.least
    assert carries[~topical].any(axis=1).mean() < 0.05
    assert carries[topical, own[topical]].mean() > 0.95


def test_texts_that_are_not_core_teach_nothing():
    random = np.random.default_rng(3)
    cosines, own = random.uniform(size=(40, 3)), np.arange(40) % 3
    core = np.arange(40) < 30
    options = {"level": 0, "themes": np.arange(3)}
    learnt = learn_rule(cosines, own, core=core, **options)
    alone = learn_rule(cosines[:30], own[:30], core=core[:30], **options)
    assert learnt.usual.tolist() == alone.usual.tolist()
    assert learnt.fits.tolist() == alone.fits.tolist()
    unplaced = learn_rule(cosines, np.where(core, own, -1), core=core | True, **options)
    assert unplaced.strengths.tolist() == alone.strengths.tolist()


def test_one_theme_has_no_strangers_and_is_never_likely():
    cosines = np.full((5, 1), 0.9)
    core = np.full(5, True)
    rule = learn_rule(cosines, np.zeros(5, int), core=core, level=0, themes=np.array([4]))
    assert (theme_strengths(rule, cosines) == 0).all()


def test_vectors_are_checked():
    sentences = list_sentences(["The camera broke. It was new."])
    assert sentence_vectors(sentences, np.eye(2)).shape == (2, 2)
    with pytest.raises(WorkbenchError, match="2 sentences need as many rows"):
        sentence_vectors(sentences, np.eye(3))
