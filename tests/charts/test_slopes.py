"""Slopes: lines from period to period, with words at both ends that do not overlap."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.boxes import assert_words_fit
from tests.charts.comparisons import CLEAR_AND_NOT, awkward, compared
from tests.charts.frames import words_of
from workbench.charts.apart import push_apart
from workbench.charts.slopes import FALL, QUIET, RISE, slope
from workbench.charts.style import PAPER, contrast

boxes = st.lists(st.tuples(st.floats(0, 400), st.floats(10, 60)), min_size=1, max_size=12)


@given(boxes)
def test_boxes_pushed_apart_keep_their_order_and_do_not_overlap(found):
    wanted, tall = [list(side) for side in zip(*found, strict=True)]
    middles = push_apart(wanted, tall)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    for one, other in pairwise(order):
        gap = middles[other] - middles[one]
        assert gap >= (tall[one] + tall[other]) / 2 - 1e-6


@given(boxes)
def test_boxes_stay_within_their_span_where_there_is_room(found):
    wanted, tall = [list(side) for side in zip(*found, strict=True)]
    span = (0.0, sum(tall) + 50)
    for middle, height in zip(push_apart(wanted, tall, span), tall, strict=True):
        assert middle - height / 2 >= span[0] - 1e-6
        assert middle + height / 2 <= span[1] + 1e-6


def test_boxes_that_are_apart_stay_where_they_are():
    assert push_apart([10, 100, 50], [20, 20, 20]) == pytest.approx([10, 100, 50])
    assert push_apart([50, 50], [20, 20]) == pytest.approx([40, 60])
    assert push_apart([], []) == []


def four_years():
    counts = {"Rises": (10, 20, 40, 60), "Level": (30, 31, 29, 30), "Falls": (90, 60, 20, 5)}
    years = ("2020-21", "2021-22", "2022-23", "2023-24")
    return compared(counts, bases=(100, 100, 100, 100), groups=years, by="period")


def test_a_line_goes_through_every_period():
    figure = slope(four_years())
    assert_words_fit(figure)
    assert [len(trace.x) for trace in figure.data] == [3 + 1] * 3
    assert any(
        t.customdata[0][0].startswith("Falls, 2020-21: 90.0% (90 of 100") for t in figure.data
    )
    heights = {trace.customdata[0][0].split(",")[0]: list(trace.y) for trace in figure.data}
    assert heights["Rises"][0] > heights["Rises"][-1]  # pixels from above
    assert heights["Falls"] == sorted(heights["Falls"])
    for trace in figure.data:  # intervals at both ends alone
        assert trace.error_y.array[0] > 0
        assert trace.error_y.array[1] == trace.error_y.array[2] == 0


def test_heights_follow_the_shares():
    figure = slope(four_years())
    shares = {"Rises": 0.1, "Level": 0.3, "Falls": 0.9}
    at = {trace.customdata[0][0].split(",")[0]: trace.y[0] for trace in figure.data}
    unit = (at["Rises"] - at["Falls"]) / 0.8
    zero = at["Rises"] + 0.1 * unit
    for name, share in shares.items():
        assert at[name] == pytest.approx(zero - share * unit)


def test_clear_changes_stand_out_by_more_than_colour():
    figure = slope(four_years())
    looks = {t.customdata[0][0].split(",")[0]: (t.line.color, t.line.width) for t in figure.data}
    assert looks["Rises"] == (RISE, 3.5)
    assert looks["Falls"] == (FALL, 3.5)
    assert looks["Level"] == (QUIET, 1.3)
    said = words_of(figure)
    assert "<b>60.0% ▲ +50.0 Rises</b>" in said
    assert "<b>5.0% ▼ −85.0 Falls</b>" in said
    assert "30.0% (0.0) Level" in said
    for colour in (RISE, FALL, QUIET):
        assert contrast(colour, PAPER) >= 3


def test_clear_changes_come_before_large_shares():
    frame = compared({"Small": (0, 400), **{f"Large {i}": (40, 1092) for i in range(9)}})
    said = words_of(slope(frame, top=2))
    assert any("Small" in words for words in said)
    assert any("2 of 10 rows are shown" in words.replace("<br>", " ") for words in said)


def test_never_more_than_twelve_lines():
    assert len(slope(awkward()["forty rows"], top=40).data) == 12


def test_a_share_that_is_not_known_leaves_its_end_open():
    frame = four_years().astype({"n": "float64"})
    last = frame["label"].eq("Level") & frame["group"].eq("2023-24")
    frame.loc[last, ["n", "share"]] = float("nan")
    figure = slope(frame)
    line = next(t for t in figure.data if t.customdata[0][0].startswith("Level"))
    assert len(line.x) == 3
    assert sum("Level" in words and "," not in words for words in words_of(figure)) == 1


def test_one_period_five_periods_and_a_wrong_first_are_refused():
    frame = four_years()
    with pytest.raises(ValueError, match="two to four"):
        slope(frame, groups=["2020-21"])
    five = compared({"A": (1,) * 5}, bases=(9,) * 5, groups=tuple("abcde"))
    with pytest.raises(ValueError, match="two to four"):
        slope(five)
    with pytest.raises(ValueError, match="name it first"):
        slope(frame, groups=["2023-24", "2020-21"])


def test_groups_pick_the_periods():
    figure = slope(four_years(), groups=["2020-21", "2022-23"])
    assert [len(trace.x) for trace in figure.data] == [2, 2, 2]
    assert any("2022-23" in words for words in words_of(figure))


def test_plain_pairs_have_their_lines_too():
    assert len(slope(compared(CLEAR_AND_NOT)).data) == 3
