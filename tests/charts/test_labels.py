"""Labels are whole, fit their room and never run as markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charts.labels import markup, text_width, wrap


@given(st.text(max_size=120), st.integers(60, 400))
def test_no_line_is_wider_than_its_room(text, width):
    assert all(text_width(line, 16) <= width for line in wrap(text, width, 16))


@given(st.lists(st.text("abcdefghij", min_size=1, max_size=9), max_size=30))
def test_words_that_fit_are_kept_whole_and_in_order(words):
    assert " ".join(wrap(" ".join(words), 200, 16)).split() == words


def test_a_long_word_is_broken_and_loses_no_letter():
    word = "Donaudampfschifffahrtsgesellschaftskapitaen"
    lines = wrap(word, 100, 16)
    assert len(lines) > 2
    assert "".join(line.removesuffix("-") for line in lines) == word


def test_what_does_not_fit_in_the_lines_ends_in_an_ellipsis():
    lines = wrap("one two three four five six seven eight", 80, 16, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert text_width(lines[-1], 16) <= 80


def test_widths_are_those_of_the_font():
    # Arial's own advance widths: 722 + 556 + 222 + 222 + 556 thousandths.
    assert text_width("Hello", 1000) == pytest.approx(2278)


def test_markup_in_a_label_is_shown_not_obeyed():
    shown = markup(["<b>one</b> & two", "%{y}"])
    assert "<b>" not in shown
    assert "%{" not in shown
    assert shown.count("<br>") == 1
    assert markup(["x"], bold=True) == "<b>x</b>"
