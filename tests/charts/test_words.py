"""Charts of words: sides, intervals, what is hollow, and no case text."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from tests.charts.frames import NASTY, words_of
from workbench.charts.alt import LONGEST
from workbench.charts.alt_words import alt_keyness, alt_word_shift
from workbench.charts.effects import CLEAR_NAME, UNCLEAR_NAME
from workbench.charts.labels import text_width
from workbench.charts.style import SMALL, WIDTH
from workbench.charts.words import keyness, word_shift
from workbench.compare.keyness import keyness as compare_words
from workbench.compare.shift import WordShift, say_shift
from workbench.compare.shift import word_shift as compare_shift

NAMES = ("2022-23", "2023-24")
LATER = ["a fake page of the school", "pupils in a group"] * 30
EARLIER = ["a protest at the school", "pupils at a gate"] * 40 + ["fake fake fake"]


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return compare_words(LATER, EARLIER, stop=["a", "at", "in", "of", "the"])


@pytest.fixture(scope="module")
def shift() -> WordShift:
    return compare_shift(LATER, EARLIER, draws=40)


def _dots(figure):  # type: ignore[no-untyped-def]
    return [
        trace for trace in figure.data if trace.customdata is not None and len(trace.customdata)
    ]


def test_each_side_points_its_way_with_its_interval_inside_the_plot(frame: pd.DataFrame) -> None:
    figure = keyness(frame, names=NAMES, title="Words")
    right, left = _dots(figure)
    assert min(right.x) > 0 > max(left.x)
    low, high = figure.layout.xaxis.range
    for trace in (right, left):
        assert len(trace.x) == len(trace.y) == len(trace.error_x.array)
        for x, below, above in zip(
            trace.x, trace.error_x.arrayminus, trace.error_x.array, strict=True
        ):
            assert low <= x - below + 1e-9
            assert x + above <= high + 1e-9
    ticks = dict(zip(figure.layout.xaxis.tickvals, figure.layout.xaxis.ticktext, strict=True))
    assert ticks[0] == "1"
    assert ticks[1] == ticks[-1] == "2"


def test_words_stand_with_their_uses_and_texts(frame: pd.DataFrame) -> None:
    figure = keyness(frame, names=NAMES)
    said = words_of(figure)
    assert f"<b>More in {NAMES[0]}</b>" in said
    assert "protest" in said
    assert "30 in 30" in said
    assert "3 in 1" in said
    assert any("half a time" in words for words in said)
    hover = " ".join(row[0] for trace in _dots(figure) for row in trace.customdata)
    assert "fake: 11.8 times as often in 2022-23 as in 2023-24 (95% interval" in hover
    assert "protest: never in 2022-23; 2022-23: 0 texts; 2023-24: 40 in 40 texts" in hover


def test_unclear_words_are_hollow(frame: pd.DataFrame) -> None:
    figure = keyness(frame, names=NAMES)
    filled = {
        row[0].split(":")[0]: colour != "#FFFFFF"
        for trace in _dots(figure)
        for row, colour in zip(trace.customdata, trace.marker.color, strict=True)
    }
    clear = (frame["p_adjusted"] < 0.05).set_axis(frame["word"])
    assert filled == {word: bool(clear[word]) for word in filled}
    assert set(filled.values()) == {True, False}
    legend = [trace.name for trace in figure.data if trace.showlegend is not False]
    assert legend == [CLEAR_NAME, UNCLEAR_NAME]


def test_a_word_is_never_markup(frame: pd.DataFrame, shift: WordShift) -> None:
    nasty = frame.assign(word=[NASTY, *frame["word"].iloc[1:]])
    assert "<b>bold" not in " ".join(words_of(keyness(nasty, names=NAMES)))
    nasty = shift.words.assign(word=[NASTY, *shift.words["word"].iloc[1:]])
    assert "<b>bold" not in " ".join(words_of(word_shift(nasty, names=NAMES)))


def test_bars_are_as_long_as_their_part(shift: WordShift) -> None:
    figure = word_shift(shift.words, names=NAMES, note=say_shift(shift, names=NAMES))
    drawn = {
        row[0].split(",")[0]: x
        for trace in figure.data
        for x, row in zip(trace.x, trace.customdata, strict=True)
    }
    for row in shift.words.itertuples():
        if row.contribution > 0:
            assert drawn[row.word] == pytest.approx(row.part if row.more_in == "a" else -row.part)
    low, high = figure.layout.xaxis.range
    assert low == -high
    assert max(map(abs, drawn.values())) <= high
    assert any("100% of the distance is shown" in words for words in words_of(figure))


@pytest.mark.parametrize("draw", [keyness, word_shift])
def test_long_names_stay_on_the_figure(draw, frame: pd.DataFrame, shift: WordShift) -> None:  # type: ignore[no-untyped-def]
    data = frame if draw is keyness else shift.words
    figure = draw(
        data, names=("Enquiries of all primary schools", "Enquiries of secondary schools")
    )
    right = figure.layout.margin.r
    heads = [
        a.text for a in figure.layout.annotations if a.text.startswith("<b>") and "<br>" in a.text
    ]
    assert heads
    for head in heads:
        for line in head.removeprefix("<b>").removesuffix("</b>").split("<br>"):
            assert text_width(line, SMALL, bold=True) <= max(right, WIDTH / 2)


def test_nothing_to_show_is_said() -> None:
    empty = compare_words([], [])
    assert "No cases to show" in words_of(keyness(empty, names=NAMES))
    none = compare_shift([], [], draws=0).words
    assert "No cases to show" in words_of(word_shift(none, names=NAMES))
    assert alt_keyness(empty, names=NAMES).startswith("Empty chart")
    assert alt_word_shift(none, names=NAMES).startswith("Empty chart")


def test_alternative_texts_name_the_words_of_both_sides(
    frame: pd.DataFrame, shift: WordShift
) -> None:
    said = alt_keyness(frame, names=NAMES)
    assert "5 of 7 words differ clearly" in said
    assert "More in 2023-24: " in said
    assert "protest there alone" in said
    told = alt_word_shift(shift.words, names=NAMES)
    assert f"{shift.words['word'].iloc[0]} " in told
    assert max(len(said), len(told)) <= LONGEST
    assert math.isfinite(frame["z"].abs().max())
