"""Links from prose to figures, tables and sections, once all stand in their places.

Figures and tables are counted as the renderer counts them: the addresses are ``#fig-N``, ``#tbl-N``
and ``#section-N``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import suggest
from workbench.privacy.escape import escape
from workbench.report.blocks import FigureBlock, Prose, Section, TableBlock
from workbench.report.faults import Fault, ProseError
from workbench.report.live import REFUSED
from workbench.report.masking import place_of
from workbench.report.parts import slug
from workbench.report.pieces import Reference, find_figure
from workbench.report.prose import LINK, Linked, Rendered
from workbench.report.refusals import find_refused

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing

REPORT_PAGE = "report.html"
"""Where links from the one-page summary lead: it lies in the same folder."""

_LINK = re.compile(LINK.format(r"(\d+)"))


def owns(name: str, section: str) -> bool:
    """Whether the section of an id is ``name``, or below it."""
    return section == name or section.startswith(f"{name}-")


@dataclass(frozen=True)
class _Anchors:
    """Where links can lead: words and address of every figure, table and section."""

    figures: Mapping[str, tuple[str, str]]
    tables: Mapping[str, tuple[str, str]]
    sections: Mapping[str, tuple[str, str]]

    @property
    def names(self) -> list[str]:
        """All that a link can name."""
        return [*self.figures, *self.tables, *self.sections]


def _anchors(sections: Sequence[Section]) -> _Anchors:
    """Figures and tables are counted as they come, as the renderer counts them."""
    figures: dict[str, tuple[str, str]] = {}
    tables: dict[str, tuple[str, str]] = {}
    numbers = [0, 0]
    for block in (block for section in sections for block in section.blocks):
        if isinstance(block, FigureBlock):
            numbers[0] += 1
            link = (f"Figure {numbers[0]}", f"#fig-{numbers[0]}")
            figures.setdefault(block.drawing.name, link)
        elif isinstance(block, TableBlock):
            numbers[1] += 1
            link = (f"Table {numbers[1]}", f"#tbl-{numbers[1]}")
            tables.setdefault(block.name or slug(block.title), link)
    named = {
        section.id: (f"“{section.title}”", f"#section-{number}")
        for number, section in enumerate(sections, start=1)
        if section.title
    }
    return _Anchors(figures, tables, named)


def figure_numbers(sections: Sequence[Section]) -> dict[str, int]:
    """The number of each figure in its caption, by the drawing's name; the first one stands."""
    blocks = (block for section in sections for block in section.blocks)
    names = [block.drawing.name for block in blocks if isinstance(block, FigureBlock)]
    numbered = reversed(list(enumerate(names, start=1)))
    return {name: number for number, name in numbered}


def resolve_links(
    sections: Sequence[Section],
    rendered: Iterable[Rendered],
    drawings: Mapping[str, Drawing],
    *,
    report: Sequence[Section] = (),
    refused: Mapping[str, str] | None = None,
) -> tuple[list[Section], list[Fault]]:
    """The sections with every link in words and led to its place; faults for those to nowhere.

    ``report`` are the sections of the report beside which they stand: what they do not have
    themselves is linked there, as "Figure 3 in the report". ``refused`` are the tables that
    disclosure control refused: that one is not there for it is said so.
    """
    anchors, beside = _anchors(sections), _anchors(report)
    faults: list[Fault] = []
    words: dict[str, dict[int, str]] = {}
    for made in rendered:
        words[made.file.id] = found = {}
        for link in made.links:
            target = _target(link.reference, anchors, drawings)
            if target is None and (there := _target(link.reference, beside, drawings)):
                target = (f"{there[0]} in the report", f"{REPORT_PAGE}{there[1]}")
            if target is None:
                known = [*anchors.names, *beside.names]
                faults.append(_dangling(link, known, made, refused or {}))
            found[link.number] = _link(*target) if target else ""
    return [_with_links(section, words) for section in sections], faults


def _with_links(section: Section, words: Mapping[str, Mapping[int, str]]) -> Section:
    """The section with the links of the file that it is of."""
    owner = max((name for name in words if owns(name, section.id)), key=len, default="")

    def linked(mark: re.Match[str]) -> str:
        return words[owner][int(mark[1])]

    blocks = tuple(
        Prose(_LINK.sub(linked, block.markdown)) if isinstance(block, Prose) else block
        for block in section.blocks
    )
    return replace(section, blocks=blocks)


def _link(words: str, address: str) -> str:
    return f"[{escape(words, form='markdown')}]({address}){{.ref}}"


def _dangling(link: Linked, known: list[str], made: Rendered, refused: Mapping[str, str]) -> Fault:
    wanted = link.reference
    at = place_of(made.file.text, link.at)
    if key := find_refused(wanted.name, refused):
        return Fault("disclosure", made.file.name, *at, REFUSED.format(key, refused[key]))
    kind = wanted.kind or "figure, table or section"
    message = f"the report has no {kind} '{wanted.name}' to refer to."
    told = f"{message}{suggest(wanted.name, known)}"
    return Fault("reference", made.file.name, *at, told)


def _target(
    reference: Reference, anchors: _Anchors, drawings: Mapping[str, Drawing]
) -> tuple[str, str] | None:
    name, kind = reference.name, reference.kind
    if kind in ("", "figure"):
        try:
            own = find_figure(name, drawings)
        except ProseError:
            own = ""
        if own in anchors.figures:
            return anchors.figures[own]
    if kind in ("", "table") and name in anchors.tables:
        return anchors.tables[name]
    return anchors.sections.get(name) if kind in ("", "section") else None
