"""From counts to a comparison frame: shares, intervals, differences, effects and tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.compare.exact import MOST_TABLES, conditional_odds, difference_test, expect_few
from workbench.compare.intervals import (
    adjust,
    cohens_h,
    cramers_v,
    detectable_effect,
    newcombe,
    ratio_interval,
    share,
    wilson,
)

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

COUNTED = ("label", "group", "by", "n", "base", "cases", "note")
"""What a frame of counts holds before anything is computed from it."""

COMPARISON_COLUMNS = (
    "label",
    "group",
    "by",
    "n",
    "base",
    "cases",
    "share",
    "low",
    "high",
    "least",
    "most",
    "reference",
    "reference_n",
    "reference_base",
    "reference_cases",
    "difference",
    "difference_low",
    "difference_high",
    "ratio",
    "ratio_low",
    "ratio_high",
    "odds_ratio",
    "odds_low",
    "odds_high",
    "effect",
    "cramers_v",
    "detectable",
    "test",
    "p",
    "p_adjusted",
    "note",
)
"""The columns of every comparison frame, in order; `compare_shares` says what each holds."""

NOT_OFFERED = "not a label of this period's scheme"
"""Noted where a count of 0 says nothing, since the scheme had no such label."""

UNEQUAL = "the periods are not equally long"
"""Noted where a longer period alone would raise a count: such rows are not compared."""


def measure(counts: pd.DataFrame, *, quick: bool = False) -> pd.DataFrame:
    """A comparison frame from its counts (``COUNTED``), rows of a label side by side.

    The first row of each label is its reference. Counts may be missing where they were hidden;
    what needs them is then missing too. ``quick`` tests small counts by Fisher alone and leaves out
    odds ratios: for hundreds of rows.
    """
    import pandas as pd

    order = {label: place for place, label in enumerate(counts["label"].drop_duplicates())}
    frame = counts.sort_values("label", key=lambda s: s.map(order), kind="stable")
    frame = frame.reset_index(drop=True)
    n, base, cases = (_floats(frame[name]) for name in ("n", "base", "cases"))
    n = np.minimum(n, base)  # rounded apart, 13 of 13 could read 15 of 10
    frame["share"] = share(n, base)
    frame["low"], frame["high"] = wilson(n, base)
    frame["least"] = share(n, cases)
    frame["most"] = np.minimum(share(n + cases - base, cases), 1.0)
    first = (~frame["label"].duplicated()).to_numpy()
    at = np.flatnonzero(first)[np.cumsum(first) - 1]  # where the reference of each row stands
    notes = frame["note"].str
    absent = (notes.contains(NOT_OFFERED, regex=False) | notes.contains(UNEQUAL)).to_numpy(bool)
    compared = ~first & ~absent & ~absent[at] & ~np.isnan(n + base) & ~np.isnan((n + base)[at])
    frame["reference"] = frame["group"].to_numpy()[at]
    frame.loc[first, "reference"] = pd.NA
    for name, values in (("n", n), ("base", base), ("cases", cases)):
        frame[f"reference_{name}"] = np.where(first, np.nan, values[at])
    for name, column in _differences((n, base, n[at], base[at]), compared, quick=quick).items():
        frame[name] = column
    frame["p_adjusted"] = adjust(frame["p"])
    return frame[list(COMPARISON_COLUMNS)]


def readjust(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame with ``p_adjusted`` over all its rows, such as those of several fields."""
    return frame.assign(p_adjusted=adjust(frame["p"]))


def _differences(
    two: tuple[Floats, Floats, Floats, Floats], compared: NDArray[np.bool_], *, quick: bool
) -> dict[str, Any]:
    """Everything that sets a row against its reference, missing where they cannot be compared.

    ``two`` holds n and base of each row, then of its reference.
    """
    share_1, share_2 = share(*two[:2]), share(*two[2:])
    low, high = newcombe(*two)
    ratio_low, ratio_high = ratio_interval(*two)
    found = {
        "difference": share_1 - share_2,
        "difference_low": low,
        "difference_high": high,
        "ratio": share(share_1, share_2),
        "ratio_low": ratio_low,
        "ratio_high": ratio_high,
        "effect": cohens_h(share_1, share_2),
        "cramers_v": cramers_v(*two),
        "detectable": detectable_effect(two[1], two[3]),
    }
    columns: dict[str, Any] = {
        name: np.where(compared, values, np.nan) for name, values in found.items()
    }
    odds, tests, p = [], [], []
    for use, *cells in zip(compared, *two, strict=True):
        whole = [int(cell) for cell in cells] if use else [0, 0, 0, 0]
        few = use and expect_few(*whole)
        odds.append(conditional_odds(*whole) if few and not quick else (np.nan,) * 3)
        chance, name = difference_test(*whole, most_tables=0 if quick else MOST_TABLES)
        p.append(chance)
        tests.append(name)
    odds_columns = np.array(odds, dtype=np.float64).reshape(-1, 3).T
    columns.update(zip(("odds_ratio", "odds_low", "odds_high"), odds_columns, strict=True))
    return {**columns, "test": tests, "p": np.array(p, dtype=np.float64)}


def _floats(values: pd.Series) -> Floats:
    return np.asarray(values.to_numpy(dtype=np.float64, na_value=np.nan))
