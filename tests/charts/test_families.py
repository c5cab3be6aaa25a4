"""Bars, months, differences, themes, grids and tones draw what stands in their frames."""

from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

from tests.charts.frames import NASTY, YEARS, make_study, months_log, two_years, words_of
from workbench import charts
from workbench.charts.effects import CLEAR_NAME
from workbench.charts.labels import text_width
from workbench.charts.panel_months import FEW
from workbench.charts.style import SMALL, WIDTH, contrast, look
from workbench.charts.themes import _moved_apart
from workbench.compare.seasons import cases_per_month, term_spans


def words_frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "period": ["2022-23"] * 3 + ["2023-24"] * 2,
            "word": ["school", "caution", NASTY, "account", "caution"],
            "n": [30, 20, 10, 25, 5],
            "banner": [False, True, False, False, True],
        }
    )


def test_bars_keep_the_frames_order_and_hatch_what_is_marked():
    figure = charts.bars(
        words_frame(), label="word", group="period", marked="banner", marked_as="From gateways"
    )
    drawn = [trace for trace in figure.data if trace.name is None]
    plain, hatched = drawn[0], drawn[1]
    assert list(plain.x) == [30, 10]
    assert list(hatched.x) == [20]
    assert plain.y[0] < hatched.y[0] < plain.y[1]
    assert hatched.marker.pattern.shape == "/"
    assert plain.marker.pattern.shape is None
    assert figure.data[-1].name == "From gateways"
    assert "<b>bold" not in " ".join(words_of(figure))


def test_panels_of_bars_share_one_scale():
    figure = charts.bars(words_frame(), label="word", group="period")
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert figure.layout.xaxis.domain[1] < figure.layout.xaxis2.domain[0]


@pytest.fixture
def months() -> pd.DataFrame:
    return cases_per_month(months_log(), make_study())


def test_months_lie_over_one_another_or_follow(months):
    terms = term_spans(make_study().calendar)
    common = charts.months(months, terms)
    assert [trace.name for trace in common.data] == list(YEARS)
    assert list(common.data[0].x) == list(common.data[1].x)
    assert sum(common.data[0].y) == 12
    running = charts.months(months, terms, axis="running")
    assert max(running.data[0].x) < min(running.data[1].x)
    assert common.data[0].line.dash != common.data[1].line.dash


def test_terms_and_events_stand_where_they_fell(months):
    terms = term_spans(make_study().calendar)
    figure = charts.months(months, terms, axis="running")
    bands = [s for s in figure.layout.shapes if s.type == "rect"]
    poles = [s for s in figure.layout.shapes if s.type == "line"]
    assert len(bands) == 3
    assert bands[0].x0 == pytest.approx(0.5)  # 1 September lies at the first month's start
    assert bands[0].x1 == pytest.approx(3.5 + 15 / 31)
    assert [pole.x0 for pole in poles] == [7]  # March is the seventh month
    assert any("Press coverage" in said for said in words_of(figure))
    common = charts.months(months, terms)
    assert len([s for s in common.layout.shapes if s.type == "rect"]) == 2


def test_no_pole_runs_through_another_events_words():
    frame = pd.DataFrame(
        {
            "period": "2022-23",
            "month": pd.date_range("2022-09-01", periods=12, freq="MS"),
            "place": range(1, 13),
            "n": [5, 9, 7, 3, 8, 6, 20, 4, 6, 5, 4, 1],
            "event": [
                "",
                "A first long event",
                *["Another event of many words"] * 9,
                "The last one",
            ],
        }
    )
    figure = charts.months(frame)
    left, right = figure.layout.xaxis.range
    across = WIDTH - figure.layout.margin.l - figure.layout.margin.r
    poles = [s for s in figure.layout.shapes if s.type == "line"]
    flags = [a for a in figure.layout.annotations if ": " in a.text]
    assert len(poles) == len(flags) == 11
    top = figure.layout.yaxis.range[1]
    high = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    assert all(pole.y1 <= top for pole in poles)
    for flag in flags:
        lines = [line.replace("&amp;", "&") for line in flag.text.split("<br>")]
        start = (flag.x - left) / (right - left) * across
        end = start + max(text_width(line, SMALL) for line in lines)
        low = flag.y - len(lines) * SMALL * 1.3 * top / high
        assert end <= across + 1
        for pole in poles:
            at = (pole.x0 - left) / (right - left) * across
            assert not (start + 1 < at < end - 1 and pole.y1 > low and pole.y0 < flag.y)


