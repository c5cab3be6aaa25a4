"""A comparison at an equal mix in words that claim no more than the figures carry."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from workbench.compare.composition import NO_SUPPORT
from workbench.compare.say import CLEAR, FEW, percent, points

if TYPE_CHECKING:
    import pandas as pd

LEFT_OUT = 0.01
"""From this part of either group on, the cases left out of the equal mix are told of."""

NOT_AT_EQUAL_MIX = "not clear at an equal mix"
"""Said beside a clear change that is not clear once both periods are made up alike."""


def say_standardised(row: pd.Series[Any]) -> str:
    """One sentence for one row of a standardised frame: as it is, at an equal mix, due to the mix.

    "Clear" is an adjusted p under ``CLEAR``. A second sentence tells of cases left out, where they
    are ``LEFT_OUT`` of a group or more. Raises ``ValueError`` for the reference's own row.
    """
    row = row.where(row.notna(), math.nan)  # hidden counts are NA, which cannot be compared
    label, group, reference = row["label"], row["group"], row["reference"]
    if not isinstance(reference, str):
        raise ValueError("the reference row has nothing to be compared with")
    if row["base"] == 0 or row["reference_base"] == 0:
        return f"{label}: not recorded in both {reference} and {group}."
    if math.isnan(row["n"] + row["reference_n"]) or max(row["n"], row["reference_n"]) < FEW:
        return f"{label}: too few cases to tell {group} from {reference}."
    if math.isnan(row["raw_difference"]):
        return f"{label}: not a label of both schemes, so {group} and {reference} do not compare."
    before = percent(row["reference_n"] / row["reference_base"])
    both = f"{label}: {before} in {reference} and {percent(row['share'])} in {group}"
    raw_clear, equal_clear = row["raw_p_adjusted"] < CLEAR, row["p_adjusted"] < CLEAR
    raw = _clear(row, "raw", unit=" points") if raw_clear else _unclear(row, "raw")
    mix = f"at an equal mix of {row['within']}"
    if math.isnan(row["standardised_difference"]):
        return f"{both}, {raw} as they are; not compared {mix}: {NO_SUPPORT}."
    left_out = _left_out(row)
    if not raw_clear and not equal_clear:
        nor = f"{mix}{_many(row, 'standardised')} ({_figures(row, 'standardised')})"
        return f"{both}, {raw} as they are, nor {nor}.{left_out}"
    turned = raw_clear and equal_clear and _turns_round(row)
    equal = _clear(row, "standardised") if equal_clear else _unclear(row, "standardised")
    turns = "the difference turns round to " if turned else ""
    joined = "and" if raw_clear and equal_clear and not turned else "but"
    return (
        f"{both}, {raw} as they are, {joined} {mix} {turns}{equal}; {_due_to_mix(row)}.{left_out}"
    )


def _turns_round(row: pd.Series[Any]) -> bool:
    return bool(row["raw_difference"] * row["standardised_difference"] < 0)


def _due_to_mix(row: pd.Series[Any]) -> str:
    """How much of the difference as it is the different mixes make."""
    raw, mix = points(row["raw_difference"]), points(row["mix_difference"])
    if mix == "0.0":
        return "the different mix makes none of it"
    if raw != "0.0" and raw[0] != mix[0]:
        return f"the different mix works the other way, by {mix}"
    if abs(row["mix_difference"]) <= abs(row["raw_difference"]):
        return f"the different mix makes {mix} of the {raw} points"
    return f"the different mix alone makes {mix}"


def _left_out(row: pd.Series[Any]) -> str:
    """A second sentence where many cases could not be compared at an equal mix."""
    parts = {
        row["group"]: row["left_out"] / row["base"],
        row["reference"]: row["reference_left_out"] / row["reference_base"],
    }
    if not any(part >= LEFT_OUT for part in parts.values()):
        return ""
    told = [f"{percent(part)} of the cases of {group}" for group, part in parts.items() if part > 0]
    makes = points(row["support_difference"])
    which = "" if makes == "0.0" else f", which makes {makes}"
    return (
        f" {' and '.join(told)} had too few like them in the other group and are left out of the "
        f"equal mix{which}."
    )


def _clear(row: pd.Series[Any], which: str, *, unit: str = "") -> str:
    return f"{points(row[f'{which}_difference'])}{unit} ({_interval(row, which)})"


def _unclear(row: pd.Series[Any], which: str) -> str:
    return f"no clear difference{_many(row, which)} ({_figures(row, which)})"


def _many(row: pd.Series[Any], which: str) -> str:
    """What is said of an interval that leaves out 0 where the adjusted p is not clear."""
    alone = row[f"{which}_low"] > 0 or row[f"{which}_high"] < 0
    return " once the many comparisons are allowed for" if alone else ""


def _figures(row: pd.Series[Any], which: str) -> str:
    return f"{points(row[f'{which}_difference'])}, {_interval(row, which)}"


def _interval(row: pd.Series[Any], which: str) -> str:
    return f"95% interval {points(row[f'{which}_low'])} to {points(row[f'{which}_high'])}"
