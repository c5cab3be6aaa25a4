"""What the XML of a workbook tells and the reader of workbooks does not.

That reader (calamine) leaves out errors such as #REF!, shows numbers without the noughts that
their format puts in front, makes room for every cell up to the last, and drops tabs and line
breaks in an .ods; all of this is found, or mended, here first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from xml.etree import ElementTree

MOST_CELLS = 20_000_000
"""Rows times columns of a sheet, up to the last cell that holds something."""

_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*[^<>/])>")
_FILLED = re.compile(
    rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"'](?:[^<>]*[^<>/])?>"
)
_PLACE = re.compile(rb"\br=[\"']([A-Za-z]{1,3})([0-9]{1,7})[\"']")
_STYLE = re.compile(rb"\bs=[\"']([0-9]+)[\"']")
_ERROR = re.compile(rb"<(?:\w+:)?c\s([^<>]*\bt=[\"']e[\"'][^<>]*)>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v[^<>]*>([^<>]*)</")
_SHOWN = re.compile(r"((?:\"[^\"]*\"|\\.|[-/ ])*)(0{1,15})")
_LITERAL = re.compile(r"\"([^\"]*)\"|\\(.)")
_REPEATED = re.compile(rb"\btable:number-(?:rows|columns)-repeated=[\"']([0-9]+)[\"']")
_ODS_ROW = re.compile(
    rb"<table:table-row\b([^<>]*)>(.*?)(?=<table:table-row\b|</table:table>)", re.DOTALL
)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^<>]*)>")
_SPACES = ((b"<text:tab/>", b"&#9;"), (b"<text:line-break/>", b"&#10;"))

Place = tuple[int, int]
"""Row and column of a cell, from 0."""


@dataclass(frozen=True)
class Mask:
    """How a whole number is shown: after ``prefix``, filled up with noughts to ``digits``."""

    prefix: str
    digits: int

    def show(self, number: str) -> str:
        """The digits of a number as the sheet shows them; what is no whole number stays."""
        return f"{self.prefix}{number.zfill(self.digits)}" if number.isdigit() else number


@dataclass(frozen=True)
class Sheet:
    """Of one sheet: ``errors`` of formulas as shown, and the ``masks`` of its numbers.

    ``cells`` counts rows times columns up to the last cell that holds something.
    """

    errors: Mapping[Place, str] = field(default_factory=dict)
    masks: Mapping[Place, Mask] = field(default_factory=dict)
    cells: int = 0


def look_through(members: Mapping[str, bytes]) -> dict[str, Sheet]:
    """Each sheet of an .xlsx by its name. Raises ``ValueError``, ``KeyError`` if it is damaged."""
    styles = _masked_styles(members)
    return {name: _look(members[part], styles) for name, part in _parts(members)}


def _look(xml: bytes, styles: Mapping[bytes, Mask]) -> Sheet:
    return Sheet(_errors(xml), _masks(xml, styles), _extent(xml))


def _extent(xml: bytes) -> int:
    """Rows times columns up to the last cell that holds something."""
    filled = _FILLED.findall(xml)
    height = max((int(row) for _, row in filled), default=0)
    return height * max((_number(letters) for letters in {each for each, _ in filled}), default=0)


def _masks(xml: bytes, styles: Mapping[bytes, Mask]) -> dict[Place, Mask]:
    """The mask of each cell whose style has one."""
    masks: dict[Place, Mask] = {}
    for found in _CELL.finditer(xml) if styles else ():
        style, place = _STYLE.search(found.group(1)), _PLACE.search(found.group(1))
        if place is not None and style is not None and style.group(1) in styles:
            masks[_place(place)] = styles[style.group(1)]
    return masks


def _errors(xml: bytes) -> dict[Place, str]:
    """The errors of formulas, as the sheet shows them."""
    errors: dict[Place, str] = {}
    for found in _ERROR.finditer(xml) if b't="e"' in xml or b"t='e'" in xml else ():
        place, value = _PLACE.search(found.group(1)), _VALUE.search(found.group(2))
        if place is None:
            raise ValueError("a cell without a place")
        errors[_place(place)] = value.group(1).decode() if value else "#VALUE!"
    return errors


def _place(match: re.Match[bytes]) -> Place:
    return int(match.group(2)) - 1, _number(match.group(1)) - 1


def _number(letters: bytes) -> int:
    """The number of a column, A being 1."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + letter - 64
    return number


def _parts(members: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the member that holds it."""
    relations = _parse(members["xl/_rels/workbook.xml.rels"])
    targets = {item.get("Id"): item.get("Target", "") for item in relations}
    for item in _parse(members["xl/workbook.xml"]).iter():
        if _plain(item.tag) != "sheet":
            continue
        key = next((value for name, value in item.attrib.items() if _plain(name) == "id"), None)
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        if part in members:
            yield item.get("name", ""), part


def _masked_styles(members: Mapping[str, bytes]) -> dict[bytes, Mask]:
    """The styles whose number format shows more than the digits, as 000000 or "CASE-"0000."""
    if "xl/styles.xml" not in members:
        return {}
    root = _parse(members["xl/styles.xml"])
    formats = {
        item.get("numFmtId"): item.get("formatCode", "")
        for item in root.iter()
        if _plain(item.tag) == "numFmt"
    }
    styles = next((item for item in root if _plain(item.tag) == "cellXfs"), ())
    masks = [_mask(formats.get(style.get("numFmtId"), "")) for style in styles]
    return {str(number).encode(): mask for number, mask in enumerate(masks) if mask is not None}


def _mask(code: str) -> Mask | None:
    found = _SHOWN.fullmatch(code)
    if found is None or code == "0":
        return None
    return Mask(_LITERAL.sub(r"\1\2", found.group(1)), len(found.group(2)))


def count_ods_cells(xml: bytes) -> int:
    """Rows times columns of the largest sheet of an .ods, up to the last cell with something."""
    if max((int(number) for number in _REPEATED.findall(xml)), default=0) < 1000:
        return 0  # then the file's own size is limit enough
    return max((_ods_extent(table) for table in xml.split(b"<table:table ")[1:]), default=0)


def _ods_extent(table: bytes) -> int:
    row = height = width = 0
    for found in _ODS_ROW.finditer(table):
        row += _times(found.group(1))
        column = filled = 0
        for cell in _ODS_CELL.finditer(found.group(2)):
            column += _times(cell.group(1))
            filled = column if b"office:value-type" in cell.group(1) else filled
        if filled:
            height, width = row, max(width, filled)
    return height * width


def _times(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found.group(1)) if found else 1


def keep_spaces(xml: bytes) -> bytes:
    """Tabs and line breaks of an .ods as characters, which its reader keeps."""
    for tag, character in _SPACES:
        xml = xml.replace(tag, character)
    return xml


def _parse(xml: bytes) -> ElementTree.Element:
    """A small member; declarations of entities have been refused before."""
    try:
        return ElementTree.fromstring(xml)
    except ElementTree.ParseError:
        raise ValueError("not well-formed") from None


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
