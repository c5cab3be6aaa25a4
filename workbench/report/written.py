"""The report as it is written: generated sections, the researcher's prose, claims and faults."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from workbench.errors import suggest
from workbench.privacy.release import corpus_words
from workbench.report.blocks import Quote, Quotes, Section
from workbench.report.claims import Claim, claims_of
from workbench.report.faults import Fault, stop_at
from workbench.report.ledger import hash_inputs
from workbench.report.links import owns, resolve_links
from workbench.report.naming import titles_of
from workbench.report.numbering import Numbered, describer, number_quotes
from workbench.report.onepage import ONE_PAGE, UNTITLED, OnePage, names_on_page, page_of
from workbench.report.parts import slug
from workbench.report.pieces import Pieces, Placed
from workbench.report.prose import (
    ProseFile,
    Rendered,
    blocks_of,
    read_prose_files,
    render,
)
from workbench.report.prose_checks import check_own_words, find_case_words
from workbench.report.sections import write_sections
from workbench.report.values import Values

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing
    from workbench.report.analysis import Analysis

ORDER = {
    "summary": ("Executive summary", 1),
    "about": ("About this report", 1),
    "a": ("Part A. Top-level figures", 1),
    "a-words": ("Words in subject lines", 2),
    "a-takedowns": ("Addresses reported and removed", 2),
    "a-replies": ("When enquiries arrive, and the first reply", 2),
    "b": ("Part B. What enquirers write about, and how", 1),
    "b1": ("Themes in the enquiries", 2),
    "b4": ("The enquirers' tone", 2),
    "b2": ("What “bullying” covers", 2),
    "b3": ("The vocabulary of defamation", 2),
    "b5": ("What was tried before", 2),
    "risk": ("Texts that read as somebody at risk", 2),
    "b6": ("Returning matters", 2),
    "c": ("Part C. Comparisons", 1),
    "c1": ("Year on year", 2),
    "c2": ("Groups compared", 2),
    "c3": ("Any other grouping", 2),
    "d": ("Part D. Apparatus", 1),
    "d1": ("Category descriptions", 2),
    "glossary": ("Glossary", 2),
    "counting": ("Counting rules", 2),
    "approach": ("Approach and authors", 2),
    "data": ("Data and exclusions", 2),
    "method": ("Methods", 2),
    "agreement": ("Agreement of coders", 2),
    "limits": ("Limits", 2),
    "printed": ("Check against the printed reports", 2),
    "printed-words": ("Where printed figures need a word", 2),
    "standards": ("Reporting standards: where this report answers", 2),
}
"""The sections that prose may have, in order, with title and level: also such as are not generated.

