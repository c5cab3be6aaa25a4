"""Printed figures as a notebook shows them: against the cases, and against one another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.explore.show import Shown, in_columns
from workbench.report.tables import count

if TYPE_CHECKING:
    import pandas as pd


def verdicts(cells: pd.DataFrame, *, most: int = 10) -> Shown:
    """How many printed figures the cases give again, report by report, and why ``most`` do not.

    ``cells`` is the frame of ``compare_published``.
    """
    tally = cells.groupby(["report", "verdict"]).size().unstack(fill_value=0)
    columns = {"Report": [str(name) for name in tally.index]}
    columns |= {str(name).capitalize(): [count(n) for n in tally[name]] for name in tally}
    others = cells[cells["verdict"] != "equal"]
    rows: list[Any] = list(others.head(most).itertuples(index=False))
    told = [f"{row.report}, {row.label}: {row.reason}." for row in rows]
    more = [f"{count(len(others) - most)} more are not equal."] if len(others) > most else []
    note = " ".join(["Not equal:", *told, *more]) if told else ""
    return in_columns("Printed figures, set against the cases", columns, note=note)


def findings(frame: pd.DataFrame) -> Shown:
    """What ``lint`` found, the most serious first."""
    label = frame["label"].where(frame["label"] == "", ": " + frame["label"])
    columns = {
        "Kind": list(frame["severity"]),
        "Rule": list(frame["rule"]),
        "Where": list(frame["report"] + ", " + frame["table"] + label),
        "What": list(frame["finding"]),
    }
    note = "A caution is right as printed, but cannot carry the comparison that it invites."
    return in_columns("Where printed figures need a word", columns, note=note, words=4)
