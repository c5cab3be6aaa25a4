"""Rates, arrivals and replies draw what stands in their frames, in words that fit."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from plotly.graph_objects import Bar, Figure

from tests.charts.frames import words_of
from tests.compare.years import CALENDAR, FIRST, HOURS, SECOND, log_of, log_of_days, make_years
from workbench.charts.alt import LONGEST
from workbench.charts.alt_seasons import alt_arrivals, alt_rates, alt_replies
from workbench.charts.flags import Event, place_flags
from workbench.charts.hours import arrivals as draw_arrivals
from workbench.charts.hours import replies as draw_replies
from workbench.charts.labels import text_width
from workbench.charts.per_day import rates as draw_rates
from workbench.charts.style import MARGIN, SMALL, WIDTH, contrast, look
from workbench.charts.timeline import ACROSS, ticks
from workbench.compare.arrivals import arrivals
from workbench.compare.rates import rate_per_day
from workbench.compare.seasons import term_spans

STUDY = make_years()


def cells_of(figure: Figure) -> list[Bar]:
    return [trace for trace in figure.data if trace.type == "bar"]


def weekdays(day: pd.Timestamp) -> int:
    return 0 if day.day_of_week > 4 else 4 if day < pd.Timestamp("2023-09-01") else 2


@pytest.fixture(scope="module")
def months() -> pd.DataFrame:
    return rate_per_day(log_of_days(weekdays), STUDY)


@pytest.fixture(scope="module")
def grid() -> pd.DataFrame:
    times = ["2022-10-05 09:30", "2022-10-05 09:59", "2022-10-05 11:00", "2022-10-09 23:00"]
    return arrivals(log_of([*times, "2022-10-06", "2023-10-05 12:00"]))


@pytest.fixture
def curve() -> pd.DataFrame:
    rows = [
        (group, hours, 10 * hours * rise, 100, hours * rise / 10, 0.1, 0.9)
        for group, rise in ((FIRST, 1.0), (SECOND, 1.5))
        for hours in (0, 3, 6)
    ]
    columns = ["group", "hours", "n", "base", "share", "low", "high"]
    return pd.DataFrame(rows, columns=pd.Index(columns))


def test_rates_by_month_have_intervals_and_gaps_in_holidays(months: pd.DataFrame) -> None:
    figure = draw_rates(months, term_spans(CALENDAR))
    first, second = figure.data
    assert (first.name, second.name) == (FIRST, SECOND)
    assert first.y[0] == 4
    assert second.y[0] == 2
    assert math.isnan(first.y[11])  # August
    row = months.iloc[0]
    assert first.error_y.array[0] == pytest.approx(row["high"] - row["rate"])
    assert first.error_y.arrayminus[0] == pytest.approx(row["rate"] - row["low"])
    assert first.x[0] < 1 < second.x[0]  # side by side, so that intervals do not overlap
    assert first.line.dash != second.line.dash
    assert any("Press coverage" in said for said in words_of(figure))
    assert any("September 2022: 4.0 a school day" in said for said in words_of(figure))


def test_rates_can_run_on_and_leave_a_period_out(months: pd.DataFrame) -> None:
    running = draw_rates(months, axis="running")
    assert max(running.data[0].x) < min(running.data[1].x)
    one = draw_rates(months, groups=[SECOND])
    assert [trace.name for trace in one.data] == [SECOND]


def test_rates_by_term_pair_the_terms_of_both_years() -> None:
    frame = rate_per_day(log_of_days(weekdays), STUDY, unit="term")
    figure = draw_rates(frame)
    assert [trace.name for trace in figure.data] == [FIRST, SECOND]
    assert list(figure.data[0].x) == [4, 4, 4]
    words = words_of(figure)
    assert {"Autumn", "Spring", "Summer", "4.0", "2.0"} <= set(words)
    assert "Outside terms" not in words
    assert list(figure.layout.xaxis.ticktext)[:2] == ["0", "1"]  # rates, not shares


def test_rates_by_period_stand_one_a_row() -> None:
    figure = draw_rates(rate_per_day(log_of_days(weekdays), STUDY, unit="period"))
    assert [trace.x[0] for trace in figure.data] == [4, 2]
    assert not figure.layout.showlegend


def test_an_empty_frame_of_rates_says_so(months: pd.DataFrame) -> None:
    for frame in (months.head(0), months.head(0).drop(columns="month")):
        assert "No cases to show" in words_of(draw_rates(frame))
    assert "none to show" in alt_rates(months.head(0))


@pytest.mark.parametrize("limit", [0.6, 3, 18.5, 420, 12_000])
def test_ticks_are_round_and_within_the_axis(limit: float) -> None:
    values, words = ticks(limit)
    assert values[0] == 0
    assert limit / 2 < values[-1] <= limit * (1 + 1e-9)
    assert [float(word.replace(",", "")) for word in words] == pytest.approx(values)


def test_flags_stay_inside_and_apart() -> None:
    events = [
        Event(float(x), 5.0, "Apr 2023: words that go on for a while " * 2) for x in range(12)
    ]
    flags = place_flags(events, first=-0.5, scale=ACROSS / 12, across=ACROSS)
    assert len(flags) == 12
    for flag in flags:
        assert flag.left >= 0
        assert flag.left + flag.width <= ACROSS + MARGIN
        assert all(text_width(line, SMALL) <= flag.width + 1e-6 for line in flag.lines)
    for one in flags:
        for other in flags:
            across = one.left < other.left + other.width and other.left < one.left + one.width
            level = one.lift < other.lift + other.height and other.lift < one.lift + one.height
            assert one is other or not (across and level)


def test_each_cell_says_its_share(grid: pd.DataFrame) -> None:
    figure = draw_arrivals(grid, HOURS)
    first, second = cells_of(figure)
    assert sorted(filter(None, first.text)) == ["25.0", "25.0", "50.0"]
    assert first.x[first.text.index("50.0")] == 9.5
    assert [text for text in second.text if text] == ["100.0"]
    assert any("Wednesday, 9 to 10 h: 2 cases (50.0%)" in words for words in words_of(figure))
    assert any("4 cases with a time" in words for words in words_of(figure))


def test_words_in_cells_keep_their_contrast(grid: pd.DataFrame) -> None:
    for trace in cells_of(draw_arrivals(grid)):
        pairs = list(zip(trace.marker.color, trace.insidetextfont.color, strict=True))
        assert len(pairs) == 7 * 24
        assert min(contrast(ground, ink) for ground, ink in pairs) >= 4.5


def test_staffed_hours_are_outlined_run_by_run(grid: pd.DataFrame) -> None:
    hours = HOURS.model_copy(update={"days": ("Monday", "Tuesday", "Saturday")})
    figure = draw_arrivals(grid, hours, groups=[FIRST])
    lines = figure.layout.shapes
    assert {(shape.x0, shape.x1) for shape in lines} == {(10, 16)}
    assert len({(shape.y0, shape.y1) for shape in lines}) == 2
    assert any("Outlined: staffed hours, 10:00 to 16:00" in words for words in words_of(figure))
    assert not draw_arrivals(grid).layout.shapes


def test_hidden_counts_show_as_dashes_and_never_as_none(grid: pd.DataFrame) -> None:
    hidden = grid.assign(n=grid["n"].where(grid["n"] > 1), share=grid["share"].where(grid["n"] > 1))
    first = cells_of(draw_arrivals(hidden))[0]
    assert list(first.text).count("–") == 7 * 24 - 1
    assert any("hidden number" in words for words in words_of(draw_arrivals(hidden)))


def test_small_shares_are_not_called_nought(grid: pd.DataFrame) -> None:
    small = grid.assign(share=grid["share"].where(grid["share"] != 0.25, 0.0002))
    assert "&lt;0.1" in cells_of(draw_arrivals(small))[0].text


def test_without_times_there_is_nothing_to_draw() -> None:
    frame = arrivals(log_of(["2022-10-05"]))
    assert alt_arrivals(frame).startswith("Empty grid")
    nothing = draw_arrivals(frame.head(0))
    assert "No cases to show" in words_of(nothing)


def test_replies_mark_the_aim_and_say_what_was_reached(curve: pd.DataFrame) -> None:
    figure = draw_replies(curve, aim=3)
    assert [trace.name for trace in figure.data] == [FIRST, SECOND]
    assert figure.data[0].line.dash != figure.data[1].line.dash
    assert [shape.x0 for shape in figure.layout.shapes] == [3]
    said = next(words for words in words_of(figure) if "Aim: 3 staffed hours" in words)
    assert "2022-23: 30.0% (10.0% to 90.0%)" in said
    assert "2023-24: 45.0%" in said
    assert any("30.0% within 3 staffed hours" in words for words in words_of(figure))


def test_replies_without_an_aim_or_beyond_the_axis_mark_none(curve: pd.DataFrame) -> None:
    for figure in (draw_replies(curve), draw_replies(curve, aim=9)):
        assert not figure.layout.shapes
    assert "No cases to show" in words_of(draw_replies(curve.head(0)))


def test_words_about_the_aim_stand_where_the_lines_are_not(curve: pd.DataFrame) -> None:
    def height(frame: pd.DataFrame) -> float:
        figure = draw_replies(frame, aim=3)
        return next(a.y for a in figure.layout.annotations if "Aim" in a.text)

    assert height(curve) < 0.1
    assert height(curve.assign(share=curve["share"] / 3)) == 1


def test_groups_keep_their_looks(months: pd.DataFrame, curve: pd.DataFrame) -> None:
    everyone = [FIRST, SECOND]
    second = look(1)
    line = draw_rates(months[months["period"] == SECOND], groups=everyone).data[0]
    assert line.marker.symbol == second.symbol
    assert draw_replies(curve[curve["group"] == SECOND], groups=everyone).data[0].line.dash == (
        second.dash
    )


def test_nothing_runs_off_the_grid(grid: pd.DataFrame) -> None:
    figure = draw_arrivals(grid, HOURS)
    cell = (WIDTH - figure.layout.margin.l - figure.layout.margin.r) / 24
    assert text_width("10.5", SMALL) < cell
    assert text_width("<0.1", SMALL) < cell


def test_alternative_texts_say_the_main_numbers(
    months: pd.DataFrame, grid: pd.DataFrame, curve: pd.DataFrame
) -> None:
    said = alt_rates(months)
    assert said.startswith("Line chart of cases per school day in each month")
    assert "2023-24: most in September 2023 (2.0)" in said
    assert "Marked: March 2023, Press coverage" in said
    assert "2022-23 of 4 cases with a time: most on Wednesday 9 to 10 h 50.0%" in alt_arrivals(grid)
    replied = alt_replies(curve, aim=3)
    assert "2023-24: 45.0% within the aim of 3 hours, half within 6 hours" in replied
    assert "no replies" in alt_replies(curve.head(0))
    for text in (said, alt_arrivals(grid), replied):
        assert len(text) <= LONGEST
