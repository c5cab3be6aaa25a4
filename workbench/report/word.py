"""What pandoc's Word file lacks: fields for contents, captions and references, and page breaks.

A contents field is filled with names and links at once; Word puts the page numbers in when its
reader updates it (F9), since nobody can know them before Word has laid out the pages.
"""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from xml.etree import ElementTree

from workbench.report.footer import join_parts, keep_prefixes, parts_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = "word/document.xml"
_CAPTION = re.compile(r"(Figure|Table) (\d+)(\..*)", re.S)
_ANCHOR = re.compile(r"(fig|tbl|section)-(\d+)")
_KINDS = {"fig": "Figure", "tbl": "Table", "section": "Section"}
_CAPTIONS = ("ImageCaption", "TableCaption")
_NOTE = "Note"
_CONTENTS_STYLES = ("TOC1", "TOC2")
_TOC = r' TOC \o "1-2" \h \z \u '

HELD_TOGETHER, HELD_LETTERS = 3, 500
"""So many rows stand with the heading of their table, and with its end; of long ones, fewer."""
LONG_ROW = 900
"""A row of more letters than this may run over to the next page."""
AFTER_TABLE, AFTER_LIST = "220", "140"
"""Space in twentieths of a point."""

Element = ElementTree.Element


def finish_word(docx: bytes) -> bytes:
    """``docx``, as pandoc made it, with Word's own fields and with tables that break well.

    Contents become a TOC field; numbers of captions SEQ fields; links to figures, tables and
    sections REF fields. Rows do not break over pages, and captions, headings of tables and their
    first rows stay together. The same input gives the same bytes.
    """
    parts = parts_of(docx)
    keep_prefixes(parts[_DOCUMENT])
    root = ElementTree.fromstring(parts[_DOCUMENT])
    body = _child(root, "body")
    _fill_contents(body)
    _begin_page(body)
    _number_captions(root)
    _mark_headings(root)
    _refer(root)
    for table in root.iter(_tag("tbl")):
        _hold_rows(table)
    _space(body)
    parts[_DOCUMENT] = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return join_parts(parts)


# --- fields ----------------------------------------------------------------------------------


def _fill_contents(body: Element) -> None:
    """One TOC field around the entries, which are its result so far."""
    entries = [p for p in body.iter(_tag("p")) if _style(p) in _CONTENTS_STYLES]
    if not entries:
        return
    for run in (run for entry in entries for run in entry.iter(_tag("rPr"))):
        for look in run.findall(_tag("rStyle")):  # all of it is links, and each line shows so
            run.remove(look)
    first, last = entries[0], entries[-1]
    start = [_mark("begin"), _run_of(_make("instrText", _TOC)), _mark("separate")]
    place = 1 if first.find(_tag("pPr")) is not None else 0
    for offset, run in enumerate(start):
        first.insert(place + offset, run)
    last.append(_mark("end"))


def _begin_page(body: Element) -> None:
    """The text begins on a page of its own where contents precede it."""
    headings = [p for p in body.iter(_tag("p")) if _style(p) == "Heading1"]
    if headings and any(_style(p) in _CONTENTS_STYLES for p in body.iter(_tag("p"))):
        properties = _properties(headings[0])
        properties.insert(1, _make("pageBreakBefore"))


def _number_captions(root: Element) -> None:
    """Numbers of captions as SEQ fields, and "Figure 3" as a bookmark that references name."""
    number = _free_number(root)
    for caption in (p for p in root.iter(_tag("p")) if _style(p) in _CAPTIONS):
        run = caption.find(_tag("r"))
        words = run.find(_tag("t")) if run is not None else None
        found = _CAPTION.fullmatch(words.text or "") if words is not None else None
        if run is None or found is None:
            continue
        kind, own, rest = found.groups()
        name = _bookmark(kind, own)
        start = _make("bookmarkStart", id=str(number), name=name)
        field = _simple_field(rf" SEQ {kind} \* ARABIC ", _run(own))
        end = _make("bookmarkEnd", id=str(number))
        number += 1
        at = list(caption).index(run)
        caption.remove(run)
        for offset, part in enumerate((start, _run(f"{kind} "), field, end, _run(rest))):
            caption.insert(at + offset, part)


def _mark_headings(root: Element) -> None:
    """The words of each heading as a bookmark that references name; pandoc's holds all below it."""
    number = _free_number(root)
    for parent in list(root.iter()):
        for mark, heading in pairwise(list(parent)):
            found = _ANCHOR.fullmatch(mark.get(_tag("name"), ""))
            if found is None or not _style(heading).startswith("Heading"):
                continue
            name = _bookmark(_KINDS[found[1]], found[2])
            at = 0 if heading.find(_tag("pPr")) is None else 1
            heading.insert(at, _make("bookmarkStart", id=str(number), name=name))
            heading.append(_make("bookmarkEnd", id=str(number)))
            number += 1


def _refer(root: Element) -> None:
    """Links as REF fields, so that they follow where a figure or heading is moved or changed."""
    known = {mark.get(_tag("name")) for mark in root.iter(_tag("bookmarkStart"))}
    for paragraph in root.iter(_tag("p")):
        if _style(paragraph) in _CONTENTS_STYLES:  # Word makes these anew, as links
            continue
        for link in paragraph.findall(_tag("hyperlink")):
            found = _ANCHOR.fullmatch(link.get(_tag("anchor"), ""))
            name = _bookmark(_KINDS[found[1]], found[2]) if found else ""
            if name in known:
                at = list(paragraph).index(link)
                paragraph.remove(link)
                for offset, part in enumerate(_reference(name, link)):
                    paragraph.insert(at + offset, part)


