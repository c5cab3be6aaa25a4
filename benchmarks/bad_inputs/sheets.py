"""Workbooks for the makers: .xlsx by xlsxwriter, .ods by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from benchmarks.bad_inputs.making import HEADING, Input, Record

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# With a fixed date the bytes of a file are the same whenever it is made.
_MADE = {"created": datetime(2024, 1, 1)}


@dataclass
class Book:
    """An .xlsx in the making; ``row`` is the next free row of the sheet in hand, from 0."""

    out: io.BytesIO = field(default_factory=io.BytesIO)
    records: list[Record] = field(default_factory=list)
    row: int = 0
    column: int = 0

    def __post_init__(self) -> None:
        from xlsxwriter import Workbook

        self.book: Workbook = Workbook(self.out, _OPTIONS)
        self.book.set_properties(_MADE)
        self.sheet: Worksheet = self.new_sheet("Cases")

    def new_sheet(self, name: str) -> Worksheet:
        """Start a further sheet."""
        self.sheet, self.row = self.book.add_worksheet(name), 0
        return self.sheet

    def format(self, code: str) -> Format:
        """A number format."""
        return self.book.add_format({"num_format": code})

    def line(self, cells: list[Any] | tuple[Any, ...]) -> Book:
        """Write a row of strings, numbers or truth values."""
        for place, cell in enumerate(cells, start=self.column):
            if isinstance(cell, str):
                if cell:
                    self.sheet.write_string(self.row, place, cell)
            else:
                self.sheet.write(self.row, place, cell)
        self.row += 1
        return self

    def head(self, heading: tuple[str, ...] = HEADING) -> Book:
        """Write the heading."""
        return self.line(heading)

    def add(self, record: Record, cells: list[Any] | None = None) -> Book:
        """Write a record, as its cells unless ``cells`` says otherwise."""
        self.line(record.cells if cells is None else cells)
        self.records.append(replace(record, row=self.row))
        return self

    def add_all(self, records: list[Record]) -> Book:
        """Write records as they are."""
        for record in records:
            self.add(record)
        return self

    def bytes(self) -> bytes:
        """The finished file."""
        self.book.close()
        return self.out.getvalue()

    def made(self, **more: Any) -> Input:
        """The file with its truth."""
        return Input(".xlsx", self.bytes(), tuple(self.records), **more)


_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest '
    'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_ODS_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}'
    "</manifest:file-entry></manifest:manifest>"
)
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_CONTENT = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    f'xmlns:office="{_SPACE}office:1.0" xmlns:table="{_SPACE}table:1.0" '
    f'xmlns:text="{_SPACE}text:1.0" office:version="1.3"><office:body><office:spreadsheet>'
    '<table:table table:name="Cases">{}</table:table>'
    "</office:spreadsheet></office:body></office:document-content>"
)


def ods(body: str, *, manifest: str = "") -> bytes:
    """An .ods with one sheet whose rows are ``body``."""
    return zipped(
        {
            "mimetype": _ODS_TYPE.encode(),
            "META-INF/manifest.xml": _MANIFEST.format(manifest).encode(),
            "content.xml": _CONTENT.format(body).encode(),
        }
    )


def ods_row(cells: list[str], *, attributes: str = "") -> str:
    """A row of texts as LibreOffice writes them: runs of space, tabs and breaks as elements."""
    return f"<table:table-row{attributes}>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    marked = escape(text).replace("\t", "<text:tab/>")
    marked = re.sub(" ( +)", lambda m: f' <text:s text:c="{len(m.group(1))}"/>', marked)
    paragraphs = "".join(f"<text:p>{part}</text:p>" for part in marked.split("\n"))
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'


def zipped(members: Mapping[str, bytes]) -> bytes:
    """An archive, its members with a fixed date."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """An archive with one member changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    return zipped({**members, name: change(members.get(name, b""))})
