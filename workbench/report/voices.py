"""Themes and tone as the report tells of them: sections B1 and B4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.compare.say import percent
from workbench.report.analysis import TONE, Analysis, safe_share
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, Quotes, Section
from workbench.report.labelled import estimated
from workbench.report.parts import slug
from workbench.report.tables import base_note, count, shares_table, themes_table
from workbench.study import Study

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing


def shown(drawings: Mapping[str, Drawing], name: str) -> tuple[Block, ...]:
    """The figure of this name, where it could be drawn."""
    return (FigureBlock(drawings[name]),) if name in drawings else ()


def _unplaced(analysis: Analysis) -> str:
    out = int((analysis.themes.assignments["theme"] < 0).sum())
    share = safe_share(out, len(analysis.log), analysis.study)
    return "Few" if share is None else percent(share)


def theme_sections(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> list[Section]:
    """B1: all themes at a glance, and one section a main theme."""
    found = analysis.tables.get("themes")
    if found is None:  # refused by disclosure control
        figures = (*shown(drawings, "themes-by-period"), *shown(drawings, "themes-by-month"))
        return [Section("Themes in the enquiries", 2, figures, id="b1")]
    main = found[found["level"] == 0]
    sub = found[found["level"] == 1]
    text = (
        f"{len(main)} main themes with {len(sub)} sub-themes were found in the texts alone, "
        f"without looking at any category. {_unplaced(analysis)} of the cases are unplaced: "
        "they fit no theme well enough and are counted as such. Labels are the words that mark a "
        "theme; they are suggestions for the researcher to rename."
    )
    if not _any_released(analysis.study):
        text += (
            " Quotes of enquirers are not released, since the study names no file of approved ones."
        )
    overview = (
        Paragraph(text),
        *shown(drawings, "theme-sizes"),
        replace(themes_table(found), name="themes"),
        *shown(drawings, "theme-stability"),
        *shown(drawings, "theme-map"),
        *shown(drawings, "themes-by-period"),
        *shown(drawings, "themes-by-month"),
    )
    sections = [Section("Themes in the enquiries", 2, overview, id="b1")]
    for row in main.itertuples(index=False):
        under = sub[sub["parent"] == row.theme]
        said = Paragraph(_main_theme(row))
        blocks: list[Block] = [said]
        if len(under) > 1:
            blocks.append(Bullets(tuple(map(_subtheme, under.itertuples()))))
        spoken = quotes.get(f"theme/{row.theme}")
        blocks += [spoken] if spoken and _any_released(analysis.study) else []
        sections.append(
            Section(f"Theme: {row.label}", 3, tuple(blocks), id=slug("b1", "theme", str(row.theme)))
        )
    return sections


def _main_theme(row: Any) -> str:
    marks = _marks(row)
    return f"{count(row.size)} cases, {_interval(row)}." + (
        f" Marked by: {marks}." if marks else ""
    )


def _subtheme(row: Any) -> str:
    name = row.label if row.keywords else "Without words that mark it"
    marks = _marks(row)
    return f"{name}: {count(row.size)} cases" + (f"; {marks}" if marks else "")


def _marks(row: Any) -> str:
    """The words that mark a theme; empty where its label holds them all."""
    words, label = (set(str(text).lower().split(", ")) for text in (row.keywords, row.label))
    return "" if words <= label else str(row.keywords)


def _any_released(study: Study) -> bool:
    """Whether a quote can be released at all: without a list of them, every place stays empty."""
    return study.release.approve == "automatic" or study.release.approved is not None


def _interval(row: Any) -> str:
    """A share of all cases with its interval, in words."""
    return f"{percent(row.share)} of all (95% interval {percent(row.low)} to {percent(row.high)})"


def tone_sections(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> list[Section]:
    """B4: shares from labels where there are some, marker rates, and the enquirers' words."""
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
    blocks += [intro, *shown(drawings, "tones")]
    if frame is not None:
        note = base_note(analysis.tables[f"coverage/{TONE}"], several=True, of_all=True)
        note = "" if "tones" in drawings else note  # the figure above carries it
        title = "Marker rates of ten tones"
        table = shares_table(frame, title=title, heading="Tone", note=note)
        blocks.append(replace(table, name="tone"))
    for name in ("tone-targets", "tones-by-month", "tones-together", "urgency"):
        blocks += shown(drawings, name)
    sections = [Section("The enquirers' tone", 2, tuple(blocks), id="b4")]
    for key, spoken in quotes.items():
        if key.startswith("tone/") and spoken.items and _any_released(analysis.study):
            tone = key.removeprefix("tone/")
            title = f"In the enquirers' words: {tone}"
            sections.append(Section(title, 3, (spoken,), id=slug("b4", tone)))
    if analysis.study.contacts and "risk" not in analysis.study.lenses:
        where = tuple(f"{c.name}: {c.details}" for c in analysis.study.contacts)
        text = Paragraph("Where a text reads as a child or an adult at risk, refer to:")
        sections.append(Section("Where to refer someone", 3, (text, Bullets(where)), id="refer"))
    return sections
