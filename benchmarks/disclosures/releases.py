"""Random tables that leave together, with the cells of the joint counts behind each of them.

Every printed count is a sum of atoms: the cases with one combination of label (or set of labels),
period and phase. The attacker goes by the atoms alone; what ties tables together in the workbench
plays no part in it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd

from workbench.privacy.linked import Links
from workbench.privacy.linked_tables import Layout

Cases = pd.DataFrame


@dataclass(frozen=True)
class Tables:
    """Frames of exact counts, their layouts, and which atoms each count adds up.

    ``sums`` has a row a printed count and a column an atom (0 or 1), ``places`` says which count:
    table, index of its row, column. ``truth`` are the printed counts.
    """

    frames: Mapping[str, pd.DataFrame]
    layouts: Mapping[str, Layout]
    links: Links
    sums: np.ndarray
    places: tuple[tuple[str, int, str], ...]
    truth: np.ndarray


Test = Callable[[pd.DataFrame], np.ndarray]


class _Book:
    """Writes down tables, count by count, over atoms with their columns and sizes."""

    def __init__(self, atoms: pd.DataFrame, sizes: np.ndarray, labels: list[str]) -> None:
        self.atoms, self.sizes, self.labels = atoms, sizes, labels
        self.frames: dict[str, pd.DataFrame] = {}
        self.layouts: dict[str, Layout] = {}
        self.rows: list[np.ndarray] = []
        self.places: list[tuple[str, int, str]] = []

    def carries(self, label: str) -> np.ndarray:
        """Which atoms have ``label``, alone or among others."""
        return np.array([label in one for one in self.atoms["labels"]])

    def table(
        self,
        name: str,
        *,
        by: str = "",
        within: tuple[tuple[str, str], ...] = (),
        coarse: Mapping[str, str] | None = None,
    ) -> None:
        """Add a table of every label in every group of ``by``, of the cases of ``within``.

        ``coarse`` counts the groups of labels in place of labels.
        """
        inside = np.ones(len(self.atoms), dtype=bool)
        for column, value in within:
            inside &= (self.atoms[column] == value).to_numpy()
        groups = sorted(self.atoms[by].unique()) if by else [""]
        names = sorted(set(coarse.values())) if coarse else self.labels
        rows: list[tuple[Any, ...]] = []
        for label, group in product(names, groups):
            own = inside & ((self.atoms[by] == group).to_numpy() if by else True)
            members = [one for one in self.labels if not coarse or coarse[one] == label]
            has = np.any([self.carries(m) for m in (members if coarse else [label])], axis=0)
            for column, chosen in (("n", own & has), ("base", own)):
                self.rows.append(chosen.astype(np.int64))
                self.places.append((name, len(rows), column))
            rows.append((label, group, *(int(self.sizes[c].sum()) for c in (own & has, own))))
        columns = pd.Index(["label", "group", "n", "base"])
        self.frames[name] = pd.DataFrame(rows, columns=columns)
        field = "area" if coarse else "kind"
        self.layouts[name] = Layout(field, by=by, within=within, of_all=True)

    def close(self, links: Links) -> Tables:
        sums = np.array(self.rows)
        truth = sums @ self.sizes
        return Tables(self.frames, self.layouts, links, sums, tuple(self.places), truth)


def _book(random: np.random.Generator, *, several: bool, phases: int, periods: int) -> _Book:
    """Cases drawn over labels of very unequal size, and the atoms that they could lie in."""
    number = int(random.integers(2, 5 if several else 9))
    labels = [f"label {at}" for at in range(number)]
    size = int(random.integers(15, 120)) * periods
    weights = random.dirichlet(np.full(number, random.choice([0.2, 0.5, 1.0])))
    if several:
        drawn = random.random((size, number)) < np.minimum(weights * random.uniform(1, 2.5), 0.97)
        own = [frozenset(np.array(labels)[row]) for row in drawn]
        kinds = [
            frozenset(label for label, there in zip(labels, sign, strict=True) if there)
            for sign in product((False, True), repeat=number)
        ]
    else:
        own = [frozenset({label}) for label in random.choice(labels, size, p=weights)]
        kinds = [frozenset({label}) for label in labels]
    years = random.choice(periods, size, p=random.dirichlet(np.full(periods, 5.0)))
    parts = random.choice(phases, size, p=random.dirichlet(np.full(phases, 1.5)))
    keys = list(product(kinds, range(periods), range(phases)))
    tally = pd.Series(list(zip(own, years.tolist(), parts.tolist(), strict=True))).value_counts()
    sizes = np.array([int(tally.get(key, 0)) for key in keys])
    atoms = pd.DataFrame(
        [(kind, f"{2020 + year}", f"phase {part}") for kind, year, part in keys],
        columns=pd.Index(["labels", "period", "phase"]),
    )
    return _Book(atoms, sizes, labels)


def _links(*, several: bool) -> Links:
    """Every case has a period and a phase; where it has one label, it has that too."""
    known = {"period", "phase", *(() if several else ("kind", "area"))}
    return Links(single=frozenset(known), complete=frozenset(known))


def one_table(random: np.random.Generator, *, several: bool) -> Tables:
    """Labels by period, with the totals of the periods and, often, those of the labels."""
    periods = int(random.integers(1, 4))
    book = _book(random, several=several, phases=1, periods=periods)
    book.table("by period", by="period" if periods > 1 else "")
    if periods > 1 and random.random() < 0.7:
        book.table("all")
    return book.close(_links(several=several))


def year_against_year(random: np.random.Generator, *, several: bool) -> Tables:
    """Labels by phase in each of two years, and in both together."""
    book = _book(random, several=several, phases=2, periods=2)
    for year in ("2020", "2021"):
        book.table(year, by="phase", within=(("period", year),))
    book.table("both", by="phase")
    return book.close(_links(several=several))


def total_against_slice(random: np.random.Generator, *, several: bool) -> Tables:
    """Labels by year of all cases, and of one of two or three phases alone."""
    book = _book(random, several=several, phases=int(random.integers(2, 4)), periods=2)
    book.table("all", by="period")
    book.table("slice", by="period", within=(("phase", "phase 0"),))
    return book.close(_links(several=several))


def nested_groups(random: np.random.Generator, *, several: bool) -> Tables:
    """Labels by year, and the groups that the labels make up; a case has one label."""
    book = _book(random, several=False, phases=1, periods=2)
    number = max(2, len(book.labels) // 2)
    coarse = {label: f"area {at % number}" for at, label in enumerate(book.labels)}
    book.table("labels", by="period")
    book.table("areas", by="period", coarse=coarse)
    links = _links(several=False)
    above = {("kind", label): ("area", area) for label, area in coarse.items()}
    return book.close(Links(links.single, links.complete, above))


LINKED = (year_against_year, total_against_slice, nested_groups)
