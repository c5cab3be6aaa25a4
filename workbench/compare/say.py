"""Comparisons in words that claim no more than the figures carry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

FEW = 5
"""Fewer cases than this on both sides are called too few to tell."""

CLEAR = 0.05
"""An adjusted p below this is taken as a difference that chance alone would rarely make."""


def say(row: pd.Series[Any], *, reference: str, reference_share: float) -> str:
    """One sentence for one row of a comparison frame, against the reference group.

    Says "too few" where either count is tiny, "no clear difference" where the adjusted p is
    large, and otherwise the direction, the points and their 95% interval.
    """
    label, group = row["label"], row["group"]
    if row["base"] == 0 or row["difference"] != row["difference"]:
        return f"{label}: too few cases in {group} to tell."
    other = reference_share * row["base"]
    if row["n"] < FEW and other < FEW:
        return f"{label}: too few cases to tell {group} from {reference}."
    both = f"{percent(reference_share)} in {reference} and {percent(row['share'])} in {group}"
    interval = f"95% interval {points(row['difference_low'])} to {points(row['difference_high'])}"
    if not row["p_adjusted"] < CLEAR:
        alone = row["difference_low"] > 0 or row["difference_high"] < 0
        many = " once the many comparisons are allowed for" if alone else ""
        return f"{label}: {both}; no clear difference{many} ({interval})."
    higher = "higher" if row["difference"] > 0 else "lower"
    return (
        f"{label}: {both}, {abs(100 * row['difference']):.1f} points {higher} in {group} "
        f"({interval})."
    )


def percent(share: float) -> str:
    """A share as it is printed: ``25.7%``; a dash where it is missing."""
    return "–" if share != share else f"{100 * share:.1f}%"


def points(difference: float) -> str:
    """A difference of shares in percentage points with its sign: ``+3.1`` or ``−0.4``."""
    value = f"{abs(100 * difference):.1f}"
    return value if float(value) == 0 else ("+" if difference > 0 else "−") + value
