"""What became of requests to take content down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.intervals import share, wilson

if TYPE_CHECKING:
    import pandas as pd


def takedown_summary(log: CaseLog) -> pd.DataFrame:
    """Addresses reported and removed, one row a period and platform, most reported first.

    Columns: period, platform, cases, n (removed), base (reported), share (removed, in [0, 1])
    with its Wilson interval low and high. The interval treats addresses as independent, which
    those of one case are not: read it as the narrowest it could be.
    """
    import pandas as pd

    joined = log.takedowns.merge(log.cases[["case_id", "period"]], on="case_id")
    joined["platform"] = joined["platform"].fillna("Not named")
    grouped = joined.groupby(["period", "platform"], observed=True)
    frame = grouped.agg(
        cases=("case_id", "nunique"), n=("removed", "sum"), base=("reported", "sum")
    ).reset_index()
    frame = frame.sort_values(["period", "base", "platform"], ascending=[True, False, True])
    frame["share"] = share(frame["n"], frame["base"])
    frame["low"], frame["high"] = wilson(frame["n"], frame["base"])
    return pd.DataFrame(frame).reset_index(drop=True)
