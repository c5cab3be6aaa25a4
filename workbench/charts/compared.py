"""A comparison frame of two groups read row by row."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.charts.style import floats, in_order
from workbench.compare.intervals import shift_share
from workbench.compare.say import CLEAR, OVER_TIME, percent, points
from workbench.compare.shares import NOT_OFFERED

if TYPE_CHECKING:
    import pandas as pd

UP, DOWN = "▲", "▼"
"""Beside the number of a clear difference, so that it is told without its colour."""


@dataclass(frozen=True)
class Cell:
    """One label in one group: counts, and the share with its interval; NaN where not known."""

    n: float = math.nan
    base: float = math.nan
    share: float = math.nan
    low: float = math.nan
    high: float = math.nan

    @property
    def known(self) -> bool:
        """Whether the share is known."""
        return math.isfinite(self.share)

    @property
    def words(self) -> str:
        """The share and its count; the end of the interval where nobody was counted."""
        if not self.known:
            return "–"
        if self.n == 0:
            return f"0 (up to {percent(self.high)})"
        return f"{percent(self.share)} ({count(self.n)})"

    @property
    def short(self) -> str:
        """The share alone; a plain 0 where nobody was counted."""
        return "0" if self.n == 0 else percent(self.share)

    def say(self, label: str, group: str) -> str:
        """What pointing at the share says."""
        counted = f"{count(self.n)} of {count(self.base)}"
        spread = f"95% interval {percent(self.low)} to {percent(self.high)}"
        return f"{label}, {group}: {percent(self.share)} ({counted}; {spread})"


@dataclass(frozen=True)
class Pair:
    """One label in two groups; ``difference`` is the second share minus the first.

    ``missed_low`` and ``missed_high`` are the ends of the differences, in [-1, 1], that the two
    bases would often have missed (more than one time in five); NaN where not known.
    """

    label: str
    first: Cell
    second: Cell
    difference: float
    low: float
    high: float
    missed_low: float
    missed_high: float
    p: float
    note: str

    @property
    def clear(self) -> bool:
        """Whether the difference is clear after correction for many comparisons."""
        return math.isfinite(self.difference) and self.p < CLEAR

    @property
    def unknown(self) -> bool:
        """Whether the difference is not known."""
        return math.isnan(self.difference)

    @property
    def largest(self) -> float:
        """The larger share, -1 where neither is known."""
        return max((c.share for c in (self.first, self.second) if c.known), default=-1.0)

    @property
    def words(self) -> str:
        """The difference in points, with an arrow where it is clear."""
        if not math.isfinite(self.difference):
            return "–"
        arrow = f"{UP if self.difference > 0 else DOWN} " if self.clear else ""
        return f"{arrow}{points(self.difference)}"

    def say(self, reference: str, other: str) -> str:
        """What pointing at the difference says."""
        said = (
            f"{self.label}: {points(self.difference)} points in {other} against {reference} "
            f"(95% interval {points(self.low)} to {points(self.high)})"
        )
        missed = self.missed
        return f"{said}; {missed}" if missed else said

    @property
    def missed(self) -> str:
        """Which differences the bases could have missed, in words; empty where not known."""
        if not (math.isfinite(self.missed_low) and math.isfinite(self.missed_high)):
            return ""
        ends = f"{points(self.missed_low)} and {points(self.missed_high)}"
        return f"differences between {ends} points could have been missed"


@dataclass(frozen=True)
class Pairs:
    """The rows of a comparison of two groups, in the frame's order.

    ``hidden`` counts the labels of which no share is known: they are not among the rows.
    """

    reference: str
    other: str
    rows: tuple[Pair, ...]
    hidden: int
    over_time: bool

    @property
    def groups(self) -> tuple[str, str]:
        """Both groups, the reference first."""
        return self.reference, self.other

    def base(self, place: int) -> str:
        """A group's name (0: the reference) with its base, where all rows have the same."""
        bases = {(row.first, row.second)[place].base for row in self.rows}
        known = {base for base in bases if math.isfinite(base)}
        name = self.groups[place]
        return f"{name} ({count(known.pop())} cases)" if len(known) == 1 else name


