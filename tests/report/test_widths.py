"""Columns are as wide as asked for, and no narrower than their longest word where that can be."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.report.widths import MOST, _least, fit_widths

NARROW = pd.DataFrame({"Kind": ["contradiction"], "What": ["words that may go on"]})


def test_widths_that_fit_are_kept() -> None:
    frame = pd.DataFrame({"A": ["one"], "B": ["two"]})
    assert fit_widths(frame, (3.0, 1.0)) == [0.75, 0.25]


def test_a_narrow_column_takes_room_for_its_longest_word() -> None:
    narrow, wide = fit_widths(NARROW, (0.05, 0.95))
    assert narrow == pytest.approx(_least(NARROW, 0))
    assert narrow > 0.1
    assert narrow + wide == pytest.approx(1)


def test_one_endless_word_does_not_take_the_page() -> None:
    frame = pd.DataFrame({"Hash": ["a" * 400], "What": ["words"]})
    assert fit_widths(frame, (0.1, 0.9))[0] == pytest.approx(MOST)


def test_spaces_that_do_not_break_hold_words_together() -> None:
    apart = pd.DataFrame({"Place": ["b4.md, line 12"]})
    held = apart.map(lambda words: words.replace(" ", "\u00a0"))
    assert _least(held, 0) > _least(apart, 0)


@given(
    st.lists(
        st.tuples(st.text(alphabet="ab -", max_size=60), st.floats(0.05, 5)),
        min_size=1,
        max_size=8,
    )
)
def test_they_are_shares_of_one_page(columns: list[tuple[str, float]]) -> None:
    cells = {f"c{place}": [text] for place, (text, _) in enumerate(columns)}
    found = fit_widths(pd.DataFrame(cells), [width for _, width in columns])
    assert sum(found) == pytest.approx(1)
    assert all(share > 0 for share in found)
