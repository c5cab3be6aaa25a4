"""Charts of two groups draw what their frames say, whatever the frame."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd
import pytest
from plotly.graph_objects import Figure

from tests.charts.boxes import assert_words_fit, boxes
from tests.charts.comparisons import CLEAR_AND_NOT, GROUPS, awkward, compared, hidden
from tests.charts.frames import NASTY, words_of
from workbench.charts.contrasts import contrast
from workbench.charts.effects import differences
from workbench.charts.pairs import dumbbell
from workbench.charts.panel_rows import multiples
from workbench.charts.slopes import slope
from workbench.charts.style import BAND, PAPER
from workbench.charts.style import contrast as contrast_of
from workbench.compare.say import percent, points


def lines_of(figure: Figure) -> list[str]:
    """What the figure says, each text in one line."""
    return [words.replace("<br>", " ") for words in words_of(figure)]


Chart = Callable[..., Figure]
CHARTS = (dumbbell, slope, contrast, multiples, differences)
FRAMES = awkward()


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("name", FRAMES)
def test_no_words_run_off_or_overlap(chart: Chart, name: str):
    figure = chart(FRAMES[name], title=f"{name}, {NASTY}")
    assert boxes(figure)
    assert_words_fit(figure)


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize("name", FRAMES)
def test_words_are_escaped_and_read_well(chart: Chart, name: str):
    figure = chart(FRAMES[name], title=NASTY)
    said = " ".join(words_of(figure))
    assert "<b>bold" not in said
    assert "nan" not in said
    for note in figure.layout.annotations:
        assert contrast_of(note.font.color, BAND) >= 4.5
        assert note.font.size >= 14


def turned_over() -> pd.DataFrame:
    """Forty rows with their last label first, the groups in order."""
    frame = FRAMES["forty rows"]
    return pd.concat([frame[frame["group"] == group].iloc[::-1] for group in GROUPS])


@pytest.mark.parametrize("chart", [dumbbell, slope, contrast, multiples])
def test_the_order_of_rows_changes_nothing(chart: Chart):
    one, other = chart(turned_over(), title="T"), chart(FRAMES["forty rows"], title="T")
    assert one.to_json() == other.to_json()


def test_the_order_of_rows_moves_no_difference():
    drawn = [differences(frame) for frame in (turned_over(), FRAMES["forty rows"])]
    places = [sorted(zip(f.data[0].x, f.data[0].y, strict=True)) for f in drawn]
    assert places[0] == places[1]


@pytest.mark.parametrize("chart", CHARTS)
def test_what_cannot_be_shown_is_said(chart: Chart):
    assert "No cases to show" in words_of(chart(FRAMES["empty"]))
    assert "The counts are hidden or not known" in words_of(chart(FRAMES["all hidden"]))


def test_a_group_without_cases_has_no_difference():
    assert "The counts are hidden or not known" in words_of(differences(FRAMES["no cases"]))
    assert "55.6% (5)" in words_of(dumbbell(FRAMES["no cases"]))


@pytest.mark.parametrize("chart", [dumbbell, contrast, differences])
def test_three_groups_are_refused(chart: Chart):
    frame = compared({"A": (5, 9, 8)}, bases=(79, 90, 80), groups=("One", "Two", "Three"))
    with pytest.raises(ValueError, match="two groups"):
        chart(frame)


@pytest.mark.parametrize("chart", [dumbbell, contrast])
def test_two_groups_without_their_reference_are_refused(chart: Chart):
    frame = compared({"A": (5, 9, 8)}, bases=(79, 90, 80), groups=("One", "Two", "Three"))
    with pytest.raises(ValueError, match="compared with One"):
        chart(frame[frame["group"] != "One"])


@pytest.mark.parametrize("chart", [dumbbell, contrast])
def test_every_number_stands_in_the_frame(chart: Chart):
    frame = FRAMES["plain"]
    figure = chart(frame)
    known = {round(v, 9) for v in frame[["share", "low", "high"]].to_numpy().ravel()}
    for trace in figure.data[:2]:
        for x, right, left in zip(
            trace.x, trace.error_x.array, trace.error_x.arrayminus, strict=True
        ):
            assert {round(x, 9), round(x + right, 9), round(x - left, 9)} <= known
    said = words_of(figure)
    for row in frame.itertuples():
        assert f"{percent(row.share)} ({row.n:,})" in said
    for value in frame["difference"].dropna():
        assert any(points(value) in words for words in said)


def test_a_clear_difference_is_told_without_colour():
    figure = dumbbell(FRAMES["plain"])
    said = words_of(figure)
    assert "<b>▲ +35.4</b>" in said
    assert any(words.startswith("<b>▼ −") for words in said)
    assert "0.0" in said  # not clear: neither arrow nor bold
    lines = {shape.y0: shape.line.width for shape in figure.layout.shapes if shape.type == "line"}
    assert sorted(lines.values()) == [1, 3, 3]
    fills = [fill == PAPER for fill in figure.data[0].marker.color]
    assert fills == [False, True, False]  # by size: Rises, Level, Falls


def test_rows_stand_by_size_or_by_change():
    frame = FRAMES["plain"]

    def rows(figure: Figure) -> list[str]:
        found = [box for box in boxes(figure) if box.words in CLEAR_AND_NOT]
        return [box.words for box in sorted(found, key=lambda box: box.top)]

    assert rows(dumbbell(frame)) == ["Rises", "Level", "Falls"]
    assert rows(dumbbell(frame, order="change")) == ["Rises", "Level", "Falls"]
    assert rows(contrast(frame)) == ["Rises", "Level", "Falls"]
    falling = compared({"Low": (60, 40), "High": (70, 1200)})
    found = [
        box for box in boxes(dumbbell(falling, order="change")) if box.words in ("Low", "High")
    ]
    assert [box.words for box in sorted(found, key=lambda box: box.top)] == ["High", "Low"]


def test_groups_keep_their_look_and_their_bases_are_named():
    figure = dumbbell(FRAMES["plain"], groups=("Nursery", *GROUPS))
    names = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert names == ["Primary (79 cases)", "Secondary (2,157 cases)"]
    assert [trace.marker.symbol for trace in figure.data[:2]] == ["diamond", "square"]


def test_what_is_hidden_is_a_dash_and_counted_below():
    frame = hidden(FRAMES["plain"], ["Rises"])
    said = lines_of(dumbbell(frame))
    assert any("1 label is not shown: counts hidden or not known" in words for words in said)
    half = frame.astype({"n": "float64"})
    half.loc[half["label"].eq("Level") & half["group"].eq("Primary"), ["n", "share"]] = math.nan
    figure = dumbbell(half)
    said = lines_of(figure)
    assert said.count("–") == 2  # the share and the difference
    assert any("A dash: hidden" in words for words in said)
    assert len([s for s in figure.layout.shapes if s.type == "line"]) == 1


def test_top_says_how_many_there_are():
    said = lines_of(dumbbell(FRAMES["forty rows"], top=5))
    assert any("5 of 40 rows are shown" in words for words in said)


def test_nobody_counted_shows_how_many_there_may_be():
    said = lines_of(contrast(FRAMES["nobody"]))
    assert "0 (up to 4.6%)" in said
    assert any("nobody was counted" in words for words in said)


def test_both_panels_of_a_contrast_share_their_rows():
    figure = contrast(FRAMES["plain"])
    left, right = figure.layout.xaxis, figure.layout.xaxis2
    assert left.domain[1] < right.domain[0]
    assert left.range[0] == 0
    assert right.range[0] < 0 < right.range[1]
    marks = next(trace for trace in figure.data if trace.xaxis == "x2")
    frame = FRAMES["plain"]
    assert sorted(marks.x) == sorted(frame["difference"].dropna())
    middle = {y - 5 for y in figure.data[1].y}
    assert middle == set(marks.y) == {y + 5 for y in figure.data[0].y}
    shades = [s for s in figure.layout.shapes if s.xref == "x2" and s.type == "rect"]
    assert len(shades) == 3
    assert all(shade.x0 <= 0 <= shade.x1 for shade in shades)


def test_changes_over_time_are_called_so():
    frame = compared(CLEAR_AND_NOT, groups=("2022-23", "2023-24"), by="period")
    assert "<b>Change,<br>points</b>" in words_of(dumbbell(frame))
    assert "<b>rose →</b>" in words_of(contrast(frame))
    assert "<b>Difference,<br>points</b>" in words_of(dumbbell(FRAMES["plain"]))


def test_schemes_that_differ_are_pointed_out():
    frame = compared(CLEAR_AND_NOT, note="the periods' schemes differ")
    said = lines_of(dumbbell(frame))
    assert any("schemes differ, so shares do not compare" in words for words in said)
