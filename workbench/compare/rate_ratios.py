"""Whether cases came at another rate in one period than in another, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.poisson import detectable_ratio, exact_ratio, fit_rates, widened_ratio
from workbench.compare.rates import hide_counts, term_time, with_rates
from workbench.errors import WorkbenchError, suggest
from workbench.study import Disclosure, Study

if TYPE_CHECKING:
    import pandas as pd

SCHOOL_DAY, OTHER_DAY, ANY_DAY = "School day", "Day outside terms", "Any day"
"""What ``compare_rates`` counts cases per, in order."""

UNITS = {
    SCHOOL_DAY: "a school day in term",
    OTHER_DAY: "a day outside terms",
    ANY_DAY: "a day, in term or not,",
}

LEAST_LEFT = 3
"""Fewer degrees of freedom than this say nothing of how much months vary."""

SURELY_MISSED = 10
"""Where at least so many cases should have come and none did, the records are hardly complete."""

RATIO_COLUMNS = (
    "ratio",
    "ratio_low",
    "ratio_high",
    "p",
    "wide_low",
    "wide_high",
    "wide_p",
    "detectable",
)
COLUMNS = (
    "measure",
    "group",
    "n",
    "days",
    "rate",
    "low",
    "high",
    "reference",
    "reference_n",
    "reference_days",
    "reference_rate",
    *RATIO_COLUMNS,
    "dispersion",
    "df",
    "note",
)
"""The columns of ``compare_rates``, in order; ``RATIO_COLUMNS`` say how a row and its reference
compare."""


def compare_rates(
    log: CaseLog, study: Study, *, groups: Sequence[str] | None = None
) -> pd.DataFrame:
    """Whether cases came at the same rate in each period as in the first (the reference).

    One row a measure (a school day, a day outside terms, any day) and period, in order;
    ``groups`` picks and orders the periods. Columns: measure, group, n, days, rate (n / days)
    with its exact interval low and high; reference, reference_n, reference_days, reference_rate;
    ratio with exact interval ratio_low, ratio_high and p, as if cases came independently;
    dispersion (how many times as much as by chance the same month differs from year to year)
    with its degrees of freedom df; wide_low, wide_high and wide_p, which allow for that and are
    the ones to quote; detectable (the smallest ratio above 1 that would have shown with 80%
    power); note. What compares is missing on the reference's own rows. Raises ``WorkbenchError``
    for an unknown period or one without terms.
    """
    days = term_time(log, study)
    known = list(days["period"].unique())
    chosen = list(groups) if groups is not None else known
    for group in chosen:
        if group not in known:
            raise WorkbenchError(f"No case is of the period '{group}'.{suggest(group, known)}")
    return _finish(_counts(days, chosen))


def protect_ratios(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A frame of ``compare_rates`` under disclosure control: all anew from what is left of n."""
    if rule.exempt:
        return frame.copy()
    return _finish(hide_counts(frame, ("n",), rule=rule))


def say_rate(row: pd.Series[Any]) -> str:
    """One sentence for one row of ``compare_rates`` that has a reference."""
    both = (
        f"{row['reference_rate']:.1f} cases {UNITS[row['measure']]} in {row['reference']} and "
        f"{row['rate']:.1f} in {row['group']}"
    )
    allowed = row["wide_low"] == row["wide_low"]
    low, high = (row["wide_low"], row["wide_high"]) if allowed else _exact_ends(row)
    if low != low:
        return f"Too few cases to compare {row['group']} with {row['reference']}."
    how = ", allowing for how much months vary" if allowed else ", if cases came independently"
    interval = f"95% interval {low:.2f} to {high:.2f}{how}"
    warned = f" Note: {row['note']}" if row["note"] else ""
    if low <= 1 <= high:
        shown = f"; a ratio of {row['detectable']:.2f} would have been likely to show"
        return f"{both}: no clear change (ratio {row['ratio']:.2f}, {interval}){shown}.{warned}"
    return f"{both}: {row['ratio']:.2f} times as many ({interval}).{warned}"


def _exact_ends(row: pd.Series[Any]) -> tuple[float, float]:
    return float(row["ratio_low"]), float(row["ratio_high"])