Sections of fields ("a-FIELD"), of themes and tones, and of schemes go by what is generated.
"""

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.+?)[ \t#]*$", re.M)


@dataclass(frozen=True)
class Written:
    """The sections to be rendered, every claim that they make, and what is wrong in the prose.

    ``hashes`` are those of the study's files (see ``hash_inputs``). ``page`` is the one-page
    summary, where the study has prose for one; its claims and faults are among the others.
    ``quoted`` are the quotes in the order of their numbers, then those within sentences;
    ``titles`` those of the study's fields, by name.
    """

    sections: tuple[Section, ...]
    claims: tuple[Claim, ...]
    faults: tuple[Fault, ...]
    hashes: Mapping[str, str] = field(default_factory=dict)
    page: OnePage | None = None
    quoted: tuple[Quote, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)


def write_report(
    analysis: Analysis,
    drawings: Mapping[str, Drawing],
    quotes: Mapping[str, Quotes],
    *,
    collect: bool = False,
) -> Written:
    """The sections with the study's prose in them, its live values and links filled in.

    Raises ``WorkbenchError`` that lists every fault with which nothing can be written; with
    ``collect`` they are only listed, for a lint.
    """
    generated = write_sections(analysis, drawings, quotes)
    return with_prose(generated, analysis, drawings, quotes, collect=collect)


def with_prose(
    generated: Sequence[Section],
    analysis: Analysis,
    drawings: Mapping[str, Drawing],
    quotes: Mapping[str, Quotes],
    *,
    collect: bool = False,
) -> Written:
    """``generated`` sections with the prose of the study in them: see `write_report`."""
    study, refused = analysis.study, analysis.refused
    files = read_prose_files(study)
    hashes = hash_inputs(study)
    values = Values(study, analysis.log, analysis.tables, refused)
    words = corpus_words(analysis.log.texts) if files else {}
    pieces = Pieces(study, analysis.log, drawings, quotes, generated, words=words, refused=refused)
    rendered, faults = _render_all([one for one in files if one.id != ONE_PAGE], values, pieces)
    placed = _place(generated, rendered)
    sections, dangling = resolve_links(placed, rendered, drawings, refused=refused)
    page, apart = None, next((one for one in files if one.id == ONE_PAGE), None)
    if apart is not None:
        made = render(apart, names_on_page(_names(values, pieces, ONE_PAGE)))
        own = list(_split(made, Section(UNTITLED, 0, id=ONE_PAGE)))
        own, lost = resolve_links(own, [made], drawings, report=sections, refused=refused)
        page = page_of(apart.name, own)
        rendered, dangling = [*rendered, made], [*dangling, *lost]
    numbered = Numbered(describer(analysis.log, study.release))
    sections = number_quotes(sections, numbered)
    if page is not None:
        page = replace(page, sections=tuple(number_quotes(page.sections, numbered)))
    quoted = (*numbered.quotes, *(quote for made in rendered for quote in made.spoken))
    inputs = hashes["all"]
    said = tuple(replace(one.claim, inputs=inputs) for made in rendered for one in made.said)
    printed = (*sections, *(page.sections if page else ()))
    titles = titles_of(analysis.log)
    made_by_us = claims_of(printed, analysis.tables, inputs=inputs, titles=titles)
    for made in rendered:
        faults += made.faults
        faults += check_own_words(made, (*said, *made_by_us), analysis)
    faults += find_case_words(rendered, analysis.log.texts) if rendered else []
    listed = sorted((*faults, *dangling), key=lambda one: (one.file, one.line, one.column))
    if not collect:
        stop_at(listed)
    claims = (*said, *made_by_us)
    return Written(tuple(sections), claims, tuple(listed), hashes, page, quoted, titles)


def _names(values: Values, pieces: Pieces, section: str) -> dict[str, Any]:
    """What an expression in the prose of ``section`` may use."""
    return {**values.names(), **replace(pieces, section=section).names()}


def _render_all(
    files: Sequence[ProseFile], values: Values, pieces: Pieces
) -> tuple[list[Rendered], list[Fault]]:
    """The files in the order of their sections; a fault for one that is no section's."""
    known = [*ORDER, *(section.id for section in pieces.generated_sections)]
    ranks = _ranks(pieces.generated_sections)
    rendered: list[Rendered] = []
    faults = []
    for file in sorted(files, key=lambda one: ranks.get(one.id, 0.0)):
        if file.id not in known:
            message = f"there is no section '{file.id}' to write.{suggest(file.id, known)}"
            faults.append(Fault("reference", file.name, 0, 0, message))
            continue
        first = 1 + sum(len(made.said) for made in rendered)
        rendered.append(render(file, _names(values, pieces, file.id), first=first))
    return rendered, faults


def _ranks(generated: Sequence[Section]) -> dict[str, float]:
    """Where each section stands: those generated as they are, others after what ORDER has before.

    A section of ORDER that is not generated comes last among those of its part that precede it.
    """
    ranks = {section.id: float(place) for place, section in enumerate(generated)}
    before = -1.0
    for name in ORDER:
        own = [rank for other, rank in ranks.items() if owns(name, other)]
        if name not in ranks:
            ranks[name] = min(own) - 0.5 if own else before + 0.001
        before = max(*own, ranks[name], before) if own else ranks[name]
    return ranks


def _place(generated: Sequence[Section], rendered: Iterable[Rendered]) -> list[Section]:
    """Sections that have prose replaced by it, and those that only prose has put in."""
    ranks, prose = _ranks(generated), {made.file.id: made for made in rendered}
    by_id = {section.id: section for section in generated}
    found: list[Section] = []
    skipping = 0  # the level of a section whose own subsections went with it
    for name in sorted({*by_id, *prose}, key=lambda one: ranks[one]):
        section = by_id.get(name) or Section(*ORDER[name], id=name)
        if skipping and section.level > skipping:
            continue
        skipping = 0
        if name not in prose:
            found.append(section)
            continue
        found += _split(prose[name], section)
        whole = any(isinstance(part, Placed) and part.whole for part in prose[name].parts)
        skipping = section.level if section.level > 1 and not whole else 0
    return found


def _split(made: Rendered, section: Section) -> Iterator[Section]:
    """The file as a section, and as subsections by the headings in it."""
    parts: list[str | Placed] = []
    current, first = section, True
    for part in made.parts:
        if isinstance(part, Placed):
            parts.append(part)
            continue
        end = 0
        for heading in _HEADING.finditer(part):
            parts.append(part[end : heading.start()])
            end, depth, title = heading.end(), len(heading[1]), heading[2].strip()
            if first and depth == 1 and not "".join(map(str, parts)).strip():
                current, parts = replace(current, title=title), []
            else:
                yield replace(current, blocks=tuple(blocks_of(parts)))
                level = min(section.level + max(depth - 1, 1), current.level + 1)
                current, parts = Section(title, level, id=f"{section.id}-{slug(title)}"), []
            first = False
        parts.append(part[end:])
    yield replace(current, blocks=tuple(blocks_of(parts)))