def read_pairs(frame: pd.DataFrame) -> Pairs | None:
    """A comparison frame of two groups as pairs; None where it has no rows.

    Labels that a group's scheme did not offer have no share. Raises ``ValueError`` where the
    frame holds another number of groups than two.
    """
    if not len(frame):
        return None
    reference, present = reference_of(frame), in_order(frame["group"])
    others = [group for group in present if group != reference]
    if len(others) != 1 or reference not in present:
        raise ValueError(
            f"two groups, of which one is compared with the other, are drawn side by side; the "
            f"frame has {', '.join(present)}, compared with {reference}: choose with "
            "compare_shares(..., groups=[first, second])"
        )
    cells, last = read_cells(frame), _last_rows(frame, others[0])
    rows = [
        _pair(label, cells.get((label, reference), Cell()), cells.get((label, others[0]), Cell()),
              last.get(label, {}))
        for label in in_order(frame["label"])
    ]  # fmt: skip
    shown = tuple(row for row in rows if row.first.known or row.second.known)
    by = in_order(frame["by"].dropna()) if "by" in frame else []
    over_time = bool(by) and all(name in OVER_TIME for name in by)
    return Pairs(reference, others[0], shown, len(rows) - len(shown), over_time)


def reference_of(frame: pd.DataFrame) -> str:
    """The group that the others are compared with: as the frame says, or else its first."""
    named = in_order(frame["reference"].dropna()) if "reference" in frame else []
    return named[0] if named else in_order(frame["group"])[0]


def read_cells(frame: pd.DataFrame) -> dict[tuple[str, str], Cell]:
    """The cells of a comparison frame by label and group."""
    notes = frame["note"].fillna("") if "note" in frame else [""] * len(frame)
    columns = (floats(frame[name]) for name in ("n", "base", "share", "low", "high"))
    cells = {}
    for label, group, note, n, base, share, low, high in zip(
        map(str, frame["label"]), map(str, frame["group"]), notes, *columns, strict=True
    ):
        known = NOT_OFFERED not in str(note) and math.isfinite(share)
        cells[label, group] = Cell(n, base, share, low, high) if known else Cell(base=base)
    return cells


def _last_rows(frame: pd.DataFrame, group: str) -> dict[str, dict[str, float | str]]:
    """What the second group's rows say of their difference, by label."""
    names = ("difference", "difference_low", "difference_high", "p_adjusted", "detectable")
    own = frame[frame["group"].astype(str) == group]
    numbers = {name: floats(own[name]) for name in names if name in own}
    notes = [str(note) for note in own["note"].fillna("")] if "note" in own else [""] * len(own)
    return {
        str(label): {**{name: numbers[name][at] for name in numbers}, "note": notes[at]}
        for at, label in enumerate(own["label"])
    }


def _pair(label: str, first: Cell, second: Cell, row: dict[str, float | str]) -> Pair:
    def number(name: str) -> float:
        return float(row.get(name, math.nan))

    both = first.known and second.known
    missed = could_miss(first, second, number("detectable"))
    return Pair(
        label=label,
        first=first,
        second=second,
        difference=number("difference") if both else math.nan,
        low=number("difference_low"),
        high=number("difference_high"),
        missed_low=missed[0],
        missed_high=missed[1],
        p=number("p_adjusted"),
        note=str(row.get("note", "")),
    )


def could_miss(first: Cell, second: Cell, detectable: float) -> tuple[float, float]:
    """The lowest and highest difference, second minus first, that two bases would often miss.

    In [-1, 1], or NaN. They are counted from the share that is known better, that of the larger
    base, to where the other lies Cohen's h ``detectable`` away; where no share lies so far, every
    difference on that side could be missed.
    """
    if not (first.known and second.known and math.isfinite(detectable)):
        return math.nan, math.nan
    anchor = second if second.base > first.base else first
    low, high = (float(shift_share(anchor.share, side * detectable)) for side in (-1, 1))
    below = (low if low == low else 0.0) - anchor.share
    above = (high if high == high else 1.0) - anchor.share
    return (-above, -below) if anchor is second else (below, above)


def count(n: float) -> str:
    """A count as it is printed, a dash where it is hidden."""
    return f"{n:,.0f}" if math.isfinite(n) else "–"
