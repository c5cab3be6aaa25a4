"""Groups compared at an equal mix: what of a difference is left once both are made up alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.intervals import adjust
from workbench.compare.shares import Base, compare_shares, protect_shares
from workbench.compare.strata import codes_of, find_members, find_strata, places_of, raise_flags
from workbench.compare.stratified import Weights, join_sparse, standardise_shares
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_counts
from workbench.study import Disclosure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from workbench.compare.strata import Strata, Whole

    Counts = Mapping[str, tuple[Whole, Whole]]

KEPT = (
    *("label", "group", "by", "n", "base", "cases", "share", "low", "high"),
    *("reference", "reference_n", "reference_base", "reference_cases"),
)
"""What a standardised frame has of `compare_shares` as it is."""

RAW = {
    "difference": "raw_difference",
    "difference_low": "raw_low",
    "difference_high": "raw_high",
    "p_adjusted": "raw_p_adjusted",
}
"""What a standardised frame has of `compare_shares` by another name."""

FOUND = (
    *("standardised_share", "reference_standardised_share"),
    *("standardised_difference", "standardised_low", "standardised_high"),
    *("mix_difference", "support_difference"),
    *("strata", "left_out", "reference_left_out"),
    *("p", "p_adjusted"),
)

STANDARDISED_COLUMNS = (*KEPT, "within", *RAW.values(), *FOUND, "note")
"""The columns of a standardised frame, in order; `standardise` says what each holds."""

NO_SUPPORT = "no stratum holds enough cases of both groups"
"""Noted where nothing could be compared at an equal mix."""


def standardise(
    log: CaseLog,
    field: str,
    *,
    by: str,
    within: str | Sequence[str],
    groups: Sequence[str] | None = None,
    base: Base = "recorded",
    weights: Weights = "average",
    raw: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Compare shares as they are, and as they would be if the groups were made up alike.

    Shares are taken within the strata of ``within`` (one field, or several crossed, as in
    `find_strata`) and averaged with one set of ``weights`` for both groups: the mean of their two
    mixes, the mix of all their cases (``"pooled"``) or the ``"reference"``'s. One row a label and
    group, columns and order as in `compare_shares`; every row but the reference's has

    - ``raw_difference`` in [-1, 1] with ``raw_low``, ``raw_high`` and ``raw_p_adjusted``, which
      are those of `compare_shares`;
    - ``standardised_share`` and ``reference_standardised_share`` in [0, 1], and their
      ``standardised_difference`` with its 95% interval: what is left at an equal mix;
    - ``mix_difference``, what the different mixes add, and ``support_difference``, what the
      cases left out add: raw = standardised + mix + support (Kitagawa's parts);
    - ``strata``, how many were used; ``left_out`` and ``reference_left_out``, the cases of strata
      that the other group lacks, or that were too sparse even when joined;
    - ``p`` that the standardised difference is nought, ``p_adjusted`` after Benjamini-Hochberg.

    Where no stratum can be used these are missing and ``note`` says so. ``within`` names the
    fields by their titles. What the strata do not record may still differ between the groups.
    ``raw`` is the frame of `compare_shares` for the same question, if it is there already.
    Raises ``WorkbenchError`` for unknown names, for fewer than two groups, and for a ``within``
    that is empty or holds ``field`` or ``by``.
    """
    names = [within] if isinstance(within, str) else list(within)
    _check(names, field=field, by=by)
    members = find_members(log, by, groups)
    apart = log.cases["case_id"].isin(log.left_out(field)).to_numpy()
    members = {group: inside & ~apart for group, inside in members.items()}
    if raw is None:
        raw = compare_shares(log, field, by=by, groups=list(members), base=base)
    _check_raw(raw, by=by, groups=list(members))
    labels = list(dict.fromkeys(raw["label"]))
    strata = find_strata(log, names)
    counts = _count(log, field, labels, strata, members, base=base)
    found = _against_first(counts, strata.names, labels, weights)
    frame = raw[[*KEPT, *RAW, "note"]].rename(columns=RAW)
    frame["within"] = " and ".join(map(log.title_of, names))
    return _join(frame, found)


def _check(within: Sequence[str], *, field: str, by: str) -> None:
    if not within:
        raise WorkbenchError("Say what mix to hold equal: 'within' names one field or more.")
    for name, what in ((field, "compared"), (by, "the grouping")):
        if name in within:
            raise WorkbenchError(
                f"'{name}' is {what}, so its mix cannot be held equal; take it out of 'within'."
            )


def _check_raw(raw: pd.DataFrame, *, by: str, groups: list[str]) -> None:
    compared = list(dict.fromkeys(raw["group"]))
    if len(raw) and (compared != groups or set(raw["by"]) != {by}):
        raise WorkbenchError(
            f"'raw' compares {', '.join(compared)}, not {', '.join(groups)} by '{by}'; give the "
            "frame of compare_shares for the same field, groups and base."
        )


