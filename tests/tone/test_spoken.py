"""Texts read once: places, the enquirer's own words, shouting, and what fires."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tone.markers import TONES
from workbench.tone.spoken import GAP, Spoken, read_spoken

PIECES = st.lists(
    st.sampled_from(
        [
            "We are worried. ",
            'The caption says "you are useless" to her. ',
            "Please help us urgently! ",
            "TAKE THIS PAGE DOWN NOW ",
            '"',
            "“",
            "”",
            "'so what' ",
            "He wrote that ",
            "\n\n",
            "  ",
            "İx ",
            "… ",
            "?!? ",
            "Nothing else.",
        ]
    ),
    max_size=10,
).map("".join)
TEXTS = st.one_of(PIECES, st.text(max_size=120))


def fired(spoken: Spoken, tone: str) -> list[tuple[int, int, int]]:
    """Sentence, start and end of each marker of ``tone``."""
    own = spoken.fired[spoken.fired[:, 1] == TONES.index(tone)]
    return [(int(row), int(start), int(end)) for row, _, start, end in own]


@given(TEXTS, st.booleans())
def test_places_lie_in_the_text_and_do_not_overlap(text, whole):
    spoken = read_spoken([text], whole=whole)
    assert len(spoken) == len(spoken.start) == len(spoken.own)
    assert list(spoken.number) == list(range(len(spoken)))
    edges = [0, *np.stack([spoken.start, spoken.end], axis=1).ravel(), len(text)]
    assert edges == sorted(edges)
    assert (spoken.start < spoken.end).all()
    assert len(spoken.fired) == len(spoken.targets)
    for row, tone, start, end in spoken.fired:
        assert 0 <= tone < len(TONES)
        assert spoken.start[row] <= start < end
        assert start < spoken.end[row]
        assert end <= len(text)
    assert all(0 <= start < end <= len(text) for _, _, start, end in spoken.reasons)


@given(TEXTS, st.booleans())
def test_own_words_are_words_of_the_sentence_in_their_order(text, whole):
    spoken = read_spoken([text], whole=whole)
    for own, start, end in zip(spoken.own, spoken.start, spoken.end, strict=True):
        given_words = text[start:end]
        at = 0
        for char in own:
            if char == GAP or char.isspace():
                continue
            at = given_words.find(char, at) + 1
            assert at > 0
        if GAP not in own:
            assert own == given_words


@given(st.lists(TEXTS, max_size=4), st.booleans())
def test_a_text_is_read_alike_alone_and_among_others(texts, whole):
    together = read_spoken(texts, whole=whole)
    for row, text in enumerate(texts):
        alone = read_spoken([text], whole=whole)
        mine = np.flatnonzero(together.text == row)
        assert [together.own[at] for at in mine] == alone.own
        assert list(together.start[mine]) == list(alone.start)
        own = np.isin(together.fired[:, 0], mine)
        moved = together.fired[own] - [mine[0] if len(mine) else 0, 0, 0, 0]
        assert moved.tolist() == alone.fired.tolist()
        assert [one[1:] for one in together.reasons if one[0] == row] == [
            one[1:] for one in alone.reasons
        ]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ('The name on it is "old goat" again.', f"The name on it is {GAP} again."),
        ("It has “go away” and “get lost” on it.", f"It has {GAP} and {GAP} on it."),
        ('"Good riddance."', GAP),
        ("The caption reads go away you old goat", f"The caption reads {GAP}"),
        ("A page without any of it.", "A page without any of it."),
    ],
)
def test_a_gap_stands_where_someone_else_speaks(text, own):
    assert read_spoken([text]).own == [own]


def test_a_quotation_over_two_sentences_leaves_a_gap_in_both():
    spoken = read_spoken(['He posted "you are a liar. Everybody knows it" about her.'])
    assert len(spoken) == 2
    assert "liar" not in " ".join(spoken.own)
    assert "Everybody" not in " ".join(spoken.own)
    assert all(GAP in own for own in spoken.own)


def test_four_words_in_capitals_or_three_marks_are_shouted():
    text = "A page is up. HERE IT IS AGAIN. It is still up!!! Is it?"
    spoken = read_spoken([text])
    places = fired(spoken, "bluntness")
    assert [text[start:end] for _, start, end in places] == ["HERE IT IS AGAIN.", "!!!"]
    assert [spoken.own[row] for row, *_ in places] == ["HERE IT IS AGAIN.", "It is still up!!!"]


@pytest.mark.parametrize(
    "text",
    [
        "The NSPCC, CEOP and IWF know.",
        "It is up again!!",
        "NEW SAFEGUARDING LEAD",
        'The caption says "GET OUT OF OUR SCHOOL NOW!!!" in red.',
    ],
)
def test_abbreviations_headings_and_shouts_of_others_are_not(text):
    assert fired(read_spoken([text]), "bluntness") == []


def test_whole_takes_each_text_as_one_sentence():
    texts = ["  We are worried. Please help.\n\nKind regards\nA. Person ", " \n ", "One."]
    spoken = read_spoken(texts, whole=True)
    assert list(spoken.text) == [0, 2]
    assert list(spoken.number) == [0, 0]
    assert spoken.own == [texts[0].strip(), "One."]
    assert (spoken.start[0], spoken.end[0]) == (2, len(texts[0]) - 1)
    assert len(read_spoken(texts)) > 2
    assert {row for row, *_ in fired(spoken, "concern")} == {0}


def test_markers_say_tone_target_and_reason_by_place():
    texts = ["Nothing.", "TikTok have been no help at all. Please reply as soon as possible."]
    spoken = read_spoken(texts)
    (row, start, end), *_ = fired(spoken, "frustration")
    assert spoken.text[row] == 1
    assert re.search("no help", texts[1][start:end])
    number = [tuple(one[1:]) for one in spoken.fired.tolist()].index(
        (TONES.index("frustration"), start, end)
    )
    assert spoken.targets[number] == "platform"
    assert [(text, reason) for text, reason, *_ in spoken.reasons] == [(1, "action")]


def test_no_texts_give_empty_arrays_that_can_be_counted_on():
    spoken = read_spoken([])
    assert len(spoken) == 0
    assert spoken.fired.shape == (0, 4)
    assert spoken.fired.dtype == spoken.start.dtype == np.int64


def test_overlapping_quotations_leave_one_gap():
    own = read_spoken(
        ['The comment reads "go away", then "get lost" and so we left it there.']
    ).own[0]
    assert "……" not in own
    assert "… …" not in own
