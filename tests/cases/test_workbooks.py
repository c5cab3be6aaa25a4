"""Workbooks: the sheet is found, nothing a cell shows is lost, and harmful files are refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.bad_inputs.sheets import changed, ods, ods_row, zipped
from workbench.cases import encodings
from workbench.cases.sheet_xml import count_ods_cells, keep_spaces
from workbench.cases.tables import Table, read_table
from workbench.errors import SourceError
from workbench.study import Source

NAMES = ("Case", "Received", "Enquiry")
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Table]:
    """Write a workbook's bytes and read them by the usual names."""

    def read(
        data: bytes, *, suffix: str = ".xlsx", columns: tuple[str, ...] = NAMES, **options: Any
    ) -> Table:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(data)
        return read_table(path, Source(path=path.name, **options), columns=columns)

    return read


def book(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        fill(workbook)
    return out.getvalue()


def sheet_of(rows: list[list[Any]], name: str = "Cases") -> Callable[[xlsxwriter.Workbook], None]:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, (date, datetime)):
                    sheet.write_datetime(number, place, cell, day)
                else:
                    sheet.write(number, place, cell)

    return fill


def test_banners_blank_columns_and_merged_cells(read: Callable[..., Table]) -> None:
    rows = [["Helpline"], [], ["", *NAMES], ["", "A1", date(2023, 3, 4), "x"]]
    table = read(book(sheet_of(rows)))
    assert table.found.heading == 3
    assert table.found.sheet == "Cases"
    assert table.frame.loc[4, list(NAMES)].tolist() == ["A1", "2023-03-04", "x"]


def test_long_numbers_are_not_shown_wrong(read: Callable[..., Table]) -> None:
    rows = [[*NAMES], [1234567890123456, "x", "y"], [123456789012345, "x", "y"]]
    table = read(book(sheet_of(rows)))
    assert table.frame["Case"].tolist() == ["123456789012345"]
    [bad] = table.bad_rows
    assert (bad.row, bad.column) == (2, "Case")
    assert "16 digits" in bad.reason


