"""Shares of cases by label and group, with their bases said and their gaps counted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from workbench.cases.log import CaseLog
from workbench.compare.measure import COMPARISON_COLUMNS as COMPARISON_COLUMNS
from workbench.compare.measure import COUNTED, measure, readjust
from workbench.compare.measure import NOT_OFFERED as NOT_OFFERED
from workbench.errors import WorkbenchError, suggest
from workbench.privacy.disclosure import protect_table
from workbench.study import Disclosure

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

Base = Literal["recorded", "all"]

SMALL_BASE = 30
"""Below this many cases a share is noted as resting on few."""

SCHEMES_DIFFER = "the periods' schemes differ"
"""Noted where one label stands in two schemes: what else a scheme offers changes what it takes."""

OVERLAP = "some cases are in more than one group"
"""Noted where groups are not apart; differences between them are then rough."""

EVERYONE = "All cases"
"""The one group of a frame that is not split."""


def shares(log: CaseLog, field: str, *, base: Base = "recorded") -> pd.DataFrame:
    """How many cases carry each label of ``field``: a comparison frame with one group.

    ``share`` is n / base with its Wilson 95% interval (``low``, ``high``), all in [0, 1].
    ``base="recorded"`` counts the cases that have the field at all, ``"all"`` every case. Rows
    stand in the field's order, labels of the scheme that no case carries included.
    """
    return measure(count_labels(log, field, by=None, base=base))


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
    the field's order); the first is the reference. Every row has

    - ``n`` of ``base`` cases, of the ``cases`` in its group; ``share`` in [0, 1] with Wilson's
      95% interval ``low``, ``high``; ``least`` and ``most``, the share of all its cases if none,
      or all, of those without the field carried the label.

    Every row but the reference sets itself against it (``reference``, ``reference_n``,
    ``reference_base``, ``reference_cases``):

    - ``difference``, its share minus the reference's, in [-1, 1] with Newcombe's 95% interval;
      ``ratio`` of the shares with its score interval; where counts are small ``odds_ratio``,
      conditional, with its exact interval;
    - ``effect``, Cohen's h, and ``cramers_v``; ``detectable``, the smallest h (in absolute value)
      that these bases would have shown with 80% power;
    - ``p`` of ``test``, and ``p_adjusted`` after Benjamini-Hochberg over all rows.

    ``note`` says what limits a row. Raises ``WorkbenchError`` for unknown names.
    """
    known = log.order_of(by) if by in ("period", "month") else known_groups(log, by)
    chosen = list(groups) if groups is not None else known
    for group in chosen:
        if group not in known:
            raise WorkbenchError(
                f"No case has '{group}' in the field '{by}'.{suggest(group, known)}"
            )
    return measure(count_labels(log, field, by=by, groups=chosen, base=base))


def compare_fields(
    log: CaseLog,
    fields: Sequence[str],
    *,
    by: str,
    groups: Sequence[str] | None = None,
    of_all: Collection[str] = (),
) -> pd.DataFrame:
    """Several fields compared as one family: comparison frames one below another.

    A first column ``field`` names each. ``p_adjusted`` allows for all the comparisons of all the
    fields. Shares of the fields in ``of_all`` are of all cases, of the others of those recorded.
    """
    import pandas as pd

    frames = []
    for name in fields:
        base: Base = "all" if name in of_all else "recorded"
        frame = compare_shares(log, name, by=by, groups=groups, base=base)
        frame.insert(0, "field", name)
        frames.append(frame)
    if not frames:
        return pd.DataFrame(columns=pd.Index(["field", *COMPARISON_COLUMNS]))
    return readjust(pd.concat(frames, ignore_index=True))


