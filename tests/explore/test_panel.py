from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.explore import panel
from workbench.explore.points import make_points
from workbench.privacy.escape import drop_controls


class Reader(HTMLParser):
    """The tags of a piece of HTML, and its words."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words += data


@pytest.fixture
def points(log, themes, places):
    return make_points(log, themes, places)


def test_reading_says_who_when_and_what(points):
    said = Reader(panel.reading(points.iloc[0])).words
    assert "A0 · 2022-23 · Wednesday 5 October 2022" in said
    assert "profiles › fake" in said
    assert "Help" in said
    assert "A fake profile of <b>[NAME]</b> is on TikTok again" in said


def test_an_unplaced_case_is_said_to_be_one(points):
    assert "Fits no theme" in panel.reading(points.iloc[3])


def test_words_searched_are_marked(points):
    markup = panel.reading(points.iloc[0], words="fake tik")
    assert Reader(markup).tags.count("mark") == 2
    assert ">Tik</mark>Tok" in markup


@given(text=st.text(max_size=80), words=st.text(max_size=12))
def test_case_text_never_becomes_markup(text, words):
    row = _row(text=text + "<script>alert(1)</script><img src=x onerror=y>", subject=text)
    read = Reader(panel.reading(row, words=words))
    assert set(read.tags) <= {"div", "b", "br", "mark"}
    assert drop_controls(text).split() == [] or "".join(drop_controls(text).split()) in "".join(
        read.words.split()
    )


def test_listing_counts_all_and_shows_the_first(points):
    markup = panel.listing(points, most=3)
    assert "4 selected; the first 3 are shown" in markup
    assert "A2" in markup
    assert "A3" not in markup


def test_listing_nothing_says_how_to_select(points):
    assert "Click a point" in panel.listing(points.head(0))


def test_key_escapes_labels():
    assert "<i>" not in panel.key([("●", "#000000", "<i>fake</i>")])


def _row(**values):
    import pandas as pd

    base = {
        "case_id": "A<1>",
        "period": "2022-23",
        "date": pd.Timestamp("2022-10-05"),
        "theme": "<u>theme</u>",
        "subtheme": "sub",
    }
    return pd.Series({**base, **values})
