"""The PDF: tagged for readers of screens, the same bytes each time, and nothing cut off."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

import pytest

from workbench.errors import ExportError
from workbench.report.pdf import render_pdf

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300" viewBox="0 0 900 300">'
    '<rect width="90" height="40"/><text x="9" y="90" style="font-family: \'Liberation Sans\';'
    ' font-size: 16px;">{words}</text></svg>'
)
HEAD = '---\ntitle: "A report: one year"\nsubtitle: "Somebody"\nlang: en-GB\n---\n\n'
BODY = """::: {.banner custom-style="Banner"}
All made up.
:::

# Part A {#section-1}

![Figure 1. What it shows.](a.svg){#fig-1 width=165mm alt="A picture of one \\"bar\\""}

::: {.note custom-style="Note"}
Base: 1 case.
:::

## Cases {#section-2}

See [Figure 1](#fig-1) and [Table 1](#tbl-1).

Table: Table 1. Cases {#tbl-1}

| Label | Cases |
|:-------------------------------------------------------------------------|-------------:|
"""


def rows(number: int) -> str:
    return "".join(f"| Row {n} | {n} |\n" for n in range(1, number + 1))


def inflate(path: Path) -> str:
    """Everything in a PDF as text, its compressed parts too."""
    data = path.read_bytes()
    parts = [data]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            parts.append(zlib.decompress(found[1]))
        except zlib.error:
            parts.append(found[1])
    return b"\n".join(parts).decode("latin-1")


def pages(text: str) -> int:
    return len(re.findall(r"/Type/Page\b(?!s)", text))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.svg").write_text(SVG.format(words="One bar"), encoding="utf-8")
    return tmp_path


def test_it_is_tagged_and_says_its_title_and_language(folder: Path) -> None:
    made = render_pdf(HEAD + BODY + rows(3), folder / "r.pdf", footer="Only invented cases")
    text = inflate(made)
    assert "pdfuaid" in text
    assert "/Lang(en-GB)" in text
    assert "/Marked true" in text
    assert "/DisplayDocTitle true" in text
    assert "A report: one year" in text
    for tag in ("H1", "H2", "Table", "THead", "TH", "Caption", "TOC", "Link", "Figure"):
        assert re.search(rf"/S/{tag}\b", text), tag
    assert "Subtype/Image" not in text  # a drawing, not pixels


def test_every_figure_has_its_alternative_text(folder: Path) -> None:
    text = inflate(render_pdf(HEAD + BODY + rows(3), folder / "r.pdf"))
    figures = re.findall(r"/S/Figure\b[^>]*?/Alt\(([^)]*)\)", text)
    assert figures == ['A picture of one "bar"']
    assert len(re.findall(r"/S/Figure\b", text)) == 1


def test_it_is_the_same_each_time(folder: Path) -> None:
    first = render_pdf(HEAD + BODY + rows(3), folder / "r.pdf").read_bytes()
    assert render_pdf(HEAD + BODY + rows(3), folder / "r.pdf").read_bytes() == first
    assert str(folder).encode() not in first


def test_short_tables_stay_whole_and_long_ones_repeat_their_header(folder: Path) -> None:
    short = inflate(render_pdf(HEAD + BODY + rows(3), folder / "r.pdf"))
    long = inflate(render_pdf(HEAD + BODY + rows(120), folder / "r.pdf"))
    assert pages(long) > pages(short)
    # Once for readers of screens, then drawn again on each page as decoration.
    assert len(re.findall(r"/S/TH\b", long)) == 2
    assert long.count("/Artifact") - short.count("/Artifact") > 2


def test_a_table_higher_than_a_page_is_not_cut(folder: Path) -> None:
    words = " ".join(["many words"] * 60)
    tall = "".join(f"| {words} | {n} |\n" for n in range(20))
    text = inflate(render_pdf(HEAD + BODY + tall, folder / "r.pdf"))
    assert len(re.findall(r"/S/TR\b", text)) == 21
    assert pages(text) > pages(inflate(render_pdf(HEAD + BODY + rows(20), folder / "r.pdf")))


def test_markup_in_words_stays_words(folder: Path) -> None:
    nasty = r"\#panic\(\"x\"\) \$y\$ \<fig\-1\> \@b \*c\* \[d\]"
    body = f"{BODY}| {nasty} | 1 |\n\n> {nasty}\n"
    made = render_pdf(HEAD + body, folder / "r.pdf", footer='#panic("x") [')
    assert made.stat().st_size > 1000


def test_signs_without_a_letter_are_named(folder: Path) -> None:
    from typst import Compiler

    from workbench.report.pdf import _name, _unknown_signs

    bare = Compiler(ignore_system_fonts=True)
    assert _unknown_signs(["é – “x” \N{GRINNING FACE}", "\N{GRINNING FACE}"], bare) == [
        "\U0001f600"
    ]
    assert _name("\N{GRINNING FACE}") == "(grinning face)"
    (folder / "a.svg").write_text(SVG.format(words="\N{PILE OF POO}"), encoding="utf-8")
    render_pdf(HEAD + BODY + "| \N{GRINNING FACE} | 1 |\n", folder / "r.pdf")


def test_headings_that_skip_a_level_are_drawn_in(folder: Path) -> None:
    text = inflate(render_pdf(HEAD + "# Part A\n\n### Theme\n", folder / "r.pdf"))
    assert re.search(r"/S/H2\b", text)
    assert not re.search(r"/S/H3\b", text)


@pytest.mark.parametrize(
    ("body", "said"),
    [("[Figure 9](#fig-9)", "<fig-9>"), ('![x](b.svg){alt="x"}', "file not found")],
)
def test_what_is_missing_is_told(folder: Path, body: str, said: str) -> None:
    with pytest.raises(ExportError, match=said):
        render_pdf(HEAD + body, folder / "r.pdf")
    assert not (folder / "r.pdf").exists()
