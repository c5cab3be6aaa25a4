"""What close reading tells beside its rates: reports, recorded labels, words, and quotes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from workbench.compare.say import percent
from workbench.lenses.lens import Lens
from workbench.lenses.typology import ANY_KIND, KIND, NO_KIND, NOT_DESCRIBED, NOT_RECORDED
from workbench.report.analysis import Analysis
from workbench.report.behind import Sourced, behind_bases, behind_row, behind_rows
from workbench.report.blocks import Block, Bullets, Paragraph, Quotes, TableBlock
from workbench.report.reading import TYPOLOGY
from workbench.report.tables import count, share_with_limits
from workbench.report.voices import any_released

if TYPE_CHECKING:
    import pandas as pd


def more_of(analysis: Analysis, lens: str) -> list[Block]:
    """What stands in the section of a lens beside its rates."""
    tables = analysis.tables
    if lens == "bullying" and "typology" in tables:
        return _against_recorded(tables["typology"], analysis)
    if lens == "attempts" and "answers" in tables:
        of = "the {} cases that tell of a report to a platform"
        return [
            _counted(
                tables["told_reports"],
                source="told_reports",
                title="How many reports a text tells of",
                heading="Reports, at least",
                note=f"Shares are of {of}; each stands in one row.",
            ),
            _counted(
                tables["answers"],
                source="answers",
                title="What became of reports: answers that stand beside a report",
                heading="Answer, where a report is told too",
                note=(
                    f"Shares are of {of}. A case can show several answers, or none. An answer is "
                    "counted here only where its text tells of a report, too; the first table of "
                    "this section counts it wherever it is told, so that its numbers are higher."
                ),
            ),
        ]
    if lens == "defamation" and "vocabulary" in tables:
        return [
            _counted(
                tables["vocabulary"],
                source="vocabulary",
                title="By family of words",
                heading="Words",
                note="Shares are of all {} cases. A case can show several.",
            )
        ]
    if lens == "risk" and analysis.study.contacts:
        where = tuple(f"{one.name}: {one.details}" for one in analysis.study.contacts)
        return [Paragraph("Where a child or an adult is at risk, refer to:"), Bullets(where)]
    return []


def _against_recorded(frame: pd.DataFrame, analysis: Analysis) -> list[Block]:
    """How often each kind was recorded as the lens's matter, and what either misses."""
    import pandas as pd

    wishes = analysis.study.lens[TYPOLOGY]
    labels = "; ".join(
        f"{analysis.log.title_of(field)}: {', '.join(own)}"
        for field, own in wishes.recorded.items()
        if field in analysis.log.fields
    )
    kinds = frame[frame["row"] == KIND].sort_values("base", ascending=False, kind="stable")
    rows = pd.concat([kinds, frame[frame["row"].isin([ANY_KIND, NO_KIND])]])
    table = _counted(
        rows,
        source="typology",
        title="Kinds of conduct described, and how many were recorded as bullying",
        heading="What is described",
        note=(
            f"Recorded as bullying: {labels}. Shares are of the cases of each row, of all periods "
            "together, that have the field recorded. A case can describe several kinds."
        ),
        bases="Cases",
        counts="Of them recorded as bullying",
    )
    missed = frame[frame["row"] == NOT_DESCRIBED].iloc[0]
    other = frame[frame["row"] == NOT_RECORDED].iloc[0]
    text = (
        f"Of the {count(missed['base'])} cases recorded as bullying, {_part(missed)} describe none "
        f"of these kinds in listed words; of the {count(other['base'])} that describe one, "
        f"{_part(other)} are not recorded as bullying."
    )
    behind = (behind_row(row, "share", frame="typology", by=("row",)) for row in (missed, other))
    return [Paragraph(Sourced(text, *behind)), table]


def _part(row: pd.Series[Any]) -> str:
    """A count of its row's base, with the share: "120 (12.0%)"."""
    return f"{count(row['n'])} ({percent(row['share'])})"


def lens_quotes(analysis: Analysis, lens: Lens, quotes: Mapping[str, Quotes]) -> list[Block]:
    """Quotes of the commonest rows, each row's under its name; or why none is released."""
    own = {name: quotes.get(f"{lens.name}/{element}") for element, name in lens.names.items()}
    given = {name: spoken for name, spoken in own.items() if spoken and spoken.items}
    if not given or not any_released(analysis.study):
        return []
    released = {
        name: Quotes(tuple(quote for quote in spoken.items if quote.approved))
        for name, spoken in given.items()
    }
    if not any(spoken.items for spoken in released.values()):
        return [Quotes(tuple(quote for spoken in given.values() for quote in spoken.items))]
    blocks: list[Block] = []
    for name, spoken in released.items():
        if spoken.items:
            blocks += [Paragraph(f"In the enquirers' words: {name}"), spoken]
    return blocks


def _counted(
    frame: pd.DataFrame,
    *,
    source: str,
    title: str,
    heading: str,
    note: str,
    counts: str = "Cases",
    bases: str = "",
) -> TableBlock:
    """Names with count, share and interval; ``bases`` heads a column of them, if they differ.

    In ``note`` the one base of all stands for "{}".
    """
    import pandas as pd

    printed = pd.DataFrame(
        {
            heading: frame["name"],
            **({bases: frame["base"].map(count)} if bases else {}),
            counts: frame["n"].map(count),
            "Share (95% interval)": [
                share_with_limits(*row)
                for row in zip(frame["share"], frame["low"], frame["high"], strict=True)
            ],
        }
    )
    numeric = (bases, counts) if bases else (counts,)
    heads = {bases: "base", counts: "n", "Share (95% interval)": "share"}
    one_base = () if bases else behind_bases(frame, frame=source)
    return TableBlock(
        title=title,
        frame=printed,
        numeric=numeric,
        widths=(3.2, *(0.8 for _ in numeric), 1.8),
        note=note if bases else Sourced(note.format(count(frame["base"].iloc[0])), *one_base),
        source=source,
        cells={
            head: behind_rows(frame, column, frame=source, by=("name",))
            for head, column in heads.items()
            if head
        },
    )
