"""Shares of cases by label and group, with their bases said and their gaps counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from workbench.cases.log import CaseLog
from workbench.compare.intervals import (
    adjust,
    cohens_h,
    difference_test,
    newcombe,
    share,
    wilson,
)
from workbench.errors import WorkbenchError, suggest
from workbench.privacy.disclosure import protect_table
from workbench.study import Disclosure

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

Base = Literal["recorded", "all"]

COMPARISON_COLUMNS = (
    "label",
    "group",
    "n",
    "base",
    "share",
    "low",
    "high",
    "difference",
    "difference_low",
    "difference_high",
    "effect",
    "p",
    "p_adjusted",
    "note",
)
"""The columns of every comparison frame, in order."""

SMALL_BASE = 30
"""Below this many cases a share is noted as resting on few."""

NOT_OFFERED = "not a label of this period's scheme"
"""Noted where a count of 0 says nothing, since the scheme had no such label."""

SCHEMES_DIFFER = "the periods' schemes differ"
"""Noted where one label stands in two schemes: what else a scheme offers changes what it takes."""

EVERYONE = "All cases"
"""The one group of a frame that is not split."""


def shares(log: CaseLog, field: str, *, base: Base = "recorded") -> pd.DataFrame:
    """How many cases carry each label of ``field``: a comparison frame with one group.

    ``share`` is n / base with its Wilson 95% interval (``low``, ``high``), all in [0, 1].
    ``base="recorded"`` counts the cases that have the field at all, ``"all"`` every case. Rows
    stand in the field's order, labels of the scheme that no case carries included.
    """
    return _finish(_counts(log, field, by=None, groups=[EVERYONE], base=base))


def compare_shares(
    log: CaseLog,
    field: str,
    *,
    by: str,
    groups: Sequence[str] | None = None,
    base: Base = "recorded",
) -> pd.DataFrame:
    """The share of each label of ``field`` in each group of ``by``, against the first group.

    One row a label and group, in order. ``groups`` picks and orders the groups (default: all, in
    the field's order); the first is the reference. On the other rows ``difference`` is their
    share minus the reference's, in points of [-1, 1] with Newcombe's 95% interval; ``effect`` is
    Cohen's h; ``p`` Fisher's exact or chi-squared; ``p_adjusted`` after Benjamini-Hochberg over
    all rows. ``note`` says what limits a row. Raises ``WorkbenchError`` for unknown names.
    """
    known = log.order_of(by) if by in ("period", "month") else _known_groups(log, by)
    chosen = list(groups) if groups is not None else known
    for group in chosen:
        if group not in known:
            raise WorkbenchError(
                f"No case has '{group}' in the field '{by}'.{suggest(group, known)}"
            )
    return _finish(_counts(log, field, by=by, groups=chosen, base=base))


def protect_shares(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A comparison frame under disclosure control, all else computed anew from what is left.

    Hidden counts are missing, and with them the shares, differences and tests that need them.
    """
    if rule.exempt:
        return frame.copy()
    counted = frame[["label", "group", "n", "base", "note"]]
    return _finish(protect_table(counted, rule=rule))


def coverage(log: CaseLog, field: str, *, by: str | None = None) -> pd.DataFrame:
    """How many cases have ``field`` at all: one row a group with group, cases, recorded, missing.

    ``cases`` = ``recorded`` + ``missing``.
    """
    import pandas as pd

    groups = _group_members(log, by)
    has = set(log.membership(field)["case_id"])
    rows = [(name, len(ids), len(ids & has), len(ids - has)) for name, ids in groups.items()]
    return pd.DataFrame(rows, columns=pd.Index(["group", "cases", "recorded", "missing"]))


def _known_groups(log: CaseLog, by: str) -> list[str]:
    present = set(log.membership(by)["label"])
    return [label for label in log.order_of(by) if label in present]


def _group_members(log: CaseLog, by: str | None) -> dict[str, set[str]]:
    """The cases of each group, in the order of the groups."""
    if by is None:
        return {EVERYONE: set(log.cases["case_id"])}
    found = log.membership(by).groupby("label", observed=True)["case_id"].agg(set).to_dict()
    return {name: found[name] for name in log.order_of(by) if name in found}


def _counts(
    log: CaseLog, field: str, *, by: str | None, groups: Sequence[str], base: Base
) -> pd.DataFrame:
    """label, group, n, base and note for every pair of label and group."""
    import pandas as pd

    carried = log.membership(field).drop_duplicates()
    members = _group_members(log, by)
    recorded = set(carried["case_id"])
    overlap = _overlap([members[group] for group in groups])
    differ = by == "period" and schemes_differ(log, field)
    rows = []
    for group in groups:
        counted = members[group] & recorded if base == "recorded" else members[group]
        inside = carried[carried["case_id"].isin(counted)]
        tally = inside["label"].value_counts()
        note = _note(len(counted), overlap=overlap, differ=differ)
        offered = _offered(log, field, by=by, group=group)
        for label in log.order_of(field):
            absent = NOT_OFFERED if offered is not None and label not in offered else ""
            why = "; ".join(part for part in (absent, note) if part)
            rows.append((label, group, int(tally.get(label, 0)), len(counted), why))
    frame = pd.DataFrame(rows, columns=pd.Index(["label", "group", "n", "base", "note"]))
    offered_once = (~_absent(frame)).groupby(frame["label"]).transform("any")
    return frame[offered_once | (frame.groupby("label")["n"].transform("sum") > 0)]


def _absent(frame: pd.DataFrame) -> pd.Series:
    """Which rows count a label that their scheme does not have."""
    return frame["note"].str.contains(NOT_OFFERED, regex=False)


def _offered(log: CaseLog, field: str, *, by: str | None, group: str) -> set[str] | None:
    """The labels that the field's schemes offer to a group's cases; None where any label goes."""
    info = log.fields.get(field)
    if info is None or not info.orders:
        return None
    periods = [group] if by == "period" else log.periods
    return {label for period in periods for label in info.orders.get(period, ())}


def _overlap(members: list[set[str]]) -> bool:
    return len(members) > 1 and sum(map(len, members)) > len(set().union(*members))


def schemes_differ(log: CaseLog, field: str) -> bool:
    """Whether the periods recorded ``field`` by different schemes, so that shares do not compare.

    A crosswalk between the schemes is needed to compare them.
    """
    info = log.fields.get(field)
    orders = (
        [info.orders[period] for period in log.periods if period in info.orders] if info else []
    )
    return len(set(orders)) > 1


def _note(base: int, *, overlap: bool, differ: bool) -> str:
    notes = []
    if base == 0:
        notes.append("not recorded for any case")
    elif base < SMALL_BASE:
        notes.append(f"fewer than {SMALL_BASE} cases")
    if overlap:
        notes.append("some cases are in more than one group")
    if differ:
        notes.append(SCHEMES_DIFFER)
    return "; ".join(notes)


def _finish(counts: pd.DataFrame) -> pd.DataFrame:
    """Shares, intervals and differences for a frame of counts."""
    import numpy as np
    import pandas as pd

    order = {label: place for place, label in enumerate(counts["label"].drop_duplicates())}
    frame = counts.sort_values("label", key=lambda s: s.map(order), kind="stable")
    frame = frame.reset_index(drop=True)
    frame["absent"] = _absent(frame)
    n = frame["n"].to_numpy(dtype=float, na_value=np.nan)
    base = frame["base"].to_numpy(dtype=float, na_value=np.nan)
    n = np.minimum(n, base)  # rounded apart, 13 of 13 could read 15 of 10
    frame["share"] = share(n, base)
    frame["low"], frame["high"] = wilson(n, base)
    kept = frame.assign(n=n, base=base)[["label", "n", "base", "share", "absent"]]
    first = kept.groupby("label").transform("first", skipna=False)
    unknown = np.isnan(n) | np.isnan(base) | first[["n", "base"]].isna().any(axis=1)
    alone = ~frame["label"].duplicated() | frame["absent"] | first["absent"] | unknown
    low, high = newcombe(n, base, first["n"], first["base"])
    effect = cohens_h(frame["share"], first["share"])
    p = np.array(
        [
            np.nan if skip else difference_test(*map(int, pair))
            for skip, *pair in zip(alone, n, base, first["n"], first["base"], strict=True)
        ],
        dtype=float,
    )
    others = {
        "difference": frame["share"] - first["share"],
        "difference_low": pd.Series(low, index=frame.index),
        "difference_high": pd.Series(high, index=frame.index),
        "effect": pd.Series(effect, index=frame.index),
    }
    for name, values in others.items():
        frame[name] = values.where(~alone)
    frame["p"] = p
    frame["p_adjusted"] = adjust(p)
    return frame[list(COMPARISON_COLUMNS)]
