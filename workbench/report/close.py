"""The parts of a report that rest on close reading: figures and sections of lenses and returns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts import alt, alt_tone
from workbench.charts.drawing import Drawing
from workbench.compare.say import percent
from workbench.report.analysis import Analysis, safe_count
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock
from workbench.report.data_read import in_words
from workbench.report.tables import count, shares_table

if TYPE_CHECKING:
    import pandas as pd

TELLS = (
    "Read by listed words and turns of phrase, in the enquirer's words or in those she quotes. A "
    "share is that of cases whose text says so in such words: cases that say it otherwise are "
    "missed, and that something is said does not mean that it is so."
)
_TITLES = {
    "bullying": "What “bullying” covers",
    "defamation": "The vocabulary of defamation",
    "attempts": "What was tried before",
    "risk": "Texts that read as somebody at risk",
}
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
        title = "Which tones show in the same enquiry"
        yield Drawing(
            "tones-together", charts.tones_together(together), together, title, said, note
        )
    targets = tables.get("targets")
    if targets is not None and targets["share"].notna().any():
        figure = charts.shares(targets, groups=list(dict.fromkeys(targets["group"])))
        title = "At whom frustration, bluntness and aggression are directed"
        said = alt.alt_shares(targets, what="targets of three tones")
        note = (
            "Base: cases in which a marker of the tone fires. At whom is read from each sentence "
            "by a trained classifier; a case may direct a tone at several."
        )
        yield Drawing("tone-targets", figure, targets, title, said, note)
    if "tone_messages" in tables:
        frame = tables["tone_messages"]
        title = "How tones change from an enquirer's first message to her last"
        said = alt_tone.alt_tone_messages(frame)
        note = "Cases with at least two messages of the enquirer; those become fewer."
        yield Drawing("tone-messages", charts.tone_messages(frame), frame, title, said, note)
    for lens in analysis.reading.lenses:
        rates = tables.get(f"lens/{lens.name}")
        if rates is not None and rates["share"].notna().any():
            figure = charts.lens_rates(rates, groups=periods)
            title = f"{_TITLES[lens.name]}: {_leading(rates)}"
            said = alt_tone.alt_lens_rates(rates, what=lens.title)
            note = f"{_base(analysis)} By listed words; not a prevalence."
            yield Drawing(f"lens-{lens.name}", figure, rates, title, said, note)
    if "returns" in tables and tables["returns"]["share"].notna().any():
        frame = tables["returns"]
        said = alt.alt_shares(frame, what="signs by which cases return to an earlier matter")
        title = f"Cases that return to an earlier matter: {_leading(frame)}"
        figure = charts.lens_rates(frame, groups=periods, axis="Share of cases that return so")
        yield Drawing("returns", figure, frame, title, said, _base(analysis))


def close_sections(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    """A section for each lens of the study, and one for returning matters."""
    sections = []
    for lens in analysis.reading.lenses:
        frame = analysis.tables.get(f"lens/{lens.name}")
        blocks: list[Block] = [Paragraph(TELLS, style="note")]
        if lens.name in _SAYS_MORE:
            blocks.append(Paragraph(_SAYS_MORE[lens.name]))
        if frame is None:
            if f"lens/{lens.name}" not in analysis.refused:
                blocks.append(Paragraph("No case shows any of its signs."))
            sections.append(Section(_TITLES[lens.name], 2, tuple(blocks)))
            continue
        blocks += _figure(drawings, f"lens-{lens.name}")
        blocks.append(shares_table(frame, title=lens.question, heading="What is told"))
        blocks += _more(analysis, lens.name)
        sections.append(Section(_TITLES[lens.name], 2, tuple(blocks)))
    returning = _returns(analysis, drawings)
    return [*sections, *([returning] if returning else [])]


def _more(analysis: Analysis, lens: str) -> list[Block]:
    tables = analysis.tables
    if lens == "attempts" and "answers" in tables:
        of = "cases that tell of a report"
        return [
            _counted(
                tables["told_reports"],
                title="How many reports a text tells of",
                heading="Reports, at least",
                of=of,
            ),
            _counted(
                tables["answers"],
                title="What became of reports, where a text tells of one",
                heading="Answer",
                of=of,
            ),
        ]
    if lens == "defamation" and "vocabulary" in tables:
        return [
            _counted(
                tables["vocabulary"], title="By family of words", heading="Words", of="all cases"
            )
        ]
    if lens == "risk" and analysis.study.contacts:
        where = tuple(f"{one.name}: {one.details}" for one in analysis.study.contacts)
        return [Paragraph("Where a child or an adult is at risk, refer to:"), Bullets(where)]
    return []


def _counted(frame: pd.DataFrame, *, title: str, heading: str, of: str) -> TableBlock:
    """Names with count, share and interval, all of one base."""
    import pandas as pd

    printed = pd.DataFrame(
        {
            heading: frame["name"],
            "Cases": frame["n"].map(count),
            "Share (95% interval)": [
                "–" if pd.isna(share) else f"{percent(share)} ({100 * low:.1f}–{100 * high:.1f})"
                for share, low, high in zip(
                    frame["share"], frame["low"], frame["high"], strict=True
                )
            ],
        }
    )
    base = frame["base"].iloc[0] if len(frame) else None
    return TableBlock(
        title=title,
        frame=printed,
        numeric=("Cases",),
        widths=(3.2, 0.8, 1.8),
        note=f"Shares are of {count(base)} {of}. A case can show several.",
    )


def _returns(analysis: Analysis, drawings: Mapping[str, Drawing]) -> Section | None:
    reading, title = analysis.reading, "Returning matters, and cases that grow more pressing"
    if "returns" in analysis.refused:  # the sentences below would tell its counts
        return Section(title, 2)
    if reading.returns.empty and reading.rising.empty:
        return None
    back = in_words(len(reading.returns), analysis.study)
    matters = in_words(reading.returns["matter"].nunique(), analysis.study)
    several = int((reading.course.groupby("case_id")["message"].size() > 1).sum())
    blocks: list[Block] = [
        Paragraph(
            f"{back.capitalize()} cases are tied to an earlier one of {matters} matters, by a "
            "sign that both share: the same enquirer of the same place, an address, an account, a "
            "link, a number, or the same or nearly the same words. A sign is a reason to look, not "
            "a proof."
        ),
        *_figure(drawings, "returns"),
    ]
    if "returns" in analysis.tables:
        frame = analysis.tables["returns"]
        blocks.append(shares_table(frame, title="Signs of a return", heading="Sign"))
    if several:
        of_several = in_words(several, analysis.study)
        rising = in_words(len(reading.rising), analysis.study)
        blocks.append(
            Paragraph(
                f"In {rising} of {of_several} cases with several messages of the enquirer "
                "a later message reads as clearly more pressing than the first, or tells of a risk "
                "that the first does not: risk can build up where no single message would alarm."
            )
        )
        blocks += _figure(drawings, "tone-messages")
    return Section(title, 2, tuple(blocks))


def _figure(drawings: Mapping[str, Drawing], name: str) -> tuple[Block, ...]:
    return (FigureBlock(drawings[name]),) if name in drawings else ()


def _leading(frame: pd.DataFrame) -> str:
    """The label that is commonest over all groups."""
    totals = frame.groupby("label", sort=False)["n"].sum()
    return f"most often {str(totals.idxmax()).lower()}" if len(totals) else "none"


def _base(analysis: Analysis) -> str:
    counts = analysis.log.cases["period"].value_counts()
    known = "; ".join(
        f"{period} {count(safe_count(int(counts[period]), analysis.study))}"
        for period in analysis.log.periods
    )
    return f"Base: all cases ({known})."
