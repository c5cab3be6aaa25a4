"""Comparisons in words that claim no more than the figures carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.compare.intervals import shift_share
from workbench.compare.measure import UNEQUAL

if TYPE_CHECKING:
    import pandas as pd

FEW = 5
"""Fewer cases than this on both sides are called too few to tell."""

CLEAR = 0.05
"""An adjusted p below this is taken as a difference that chance alone would rarely make."""

OVER_TIME = ("period", "month")
"""Groupings whose later groups follow the earlier in time, so that shares rise and fall."""


def say(row: pd.Series[Any]) -> str:
    """One sentence or two for one row of a comparison frame, against its reference group.

    Says "too few cases to tell" where both counts are tiny, or hidden; "no clear difference" where
    the adjusted p is ``CLEAR`` or more, with the smallest change that these bases would have
    shown; and otherwise the direction, the points and their 95% interval. Where many cases lack
    the field it says so if they could turn the difference round. Raises ``ValueError`` for the
    row of the reference itself.
    """
    import pandas as pd

    label, group, reference = row["label"], row["group"], row["reference"]
    if not isinstance(reference, str):
        raise ValueError("the reference row has nothing to be compared with")
    if row["base"] == 0 or row["reference_base"] == 0:
        return f"{label}: not recorded in both {reference} and {group}."
    counts = [row[name] for name in ("n", "base", "reference_n", "reference_base")]
    if row["difference"] != row["difference"] and not any(pd.isna(count) for count in counts):
        if UNEQUAL in str(row["note"]):
            return f"{label}: {UNEQUAL}, so {group} and {reference} do not compare."
        return f"{label}: not a label of both schemes, so {group} and {reference} do not compare."
    if row["difference"] != row["difference"] or max(row["n"], row["reference_n"]) < FEW:
        return f"{label}: too few cases to tell {group} from {reference}."
    if row["p_adjusted"] < CLEAR:
        return f"{_clear(row)}{_unrecorded(row)}"
    return f"{_unclear(row)}{_could_show(row)}"


def is_clear(frame: pd.DataFrame) -> pd.Series[bool]:
    """Which rows of a comparison frame show a clear difference from their reference."""
    return frame["difference"].notna() & (frame["p_adjusted"] < CLEAR)


def _clear(row: pd.Series[Any]) -> str:
    up = row["difference"] > 0
    before, after = _of(row, "reference_"), _of(row, "")
    interval = _interval(row)
    if row["by"] in OVER_TIME:
        verb = "rose" if up else "fell"
        return (
            f"{row['label']} {verb} from {before} in {row['reference']} to {after} in "
            f"{row['group']}, a difference of {points(row['difference'])} points ({interval})."
        )
    return (
        f"{row['label']}: {before} in {row['reference']} and {after} in {row['group']}, "
        f"{abs(100 * row['difference']):.1f} points {'higher' if up else 'lower'} in "
        f"{row['group']} ({interval})."
    )


def _unclear(row: pd.Series[Any]) -> str:
    alone = row["difference_low"] > 0 or row["difference_high"] < 0
    many = " once the many comparisons are allowed for" if alone else ""
    return (
        f"{row['label']}: {_of(row, 'reference_')} in {row['reference']} and {_of(row, '')} in "
        f"{row['group']}; no clear difference{many} ({_interval(row)})."
    )


def _could_show(row: pd.Series[Any]) -> str:
    """What the share of the smaller group would have had to be for these bases to show it."""
    sides = [
        (row[f"{which}base"], row[f"{which}n"] / row[f"{which}base"], row[name])
        for which, name in (("reference_", "reference"), ("", "group"))
    ]
    # The larger base is known better: what it shows is the one to be compared with.
    (_, share, known), (_, _, other) = sorted(sides, key=lambda side: -side[0])
    low = float(shift_share(share, -row["detectable"]))
    high = float(shift_share(share, row["detectable"]))
    ends = [
        f"{percent(end)} or {side}"
        for end, side in ((low, "less"), (high, "more"))
        if end == end and percent(end) != percent(0)
    ]
    if not ends:
        return " No difference between these groups could have been shown."
    needed = ", or ".join(ends)
    return f" To show against {percent(share)} in {known}, {other} would have needed {needed}."


def _unrecorded(row: pd.Series[Any]) -> str:
    """A caution where those without the field could turn the difference round."""
    least, most = row["least"], row["most"]
    missing = row["reference_cases"] - row["reference_base"]
    low = row["reference_n"] / row["reference_cases"]
    high = min((row["reference_n"] + missing) / row["reference_cases"], 1.0)
    turned = high > least if row["difference"] > 0 else low < most
    if not turned:
        return ""
    return (
        f" That is of the cases with the field: of all, it {_range(low, high)} in "
        f"{row['reference']}, and {_range(least, most)} in {row['group']}."
    )


def _range(low: float, high: float) -> str:
    if percent(low) == percent(high):
        return f"is {percent(low)}"
    return f"lies between {percent(low)} and {percent(high)}"


def _of(row: pd.Series[Any], which: str) -> str:
    n, base = row[f"{which}n"], row[f"{which}base"]
    return f"{percent(min(n / base, 1.0))} ({n:,.0f} of {base:,.0f})"


def _interval(row: pd.Series[Any]) -> str:
    low, high = points(row["difference_low"]), points(row["difference_high"])
    return f"95% interval {low} to {high}"


def percent(share: float) -> str:
    """A share as it is printed: ``25.7%``; a dash where it is missing."""
    return "–" if share != share else f"{100 * share:.1f}%"


def points(difference: float) -> str:
    """A difference of shares in percentage points with its sign: ``+3.1`` or ``−0.4``."""
    value = f"{abs(100 * difference):.1f}"
    return value if float(value) == 0 else ("+" if difference > 0 else "−") + value
