"""A sample of later cases that a coder is supposed to have coded by the earlier scheme as well."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from workbench.demo.dice import Dice

SIZE = 200
AGREES = 0.9
"""How often the coder keeps to the crosswalk; otherwise any label of the earlier scheme is given,
the common ones more often."""

TWO = 0.04
"""How often a case is given a second label: as rarely as the earlier year's records were."""


def double_code(
    later: Mapping[str, Sequence[str]],
    counts: Mapping[str, int],
    crosswalk: Path,
    seed: int,
) -> list[tuple[str, str, str]]:
    """Rows of case id, earlier labels and later labels, in the order of the cases.

    ``later`` maps every case with a record to its labels, of which ``SIZE`` are drawn. The coder
    gives each one label of the earlier scheme, seldom two: one that ``crosswalk`` links to its
    later labels, as likely as the earlier year counted it (``counts``). All of it is invented.
    """
    answers = _read_links(crosswalk)
    drawn = set(Dice(seed, "double-coded").sample(list(later), SIZE))
    rows = []
    for case, labels in later.items():
        if case in drawn:
            dice = Dice(seed, "double-coded", case)
            linked = dict.fromkeys(own for label in labels for own in answers.get(label, ()))
            given = _code(list(linked), counts, dice)
            rows.append((case, "; ".join(given), "; ".join(labels)))
    return rows


def _code(linked: list[str], counts: Mapping[str, int], dice: Dice) -> list[str]:
    """One label of the earlier scheme, seldom two, in the scheme's order."""
    likely = {label: counts[label] for label in linked} if dice.chance(AGREES) else {}
    given = {dice.weighted(likely or counts)}
    if dice.chance(TWO):
        given.add(dice.weighted(counts))
    return [label for label in counts if label in given]


def _read_links(crosswalk: Path) -> dict[str, list[str]]:
    """Later label -> the earlier labels that it answers to."""
    answers: dict[str, list[str]] = {}
    with crosswalk.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["earlier"] and row["later"]:
                answers.setdefault(row["later"], []).append(row["earlier"])
    return answers
