"""Figures become files: four formats, the same bytes, nothing from outside."""

from __future__ import annotations

import asyncio
import re
from xml.etree import ElementTree

import pandas as pd
import pytest
from plotly.graph_objects import Figure

from tests.charts.frames import NASTY, two_years
from workbench import charts
from workbench.browser import find_browser
from workbench.charts.drawing import Drawing
from workbench.charts.page import page
from workbench.charts.save import save_drawings
from workbench.errors import ExportError


@pytest.fixture(autouse=True)
def nothing_kept(tmp_path_factory, monkeypatch):
    """Every test draws for itself: no picture is taken from an earlier run."""
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path_factory.mktemp("kept")))


def drawing(name: str = "platforms", *, title: str = "Platforms", **changes: object) -> Drawing:
    frame = two_years()
    figure = charts.shares(frame, title=title)
    words = {"title": f"Platforms {NASTY}", "alt": f"Dots of {NASTY}", "note": "Base: 40 cases"}
    return Drawing(**{"name": name, "figure": figure, "data": frame, **words, **changes})


@pytest.mark.parametrize("name", ["", "With Capitals", "under_score", "../up", "-x"])
def test_names_are_safe_stems(name):
    with pytest.raises(ValueError, match="kebab"):
        drawing(name)


def test_a_drawing_needs_its_alternative_text():
    with pytest.raises(ValueError, match="alternative"):
        drawing(alt=" ")


def test_showing_a_drawing_shows_no_data():
    assert "Instagram" not in repr(drawing())


def test_without_a_browser_the_page_and_the_data_are_written(tmp_path):
    [saved] = save_drawings([drawing()], tmp_path, browser=False)
    assert (saved.svg, saved.png) == (None, None)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "platforms.csv",
        "platforms.html",
        "plotly.min.js",
    ]
    assert pd.read_csv(saved.csv)["share"].tolist() == pytest.approx(
        saved.drawing.data["share"].tolist()
    )


def test_the_page_fetches_nothing_and_runs_no_words():
    html = page(drawing())
    assert '<html lang="en-GB">' in html
    assert not re.search(r"https?://|//cdn|@import", html)
    assert 'src="plotly.min.js"' in html
    assert 'id="platforms-plot"' in html
    assert "<b>bold" not in html
    assert "Dots of A &lt;b&gt;bold" in html
    assert "Base: 40 cases" in html


def test_the_caption_has_the_title_unless_the_figure_shows_it():
    assert "<strong>" not in page(drawing())
    assert "<strong>Platforms" in page(drawing(title=""))


def test_labels_are_no_formulas_in_the_csv(tmp_path):
    frame = pd.DataFrame({"label": ["=1+1", "plain"], "difference": [-0.5, 0.5]})
    [saved] = save_drawings([drawing(data=frame)], tmp_path, browser=False)
    text = saved.csv.read_text("utf-8")
    assert '"\'=1+1"' in text
    assert '"-0.5"' in text


def test_two_figures_of_one_name_are_refused(tmp_path):
    with pytest.raises(ExportError, match="platforms"):
        save_drawings([drawing(), drawing()], tmp_path, browser=False)
    assert not list(tmp_path.iterdir())


def test_a_browser_that_is_insisted_on_must_be_there(tmp_path, monkeypatch):
    monkeypatch.setenv("BROWSER_PATH", str(tmp_path / "none"))
    with pytest.raises(ExportError, match="browser"):
        save_drawings([drawing()], tmp_path / "out", browser=True)
    [saved] = save_drawings([drawing()], tmp_path / "out")
    assert saved.png is None


def test_a_browser_that_does_not_start_is_said(tmp_path, monkeypatch):
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(broken))
    with pytest.raises(ExportError, match="does not start"):
        save_drawings([drawing()], tmp_path / "out")


@pytest.mark.browser
def test_two_runs_give_the_same_bytes(tmp_path, monkeypatch):
    drawings = [drawing(), drawing("again", title="")]
    first = save_drawings(drawings, tmp_path / "one")
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "kept anew"))
    second = save_drawings(drawings, tmp_path / "two")
    assert len(list((tmp_path / "one").iterdir())) == 9
    for one, two in zip(first, second, strict=True):
        for form in ("html", "svg", "png", "csv"):
            assert getattr(one, form).read_bytes() == getattr(two, form).read_bytes(), form


@pytest.mark.browser
def test_only_figures_that_changed_are_drawn_again(tmp_path, monkeypatch):
    first = save_drawings([drawing()], tmp_path / "one")
    drawn = []

    async def draw(work, browser, progress):
        drawn.extend(one.name for one, _ in work)
        return [(b"<svg/>", b"png")] * len(work)

    monkeypatch.setattr("workbench.charts.render._render_all", draw)
    changed = drawing("changed", figure=charts.shares(two_years(), title="Another"))
    again, renamed, other = save_drawings(
        [drawing(), drawing("renamed"), changed], tmp_path / "two"
    )
    assert drawn == ["changed"]
    assert again.svg.read_bytes() == first[0].svg.read_bytes()
    assert again.png.read_bytes() == renamed.png.read_bytes() == first[0].png.read_bytes()
    assert "renamed-title" in renamed.svg.read_text("utf-8")
    assert other.png.read_bytes() == b"png"


@pytest.mark.browser
def test_pictures_carry_their_words_and_size(tmp_path):
    [saved] = save_drawings([drawing()], tmp_path)
    root = ElementTree.fromstring(saved.svg.read_text("utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    assert root.find(f"{space}title").text == f"Platforms {NASTY}"
    assert root.find(f"{space}desc").text == f"Dots of {NASTY}"
    assert root.get("role") == "img"
    assert root.get("width") == "900"
    png = saved.png.read_bytes()
    assert int.from_bytes(png[16:20], "big") == 1800
    assert int.from_bytes(png[20:24], "big") == 2 * int(root.get("height"))


@pytest.mark.browser
def test_labels_stand_in_the_picture_as_they_were_written(tmp_path):
    [saved] = save_drawings([drawing()], tmp_path)
    svg = saved.svg.read_text("utf-8")
    shown = re.sub(r"<[^>]*>", " ", svg)
    assert "&lt;b&gt;bold&lt;/b&gt;" in shown


@pytest.mark.browser
def test_figures_are_saved_from_within_a_notebook(tmp_path):
    async def cell():
        return save_drawings([drawing()], tmp_path, browser=True)

    [saved] = asyncio.run(cell())
    assert saved.png.is_file()


@pytest.mark.browser
def test_a_figure_that_cannot_be_drawn_is_named(tmp_path):
    figure = Figure(layout={"width": 10**7, "height": 10**7})
    with pytest.raises(ExportError, match="'broken'"):
        save_drawings([drawing("broken", figure=figure)], tmp_path)
    assert find_browser() is not None
    assert not list(tmp_path.glob("*.png"))
