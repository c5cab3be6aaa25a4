"""Comparison frames are read as pairs, with the differences that their bases would miss."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.comparisons import CLEAR_AND_NOT, compared
from workbench.charts.compared import Cell, could_miss, read_cells, read_pairs
from workbench.compare.intervals import cohens_h, detectable_effect
from workbench.compare.measure import NOT_OFFERED

bases = st.integers(1, 5000)
part = st.floats(0, 1)


def test_a_pair_is_the_second_group_against_the_reference():
    pairs = read_pairs(compared(CLEAR_AND_NOT))
    assert pairs is not None
    assert pairs.groups == ("Primary", "Secondary")
    rises = pairs.rows[0]
    assert rises.difference == pytest.approx(900 / 2157 - 5 / 79)
    assert rises.low < rises.difference < rises.high
    assert (rises.clear, pairs.rows[1].clear) == (True, False)
    assert not pairs.over_time
    assert read_pairs(compared(CLEAR_AND_NOT).iloc[:0]) is None


def test_the_reference_is_the_frames_own_whatever_its_place():
    frame = compared(CLEAR_AND_NOT).iloc[::-1]
    pairs = read_pairs(frame)
    assert pairs is not None
    assert pairs.groups == ("Primary", "Secondary")


def test_a_label_that_a_scheme_did_not_offer_has_no_share():
    frame = compared({"A": (0, 30)})
    frame["note"] = [NOT_OFFERED, ""]
    cells = read_cells(frame)
    assert not cells["A", "Primary"].known
    assert cells["A", "Secondary"].known
    assert cells["A", "Primary"].words == "–"


def test_old_frames_without_the_later_columns_can_be_read():
    columns = ["label", "group", "n", "base", "share", "low", "high", "difference",
               "difference_low", "difference_high", "p_adjusted"]  # fmt: skip
    pairs = read_pairs(compared(CLEAR_AND_NOT)[columns])
    assert pairs is not None
    assert pairs.reference == "Primary"
    assert math.isnan(pairs.rows[0].missed_low)
    assert "missed" not in pairs.rows[0].say("Primary", "Secondary")


def test_79_cases_miss_differences_up_to_what_they_can_show():
    low, high = could_miss(
        Cell(base=79, share=0.0), Cell(base=2157, share=0.0), float(detectable_effect(79, 2157))
    )
    assert high == 0  # a share below 0 there is none
    assert -low == pytest.approx(math.sin(0.3209 / 2) ** 2, abs=5e-4)


@given(part, part, bases, bases)
def test_what_is_missed_lies_about_nought_at_the_detectable_effect(one, other, base, base_2):
    first, second = Cell(base=base, share=one), Cell(base=base_2, share=other)
    effect = float(detectable_effect(base, base_2))
    low, high = could_miss(first, second, effect)
    assert -1 <= low <= 0 <= high <= 1
    anchor = other if base_2 > base else one
    for end in (low, high):
        share = anchor + end if base_2 <= base else anchor - end
        assert -1e-9 <= share <= 1 + 1e-9
        if 1e-9 < share < 1 - 1e-9:
            assert abs(float(cohens_h(share, anchor))) == pytest.approx(effect, abs=1e-6)


def test_what_is_missed_is_not_known_without_shares_or_effect():
    known = Cell(base=10, share=0.5)
    for args in ((Cell(), known, 0.3), (known, Cell(), 0.3), (known, known, math.nan)):
        assert all(map(math.isnan, could_miss(*args)))


def test_hidden_labels_are_counted_not_listed():
    frame = compared({"A": (5, 9), "B": (8, 7)}).astype({"n": "float64"})
    frame.loc[frame["label"] == "A", ["n", "share"]] = math.nan
    pairs = read_pairs(frame)
    assert pairs is not None
    assert [row.label for row in pairs.rows] == ["B"]
    assert pairs.hidden == 1


def test_bases_that_differ_from_row_to_row_are_not_named():
    both = pd.concat([compared({"A": (5, 9)}), compared({"B": (5, 9)}, bases=(70, 80))])
    pairs = read_pairs(both)
    assert pairs is not None
    assert pairs.base(0) == "Primary"
