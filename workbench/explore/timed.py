"""Time as a notebook shows it: stretches with one rate of cases, and how soon replies came."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.compare.say import percent
from workbench.compare.turns import find_turns
from workbench.errors import WorkbenchError
from workbench.explore.show import Shown, in_columns, listed
from workbench.report.tables import count
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd


def turns(log: CaseLog, study: Study) -> Shown:
    """The stretches of ``find_turns``, or why none are looked for."""
    try:
        found = find_turns(log, study)
    except WorkbenchError as refusal:
        return listed([], none=str(refusal))
    columns = {
        "Weeks from": [f"{start:%d/%m/%Y}" for start in found["start"]],
        "To that of": [f"{end:%d/%m/%Y}" for end in found["end"]],
        "Cases": [count(n) for n in found["n"]],
        "A school day": [f"{rate:.1f}" for rate in found["rate"]],
        "Times the stretch before": ["–" if c != c else f"{c:.2f}" for c in found["change"]],
    }
    note = f"{found['note'].iloc[0].capitalize()}."
    return in_columns("Stretches with one rate of cases", columns, note=note, words=2)


def replies(summary: pd.DataFrame) -> Shown:
    """The frame of ``reply_summary`` as a table: waits in staffed hours, and the share in time."""
    aim = summary["aim"].iloc[0]
    rows: list[Any] = list(summary.itertuples(index=False))
    columns = {
        "Period": [str(row.group) for row in rows],
        "Cases": [count(row.cases) for row in rows],
        "No reply recorded": [count(row.no_reply) for row in rows],
        "Half had one after": [f"{row.median:.1f}" for row in rows],
        "Three in four after": [f"{row.three_quarters:.1f}" for row in rows],
    }
    if aim == aim:
        columns[f"Within {aim:g} hours"] = [
            f"{percent(row.share)} ({percent(row.low)} to {percent(row.high)})" for row in rows
        ]
    note = "In staffed hours; automatic notices are no reply. In brackets: 95% interval."
    return in_columns("Time to the first reply", columns, note=note)
