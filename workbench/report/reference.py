"""The Word styles of a report: pandoc's own reference document in a plain, readable dress.

A house style replaces it: any .docx with these styles will do (``build_report(reference=...)``).
"""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

from workbench.report.footer import FIRST_MOMENT, keep_prefixes

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FONT = "Arial"
_INK, _ACCENT, _GREY = "222222", "12436D", "555555"

# style id: (size in half points, colour, bold, italic, space before, space after), twentieths of
# a point for the spaces.
_LOOK = {
    "BodyText": (21, _INK, False, False, 60, 140),
    "Compact": (18, _INK, False, False, 30, 30),
    "Title": (52, _ACCENT, True, False, 0, 120),
    "Subtitle": (26, _GREY, False, False, 0, 240),
    "Heading1": (36, _ACCENT, True, False, 480, 160),
    "Heading2": (28, _ACCENT, True, False, 360, 120),
    "Heading3": (23, _ACCENT, True, False, 280, 80),
    "TableCaption": (19, _INK, True, False, 240, 80),
    "ImageCaption": (19, _INK, True, False, 60, 60),
    "BlockText": (21, _INK, False, True, 80, 120),
    "TOCHeading": (28, _ACCENT, True, False, 240, 120),
}
_EXTRA = {
    "Note": (17, _GREY, False, False, 40, 220),
    "KeyFinding": (22, _ACCENT, True, False, 80, 120),
    "Banner": (19, "801650", True, False, 120, 240),
    "TOC1": (20, _ACCENT, True, False, 90, 10),
    "TOC2": (19, _INK, False, False, 10, 10),
}
_SHORT = {
    "BodyText": (20, _INK, False, False, 40, 100),
    "Compact": (20, _INK, False, False, 20, 20),
    "Title": (40, _ACCENT, True, False, 0, 80),
    "Subtitle": (24, _GREY, False, False, 0, 120),
    "Heading1": (26, _ACCENT, True, False, 240, 80),
    "Note": (17, _GREY, False, False, 40, 120),
    "Banner": (19, "801650", True, False, 60, 120),
}
"""What a document that is to fit on one page has otherwise, as its PDF does."""

_NAMES = {"KeyFinding": "Key Finding", "TOC1": "toc 1", "TOC2": "toc 2"}
_INDENTS = {"TOC2": "280"}
_LEFT = ("Title", "Subtitle")
_KEEP_WITH_NEXT = ("TableCaption", "CaptionedFigure")


