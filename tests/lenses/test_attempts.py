"""Earlier reports: how many, and with what answer."""

from __future__ import annotations

import pandas as pd
import pytest

from workbench.compare.intervals import wilson
from workbench.lenses.attempts import (
    ANSWERS,
    answers_by_report,
    count_attempts,
    count_reports,
    tell_of_a_report,
)
from workbench.lenses.lens import label_texts, load_lens, read_through


@pytest.mark.parametrize(
    ("text", "attempts", "exact", "words"),
    [
        ("I have reported it three times.", 3, True, "reported it three times"),
        ("I reported it several times.", 3, False, "reported it several times"),
        ("I flagged it twice.", 2, True, "flagged it twice"),
        ("We have reported the account 14 times.", 14, True, "reported the account 14 times"),
        ("I reported it once.", 1, True, "once"),
        ("I have reported it.", 1, False, "reported"),
        ("We keep reporting it.", 2, False, "keep reporting"),
        ("I reported it. We flagged it five times.", 5, True, "flagged it five times"),
        ("I reported it once we had seen it.", 1, False, "reported"),
    ],
)
def test_counts_what_the_words_state(text: str, attempts: int, exact: bool, words: str) -> None:
    found = count_attempts([text])
    assert list(found["attempts"]) == [attempts]
    assert list(found["exact"]) == [exact]
    assert text[found["start"].iloc[0] : found["end"].iloc[0]] == words


def test_only_texts_that_tell_of_a_report_have_a_row() -> None:
    texts = pd.Series(
        ["Three pupils were filmed.", "We reported it.", "How do I report it?"],
        index=["A", "B", "C"],
    )
    found = count_attempts(texts)
    assert list(found["text_id"]) == ["B"]
    assert found.dtypes.astype(str).to_dict() | {"text_id": ""} == {
        "text_id": "",
        "attempts": "Int64",
        "exact": "bool",
        "start": "int64",
        "end": "int64",
    }


def test_no_text_gives_an_empty_frame_of_the_same_columns() -> None:
    empty = count_attempts([])
    assert empty.empty
    assert list(empty.columns) == list(count_attempts(["We reported it."]).columns)


def test_answers_stand_against_texts_that_tell_of_a_report() -> None:
    texts = [
        "We reported it to TikTok and heard nothing.",
        "I flagged the page. It was removed. It was removed again.",
        "I reported it on Monday.",
        "The account was taken down by its owner.",  # no report is told
    ]
    table = answers_by_report(read_through(texts, load_lens("attempts"))).set_index("element")
    assert list(table.index) == list(ANSWERS)
    assert set(table["base"]) == {3}
    assert table.loc["no_answer", "n"] == 1
    assert table.loc["removed", "n"] == 1
    assert table.loc["removed", "share"] == pytest.approx(1 / 3)
    low, high = wilson([1], [3])
    assert table.loc["removed", "low"] == pytest.approx(low[0])
    assert table.loc["removed", "high"] == pytest.approx(high[0])
    assert table.loc["automatic", "n"] == 0


def test_without_reports_shares_are_missing() -> None:
    table = answers_by_report(read_through(["Thank you."], load_lens("attempts")))
    assert (table["n"] == 0).all()
    assert table[["share", "low", "high"]].isna().all().all()


def test_reports_are_counted_in_four_bands_that_hold_every_text():
    texts = [
        "I have reported it to TikTok.",
        "We have reported the account twice.",
        "It has been reported several times to Instagram.",
        "I reported it 14 times to Snapchat.",
        "Nothing to tell.",
    ]
    counted = count_reports(texts)
    assert counted["n"].tolist() == [1, 1, 1, 1]
    assert (counted["base"] == 4).all()
    assert counted["share"].sum() == 1.0
    assert count_reports(["Nothing."])["share"].isna().all()


def test_one_base_of_texts_that_tell_of_a_report():
    texts = [
        "We reported it to TikTok and heard nothing.",
        "We keep reporting it.",  # several times, and so reported
        "We had an automated reply from TikTok.",  # an answer alone
        "The account was taken down by its owner.",
        "I flagged it twice. They refused to remove it.",
    ]
    lens = load_lens("attempts")
    found = read_through(texts, lens)
    told = tell_of_a_report(found)
    assert told == {0, 1, 4}
    assert set(answers_by_report(found)["base"]) == set(count_reports(texts)["base"]) == {3}
    labels = label_texts(found, lens)
    assert set(labels.loc[labels["label"] == lens.names["reported"], "case_id"]) == told
    assert not labels.duplicated().any()
