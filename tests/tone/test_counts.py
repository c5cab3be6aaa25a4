from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tone.counts import count_tone, meanings


def count(text: str) -> dict[str, int]:
    return count_tone([text]).iloc[0].drop("text_id").to_dict()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PLEASE take IT DOWN NOW!!", {"capitals": 4, "shouted": 3, "exclamations": 2}),
        ("We told PE and ICT staff.", {"capitals": 2, "shouted": 0}),
        ("Why? Really?! No.", {"questions": 2, "repeated_marks": 1, "sentences": 3}),
        ("Well... it is up again", {"ellipses": 1, "sentences": 2, "attempts": 1}),
        ("Please help. Please, please help us.", {"pleading": 5, "repeated_pleading": 4}),
        ("It is up.", {"pleading": 0, "repeated_pleading": 0}),
        ("We need this by Friday, before the end of term.", {"deadlines": 2}),
        ("He is not safe and was threatened.", {"safety": 2}),
        ("I have reported it twice and still no reply.", {"attempts": 4}),
        ("Thank you in advance.", {"gratitude": 1, "thanks_in_advance": 1}),
        ("Please look. I ask you please to look.", {"please": 2, "please_first": 1}),
        ("Good morning, hello", {"greeting": 1}),
        ("Could you look? Can you look?", {"could_you": 1, "can_you": 1}),
        ("I was wondering if you would mind", {"roundabout": 2}),
        ("We think it might be a pupil", {"hedges": 2, "we": 1}),
        ("You did nothing. I asked you.", {"you_first": 1, "accusing": 1, "you": 2, "i_first": 1}),
        ("Don't tell me. You must stop.", {"orders": 3, "denials": 1}),
        ("I don’t know :) see https://example.org", {"stuck": 1, "faces": 1, "links": 1}),
        ("There were 3 of 12", {"numbers": 2, "words": 3}),
    ],
)  # fmt: skip
def test_counts(text, expected):
    found = count(text)
    assert {name: found[name] for name in expected} == expected


def test_a_phrase_does_not_run_on_over_marks_or_texts():
    assert count("could you")["could_you"] == 1
    assert count("could, you")["could_you"] == 0
    assert count_tone(["we could", "you see"])["could_you"].tolist() == [0, 0]


def test_every_phrase_is_counted_where_it_stands():
    from workbench.tone.counts import _load

    for name, entry in _load().items():
        for line in entry["phrases"]:
            words = [part.split("/")[-1] for part in line.removeprefix("^").split(" ")]
            assert count(" ".join(words).capitalize())[name] == 1, line


def test_columns_are_those_of_the_meanings_and_rows_keep_their_ids():
    given_texts = pd.Series(["Stop it!", None, "please"], index=["c2", "c1", "c3"])
    found = count_tone(given_texts)
    assert list(found.columns) == ["text_id", *meanings()]
    assert found["text_id"].tolist() == ["c2", "c1", "c3"]
    assert (found.loc[1].drop("text_id") == 0).all()
    assert len(count_tone([])) == 0


PIECES = st.lists(
    st.sampled_from(["please ", "Could you ", "HELP US NOW", "! ", "?? ", "\n", "thanks, ", "3 "]),
    max_size=12,
).map("".join)


@given(st.lists(PIECES, max_size=6))
def test_a_text_counts_alike_alone_and_among_others(texts):
    together = count_tone(texts).drop(columns="text_id").to_dict("records")
    assert together == [count(text) for text in texts]


@given(PIECES)
def test_counts_of_letters_and_marks_are_those_of_plain_looking(text):
    found = count(text)
    assert found["exclamations"] == text.count("!")
    assert found["words"] == len(re.findall("[A-Za-z]+", text))
    assert found["shouted"] <= found["capitals"] <= found["words"]
    assert all(value >= 0 for value in found.values())
