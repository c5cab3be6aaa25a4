"""The sensitivity label of a figure: in the picture, on its page, in its description."""

from __future__ import annotations

import pytest
from plotly.graph_objects import Figure

from tests.charts.boxes import assert_words_fit, boxes
from tests.charts.frames import NASTY, two_years
from workbench import charts
from workbench.charts.drawing import Drawing
from workbench.charts.marking import mark
from workbench.charts.page import page
from workbench.charts.render import finish_svg

LABEL = "Synthetic data · Counts of 7 or fewer hidden, others rounded to 5"


def marked(figure: Figure, label: str = LABEL) -> Drawing:
    return mark(Drawing("one", figure, two_years(), "Platforms", "Dots."), label)


def test_the_picture_grows_by_its_label_and_the_first_figure_stays_as_it_was():
    figure = charts.shares(two_years(), title="Platforms")
    before = figure.to_json()
    done = marked(figure)
    assert figure.to_json() == before
    assert done.label == LABEL
    assert done.figure.layout.height > figure.layout.height
    assert boxes(done.figure)[-1].words == LABEL
    assert_words_fit(done.figure)


def test_a_long_label_is_wrapped_and_nothing_of_it_runs_as_markup():
    done = marked(charts.shares(two_years()), f"{NASTY} " + "OFFICIAL " * 40)
    assert_words_fit(done.figure)
    assert "<script" not in done.figure.to_json()
    assert boxes(done.figure)[-1].words.count(" / ") > 1


def test_no_label_changes_nothing_and_none_is_written_twice():
    done = marked(charts.shares(two_years()), "  ")
    assert (done.label, done.figure.to_json()) == ("", charts.shares(two_years()).to_json())
    with pytest.raises(ValueError, match="already"):
        mark(marked(charts.shares(two_years())), LABEL)


def test_the_page_and_the_svg_say_it_to_readers_of_screens():
    done = marked(charts.shares(two_years()), NASTY)
    assert "Sensitivity: " in page(done)
    assert NASTY not in page(done)
    svg = finish_svg("<svg><g/></svg>", done)
    assert "Sensitivity: " in svg
    assert NASTY not in svg
    plain = marked(charts.shares(two_years()), "")
    assert "Sensitivity" not in page(plain) + finish_svg("<svg><g/></svg>", plain)
