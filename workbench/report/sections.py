"""What the report says, section by section, from the analysis alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.charts.drawing import Drawing
from workbench.compare.say import percent
from workbench.report.analysis import SUBTHEME, THEME, TONE, Analysis, safe_count, safe_share
from workbench.report.blocks import (
    Block,
    Bullets,
    FigureBlock,
    Paragraph,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.close import close_sections
from workbench.report.comparison import comparison_sections
from workbench.report.labelled import estimated
from workbench.report.method import method_sections
from workbench.report.parts import FieldShares, of_groups, reported_fields, shares_name, slug
from workbench.report.printed import printed_sections
from workbench.report.tables import (
    base_note,
    count,
    months_table,
    shares_table,
    takedown_table,
    themes_table,
)
from workbench.report.timing import rate_blocks, time_sections
from workbench.report.wording import word_sections

if TYPE_CHECKING:
    import pandas as pd

FOUND = (THEME, SUBTHEME, TONE)

MOST_AT_A_GLANCE = 12
"""A field of more labels than this has its most frequent ones named in words."""


LENS_IDS = {"bullying": "b2", "defamation": "b3", "attempts": "b5"}
"""The sections of lenses that an outline numbers; any other goes by its own name."""


def write_sections(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> list[Section]:
    """All sections in order. ``drawings`` by name; ``quotes`` by ``theme/N`` and ``tone/NAME``.

    Each has its id: "about", "a", "a-FIELD" ... "b1" ... "c3", "d", "data", "method", "limits".
    """
    return [
        *_opening(analysis),
        Section("Part A. Top-level figures", 1, _cases(analysis, drawings), id="a"),
        *_fields(analysis, drawings),
        *_called(word_sections(analysis, drawings), ["a-words"]),
        *_takedowns(analysis, drawings),
        *_called(time_sections(analysis, drawings), ["a-replies"]),
        *_called(printed_sections(analysis), ["a-printed", "a-printed-words"]),
        Section("Part B. What enquirers write about, and how", 1, id="b"),
        *_themes(analysis, drawings, quotes),
        *_tone(analysis, drawings, quotes),
        *_called(close_sections(analysis, drawings), _ids_of_lenses(analysis)),
        *_by_title(comparison_sections(analysis, drawings), _ids_of_comparisons(analysis)),
        *_by_title(method_sections(analysis), _IDS_OF_METHOD),
    ]


_IDS_OF_METHOD = {
    "Part D. Apparatus": "d",
    "Data and exclusions": "data",
    "Methods": "method",
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


def _figure(drawings: Mapping[str, Drawing], name: str) -> tuple[Block, ...]:
    return (FigureBlock(drawings[name]),) if name in drawings else ()


def _opening(analysis: Analysis) -> list[Section]:
    log, study = analysis.log, analysis.study
    by_period = log.cases["period"].value_counts()
    safe = {p: safe_count(int(by_period[p]), study) for p in log.periods}
    totals = ", ".join(f"{count(n)} in {period}" for period, n in safe.items())
    whole = count(safe_count(len(log), study))
    first = Paragraph(
        f"{study.organisation or study.title}: {whole} cases ({totals}). This report is "
        "computed from the case records; its figures and the data behind each stand beside it."
    )
    blocks: list[Block] = [first]
    if len(log.problems):
        blocks.append(
            Paragraph(
                f"{count(len(log.problems))} rows of the records could not be used; the last part "
                "lists them by reason.",
                style="note",
            )
        )
    if analysis.gaps:
        blocks.append(Paragraph("What these records do not allow:"))
        blocks.append(Bullets(analysis.gaps))
    return [Section("About this report", 1, tuple(blocks), id="about")]


def _cases(analysis: Analysis, drawings: Mapping[str, Drawing]) -> tuple[Block, ...]:
    months = analysis.tables["months"]
    blocks: list[Block] = [
        *_figure(drawings, "cases-per-month"),
        replace(months_table(months), name="months"),
    ]
    for period, part in months.groupby("period"):
        known = part.dropna(subset=["n"])
        if known.empty:
            continue
        top = known.sort_values("n", ascending=False, kind="stable").iloc[0]
        blocks.append(
            Paragraph(
                f"In {period} the busiest month was {top['month']:%B %Y} with {count(top['n'])} "
                f"cases ({percent(top['share'])} of the period)."
            )
        )
    return (*blocks, *rate_blocks(analysis, drawings))


def _fields(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    """One section a field of the study, in the study's order."""
    sections = []
    for field in reported_fields(analysis):
        tables = field_tables(field)
        figures = [
            block
            for place in range(1, len(field.parts) + 1)
            for block in _figure(drawings, shares_name(field.name, place))
        ]
        blocks: list[Block] = [*figures, *_foremost(field.parts), *tables]
        if not figures:  # a figure carries the note itself
            blocks.append(Paragraph(field.note, style="note"))
        sections.append(Section(field.label, 2, tuple(blocks), id=slug("a", field.name)))
    return sections


