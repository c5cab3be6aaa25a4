"""A text on the screen: marked, explained, escaped, and stored nowhere."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.explore import highlight as shown
from workbench.privacy.escape import drop_controls
from workbench.text.vectors import embed
from workbench.tone import TONES, own_words
from workbench.tone.explain import explain

TEXT = "I am worried about a pupil. We reported it four times & <b>TikTok</b> ignored us."


class Reader(HTMLParser):
    """The tags of a piece of HTML, and its words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words += data


@pytest.fixture(scope="module")
def found():
    return explain(TEXT)


def test_marked_words_carry_the_name_of_their_tone(found):
    markup = shown.underline(found)
    read = Reader(markup)
    assert "worried</span><span" in markup
    assert "worriedconcern" in read.words
    assert "frustration" in read.words
    assert "<b>TikTok" in read.words
    assert "b" not in read.tags


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["please", "worried", "<script>", '"', "'", "&", "urgent.", "\n"])))
def test_case_text_never_becomes_markup(words):
    text = " ".join(words)
    count = len(own_words([text]))
    vectors = np.zeros((count, embed([""]).shape[1]))
    own = explain(text, vectors=vectors)
    read = Reader(shown.underline(own))
    assert set(read.tags) <= {"div", "span", "sup"}
    kept = read.words
    for name in TONES:
        kept = kept.replace(name, "")
    assert "".join(drop_controls(text).split()) == "".join(
        c for c in kept if not c.isdigit()
    ).replace(" ", "").replace("\n", "")


def test_no_two_tones_look_alike():
    spans = pd.DataFrame(
        [(place, place + 1, tone) for place, tone in enumerate(TONES)],
        columns=["start", "end", "dimension"],
    )
    lines = {shown._line(mark) for mark in shown._marks(spans)}
    assert len(lines) == len(TONES)


def test_lines_below_the_same_words_do_not_cover_each_other():
    spans = pd.DataFrame(
        [(0, 9, "urgency"), (2, 5, "concern"), (4, 12, "politeness"), (12, 15, "gratitude")],
        columns=["start", "end", "dimension"],
    )
    lanes = {mark.tone: mark.lane for mark in shown._marks(spans)}
    assert len({lanes["urgency"], lanes["concern"], lanes["politeness"]}) == 3
    assert lanes["gratitude"] == 0


def test_bars_show_every_block_of_the_tones_that_count(found):
    markup = shown.explain_sentence(found, 0)
    words = Reader(markup).words
    assert "concern" in words
    own = found.contributions[found.contributions["sentence"] == 0]
    concern = own[own["dimension"] == "concern"]
    for block, added in zip(concern["block"], concern["log_odds"], strict=True):
        assert f"{block}{shown._signed(added)}" in words
    denied = found.tones[
        (found.tones["sentence"] == 0)
        & (found.tones["decision"] == "no")
        & ~found.tones["dimension"].isin(found.spans["dimension"])
    ]
    assert len(denied)
    assert not any(tone in words for tone in denied["dimension"])


def test_choosing_a_sentence_explains_it():
    screen = shown.highlight(TEXT)
    _, choice, bars = screen.widget.children
    assert "Sentence 1" in bars.value
    choice.value = 1
    assert "Sentence 2" in bars.value


def test_a_notebook_stores_no_word_of_it():
    bundle = shown.highlight(TEXT)._repr_mimebundle_()
    assert "worried" not in json.dumps(bundle)
    assert "JupyterLab alone" in bundle["text/plain"]


def test_a_text_without_sentences_is_said_to_have_none():
    [message] = shown.highlight(" ").widget.children
    assert "no sentence" in message.value
