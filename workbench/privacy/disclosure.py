"""Small counts protected before a table leaves the workbench.

Hiding small counts alone does not hide them: with exact totals most can be worked out. So the
counts that stay, totals too, are rounded, and whatever was computed from the exact ones is computed
again from the rounded ones or left out. Source: Hundepool et al., Statistical Disclosure Control
(2012), on frequency tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import ExportError
from workbench.study import Disclosure

if TYPE_CHECKING:
    import pandas as pd

SUPPRESSED = "suppressed"
"""The word in ``note`` on a row that had a count hidden."""

_DERIVED = re.compile(
    r"(?:.+_)?(?:share|percent|low|high|rate|difference|effect|p|z|ratio|odds)(?:_.+)?"
)

Interval = Callable[[Any, Any], tuple[Any, Any]]


def protect_table(
    table: pd.DataFrame,
    *,
    rule: Disclosure,
    counts: Sequence[str] = ("n", "base"),
    interval: Interval | None = None,
) -> pd.DataFrame:
    """A copy of ``table`` whose counts keep to ``rule``; the index and order of rows stay.

    Counts of ``rule.hide_up_to`` or fewer become missing, and that includes 0: that nobody in a
    group said something is told of each of its members. All others, totals too, become
    the nearest multiple of ``rule.round_to`` (halves upwards); count columns become Int64.

    ``counts`` names the columns of counts, the part first and the whole second: ``share`` becomes
    part / whole of the rounded counts, at most 1. ``interval`` (part, whole) -> (low, high), such
    as ``workbench.compare.wilson``, fills ``low`` and ``high`` anew. Every other column of numbers
    that is named like something computed from the counts (``difference``, ``effect``, ``p``,
    ``p_adjusted``, ``rate`` and the like) is emptied. ``note`` says "suppressed" where a count is
    hidden. A table that is exempt comes back as it is, as a copy.

    Raises ``ExportError`` where the table has none of ``counts``, as nothing would be protected.
    """
    import pandas as pd

    if rule.exempt:
        return table.copy()
    present = [name for name in counts if name in table.columns]
    if not present:
        raise ExportError(
            f"A table with the columns {', '.join(map(str, table.columns))} has no column of "
            f"counts named {' or '.join(counts)}. Name its counts when it is protected."
        )
    safe = table.copy()
    for name in present:
        safe[name] = protect_counts(table[name], rule=rule)
    hidden = (safe[present].isna() & table[present].notna()).any(axis=1)
    for name in derived_columns(table, present):
        safe[name] = pd.Series(float("nan"), index=table.index, dtype="float64")
    if list(counts[:2]) == present[:2] and len(present) > 1:
        _recompute(safe, table, part=present[0], whole=present[1], interval=interval)
    return _noted(safe, hidden)


def protect_counts(counts: pd.Series, *, rule: Disclosure) -> pd.Series:
    """Counts by ``rule``: missing where hidden, otherwise rounded to its multiple (Int64)."""
    import pandas as pd

    numbers = pd.to_numeric(counts).astype("Int64")
    step = rule.round_to
    rounded = (2 * numbers + step) // (2 * step) * step
    return rounded.mask((numbers <= rule.hide_up_to).fillna(value=False))


def protect_frames(
    frames: Mapping[str, pd.DataFrame],
    *,
    rule: Disclosure,
    counts: Sequence[str] = ("n", "base"),
    interval: Interval | None = None,
) -> dict[str, pd.DataFrame]:
    """``protect_table`` over named tables that share their columns of counts."""
    return {
        name: protect_table(frame, rule=rule, counts=counts, interval=interval)
        for name, frame in frames.items()
    }


def describe_rule(rule: Disclosure) -> str:
    """One sentence for a report on how its counts are protected."""
    if rule.exempt:
        return f"Counts are shown as they are: {rule.reason.strip().rstrip('.')}."
    rounding = (
        f"all others, totals too, are rounded to the nearest {rule.round_to}"
        if rule.round_to > 1
        else "all others are shown as they are"
    )
    return f"Counts of {rule.hide_up_to} or fewer are hidden; {rounding}."


def derived_columns(table: pd.DataFrame, counts: Iterable[str]) -> list[str]:
    """The columns of numbers that are named like something computed from ``counts``."""
    from pandas.api.types import is_numeric_dtype

    return [
        name
        for name in table.columns
        if name not in set(counts)
        and _DERIVED.fullmatch(str(name))
        and (is_numeric_dtype(table[name]) or table[name].isna().all())
    ]


def _recompute(
    safe: pd.DataFrame, table: pd.DataFrame, *, part: str, whole: str, interval: Interval | None
) -> None:
    """Fill share, low and high of ``safe`` from its own counts, where ``table`` had them."""
    shown = safe[part].notna() & safe[whole].notna() & (safe[whole] > 0).fillna(value=False)
    n = safe.loc[shown, part].astype("float64").to_numpy()
    base = safe.loc[shown, whole].astype("float64").to_numpy()
    n = n.clip(max=base)  # 13 of 13 may round to 15 of 15, but never to more than all
    if "share" in table.columns:
        safe.loc[shown & table["share"].notna(), "share"] = (safe[part] / safe[whole]).clip(upper=1)
    if interval is not None and {"low", "high"} <= set(table.columns):
        safe.loc[shown, "low"], safe.loc[shown, "high"] = interval(n, base)


def _noted(safe: pd.DataFrame, hidden: pd.Series) -> pd.DataFrame:
    if not hidden.any() and "note" not in safe.columns:
        return safe
    import pandas as pd

    empty = pd.Series("", index=safe.index, dtype="str")
    before = safe["note"].fillna("").astype("str") if "note" in safe.columns else empty
    joined = before.where(before == "", before + "; ") + SUPPRESSED
    return safe.assign(note=before.mask(hidden, joined))
