"""What an explanation says adds up to the score, and points at words of the text."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from workbench.text.vectors import embed
from workbench.tone import TONES, own_words, score_tone
from workbench.tone.evidence import BLOCKS
from workbench.tone.explain import SHOUTED, explain, join_spans
from workbench.tone.markers import load_markers

TEXT = (
    "Dear team,\n\nI am very worried about a girl in year 8. TikTok keeps ignoring our reports! "
    "PLEASE GET THIS VIDEO DOWN NOW.\n\nKind regards\nA. Person\nDeputy Head"
)
WORDS = ["please", "worried", "TikTok", "ignored", "us", "AGAIN", "useless", "!", ".\n\n", "“", "”"]


@pytest.fixture(scope="module")
def found():
    return explain(TEXT)


def adds_up(found) -> bool:
    keys = ["sentence", "dimension"]
    sums = found.contributions.groupby(keys, sort=False)["log_odds"].sum().to_numpy()
    whole = found.tones["intercept"].to_numpy() + sums
    close = np.allclose(whole, found.tones["log_odds"], atol=1e-9)
    return close and np.allclose(expit(whole), found.tones["probability"], atol=1e-6)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(WORDS), max_size=14), st.integers(0, 2**32 - 1))
def test_intercept_and_contributions_add_up_to_the_probability(words, seed):
    text = " ".join(words)
    drawn = np.random.default_rng(seed).normal(size=(len(own_words([text])), embed([""]).shape[1]))
    vectors = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    assert adds_up(explain(text, vectors=vectors))


def test_an_explanation_is_of_what_score_tone_says(found):
    scores = score_tone([TEXT])
    columns = ["sentence", "start", "end", "dimension", "probability", "decision", "target"]
    pd.testing.assert_frame_equal(found.tones[columns], scores[columns])
    evidence = scores.set_index(["sentence", "dimension"])["evidence"]
    for (sentence, tone), places in evidence.items():
        own = found.spans[
            (found.spans["sentence"] == sentence) & (found.spans["dimension"] == tone)
        ]
        assert set(zip(own["start"], own["end"], strict=True)) == set(places)


def test_every_block_of_every_tone_has_its_row(found):
    sentences = found.tones["sentence"].nunique()
    assert len(found.contributions) == sentences * len(TONES) * len(BLOCKS)
    assert list(found.contributions["block"][: len(BLOCKS)]) == list(BLOCKS)
    assert list(found.contributions) == [
        "sentence",
        "start",
        "end",
        "dimension",
        "block",
        "log_odds",
    ]


def test_a_marker_that_fires_speaks_for_its_own_tone(found):
    markers = found.contributions[found.contributions["block"] == "markers"]
    worried = set(found.spans.loc[found.spans["dimension"] == "concern", "sentence"])
    concern = markers[markers["dimension"] == "concern"].set_index("sentence")["log_odds"]
    [sentence] = worried
    assert concern[sentence] > max(concern.drop(sentence))


def test_spans_name_markers_that_exist(found):
    known = {(marker.dimension, marker.id) for marker in load_markers()} | {("bluntness", SHOUTED)}
    named = set(zip(found.spans["dimension"], found.spans["marker"], strict=True))
    assert named <= known
    assert ("bluntness", SHOUTED) in named
    assert "worried" in {
        TEXT[start:end] for start, end in zip(found.spans["start"], found.spans["end"], strict=True)
    }


def test_no_words_give_empty_frames_of_the_same_columns(found):
    empty = explain("  ")
    for name in ("tones", "contributions", "spans"):
        assert getattr(empty, name).empty
        assert list(getattr(empty, name)) == list(getattr(found, name))


def test_showing_an_explanation_shows_no_text(found):
    assert "worried" not in repr(found)


def test_overlapping_stretches_of_a_tone_are_joined():
    spans = pd.DataFrame(
        [(0, 5, "concern"), (3, 9, "concern"), (9, 12, "concern"), (1, 4, "urgency")],
        columns=["start", "end", "dimension"],
    )
    joined = [(0, 9, "concern"), (1, 4, "urgency"), (9, 12, "concern")]
    assert join_spans(spans) == joined
    assert join_spans(spans.iloc[::-1]) == joined
