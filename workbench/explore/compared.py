"""Comparisons as a notebook shows them: tables and sentences, no figure of their own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.compare.crosswalk import Crosswalking
from workbench.compare.intervals import detectable_effect, shift_share
from workbench.compare.keyness import say_keyness
from workbench.compare.say import CLEAR, is_clear, percent, points
from workbench.compare.say_composition import say_standardised
from workbench.compare.scheme_blocks import APART, list_blocks
from workbench.compare.schemes import labels_per_case
from workbench.compare.shares import NOT_OFFERED
from workbench.explore.show import Shown, in_columns, listed
from workbench.report.tables import count

if TYPE_CHECKING:
    import pandas as pd

ASKED = (0.01, 0.05, 0.1, 0.25, 0.5)
"""The shares of which ``could_show`` says what could have been told from them."""

TOO_FEW = "Too few cases to compare."


def say_rows(
    frame: pd.DataFrame | None, sayer: Callable[[pd.Series[Any]], str], *, none: str = TOO_FEW
) -> Shown:
    """What ``sayer`` says of each row that is compared with another, one sentence below the other.

    Labels that a crosswalk leaves without counterpart are passed over. ``none`` is said where no
    row is left, or the analysis made no such frame.
    """
    if frame is None:
        return listed([], none=none)
    rows = frame[frame["reference"].notna()]
    if "comparability" in rows:
        rows = rows[rows["comparability"] != APART]
    return listed([sayer(row) for _, row in rows.iterrows()], none=none)


def say_mix(change: pd.DataFrame) -> Shown:
    """The warnings of ``mix_change``, or the good news that there are none."""
    warned = [str(said) for said in change["warning"] if said]
    return listed(warned, none="The mix of the cases hardly moved.")


def say_equal_mix(frame: pd.DataFrame) -> Shown:
    """The labels of a standardised frame that differ clearly as they are, or at an equal mix."""
    rows = frame[frame["raw_difference"].notna()]
    clear = (rows["raw_p_adjusted"] < CLEAR) | (rows["p_adjusted"] < CLEAR)
    said = [say_standardised(row) for _, row in rows[clear].iterrows()]
    left = len(rows) - len(said)
    if said and left:
        said.append(f"{left} more differ clearly neither way.")
    return listed(said, none="No difference is clear, neither as it is nor at an equal mix.")


def bounds(frame: pd.DataFrame, *, heading: str, top: int = 10) -> Shown:
    """Shares of the cases with a field, and what they could be of all cases, group by group.

    The bounds are those if none, or all, of the cases without the field carried the label.
    """
    wide = {str(name): part.set_index("label") for name, part in frame.groupby("group", sort=False)}
    ranked = frame.groupby("label", sort=False)["share"].max().sort_values(ascending=False)
    labels = [str(label) for label in ranked.index[:top]]
    columns: dict[str, list[str]] = {heading: labels}
    said = []
    for group, part in wide.items():
        own = part.loc[labels]
        columns[f"Recorded, {group}"] = [percent(share) for share in own["share"]]
        columns[f"All cases, {group}"] = [
            f"{percent(least)} to {percent(most)}"
            for least, most in zip(own["least"], own["most"], strict=True)
        ]
        said.append(f"{count(own['base'].max())} of {count(own['cases'].max())} in {group}")
    note = f"Cases that have it recorded: {'; '.join(said)}."
    return in_columns("Of the cases with the field, and of all cases", columns, note=note)


def could_show(frame: pd.DataFrame) -> Shown:
    """What share the smaller of two groups would have needed to be told from the larger one's.

    ``frame`` is a comparison frame of two groups; all their cases are taken as bases.
    """
    sizes = frame.groupby("group", sort=False)["cases"].max().sort_values(kind="stable")
    (small, few), (large, many) = ((str(name), int(n)) for name, n in sizes.items())
    effect = float(detectable_effect(few, many))
    columns = {
        f"Share in {large}": [percent(share) for share in ASKED],
        f"{small}: this or less": [_end(share, -effect) for share in ASKED],
        f"{small}: or this or more": [_end(share, effect) for share in ASKED],
    }
    note = (
        f"{count(few)} cases in {small}, {count(many)} in {large}: one comparison alone would show "
        f"a Cohen's h of {effect:.2f} four times in five. Among many comparisons it takes more."
    )
    return in_columns(
        f"What {small} would have needed to be told from {large}", columns, note=note, words=0
    )


def none_found(frame: pd.DataFrame, log: CaseLog) -> Shown:
    """Labels that no case of one group carries: what the share may be all the same.

    ``frame`` is a comparison of two groups by ``compare_fields``. Labels of neither are left out.
    """
    both = frame.groupby(["field", "label"], sort=False)["n"].transform("sum")
    offered = ~frame["note"].str.contains(NOT_OFFERED, regex=False)
    rows = frame.assign(other=both)[(frame["n"] == 0) & (both > 0) & offered]
    if rows.empty:
        return listed([], none="Every label that one group carries the other carries too.")
    rows = rows.sort_values("other", ascending=False, kind="stable")
    columns = {
        "Label": [_named(row, log) for row in _rows(rows)],
        "Group": list(rows["group"]),
        "None of": [count(base) for base in rows["base"]],
        "Could be up to": [percent(high) for high in rows["high"]],
        "Cases in the other": [count(n) for n in rows["other"]],
    }
    note = "“Could be up to” is the upper end of Wilson's 95% interval."
    return in_columns("Labels that no case of one group carries", columns, note=note, words=2)


def clear_rows(frame: pd.DataFrame, log: CaseLog, *, top: int = 15) -> Shown:
    """The clear differences of several fields, those of the largest effect (Cohen's h) first.

    ``frame`` is that of ``compare_fields`` or ``compare_with_rest``; a note says of how many.
    """
    compared = frame[frame["difference"].notna()]
    clear = compared[is_clear(compared)]
    order = clear["effect"].abs().sort_values(ascending=False, kind="stable").index
    once = _without_mirrors(clear.loc[order])
    rows = _rows(once.head(top))
    one = compared["group"].nunique() == 1
    group, reference = ("In the group", "In all others")
    if one:
        group, reference = str(compared["group"].iloc[0]), str(compared["reference"].iloc[0])
    columns = {
        "Group": [f"{row.group} ({log.title_of(row.by).lower()})" for row in rows],
        "Carries": [_named(row, log) for row in rows],
        group: [percent(row.share) for row in rows],
        reference: [percent(row.reference_n / row.reference_base) for row in rows],
        "Points (95% interval)": [_interval(row) for row in rows],
    }
    if one:
        del columns["Group"]
    said = [
        f"{count(len(compared))} comparisons, of which {count(len(clear))} are clear after "
        "correction for all of them."
    ]
    if len(once) < len(clear):
        said.append("Of two groups that are each other's rest, one is shown.")
    if len(once) > top:
        said.append(f"The first {top} are shown.")
    title = "Clear differences, the largest first"
    return in_columns(title, columns, note=" ".join(said), words=1 if one else 2)


def say_words(frame: pd.DataFrame) -> Shown:
    """Which words are clear in a keyness table of an analysis, which names its two sides."""
    if not len(frame):
        return listed([], none="Too few words to compare.")
    names = (str(frame["group_a"].iloc[0]), str(frame["group_b"].iloc[0]))
    return listed([say_keyness(frame, names=names)], none="")


def labels_given(log: CaseLog, crosswalks: Sequence[Crosswalking]) -> Shown:
    """How many labels a case is given by each scheme that a crosswalk joins."""
    if not crosswalks:
        return listed([], none="The study names no crosswalk between schemes.")
    uses = {use.scheme: use for walk in crosswalks for _, use in walk.sides}
    rows = []
    for use in uses.values():
        given = labels_per_case(log, use.field)
        for row in _rows(given[given["group"].isin(use.periods)]):
            mean = f"{row.per_case:.2f} ({row.low:.2f} to {row.high:.2f})"
            rows.append((use.scheme, row.group, count(row.cases), count(row.labels), mean))
    heads = ("Scheme", "Period", "Cases", "Labels", "Labels a case (95% interval)")
    columns = {head: [row[at] for row in rows] for at, head in enumerate(heads)}
    return in_columns("Labels a case, by scheme", columns, words=2)


def blocks(crosswalking: Crosswalking) -> Shown:
    """Which labels of the two schemes stand for one another, and how well."""
    every = list_blocks(crosswalking)
    joint, alone = (every[(every["comparability"] == APART) == apart] for apart in (False, True))
    columns = {
        f"Labels of {crosswalking.earlier.span}": list(joint["earlier_labels"]),
        f"Labels of {crosswalking.later.span}": list(joint["later_labels"]),
        "Comparable": list(joint["comparability"]),
        "Why not exactly": list(joint["why"]),
    }
    schemes = f"{crosswalking.earlier.scheme} to {crosswalking.later.scheme}"
    title = f"Labels that stand for one another: {schemes}"
    note = f"No counterpart: {', '.join(alone['label'])}." if len(alone) else ""
    return in_columns(title, columns, note=note, words=4)


def _without_mirrors(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of which none says of a group what another says of all others."""
    bases = rows[["base", "reference_base"]]
    sizes = {
        "fewer": bases.min(axis=1),
        "more": bases.max(axis=1),
        "by_so_much": rows["effect"].abs(),
    }
    same = rows.assign(**sizes).duplicated(["field", "label", "by", *sizes])
    return rows[~same]


def _rows(frame: pd.DataFrame) -> list[Any]:
    return list(frame.itertuples(index=False))


def _named(row: Any, log: CaseLog) -> str:
    return f"{row.label} ({log.title_of(row.field).lower()})"


def _end(share: float, effect: float) -> str:
    end = float(shift_share(share, effect))
    return "–" if end != end else percent(end)


def _interval(row: Any) -> str:
    low, high = points(row.difference_low), points(row.difference_high)
    return f"{points(row.difference)} ({low} to {high})"
