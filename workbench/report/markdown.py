"""From sections to pandoc's Markdown: numbered captions, real tables, everything escaped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.privacy.escape import escape
from workbench.report.blocks import (
    Block,
    Bullets,
    FigureBlock,
    Paragraph,
    Prose,
    Quote,
    Section,
    TableBlock,
)
from workbench.report.claims import describe_behind, holds_claim
from workbench.report.widths import fit_widths

if TYPE_CHECKING:
    import pandas as pd

NO_BREAK_HYPHEN = "\u2011"
"""Keeps a period such as 2022-23 on one line in the heading of a narrow column."""

TABLE_DASHES = 200
"""Dashes shared among a table's columns: pandoc reads the columns' relative widths from them."""

_APART = "<!-- -->"


@dataclass
class _Numbers:
    """Numbers figures and tables as they appear; ``sections`` has the numbers of all by id.

    With ``titles`` of the study's fields each figure in a table says where it comes from.
    """

    sections: Mapping[str, int]
    titles: Mapping[str, str] | None = None
    figures: int = 0
    tables: int = 0

    def link(self, title: str, section: str) -> str:
        """The title of a section in quotes, as a link where the report has the section."""
        words = f"“{escape(title, form='markdown')}”"
        number = self.sections.get(section)
        return f"[{words}](#section-{number}){{.ref}}" if number else words


def to_markdown(
    sections: Iterable[Section],
    *,
    title: str,
    subtitle: str = "",
    banner: str = "",
    contents: bool = False,
    pictures: Mapping[str, Path],
    titles: Mapping[str, str] | None = None,
) -> str:
    """The whole report as Markdown for pandoc.

    ``pictures`` gives for each drawing's name the picture to show, named without its folder; of a
    drawing without one stands the caption, and that it was not drawn. ``banner`` (such as
    "synthetic data") stands under the title, and after it, with ``contents``, a list of parts and
    sections, each a link to its heading. With ``titles`` of the study's fields by name, each figure
    in a table says on hover where it comes from.
    """
    sections = list(sections)
    known = {section.id: at for at, section in enumerate(sections, 1) if section.title}
    counter = _Numbers(known, titles)
    head = ["---", f"title: {_yaml(title)}", f"subtitle: {_yaml(subtitle)}", "lang: en-GB", "---"]
    parts = ["\n".join(head)]
    if banner:
        parts.append(_styled(escape(banner, form="markdown"), "Banner"))
    if contents:
        parts += [_styled("Contents", "TOC Heading"), _contents(sections)]
    for number, section in enumerate(sections, start=1):
        if section.title:
            title = escape(section.title, form="markdown")
            parts.append(f"{'#' * section.level} {title} {{#section-{number}}}")
        parts += _blocks(section.blocks, counter, pictures)
    return "\n\n".join(part for part in parts if part) + "\n"


def _contents(sections: list[Section]) -> str:
    """Parts and sections as links, in the styles that Word gives to contents."""
    return "\n\n".join(
        _styled(
            f"[{escape(section.title, form='markdown')}](#section-{number})", f"toc {section.level}"
        )
        for number, section in enumerate(sections, start=1)
        if section.level <= 2
    )


def _blocks(
    blocks: Iterable[Block], counter: _Numbers, pictures: Mapping[str, Path]
) -> Iterator[str]:
    """Each block; lists that follow one another stay apart, or their lines would stand wide."""
    listed = False
    for block in blocks:
        if listed and isinstance(block, Bullets):
            yield _APART
        yield _block(block, counter, pictures)
        listed = isinstance(block, Bullets)


def _block(block: Block, counter: _Numbers, pictures: Mapping[str, Path]) -> str:
    if isinstance(block, Paragraph):
        text = escape(block.text, form="markdown")
        names = {"note": "Note", "key": "Key Finding"}
        return _styled(text, names[block.style]) if block.style else text
    if isinstance(block, Bullets):
        return "\n".join(f"- {escape(item, form='markdown')}" for item in block.items)
    if isinstance(block, TableBlock):
        counter.tables += 1
        return _table(block, counter)
    if isinstance(block, FigureBlock):
        counter.figures += 1
        return _figure(block, counter.figures, pictures)
    if isinstance(block, Prose):
        return block.markdown
    return _quotes(block.items)


def _figure(block: FigureBlock, number: int, pictures: Mapping[str, Path]) -> str:
    drawing = block.drawing
    caption = f"Figure {number}. " + escape(drawing.title, form="markdown")
    note = _styled(escape(drawing.note, form="markdown"), "Note") if drawing.note else ""
    picture = pictures.get(drawing.name)
    if picture is None:
        # As a caption with an address of its own: references lead to it and the numbers go on.
        own = _styled(caption, "Image Caption", name=f"fig-{number}")
        name = escape(drawing.name, form="markdown")
        missing = (
            "The picture was not drawn, since no browser was found. Beside this report lie its "
            f"numbers, {name}.csv, and the interactive figure, {name}.html."
        )
        return "\n\n".join(part for part in (own, _styled(missing, "Note"), note) if part)
    alt = escape(drawing.alt, form="markdown")
    attributes = f'{{#fig-{number} width=165mm alt="{alt}"}}'
    # By name alone: pandoc writes what stands here into the Word file.
    return f"![{caption}]({picture.name}){attributes}\n\n{note}".rstrip()


def _table(block: TableBlock, numbers: _Numbers) -> str:
    frame = block.frame
    widths = block.widths or tuple(1.0 for _ in frame.columns)
    dashes = [max(3, round(TABLE_DASHES * share)) for share in fit_widths(frame, widths)]
    rule = "|".join(
        "-" * (count - 1) + ":" if column in block.numeric else ":" + "-" * (count - 1)
        for column, count in zip(frame.columns, dashes, strict=True)
    )
    lines = [
        f"Table: Table {numbers.tables}. {escape(block.title, form='markdown')} "
        f"{{#tbl-{numbers.tables}}}",
        "",
        _row(str(column).replace("-", NO_BREAK_HYPHEN) for column in frame.columns),
        f"|{rule}|",
        *(
            _led(_row(row, _hover(block, at, numbers.titles)), block.leads, numbers)
            for at, row in enumerate(frame.itertuples(index=False))
        ),
    ]
    note = _styled(escape(block.note, form="markdown"), "Note") if block.note else ""
    return "\n".join(lines) + (f"\n\n{note}" if note else "")


def _row(cells: Iterable[object], hover: Mapping[int, str] | None = None) -> str:
    """Cells as a row of a table; ``hover`` gives for some, by their place, a title to show."""
    texts = [escape(str(cell), form="markdown").replace("\n", " ") for cell in cells]
    for place, title in (hover or {}).items():
        texts[place] = f'[{texts[place]}]{{title="{escape(title, form="markdown")}"}}'
    return "| " + " | ".join(texts) + " |"


def _hover(block: TableBlock, row: int, titles: Mapping[str, str] | None) -> dict[int, str]:
    """Where the figures of a row come from, by the place of their column."""
    if titles is None:
        return {}
    cells = block.frame.iloc[row]
    return {
        place: describe_behind(block.cells[column][row], titles)
        for place, column in enumerate(map(str, block.frame.columns))
        if column in block.cells and holds_claim(block, column, str(cells.iloc[place]))
    }


def _led(row: str, leads: Mapping[str, str], numbers: _Numbers) -> str:
    """The row with the titles in quotes of ``leads`` as links to their sections."""
    links = {f"“{escape(title, form='markdown')}”": (title, own) for title, own in leads.items()}
    if not links:
        return row
    titles = "|".join(map(re.escape, links))
    return re.sub(titles, lambda found: numbers.link(*links[found[0]]), row)


def _quotes(quotes: tuple[Quote, ...]) -> str:
    """The quotes that are released; for the others one line a reason, without their words."""
    said = [
        f"> “{escape(quote.text, form='markdown')}”{_reference(quote)}"
        for quote in quotes
        if quote.approved
    ]
    held = Counter(quote.why for quote in quotes if not quote.approved)
    waiting = [
        f"> \\[Place for {number} {'quote' if number == 1 else 'quotes'}, not released: "
        f"{escape(why, form='markdown')}.\\]"
        for why, number in held.items()
    ]
    return "\n\n".join([*said, *waiting])


def _reference(quote: Quote) -> str:
    """The quote's number and whose words they are; a case's own number stands in no report."""
    told = "; ".join(part for part in (f"quote {quote.number}", quote.who) if part)
    return f" ({escape(told, form='markdown')})" if quote.number else ""


def _styled(text: str, style: str, *, name: str = "") -> str:
    """A paragraph in a style of its own, in Word by its name, in HTML by a class.

    ``name`` is the address to which links lead.
    """
    css = style.lower().replace(" ", "-")
    address = f"#{name} " if name else ""
    return f'::: {{{address}.{css} custom-style="{style}"}}\n{text}\n:::'


def _yaml(text: str) -> str:
    """Text as a double-quoted YAML value that pandoc reads as Markdown: escaped for both."""
    escaped = escape(text, form="markdown").replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def printed(frame: pd.DataFrame) -> pd.DataFrame:
    """A frame with every cell as the string to print; missing values as a dash."""
    return frame.map(lambda cell: "–" if cell is None or cell != cell else str(cell))