def test_differences_tell_clear_from_unclear():
    frame = two_years(("A", "B", "C"))
    frame.loc[frame["difference"].notna(), "difference"] = [0.2, -0.1, 0.05]
    frame.loc[frame["difference"].notna(), "p_adjusted"] = [0.01, 0.04, 0.6]
    figure = charts.differences(frame)
    marks = figure.data[0]
    assert list(marks.x) == [0.2, -0.1, 0.05]
    assert marks.y[0] < marks.y[2] < marks.y[1]
    assert [colour == "#FFFFFF" for colour in marks.marker.color] == [False, False, True]
    assert CLEAR_NAME in [trace.name for trace in figure.data]
    assert figure.layout.xaxis.range[0] < 0 < figure.layout.xaxis.range[1]
    assert {"+20.0", "+5.0", "−10.0"} <= {a.text for a in figure.layout.annotations}


def test_three_groups_of_differences_are_refused():
    frame = two_years(("A",))
    third = frame[frame["difference"].notna()].assign(group="2024-25")
    with pytest.raises(ValueError, match="two groups"):
        charts.differences(pd.concat([frame, third]))


def themes_frame() -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            (0, -1, 0, "Small main", 20),
            (1, -1, 0, "Large main", 60),
            (2, 0, 1, "Under small", 20),
            (3, 1, 1, "Under large", 40),
            (4, 1, 1, NASTY, 20),
        ],
        columns=["theme", "parent", "level", "label", "size"],
    )
    share = frame["size"] / 100
    return frame.assign(share=share, low=share - 0.01, high=share + 0.01)


def test_sub_themes_stand_beneath_their_main_theme():
    figure = charts.theme_sizes(themes_frame(), unplaced=(20, 0.2))
    names = ("Small main", "Large main", "Under small", "Under large", "In no theme")
    said = [a.text.removeprefix("<b>").removesuffix("</b>") for a in figure.layout.annotations]
    rows = [text for text in said if text in names]
    assert rows == ["Large main", "Under large", "Small main", "Under small", "In no theme"]
    assert [list(trace.x) for trace in figure.data] == [[0.6, 0.2], [0.4, 0.2, 0.2], [0.2]]


def map_frame() -> pd.DataFrame:
    rng = np.random.default_rng(3)
    points = rng.normal(size=(60, 2))
    return pd.DataFrame(
        {
            "x": points[:, 0],
            "y": points[:, 1],
            "theme": (["First"] * 30) + (["Second"] * 20) + [None] * 10,
            "period": "2022-23",
            "case_id": [f"C{place}" for place in range(60)],
            "text": "the words of the case",
        }
    )


def test_the_map_never_holds_a_text():
    figure = charts.theme_map(map_frame())
    assert "the words of the case" not in figure.to_json()
    assert sum(len(trace.x) for trace in figure.data) == 60
    assert ["First", "2022-23 · case C0"] in [
        list(row) for t in figure.data for row in t.customdata
    ]


def test_the_map_is_plain_in_print_and_quick_on_screen():
    assert {trace.type for trace in charts.theme_map(map_frame()).data} == {"scatter"}
    assert {t.type for t in charts.theme_map(map_frame(), screen=True).data} == {"scattergl"}


def test_names_on_the_map_do_not_overlap():
    boxes = [(300.0, 200.0 + place, 150.0, 40.0, place) for place in range(9)]
    settled = _moved_apart(boxes, 660)
    for one in settled:
        for other in settled:
            if one is not other:
                apart = abs(one[1] - other[1]) >= (one[3] + other[3]) / 2
                assert apart or abs(one[0] - other[0]) >= (one[2] + other[2]) / 2


