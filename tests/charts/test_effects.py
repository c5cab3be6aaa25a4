"""Differences show what their bases would have missed."""

from __future__ import annotations

import pytest

from tests.charts.comparisons import CLEAR_AND_NOT, compared
from tests.charts.frames import words_of
from workbench.charts.compared import read_pairs
from workbench.charts.effects import differences
from workbench.charts.pair_parts import MISSED, MISSED_SAID
from workbench.charts.row_parts import _tick
from workbench.charts.style import INK, contrast


def shades(figure):
    return [shape for shape in figure.layout.shapes if shape.fillcolor == MISSED]


def test_each_row_is_shaded_as_far_as_its_bases_would_miss():
    frame = compared(CLEAR_AND_NOT)
    figure = differences(frame)
    pairs = read_pairs(frame)
    assert pairs is not None
    wanted = sorted((row.missed_low, row.missed_high) for row in pairs.rows)
    assert sorted((s.x0, s.x1) for s in shades(figure)) == wanted
    assert MISSED_SAID in words_of(figure)
    start, end = figure.layout.xaxis.range
    assert all(start <= s.x0 <= s.x1 <= end for s in shades(figure))
    assert contrast(MISSED, INK) >= 4.5


def test_frames_without_detectable_are_drawn_as_before():
    figure = differences(compared(CLEAR_AND_NOT).drop(columns="detectable"))
    assert not shades(figure)
    assert MISSED_SAID not in words_of(figure)


def test_the_rows_of_the_other_group_alone_will_do():
    frame = compared(CLEAR_AND_NOT)
    others = frame[frame["difference"].notna()]
    assert len(shades(differences(others, reference="Primary"))) == 3


@pytest.mark.parametrize(
    ("value", "step", "said"),
    [(0.025, 0.025, "+2.5"), (-0.05, 0.025, "−5.0"), (0.0, 0.025, "0.0"), (0.2, 0.1, "+20"),
     (0.0, 0.01, "0"), (-0.005, 0.005, "−0.5")],
)  # fmt: skip
def test_ticks_in_points_are_not_rounded_away(value, step, said):
    assert _tick(value, step, percent=False) == said
