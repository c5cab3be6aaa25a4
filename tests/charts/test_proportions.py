"""Shares are drawn as they stand in the frame; gaps are never drawn as nought."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.charts.frames import NASTY, YEARS, two_years, words_of
from workbench import charts
from workbench.charts.style import look
from workbench.compare.intervals import wilson
from workbench.compare.shares import NOT_OFFERED


def test_dots_and_intervals_are_those_of_the_frame():
    frame = two_years()
    figure = charts.shares(frame, title="Platforms")
    assert [trace.name for trace in figure.data] == list(YEARS)
    for trace in figure.data:
        part = frame[frame["group"] == trace.name]
        assert list(trace.x) == pytest.approx(list(part["share"]))
        assert list(trace.error_x.array) == pytest.approx(list(part["high"] - part["share"]))
        assert list(trace.error_x.arrayminus) == pytest.approx(list(part["share"] - part["low"]))


def test_the_frame_is_left_as_it_was():
    frame = two_years()
    before = frame.copy()
    charts.shares(frame)
    pd.testing.assert_frame_equal(frame, before)


def test_rows_stand_largest_first_or_as_given():
    frame = two_years(("A", "B", "C")).iloc[::-1]
    largest, given = charts.shares(frame), charts.shares(frame, order="given")
    rows = [a.text for a in largest.layout.annotations if a.text in "ABC"]
    assert rows == ["A", "B", "C"]
    assert [a.text for a in given.layout.annotations if a.text in "ABC"] == ["C", "B", "A"]


def test_a_cut_is_said():
    figure = charts.shares(two_years(("A", "B", "C")), top=2)
    assert "the first 2 of 3 are shown" in " ".join(words_of(figure)).replace("<br>", " ")
    assert len(figure.data[0].x) == 2


def test_labels_never_run_as_markup_or_templates():
    said = " ".join(words_of(charts.shares(two_years())))
    assert "<b>bold" not in said
    assert "%{y}" not in said
    assert NASTY.split()[0] in said


@pytest.mark.parametrize("how", ["hidden", "not offered"])
def test_what_is_not_known_shows_as_a_dash_and_no_dot(how):
    frame = two_years(("A", "B"))
    gap = (frame["label"] == "B") & (frame["group"] == YEARS[0])
    if how == "hidden":
        frame.loc[gap, ["n", "share", "low", "high"]] = np.nan
    else:
        frame.loc[gap, "note"] = NOT_OFFERED
    figure = charts.shares(frame)
    assert [len(trace.x) for trace in figure.data] == [1, 2]
    assert "–" in [a.text for a in figure.layout.annotations]


def test_a_group_keeps_its_look_where_it_stands_alone():
    frame = two_years()
    later = frame[frame["group"] == YEARS[1]]
    figure = charts.shares(later, groups=YEARS)
    assert figure.data[0].marker.symbol == look(1).symbol
    assert figure.data[0].marker.line.color == look(1).edge


def test_an_empty_frame_says_so():
    figure = charts.shares(two_years().iloc[:0], title="Nothing")
    assert "No cases to show" in words_of(figure)
    assert not figure.data


def test_gridlines_are_few():
    ticks = charts.shares(two_years()).layout.xaxis.tickvals
    assert 2 <= len(ticks) <= 10


def test_tone_rates_show_every_tone():
    tones = tuple(f"tone {place}" for place in range(30))
    figure = charts.tone_rates(two_years(tones))
    assert len(figure.data[0].x) == 30


def test_takedowns_say_removed_of_reported_most_reports_first():
    frame = pd.DataFrame(
        {
            "period": ["2022-23", "2022-23", "2023-24"],
            "platform": ["Small", "Big", "Big"],
            "cases": [1, 2, 2],
            "n": [1, 20, 15],
            "base": [2, 25, 30],
            "share": [0.5, 0.8, 0.5],
        }
    )
    frame["low"], frame["high"] = wilson(frame["n"], frame["base"])
    figure = charts.takedowns(frame)
    said = [a.text for a in figure.layout.annotations]
    assert said.index("Big") < said.index("Small")
    assert {"20 of 25", "15 of 30", "1 of 2"} <= set(said)
    assert tuple(figure.layout.xaxis.range) == (0, 1)
