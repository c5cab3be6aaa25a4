"""The word cloud: sizes go with counts, nothing overlaps, marks are no matter of colour."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.frames import NASTY, words_of
from workbench.charts.alt_words import alt_word_cloud
from workbench.charts.cloud import MOST, place_words, word_cloud
from workbench.charts.style import MARGIN, PAPER, SMALL, WIDTH, contrast


def _frame() -> pd.DataFrame:
    words = ["tiktok", "account", "caution", *(f"word{letter}" for letter in "abcdefghij")]
    counts = [400, 100, 90, *range(60, 10, -5)]
    return pd.DataFrame({"word": words, "n": counts, "banner": [w == "caution" for w in words]})


def test_areas_go_with_counts_and_none_is_too_small_to_read() -> None:
    trace = word_cloud(_frame()).data[0]
    sizes = dict(zip(trace.text, trace.textfont.size, strict=True))
    assert sizes["tiktok"] == pytest.approx(2 * sizes["account"])
    assert min(sizes.values()) >= SMALL
    for n, word in ((60, "worda"), (30, "wordg")):
        assert sizes[word] == pytest.approx(max(SMALL, sizes["tiktok"] * math.sqrt(n / 400)))


words = st.lists(
    st.tuples(st.text("abcdefgil W", min_size=1, max_size=30), st.floats(SMALL, 100)),
    min_size=1,
    max_size=25,
)


@given(words)
def test_no_word_lies_on_another_or_off_the_side(found: list[tuple[str, float]]) -> None:
    texts, sizes = zip(*found, strict=True)
    across = WIDTH - 2 * MARGIN
    placed = place_words(texts, sizes, across=across)
    for one in range(len(texts)):
        for other in range(one):
            beside = (
                2 * abs(placed.x[one] - placed.x[other]) >= placed.width[one] + placed.width[other]
            )
            above = (
                2 * abs(placed.y[one] - placed.y[other])
                >= placed.height[one] + placed.height[other]
            )
            assert (
                beside
                or above
                or np.isclose(
                    2 * abs(placed.y[one] - placed.y[other]),
                    placed.height[one] + placed.height[other],
                )
            )
        if placed.width[one] <= across:
            assert 2 * abs(placed.x[one]) + placed.width[one] <= across + 1e-6


def test_the_order_of_rows_changes_nothing() -> None:
    frame = _frame()
    turned = word_cloud(frame.iloc[::-1], marked="banner", marked_as="Of gateways")
    assert word_cloud(frame, marked="banner", marked_as="Of gateways").to_dict() == turned.to_dict()


def test_marked_words_stand_in_brackets_that_are_explained() -> None:
    figure = word_cloud(_frame(), marked="banner", marked_as="Words that gateways add")
    assert "[caution]" in figure.data[0].text
    assert "in square brackets: words that gateways add" in " ".join(words_of(figure))
    assert "square" not in " ".join(words_of(word_cloud(_frame())))
    assert min(contrast(colour, PAPER) for colour in figure.data[0].textfont.color) >= 4.5


def test_at_most_sixty_words_and_no_endless_one() -> None:
    many = pd.DataFrame({"word": [f"w{n:03}" for n in range(200)], "n": range(200, 0, -1)})
    figure = word_cloud(many, most=500)
    assert len(figure.data[0].text) == MOST
    assert figure.layout.height < 700
    endless = pd.DataFrame({"word": ["x" * 400, NASTY], "n": [9, 8]})
    drawn = word_cloud(endless)
    assert "…" in drawn.data[0].text[0]
    assert "<b>bold" not in " ".join(words_of(drawn))


def test_words_without_a_count_are_left_out_and_twice_is_refused() -> None:
    frame = pd.DataFrame({"word": ["a", "b", "c"], "n": [3, 0, None]})
    assert list(word_cloud(frame).data[0].text) == ["a"]
    assert "No cases to show" in words_of(word_cloud(frame.iloc[1:]))
    with pytest.raises(ValueError, match="one period"):
        word_cloud(pd.concat([frame, frame]))


def test_the_alternative_text_lists_the_largest_words() -> None:
    said = alt_word_cloud(_frame(), what="subject lines", marked="banner", top=2)
    assert "Largest: tiktok 400, account 100." in said
    assert "Not the enquirers' own: caution." in said
    assert alt_word_cloud(_frame().iloc[:0], what="subject lines").startswith("Empty")
