"""Which stratum and which groups each case belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.shares import known_groups
from workbench.errors import WorkbenchError, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Flags = NDArray[np.bool_]

NOT_RECORDED = "Not recorded"
"""The stratum of the cases that lack a field: who has no entry is part of the mix."""


@dataclass(frozen=True)
class Strata:
    """The stratum of each case, in the order of ``log.cases``: ``codes`` points into ``names``.

    The name of a stratum has one part for each field that it was made of.
    """

    codes: Whole
    names: tuple[tuple[str, ...], ...]


def find_strata(log: CaseLog, fields: Sequence[str]) -> Strata:
    """The cross of ``fields``: cases alike in all of them share a stratum.

    Cases that lack a field are alike in that (`NOT_RECORDED`, last); where a case has several
    labels of a field, all of them together are its value ("A + B"). Strata stand in the order of
    the fields' labels. Raises ``WorkbenchError`` for unknown fields.
    """
    strata = _one_stratum(len(log))
    for field in fields:
        strata = _cross(strata, _values(log, field))
    return strata


def find_members(log: CaseLog, by: str, groups: Sequence[str] | None = None) -> dict[str, Flags]:
    """Which cases, in the order of ``log.cases``, are in each group of ``by``; the reference first.

    ``groups`` picks and orders them (default: all, in the field's order). Raises
    ``WorkbenchError`` for unknown names, and for fewer than two groups.
    """
    known = log.order_of(by) if by in ("period", "month") else known_groups(log, by)
    chosen = list(groups) if groups is not None else known
    for group in chosen:
        if group not in known:
            raise WorkbenchError(
                f"No case has '{group}' in the field '{by}'.{suggest(group, known)}"
            )
    if len(set(chosen)) < 2:
        raise WorkbenchError(
            f"A comparison needs two groups, and the field '{by}' gives {len(set(chosen))}."
        )
    found = log.membership(by)
    at, labels = places_of(log, found["case_id"]), found["label"].to_numpy(dtype=object)
    return {group: raise_flags(at[labels == group], len(log)) for group in chosen}


def places_of(log: CaseLog, case_ids: pd.Series) -> Whole:
    """Where each case stands in ``log.cases``, counted from 0."""
    import pandas as pd

    # Much quicker than an index of the cases: their ids are unique, so they number themselves.
    joined = pd.concat([log.cases["case_id"], case_ids], ignore_index=True)
    return np.asarray(pd.factorize(joined)[0][len(log) :], dtype=np.int64)


def codes_of(labels: pd.Series, order: Sequence[str]) -> Whole:
    """Where each label stands in ``order``, counted from 0; -1 where it does not."""
    import pandas as pd

    place_of = {label: place for place, label in enumerate(order)}
    codes, found = pd.factorize(labels)
    return np.array([*(place_of.get(label, -1) for label in found), -1], dtype=np.int64)[codes]


def raise_flags(at: Whole, size: int) -> Flags:
    """``size`` flags that are up at the places ``at``."""
    up = np.zeros(size, dtype=bool)
    up[at] = True
    return up


def _one_stratum(size: int) -> Strata:
    return Strata(np.zeros(size, dtype=np.int64), ((),))


def _values(log: CaseLog, field: str) -> Strata:
    """Each case's labels of one field, taken together, as strata."""
    found = log.membership(field).drop_duplicates()
    order = log.order_of(field)
    codes = codes_of(found["label"], order) + 1  # 0: no such label
    at = places_of(log, found["case_id"])
    sorting = np.lexsort((codes, at))
    at, codes = at[sorting], codes[sorting]
    turns = np.arange(len(at)) - np.searchsorted(at, at)  # 0 for a case's first label, then 1, ...
    values = _one_stratum(len(log))
    for turn in range(int(turns.max(initial=0)) + 1):
        own = np.zeros(len(log), dtype=np.int64)
        own[at[turns == turn]] = codes[turns == turn]
        values = _cross(values, Strata(own, tuple((label,) for label in ("", *order))))
    names = [" + ".join(filter(None, name)) or NOT_RECORDED for name in values.names]
    ordered = sorted(range(len(names)), key=lambda code: names[code] == NOT_RECORDED)
    code_after = np.argsort(np.array(ordered, dtype=np.int64))
    return Strata(code_after[values.codes], tuple((names[code],) for code in ordered))


def _cross(one: Strata, other: Strata) -> Strata:
    """Strata of both kinds at once: only those that occur, in order."""
    width = len(other.names)
    pairs, codes = np.unique(one.codes * width + other.codes, return_inverse=True)
    names = tuple(one.names[pair // width] + other.names[pair % width] for pair in pairs)
    return Strata(codes.astype(np.int64), names)
