"""What Word gets beyond pandoc: fields that it can update, and tables that break well."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from workbench.report.render import render_docx

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ROWS = "\n".join(f"| Label {number} | {number} |" for number in range(1, 10))
MARKDOWN = f"""---
title: "A report"
---

::: {{custom-style="TOC Heading"}}
Contents
:::

::: {{custom-style="toc 1"}}
[Part A](#section-1)
:::

::: {{custom-style="toc 2"}}
[Cases](#section-2)
:::

# Part A {{#section-1}}

Most are in [Table 1](#tbl-1); [Table 9](#tbl-9) is not there. See [“Cases”](#section-2).

## Cases {{#section-2}}

Table: Table 1. Cases by label {{#tbl-1}}

| Label | Cases |
|:-----------|------:|
{ROWS}

Words after the table.

- one
- two

Words after the list.

Table: Table 2. Two long rows {{#tbl-2}}

| Label | Words |
|:-----------|------:|
| One | {"many words " * 100} |
| Two | few |
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory) -> ElementTree.Element:
    path = render_docx(MARKDOWN, tmp_path_factory.mktemp("word") / "r.docx")
    with zipfile.ZipFile(io.BytesIO(Path(path).read_bytes())) as archive:
        return ElementTree.fromstring(archive.read("word/document.xml"))


def paragraphs(document: ElementTree.Element, text: str) -> list[ElementTree.Element]:
    return [p for p in document.iter(f"{W}p") if "".join(p.itertext()).strip() == text]


def test_contents_are_one_field_that_holds_its_entries(document) -> None:
    kinds = [mark.get(f"{W}fldCharType") for mark in document.iter(f"{W}fldChar")]
    assert kinds == ["begin", "separate", "end"]
    assert [part.text for part in document.iter(f"{W}instrText")] == [r' TOC \o "1-2" \h \z \u ']
    styles = [style.get(f"{W}val") for style in document.iter(f"{W}pStyle")]
    assert styles.count("TOC1") == styles.count("TOC2") == 1


def test_captions_are_numbered_by_word_and_references_follow_them(document) -> None:
    fields = [field.get(f"{W}instr", "").split() for field in document.iter(f"{W}fldSimple")]
    assert ["SEQ", "Table", r"\*", "ARABIC"] in fields
    referred = [field[1] for field in fields if field[0] == "REF"]
    names = [mark.get(f"{W}name") for mark in document.iter(f"{W}bookmarkStart")]
    assert [names.count(one) for one in referred] == [1, 1]
    ids = [mark.get(f"{W}id") for mark in document.iter(f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))
    assert paragraphs(document, "Table 1. Cases by label")  # reads as before
    anchors = [link.get(f"{W}anchor") for link in document.iter(f"{W}hyperlink")]
    assert "tbl-9" in anchors  # a reference to nothing stays what it was
    assert "section-2" in anchors  # of the contents, which Word makes anew


def test_a_reference_to_a_section_is_its_heading_in_quotes(document) -> None:
    [field] = [
        field
        for field in document.iter(f"{W}fldSimple")
        if "REF _RefSection2" in field.get(f"{W}instr", "")
    ]
    assert "".join(field.itertext()) == "Cases"
    assert paragraphs(
        document, "Most are in Table 1; Table 9 is not there. See “Cases”."
    )  # the quotes stay where Word puts the words of the heading anew
    [heading] = [
        p for p in paragraphs(document, "Cases") if p.find(f"{W}bookmarkStart") is not None
    ]
    parts = [part.tag.removeprefix(W) for part in heading]
    assert parts == ["pPr", "bookmarkStart", "r", "bookmarkEnd"]


def test_rows_stay_whole_and_the_first_and_last_with_their_neighbours(document) -> None:
    first, second = document.iter(f"{W}tbl")
    rows = first.findall(f"{W}tr")
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    held = [row.find(f".//{W}keepNext") is not None for row in rows]
    assert held == [True] * 4 + [False] * 3 + [True] * 2 + [False]
    long = second.findall(f"{W}tr")[1]
    assert long.find(f"{W}trPr/{W}cantSplit") is None


def test_there_is_room_below_tables_and_lists(document) -> None:
    def spacing(text: str) -> dict[str, str]:
        [paragraph] = paragraphs(document, text)
        found = paragraph.find(f"{W}pPr/{W}spacing")
        return {} if found is None else {key.removeprefix(W): v for key, v in found.items()}

    assert int(spacing("Words after the table.")["before"]) > 100
    assert int(spacing("two")["after"]) > 100
    assert spacing("one") == {}


def test_the_text_begins_on_its_own_page_after_contents(document) -> None:
    [heading] = [
        p
        for p in paragraphs(document, "Part A")
        if p.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Heading1"
    ]
    assert heading.find(f"{W}pPr/{W}pageBreakBefore") is not None


def test_a_document_without_contents_has_no_field_and_no_break(tmp_path) -> None:
    path = render_docx("# One\n\nText.\n", tmp_path / "r.docx")
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode()
    assert not re.search("fldChar|pageBreakBefore", body)
