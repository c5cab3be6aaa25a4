from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.clusterings.coherence import (
    _windows,
    c_v,
    diversity,
    npmi,
    read_words,
    top_words,
)

TEXTS = st.lists(st.lists(st.integers(-1, 3), max_size=12), min_size=1, max_size=6)


@given(TEXTS, st.integers(1, 8))
def test_windows_are_those_that_slide_word_by_word(texts: list[list[int]], width: int) -> None:
    want = []
    for text in texts:
        for start in range(max(len(text) - width + 1, 1)):
            here = set(text[start : start + width])
            want.append([float(word in here) for word in range(4)])
    found = _windows([np.array(text, dtype=int) for text in texts], width, 4)
    assert found.toarray().tolist() == want


def test_words_always_together_score_1_and_words_never_together_score_minus_1() -> None:
    tokens = [["tea", "milk"], ["tea", "milk"], ["rail", "coach"], ["road", "sea"]]
    words = read_words(tokens, stop=(), fewest=1)
    number = {word: place for place, word in enumerate(words.vocabulary)}
    together = [np.array([number["tea"], number["milk"]])]
    apart = [np.array([number["rail"], number["road"]])]
    assert npmi(words, together) == pytest.approx(1, abs=1e-6)
    assert -1 <= npmi(words, apart) < -0.85
    assert c_v(words, together) == pytest.approx(1, abs=1e-6)
    assert c_v(words, apart) < 0.2


def test_npmi_by_hand() -> None:
    # Of four texts two hold tea, two milk, one both: ln(1/4 / (1/2 · 1/2)) = 0.
    words = read_words([["tea", "milk"], ["tea"], ["milk"], ["sea"]], stop=(), fewest=1)
    pair = [np.array([words.vocabulary.index("tea"), words.vocabulary.index("milk")])]
    assert npmi(words, pair) == pytest.approx(0, abs=1e-9)


def test_rare_words_and_function_words_are_left_out_but_keep_their_place() -> None:
    words = read_words([["the", "cat", "sat"], ["the", "cat"]], stop={"the"}, fewest=2)
    assert words.vocabulary == ["cat"]
    assert [text.tolist() for text in words.texts] == [[-1, 0, -1], [-1, 0]]


def test_top_words_stand_out_in_their_theme_and_unplaced_texts_give_none() -> None:
    tokens = [["tea", "cup"], ["tea", "cup"], ["rail", "cup"], ["rail", "cup"], ["noise"] * 9]
    words = read_words(tokens, stop=(), fewest=1)
    first, second = top_words(words, np.array([0, 0, 1, 1, -1]), count=1)
    assert [words.vocabulary[place[0]] for place in (first, second)] == ["tea", "rail"]


def test_diversity_is_the_share_of_different_words() -> None:
    assert diversity([np.array([0, 1]), np.array([1, 2])]) == 0.75
    assert np.isnan(diversity([]))