def protect_shares(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A comparison frame under disclosure control, all else computed anew from what is left.

    Hidden counts are missing, and with them the shares, differences and tests that need them.
    A frame of several fields keeps its ``field`` column and its one family.
    """
    import pandas as pd

    if rule.exempt:
        return frame.copy()
    if "field" in frame.columns:
        parts = [
            protect_shares(part.drop(columns="field"), rule=rule).assign(field=name)
            for name, part in frame.groupby("field", sort=False)
        ]
        joined = pd.concat(parts, ignore_index=True) if parts else frame
        return readjust(joined[["field", *COMPARISON_COLUMNS]])
    counted = frame[["label", "group", "by", "n", "base", "cases", "note"]]
    return measure(protect_table(counted, rule=rule, counts=("n", "base", "cases")))


def coverage(log: CaseLog, field: str, *, by: str | None = None) -> pd.DataFrame:
    """How many cases have ``field`` at all: one row a group with group, cases, recorded, missing.

    ``cases`` = ``recorded`` + ``missing``, without those that the log leaves out of the field.
    """
    import pandas as pd

    groups = [EVERYONE] if by is None else known_groups(log, by)
    members = _members(log, by, groups, of=field)
    recorded = members["case_id"].isin(log.membership(field)["case_id"])
    cases = members["group"].value_counts().reindex(groups, fill_value=0)
    has = members.loc[recorded, "group"].value_counts().reindex(groups, fill_value=0)
    counts = {"cases": cases, "recorded": has, "missing": cases - has}
    return pd.DataFrame(counts).rename_axis("group").reset_index()


def known_groups(log: CaseLog, by: str) -> list[str]:
    """The labels of the grouping ``by`` that some case carries, in the grouping's order."""
    present = set(log.membership(by)["label"])
    return [label for label in log.order_of(by) if label in present]


def count_labels(
    log: CaseLog,
    field: str,
    *,
    by: str | None,
    groups: Sequence[str] = (EVERYONE,),
    base: Base = "recorded",
) -> pd.DataFrame:
    """The counts of every pair of label and group, with what limits each: what `measure` takes."""
    import pandas as pd

    members = _members(log, by, groups, of=field)
    carried = log.membership(field).drop_duplicates()
    recorded = carried[["case_id"]].drop_duplicates()
    sizes = members["group"].value_counts()
    known = members.merge(recorded, on="case_id")["group"].value_counts()
    both = members.merge(carried, on="case_id")
    tally = both.groupby(["group", "label"], observed=True).size()
    overlap = len(groups) > 1 and bool(members["case_id"].duplicated().any())
    differ = by == "period" and schemes_differ(log, field)
    placed = members.merge(log.cases[["case_id", "period"]], on="case_id")
    within = placed.groupby("group", observed=True)["period"].unique()
    labels = log.order_of(field)
    rows = []
    for group in groups:
        cases = int(sizes.get(group, 0))
        counted = int(known.get(group, 0)) if base == "recorded" else cases
        note = _note(counted, overlap=overlap, differ=differ)
        offered = _offered(log, field, within.get(group, ()))
        for label in labels:
            absent = NOT_OFFERED if offered is not None and label not in offered else ""
            why = "; ".join(part for part in (absent, note) if part)
            n = int(tally.get((group, label), 0))
            rows.append((label, group, by or "", n, counted, cases, why))
    frame = pd.DataFrame(rows, columns=pd.Index(COUNTED))
    offered_once = (~_absent(frame)).groupby(frame["label"]).transform("any")
    return frame[offered_once | (frame.groupby("label")["n"].transform("sum") > 0)]


def _members(log: CaseLog, by: str | None, groups: Sequence[str], *, of: str) -> pd.DataFrame:
    """Which cases (case_id) of the field ``of`` are in which groups (group), each pair once."""
    if by is None:
        found = log.cases[["case_id"]].assign(group=EVERYONE)
    else:
        found = log.membership(by).rename(columns={"label": "group"})
        found = found[found["group"].isin(list(groups))].drop_duplicates()
    left_out = log.left_out(of)
    return found[~found["case_id"].isin(left_out)] if left_out else found


def _absent(frame: pd.DataFrame) -> pd.Series:
    """Which rows count a label that their scheme does not have."""
    return frame["note"].str.contains(NOT_OFFERED, regex=False)


def _offered(log: CaseLog, field: str, periods: Collection[str]) -> set[str] | None:
    """The labels that could be recorded in ``periods``; None where any label goes."""
    info = log.fields.get(field)
    if info is None or not (info.orders or info.offered):
        return None
    if not info.orders:
        if not all(period in info.offered for period in periods):
            return None
        return {label for period in periods for label in info.offered[period]}
    return {label for period in periods for label in info.orders.get(period, ())}


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
        notes.append(OVERLAP)
    if differ:
        notes.append(SCHEMES_DIFFER)
    return "; ".join(notes)
