"""Small multiples: the same rows or the same months in every panel, on common axes."""

from __future__ import annotations

import math
from itertools import pairwise

import pandas as pd
import pytest

from tests.charts.boxes import assert_words_fit, boxes
from tests.charts.comparisons import CLEAR_AND_NOT, compared
from tests.charts.frames import NASTY, YEARS, make_study, words_of
from workbench.charts.compared import Cell
from workbench.charts.month_axis import lay_months
from workbench.charts.panel_months import month_panels
from workbench.charts.panel_rows import multiples
from workbench.charts.style import PAPER
from workbench.compare.say import percent
from workbench.compare.seasons import term_spans

PHASES = ("Early years", "Primary", "Secondary", "Further education")


def phases() -> pd.DataFrame:
    counts = {"Rises": (5, 9, 900, 20), "Level": (30, 31, 820, 12), NASTY: (2, 5, 30, 0)}
    return compared(counts, bases=(79, 80, 2157, 32), groups=PHASES)


def many(groups: int) -> pd.DataFrame:
    names = tuple(f"Group {number} of the long list" for number in range(groups))
    counts = {f"Label {i}": tuple((i * k) % 40 for k in range(groups)) for i in range(9)}
    return compared(counts, bases=(50,) * groups, groups=names)


def test_panels_share_rows_and_scale():
    figure = multiples(phases())
    assert_words_fit(figure)
    axes = [figure.layout[f"xaxis{n}"] for n in ("", 2, 3, 4)]
    assert len({tuple(axis.range) for axis in axes}) == 1
    for one, other in pairwise(axes):
        assert one.anchor != other.anchor or one.domain[1] < other.domain[0]
    assert axes[0].anchor == axes[1].anchor
    names = [box for box in boxes(figure) if box.words in ("Rises", "Level")]
    lines = len({axis.anchor for axis in axes})
    assert len(names) == 2 * lines  # once for each line of panels
    assert {len(trace.x) for trace in figure.data} == {3}


def test_every_share_is_drawn_and_written():
    frame = phases()
    figure = multiples(frame)
    drawn = sorted(x for trace in figure.data for x in trace.x)
    assert drawn == sorted(frame["share"])
    said = words_of(figure)
    for share, n in zip(frame["share"], frame["n"], strict=True):
        word = percent(share) if n else "0"
        assert any(word in words for words in said)


def test_the_reference_has_its_own_mark_and_a_stroke_in_the_others():
    frame = phases()
    figure = multiples(frame)
    assert [trace.marker.symbol for trace in figure.data] == ["square", *["circle"] * 3]
    strokes = [shape for shape in figure.layout.shapes if shape.type == "line"]
    first = frame[frame["group"] == PHASES[0]]["share"]
    assert sorted({shape.x0 for shape in strokes}) == sorted(first)
    assert {shape.xref for shape in strokes} == {"x2", "x3", "x4"}
    clear = frame["p_adjusted"].lt(0.05).sum()
    filled = sum(fill != PAPER for trace in figure.data[1:] for fill in trace.marker.color)
    assert filled == clear > 0


def test_twelve_panels_at_most_none_too_narrow():
    figure = multiples(many(15))
    assert_words_fit(figure)
    assert len(figure.data) == 12
    assert any("The first 12 of 15 panels" in w.replace("<br>", " ") for w in words_of(figure))


@pytest.mark.parametrize("groups", [1, 2, 5, 7, 12])
def test_any_number_of_panels_fits(groups: int):
    figure = multiples(many(groups), title="T")
    assert_words_fit(figure)
    assert len(figure.data) == groups


def test_panels_by_another_column_have_no_reference():
    frame = compared({"A": (5, 9), "B": (8, 7)}).rename(columns={"group": "setting"})
    figure = multiples(frame.assign(group="x"), panel="setting")
    assert not [shape for shape in figure.layout.shapes if shape.type == "line"]
    assert all(fill != PAPER for trace in figure.data for fill in trace.marker.color)


