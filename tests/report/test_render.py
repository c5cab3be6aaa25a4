"""Word and HTML: the same bytes each time, accessible, and whole in themselves."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workbench.charts.style import contrast
from workbench.errors import ExportError
from workbench.report.reference import reference_docx
from workbench.report.render import render_docx, render_html

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="9"/></svg>'
MARKDOWN = """---
title: "A report"
lang: en-GB
---

# Part A

![Figure 1. What it shows.]({picture}){{#fig-1 width=160mm alt="A picture of one bar"}}

Table: Table 1. Cases {{#tbl-1}}

| Label | Cases |
|:-----------|------:|
| One | 1 |

::: {{.note custom-style="Note"}}
Base: 1 case.
:::
"""


@pytest.fixture
def markdown(tmp_path: Path) -> str:
    picture = tmp_path / "a.svg"
    picture.write_text(SVG)
    return MARKDOWN.format(picture=picture.name)


def test_html_is_one_page_without_outside_addresses(markdown: str, tmp_path: Path) -> None:
    page = render_html(markdown, tmp_path / "r.html").read_text("utf-8")
    assert '<html lang="en-GB">' in page
    assert 'alt="A picture of one bar"' in page
    outside = re.findall(r'(?:src|href)="(?!data:|#)([^"]+)"', page)
    assert outside == []
    assert "<script" not in page
    assert page.count("<h1") == 2  # the title, and part A


def test_both_forms_are_the_same_bytes_each_time(markdown: str, tmp_path: Path) -> None:
    for render, name in ((render_html, "r.html"), (render_docx, "r.docx")):
        first = render(markdown, tmp_path / name).read_bytes()
        assert render(markdown, tmp_path / name).read_bytes() == first


def test_word_has_alt_text_header_rows_and_named_styles(tmp_path: Path, markdown: str) -> None:
    path = render_docx(markdown, tmp_path / "r.docx")
    with zipfile.ZipFile(path) as document:
        body = document.read("word/document.xml").decode()
        styles = document.read("word/styles.xml").decode()
    assert 'descr="A picture of one bar"' in body
    assert "w:tblHeader" in body
    assert 'w:pStyle w:val="Note"' in body
    assert 'w:styleId="Note"' in styles
    assert 'w:w="11906"' in body  # A4
    assert str(tmp_path) not in body


def test_links_in_word_are_underlined_and_can_be_read() -> None:
    with zipfile.ZipFile(io.BytesIO(reference_docx())) as document:
        styles = ElementTree.fromstring(document.read("word/styles.xml"))
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    [style] = [s for s in styles.iter(f"{w}style") if s.get(f"{w}styleId") == "Hyperlink"]
    assert style.find(f"{w}rPr/{w}u").get(f"{w}val") == "single"
    assert contrast("#" + style.find(f"{w}rPr/{w}color").get(f"{w}val"), "#FFFFFF") >= 4.5


def test_the_reference_document_is_well_formed_and_stable() -> None:
    first = reference_docx()
    assert reference_docx() == first
    with zipfile.ZipFile(io.BytesIO(first)) as document:
        assert document.testzip() is None
        assert b"tblBorders" in document.read("word/styles.xml")


def test_a_short_document_is_set_closer(tmp_path: Path) -> None:
    text = '---\ntitle: "A"\n---\n\n# Part\n\nWords.\n'
    margins = []
    for contents in (True, False):
        made = render_docx(text, tmp_path / "r.docx", contents=contents)
        with zipfile.ZipFile(made) as document:
            body = document.read("word/document.xml").decode()
        margins.append(int(re.findall(r'w:pgMar[^>]*w:top="(\d+)"', body)[0]))
    assert margins[0] > margins[1]
    assert reference_docx(short=True) == reference_docx(short=True) != reference_docx()


def test_a_failure_is_told_clearly(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="pandoc stopped"):
        render_html("---\ntitle: [unclosed\n---\n", tmp_path / "r.html")


def test_a_heading_said_for_each_period_stands_once_above_what_is_of_it(tmp_path: Path) -> None:
    table = (
        "| Platform | Cases 2022 | Share 2022 | Cases 2023 | Share 2023 |\n"
        "|:-----|----:|----:|----:|----:|\n| TikTok | 1 | 2% | 3 | 4% |\n"
    )
    page = render_html(table, tmp_path / "r.html").read_text("utf-8")
    heads = re.findall(r"<th(\b[^>]*)>(.*?)</th>", page, re.S)
    assert [words for _, words in heads] == ["Platform", "2022", "2023", *["Cases", "Share"] * 2]
    assert [("colspan" in how, "rowspan" in how) for how, _ in heads[:3]] == [
        (False, True),
        (True, False),
        (True, False),
    ]
    assert heads[1][0].count('scope="colgroup"') == 1
    other = table.replace("Share 2023", "Reason")
    page = render_html(other, tmp_path / "r.html").read_text("utf-8")
    assert "colspan" not in page
    assert page.count("<th") - page.count("<thead") == 5
