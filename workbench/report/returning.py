"""Returning matters as the report tells of them: section B6."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from workbench.lenses.returns import within_period
from workbench.report.analysis import Analysis, safe_count
from workbench.report.behind import Behind, Sourced
from workbench.report.blocks import Block, Paragraph, Quotes, Section
from workbench.report.data_read import in_words
from workbench.report.reading import look_back_equally
from workbench.report.tables import shares_table
from workbench.report.voices import any_released, shown
from workbench.study import Study

if TYPE_CHECKING:
    from workbench.charts.drawing import Drawing


def returning_section(
    analysis: Analysis, drawings: Mapping[str, Drawing], quotes: Mapping[str, Quotes]
) -> Section | None:
    """The section of returning matters, and of cases that grow more pressing; None without any."""
    reading, study = analysis.reading, analysis.study
    title = "Returning matters, and cases that grow more pressing"
    if "returns" in analysis.refused:  # the sentences below would tell its counts
        return Section(title, 2)
    if reading.returns.empty and reading.rising.empty:
        return None
    back = in_words(len(reading.returns), analysis.study)
    matters = in_words(reading.returns["matter"].nunique(), analysis.study)
    several = int((reading.course.groupby("case_id")["message"].size() > 1).sum())
    blocks: list[Block] = [
        Paragraph(
            Sourced(
                f"{back.capitalize()} cases are tied to an earlier one of {matters} matters, by a "
                "sign that both share: the same enquirer of the same place, an address, an "
                "account, a link, a number, or the same or nearly the same words. A sign is a "
                "reason to look, not a proof.",
                _part("links", "cases", len(reading.returns), len(analysis.log), study),
            )
        ),
        *_equal_windows(analysis),
        *shown(drawings, "returns"),
    ]
    if "returns" in analysis.tables:
        frame = analysis.tables["returns"]
        title_of_table = "Signs of a return to an earlier case of the same period"
        blocks.append(shares_table(frame, title=title_of_table, heading="Sign", source="returns"))
    spoken = quotes.get("returns")
    if spoken and spoken.items and any_released(analysis.study):
        blocks += [Paragraph("In the words of those who came back:"), spoken]
    if several:
        of_several = in_words(several, analysis.study)
        rising = in_words(len(reading.rising), analysis.study)
        blocks.append(
            Paragraph(
                Sourced(
                    f"In {rising} of {of_several} cases with several messages of the enquirer "
                    "a later message reads as clearly more pressing than the first, or tells of a "
                    "risk that the first does not: risk can build up where no single message would "
                    "alarm.",
                    _part("course", "cases", len(reading.rising), several, study),
                )
            )
        )
        blocks += shown(drawings, "tone-messages")
    return Section(title, 2, tuple(blocks))


def _equal_windows(analysis: Analysis) -> list[Block]:
    """That the table and figure look back within a period alone, and whether periods compare."""
    periods, study = analysis.log.periods, analysis.study
    if len(periods) < 2:
        return []
    returns = analysis.reading.returns
    within = len(within_period(returns, analysis.log))
    text = (
        f"A case of {periods[-1]} could look back to all periods before, one of {periods[0]} to "
        f"none. So that all look back equally far, table and figure count {in_words(within, study)}"
        " that return to a case of their own period; "
        f"{in_words(len(returns) - within, study)} go back to an earlier period alone."
    )
    if not look_back_equally(study, periods):
        text += " The periods are not equally long, so that their shares do not compare."
    behind = _part("links", "within a period", within, len(returns), study)
    return [Paragraph(Sourced(text, behind))]


def _part(frame: str, what: str, n: int, base: int, study: Study) -> Behind:
    """A count of a whole under the study's disclosure rule: None where it is hidden."""
    return Behind(frame, (), what, n=safe_count(n, study), base=safe_count(base, study))
