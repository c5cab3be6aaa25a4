"""Figures that were printed before: against the cases, cell by cell, and against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.compare.lint import lint, say_tally
from workbench.compare.linting.inputs import gather
from workbench.compare.published import compare_published
from workbench.report.blocks import Block, Bullets, Paragraph, Section, TableBlock
from workbench.report.tables import count
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

CELLS, FINDINGS = "printed/cells", "printed/findings"
MOST_CELLS = 40
"""More cells that do not come out equal stand in the exported table alone."""


def printed_tables(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    """``printed/cells``, each printed cell against the cases; ``printed/findings`` of `lint`.

    None where the study names no printed figures. Cells are compared only under the study's
    exception to disclosure control: otherwise they could tell a count that is hidden.
    """
    if not study.published.files:
        return {}
    inputs = gather([study.folder])
    findings = lint(
        inputs.printed, inputs.claims, fields=inputs.fields, banners=sorted(inputs.banners)
    )
    return {CELLS: compare_published(log, study), FINDINGS: findings}


def printed_sections(analysis: Analysis) -> list[Section]:
    """What printed figures the cases give again, which not and why, and where they contradict."""
    cells = analysis.tables.get(CELLS)
    if cells is None:
        return []
    findings = analysis.tables[FINDINGS]
    return [
        Section("Printed figures against the cases", 2, tuple(_cells(cells))),
        Section("Where printed figures need a word", 2, tuple(_findings(findings))),
    ]


def _cells(cells: pd.DataFrame) -> list[Block]:
    tally = cells.groupby(["report", "verdict"], sort=False).size()
    lines = []
    for report in dict.fromkeys(cells["report"]):
        parts = "; ".join(f"{count(n)} {verdict}" for verdict, n in tally[report].items())
        lines.append(f"{report}: {parts}.")
    text = "Every printed count and percentage was set against what the cases give:"
    blocks: list[Block] = [Paragraph(text), Bullets(tuple(lines))]
    others = cells[cells["verdict"] != "equal"]
    if others.empty:
        return blocks
    if others["reason"].nunique() == 1 and len(others) > MOST_CELLS:
        return [*blocks, Paragraph(f"Reason: {others['reason'].iloc[0]}.", style="note")]
    shown = others.head(MOST_CELLS)
    place = shown["report"] + ", " + shown["table"] + ": " + shown["label"]
    frame = shown.assign(
        place=place,
        printed=[
            _number(n, kind) for n, kind in zip(shown["printed"], shown["figure"], strict=True)
        ],
        counted=[
            _number(n, kind) for n, kind in zip(shown["counted"], shown["figure"], strict=True)
        ],
    )[["place", "printed", "counted", "verdict", "reason"]]
    heads = ["Printed where", "Printed", "From the cases", "Verdict", "Reason"]
    table = TableBlock(
        title="Printed figures that do not come out equal",
        frame=frame.set_axis(heads, axis=1).reset_index(drop=True),
        numeric=("Printed", "From the cases"),
        widths=(2.4, 0.8, 1.0, 1.0, 2.4),
    )
    return [*blocks, table]


def _findings(findings: pd.DataFrame) -> list[Block]:
    if findings.empty:
        return [Paragraph("No two printed figures contradict each other.")]
    where = findings["table"].where(
        findings["label"] == "", findings["table"] + ": " + findings["label"]
    )
    frame = findings.assign(where=findings["report"] + ", " + where)
    printed = frame[["severity", "rule", "where", "finding"]]
    heads = ["Kind", "Rule", "Where", "What"]
    tally = say_tally(findings)
    return [
        Paragraph(
            f"The printed tables and sentences were checked against one another: {tally}. A "
            "caution is right as printed, but cannot carry the comparison that it invites."
        ),
        TableBlock(
            title="What printed figures and sentences say against one another",
            frame=printed.set_axis(heads, axis=1).reset_index(drop=True),
            widths=(1.0, 1.2, 2.0, 4.0),
        ),
    ]


def _number(value: Any, figure: str) -> str:
    import pandas as pd

    if pd.isna(value):
        return "–"
    return f"{value:g}%" if figure == "percent" else count(value)