def test_noughts_of_a_number_format_stay(read: Callable[..., Table]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        sheet.write(1, 0, 41, workbook.add_format({"num_format": "000000"}))
        sheet.write(2, 0, 41, workbook.add_format({"num_format": "0.00"}))
        sheet.write(3, 0, -41, workbook.add_format({"num_format": "00000"}))
        sheet.write(4, 0, 41, workbook.add_format({"num_format": '"POSH-"0000'}))
        sheet.write(5, 0, 41, workbook.add_format({"num_format": "\\C\\-0"}))
        sheet.write(6, 0, "7", workbook.add_format({"num_format": "@"}))

    shown = ["000041", "41", "-41", "POSH-0041", "C-41", "7"]
    assert read(book(fill)).frame["Case"].tolist() == shown


def test_errors_are_text_as_shown(read: Callable[..., Table]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        sheet.write_row(1, 0, ["A1", "x"])
        sheet.write_formula(1, 2, "=1/0", None, "#DIV/0!")
        sheet.write_formula(5, 4, "=1/0", None, "#N/A")

    frame = read(book(fill)).frame
    assert frame.loc[2, "Enquiry"] == "#DIV/0!"


def test_exchanged_days_and_months_are_doubted(read: Callable[..., Table]) -> None:
    typed = [["A", date(2023, 5, day), "x"] for day in range(1, 7)]
    written = [["B", f"{day}/05/2023", "x"] for day in range(13, 17)]
    table = read(book(sheet_of([[*NAMES], *typed, *written])))
    assert set(table.frame["Case"]) == {"B"}
    assert {bad.column for bad in table.bad_rows} == {"Received"}
    for sound in (["A", date(2023, 5, 20), "x"], ["B", "03/05/2023", "x"]):
        assert not read(book(sheet_of([[*NAMES], *typed, *written, sound]))).bad_rows


def test_the_sheet_with_the_columns_is_read(read: Callable[..., Table]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet_of([["Read me"], ["Case", "of the year"]], "Notes")(workbook)
        sheet_of([[*NAMES], ["A1", "x", "y"]], "Data")(workbook)
        workbook.add_chartsheet()
        sheet_of([[*NAMES], ["OLD", "x", "y"]], "Old")(workbook)
        workbook.get_worksheet_by_name("Old").hide()

    data = book(fill)
    assert read(data).found.sheet == "Data"
    assert read(data, sheet="Old").frame["Case"].tolist() == ["OLD"]
    assert read(data, columns=()).found.sheet == "Notes"
    with pytest.raises(SourceError, match=r"no sheet 'Dota'.*Did you mean 'Data'"):
        read(data, sheet="Dota")


def test_several_sheets_of_cases_are_never_guessed_among(read: Callable[..., Table]) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        for term in ("Autumn", "Spring"):
            sheet_of([[*NAMES], ["A1", "x", "y"]], term)(workbook)

    with pytest.raises(SourceError, match=r"'Autumn', 'Spring' all hold.*Name the one"):
        read(book(fill))


@pytest.mark.parametrize("text", ["a\tb", "a\nb", "a   b", " a ", "a\n\nb"])
def test_spaces_of_open_documents_stay(read: Callable[..., Table], text: str) -> None:
    data = ods(ods_row([*NAMES]) + ods_row(["A1", "x", text]))
    assert read(data, suffix=".ods").frame["Enquiry"].tolist() == [text]
    assert keep_spaces(b"<text:p>a<text:tab/>b</text:p>") == b"<text:p>a&#9;b</text:p>"


def test_cells_of_open_documents_are_counted() -> None:
    row = ods_row(["x", "y"], attributes=' table:number-rows-repeated="5000"')
    empty = ods_row([""], attributes=' table:number-rows-repeated="1000000"')
    assert count_ods_cells(b"<table:table " + (row + empty).encode() + b"</table:table>") == 10_000


GOOD = book(sheet_of([[*NAMES], ["A1", "x", "y"]]))
DOCTYPE = b'?><!DOCTYPE a [<!ENTITY b "c">]>'


@pytest.mark.parametrize(
    ("data", "suffix", "message"),
    [
        (changed(GOOD, SHEET, lambda x: x.replace(b"?>", DOCTYPE, 1)), ".xlsx", "XML entities"),
        (changed(GOOD, SHEET, lambda x: x + b" " * 20_000_000), ".xlsx", "more than .* unpacked"),
        (changed(GOOD, SHEET, lambda x: x[: len(x) // 2]), ".xlsx", "not a readable workbook"),
        (changed(GOOD, "xl/workbook.xml", lambda x: b"no"), ".xlsx", "not a readable workbook"),
        (zipped({"a.txt": b"b"}), ".xlsx", "not a readable workbook"),
        (b"<html></html>", ".xlsx", "by its content it is none"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), ".xlsx", "locked by a pass"),
        (b"\xd0\xcf\x11\xe0 old", ".xlsx", "Excel before 2007"),
        (ods("", manifest="<manifest:encryption-data/>"), ".ods", "locked by a password"),
    ],
)
def test_what_may_do_harm_or_cannot_be_read_is_refused(
    read: Callable[..., Table], data: bytes, suffix: str, message: str
) -> None:
    with pytest.raises(SourceError, match=message):
        read(data, suffix=suffix)


def test_a_cell_in_the_last_corner_is_refused_before_room_is_made(
    read: Callable[..., Table],
) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, NAMES)
        sheet.write(1_048_575, 16_383, "x")

    with pytest.raises(SourceError, match="cells, counted up to its last one"):
        read(book(fill))


def test_sizes_are_counted_not_believed(
    read: Callable[..., Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workbench.cases.archives.LARGEST_FILE", 4000)
    with pytest.raises(SourceError, match="unpacked"):
        read(GOOD)
    assert encodings.LARGEST_FILE > 4000


@given(junk=st.binary(min_size=1, max_size=60), place=st.floats(0, 1), name=st.integers(0, 11))
def test_xml_that_is_damaged_is_refused_or_read(
    tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: float, name: int
) -> None:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        members = archive.namelist()

    def damage(xml: bytes) -> bytes:
        at = int(place * len(xml))
        return xml[:at] + junk + xml[at + len(junk) :]

    path = tmp_path_factory.mktemp("damaged") / "a.xlsx"
    path.write_bytes(changed(GOOD, members[name % len(members)], damage))
    try:
        table = read_table(path, columns=NAMES)
    except SourceError:
        return
    assert table.frame.index.is_unique
