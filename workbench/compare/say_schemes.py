"""Comparisons through a crosswalk in words that claim no more than the schemes allow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.compare.say import CLEAR, FEW, percent, points
from workbench.compare.scheme_blocks import APART, DOUBTFUL, JOINT, SAME
from workbench.compare.schemes import MUCH

if TYPE_CHECKING:
    import pandas as pd


LEAST_KAPPA = 0.4
"""Below this the schemes agree too little about a block for a claim through the crosswalk. Landis
and Koch (1977, Biometrics 33) call agreement from here on moderate."""


def claimed_change(row: pd.Series[Any], coded_twice: pd.Series[Any] | None = None) -> int:
    """The change that `say_through` claims: 1 for a rise, -1 for a fall, 0 for none."""
    if not isinstance(row["reference"], str) or row["comparability"] in (APART, DOUBTFUL):
        return 0
    if _unknown(row) or max(row["n"], row["reference_n"]) < FEW:
        return 0
    shown = _shown(row)
    return 0 if coded_twice is not None and _contradiction(coded_twice, shown) else shown


def say_through(row: pd.Series[Any], coded_twice: pd.Series[Any] | None = None) -> str:
    """What one row of ``compare_through`` shows, with how comparable it is.

    A rise or fall is claimed only where shares of cases and shares of labels both show it, or
    where the schemes give about as many labels a case; else the sentence says that the scheme may
    explain it. Of a doubtful block nothing is claimed at all: its figures are given, with the
    reason. ``coded_twice`` is the row of ``compare_schemes`` of the same block, where cases were
    coded by both schemes: what they do not bear out is not claimed either. They bear a change out
    where the earlier scheme shows it too, clearly and in the same direction, and the interval of
    kappa, how far the schemes agree about the block, lies at ``LEAST_KAPPA`` or above.
    Raises ``ValueError`` for the row of the reference itself.
    """
    reference = row["reference"]
    if not isinstance(reference, str):
        raise ValueError("the reference row has nothing to be compared with")
    label, group = row["label"], row["group"]
    if row["comparability"] == APART:
        return f"{label}: {_alone(row)} ({_reason(row)})."
    if _unknown(row) or max(row["n"], row["reference_n"]) < FEW:
        return f"{label}: too few cases to tell {group} from {reference}. {_likeness(row)}"
    figures = f"{label}: {_cases(row)}; {_labels(row)}."
    if row["comparability"] == DOUBTFUL:
        return f"{figures} {_likeness(row)}"
    against = _contradiction(coded_twice, _shown(row)) if coded_twice is not None else ""
    if against:
        what = _moved(_shown(row), "").lower().removeprefix("a ")
        return (
            f"{figures} No {what} is claimed: the cases coded twice do not bear it out: "
            f"{against}. {_likeness(row)}"
        )
    return f"{figures} {_verdict(row)}. {_likeness(row)}"


def say_corrected(row: pd.Series[Any]) -> str:
    """What one row of ``compare_schemes`` shows: the change with both years under one scheme.

    With it how far the two schemes agree about the block, on the cases coded by both.
    """
    label, group, reference = row["label"], row["group"], row["reference"]
    low, high = row["corrected_difference_low"], row["corrected_difference_high"]
    if row["coded"] == 0 or low != low:
        return f"{label}: no double-coded case tells how {group} would stand under the old scheme."
    before = _of(row["reference_n"], row["reference_base"], f" of cases in {reference}")
    first = (
        f"{label}: {before}; under the same scheme an estimated {percent(row['corrected'])} in "
        f"{group} (95% interval {percent(row['corrected_low'])} to "
        f"{percent(row['corrected_high'])}, from {row['coded']:,.0f} double-coded cases)"
    )
    interval = f"95% interval {points(low)} to {points(high)}"
    agreed = f" On these cases the schemes agree about it with {_kappa(row)}."
    if low <= 0 <= high:
        return f"{first}, no clear change ({interval}).{agreed}"
    verb = "rise" if low > 0 else "fall"
    size = f"{abs(100 * row['corrected_difference']):.1f} points"
    return f"{first}, a {verb} of {size} ({interval}).{agreed}"


def _kappa(row: pd.Series[Any]) -> str:
    """Kappa with its interval, or that there is none where a coding gave the block to no case."""
    if row["kappa"] != row["kappa"] or row["kappa_low"] != row["kappa_low"]:
        return "a kappa that cannot be measured, since it is too rare among them"
    value, low, high = (_signed(row[name]) for name in ("kappa", "kappa_low", "kappa_high"))
    return f"a kappa of {value} (95% interval {low} to {high})"


def _signed(value: float) -> str:
    return f"{value:.2f}".replace("-", "−") if round(value, 2) else "0.00"


def _contradiction(coded: pd.Series[Any], shown: int) -> str:
    """Why cases coded twice do not bear out the change ``shown``; empty where they do."""
    low, high = coded["corrected_difference_low"], coded["corrected_difference_high"]
    if not shown or coded["coded"] == 0 or low != low:
        return ""
    same = int(low > 0) - int(high < 0) == shown
    enough = coded["kappa_low"] >= LEAST_KAPPA
    if same and enough:
        return ""
    parts = []
    if not same:
        before = percent(coded["reference_n"] / coded["reference_base"])
        parts.append(
            f"under the earlier scheme an estimated {percent(coded['corrected'])} of cases in "
            f"{coded['group']} would carry it (95% interval {percent(coded['corrected_low'])} to "
            f"{percent(coded['corrected_high'])}), after {before} in {coded['reference']}"
        )
    if not enough:
        parts.append(
            f"on the {coded['coded']:,.0f} cases the schemes agree about it with {_kappa(coded)}"
        )
    return ", and ".join(parts)


def _alone(row: pd.Series[Any]) -> str:
    """What the one period says that has the label, and that the other has none."""
    import pandas as pd

    group, reference = row["group"], row["reference"]
    if row["earlier_labels"]:
        group, reference = reference, group
    which = "reference_" if row["earlier_labels"] else ""
    n, base = row[f"{which}n"], row[f"{which}base"]
    if pd.isna(n) or pd.isna(base):
        return f"recorded in {group} only, so not comparable with {reference}"
    return f"{_of(n, base, f' of cases in {group}')}, not comparable with {reference}"


def _verdict(row: pd.Series[Any]) -> str:
    """What both measures allow to be said of the change."""
    cases = _direction(row, "difference") if row["p_adjusted"] < CLEAR else 0
    labels = _direction(row, "difference_of_labels")
    rates = row["labels_per_case"], row["reference_labels_per_case"]
    if max(rates) <= MUCH * min(rates):
        return _moved(cases, "") if cases else "No clear change"
    schemes = f"the schemes give {rates[1]:.2f} and {rates[0]:.2f} labels a case"
    if cases == labels:
        by_both = f" by both measures, though {schemes}"
        return _moved(cases, by_both) if cases else f"No clear change by either measure ({schemes})"
    if cases and labels:
        return f"The two measures point opposite ways, and {schemes}, so no change can be claimed"
    only = "cases" if cases else "labels"
    return f"Only shares of {only} differ clearly, and {schemes}, which may be all there is to it"


def _shown(row: pd.Series[Any]) -> int:
    """The change that both measures show, or shares of cases alone where labels a case agree."""
    cases = _direction(row, "difference") if row["p_adjusted"] < CLEAR else 0
    rates = row["labels_per_case"], row["reference_labels_per_case"]
    alike = max(rates) <= MUCH * min(rates)
    return cases if alike or cases == _direction(row, "difference_of_labels") else 0


def _moved(direction: int, how: str) -> str:
    return f"A {'rise' if direction > 0 else 'fall'}{how}"


def _direction(row: pd.Series[Any], name: str) -> int:
    """1 where the interval lies above nought, -1 where below, 0 where it holds nought."""
    low, high = row[f"{name}_low"], row[f"{name}_high"]
    return int(low > 0) - int(high < 0)


def _cases(row: pd.Series[Any]) -> str:
    before = _of(row["reference_n"], row["reference_base"], f" of cases in {row['reference']}")
    after = _of(row["n"], row["base"], f" in {row['group']}")
    return f"{before} and {after}, {_interval(row, 'difference')}"


def _labels(row: pd.Series[Any]) -> str:
    before, after = percent(row["reference_share_of_labels"]), percent(row["share_of_labels"])
    return f"of all labels given, {before} and {after}, {_interval(row, 'difference_of_labels')}"


def _interval(row: pd.Series[Any], name: str) -> str:
    low, high = points(row[f"{name}_low"]), points(row[f"{name}_high"])
    return f"{points(row[name])} points (95% interval {low} to {high})"


def _of(n: float, base: float, where: str) -> str:
    return f"{percent(min(n / base, 1.0))}{where} ({n:,.0f} of {base:,.0f})"


def _likeness(row: pd.Series[Any]) -> str:
    """How comparable the block is, in a sentence."""
    if row["comparability"] == SAME:
        return f"The label has an exact counterpart, {row['later_labels']}."
    if row["comparability"] == DOUBTFUL:
        return f"Doubtful, so no change is claimed: {_reason(row)}."
    earlier, later = _any(row["earlier_labels"]), _any(row["later_labels"])
    return f"Compared as a group: {earlier} against {later}."


def _any(labels: str) -> str:
    *others, last = labels.split(JOINT)
    return f"any of {', '.join(others)} and {last}" if others else last


def _reason(row: pd.Series[Any]) -> str:
    return str(row["why"]).rstrip(".")


def _unknown(row: pd.Series[Any]) -> bool:
    needed = ("difference", "difference_of_labels", "reference_share_of_labels")
    return any(row[name] != row[name] for name in needed)
