"""Random tables on their way out, attacked by integer programmes: what of small counts is found.

2,000 releases of one kind of table and 500 of linked tables. The attacker knows the rule, every
printed count, and that all of them add up from whole numbers of cases; he is written apart from the
guard and asks of the joint counts alone (see ``disclosures``). Beside the workbench's way stand
plainer ones, each with its own small counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.disclosures.attacker import FAR, Printed, widths
from benchmarks.disclosures.releases import LINKED, Tables, one_table
from benchmarks.machine import Table
from workbench.compare.intervals import wilson
from workbench.errors import ExportError
from workbench.privacy.linked_tables import protect_linked
from workbench.study import Disclosure

SINGLE, PAIRS = 2_000, 500
SEED = 6
RULE = Disclosure()
NARROW = RULE.uncertain
ROUND = RULE.round_to

WAYS = (
    "hide 1 to 4, margins exact",
    "hide 7 or fewer, no rounding",
    "round to 5, hide nothing",
    "hide 7 or fewer, round to 5",
    "workbench",
)
OURS = WAYS[-1]


@dataclass
class _Tally:
    """What was found of the small counts of many releases, and how much was printed."""

    releases: int = 0
    small: int = 0
    recovered: int = 0
    narrow: int = 0
    counts: int = 0
    shown: int = 0
    mended: int = 0
    refused: int = 0


def main() -> Iterator[Table]:
    """One row a kind of release and way of protecting it."""
    random = np.random.default_rng(SEED)
    tallies: dict[tuple[str, str], _Tally] = {}
    for number in range(SINGLE):
        several = number % 2 == 1
        kind = "one table, several labels a case" if several else "one table, one label a case"
        _attack(tallies, kind, one_table(random, several=several))
    for number in range(PAIRS):
        make = LINKED[number % len(LINKED)]
        several = (number // len(LINKED)) % 2 == 1
        _attack(tallies, make.__name__.replace("_", " "), make(random, several=several))
    yield Table("disclosure", _rows(tallies), _settings())


def _attack(tallies: dict[tuple[str, str], _Tally], kind: str, tables: Tables) -> None:
    for way in WAYS:
        for name in (kind, "all"):
            tally = tallies.setdefault((name, way), _Tally())
            tally.releases += 1
        withheld: set[int] = set()
        if way == OURS:
            try:
                withheld = _withheld_by_us(tables)
            except ExportError:
                for name in (kind, "all"):
                    tallies[name, way].refused += 1
                continue
        printed = _print(tables.truth, way, withheld)
        found = widths(tables.sums, printed, tables.truth, narrow=NARROW)
        for name in (kind, "all"):
            tally = tallies[name, way]
            tally.small += len(found)
            tally.recovered += int((found == 0).sum())
            tally.narrow += int((found < NARROW).sum())
            tally.counts += len(tables.truth)
            tally.shown += len(tables.truth) - len(found) - len(withheld)
            tally.mended += bool(withheld)
        if way == WAYS[2]:  # here the small counts are printed
            for name in (kind, "all"):
                tallies[name, way].shown += len(found)


def _withheld_by_us(tables: Tables) -> set[int]:
    """Which counts the workbench leaves out though they are not small, read off its tables."""
    safe = protect_linked(tables.frames, tables.layouts, rule=RULE, links=tables.links).frames
    missing = {
        place
        for place, (name, row, column) in enumerate(tables.places)
        if bool(safe[name][column].isna()[row])
    }
    for place, (name, row, column) in enumerate(tables.places):
        nearest = (2 * int(tables.truth[place]) + ROUND) // (2 * ROUND) * ROUND
        if place not in missing and safe[name].at[row, column] != nearest:
            raise AssertionError("the workbench prints another count than its rule says")
    return {place for place in missing if tables.truth[place] > RULE.hide_up_to}


def _print(truth: np.ndarray, way: str, withheld: set[int]) -> Printed:
    """What a reader knows of each count that is printed in this way."""
    nearest = (2 * truth + ROUND) // (2 * ROUND) * ROUND
    rounded = np.maximum(nearest - ROUND // 2, 0), nearest + ROUND // 2
    few = truth <= RULE.hide_up_to
    if way == WAYS[0]:
        secret = (truth >= 1) & (truth <= 4)
        return Printed(np.where(secret, 1, truth), np.where(secret, 4, truth), secret)
    if way == WAYS[1]:
        high = np.where(few, RULE.hide_up_to, truth)
        return Printed(np.where(few, 0, truth), high, few)
    if way == WAYS[2]:
        return Printed(*rounded, few)
    least = np.where(few, 0, np.maximum(rounded[0], RULE.hide_up_to + 1)).astype(float)
    largest = np.where(few, RULE.hide_up_to, rounded[1]).astype(float)
    out = sorted(withheld)
    least[out], largest[out] = RULE.hide_up_to + 1, FAR
    return Printed(least, largest, few)


def _rows(tallies: dict[tuple[str, str], _Tally]) -> pd.DataFrame:
    rows = []
    for (kind, way), tally in sorted(
        tallies.items(), key=lambda one: (one[0][0] != "all", one[0][0])
    ):
        row: dict[str, Any] = {"releases of": kind, "way": way, "releases": tally.releases}
        row |= {"small counts": tally.small}
        for name, found in (("recovered", tally.recovered), ("narrower than 3", tally.narrow)):
            low, high = wilson([found], [tally.small])
            row |= {name: found, f"{name}, low": low[0], f"{name}, high": high[0]}
        row |= {"counts printed": tally.shown / tally.counts}
        row |= {"releases mended": tally.mended, "releases refused": tally.refused}
        rows.append(row)
    return pd.DataFrame(rows)


def _settings() -> dict[str, Any]:
    return {
        "releases": f"{SINGLE:,} of one kind of table (with totals in 70% of those of several "
        f"periods), {PAIRS} of linked tables; 15 to 360 cases, 2 to 8 labels (2 to 4 where a case "
        "can carry several) of very unequal size, 1 to 3 periods, 1 to 3 phases",
        "small counts": "those that the way hides; of rounding alone, those of 7 or fewer",
        "recovered": "only one value is possible",
        "narrower than 3": "largest less least possible value; the recovered ones included",
        "low, high": "Wilson's 95% interval of the share of small counts",
        "counts printed": "share of all counts that stand in the tables with a number",
        "attacker": "scipy's milp on the joint counts by label (or set of labels), period and "
        "phase, gap 0, after the linear programme where that has no whole answer; stops on a "
        "count once two solutions 3 apart are found",
        "seed": SEED,
    }
