"""Alternative texts say the form and the main numbers, and stay short."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.frames import make_study, months_log, two_years
from workbench.charts import alt
from workbench.charts.panel_months import FEW
from workbench.compare.seasons import cases_per_month


@given(st.lists(st.text(max_size=300), min_size=1, max_size=8))
def test_a_text_is_never_too_long(sentences):
    assert len(alt.alt_text(*sentences)) <= alt.LONGEST


def test_sentences_are_kept_whole():
    text = alt.alt_text("First one", "x" * 500, longest=40)
    assert text == "First one."


def test_shares_name_both_years_and_their_bases():
    text = alt.alt_shares(two_years(("TikTok", "Instagram")), what="platforms")
    assert text.startswith("Dot chart of platforms in 2022-23 and 2023-24")
    assert "2022-23 of 40 cases: TikTok 82.5%, Instagram 35.0%" in text


def test_no_group_goes_unsaid_for_long_labels():
    text = alt.alt_shares(two_years(("a long label " * 20, "b " * 90)), what="platforms")
    assert "2022-23 of" in text
    assert "2023-24 of" in text


def test_months_name_the_peak_and_the_event():
    text = alt.alt_months(cases_per_month(months_log(), make_study()))
    assert "most in March 2023 (9)" in text
    assert "Press coverage" in text


def test_differences_are_in_points():
    frame = two_years(("A", "B"))
    frame.loc[frame["difference"].notna(), "difference"] = [0.2, -0.31]
    text = alt.alt_differences(frame, what="platforms", reference="2022-23")
    assert "2023-24 minus 2022-23" in text
    assert "B −31.0, A +20.0" in text


def test_empty_frames_are_said_to_be_empty():
    assert "no cases" in alt.alt_shares(two_years().iloc[:0], what="platforms")
    assert "no cases" in alt.alt_urgency(pd.DataFrame(columns=["bin", "n", "period"]))


def test_the_other_forms_say_their_numbers():
    bars = pd.DataFrame({"label": ["Kent", "Essex"], "n": [1200, 3]})
    assert "Kent 1,200, Essex 3" in alt.alt_bars(bars, what="counties")
    grid = pd.DataFrame({"row": ["T"], "column": ["P"], "share": [0.25], "n": [5]})
    assert "T in P 25.0%" in alt.alt_heatmap(grid, what="themes by phase")
    course = pd.DataFrame(
        {
            "month": pd.date_range("2022-09-01", periods=3, freq="MS"),
            "dimension": "concern",
            "base": [100, FEW, FEW - 1],
            "share": [0.1, 0.3, 0.9],
        }
    ).assign(low=0.0, high=1.0)
    assert "Concern: 10.0% to 30.0%" in alt.alt_course(course)
    themes = pd.DataFrame(
        {"theme": [0, 1], "parent": [-1, 0], "level": [0, 1], "label": ["M", "S"], "share": 0.5}
    )
    assert "1 main theme and 1 sub-theme," in alt.alt_themes(themes)
    assert "Largest: M 50.0%" in alt.alt_themes(themes)
    points = pd.DataFrame({"theme": ["M", None, "M"]})
    assert "Map of 3 cases" in alt.alt_map(points)
    down = pd.DataFrame({"period": ["2022-23"], "platform": ["TikTok"], "n": [4], "base": [9]})
    assert "TikTok 4 of 9" in alt.alt_takedowns(down)
