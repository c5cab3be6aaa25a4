"""Tones together, by message, by element and in a sentence: figures draw what their frames say."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from tests.charts.frames import NASTY, YEARS, two_years, words_of
from workbench import charts
from workbench.charts import alt_tone as alt
from workbench.charts.dialogue import FEW
from workbench.charts.labels import text_width
from workbench.charts.sentence import _lanes, _Stroke
from workbench.charts.style import MARGIN, SMALL, WIDTH, contrast, look
from workbench.tone.markers import TONES


def pairs_frame(names: tuple[str, ...] = ("concern", "urgency", NASTY)) -> pd.DataFrame:
    rows = [
        (one, other, "All cases", 10 * place + 5, lift, lift * 1.2, lift, lift * 1.5, p)
        for place, (one, other, lift, p) in enumerate(
            [
                (names[0], names[1], 1.8, 0.001),
                (names[0], names[2], 0.4, 0.02),
                (names[1], names[2], 1.1, 0.6),
            ]
        )
    ]
    columns = ["one", "other", "group", "n", "lift", "odds_ratio", "low", "high", "p_adjusted"]
    return pd.DataFrame(rows, columns=columns)


def test_pairs_say_direction_without_colour():
    figure = charts.tones_together(pairs_frame())
    assert list(figure.data[0].text) == ["▲1.80<br>(5)", "▼0.40<br>(15)", "1.10<br>(25)"]
    assert list(zip(figure.data[0].x, figure.data[0].y, strict=True)) == [(0, 1), (0, 2), (1, 2)]
    grounds = [shape.fillcolor for shape in figure.layout.shapes]
    assert len(set(grounds)) == 3
    inks = figure.data[0].textfont.color
    assert all(contrast(*pair) >= 4.5 for pair in zip(inks, grounds, strict=True))


def test_a_pair_that_is_not_known_is_a_dash_and_two_groups_are_refused():
    frame = pairs_frame()
    frame.loc[0, ["n", "lift", "odds_ratio", "low", "high", "p_adjusted"]] = np.nan
    assert charts.tones_together(frame).data[0].text[0] == "–<br>(–)"
    frame.loc[1, "group"] = "2022-23"
    with pytest.raises(ValueError, match="one group"):
        charts.tones_together(frame)


def test_ten_tones_fit_the_figure():
    frame = pd.DataFrame(
        [
            (one, other, 1000, 1.5, 2.0, 1.1, 3.0, 0.01)
            for place, one in enumerate(TONES)
            for other in TONES[place + 1 :]
        ],
        columns=["one", "other", "n", "lift", "odds_ratio", "low", "high", "p_adjusted"],
    )
    figure = charts.tones_together(frame)
    margin, across = figure.layout.margin, figure.layout.xaxis.range
    cell = (WIDTH - margin.l - margin.r) / (across[1] - across[0])
    assert text_width("▲1.50", SMALL) < cell
    heads = [a for a in figure.layout.annotations if a.xanchor == "left" and a.yref == "y"]
    assert len(heads) == len(TONES) - 1
    for head in heads:
        start = margin.l + (head.x - across[0]) * cell
        assert start + text_width(head.text[3:-4], SMALL, bold=True) <= WIDTH


def messages_frame() -> pd.DataFrame:
    rows = [
        (message, tone, base, share, share - 0.05, share + 0.05)
        for tone, first in (("concern", 0.4), (NASTY, 0.2))
        for message, base, share in (("0", 90, first), ("1", 90, 0.1), ("4+", FEW, 0.06))
    ]
    columns = ["message", "dimension", "base", "share", "low", "high"]
    return pd.DataFrame(rows, columns=columns)


def test_messages_stand_in_order_and_the_ends_are_written_in():
    figure = charts.tone_messages(messages_frame().iloc[[0, 2, 1, 3, 4, 5]])
    line = figure.data[0]
    assert (list(line.x), list(line.y)) == ([0, 1, 2], [0.4, 0.06, 0.1])
    figure = charts.tone_messages(messages_frame())
    assert list(figure.layout.xaxis.ticktext) == ["Enquiry", "1", "4+"]
    said = words_of(figure)
    assert said.count("40.0%") == 1
    assert said.count("6.0%") == 2
    assert any("enquiry (90), message 1 (90), message 4+ (20)" in words for words in said)
    assert len({tuple(axis.range) for axis in figure.select_yaxes()}) == 1


def test_a_message_that_is_not_known_leaves_a_gap():
    frame = messages_frame()
    frame.loc[2, ["base", "share", "low", "high"]] = np.nan
    figure = charts.tone_messages(frame)
    assert math.isnan(figure.data[0].y[2])
    assert "10.0%" in words_of(figure)
    assert "nan" not in " ".join(words_of(figure))


def test_messages_that_few_cases_have_are_left_out_and_that_is_said():
    frame = messages_frame()
    frame.loc[frame["message"] == "4+", "base"] = FEW - 1
    figure = charts.tone_messages(frame)
    assert list(figure.layout.xaxis.ticktext) == ["Enquiry", "1"]
    said = " ".join(words_of(figure)).replace("<br>", " ")
    assert f"messages that fewer than {FEW} cases have are left out" in said
    assert "of 90" in said
    text = alt.alt_tone_messages(frame)
    assert "Cases: enquiry 90, message 1 90" in text
    assert "to message 1" in text
    few = frame.assign(base=FEW - 1)
    assert "No cases to show" in words_of(charts.tone_messages(few))
    assert "no cases to show" in alt.alt_tone_messages(few)


def test_elements_stand_beneath_the_one_they_belong_to():
    frame = two_years(("Small", "Large", "Part of small"))
    frame["share"] = frame["label"].map({"Small": 0.2, "Large": 0.5, "Part of small": 0.1})
    frame["within"] = frame["label"].map({"Part of small": "Small", "Large": "Not shown"})
    figure = charts.lens_rates(frame, groups=YEARS)
    rows = [a for a in figure.layout.annotations if a.text in set(frame["label"])]
    assert [a.text for a in rows] == ["Large", "Small", "Part of small"]
    assert rows[2].xshift > rows[0].xshift == rows[1].xshift
    assert list(figure.data[0].x) == list(frame.loc[frame["group"] == YEARS[0], "share"])
    flat = charts.lens_rates(frame.drop(columns="within"))
    names = [a.text for a in flat.layout.annotations if a.text in set(frame["label"])]
    assert names == ["Large", "Small", "Part of small"]


def test_elements_within_one_another_in_a_ring_are_shown_all_the_same():
    frame = two_years(("One", "Other")).assign(within=["Other", "Other", "One", "One"])
    figure = charts.lens_rates(frame)
    assert {"One", "Other"} <= set(words_of(figure))


SPANS = pd.DataFrame(
    [(5, 12, "concern"), (5, 20, "urgency"), (14, 20, "politeness")],
    columns=["start", "end", "dimension"],
)
QUOTE = "I am worried, please see to it & $x$ <b>now</b>. " + "And so it goes on and on. " * 6


def test_marked_words_are_underlined_and_named():
    figure = charts.highlighted(QUOTE, SPANS)
    said = words_of(figure)
    assert {"concern", "urgency", "politeness", "worried,"} <= set(said)
    assert "&lt;b&gt;now&lt;/b&gt;." in said
    assert len(figure.layout.shapes) == 3
    words = {a.text: a for a in figure.layout.annotations}
    colour = look(TONES.index("concern")).edge
    [concern] = [shape for shape in figure.layout.shapes if shape.line.color == colour]
    assert concern.x0 == words["worried,"].x
    assert concern.x1 == pytest.approx(concern.x0 + text_width("worried", 16))
    assert len({(shape.line.color, shape.line.dash) for shape in figure.layout.shapes}) == 3


def test_words_and_names_keep_within_the_figure_and_apart():
    spans = pd.DataFrame(
        [
            (match, match + 2, TONES[number % 10])
            for number, match in enumerate(range(0, len(QUOTE) - 3, 7))
        ],
        columns=["start", "end", "dimension"],
    )
    figure = charts.highlighted(QUOTE, spans)
    boxes = []
    for words in figure.layout.annotations:
        wide = text_width(words.text.replace("&amp;", "&"), words.font.size)
        assert words.x >= 0
        if words.text in TONES:
            assert words.x + wide <= WIDTH - 2 * MARGIN + 1
            boxes.append((words.x, words.x + wide, words.y))
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            assert one[2] != other[2] or one[1] <= other[0] or other[1] <= one[0]


def test_strokes_share_a_lane_where_they_do_not_touch():
    strokes = [_Stroke(0, 0, 90, "concern"), _Stroke(0, 40, 300, "urgency")]
    strokes += [_Stroke(0, 400, 450, "concern"), _Stroke(1, 0, 90, "concern")]
    assert [stroke.lane for stroke in sorted(_lanes(strokes), key=lambda s: (s.line, s.left))] == [
        0,
        1,
        0,
        0,
    ]


def elements_frame() -> pd.DataFrame:
    return two_years()


DRAWN = {
    "tones_together": pairs_frame,
    "tone_messages": messages_frame,
    "lens_rates": elements_frame,
}


@pytest.mark.parametrize("name", DRAWN)
def test_labels_do_not_run_as_markup(name):
    figure = getattr(charts, name)(DRAWN[name](), title="Title")
    assert "<b>bold" not in " ".join(words_of(figure)).lower()
    assert "%{y}" not in " ".join(str(trace.customdata) for trace in figure.data)
    assert figure.layout.width == WIDTH


@pytest.mark.parametrize("name", DRAWN)
def test_nothing_to_show_is_said(name):
    empty = DRAWN[name]().iloc[:0]
    assert "No cases to show" in words_of(getattr(charts, name)(empty, title="Title"))
    more = {"what": "a lens"} if name == "lens_rates" else {}
    assert "no cases" in getattr(alt, f"alt_{name}")(empty, **more)


def test_an_empty_text_is_said_to_be_nothing():
    assert "No cases to show" in words_of(charts.highlighted(" ", SPANS.iloc[:0]))
    assert "no marker" in alt.alt_highlighted("", SPANS.iloc[:0])


def test_alternative_texts_say_the_main_numbers():
    said = alt.alt_tones_together(pairs_frame(("concern", "urgency", "thanks")))
    assert "3 pairs of tones" in said
    assert "Clearly more often: 1 of them; clearly less often: 1" in said
    assert "concern and thanks 0.40 times (15 texts), concern and urgency 1.80 times" in said
    said = alt.alt_tone_messages(messages_frame())
    assert "Concern: 40.0% to 6.0%" in said
    assert "to message 4+" in said
    assert "TikTok 82.5%" in alt.alt_lens_rates(two_years(("TikTok",) * 1 + ("B",)), what="x")
    quoted = alt.alt_highlighted(QUOTE, SPANS)
    assert "Concern: “worried”" in quoted
    assert len(quoted) <= 400
