"""Table of quality: each way on each set, with its own number of themes and the true one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.clusterings.coherence import Words, c_v, diversity, npmi, read_words, top_words
from benchmarks.clusterings.isolation import Environments, Job, Outcome, Task, run_all, save_inputs
from benchmarks.clusterings.measures import (
    Interval,
    bootstrap,
    fill_unplaced,
    mutual_information,
    rand_index,
)
from benchmarks.clusterings.sets import LabelledSet
from benchmarks.clusterings.ways import OURS, Way, families

OWN, TRUE = "own", "true"
COLUMNS = [
    "set",
    "way",
    "number",
    "themes",
    "unplaced",
    "ARI",
    "ARI low",
    "ARI high",
    "NMI",
    "NMI low",
    "NMI high",
    "ARI filled",
    "ours ahead",
    "ahead low",
    "ahead high",
    "NPMI",
    "C_V",
    "diversity",
    "note",
]
Key = tuple[str, str]  # way, number


@dataclass(frozen=True)
class Score:
    """What was measured of one division."""

    themes: int
    unplaced: float
    rand: Interval
    information: Interval
    filled: float
    npmi: float
    c_v: float
    diversity: float


@dataclass
class Judge:
    """One set, what is computed once for it, and the scores and problems so far."""

    data: LabelledSet
    scores: dict[Key, Score] = field(default_factory=dict)
    problems: dict[Key, str] = field(default_factory=dict)

    @cached_property
    def words(self) -> Words:
        """The set's texts as numbered words."""
        from workbench.text.words import stop_words, tokenize

        return read_words([tokenize(text) for text in self.data.texts], stop=stop_words())

    def take(self, key: Key, outcome: Outcome) -> None:
        """Measure what came of a task, or note why nothing did."""
        if outcome.labels is None:
            self.problems[key] = f"not run: {outcome.problem}"
        else:
            self.scores[key] = self.score(outcome.labels)

    def score(self, labels: np.ndarray) -> Score:
        """All measures of one division, ``labels`` one a text."""
        data, known = self.data, self.data.labelled
        truth = data.truth[known]
        topics = top_words(self.words, labels)
        filled = fill_unplaced(labels, data.vectors)
        return Score(
            themes=len(np.unique(labels[labels >= 0])),
            unplaced=float((labels < 0).mean()),
            rand=bootstrap(rand_index, truth, labels[known]),
            information=bootstrap(mutual_information, truth, labels[known]),
            filled=bootstrap(rand_index, truth, filled[known], draws=2).value,
            npmi=npmi(self.words, topics),
            c_v=c_v(self.words, topics),
            diversity=diversity(topics),
        )

    def rows(self, ways: tuple[Way, ...]) -> list[dict[str, Any]]:
        """A row for each way and number that is known so far."""
        return [
            self._row(way, number)
            for number, way in product((OWN, TRUE), ways)
            if (way.name, number) in self.scores or (way.name, number) in self.problems
        ]

    def _row(self, way: Way, number: str) -> dict[str, Any]:
        key = (way.name, number)
        head = {"set": self.data.name, "way": way.name, "number": number}
        if key in self.problems:
            return {**head, "note": self.problems[key]}
        score = self.scores[key]
        row = {
            **head,
            "themes": score.themes,
            "unplaced": score.unplaced,
            **_spread("ARI", score.rand),
            **_spread("NMI", score.information),
            "ARI filled": score.filled,
            "NPMI": score.npmi,
            "C_V": score.c_v,
            "diversity": score.diversity,
            "note": "",
        }
        ours = self.scores.get((OURS.name, number))
        if ours is None or way.module == OURS.module:
            return row
        ahead = ours.rand.minus(score.rand)
        return {**row, "ours ahead": ahead.value, "ahead low": ahead.low, "ahead high": ahead.high}


def measure_quality(
    sets: list[LabelledSet],
    ways: tuple[Way, ...],
    environments: Environments,
    folder: Path,
    *,
    together: int,
) -> Iterator[pd.DataFrame]:
    """The table so far, after each job; the last one is whole."""
    judges = {data.name: Judge(data) for data in sets}
    jobs = []
    for family, data in product(families(ways), sets):
        inputs = folder / data.name
        tasks = []
        for number, way in product((None, data.number), family):
            if number is None or way.asked:
                tasks.append(Task(way, number))
            elif way.module != OURS.module:
                judges[data.name].problems[way.name, TRUE] = "not run: takes no number"
        jobs.append(Job(inputs, tuple(tasks), name=data.name))
    for data in sets:
        save_inputs(folder / data.name, data.texts, data.vectors)
    for job, outcomes in run_all(jobs, environments, together=together):
        for task, outcome in zip(job.tasks, outcomes, strict=True):
            key = (task.way.name, OWN if task.number is None else TRUE)
            judges[job.name].take(key, outcome)
        print(f"quality: {job.name}, {job.tasks[0].way.name}", flush=True)
        rows = [row for judge in judges.values() for row in judge.rows(ways)]
        yield pd.DataFrame(rows, columns=COLUMNS)


def _spread(name: str, found: Interval) -> dict[str, float]:
    return {name: found.value, f"{name} low": found.low, f"{name} high": found.high}