def _counts(days: pd.DataFrame, groups: Sequence[str]) -> pd.DataFrame:
    """measure, group, n, days, dispersion, df and note for every measure and period."""
    import pandas as pd

    notes = {group: _note_missing(days[days["period"] == group]) for group in groups}
    rows = []
    for measure, part in _measured(days).groupby("measure", sort=False):
        sums = part.groupby("period")[["n", "days"]].sum()
        for group in groups:
            spread, df = _dispersion(part, groups[0], group)
            rows.append((measure, group, *sums.loc[group], spread, df, notes[group]))
    columns = ["measure", "group", "n", "days", "dispersion", "df", "note"]
    return pd.DataFrame(rows, columns=pd.Index(columns))


def _measured(days: pd.DataFrame) -> pd.DataFrame:
    """The days once for each measure: measure, period, month (1 to 12), n, days (0 or 1)."""
    import pandas as pd

    counted = {
        SCHOOL_DAY: (days["taught"], days["school"]),
        OTHER_DAY: (days["n"] - days["taught"], ~days["teaching"]),
        ANY_DAY: (days["n"], days["day"].notna()),
    }
    shared = days[["period"]].assign(month=days["day"].dt.month)
    return pd.concat(
        [
            shared.assign(measure=measure, n=n, days=length.astype("int64"))
            for measure, (n, length) in counted.items()
        ]
    )


def _dispersion(days: pd.DataFrame, first: str, second: str) -> tuple[float, int]:
    """How much more than chance the two periods' ratio differs from month to month, and its df.

    Pearson's chi-squared over its degrees of freedom, with an effect for each month of the year
    and one for the period: what recurs every year is no error of the comparison.
    """
    pair = days[days["period"].isin([first, second])]
    cells = pair.groupby(["month", "period"])[["n", "days"]].sum().query("days > 0").reset_index()
    of_month = cells.groupby("month")
    both = (of_month["period"].transform("size") == 2) & (of_month["n"].transform("sum") > 0)
    cells = cells[both]
    df = len(cells) // 2 - 1
    if first == second or df < LEAST_LEFT or not cells.groupby("period")["n"].sum().all():
        return float("nan"), 0
    month = cells["month"].to_numpy()[:, None] == np.sort(cells["month"].unique())[1:]
    later = (cells["period"] == second).to_numpy()[:, None]
    design = np.hstack([np.ones((len(cells), 1)), month, later])
    return fit_rates(cells["n"], cells["days"], design).dispersion, df


def _note_missing(days: pd.DataFrame) -> str:
    """Whether a period begins or ends with more school days without a case than chance would."""
    came = days.loc[days["school"], "n"].to_numpy()
    seen = np.nonzero(came)[0]
    if not len(seen):
        return "no case on a school day"
    rate = came.sum() / (seen[-1] - seen[0] + 1)
    for gap, where in ((seen[0], "first"), (len(came) - 1 - seen[-1], "last")):
        if gap * rate >= SURELY_MISSED:
            return f"no case in the {where} {gap} school days: are the records complete?"
    return ""


def _finish(counts: pd.DataFrame) -> pd.DataFrame:
    """Rates and ratios of a frame of counts, which may be missing."""
    import pandas as pd

    frame = with_rates(counts.reset_index(drop=True))
    grouped = frame.groupby("measure", sort=False)[["group", "n", "days", "rate"]]
    first = grouped.transform("first", skipna=False)
    is_first = ~frame["measure"].duplicated()
    kept = {name: first[name].mask(is_first) for name in first}
    frame = frame.assign(
        reference=kept["group"],
        reference_n=kept["n"].astype("Int64"),
        reference_days=kept["days"].astype("Int64"),
        reference_rate=kept["rate"],
    )
    found = [_ratios(row) for row in frame.to_dict("records")]
    ratios = pd.DataFrame(found, columns=pd.Index(RATIO_COLUMNS))
    frame = frame.drop(columns=[name for name in RATIO_COLUMNS if name in frame])
    return pd.concat([frame, ratios], axis=1)[list(COLUMNS)]


def _ratios(row: dict[Any, Any]) -> tuple[float, ...]:
    """The ratio of one row to its reference, in the order of ``RATIO_COLUMNS``."""
    import pandas as pd

    counts = (row["n"], row["days"], row["reference_n"], row["reference_days"])
    if any(pd.isna(value) for value in counts):
        return (float("nan"),) * len(RATIO_COLUMNS)
    exact = exact_ratio(*map(int, counts))
    spread, df = row["dispersion"], int(row["df"])
    wide = widened_ratio(exact.ratio, counts[0], counts[2], dispersion=spread, df=df)
    least = detectable_ratio(counts[0], counts[2], dispersion=spread if df else 1.0)
    ends = (exact.low, exact.high, exact.p, wide.low, wide.high, wide.p)
    return (exact.ratio, *ends, least)
