"""Words in their contexts: all places, whole words, redacted cases only."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from workbench.compare.context import in_context
from workbench.errors import WorkbenchError
from workbench.text.words import tokenize

TEXT = "A fake account, and one more FAKE\naccount: fake-looking, @fake, see https://fake.example/fake."


@given(st.text(alphabet="ab'’- 1_@[]A.\n", max_size=40))
def test_a_word_is_found_as_often_as_it_is_counted(text: str) -> None:
    counted = tokenize(text)
    for word in {*counted, "ab", "a'b"}:
        if len(word) > 1:
            assert len(in_context([text], word)) == counted.count(word), word


@given(st.text(alphabet="ab -\n", max_size=60), st.integers(1, 12))
def test_places_and_sides_are_those_of_the_text(text: str, width: int) -> None:
    for row in in_context([text], "ab", width=width).itertuples():
        assert text[row.start : row.end] == row.match
        assert len(row.left) <= width
        assert len(row.right) <= width
        assert " ".join(text[: row.start].split()).endswith(row.left.strip())
        assert " ".join(text[row.end :].split()).startswith(row.right.strip())


def test_words_phrases_and_endings_are_found() -> None:
    texts = pd.Series([TEXT, "Reports of fakes; it's reported"], index=["C1", "C2"])
    assert in_context(texts, "fake")["match"].tolist() == ["fake", "FAKE"]
    assert in_context(texts, "fake account")["match"].tolist() == ["fake account", "FAKE\naccount"]
    assert in_context(texts, "fake*")["match"].tolist() == ["fake", "FAKE", "fake-looking", "fakes"]
    found = in_context(texts, "Report*")
    assert found["match"].tolist() == ["Reports", "reported"]
    assert found["text_id"].tolist() == ["C2", "C2"]
    assert in_context(texts, "it’s")["match"].tolist() == ["it's"]
    assert in_context(["year 9, year 91"], "year 9")["start"].tolist() == [0]
    assert in_context([None, "x"], "absent").empty


def test_a_place_has_whole_words_beside_it() -> None:
    row = in_context(["one two three mark four five six"], "mark", width=11).iloc[0]
    assert (row["left"], row["match"], row["right"]) == ("two three ", "mark", " four five")


def test_places_are_sorted_by_what_stands_beside_them() -> None:
    texts = ["zebra mark apple", "ant mark pear", "bee Mark banana"]
    assert in_context(texts, "mark", sort="right")["text_id"].tolist() == [0, 2, 1]
    assert in_context(texts, "mark", sort="left")["text_id"].tolist() == [1, 2, 0]
    assert in_context(texts, "mark")["text_id"].tolist() == [0, 1, 2]


def test_most_places_are_spread_over_the_texts() -> None:
    found = in_context([f"mark {n}" for n in range(100)], "mark", most=4)
    assert found["text_id"].tolist() == [0, 25, 50, 75]


def test_a_log_must_be_redacted() -> None:
    log = make_log([{"case_id": "C7", "text": "A fake page"}])
    with pytest.raises(WorkbenchError, match=r"redact\(log, study\)"):
        in_context(log, "fake")
    assert in_context(replace(log, redacted=True), "fake")["text_id"].tolist() == ["C7"]


@pytest.mark.parametrize("word", ["", " ", "*", "!?", "_"])
def test_no_word_is_refused(word: str) -> None:
    with pytest.raises(WorkbenchError, match="word or phrase"):
        in_context(["a text"], word)


def test_another_order_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="left"):
        in_context(["a text"], "text", sort="up")  # type: ignore[arg-type]