def _reference(name: str, link: Element) -> list[Element]:
    """A link as a field; quotes around a title stand outside it, as the heading has none."""
    texts = list(link.iter(_tag("t")))
    first, last = texts[0].text or "", texts[-1].text or ""
    if not (first.startswith("“") and last.endswith("”")):
        return [_simple_field(rf" REF {name} \h ", *link)]
    texts[0].text = first[1:]
    texts[-1].text = (texts[-1].text or "")[:-1]
    return [_run("“"), _simple_field(rf" REF {name} \h ", *link), _run("”")]


def _free_number(root: Element) -> int:
    """A number above those of all bookmarks."""
    marks = (mark.get(_tag("id"), "0") for mark in root.iter(_tag("bookmarkStart")))
    return 1 + max((int(mark) for mark in marks), default=0)


def _bookmark(kind: str, number: str) -> str:
    return f"_Ref{kind}{number}"


# --- what stands together --------------------------------------------------------------------


def _hold_rows(table: Element) -> None:
    """Whole rows; the heading with the first rows, the last rows with one another."""
    rows = table.findall(_tag("tr"))
    for row in rows:
        if _letters(row) <= LONG_ROW:
            properties = row.find(_tag("trPr"))
            if properties is None:
                properties = _make("trPr")
                row.insert(0, properties)
            properties.insert(0, _make("cantSplit"))
    body = rows[1:]
    first = _within(body[:HELD_TOGETHER])
    last = _within(body[::-1][:HELD_TOGETHER])[1:]  # the last row needs nothing after it
    for row in (*rows[:1], *first[: len(body) - 1], *last):
        for paragraph in row.iter(_tag("p")):
            _keep_next(paragraph)


def _within(rows: list[Element]) -> list[Element]:
    """The rows from the first on that have ``HELD_LETTERS`` together; at least one."""
    sums = accumulate(map(_letters, rows))
    return rows[: max(1, sum(so_far <= HELD_LETTERS for so_far in sums))]


def _letters(row: Element) -> int:
    return sum(len(words.text or "") for words in row.iter(_tag("t")))


def _space(body: Element) -> None:
    """Room below tables and lists; a caption with its note."""
    blocks = [block for block in body if block.tag in (_tag("p"), _tag("tbl"))]
    for block, following in pairwise(blocks):
        if following.tag != _tag("p"):
            continue
        plain = _style(following) not in (*_CAPTIONS, _NOTE)
        if block.tag == _tag("tbl"):
            if plain and not _style(following).startswith("Heading"):
                _set_spacing(following, before=AFTER_TABLE)
        elif _style(block) in _CAPTIONS and _style(following) == _NOTE:
            _keep_next(block)
        elif _in_list(block) and not _in_list(following):
            _set_spacing(block, after=AFTER_LIST)


def _in_list(paragraph: Element) -> bool:
    return paragraph.find(f"{_tag('pPr')}/{_tag('numPr')}") is not None


def _keep_next(paragraph: Element) -> None:
    """Hold a paragraph with the next; Word wants this right behind its style."""
    properties = _properties(paragraph)
    if properties.find(_tag("keepNext")) is None:
        at = 0 if properties.find(_tag("pStyle")) is None else 1
        properties.insert(at, _make("keepNext"))


_BEFORE_SPACING = ("pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr")


def _set_spacing(paragraph: Element, **values: str) -> None:
    properties = _properties(paragraph)
    spacing = properties.find(_tag("spacing"))
    if spacing is None:
        spacing = _make("spacing")
        earlier = [part for part in properties if part.tag in map(_tag, _BEFORE_SPACING)]
        properties.insert(len(earlier), spacing)
    for key, value in values.items():
        spacing.set(_tag(key), value)


# --- elements --------------------------------------------------------------------------------


def _tag(name: str) -> str:
    return f"{{{_W}}}{name}"


def _child(parent: Element, name: str) -> Element:
    found = parent.find(_tag(name))
    if found is None:
        raise ValueError(f"a Word document without {name}")
    return found


def _make(name: str, text: str = "", /, **values: str) -> Element:
    made = ElementTree.Element(_tag(name), {_tag(key): value for key, value in values.items()})
    if text:
        made.text = text
        made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _run_of(*parts: Element) -> Element:
    run = _make("r")
    run.extend(parts)
    return run


def _run(text: str) -> Element:
    return _run_of(_make("t", text))


def _mark(kind: str) -> Element:
    return _run_of(_make("fldChar", fldCharType=kind))


def _simple_field(instruction: str, *result: Element) -> Element:
    field = _make("fldSimple", instr=instruction)
    field.extend(result)
    return field


def _properties(paragraph: Element) -> Element:
    found = paragraph.find(_tag("pPr"))
    if found is None:
        found = _make("pPr")
        paragraph.insert(0, found)
    return found


def _style(paragraph: Element) -> str:
    found = paragraph.find(f"{_tag('pPr')}/{_tag('pStyle')}")
    return "" if found is None else found.get(_tag("val"), "")