def test_cells_say_their_numbers_in_ink_that_can_be_read():
    frame = pd.DataFrame(
        [(r, c, (i + j) / 12, i + j) for i, r in enumerate("abcdef") for j, c in enumerate("xyz")],
        columns=["row", "column", "share", "n"],
    )
    frame.loc[0, ["share", "n"]] = np.nan
    figure = charts.heatmap(frame)
    cells = figure.data[0]
    grounds = [s.fillcolor for s in figure.layout.shapes if s.type == "rect"]
    assert len(grounds) == len(cells.text) == 18
    assert cells.text[0] == "–"
    assert cells.text[1] == "8.3%<br>(1)"
    pairs = zip(cells.textfont.color, grounds, strict=True)
    assert all(contrast(ink, ground) >= 4.5 for ink, ground in pairs)


def test_tone_panels_share_one_scale_and_leave_gaps():
    months = pd.date_range("2022-09-01", periods=4, freq="MS")
    frame = pd.DataFrame(
        [(m, d, 90, 0.2, 0.1, 0.3) for d in ("concern", "urgency", "thanks") for m in months],
        columns=["month", "dimension", "base", "share", "low", "high"],
    )
    frame.loc[1, ["share", "low", "high"]] = np.nan
    frame.loc[2, "base"] = FEW - 1
    figure = charts.tone_course(frame)
    assert len(figure.data) == 3
    assert math.isnan(figure.data[0].y[1])
    assert not figure.data[0].connectgaps
    assert math.isnan(figure.data[0].y[2])
    assert f"fewer than {FEW} are left open" in " ".join(words_of(figure)).replace("<br>", " ")
    assert figure.data[0].customdata[0][0].endswith("of 90")
    assert len({tuple(axis.range) for axis in figure.select_yaxes()}) == 1
    assert not figure.layout.shapes


def test_tone_panels_show_the_terms_of_their_months_as_bands():
    months = pd.date_range("2022-09-01", periods=4, freq="MS")
    frame = pd.DataFrame(
        [(m, d, 90, 0.2, 0.1, 0.3) for d in ("concern", "urgency") for m in months],
        columns=["month", "dimension", "base", "share", "low", "high"],
    )
    terms = pd.DataFrame(
        {
            "name": ["Autumn", "Summer"],
            "start": pd.to_datetime(["2022-09-05", "2024-04-15"]),
            "end": pd.to_datetime(["2022-12-16", "2024-07-20"]),
        }
    )
    bands = charts.tone_course(frame, terms).layout.shapes
    assert [band.xref for band in bands] == ["x", "x2"]
    assert all(pd.Timestamp(band.x0) < pd.Timestamp(band.x1) for band in bands)


def test_urgency_shows_shares_where_the_frame_has_them():
    frame = pd.DataFrame(
        {
            "bin": ["low", "high"] * 2,
            "n": [90, 10, 40, 10],
            "period": [*YEARS[:1] * 2, *YEARS[1:] * 2],
        }
    )
    counts = charts.urgency(frame)
    assert [list(trace.y) for trace in counts.data] == [[90, 10], [40, 10]]
    shares = charts.urgency(frame.assign(share=[0.9, 0.1, 0.8, 0.2]))
    assert [list(trace.y) for trace in shares.data] == [[0.9, 0.1], [0.8, 0.2]]
    assert shares.data[1].marker.pattern.shape == look(1).pattern


EMPTY = {
    "shares": ["label", "group", "n", "base", "share", "low", "high", "note"],
    "takedowns": ["period", "platform", "n", "base", "share", "low", "high"],
    "bars": ["label", "n"],
    "months": ["period", "month", "place", "n", "event"],
    "differences": [
        "label",
        "group",
        "difference",
        "difference_low",
        "difference_high",
        "p_adjusted",
    ],
    "theme_sizes": ["theme", "parent", "level", "label", "size", "share", "low", "high"],
    "theme_map": ["x", "y", "theme", "period", "case_id"],
    "heatmap": ["row", "column", "share", "n"],
    "tone_course": ["month", "dimension", "base", "share", "low", "high"],
    "urgency": ["bin", "n", "period"],
}


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_show_is_said(name):
    figure = getattr(charts, name)(pd.DataFrame(columns=EMPTY[name]), title="Title")
    assert "No cases to show" in words_of(figure)


def test_every_chart_has_its_place():
    for name in charts.__all__:
        assert callable(getattr(charts, name))
    with pytest.raises(AttributeError):
        charts.pie  # noqa: B018


def test_the_room_opens_without_the_drawing_library():
    code = "import sys, workbench.charts; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
