"""What every figure keeps, measured as a browser draws it: contrast, size of letters, edges."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import combinations, pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright
from plotly.graph_objects import Figure

from tests.charts.every import every_figure
from tests.charts.seen import seen
from tests.charts.test_marking import LABEL, marked
from workbench import charts
from workbench.browser import find_browser
from workbench.charts import theme_lines
from workbench.charts.style import BAND, INK, PAPER, contrast, look

TEXT, MARK = 4.5, 3.0
"""The least contrast of words, and of marks with what is beside them (WCAG 2.2, 1.4.3, 1.4.11)."""

POINTS = 7
PRINT = 160 / 25.4 * 72
"""How wide figures stand in print, in points."""

NOT_FIGURES = {"Drawing", "SavedDrawing", "save_drawings"}

Look = dict[str, Any]


@pytest.fixture(scope="module")
def figures() -> dict[str, Figure]:
    return every_figure()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(find_browser()), args=["--no-sandbox"])
        yield browser.new_page()
        browser.close()


@pytest.fixture(scope="module")
def looks(page: Page, figures: dict[str, Figure]) -> dict[str, Look]:
    return dict(seen(page, figures))


def faint_words(look: Look) -> list[tuple[str, float]]:
    """Words that are too like what lies beneath them."""
    worst = [
        (word["text"], min(contrast(*pair) for pair in word["pairs"])) for word in look["words"]
    ]
    return [(text, round(ratio, 2)) for text, ratio in worst if ratio < TEXT]


def faint_marks(look: Look) -> list[tuple[str, ...]]:
    """Marks of which neither edge nor fill stands out; cells that say their number may be light."""
    return [
        (mark["kind"], *mark["colours"], mark["ground"])
        for mark in look["marks"]
        if max(contrast(colour, mark["ground"]) for colour in mark["colours"]) < MARK
        and not _is_empty_or_says_its_number(mark, look["words"])
    ]


def _is_empty_or_says_its_number(mark: Look, words: list[Look]) -> bool:
    return set(mark["colours"]) == {mark["ground"]} or any(_within(word, mark) for word in words)


def _within(word: Look, mark: Look) -> bool:
    across, down = (word["left"] + word["right"]) / 2, (word["top"] + word["bottom"]) / 2
    return mark["left"] < across < mark["right"] and mark["top"] < down < mark["bottom"]


def small_words(look: Look) -> list[tuple[str, float]]:
    scale = PRINT / look["width"]
    return [(w["text"], w["size"] * scale) for w in look["words"] if w["size"] * scale < POINTS]


def words_beyond(look: Look) -> list[str]:
    """Words that reach over an edge of the figure."""
    return [
        word["text"]
        for word in look["words"]
        if min(word["left"], word["top"]) < 0
        or word["right"] > look["width"] + 1
        or word["bottom"] > look["height"] + 1
    ]


def told_by_colour_alone(figure: Figure) -> list[tuple[str, str]]:
    """Groups of a legend that nothing but a colour tells apart, where the colours are alike."""
    named = [trace for trace in figure.data if trace.name and trace.showlegend is not False]
    looks = {str(trace.name): _own(trace) for trace in named if figure.layout.showlegend}
    return [
        (one, other)
        for (one, (a, shape)), (other, (b, same)) in combinations(looks.items(), 2)
        if shape == same and contrast(a, b) < MARK
    ]


def _own(trace: Any) -> tuple[str, tuple[str, ...]]:
    """The colour of a trace, and what else it can be known by."""
    plain = trace.to_plotly_json()
    marker, line = plain.get("marker", {}), plain.get("line", {})
    found = [marker.get("color"), marker.get("line", {}).get("color"), line.get("color")]
    colours = [
        one for entry in found for one in ([entry] if isinstance(entry, str) else entry or ())
    ]
    filled = colours[0] if colours else INK
    colour = next((one for one in colours if one.upper() != PAPER), INK)
    pattern = marker.get("pattern", {}).get("shape")
    drawn = (marker.get("symbol"), line.get("dash"), line.get("width"), pattern)
    shape = (*drawn, filled.upper() == PAPER)
    return colour, tuple(map(str, shape))


def test_bands_of_a_course_stand_out_from_their_line_and_from_each_other() -> None:
    nested = (theme_lines.LINE, theme_lines.CASES, theme_lines.BOTH)
    assert all(contrast(*pair) >= MARK for pair in pairwise(nested))


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("ground", [PAPER, BAND])
def test_words_in_the_colour_of_a_group_can_be_read(place: int, ground: str) -> None:
    assert contrast(look(place).ink, ground) >= TEXT


def test_every_chart_is_here(figures: dict[str, Figure]) -> None:
    assert {name.partition(":")[0] for name in figures} == set(charts.__all__) - NOT_FIGURES


@pytest.mark.browser
def test_every_word_and_mark_stands_out(looks: dict[str, Look]) -> None:
    assert {name: found for name, one in looks.items() if (found := faint_words(one))} == {}
    assert {name: found for name, one in looks.items() if (found := faint_marks(one))} == {}


@pytest.mark.browser
def test_no_word_is_too_small_in_print_or_runs_off(looks: dict[str, Look]) -> None:
    assert {name: found for name, one in looks.items() if (found := small_words(one))} == {}
    assert {name: found for name, one in looks.items() if (found := words_beyond(one))} == {}


def test_no_group_is_told_by_colour_alone(figures: dict[str, Figure]) -> None:
    told = {name: told_by_colour_alone(figure) for name, figure in figures.items()}
    assert {name: found for name, found in told.items() if found} == {}


@pytest.mark.browser
def test_all_words_and_marks_are_seen(looks: dict[str, Look], figures: dict[str, Figure]) -> None:
    for name, figure in figures.items():
        words = " ".join(word["text"] for word in looks[name]["words"])
        for note in figure.layout.annotations:
            assert note.text.split()[0].strip("<b>").split("<")[0].split("&")[0] in words, name
    assert sum(len(one["marks"]) > 0 for one in looks.values()) > len(looks) * 0.8


@pytest.mark.browser
def test_a_label_stands_below_all_words_and_moves_none(
    page: Page, looks: dict[str, Look], figures: dict[str, Figure]
) -> None:
    labelled = {name: marked(figure).figure for name, figure in figures.items()}
    for name, one in seen(page, labelled):
        *own, label = sorted(one["words"], key=lambda word: float(word["bottom"]))
        before = sorted(looks[name]["words"], key=lambda word: float(word["bottom"]))
        assert label["text"] == LABEL, name
        assert [_place(word) for word in own] == [_place(word) for word in before], name
        assert label["top"] >= max([0, *(word["bottom"] for word in own)]), name
        assert (words_beyond(one), small_words(one), faint_words(one)) == ([], [], []), name


def _place(word: Look) -> tuple[str, float, float]:
    return word["text"], round(word["left"]), round(word["top"])


@pytest.mark.browser
def test_faults_are_found(page: Page, figures: dict[str, Figure]) -> None:
    bad = deepcopy(figures["shares"])
    bad.layout.annotations[0].font.color = "#999999"
    bad.layout.annotations[1].font.size = 13
    bad.layout.annotations[2].xshift = 900
    bad.data[0].marker.update(color="#DDDDDD", line={"color": "#DDDDDD", "width": 1})
    [(_, found)] = seen(page, {"bad": bad})
    assert faint_words(found)
    assert faint_marks(found)
    assert small_words(found)
    assert words_beyond(found)
    bad.data[1].marker.update(symbol=bad.data[0].marker.symbol, color="#CCCCCC")
    assert told_by_colour_alone(bad)
