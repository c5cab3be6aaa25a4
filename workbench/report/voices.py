"""Themes and tone as the report tells of them: sections B1 and B4."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.compare.say import percent
from workbench.report.analysis import TONE, Analysis, safe_count, safe_share
from workbench.report.asked import asks_of, say_recorded
from workbench.report.behind import Behind, Sourced, behind_row
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, Quotes, Section
from workbench.report.labelled import estimated
from workbench.report.noted import say_notes, tone_base
from workbench.report.parts import slug
from workbench.report.tables import base_note, count, shares_table, themes_table
from workbench.report.theme_names import say_kept, say_names
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from workbench.charts.drawing import Drawing


def shown(drawings: Mapping[str, Drawing], name: str) -> tuple[Block, ...]:
    """The figure of this name, where it could be drawn."""
    return (FigureBlock(drawings[name]),) if name in drawings else ()


def _unplaced(analysis: Analysis) -> str:
    out = int((analysis.themes.assignments["theme"] < 0).sum())
    if out == 0 and analysis.study.disclosure.exempt:
        return "Every case fits a theme."
    share = safe_share(out, len(analysis.log), analysis.study)
    if share is not None and percent(share) == percent(0):
        return f"All but {count(safe_count(out, analysis.study))} cases fit a theme."
    return (
        f"{'Few' if share is None else percent(share)} of the cases are unplaced: they fit no "
        "theme well enough and are counted as such."
    )


def _behind_unplaced(analysis: Analysis) -> Behind:
    out = int((analysis.themes.assignments["theme"] < 0).sum())
    n, base = (safe_count(one, analysis.study) for one in (out, len(analysis.log)))
    return Behind("assignments", (), "unplaced", n=n, base=base)


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
    names, kept = say_names(analysis), say_kept(analysis)
    text = (
        f"{_number(main, 'main theme')} with {_number(sub, 'sub-theme')} were found in the texts "
        f"alone, without looking at any category.{_not_firm(found)} {_unplaced(analysis)} {names}"
    )
    text += f" {kept}" if kept else ""
    if not any_released(analysis.study):
        text += (
            " Quotes of enquirers are not released, since the study names no file of approved ones."
        )
    placed = len(main) + len(sub)
    counted = (
        Behind("themes", (("level", "0"),), "rows", n=len(main), base=placed),
        Behind("themes", (("level", "1"),), "rows", n=len(sub), base=placed),
        Behind("themes", (("firm", "False"),), "rows", n=int((~found["firm"]).sum()), base=placed),
        _behind_unplaced(analysis),
        *names.behind,
        *kept.behind,
    )
    overview = (
        Paragraph(Sourced(text, *counted)),
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
        blocks: list[Block] = [Paragraph(_main_theme(row))]
        if gathered := say_recorded(analysis, int(str(row.theme))):
            blocks.append(Paragraph(gathered))
        if len(under) > 1:
            blocks.append(Bullets(tuple(map(_subtheme, under.itertuples(index=False)))))
        blocks += asks_of(analysis, int(str(row.theme)), str(row.label))
        spoken = quotes.get(f"theme/{row.theme}")
        blocks += [spoken] if spoken and any_released(analysis.study) else []
        sections.append(
            Section(f"Theme: {row.label}", 3, tuple(blocks), id=slug("b1", "theme", str(row.theme)))
        )
    return sections


def _number(rows: pd.DataFrame, what: str) -> str:
    return f"{len(rows)} {what}" if len(rows) == 1 else f"{len(rows) or 'no'} {what}s"


def _not_firm(found: pd.DataFrame) -> str:
    weak = int((~found["firm"]).sum())
    if not weak:
        return ""
    one = weak == 1
    return (
        f" {weak} of them {'is' if one else 'are'} too small, or {'comes' if one else 'come'} back "
        f"too seldom, to be called firm: {'it stands' if one else 'they stand'} in no comparison."
    )


def _main_theme(row: Any) -> str:
    marks = _marks(row)
    text = f"{count(row.size)} cases, {_interval(row)}." + (
        f" Marked by: {marks}." if marks else ""
    )
    if not row.firm:
        text += " It is not firm, so nothing should rest on it."
    return Sourced(text, _behind_theme(row))


def _behind_theme(row: Any) -> Behind:
    return behind_row(row._asdict(), "share", frame="themes", by=("label", "level"))


def _subtheme(row: Any) -> str:
    name = row.label if row.keywords else "Without words that mark it"
    marks = _marks(row)
    text = f"{name}: {count(row.size)} cases" + (f"; {marks}" if marks else "")
    text += "" if row.firm else " (not firm)"
    return Sourced(text, _behind_theme(row))


def _marks(row: Any) -> str:
    """The words that mark a theme; empty where its label holds them all."""
    words, label = (set(str(text).lower().split(", ")) for text in (row.keywords, row.label))
    return "" if words <= label else str(row.keywords)


def any_released(study: Study) -> bool:
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
    told = say_notes(analysis)
    blocks += [intro, *([Paragraph(told)] if told else []), *shown(drawings, "tones")]
    if frame is not None:
        note = base_note(
            analysis.tables[f"coverage/{TONE}"],
            several=True,
            of_all=True,
            every=tone_base(analysis),
            source=f"coverage/{TONE}",
        )
        title = "Marker rates of ten tones"
        table = shares_table(
            frame,
            title=title,
            heading="Tone",
            note="" if "tones" in drawings else note,  # the figure above carries it
            source=f"shares/{TONE}",
        )
        blocks.append(replace(table, name="tone"))
    for name in ("tone-targets", "tones-by-month", "tones-together", "urgency"):
        blocks += shown(drawings, name)
    sections = [Section("The enquirers' tone", 2, tuple(blocks), id="b4")]
    for key, spoken in quotes.items():
        if key.startswith("tone/") and spoken.items and any_released(analysis.study):
            tone = key.removeprefix("tone/")
            title = f"In the enquirers' words: {tone}"
            sections.append(Section(title, 3, (spoken,), id=slug("b4", tone)))
    if analysis.study.contacts and "risk" not in analysis.study.lenses:
        where = tuple(f"{c.name}: {c.details}" for c in analysis.study.contacts)
        text = Paragraph("Where a text reads as a child or an adult at risk, refer to:")
        sections.append(Section("Where to refer someone", 3, (text, Bullets(where)), id="refer"))
    return sections
