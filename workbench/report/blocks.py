"""What a report is made of, before anyone decides how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.report.behind import Behind

if TYPE_CHECKING:
    import pandas as pd

    from workbench.charts.drawing import Drawing


@dataclass(frozen=True)
class Paragraph:
    """Plain words; ``style`` is "" for running text, "note" small print, "key" a finding.

    Words with figures are ``Sourced``: they carry the rows that they were read from.
    """

    text: str
    style: str = ""


@dataclass(frozen=True)
class Bullets:
    """Plain words, one item a line; those with figures are ``Sourced``."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class TableBlock:
    """A table as printed: ``frame`` holds strings, ``numeric`` names the columns set right.

    ``widths`` are the columns' shares of the page; equal where they are left out. ``note`` says
    base and gaps. ``name`` is what a cross-reference calls the table, such as "platform"; without
    one it goes by its title. ``leads`` gives for titles of sections that cells name in quotes the
    section's id: there they are links. ``source`` is the table of the analysis behind it, or one
    of ``behind.SOURCES``; ``cells`` gives for a printed column what is behind it, row by row.
    """

    title: str
    frame: pd.DataFrame
    numeric: tuple[str, ...] = ()
    widths: tuple[float, ...] = ()
    note: str = ""
    name: str = ""
    leads: Mapping[str, str] = field(default_factory=dict)
    source: str = "method"
    cells: Mapping[str, tuple[Behind, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class FigureBlock:
    """A drawing, captioned by its title and note."""

    drawing: Drawing


@dataclass(frozen=True)
class Quote:
    """Words of an enquirer: redacted, and shown only where ``approved``; else why not.

    A report prints ``number`` and ``who`` in coarse words, and never the ``case_id``.
    """

    case_id: str
    text: str
    approved: bool
    why: str
    number: int = 0
    who: str = ""


@dataclass(frozen=True)
class Quotes:
    """Short quotes that illustrate what was just said."""

    items: tuple[Quote, ...]


@dataclass(frozen=True)
class Prose:
    """What the researcher wrote, as pandoc's Markdown with its live values and links filled in.

    It is put in as it is: everything that comes from a case or a table was escaped before.
    """

    markdown: str


Block = Paragraph | Bullets | TableBlock | FigureBlock | Quotes | Prose


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; ``level`` 1 is a part, 2 a section, 3 a subsection.

    Without a title it has no heading, and stands under the title of the document.
    ``id`` names it whatever its title, such as "b4": a file of prose goes by it.
    """

    title: str
    level: int
    blocks: tuple[Block, ...] = ()
    id: str = ""
