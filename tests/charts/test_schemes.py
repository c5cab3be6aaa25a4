"""The chart of two schemes shows both measures, and says how comparable each block is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.charts.frames import NASTY, words_of
from tests.compare.crosswalks import YEARS, make_crosswalking, make_years
from workbench.charts.alt import LONGEST
from workbench.charts.alt_schemes import alt_scheme_change
from workbench.charts.schemes import scheme_change
from workbench.charts.style import look
from workbench.compare.schemes import compare_through, protect_through
from workbench.study import Disclosure

WALK = make_crosswalking(
    [
        ("A", "V", "narrower"),
        ("A", "W", "narrower"),
        ("B", "X", "exact"),
        ("C", "Y", "exact", "a catch-all"),
    ]
)
LOG = make_years(
    [["A"]] * 60 + [["B"]] * 30 + [["C"]] * 10 + [["D"]] * 5,
    [["V", "W", "X"]] * 50 + [["X", "Z"]] * 30 + [["Y"]] * 20,
)
FRAME = compare_through(LOG, WALK)


def test_both_measures_are_those_of_the_frame() -> None:
    figure = scheme_change(FRAME, title="Two schemes")
    assert len(figure.data) == 4
    known = FRAME[FRAME["comparability"] != "not comparable"]
    for trace in figure.data:
        share = "share_of_labels" if trace.xaxis == "x2" else "share"
        low = f"{share}_low" if trace.xaxis == "x2" else "low"
        part = known[known["group"] == trace.name]
        assert sorted(trace.x) == pytest.approx(sorted(part[share]))
        arms = dict(zip(trace.x, trace.error_x.arrayminus, strict=True))
        for value, bottom in zip(part[share], part[low], strict=True):
            assert arms[value] == pytest.approx(value - bottom)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]


def test_words_say_how_comparable_a_block_is() -> None:
    said = " ".join(words_of(scheme_change(FRAME))).replace("<br>", " ")
    for words in ("A (as a group)", "B (exact)", "C (doubtful)"):
        assert words in said
    assert "57.1% → 50.0%" in said
    assert "Labels a case: 1.00 in 2022-23, 2.30 in 2023-24." in said
    assert "2 labels have no counterpart in the other scheme: not shown." in said
    assert "D (" not in said


def test_largest_blocks_stand_first_and_periods_keep_their_looks() -> None:
    figure = scheme_change(FRAME, groups=("2021-22", *YEARS))
    names = [a.text for a in figure.layout.annotations if a.text and a.text.endswith(")")]
    assert names == ["B (exact)", "A (as a group)", "C (doubtful)"]
    symbols = [trace.marker.symbol for trace in figure.data if trace.showlegend is not False]
    assert symbols == [look(1).symbol, look(2).symbol]


def test_the_frame_is_left_as_it_was_and_its_order_does_not_matter() -> None:
    before = FRAME.copy()
    there = scheme_change(FRAME)
    pd.testing.assert_frame_equal(FRAME, before)
    turned = FRAME.sort_values(["group", "label"], ascending=[True, False])
    assert there.to_json() == scheme_change(turned).to_json()


def test_hidden_shares_are_dashes_and_no_dots() -> None:
    safe = protect_through(FRAME, rule=Disclosure(hide_up_to=12, round_to=5))
    figure = scheme_change(safe)
    said = " ".join(words_of(figure))
    assert "– → 20.0%" in said
    assert all(np.isfinite(trace.x).all() for trace in figure.data)
    lines = [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert len(lines) == 4  # two of three blocks are joined in each panel


def test_labels_never_run_as_markup() -> None:
    walk = make_crosswalking([(NASTY, NASTY, "exact")], (NASTY,), (NASTY,))
    log = make_years([[NASTY]] * 9, [[NASTY]] * 9, (NASTY,), (NASTY,))
    said = " ".join(words_of(scheme_change(compare_through(log, walk))))
    assert "<b>bold" not in said
    assert "%{y}" not in said
    assert "&lt;b&gt;bold" in said


def test_three_periods_are_refused_and_none_is_said() -> None:
    third = FRAME.assign(group="2024-25")
    with pytest.raises(ValueError, match="two periods"):
        scheme_change(pd.concat([FRAME, third]))
    apart = FRAME[FRAME["comparability"] == "not comparable"]
    assert "No cases to show" in words_of(scheme_change(apart))
    assert "no label in common" in alt_scheme_change(apart)


def test_the_alternative_text_gives_both_measures() -> None:
    text = alt_scheme_change(FRAME)
    assert text.startswith("Two dot charts side by side of 3 groups of labels in 2022-23 and 2023")
    assert "Labels a case: 1.00 in 2022-23, 2.30 in 2023-24." in text
    assert "B (exact): 28.6% to 80.0% of cases, 28.6% to 34.8% of labels." in text
    assert len(text) <= LONGEST
