"""Sections become Markdown in which no text can turn into markup."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.drawing import Drawing
from workbench.report.blocks import (
    Bullets,
    FigureBlock,
    Paragraph,
    Prose,
    Quote,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.markdown import to_markdown
from workbench.report.pdf import render_pdf
from workbench.report.render import convert, render_docx, render_html

DRAWING = Drawing(
    name="cases-per-month",
    figure=go.Figure(),
    data=pd.DataFrame({"n": [1]}),
    title="Most cases came in March",
    alt='A line of "cases"',
    note="Base: 20 cases.",
)


def write(*blocks: object, pictures: dict[str, Path] | None = None) -> str:
    section = Section("Part A", 1, tuple(blocks))  # type: ignore[arg-type]
    return to_markdown([section], title="A: report", pictures=pictures or {})


def test_figures_and_tables_are_numbered_in_order(tmp_path: Path) -> None:
    table = TableBlock("Cases", pd.DataFrame({"Label": ["x"], "Cases": ["3"]}), numeric=("Cases",))
    pictures = {DRAWING.name: tmp_path / "a.png"}
    text = write(table, FigureBlock(DRAWING), table, FigureBlock(DRAWING), pictures=pictures)
    places = [text.index(f"{kind} {n}.") for n in (1, 2) for kind in ("Table", "Figure")]
    assert places == sorted(places)
    assert r'alt="A line of \"cases\""' in text


def test_titles_of_sections_in_cells_are_links_where_the_report_has_them() -> None:
    said = pd.DataFrame({"Item": ["1"], "Where": ["See “Part A | all”, “Limits”, “Part A”."]})
    table = TableBlock("Items", said, leads={"Part A | all": "a", "Limits": "limits"})
    section = Section("Part A | all", 1, (table,), id="a")
    text = to_markdown([section], title="A report", pictures={})
    assert r"See [“Part A \| all”](#section-1){.ref}\, “Limits”\, “Part A”\." in text


def test_a_figure_without_a_picture_says_so() -> None:
    text = write(FigureBlock(DRAWING), FigureBlock(DRAWING))
    assert "no browser was found" in text
    assert "![" not in text
    assert text.count("Figure 2. Most cases came in March") == 1
    assert "{#fig-2 .image-caption" in text
    assert r"cases\-per\-month.csv" in text


def test_references_lead_to_a_figure_without_a_picture_in_every_form(tmp_path: Path) -> None:
    shown = Drawing("shown", go.Figure(), DRAWING.data, "What is drawn", "A bar.")
    prose = Prose("See [Figure 1](#fig-1){.ref} and [Figure 2](#fig-2){.ref}.")
    (tmp_path / "shown.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', encoding="utf-8"
    )
    section = Section("Part A", 1, (FigureBlock(DRAWING), FigureBlock(shown), prose), id="a")
    pictures = {"shown": tmp_path / "shown.svg"}
    text = to_markdown([section], title="A report", pictures=pictures)
    page = render_html(text, tmp_path / "r.html").read_text("utf-8")
    for number in (1, 2):
        assert page.count(f'id="fig-{number}"') == 1
        assert f'href="#fig-{number}"' in page
    assert render_pdf(text, tmp_path / "r.pdf").stat().st_size  # typst refuses links to nothing
    with zipfile.ZipFile(render_docx(text, tmp_path / "r.docx")) as archive:
        document = archive.read("word/document.xml").decode()
    for number in (1, 2):
        assert document.count(f'w:name="_RefFigure{number}"') == 1
        assert f"REF _RefFigure{number} " in document
    assert document.count(" SEQ Figure ") == 2


def test_a_quote_that_is_not_released_is_never_printed() -> None:
    quotes = Quotes(
        (
            Quote("C1", "We asked twice.", approved=True, why=""),
            Quote("C2", "Secret words", approved=False, why="not yet approved"),
        )
    )
    text = write(quotes)
    assert "We asked twice" in text
    assert "Secret words" not in text
    assert "not yet approved" in text


def test_markup_in_any_text_stays_text() -> None:
    import pypandoc

    nasty = "<script>alert(1)</script> *b* $x$ [a](http://x.example) `c` @d | e\n# f"
    table = TableBlock(nasty, pd.DataFrame({nasty: [nasty]}), note=nasty)
    text = write(Paragraph(nasty), Paragraph(nasty, style="note"), Bullets((nasty,)), table)
    html = pypandoc.convert_text(text, "html", format="markdown")
    for tag in ("<script", "<strong", "<em", "<a ", "<code", 'class="math'):
        assert tag not in html
    assert html.count("alert(1)") == 7  # wherever it was put


def test_lists_that_follow_one_another_stay_two_of_narrow_lines():
    text = write(Bullets(("one", "two")), Bullets(("three",)))
    page = convert(text, "--to=html").decode("utf-8")
    assert page.count("<ul>") == 2
    assert "<li><p>" not in page
