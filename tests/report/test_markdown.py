"""Sections become Markdown in which no text can turn into markup."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import plotly.graph_objects as go

from workbench.charts.drawing import Drawing
from workbench.report.blocks import (
    Bullets,
    FigureBlock,
    Paragraph,
    Quote,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.markdown import to_markdown

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


def test_a_figure_without_a_picture_says_so() -> None:
    text = write(FigureBlock(DRAWING))
    assert "no browser was found" in text
    assert "![" not in text


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
