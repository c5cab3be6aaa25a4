"""The contact sheet: each figure with its words and files, all escaped, the same bytes."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from workbench.charts.drawing import Drawing, SavedDrawing
from workbench.report.blocks import FigureBlock, Paragraph, Section
from workbench.report.contact import write_contact_sheet
from workbench.report.links import figure_numbers

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9"/></svg>'
NASTY = "<script>alert(\"x\")</script> & $style ${x} 'q'"


@pytest.fixture
def saved(tmp_path: Path) -> list[SavedDrawing]:
    found = []
    for name, words in (("cases-per-month", "Most came in March"), ("tones", NASTY)):
        drawing = Drawing(name, go.Figure(), pd.DataFrame({"n": [1]}), words, words, words)
        paths = [tmp_path / f"{name}.{end}" for end in ("html", "svg", "png", "csv")]
        for path in paths:
            path.write_text(SVG)
        found.append(SavedDrawing(drawing, *paths))
    return found


def test_each_figure_has_its_picture_words_and_files(
    saved: list[SavedDrawing], tmp_path: Path
) -> None:
    page = write_contact_sheet(saved, tmp_path / "figures.html", title="A report").read_text()
    assert "A report: all figures" in page
    assert "2 figures" in page
    pictures = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', page)
    assert [base64.b64decode(one).decode() for one in pictures] == [SVG, SVG]
    for name in ("cases-per-month", "tones"):
        for end in ("csv", "html", "svg", "png"):
            assert f'<a href="{name}.{end}">' in page
    assert page.count("Most came in March") == 4  # title, picture, alternative text, base


def test_the_sensitivity_of_each_figure_is_told(saved: list[SavedDrawing], tmp_path: Path) -> None:
    first, second = saved
    labelled = replace(first, drawing=replace(first.drawing, label=NASTY))
    page = write_contact_sheet([labelled, second], tmp_path / "figures.html", title="A").read_text()
    assert page.count("Sensitivity: &lt;script&gt;") == page.count("Sensitivity: ") == 1


def test_words_are_escaped_and_nothing_comes_from_outside(
    saved: list[SavedDrawing], tmp_path: Path
) -> None:
    page = write_contact_sheet(saved, tmp_path / "figures.html", title=NASTY).read_text()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "$style ${x}" in page
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    assert str(tmp_path) not in page


def test_numbers_of_the_report_stand_before_the_titles(
    saved: list[SavedDrawing], tmp_path: Path
) -> None:
    path = write_contact_sheet(saved, tmp_path / "f.html", title="A", numbers={"tones": 7})
    page = path.read_text()
    assert "<h2>Figure 7. &lt;script" in page
    assert "<h2>Most came in March</h2>" in page


def test_without_a_picture_the_words_remain(saved: list[SavedDrawing], tmp_path: Path) -> None:
    one = saved[0]
    bare = SavedDrawing(one.drawing, one.html, None, None, one.csv)
    page = write_contact_sheet([bare], tmp_path / "f.html", title="A").read_text()
    assert "no browser was found" in page
    assert "1 figure," in page
    assert "<img" not in page


def test_it_is_the_same_each_time(saved: list[SavedDrawing], tmp_path: Path) -> None:
    first = write_contact_sheet(saved, tmp_path / "f.html", title="A").read_bytes()
    assert write_contact_sheet(saved, tmp_path / "f.html", title="A").read_bytes() == first


def test_figures_bear_the_numbers_of_their_captions(saved):
    first, second = (one.drawing for one in saved[:2])
    sections = [
        Section("A", 1, (FigureBlock(second), Paragraph("words"))),
        Section("B", 2, (FigureBlock(first), FigureBlock(second))),
    ]
    assert figure_numbers(sections) == {second.name: 1, first.name: 2}
