"""Alternative texts of comparisons say the groups, what is clear, and stay short."""

from __future__ import annotations

import pytest

from tests.charts.comparisons import CLEAR_AND_NOT, awkward, compared
from tests.charts.test_panels import month_frame
from workbench.charts.alt import LONGEST
from workbench.charts.alt_pairs import (
    alt_contrast,
    alt_dumbbell,
    alt_month_panels,
    alt_multiples,
    alt_slope,
)

TEXTS = (alt_dumbbell, alt_slope, alt_contrast, alt_multiples)


def test_a_dumbbell_says_both_bases_and_the_clear_differences():
    said = alt_dumbbell(compared(CLEAR_AND_NOT), what="categories")
    assert said == (
        "Dumbbell chart of categories: shares in Primary (79 cases) and Secondary (2,157 cases) "
        "with 95% intervals, 3 rows. Clear after correction: Rises +35.4 points (6.3% to 41.7%), "
        "Falls −24.4 points (25.3% to 0.9%)."
    )
    same = compared({"A": (30, 819)})
    assert "No difference is clear" in alt_dumbbell(same, what="categories")


def test_a_contrast_says_what_could_be_missed():
    said = alt_contrast(compared({"A": (30, 819)}), what="categories")
    assert "differences that these bases would often miss, the widest up to 16 points" in said


def test_a_slope_says_how_many_periods():
    frame = compared({"A": (1, 20, 60)}, bases=(90,) * 3, groups=("1", "2", "3"), by="period")
    said = alt_slope(frame, what="routes")
    assert "from 1 (90 cases) to 3 (90 cases), 3 in all" in said
    assert "A +65.6 points (1.1% to 66.7%)" in said


def test_panels_say_their_largest_and_their_range():
    assert "Primary: most often Level, 38.0%" in alt_multiples(
        compared(CLEAR_AND_NOT), what="categories"
    )
    said = alt_month_panels(month_frame(), what="platforms")
    assert "TikTok: 50.0% in 2022-09 to 50.0%" in said


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("name", awkward())
def test_texts_are_short_whole_and_without_nan(text, name):
    said = text(awkward()[name], what="categories")
    assert said.endswith((".", "…"))
    assert len(said) <= LONGEST
    assert "nan" not in said


@pytest.mark.parametrize("text", TEXTS)
def test_empty_and_hidden_are_told_apart(text):
    assert "there are no cases" in text(awkward()["empty"], what="x")
    assert "hidden or not known" in text(awkward()["all hidden"], what="x")