def month_frame(*, holes: bool = True) -> pd.DataFrame:
    """Two years by month, no cases in August and few in July."""
    months = [f"{year}-{month:02d}" for year, span in ((2022, range(9, 13)), (2023, range(1, 13)),
              (2024, range(1, 8))) for month in span if not (holes and month == 8)]  # fmt: skip
    bases = tuple(6 if month.endswith("-07") else 60 for month in months)
    counts = {
        "TikTok": tuple(base // 2 for base in bases),
        NASTY: tuple(min(at % 5, base) for at, base in enumerate(bases)),
    }
    return compared(counts, bases=bases, groups=tuple(months), by="month")


def terms() -> pd.DataFrame:
    return term_spans(make_study().calendar)


def test_months_follow_one_another_with_gaps_where_little_is_known():
    frame = month_frame()
    figure = month_panels(frame, terms(), title=NASTY)
    assert_words_fit(figure)
    line = figure.data[0]
    assert list(line.x) == sorted(line.x)
    known = [y for y in line.y if not math.isnan(y)]
    assert len(known) == len(frame) / 2 - 2  # neither July has cases enough
    assert all(y in set(frame["share"]) for y in known)
    aside = dict(zip(line.x, line.y, strict=True))
    assert math.isnan(aside[11])  # August, without cases, is open and not bridged
    bands = [shape for shape in figure.layout.shapes if shape.xref == "x"]
    assert len(bands) == 3
    assert bands[0].x0 == pytest.approx(-0.5)


def test_years_lie_over_one_another():
    figure = month_panels(month_frame(), terms(), periods=make_study().periods)
    assert_words_fit(figure)
    named = [trace for trace in figure.data if trace.showlegend]
    assert [trace.name for trace in named] == list(YEARS)
    assert [round(x) for x in figure.data[0].x] == list(range(11))
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert next(iter(figure.layout.xaxis.ticktext)) == "Sep"
    bands = [shape for shape in figure.layout.shapes if shape.xref == "x"]
    assert len(bands) == 2  # those of the last year
    said = [words.replace("<br>", " ") for words in words_of(figure)]
    assert any("Shaded: terms of 2023-24" in words for words in said)


def test_common_scale_or_its_own():
    frame = month_frame()
    common, own = month_panels(frame), month_panels(frame, scale="own")
    assert common.layout.yaxis.range == common.layout.yaxis2.range
    assert own.layout.yaxis.range[1] > own.layout.yaxis2.range[1]
    assert any("own scale" in words for words in words_of(own))


def test_most_cases_first_and_at_most_twelve():
    frame = month_frame()
    assert next(box.words for box in boxes(month_panels(frame))) == "TikTok"
    labels = {f"Label {i}": (20 - i, 10) for i in range(15)}
    wide = compared(labels, bases=(60, 60), groups=("2022-09", "2022-10"), by="month")
    assert len(month_panels(wide, top=40).data) == 12


def test_months_that_are_none_are_refused():
    with pytest.raises(ValueError, match="not a month such as 2023-03"):
        month_panels(compared(CLEAR_AND_NOT))


def test_hidden_months_are_said():
    frame = month_frame()
    assert "No cases to show" in words_of(month_panels(frame.iloc[:0]))
    unknown = frame.assign(share=float("nan"))
    assert "The counts are hidden or not known" in words_of(month_panels(unknown))


def test_a_terms_place_is_counted_in_months():
    cells = {("A", month): Cell(5, 20, 0.25, 0.1, 0.4) for month in ("2022-09", "2022-12")}
    course, months = lay_months(terms(), None, cells)
    assert course.terms[0] == pytest.approx((-0.5, 3 - 0.5 + 15 / 31))
    assert [month.at for month in months["A"]] == [0, 1, 3]
    assert not months["A"][1].cell.known
