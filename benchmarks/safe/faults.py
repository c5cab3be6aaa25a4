"""What must not stand in a document, a workbook, a CSV or a picture, found in the file itself."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

_NUMBER = re.compile(r"[+-]?(\d[\d,]*)?(\.\d+)?(e[+-]?\d+)?%?", re.IGNORECASE)
_FORMULA = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20")
_OUTSIDE = re.compile(r"\s*(https?:|//|javascript:|file:|mailto:|ftp:)", re.IGNORECASE)
_URL = re.compile(r"url\(\s*[\"']?(?![\s\"'#]|data:)", re.IGNORECASE)
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_RUNS = re.compile(rb"/(?:URI|JavaScript|JS|Launch|SubmitForm|GoToR|EmbeddedFile|RichMedia)\b")
# The whole of each field that a report has of its own: contents, captions, references to captions
# and headings.
_OWN_FIELDS = re.compile(
    r"PAGE|NUMPAGES|SEQ (Figure|Table) \\\* ARABIC|REF _Ref(Figure|Table|Section)\d+ \\h"
    r'|TOC \\o "1-2" \\h \\z \\u'
)
_LIVE = {"object", "OLEObject", "altChunk", "control", "subDoc", "attachedTemplate", "externalData"}


def docx_faults(path: Path) -> Iterator[str]:
    """Fields that are not the report's own, outside relationships, objects; XML that is broken."""
    for name, root in _xml_parts(path):
        for element in root.iter():
            tag = _local(element.tag)
            words = (element.text or "") if tag == "instrText" else _attribute(element, "instr")
            field = tag in ("fldSimple", "instrText")
            if field and not _OWN_FIELDS.fullmatch(words.strip()):
                yield f"{name}: a field"
            if tag in _LIVE:
                yield f"{name}: {tag}"
            if tag == "Relationship" and element.get("TargetMode") == "External":
                yield f"{name}: an outside address"


def xlsx_faults(path: Path) -> Iterator[str]:
    """Formulas, links out of the workbook, defined names; text that would begin one."""
    for name, root in _xml_parts(path):
        for element in root.iter():
            tag = _local(element.tag)
            if tag in ("f", "definedName", "ddeLink", "externalBook"):
                yield f"{name}: {tag}"
            if tag == "formula1" and not _is_list(element.text or ""):
                yield f"{name}: a rule for cells"
            if tag == "Relationship" and element.get("TargetMode") == "External":
                yield f"{name}: an outside address"
            if tag == "t" and (element.text or "").lstrip().startswith(_FORMULA):
                yield f"{name}: text that begins a formula"


def csv_faults(path: Path) -> Iterator[str]:
    """Cells, headings too, that a spreadsheet would take for a formula."""
    text = path.read_text(encoding="utf-8-sig")
    for row, cells in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        for cell in cells:
            begins = cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA)
            if begins and not _NUMBER.fullmatch(cell):
                yield f"row {row}: a formula"


def pdf_faults(path: Path) -> Iterator[str]:
    """Addresses outside the document, scripts, programs to start, and files inside it."""
    content = path.read_bytes()
    parts = [content]
    for match in _STREAM.finditer(content):
        try:
            parts.append(zlib.decompressobj().decompress(match[1]))
        except zlib.error:
            continue  # a stream that is not packed stands in the file as it is
    for part in parts:
        for name in _RUNS.findall(part):
            yield "an outside address" if name == b"/URI" else name.decode()


def svg_faults(path: Path) -> Iterator[str]:
    """Elements and attributes that run, and addresses outside the picture."""
    for element in ElementTree.fromstring(path.read_bytes()).iter():
        tag = _local(element.tag)
        if tag in ("script", "foreignObject", "iframe", "a"):
            yield tag
        for name, value in element.attrib.items():
            if _local(name).lower().startswith("on"):
                yield f"{tag} {_local(name)}"
            if _local(name) in ("href", "src") and _OUTSIDE.match(value):
                yield f"{tag} {_local(name)}"
            if _URL.search(value):
                yield f"{tag} url()"


def _xml_parts(path: Path) -> Iterator[tuple[str, ElementTree.Element]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                yield name, ElementTree.fromstring(archive.read(name))


def _is_list(formula: str) -> bool:
    """Whether a rule for cells is a list of values in quotes, and no formula."""
    return bool(re.fullmatch(r'"[^"]*"', formula))


def _local(tag: str) -> str:
    return tag.rsplit("}", maxsplit=1)[-1]


def _attribute(element: ElementTree.Element, name: str) -> str:
    found = [value for key, value in element.attrib.items() if _local(key) == name]
    return found[0] if found else ""