def field_tables(field: FieldShares) -> list[TableBlock]:
    """The tables of one field, one a scheme of its labels; the second is called "FIELD-2"."""
    return [
        replace(
            shares_table(
                part, title=of_groups(field.label, part, field.whole), heading=field.label
            ),
            name=field.name if place == 1 else f"{field.name}-{place}",
        )
        for place, part in enumerate(field.parts, start=1)
    ]


def _foremost(parts: Iterable[pd.DataFrame]) -> list[Block]:
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
            said.append(f"Most frequent in {group}: {', '.join(told)}.")
    return [Bullets(tuple(said))] if said else []


def _takedowns(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    sections = []
    if "takedowns" in analysis.tables:
        frame = analysis.tables["takedowns"]
        found = replace(takedown_table(frame), name="takedowns")
        blocks = (*_figure(drawings, "takedowns"), found)
        sections.append(Section("Addresses reported and removed", 2, blocks, id="a-takedowns"))
    return sections


def _unplaced(analysis: Analysis) -> str:
    out = int((analysis.themes.assignments["theme"] < 0).sum())
    share = safe_share(out, len(analysis.log), analysis.study)
    return "Few" if share is None else percent(share)


def _themes(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> list[Section]:
    found = analysis.tables["themes"]
    main = found[found["level"] == 0]
    sub = found[found["level"] == 1]
    text = (
        f"{len(main)} main themes with {len(sub)} sub-themes were found in the texts alone, "
        f"without looking at any category. {_unplaced(analysis)} of the cases are unplaced: "
        "they fit no theme well enough and are counted as such. Labels are the words that mark a "
        "theme; they are suggestions for the researcher to rename."
    )
    overview = (
        Paragraph(text),
        *_figure(drawings, "theme-sizes"),
        replace(themes_table(found), name="themes"),
        *_figure(drawings, "theme-stability"),
        *_figure(drawings, "theme-map"),
        *_figure(drawings, "themes-by-period"),
        *_figure(drawings, "themes-by-month"),
    )
    sections = [Section("Themes in the enquiries", 2, overview, id="b1")]
    for row in main.itertuples(index=False):
        under = sub[sub["parent"] == row.theme]
        said = Paragraph(f"{count(row.size)} cases, {interval(row)}. Marked by: {row.keywords}.")
        blocks: list[Block] = [said]
        if len(under) > 1:
            lines = (f"{s.label}: {count(s.size)} cases; {s.keywords}" for s in under.itertuples())
            blocks.append(Bullets(tuple(lines)))
        spoken = quotes.get(f"theme/{row.theme}")
        blocks += [spoken] if spoken else []
        sections.append(
            Section(f"Theme: {row.label}", 3, tuple(blocks), id=slug("b1", "theme", str(row.theme)))
        )
    return sections


def interval(row: Any) -> str:
    """A share of all cases with its interval, in words."""
    return f"{percent(row.share)} of all (95% interval {percent(row.low)} to {percent(row.high)})"


def _tone(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> list[Section]:
    frame = analysis.tables.get(f"shares/{TONE}")
    intro = Paragraph(
        "Tones are read by markers: words and turns of phrase listed openly, counted where they "
        "stand in a sentence of the enquirer's own. A marker rate is the share of cases with at "
        "least one such sentence. It is not the share of cases that have the tone, for which "
        "cases labelled by a person are needed."
    )
    blocks: list[Block] = []
    if "prevalence" in analysis.tables:
        blocks += estimated(analysis.tables["prevalence"])
    blocks += [intro, *_figure(drawings, "tones")]
    if frame is not None:
        note = base_note(analysis.tables[f"coverage/{TONE}"], several=True, of_all=True)
        title = "Marker rates of ten tones"
        table = shares_table(frame, title=title, heading="Tone", note=note)
        blocks.append(replace(table, name="tone"))
    for name in ("tone-targets", "tones-by-month", "tones-together", "urgency"):
        blocks += _figure(drawings, name)
    sections = [Section("The enquirers' tone", 2, tuple(blocks), id="b4")]
    for key, spoken in quotes.items():
        if key.startswith("tone/") and spoken.items:
            tone = key.removeprefix("tone/")
            title = f"In the enquirers' words: {tone}"
            sections.append(Section(title, 3, (spoken,), id=slug("b4", tone)))
    if analysis.study.contacts and "risk" not in analysis.study.lenses:
        where = tuple(f"{c.name}: {c.details}" for c in analysis.study.contacts)
        text = Paragraph("Where a text reads as a child or an adult at risk, refer to:")
        sections.append(Section("Where to refer someone", 3, (text, Bullets(where)), id="refer"))
    return sections