def reference_docx(*, short: bool = False) -> bytes:
    """The reference document for pandoc as bytes; the same bytes every time.

    One for a ``short`` document is set closer, so that what fits on a page of PDF fits here too.
    """
    import subprocess

    import pypandoc

    default = subprocess.run(
        [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"],
        check=True,
        capture_output=True,
    ).stdout
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(default)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/styles.xml":
                data = _dress(data, short=short)
            if name == "word/document.xml":
                data = _page(data, short=short)
            entry = zipfile.ZipInfo(name, date_time=FIRST_MOMENT)
            new.writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _tag(name: str) -> str:
    return f"{{{_W}}}{name}"


def _set(parent: ElementTree.Element, name: str, **values: str) -> ElementTree.Element:
    """The child ``name`` of ``parent``, made if need be, with exactly these attributes."""
    child = parent.find(_tag(name))
    if child is None:
        child = ElementTree.SubElement(parent, _tag(name))
    child.attrib.clear()
    for key, value in values.items():
        child.set(_tag(key), value)
    return child


def _dress(data: bytes, *, short: bool) -> bytes:
    """``styles.xml`` with our fonts, sizes and colours, and the styles that we add."""
    keep_prefixes(data)
    root = ElementTree.fromstring(data)
    defaults = root.find(f"{_tag('docDefaults')}/{_tag('rPrDefault')}/{_tag('rPr')}")
    if defaults is not None:
        _fonts(defaults)
        _set(defaults, "sz", val="21")
        _set(defaults, "szCs", val="21")
        _set(defaults, "lang", val="en-GB")
    closer = _SHORT if short else {}
    styles = {style.get(_tag("styleId")): style for style in root.findall(_tag("style"))}
    for name, look in _LOOK.items():
        if name in styles:
            _apply(styles[name], closer.get(name, look), left=name in _LEFT)
    for name, look in _EXTRA.items():
        style = ElementTree.SubElement(root, _tag("style"))
        style.set(_tag("type"), "paragraph")
        if not name.startswith("TOC"):  # Word's own styles, which pandoc's document lacks
            style.set(_tag("customStyle"), "1")
        style.set(_tag("styleId"), name)
        _set(style, "name", val=_NAMES.get(name, name))
        _set(style, "basedOn", val="BodyText")
        _apply(style, closer.get(name, look), left=False)
        if name in _INDENTS:
            _set(_properties(style), "ind", left=_INDENTS[name])
    for name in _KEEP_WITH_NEXT:
        if name in styles:
            _keep_next(_properties(styles[name]))
    if "Hyperlink" in styles:
        _mark_links(styles["Hyperlink"])
    if "Table" in styles:
        _ruled(styles["Table"])
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _mark_links(style: ElementTree.Element) -> None:
    """Links in a colour that can be read, and underlined: colour alone would not tell them."""
    run = style.find(_tag("rPr"))
    run = run if run is not None else ElementTree.SubElement(style, _tag("rPr"))
    _set(run, "color", val=_ACCENT)
    _set(run, "u", val="single")


def _properties(style: ElementTree.Element) -> ElementTree.Element:
    found = style.find(_tag("pPr"))
    return found if found is not None else ElementTree.SubElement(style, _tag("pPr"))


def _keep_next(paragraph: ElementTree.Element) -> None:
    """Hold a paragraph with the next; Word wants this as the first of its properties."""
    if paragraph.find(_tag("keepNext")) is None:
        paragraph.insert(0, ElementTree.Element(_tag("keepNext")))


def _apply(
    style: ElementTree.Element, look: tuple[int, str, bool, bool, int, int], *, left: bool
) -> None:
    size, colour, bold, italic, before, after = look
    paragraph = _properties(style)
    _set(paragraph, "spacing", before=str(before), after=str(after))
    if left:
        _set(paragraph, "jc", val="left")
    old = style.find(_tag("rPr"))
    if old is not None:
        style.remove(old)
    run = ElementTree.SubElement(style, _tag("rPr"))
    _fonts(run)
    if bold:
        _set(run, "b")
    if italic:
        _set(run, "i")
    _set(run, "color", val=colour)
    _set(run, "sz", val=str(size))
    _set(run, "szCs", val=str(size))


def _fonts(run: ElementTree.Element) -> None:
    _set(run, "rFonts", ascii=_FONT, hAnsi=_FONT, cs=_FONT, eastAsia=_FONT)


def _ruled(style: ElementTree.Element) -> None:
    """Tables with a rule under the heading and hairlines between rows."""
    table = style.find(_tag("tblPr"))
    if table is None:
        table = ElementTree.SubElement(style, _tag("tblPr"))
    old = table.find(_tag("tblBorders"))
    if old is not None:
        table.remove(old)
    borders = ElementTree.Element(_tag("tblBorders"))
    margins = table.find(_tag("tblCellMar"))  # Word wants the borders before the cell margins
    table.insert(len(table) if margins is None else list(table).index(margins), borders)
    for side, size, colour in (
        ("top", "8", _ACCENT),
        ("bottom", "8", _ACCENT),
        ("insideH", "4", "C8CDD2"),
    ):
        _set(borders, side, val="single", sz=size, space="0", color=colour)
    for special in style.findall(_tag("tblStylePr")):
        style.remove(special)
    heading = ElementTree.SubElement(style, _tag("tblStylePr"))
    heading.set(_tag("type"), "firstRow")
    run = ElementTree.SubElement(heading, _tag("rPr"))
    _set(run, "b")
    cell = ElementTree.SubElement(heading, _tag("tcPr"))
    _set(cell, "shd", val="clear", color="auto", fill="E8EEF4")


def _page(data: bytes, *, short: bool) -> bytes:
    """``document.xml`` with an A4 page and margins of 22 mm; 16 mm at the head if ``short``."""
    keep_prefixes(data)
    root = ElementTree.fromstring(data)
    for section in root.iter(_tag("sectPr")):
        _set(section, "pgSz", w="11906", h="16838")
        margin = dict.fromkeys(("top", "right", "bottom", "left"), "1247")
        margin |= {"top": "907"} if short else {}
        _set(section, "pgMar", **margin, header="708", footer="708", gutter="0")
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))
