"""Every group of every grouping against all other cases: the last section of Part C."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.compare.rest import rank_findings
from workbench.compare.say import is_clear, percent, points
from workbench.report.behind import Behind, Sourced, behind_rows
from workbench.report.blocks import Block, Paragraph, Section, TableBlock
from workbench.report.comparing import REST
from workbench.report.parts import one_of

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

MOST_ROWS = 20


def anywhere_sections(analysis: Analysis) -> list[Section]:
    """Every grouping against all other cases: only what is clear, the largest first."""
    import pandas as pd

    sections = []
    for key, frame in analysis.tables.items():
        if not key.startswith(f"{REST}/"):
            continue
        period = key.removeprefix(f"{REST}/")
        clear, ranked = frame[is_clear(frame)], rank_findings(frame)
        text = (
            f"Every group of {period} with enough cases was set against all other cases: "
            f"{len(frame):,} comparisons, of which {len(clear):,} are clear after correction for "
            f"all of them. {_say_alike(analysis)}Shown are, of each grouping and label, the "
            "group that differs most, and of each group and field one label, so that no row says "
            "another from the other side. This shows where to look; who writes may account for "
            "what is written."
        )
        behind = Behind(key, (), "clear comparisons", n=len(clear), base=len(frame))
        blocks: list[Block] = [Paragraph(Sourced(text, behind))]
        if len(ranked):
            first = ranked.head(MOST_ROWS)
            told = [_told(analysis, row) for _, row in first.iterrows()]
            heads = ("Group", "Carries", "In the group", "In all others", "Points (95% interval)")
            title = f"Where groups differ most clearly, {period}"
            if len(ranked) > MOST_ROWS:
                title += f": the first {MOST_ROWS} of {len(ranked)}"
            table = pd.DataFrame(told, columns=pd.Index(heads))
            widths = (2.0, 2.0, 1.0, 1.0, 1.6)
            by = ("label", "field", "group", "by")
            cells = {
                head: behind_rows(first, column, frame=key, by=by)
                for head, column in zip(
                    heads[2:], ("share", "reference_share", "difference"), strict=True
                )
            }
            blocks.append(
                TableBlock(title, table, numeric=heads[2:], widths=widths, source=key, cells=cells)
            )
        sections.append(Section("Any other grouping", 2, tuple(blocks)))
    return sections


def _say_alike(analysis: Analysis) -> str:
    """Which fields are not set against each other, because one label would imply the other."""
    titled = [
        " and ".join(analysis.log.title_of(name).lower() for name in pair)
        for pair in analysis.study.alike
    ]
    if not titled:
        return ""
    return f"Not compared are fields that record the same thing: {'; '.join(titled)}. "


def _told(analysis: Analysis, row: pd.Series) -> tuple[str, ...]:
    low, high = points(row["difference_low"]), points(row["difference_high"])
    return (
        f"{row['group']} ({analysis.log.title_of(row['by']).lower()})",
        f"{row['label']} ({one_of(analysis, row['field'])})",
        percent(row["share"]),
        percent(row["reference_n"] / row["reference_base"]),
        f"{points(row['difference'])} ({low} to {high})",
    )
