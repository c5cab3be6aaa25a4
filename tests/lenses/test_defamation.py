"""Families of the vocabulary of defamation."""

from __future__ import annotations

import pytest

from workbench.lenses.defamation import FAMILIES, count_vocabulary
from workbench.lenses.lens import load_lens, read_through


def test_families_are_the_markers_of_the_vocabulary() -> None:
    markers = load_lens("defamation").lexicon.markers
    assert [one.id for one in markers if one.dimension == "vocabulary"] == list(FAMILIES)


def test_each_text_counts_once_in_a_family() -> None:
    texts = ["This is libel, plain libel, and slander.", "It is libellous.", "Hello.", "Thanks."]
    table = count_vocabulary(read_through(texts, load_lens("defamation")), base=len(texts))
    counts = dict(zip(table["family"], table["n"], strict=True))
    assert counts == {
        "defamation": 0,
        "libel": 2,
        "slander": 1,
        "false-allegation": 0,
        "falsehood": 0,
    }
    assert list(table["share"])[1] == pytest.approx(0.5)
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()


def test_the_lens_says_that_it_is_no_legal_advice() -> None:
    lens = load_lens("defamation")
    assert "never legal advice" in lens.title
    assert "never legal advice" in lens.question
