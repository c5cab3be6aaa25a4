"""What the report says, section by section, from the analysis alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.charts.drawing import Drawing
from workbench.compare.say import percent
from workbench.report.analysis import Analysis, safe_count
from workbench.report.behind import Behind, Sourced, behind_row, behind_rows
from workbench.report.blocks import (
    Block,
    Bullets,
    Paragraph,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.close import close_sections
from workbench.report.codebooks import place_codebooks
from workbench.report.comparison import comparison_sections
from workbench.report.method import method_sections
from workbench.report.parts import (
    FieldShares,
    of_groups,
    refused_fields,
    reported_fields,
    shares_name,
    slug,
)
from workbench.report.printed import printed_sections
from workbench.report.refusals import tell_refused
from workbench.report.standards import standards_section
from workbench.report.tables import (
    count,
    months_table,
    shares_table,
    takedown_table,
)
from workbench.report.timing import rate_blocks, time_sections
from workbench.report.voices import shown, theme_sections, tone_sections
from workbench.report.wording import word_sections

if TYPE_CHECKING:
    import pandas as pd

MOST_AT_A_GLANCE = 12
"""A field of more labels than this has its most frequent ones named in words."""


LENS_IDS = {"bullying": "b2", "defamation": "b3", "attempts": "b5"}
"""The sections of lenses that an outline numbers; any other goes by its own name."""


def write_sections(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> list[Section]:
    """All sections in order. ``drawings`` by name; ``quotes`` by their keys.

    Each has its id: "about", "a", "a-FIELD" ... "b1" ... "c3", "d", "data", "method", "limits",
    "printed", "standards".
    """
    sections = [
        *_opening(analysis),
        Section("Part A. Top-level figures", 1, _cases(analysis, drawings), id="a"),
        *_fields(analysis, drawings),
        *_called(word_sections(analysis, drawings), ["a-words"]),
        *_takedowns(analysis, drawings),
        *_called(time_sections(analysis, drawings), ["a-replies"]),
        Section("Part B. What enquirers write about, and how", 1, id="b"),
        *theme_sections(analysis, drawings, quotes),
        *tone_sections(analysis, drawings, quotes),
        *_called(close_sections(analysis, drawings, quotes), _ids_of_lenses(analysis)),
        *_by_title(comparison_sections(analysis, drawings), _ids_of_comparisons(analysis)),
        *_by_title(method_sections(analysis), _IDS_OF_METHOD),
        *_called(printed_sections(analysis), ["printed", "printed-words"]),
    ]
    sections = place_codebooks(sections, analysis, drawings, quotes)
    sections = tell_refused(sections, analysis)
    return [*sections, standards_section(analysis, sections, quotes)]


_IDS_OF_METHOD = {
    "Part D. Apparatus": "d",
    "Counting rules": "counting",
    "Approach and authors": "approach",
    "Data and exclusions": "data",
    "Methods": "method",
    "Agreement of coders": "agreement",
    "Limits": "limits",
}


def _called(sections: list[Section], ids: Iterable[str]) -> list[Section]:
    """The sections with ``ids`` in their order; there may be more ids than sections."""
    return [replace(section, id=own) for section, own in zip(sections, ids, strict=False)]


def _by_title(sections: list[Section], ids: Mapping[str, str]) -> list[Section]:
    """The sections with the ids of their titles; descriptions of schemes are "d1-1", "d1-2" ..."""
    schemes = (f"d1-{number}" for number in range(1, len(sections) + 1))
    return [
        replace(section, id=ids[section.title] if section.title in ids else next(schemes))
        for section in sections
    ]


def _ids_of_lenses(analysis: Analysis) -> list[str]:
    names = [lens.name for lens in analysis.reading.lenses]
    return [*(LENS_IDS.get(name, name) for name in names), "b6"]


def _ids_of_comparisons(analysis: Analysis) -> dict[str, str]:
    """By title: the first of the study's comparisons is "c2", the second "c2-2"."""
    asked = {
        comparison.title: "c2" if number == 1 else f"c2-{number}"
        for number, comparison in enumerate(analysis.study.comparisons, start=1)
    }
    whole = {"Part C. Comparisons": "c", "Year on year": "c1", "Any other grouping": "c3"}
    return {**asked, **whole}


