"""The foot of each page: one of ours, or a house style's own with the note put first."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from workbench.report.footer import with_footer
from workbench.report.reference import reference_docx
from workbench.report.render import render_docx, render_html

NOTE = 'Invented <cases> & "quotes"'


def part(docx: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return archive.read(name).decode("utf-8")


def test_each_page_has_its_number_and_the_note() -> None:
    foot = part(with_footer(reference_docx(), NOTE), "word/footer-report.xml")
    assert "Invented &lt;cases&gt; &amp;" in foot
    assert " PAGE " in foot


def test_without_a_note_there_is_the_number_alone() -> None:
    foot = part(with_footer(reference_docx()), "word/footer-report.xml")
    assert foot.count("<w:p>") + foot.count("<w:p ") == 1


def test_a_house_style_keeps_its_own_foot_and_the_note_comes_first() -> None:
    house = with_footer(reference_docx(), "Our house")
    foot = part(with_footer(house, NOTE), "word/footer-report.xml")
    assert foot.index("Invented") < foot.index("Our house") < foot.index(" PAGE ")
    assert with_footer(house) == house


def test_the_same_input_gives_the_same_bytes() -> None:
    assert with_footer(reference_docx(), NOTE) == with_footer(reference_docx(), NOTE)


def test_pandoc_carries_the_foot_into_the_document(tmp_path: Path) -> None:
    made = render_docx("# One\n\nText.\n", tmp_path / "a.docx", footer=NOTE).read_bytes()
    names = zipfile.ZipFile(io.BytesIO(made)).namelist()
    feet = [name for name in names if "footer" in name]
    assert any("Invented" in part(made, name) for name in feet)
    assert "footerReference" in part(made, "word/document.xml")


def test_a_printed_page_of_html_has_the_note_too(tmp_path: Path) -> None:
    markdown = '---\ntitle: "A"\nlang: en-GB\n---\n\n# One\n'
    with_note = render_html(markdown, tmp_path / "a.html", footer=NOTE).read_text("utf-8")
    assert '<div class="running" aria-hidden="true">Invented &lt;cases&gt;' in with_note
    assert 'class="running"' not in render_html(markdown, tmp_path / "b.html").read_text("utf-8")
