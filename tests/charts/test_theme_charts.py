"""Alignment, stability, levels, trends and saturation draw what stands in their frames."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from tests.charts.frames import NASTY, words_of
from workbench import charts
from workbench.charts import alt
from workbench.charts.codebook import FRAME
from workbench.charts.style import INK, PALETTE, PAPER, WIDTH, contrast
from workbench.charts.theme_rows import FILLS

CODES = [("c1", "First code"), ("c2", "Second code"), ("c3", "Third code")]


def alignment_frame(codes=CODES, labels=("Of third", "Of first", NASTY)) -> pd.DataFrame:
    """Theme 0 meets the last code, theme 1 the first, theme 2 none; theme -1 is no theme."""
    rows = []
    for theme, label in [*enumerate(labels), (-1, "In no theme")]:
        for place, (code, name) in enumerate(codes):
            meets = (theme, place) in ((0, len(codes) - 1), (1, 0))
            share = 0.9 if meets else 0.1
            rows.append(
                {
                    "theme": theme,
                    "label": label,
                    "code": code,
                    "name": name,
                    "n": 10 * share,
                    "size": 10,
                    "total": 12,
                    "share_of_theme": share,
                    "low": share,
                    "high": share,
                    "share_of_code": 0.5 if meets else 0.25,
                    "share_of_all": 0.4,
                    "base": 30,
                    "lift": 2.0 if meets else 0.5,
                    "relation": "same" if meets else "in no theme" if theme == -1 else "apart",
                }
            )
    return pd.DataFrame(rows)


def row_labels(figure) -> list[str]:
    """The words beside the rows, from above."""
    own = [a for a in figure.layout.annotations if a.xref == "paper" and a.yref == "y" and a.x == 0]
    return [a.text.replace("<b>", "").replace("</b>", "") for a in sorted(own, key=lambda a: a.y)]


def test_themes_stand_in_the_order_of_their_codes():
    figure = charts.alignment(alignment_frame())
    labels = row_labels(figure)
    assert [labels[0], *labels[2:]] == ["Of first", "Of third", "In no theme", "All texts"]
    cells = figure.data[0]
    said = {(x, y): text for x, y, text in zip(cells.x, cells.y, cells.text, strict=True)}
    assert said[0, labels.index("Of first")] == "<b>90%</b>"
    assert said[2, labels.index("Of third")] == "<b>90%</b>"
    assert said[1, labels.index("Of first")] == "10%"
    assert [said[x, labels.index("All texts")] for x in range(3)] == ["40%"] * 3


def test_without_unplaced_texts_there_is_no_row_of_them():
    frame = alignment_frame()
    none = frame["theme"] == -1
    frame.loc[none, "size"] = 0
    frame.loc[none, "share_of_theme"] = math.nan
    figure = charts.alignment(frame)
    assert "In no theme" not in row_labels(figure)
    assert any("In no theme: 0 of 30 texts" in said for said in words_of(figure))


def test_a_share_that_is_not_known_is_a_dash():
    frame = alignment_frame()
    frame.loc[frame["theme"] == 2, ["share_of_theme", "low", "high"]] = math.nan
    assert list(charts.alignment(frame).data[0].text).count("–") == 3


def test_only_cells_that_meet_are_framed():
    figure = charts.alignment(alignment_frame())
    framed = [s for s in figure.layout.shapes if s.type == "rect" and s.line.color == FRAME]
    assert len(framed) == 2
    assert contrast(FRAME, PAPER) >= 3
    assert contrast(FRAME, PALETTE[0]) >= 3
    cells = [s for s in figure.layout.shapes if s.type == "rect"]
    inks = figure.data[0].textfont.color
    assert all(contrast(ink, s.fillcolor) >= 4.5 for ink, s in zip(inks, cells, strict=True))
    assert any("In no theme: 10 of 30 texts" in said for said in words_of(figure))


def test_shares_of_the_code_have_no_row_of_all_texts():
    figure = charts.alignment(alignment_frame(), of="code")
    assert "All texts" not in row_labels(figure)
    assert set(figure.data[0].text) == {"25%", "<b>50%</b>"}


def test_names_that_do_not_fit_are_explained_in_a_key():
    many = [(f"{place}.1", f"Impersonation number {place}") for place in range(12)]
    figure = charts.alignment(alignment_frame(many))
    heads = [a.text for a in figure.layout.annotations if a.yref == "paper" and a.y == 1]
    assert heads[:2] == ["<b>0.1</b>", "<b>1.1</b>"]
    assert "11.1 Impersonation number 11" in figure.layout.annotations[-1].text
    wordy = [(f"impersonation_{place}", name) for place, (_, name) in enumerate(many)]
    figure = charts.alignment(alignment_frame(wordy))
    heads = [a.text for a in figure.layout.annotations if a.yref == "paper" and a.y == 1]
    assert heads[:2] == ["<b>1</b>", "<b>2</b>"]
    assert "12 Impersonation number 11" in figure.layout.annotations[-1].text


def themes_frame() -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            (7, -1, 0, "Small main", 20, 0.5),
            (1, -1, 0, "Large main", 60, 0.9),
            (2, 7, 1, "Under small", 20, 0.76),
            (3, 1, 1, "Under large", 40, 0.7),
            (4, 1, 1, NASTY, 20, 0.6),
            (5, 3, 2, "Finer", 15, 0.4),
        ],
        columns=["theme", "parent", "level", "label", "size", "stability"],
    )
    share = frame["size"] / 100
    own = {"share": share, "low": share - 0.01, "high": share + 0.03}
    spread = {
        "stability_low": frame["stability"] - 0.1,
        "stability_high": frame["stability"] + 0.05,
    }
    return frame.assign(**own, **spread)


def shown_rows(figure) -> list[str]:
    return [text for text in row_labels(figure) if "bold" not in text]


def test_levels_nest_and_finer_themes_come_on_request():
    figure = charts.levels(themes_frame(), unplaced=(20, 0.2))
    assert shown_rows(figure) == [
        "Large main",
        "Under large",
        "Small main",
        "Under small",
        "In no theme",
    ]
    assert [trace.x[0] for trace in figure.data] == [0.6, 0.4, 0.2, 0.2, 0.2, 0.2]
    deeper = charts.levels(themes_frame(), depth=2)
    assert shown_rows(deeper)[:3] == ["Large main", "Under large", "Finer"]
    shifts = {a.text: a.xshift for a in deeper.layout.annotations}
    assert shifts["<b>Large main</b>"] < shifts["Under large"] < shifts["Finer"]


def test_bars_carry_their_intervals_and_the_unplaced_bar_is_hatched():
    figure = charts.levels(themes_frame(), unplaced=(20, 0.2))
    first, last = figure.data[0], figure.data[-1]
    assert first.error_x.array[0] == pytest.approx(0.03)
    assert first.error_x.arrayminus[0] == pytest.approx(0.01)
    assert last.error_x.array is None
    assert (first.marker.pattern.shape, last.marker.pattern.shape) == (None, "/")
    assert {"60.0% (60)", "20.0% (20)"} <= set(words_of(figure))
    assert all(contrast(INK, fill) >= 3 for fill in FILLS)
    middles = [trace.y[0] for trace in figure.data]
    assert all(one < other for one, other in pairwise(middles))


def test_stability_marks_the_two_thresholds_and_hollows_what_is_doubtful():
    figure = charts.stability(themes_frame(), unplaced=0.087)
    rules = [s for s in figure.layout.shapes if s.type == "line"]
    assert sorted(rule.x0 for rule in rules) == [0.6, 0.75]
    main, sub = figure.data[:2]
    assert dict(zip(main.x, main.marker.color, strict=True))[0.5] == PAPER
    assert PAPER not in sub.marker.color  # 0.60 itself is not under 0.60
    assert list(main.x) == [0.9, 0.5]
    assert list(figure.layout.xaxis.range) == [0, 1]
    assert "8.7% of texts are in no theme" in figure.layout.xaxis.title.text.replace("<br>", " ")
    assert {"0.90", "0.76"} <= set(words_of(figure))


def trends_frame(groups) -> pd.DataFrame:
    rows = [
        (theme, label, group, 5, 50, share, share - 0.08, share + 0.08, share - 0.04, share + 0.04)
        for theme, label, share in ((3, "Three", 0.3), (1, NASTY, 0.1), (-1, "x", 0.08))
        for group in groups
    ]
    numbers = ["n", "base", "share", "low", "high", "low_cases", "high_cases"]
    return pd.DataFrame(rows, columns=["theme", "label", "group", *numbers])


MONTHS = ["2022-09", "2022-10", "2022-11", "2022-12"]


def lines_of(figure) -> list:
    return [t for t in figure.data if t.mode == "lines+markers" and len(t.x) > 1]


@pytest.mark.parametrize(
    "groups",
    [MONTHS, list(pd.PeriodIndex(MONTHS, freq="M")), list(pd.to_datetime(MONTHS))],
    ids=["words", "periods", "dates"],
)
def test_months_stand_on_an_axis_of_time(groups):
    figure = charts.trends(trends_frame(groups))
    [first, *_] = lines_of(figure)
    assert list(first.x) == list(pd.to_datetime(MONTHS))
    assert list(first.y) == [0.3] * 4
    assert len(lines_of(figure)) == 3
    assert len({tuple(axis.range) for axis in figure.select_yaxes()}) == 1
    headings = [a.text for a in figure.layout.annotations]
    assert headings[0] == "<b>Three</b>"
    assert headings[2] == "<b>In no theme</b>"


def test_the_band_of_both_lies_about_that_of_the_cases():
    figure = charts.trends(trends_frame(MONTHS))
    both, cases = [t for t in figure.data if t.fill == "toself"][:2]
    assert (min(both.y), max(both.y)) == pytest.approx((0.22, 0.38))
    assert (min(cases.y), max(cases.y)) == pytest.approx((0.26, 0.34))
    assert contrast(both.line.color, PAPER) >= 3
    assert both.fillcolor != cases.fillcolor


def test_a_month_that_is_not_known_leaves_a_gap():
    frame = trends_frame(MONTHS)
    frame.loc[1, ["share", "low", "high", "low_cases", "high_cases"]] = np.nan
    figure = charts.trends(frame)
    assert math.isnan(lines_of(figure)[0].y[1])
    assert not lines_of(figure)[0].connectgaps
    bands = [t for t in figure.data if t.fill == "toself" and t.xaxis == "x"]
    assert len(bands) == 4  # before the gap and after it, each twice
    gap = pd.Timestamp("2022-10-01")
    assert not any(min(t.x) <= gap <= max(t.x) for t in bands)


def test_groups_are_not_joined_by_a_line():
    figure = charts.trends(trends_frame(["Primary", "Secondary"]))
    assert not lines_of(figure)
    assert list(figure.layout.xaxis.ticktext) == ["Primary", "Secondary"]


def test_themes_beyond_the_top_are_said_to_be_left_out():
    figure = charts.trends(trends_frame(MONTHS), top=1)
    assert len(lines_of(figure)) == 2
    assert any("the first 1 of 2 themes are shown" in said for said in words_of(figure))


def saturation_frame() -> pd.DataFrame:
    met = [4.0, 9.0, 11.5]
    return pd.DataFrame(
        {
            "share": [0.1, 0.5, 1.0],
            "n": [100, 500, 1000],
            "themes": 12,
            "met": met,
            "low": [m - 1 for m in met],
            "high": [m + 0.5 for m in met],
        }
    )


def test_saturation_climbs_to_all_themes():
    figure = charts.saturation(saturation_frame().iloc[::-1])
    rule, band, line = figure.data
    assert list(line.x) == [100, 500, 1000]
    assert list(line.y) == [4.0, 9.0, 11.5]
    assert list(band.y) == [3.0, 8.0, 10.5, 12.0, 9.5, 4.5]
    assert (list(rule.y), rule.line.dash) == ([12, 12], "dash")
    assert any("All 12 themes" in said for said in words_of(figure))


DRAWN = {
    "alignment": alignment_frame,
    "stability": themes_frame,
    "levels": themes_frame,
    "trends": lambda: trends_frame(MONTHS),
    "saturation": saturation_frame,
}


@pytest.mark.parametrize("name", DRAWN)
def test_labels_do_not_run_as_markup_and_nothing_leaves_the_figure(name):
    figure = getattr(charts, name)(DRAWN[name](), title="Title")
    assert "<b>bold" not in " ".join(words_of(figure))
    assert "%{y}" not in " ".join(str(t.customdata) for t in figure.data)
    assert figure.layout.width == WIDTH
    assert figure.layout.margin.l + figure.layout.margin.r < WIDTH
    assert not any(axis.tickangle for axis in figure.select_xaxes())


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_to_show_is_said(name):
    figure = getattr(charts, name)(DRAWN[name]().iloc[:0], title="Title")
    assert "No cases to show" in words_of(figure)
    assert "no cases" in getattr(alt, f"alt_{name}")(DRAWN[name]().iloc[:0])


def test_alternative_texts_say_the_main_numbers():
    assert "3 themes by 3 codes" in alt.alt_alignment(alignment_frame())
    assert "2 pairs meet" in alt.alt_alignment(alignment_frame())
    assert "Of third and Third code 90.0%" in alt.alt_alignment(alignment_frame())
    said = alt.alt_stability(themes_frame())
    assert "5 themes" in said
    assert "2 from 0.75 up, 1 under 0.60" in said
    assert "Least stable: Small main 0.50" in said
    assert "2 main themes and 3 sub-themes" in alt.alt_levels(themes_frame())
    assert "Below them 1 finer theme" in alt.alt_levels(themes_frame(), depth=2)
    assert "Three: 30.0% to 30.0%" in alt.alt_trends(trends_frame(MONTHS))
    assert "4.0 after 100 texts, 9.0 after 500 texts" in alt.alt_saturation(saturation_frame())
