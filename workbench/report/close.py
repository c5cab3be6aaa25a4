"""The parts of a report that rest on close reading: figures and sections of lenses and returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts import alt, alt_tone
from workbench.charts.dialogue import FEW
from workbench.charts.drawing import Drawing
from workbench.lenses.lens import Lens
from workbench.report.analysis import Analysis, safe_count
from workbench.report.blocks import Block, Paragraph, Quotes, Section
from workbench.report.close_tables import lens_quotes, more_of
from workbench.report.noted import tone_base
from workbench.report.returning import returning_section
from workbench.report.tables import count, shares_table
from workbench.report.titles import title_of_messages, title_of_targets, title_of_together
from workbench.report.voices import shown

if TYPE_CHECKING:
    import pandas as pd

TELLS = (
    "Read by listed words and turns of phrase, in the enquirer's words or in those quoted. A "
    "share is that of cases whose text says so in such words: cases that say it otherwise are "
    "missed, and that something is said does not mean that it is so."
)
_AS_BEFORE = "Read by listed words, with the limits told under “{first}”."
_TITLES = {
    "bullying": "What “bullying” covers",
    "defamation": "The vocabulary of defamation",
    "attempts": "What was tried before",
    "risk": "Texts that read as somebody at risk",
}
_HEADINGS = {"attempts": "What is told, with a report or without"}
_SAYS_MORE = {
    "defamation": (
        "A reading aid, never legal advice. The rows beneath the vocabulary count only cases that "
        "use it: whether they speak of a fact or an opinion, of a person or an institution, of "
        "harm, and of a threat or a crime that takes the matter beyond a school."
    ),
    "risk": (
        "Such cases stand first on the reading list. The signs are words: a case that shows none "
        "may be grave all the same, and no case is left out of any count for want of them."
    ),
}


def draw_close(analysis: Analysis) -> Iterator[Drawing]:
    """Figures of tones that come together, of the course of messages, and of each lens."""
    tables, periods = analysis.tables, analysis.log.periods
    together = tables.get("together")
    if together is not None and together["lift"].notna().any():
        said = alt_tone.alt_tones_together(together)
        note = "1 is what chance would bring; long texts show more of every tone."
        title = title_of_together(together)
        yield Drawing(
            "tones-together", charts.tones_together(together), together, title, said, note
        )
    targets = tables.get("targets")
    if targets is not None and targets["share"].notna().any():
        figure = charts.shares(targets, groups=list(dict.fromkeys(targets["group"])))
        title = title_of_targets(targets)
        said = alt.alt_shares(targets, what="targets of three tones")
        note = (
            "Base: cases in which a marker of the tone fires. At whom is read from each sentence "
            "by a trained classifier; a case may direct a tone at several."
        )
        yield Drawing("tone-targets", figure, targets, title, said, note)
    if "tone_messages" in tables:
        frame = tables["tone_messages"]
        title = title_of_messages(frame)
        said = alt_tone.alt_tone_messages(frame)
        note = (
            f"Base: {tone_base(analysis)} that have such a message and at least two messages of "
            f"the enquirer; those become fewer. Messages that fewer than {FEW} such cases have are "
            "left out."
        )
        yield Drawing("tone-messages", charts.tone_messages(frame), frame, title, said, note)
    for lens in analysis.reading.lenses:
        rates = tables.get(f"lens/{lens.name}")
        if rates is not None and rates["share"].notna().any():
            figure = charts.lens_rates(rates, groups=periods)
            title = f"{_TITLES[lens.name]}: {_leading(rates, lens)}"
            told = _TITLES[lens.name]
            said = alt_tone.alt_lens_rates(rates, what=f"{told[:1].lower()}{told[1:]}")
            note = f"{_base(analysis)} By listed words; not a prevalence."
            yield Drawing(f"lens-{lens.name}", figure, rates, title, said, note)
    if "returns" in tables and tables["returns"]["share"].notna().any():
        frame = tables["returns"]
        said = alt.alt_shares(frame, what="signs by which cases return to an earlier matter")
        title = f"Cases that return to an earlier matter of their period: {_leading(frame)}"
        figure = charts.lens_rates(frame, groups=periods, axis="Share of cases that return so")
        yield Drawing("returns", figure, frame, title, said, _base(analysis))


def close_sections(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> list[Section]:
    """A section for each lens of the study, and one for returning matters."""
    sections: list[Section] = []
    for lens in analysis.reading.lenses:
        frame = analysis.tables.get(f"lens/{lens.name}")
        limits = _AS_BEFORE.format(first=sections[0].title) if sections else TELLS
        blocks: list[Block] = [Paragraph(limits, style="note")]
        if lens.name in _SAYS_MORE:
            blocks.append(Paragraph(_SAYS_MORE[lens.name]))
        if frame is None:
            if f"lens/{lens.name}" not in analysis.refused:
                blocks.append(Paragraph("No case shows any of its signs."))
            sections.append(Section(_TITLES[lens.name], 2, tuple(blocks)))
            continue
        blocks += shown(drawings, f"lens-{lens.name}")
        heading = _HEADINGS.get(lens.name, "What is told")
        source = f"lens/{lens.name}"
        blocks.append(shares_table(frame, title=lens.question, heading=heading, source=source))
        blocks += more_of(analysis, lens.name)
        blocks += lens_quotes(analysis, lens, quotes)
        sections.append(Section(_TITLES[lens.name], 2, tuple(blocks)))
    returning = returning_section(analysis, drawings, quotes)
    return [*sections, *([returning] if returning else [])]


def _leading(frame: pd.DataFrame, lens: Lens | None = None) -> str:
    """The label that is commonest over all groups.

    Where all else stands under one element, that one is no finding: the commonest below it leads.
    """
    above = {one.within for one in lens.elements if one.within} if lens else set()
    tops = [one.name for one in lens.elements if not one.within] if lens else []
    one_above = len(above) == len(tops) == 1
    shown = frame[~frame["label"].isin(tops)] if one_above else frame
    totals = shown.groupby("label", sort=False)["n"].sum()
    leading = f"most often {str(totals.idxmax()).lower()}" if len(totals) else "none"
    return f"where it is used, {leading}" if one_above else leading


def _base(analysis: Analysis) -> str:
    counts = analysis.log.cases["period"].value_counts()
    known = "; ".join(
        f"{period} {count(safe_count(int(counts[period]), analysis.study))}"
        for period in analysis.log.periods
    )
    return f"Base: all cases ({known})."
