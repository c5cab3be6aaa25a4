"""Concern sheets on paper: open to their owner alone, and nothing in them is markup."""

from __future__ import annotations

import re
import zipfile
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest

from tests.charts.frames import make_study
from tests.lenses.test_risk import small_log
from tests.logs import NOTHING_HIDDEN
from workbench.errors import ExportError, WorkbenchError
from workbench.lenses.risk import ConcernSheet
from workbench.report.blocks import Bullets, Paragraph, TableBlock
from workbench.report.concern import (
    BANNER,
    check_case,
    sheet_name,
    sheet_of,
    sheet_sections,
    write_concern_sheet,
)
from workbench.report.keeping import SafeRecords
from workbench.study import Contact

HOSTILE = (
    "<script>alert(1)</script>",
    "[press](https://evil.example/x) ![see](/etc/hostname)",
    "`<w:br/>`{=openxml} $x^2$ # no heading | *no* _emphasis_ \\",
    '</w:t></w:r> & "quoted" ::: {custom-style="Banner"}',
    "@citation [^1] <https://evil.example>",
)
EMPTY = ConcernSheet("C1", (), (), (), (), (), (), ())


def hostile_sheet() -> ConcernSheet:
    pairs = tuple((text, text) for text in HOSTILE)
    return ConcernSheet(HOSTILE[0], pairs, HOSTILE, pairs, HOSTILE, HOSTILE, HOSTILE, pairs)


def parts_of(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as document:
        names = [name for name in document.namelist() if name.endswith((".xml", ".rels"))]
        return {name: document.read(name).decode("utf-8") for name in names}


def words_of(path: Path) -> str:
    """What the document reads as, paragraph by paragraph."""
    body = ElementTree.fromstring(parts_of(path)["word/document.xml"])
    space = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return "\n".join(
        "".join(piece.text or "" for piece in paragraph.iter(f"{space}t"))
        for paragraph in body.iter(f"{space}p")
    )


@pytest.fixture(scope="module")
def records() -> SafeRecords:
    returns = pd.DataFrame(
        [("C1", "C0", "C0", 12, "account")],
        columns=["case_id", "earlier", "matter", "days", "signs"],
    )
    return SafeRecords(small_log(), returns, {}, NOTHING_HIDDEN)


@pytest.fixture(scope="module")
def sheet(records: SafeRecords) -> ConcernSheet:
    study = make_study().model_copy(update={"contacts": (Contact(name="Police", details="999"),)})
    return sheet_of("C1", records, study)


def test_the_sheet_is_of_the_studys_own_case_returns_contacts_and_staff(sheet, records):
    assert sheet.refer_to == (("Police", "999"),)
    assert any("Returns to case C0" in sign for sign in sheet.patterns)
    assert "Immediate danger" not in dict(sheet.key_words)
    study = make_study()
    everyone = study.model_copy(
        update={"messages": study.messages.model_copy(update={"staff": ("desk",)})}
    )
    assert "Immediate danger" in dict(sheet_of("C1", records, everyone).key_words)


def test_the_document_says_all_that_the_sheet_holds(sheet, tmp_path):
    path = write_concern_sheet(sheet, tmp_path / "sheet.docx")
    said = words_of(path)
    assert "Concern sheet: case C1" in said
    assert BANNER in said
    for field in fields(ConcernSheet)[1:]:
        for item in getattr(sheet, field.name):
            for piece in item if isinstance(item, tuple) else (item,):
                assert piece in said, field.name


def test_an_invented_case_is_said_to_be_so(sheet, tmp_path):
    said = words_of(write_concern_sheet(sheet, tmp_path / "sheet.docx", synthetic=True))
    assert "Synthetic data" in said
    assert BANNER not in said


@pytest.mark.parametrize("there", [False, True])
def test_only_the_owner_may_read_it(there, tmp_path):
    path = tmp_path / "sheet.docx"
    if there:
        path.write_bytes(b"an older one")
        path.chmod(0o644)
    assert write_concern_sheet(EMPTY, path) == path
    assert path.stat().st_mode & 0o777 == 0o600


def test_words_of_a_case_are_never_markup(tmp_path):
    path = write_concern_sheet(hostile_sheet(), tmp_path / "sheet.docx")
    said = words_of(path)
    for text in HOSTILE:
        assert said.count(text) == 10 + (text == HOSTILE[0])  # once more in the title
    parts = parts_of(path)
    links = parts["word/_rels/document.xml.rels"]
    assert "evil.example" not in links
    assert "/etc" not in links
    body = parts["word/document.xml"]
    assert not re.search(r"<w:(?:hyperlink|drawing)\b|<m:oMath|footnoteReference", body)
    assert body.count('w:val="Banner"') == 1


def test_the_same_sheet_gives_the_same_bytes(sheet, tmp_path):
    one = write_concern_sheet(sheet, tmp_path / "one.docx")
    other = write_concern_sheet(sheet, tmp_path / "other.docx")
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.parametrize("name", ["sheet.pdf", "sheet", "sheet.docx.html"])
def test_another_kind_of_file_is_refused(name, tmp_path):
    with pytest.raises(ExportError, match=r"ends in \.docx"):
        write_concern_sheet(EMPTY, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_may_be_in_capitals(tmp_path):
    assert write_concern_sheet(EMPTY, tmp_path / "SHEET.DOCX").is_file()


def test_what_the_record_does_not_tell_is_said():
    said = {section.title: section.blocks for section in sheet_sections(EMPTY)}
    assert all(blocks for blocks in said.values())
    for title, blocks in said.items():
        assert isinstance(blocks[-1], Paragraph), title
    assert said["Platforms"] == (Paragraph("None is named."),)
    full = {section.title: section.blocks for section in sheet_sections(hostile_sheet())}
    assert list(full) == list(said)
    assert isinstance(full["Where to refer"][-1], Bullets)
    assert isinstance(full["Signs, in the words of the record"][0], TableBlock)


def test_a_study_must_read_for_risk():
    study = make_study()
    with pytest.raises(WorkbenchError, match=r'Case C1: .*lenses = \["risk"\]'):
        check_case("C1", study)
    check_case("C1", study.model_copy(update={"lenses": ("attempts", "risk")}))


def test_no_identifier_leads_out_of_the_folder() -> None:
    assert sheet_name("P23-00001") == "concern-P23-00001.docx"
    assert "/" not in sheet_name("../../etc/P1")
