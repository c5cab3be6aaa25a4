"""Printed figures built in memory for tests."""

from __future__ import annotations

import pandas as pd

from workbench.compare.linting.claims import CLAIM_COLUMNS
from workbench.compare.linting.figures import FIGURE_COLUMNS, is_part

Row = tuple[str, str, str, str, int | None, str | None]


def make_printed(rows: list[Row], *, bases: list[int | None] | None = None) -> pd.DataFrame:
    """Figures from (report, table, title, label, count, percentage as printed)."""
    frame = pd.DataFrame(
        [
            {
                "report": report,
                "table": table,
                "title": title,
                "label": label,
                "count": count,
                "percent": None if percent is None else float(percent),
                "decimals": None if percent is None else len(percent.partition(".")[2]),
                "base": None if bases is None else bases[number],
                "whole": not is_part(title),
            }
            for number, (report, table, title, label, count, percent) in enumerate(rows)
        ],
        columns=list(FIGURE_COLUMNS),
    )
    return frame.astype(FIGURE_COLUMNS)


def make_claims(*claims: dict[str, object]) -> pd.DataFrame:
    """Claims from dictionaries; what they leave out is empty, said exactly."""
    empty = dict.fromkeys(CLAIM_COLUMNS, "") | {"n": None, "percent": None, "decimals": None}
    rows = [{**empty, "how": "exactly", "where": "text", **claim} for claim in claims]
    for row in rows:
        if row["percent"] is not None:
            row["decimals"] = 0
    return pd.DataFrame(rows, columns=list(CLAIM_COLUMNS)).astype(CLAIM_COLUMNS)