def _opening(analysis: Analysis) -> list[Section]:
    log, study = analysis.log, analysis.study
    by_period = log.cases["period"].value_counts()
    safe = {p: safe_count(int(by_period[p]), study) for p in log.periods}
    totals = ", ".join(f"{count(n)} in {period}" for period, n in safe.items())
    whole = count(safe_count(len(log), study))
    first = (
        f"{study.organisation or study.title}: {whole} cases ({totals}). This report is "
        "computed from the case records; its figures and the data behind each stand beside it."
    )
    if not study.disclosure.exempt:
        first += (
            " Small counts are hidden and all others rounded, so that printed counts need not "
            "add up."
        )
    whole_of = Behind("cases", (), "cases", n=safe_count(len(log), study))
    periods = (Behind("cases", (("period", p),), "cases", n=n) for p, n in safe.items())
    blocks: list[Block] = [Paragraph(Sourced(first, whole_of, *periods))]
    if told := _left_out(analysis):
        blocks.append(Paragraph(told, style="note"))
    return [Section("About this report", 1, tuple(blocks), id="about")]


def _left_out(analysis: Analysis) -> str:
    """Where the rows that could not be used, and what the records do not allow, are listed."""
    unused, gaps = len(analysis.log.problems), len(analysis.gaps)
    said = []
    if unused:
        rows = count(safe_count(unused, analysis.study))
        said.append(f"{rows} rows of the records could not be used")
    if gaps:
        said.append(f"{gaps} {'part' if gaps == 1 else 'parts'} of a usual report cannot be given")
    text = f"{' and '.join(said)}; “Data and exclusions” lists them." if said else ""
    return Sourced(text, Behind("rows", (), "set aside", n=safe_count(unused, analysis.study)))


def _cases(analysis: Analysis, drawings: Mapping[str, Drawing]) -> tuple[Block, ...]:
    months = analysis.tables.get("months")
    if months is None:  # refused by disclosure control
        return tuple(rate_blocks(analysis, drawings))
    blocks: list[Block] = [
        *shown(drawings, "cases-per-month"),
        replace(months_table(months), name="months"),
    ]
    for period, part in months.groupby("period"):
        known = part.dropna(subset=["n"])
        if known.empty:
            continue
        top = known.sort_values("n", ascending=False, kind="stable").iloc[0]
        text = (
            f"In {period} the busiest month was {top['month']:%B %Y} with {count(top['n'])} "
            f"cases ({percent(top['share'])} of the period)."
        )
        behind = behind_row(top, "share", frame="months", by=("month", "period"))
        blocks.append(Paragraph(Sourced(text, behind)))
    return (*blocks, *rate_blocks(analysis, drawings))


def _fields(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    """One section a field of the study, in the study's order; also of one that was refused."""
    sections = [
        Section(analysis.study.fields[name].label, 2, id=slug("a", name))
        for name in refused_fields(analysis)
    ]
    for field in reported_fields(analysis):
        tables = field_tables(field)
        figures = [
            block
            for place in range(1, len(field.parts) + 1)
            for block in shown(drawings, shares_name(field.name, place))
        ]
        foremost = _foremost(field.parts, source=f"shares/{field.name}")
        blocks: list[Block] = [*figures, *foremost, *tables]
        if not figures:  # a figure carries the note itself
            blocks.append(Paragraph(field.note, style="note"))
        sections.append(Section(field.label, 2, tuple(blocks), id=slug("a", field.name)))
    order = [slug("a", name) for name in analysis.study.fields]
    return sorted(sections, key=lambda section: order.index(section.id))


def field_tables(field: FieldShares) -> list[TableBlock]:
    """The tables of one field, one a scheme of its labels; the second is called "FIELD-2"."""
    return [
        replace(
            shares_table(
                part,
                title=of_groups(field.label, part, field.whole),
                heading=field.label,
                source=f"shares/{field.name}",
            ),
            name=field.name if place == 1 else f"{field.name}-{place}",
        )
        for place, part in enumerate(field.parts, start=1)
    ]


def _foremost(parts: Iterable[pd.DataFrame], *, source: str) -> list[Block]:
    """The five most frequent labels of each group, where there are too many to see at a glance."""
    said = []
    for part in parts:
        if part["label"].nunique() <= MOST_AT_A_GLANCE:
            continue
        for group, own in part.groupby("group", sort=False):
            known = own.dropna(subset=["n"]).sort_values("n", ascending=False, kind="stable")
            first = known.head(5)
            told = (
                f"{label} ({percent(share)})"
                for label, share in zip(first["label"], first["share"].astype(float), strict=True)
            )
            text = f"Most frequent in {group}: {', '.join(told)}."
            said.append(Sourced(text, *behind_rows(first, "share", frame=source)))
    return [Bullets(tuple(said))] if said else []


def _takedowns(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    sections = []
    if "takedowns" in analysis.tables:
        frame = analysis.tables["takedowns"]
        found = replace(takedown_table(frame), name="takedowns")
        blocks = (*shown(drawings, "takedowns"), found)
        sections.append(Section("Addresses reported and removed", 2, blocks, id="a-takedowns"))
    return sections
