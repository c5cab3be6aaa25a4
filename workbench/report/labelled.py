"""Shares of tones estimated from labelled cases, as ``workbench label read`` left them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.tables import read_table
from workbench.compare.intervals import wilson
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_counts
from workbench.report.behind import Sourced, behind_bases, behind_rows
from workbench.report.blocks import Block, Paragraph, TableBlock
from workbench.report.tables import HIDDEN, count, share_with_limits
from workbench.study import Disclosure, Study
from workbench.tone.evaluate import EVERYTHING
from workbench.tone.prevalence import COLUMNS, POWERED

if TYPE_CHECKING:
    import pandas as pd

_TABLE = "prevalence"
_NUMBERS = ("n", "base", "share", "low", "high", "labelled")
_SAYS = (
    "People labelled a sample of the cases. The shares below join their labels with what the heads "
    "say of all cases (prediction-powered estimates), so that mistakes of the heads widen the "
    "intervals and do not shift them. Tones that the heads do not tell well enough are left out."
)


def read_prevalence(study: Study) -> pd.DataFrame | None:
    """The estimates of all cases and of each group, or None where the study names no file.

    Raises ``WorkbenchError`` that names file and column where it is not such a file.
    """
    import pandas as pd

    path = study.tone.prevalence
    if path is None:
        return None
    frame = read_table(path).frame.reset_index(drop=True)
    for name in ("field", *COLUMNS):
        if name not in frame.columns:
            raise WorkbenchError(
                f"{path} has no column '{name}'. Give the prevalence.csv that 'workbench label "
                "read' wrote."
            )
    numbers = frame[list(_NUMBERS)].apply(pd.to_numeric, errors="coerce")
    return frame.assign(**{name: numbers[name] for name in _NUMBERS})


def protect_estimates(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """The estimates under ``rule``: counts rounded, bases too, and without those of few cases.

    An estimated share gives no count away and stays as it is; a marker rate is a count over its
    base, so it and its interval follow the rounded counts.
    """
    if rule.exempt:
        return frame.copy()
    safe = frame.copy()
    for name in ("n", "base", "labelled"):
        safe[name] = protect_counts(frame[name], rule=rule).astype("float64")
    few = safe[["n", "base"]].isna().any(axis=1)
    safe.loc[few, ["n", "share", "low", "high"]] = float("nan")
    safe.loc[few, "note"] = "suppressed"
    counted = ~few & (frame["method"] != POWERED)
    if counted.any():
        limits = wilson(safe.loc[counted, "n"], safe.loc[counted, "base"])
        safe.loc[counted, "share"] = safe["n"] / safe["base"]
        safe.loc[counted, "low"], safe.loc[counted, "high"] = limits
    return safe


def estimated(frame: pd.DataFrame) -> list[Block]:
    """What the labels say of all cases: a paragraph and a table, or nothing."""
    import pandas as pd

    told = frame[(frame["field"] == EVERYTHING) & (frame["method"] == POWERED)]
    if told.empty:
        return []
    told = told.sort_values("share", ascending=False, kind="stable")
    printed = pd.DataFrame(
        {
            "Tone": told["label"].str.capitalize(),
            "Share of cases (95% interval)": [
                share_with_limits(*row, missing=HIDDEN)
                for row in zip(told["share"], told["low"], told["high"], strict=True)
            ],
            "Labelled": told["labelled"].map(count),
        }
    )
    base = count(told["base"].iloc[0])
    table = TableBlock(
        title="How many cases show each tone, from labelled cases",
        frame=printed,
        numeric=("Labelled",),
        widths=(2.0, 2.4, 1.0),
        note=Sourced(
            f"Shares are of {base} cases. A case can show several tones.",
            *behind_bases(told.head(1), frame=_TABLE),
        ),
        source=_TABLE,
        cells={
            "Share of cases (95% interval)": behind_rows(
                told, "share", frame=_TABLE, by=("label",), n="", base="base"
            ),
            "Labelled": behind_rows(told, "labelled", frame=_TABLE, by=("label",), n="labelled"),
        },
    )
    return [Paragraph(_SAYS), table]
