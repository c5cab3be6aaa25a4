"""Words are counted text by text, whatever the order of the texts."""

from __future__ import annotations

import pandas as pd

from workbench.compare.terms import count_both, count_terms
from workbench.text.words import count_words


def test_counts_by_text_add_up_to_the_count_of_words() -> None:
    texts = ["The fake account", "a fake, FAKE page", "", "42"]
    terms = count_terms(texts, stop=["the"])
    assert terms.words == ("account", "fake", "page")
    assert terms.counts.toarray().tolist() == [[1, 1, 0], [0, 2, 1], [0, 0, 0], [0, 0, 0]]
    assert terms.lengths.tolist() == [3, 3, 0, 0]
    assert terms.spread.tolist() == [1, 2, 1]
    whole = count_words(texts, stop=["the"]).set_index("word")["n"]
    assert dict(zip(terms.words, terms.totals, strict=True)) == whole.to_dict()


def test_runs_neither_begin_nor_end_with_a_stop_word() -> None:
    terms = count_terms(["out of the school"], length=2, stop=["of", "the"])
    assert terms.words == ()
    assert terms.lengths.tolist() == [3]
    assert count_terms(["fake school account"], length=2).words == ("fake school", "school account")


def test_both_sides_have_the_same_words_and_only_those_seen_often_enough() -> None:
    texts = pd.Series(["red red", None], index=["C1", "C2"])
    one, other = count_both(texts, ["red blue"], least=2)
    assert one.words == other.words == ("red",)
    assert (one.totals.tolist(), other.totals.tolist()) == ([2], [1])
    assert other.lengths.tolist() == [2]


def test_no_texts_are_no_words() -> None:
    terms = count_terms([])
    assert terms.words == ()
    assert terms.counts.shape == (0, 0)
