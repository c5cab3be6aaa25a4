"""Comparison frames of every awkward kind, measured by the compare room itself."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from tests.charts.frames import NASTY
from workbench.compare.measure import measure

GROUPS = ("Primary", "Secondary")
COMPUTED = ["n", "share", "low", "high", "difference", "difference_low", "difference_high"]


def compared(
    counts: dict[str, Sequence[int]],
    *,
    bases: Sequence[int] = (79, 2157),
    groups: Sequence[str] = GROUPS,
    by: str = "phase",
    cases: Sequence[int] | None = None,
    note: str = "",
) -> pd.DataFrame:
    """A comparison frame of ``counts``: for each label how many cases in each group."""
    rows = [
        (label, group, by, n, base, every, note)
        for label, own in counts.items()
        for group, n, base, every in zip(groups, own, bases, cases or bases, strict=True)
    ]
    return measure(pd.DataFrame(rows, columns=[*"label group by n base cases note".split()]))


def hidden(frame: pd.DataFrame, labels: Sequence[str]) -> pd.DataFrame:
    """The frame with the counts of ``labels`` hidden, and all that rests on them."""
    known = frame.astype({"n": "float64"})
    computed = [*COMPUTED, "p", "p_adjusted", "detectable"]
    known.loc[known["label"].isin(labels), computed] = float("nan")
    return known


LONG = {
    f"{NASTY} that goes on and on until it has filled a good many lines and then some": (5, 900),
    "Supercalifragilisticexpialidociousnesswithoutanyspacewhatsoeverinit": (0, 3),
    "All": (79, 2157),
}
LONG_GROUPS = ("Primary schools and nurseries of England and Wales",
               "Secondary schools, colleges of further education and academies")  # fmt: skip
CLEAR_AND_NOT = {"Rises": (5, 900), "Level": (30, 820), "Falls": (20, 20)}


def awkward() -> dict[str, pd.DataFrame]:
    """Frames of two groups that have broken charts before."""
    forty = {f"Label {i} of the field": (i % 31, (i * 37) % 700) for i in range(40)}
    plain = compared(CLEAR_AND_NOT)
    return {
        "plain": plain,
        "one row": compared({"Only": (5, 900)}),
        "forty rows": compared(forty),
        "long words": compared(LONG, groups=LONG_GROUPS),
        "nobody": compared({"A": (0, 0), "B": (0, 1), "C": (0, 0)}),
        "all equal": compared(dict.fromkeys("ABCDEF", (40, 40)), bases=(79, 79)),
        "partly hidden": hidden(plain, ["Rises"]),
        "all hidden": hidden(plain, list(CLEAR_AND_NOT)),
        "no cases": compared({"A": (0, 3), "B": (0, 5)}, bases=(0, 9)),
        "empty": plain.iloc[:0],
    }
