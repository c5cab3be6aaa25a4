"""Colours can be told apart and read; axes stay calm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.charts.style import (
    BAND,
    DASHES,
    INK,
    MOST_GRIDLINES,
    PALETTE,
    PAPER,
    SOFT,
    contrast,
    ink_on,
    look,
    mix,
    nice_step,
    reach,
)

COLOUR = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06X}")


def test_contrast_meets_the_standards_own_examples():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FF0000", "#FFFFFF") == pytest.approx(4.0, abs=0.01)


@given(COLOUR, COLOUR)
def test_contrast_does_not_mind_the_order(one, other):
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


@pytest.mark.parametrize("colour", PALETTE)
def test_marks_stand_out_from_their_ground(colour):
    assert contrast(colour, PAPER) >= 3


@pytest.mark.parametrize("place", range(5))
def test_edges_and_lines_stand_out_from_grey_bands(place):
    assert contrast(look(place).edge, BAND) >= 3


@pytest.mark.parametrize("ink", [INK, SOFT])
@pytest.mark.parametrize("ground", [PAPER, BAND])
def test_words_can_be_read(ink, ground):
    assert contrast(ink, ground) >= 4.5


@given(COLOUR)
def test_words_in_cells_can_be_read_on_any_shade(ground):
    assert contrast(ink_on(ground), ground) >= 4.5


def test_no_group_rests_on_its_colour_alone():
    first = [look(place) for place in range(5)]
    for part in ("colour", "symbol", "dash"):
        assert len({getattr(own, part) for own in first}) == 5
    assert len({(look(place).colour, look(place).symbol) for place in range(25)}) == 25
    assert look(0).dash == DASHES[0] == "solid"


def test_mixing_ends_at_both_colours():
    assert mix("#102030", "#FFFFFF", 0) == "#102030"
    assert mix("#102030", "#FFFFFF", 1) == "#FFFFFF"


@given(st.floats(1e-4, 1e6), st.integers(2, MOST_GRIDLINES))
def test_steps_cut_an_axis_in_no_more_parts_than_asked(span, most):
    step = nice_step(span, most=most)
    assert span / step <= most * (1 + 1e-6)
    assert span / step > most / 3


def test_an_axis_reaches_beyond_the_largest_known_value():
    assert reach([0.1, float("nan"), 0.5], least=0.02) > 0.5
    assert reach([0.99], least=0.02, most=1.0) == 1.0
    assert reach([], least=5) == 5
