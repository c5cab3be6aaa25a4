"""Figures that were printed before: against the cases, cell by cell, and against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.compare.lint import lint, say_tally
from workbench.compare.linting.inputs import gather
from workbench.compare.published import DIFFERS, compare_published
from workbench.report.behind import Behind, Sourced, behind_row
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
    words = Section("Where printed figures need a word", 2, tuple(_findings(findings)))
    return [Section("Check against the printed reports", 2, tuple(_cells(cells))), words]


def _cells(cells: pd.DataFrame) -> list[Block]:
    reports = _in_time(cells["report"])
    lines = [_say_verdicts(cells[cells["report"] == report], report) for report in reports]
    text = (
        f"Reports on {_listed(reports)} were printed before this one. Every count and percentage "
        "in them that the study knows of was set against the same count made anew from the case "
        "records, with the labels of that year. A count is equal where it is the very same, a "
        "percentage where some base gives it to the digits printed. A difference does not say "
        "which of the two is wrong."
    )
    blocks: list[Block] = [Paragraph(text), Bullets(tuple(lines))]
    cells = cells.sort_values("report", key=lambda names: names.map(reports.index), kind="stable")
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
        source=CELLS,
        cells={
            "Printed": _behind(shown, "printed"),
            "From the cases": _behind(shown, "counted"),
        },
    )
    return [*blocks, table]


def _in_time(reports: pd.Series[str]) -> list[str]:
    """Each report once: by its year where all are named by one, else as the files have them."""
    names = list(dict.fromkeys(reports.astype(str)))
    return sorted(names) if all(name[:4].isdigit() for name in names) else names


def _say_verdicts(cells: pd.DataFrame, report: str) -> Sourced:
    """How many figures of one report came out how: "2022-23: 106 are equal, 2 differ."."""
    counts = [(str(name), int(n)) for name, n in cells["verdict"].value_counts(sort=False).items()]
    said = ", ".join(f"{count(n)} {_said(name, n)}" for name, n in counts)
    behind = (
        Behind(CELLS, (("report", report), ("verdict", name)), "rows", n=n, base=len(cells))
        for name, n in counts
    )
    return Sourced(f"{report}: {said}.", *behind)


def _said(verdict: str, n: int) -> str:
    if verdict == DIFFERS:
        return "differs" if n == 1 else "differ"
    return f"{'is' if n == 1 else 'are'} {verdict}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _behind(cells: pd.DataFrame, column: str) -> tuple[Behind, ...]:
    """What is behind the figures of one column; a percentage is told by itself, without a base."""
    by = ("label", "report", "table", "figure")
    return tuple(
        behind_row(row, column, frame=CELLS, by=by, base="", n=column * (row["figure"] == "count"))
        for row in cells.to_dict("records")
    )


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
    behind = (
        Behind(FINDINGS, (("severity", str(kind)),), "rows", n=int(n), base=len(findings))
        for kind, n in findings["severity"].value_counts(sort=False).items()
    )
    text = (
        "The printed tables and sentences were also checked against one another, without the "
        f"cases: {tally}. A contradiction is two figures that cannot both be right. What is "
        "unexplained may be right, but the print does not say how. A caution is right as "
        "printed, and cannot carry the comparison that it invites."
    )
    return [
        Paragraph(Sourced(text, *behind)),
        TableBlock(
            title="What printed figures and sentences say against one another",
            frame=printed.set_axis(heads, axis=1).reset_index(drop=True),
            widths=(1.0, 1.2, 2.0, 4.0),
            source=FINDINGS,
        ),
    ]


def _number(value: Any, figure: str) -> str:
    import pandas as pd

    if pd.isna(value):
        return "–"
    return f"{value:g}%" if figure == "percent" else count(value)
