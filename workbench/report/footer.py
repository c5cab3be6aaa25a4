"""The foot of each Word page: what the reader must know of the whole, and the page's number."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree

from workbench.privacy.escape import escape

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PART = "footer-report.xml"
_ID = "rIdFooterReport"
FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""Of a zip's clock: the same bytes every time."""

_DOCUMENT = "word/document.xml"
_LINKS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"


def with_footer(docx: bytes, text: str = "") -> bytes:
    """``docx`` (a reference document) with ``text`` and the page's number at the foot of each page.

    A document that has a foot of its own, such as a house style, keeps it, and ``text`` becomes
    its first paragraph. The same input gives the same bytes.
    """
    parts = parts_of(docx)
    own = _own_footer(parts)
    if own is None:
        parts = _add(parts, text)
    elif text:
        parts[own] = _insert(parts[own], text)
    return join_parts(parts)


def join_parts(parts: Mapping[str, bytes]) -> bytes:
    """A document of ``parts`` by their names; the same parts give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, date_time=FIRST_MOMENT)
            archive.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def parts_of(docx: bytes) -> dict[str, bytes]:
    """The parts of a document by their names."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def keep_prefixes(data: bytes) -> None:
    """Have ElementTree write the namespaces of ``data`` by the names that it gives them."""
    for _, (prefix, address) in ElementTree.iterparse(io.BytesIO(data), events=["start-ns"]):
        ElementTree.register_namespace(prefix, address)


def _own_footer(parts: dict[str, bytes]) -> str | None:
    """The part that holds the foot of ordinary pages, if there is one."""
    root = ElementTree.fromstring(parts[_DOCUMENT])
    for reference in root.iter(f"{{{_W}}}footerReference"):
        if reference.get(f"{{{_W}}}type") == "default":
            wanted = reference.get(f"{{{_R}}}id")
            for link in ElementTree.fromstring(parts[_LINKS]):
                if link.get("Id") == wanted:
                    return f"word/{link.get('Target')}"
    return None


def _add(parts: dict[str, bytes], text: str) -> dict[str, bytes]:
    reference = f'<w:footerReference xmlns:r="{_R}" w:type="default" r:id="{_ID}"/>'
    link = f'<Relationship Type="{_R}/footer" Id="{_ID}" Target="{_PART}"/>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
    override = f'<Override PartName="/word/{_PART}" ContentType="{kind}"/>'
    return {
        **parts,
        _DOCUMENT: _after(parts[_DOCUMENT], r"<w:sectPr(?:\s[^>]*)?>", reference),
        _LINKS: _before(parts[_LINKS], "</Relationships>", link),
        _TYPES: _before(parts[_TYPES], "</Types>", override),
        f"word/{_PART}": _footer(text),
    }


def _after(data: bytes, opening: str, more: str) -> bytes:
    """``more`` put behind the last tag that looks like ``opening``."""
    text = data.decode("utf-8")
    last = list(re.finditer(opening, text))[-1].end()
    return (text[:last] + more + text[last:]).encode("utf-8")


def _before(data: bytes, closing: str, more: str) -> bytes:
    head, tail = data.decode("utf-8").rsplit(closing, 1)
    return f"{head}{more}{closing}{tail}".encode()


_LOOK = (
    '<w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/>'
    '<w:color w:val="555555"/><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>'
)


def _footer(text: str) -> bytes:
    # Parts of one field: some readers lose the look of a simple one.
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    runs = "".join(f"<w:r>{_LOOK}{part}</w:r>" for part in parts)
    number = f'<w:p><w:pPr><w:jc w:val="right"/>{_LOOK}</w:pPr>{runs}</w:p>'
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:ftr xmlns:w="{_W}">'
        f"{_paragraph(text) if text else ''}{number}</w:ftr>"
    ).encode()


def _paragraph(text: str) -> str:
    safe = escape(text)
    return f'<w:p xmlns:w="{_W}"><w:r>{_LOOK}<w:t xml:space="preserve">{safe}</w:t></w:r></w:p>'


def _insert(data: bytes, text: str) -> bytes:
    keep_prefixes(data)
    root = ElementTree.fromstring(data)
    root.insert(0, ElementTree.fromstring(_paragraph(text)))
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