def _count(
    log: CaseLog,
    field: str,
    labels: Sequence[str],
    strata: Strata,
    members: Mapping[str, Any],
    *,
    base: Base,
) -> Counts:
    """For each group its n (labels × strata) and its bases (strata)."""
    carried = log.membership(field).drop_duplicates()
    at = places_of(log, carried["case_id"])
    codes = codes_of(carried["label"], labels)
    size = len(strata.names)
    cells = codes * size + strata.codes[at]
    counted = raise_flags(at, len(log)) if base == "recorded" else np.ones(len(log), dtype=bool)
    counts = {}
    for group, inside in members.items():
        n = np.bincount(cells[inside[at] & (codes >= 0)], minlength=len(labels) * size)
        bases = np.bincount(strata.codes[inside & counted], minlength=size)
        counts[group] = n.reshape(len(labels), size), bases
    return counts


def _against_first(
    counts: Counts, names: tuple[tuple[str, ...], ...], labels: Sequence[str], weights: Weights
) -> pd.DataFrame:
    """Every group but the first at one mix with it: label, group, what was found and ``why``."""
    import pandas as pd

    (_, (reference_n, reference_base)), *others = counts.items()
    frames = []
    for group, (n, base) in others:
        use, joined = join_sparse(names, base, reference_base)
        used = use >= 0
        kept = np.eye(int(use.max(initial=-1)) + 1, dtype=np.int64)[use[used]]
        left_out = int(base[~used].sum()), int(reference_base[~used].sum())
        found: dict[str, Any] = dict(zip(_MEASURED, np.full(len(_MEASURED), np.nan), strict=True))
        if kept.size:
            cells = (n, base, reference_n, reference_base)
            measured = standardise_shares(*(c[..., used] @ kept for c in cells), weights=weights)
            found = {column: getattr(measured, name) for column, name in _MEASURED.items()}
        found |= {"label": labels, "group": group, "strata": kept.shape[1]}
        found |= dict(zip(("left_out", "reference_left_out"), left_out, strict=True))
        why = _explain(kept.shape[1], joined=joined, left_out=sum(left_out))
        frames.append(pd.DataFrame({**found, "why": why}))
    return pd.concat(frames, ignore_index=True)


_MEASURED = {
    "standardised_share": "share",
    "reference_standardised_share": "reference",
    "standardised_difference": "difference",
    "standardised_low": "low",
    "standardised_high": "high",
    "mix_difference": "by_mix",
    "p": "p",
}
"""Which column holds which part of `Standardised`."""


def _explain(strata: int, *, joined: int, left_out: int) -> str:
    """What limits the comparison at an equal mix; without counts, which may have to be hidden."""
    if not strata:
        return NO_SUPPORT
    said = ["sparse strata were joined"] if joined else []
    if left_out:
        said.append("some cases have too few like them in the other group and are left out")
    return "; ".join(said)


def _join(frame: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The raw and the standardised beside each other; rows that do not compare stay empty."""
    keys = ["label", "group"]
    both = frame.merge(found.astype(frame[keys].dtypes.to_dict()), on=keys, how="left")
    missing = both["raw_difference"].isna()
    both.loc[missing, [name for name in FOUND if name in both]] = np.nan
    rest = both["raw_difference"] - both["standardised_difference"] - both["mix_difference"]
    both["support_difference"] = rest.mask(rest.abs() < _ROUNDING, 0.0)
    both["p_adjusted"] = adjust(both["p"])
    why = both["why"].where(~missing).fillna("")
    both["note"] = (both["note"] + "; " + why).str.strip("; ")
    return both[list(STANDARDISED_COLUMNS)]


def protect_standardised(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A standardised frame under disclosure control.

    Counts are hidden and rounded, and what is raw computed anew from them, as `protect_shares`
    does. Standardised shares stay where neither group's count is hidden, rounded to steps of
    what ``rule.round_to`` cases are of the smaller base, intervals outwards; p to 3 decimals.
    The parts still add up.
    """
    if rule.exempt:
        return frame.copy()
    safe = frame.merge(
        protect_shares(frame, rule=rule).rename(columns=RAW)[[*KEPT, *RAW.values(), "note"]],
        on=["label", "group"],
        suffixes=("_exact", ""),
    ).reindex(columns=list(frame.columns))
    smaller = safe[["base", "reference_base"]].astype("float64").min(axis=1)
    step = (rule.round_to / smaller).where(safe["raw_difference"].notna())
    for name in (*_SHARES, "standardised_difference", "support_difference"):
        safe[name] = (safe[name] / step).round() * step
    safe["standardised_low"] = (np.floor(safe["standardised_low"] / step) * step).clip(lower=-1)
    safe["standardised_high"] = (np.ceil(safe["standardised_high"] / step) * step).clip(upper=1)
    parts = safe["standardised_difference"] + safe["support_difference"]
    safe["mix_difference"] = safe["raw_difference"] - parts
    for name in ("left_out", "reference_left_out"):
        safe[name] = protect_counts(safe[name], rule=rule)
    for name in ("strata", "p", "p_adjusted"):
        safe[name] = safe[name].where(step.notna()).round(3)
    return safe


_ROUNDING = 1e-12
_SHARES = ("standardised_share", "reference_standardised_share")
