"""Each group of any grouping against all other cases: where do the groups differ at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.measure import COMPARISON_COLUMNS, NOT_OFFERED, measure
from workbench.compare.say import is_clear
from workbench.compare.shares import SMALL_BASE, Base, count_labels, known_groups
from workbench.privacy.disclosure import protect_counts
from workbench.study import Disclosure

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import pandas as pd

OTHERS = "all others"
"""The reference: the cases that have the grouping recorded but are not in the group."""


def compare_with_rest(
    log: CaseLog,
    fields: Sequence[str],
    *,
    by: Sequence[str],
    of_all: Collection[str] = (),
    alike: Collection[Collection[str]] = (),
    least_base: int = SMALL_BASE,
) -> pd.DataFrame:
    """Each group of each grouping in ``by`` against all other cases, label by label, one family.

    A comparison frame (see `compare_shares`) with a first column ``field``: one row a field,
    label, grouping (``by``) and group of ``least_base`` cases or more, whose reference is
    ``OTHERS``. A field is not compared by itself, nor by one that ``alike`` pairs it with, since
    a label of one would imply that of the other. Where counts are small the test is Fisher's,
    since there are so many. Use it to see where to look, not as the answer.
    """
    import pandas as pd

    frames = []
    same = {frozenset(pair) for pair in alike}
    for grouping in by:
        grouped = log.only(log.membership(grouping)["case_id"].drop_duplicates())
        for name in fields:
            if name != grouping and frozenset((name, grouping)) not in same:
                base: Base = "all" if name in of_all else "recorded"
                frames.append(_pair_with_rest(grouped, name, grouping, base, least_base))
    counts = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    if counts.empty:
        return pd.DataFrame(columns=pd.Index(["field", *COMPARISON_COLUMNS]))
    # All in one pass: the place of a pair stands in for its label until it is measured.
    pairs = counts[counts["group"] != OTHERS].set_index("pair")
    measured = measure(
        counts.drop(columns=["label", "field"]).rename(columns={"pair": "label"}), quick=True
    )
    found = measured[measured["reference"].notna()].set_index("label")
    named = found.assign(label=pairs["label"], field=pairs["field"])
    return named[["field", *COMPARISON_COLUMNS]].reset_index(drop=True)


def rank_findings(frame: pd.DataFrame) -> pd.DataFrame:
    """The clear rows of `compare_with_rest`, the largest effect first, each finding once.

    Of each label, the one group of a grouping that differs most; of each group, the one label of a
    field: otherwise two groups, or two labels, would say the same from either side. Of rows that
    differ alike, the one that carries more.
    """
    clear = frame[is_clear(frame)]
    size = clear["effect"].abs().round(9)
    order = clear.assign(size=size).sort_values(
        ["size", "difference", "by", "group", "field", "label"],
        ascending=[False, False, True, True, True, True],
    )
    once = order.drop_duplicates(["by", "field", "label"])
    return once.drop_duplicates(["by", "group", "field"]).drop(columns="size")


def _pair_with_rest(log: CaseLog, field: str, by: str, base: Base, least_base: int) -> pd.DataFrame:
    """Counts in pairs of rows that share ``pair``: all others first, then the group.

    Every case of ``log`` has the grouping recorded.
    """
    import pandas as pd

    inside = count_labels(log, field, by=by, groups=known_groups(log, by), base=base)
    whole = count_labels(log, field, by=None, base=base).set_index("label")
    counts = ["n", "base", "cases"]
    others = inside.assign(group=OTHERS)
    others[counts] = whole[counts].reindex(inside["label"]).to_numpy() - inside[counts].to_numpy()
    used = (inside["base"] >= least_base) & ~inside["note"].str.contains(NOT_OFFERED, regex=False)
    names = [f"{field}/{by}/{place}" for place in range(len(inside))]
    both = [frame.assign(pair=names, field=field)[used] for frame in (others, inside)]
    return pd.concat(both, ignore_index=True)


def protect_rest(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """The frame of `compare_with_rest` under disclosure control: rows with a hidden count go.

    All else is computed anew from the rounded counts.
    """
    import pandas as pd

    if rule.exempt:
        return frame.copy()
    pairs = [str(place) for place in range(len(frame))]
    counts = ("n", "base", "cases")
    inside = frame[["group", "by", *counts, "note"]].assign(label=pairs)
    others = frame[["by", "note"]].assign(label=pairs, group=OTHERS)
    for name in counts:
        inside[name] = protect_counts(frame[name], rule=rule)
        others[name] = protect_counts(frame[f"reference_{name}"], rule=rule)
    measured = measure(pd.concat([others, inside], ignore_index=True), quick=True)
    kept = measured[measured["reference"].notna()].reset_index(drop=True)
    named = kept.assign(label=list(frame["label"]), field=list(frame["field"]))
    shown = named[named["difference"].notna()]
    return shown[["field", *COMPARISON_COLUMNS]].reset_index(drop=True)
