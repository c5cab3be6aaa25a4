"""Table of stability: the same way on copies of one set, compared with its first answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.clusterings.draws import AS_GIVEN, Draw
from benchmarks.clusterings.isolation import Environments, Job, Outcome, Task, run_all, save_inputs
from benchmarks.clusterings.measures import agreement, same_partition
from benchmarks.clusterings.sets import LabelledSet
from benchmarks.clusterings.ways import OURS, Draws, Way

DROPPED = (0.05, 0.20)
COLUMNS = [
    "set",
    "way",
    "shuffles",
    "identical",
    "shuffle ARI",
    "threads",
    "threads ARI",
    "copies",
    "noise ARI",
    "noise min",
    "drop 5% ARI",
    "drop 5% min",
    "drop 20% ARI",
    "drop 20% min",
    "note",
]
Found = tuple[Draw, Outcome]


def plan(draws: Draws) -> list[Draw]:
    """The copies to try: as given, shuffled, with noise, and with each share dropped."""
    return [
        AS_GIVEN,
        *(Draw("shuffle", seed) for seed in range(draws.shuffles)),
        *(Draw("noise", seed) for seed in range(draws.noise)),
        *(Draw("drop", seed, share) for share in DROPPED for seed in range(draws.drops)),
    ]


def compare(base: np.ndarray, found: Sequence[Found], vectors: np.ndarray) -> dict[str, Any]:
    """Mean and least ARI by kind of copy against ``base``, on the texts that the copy keeps."""
    values: dict[tuple[str, float], list[float]] = {}
    identical = 0
    for draw, outcome in found:
        if outcome.labels is None or draw == AS_GIVEN:
            continue
        rows, _ = draw.apply(vectors[:, :1])
        values.setdefault((draw.kind, draw.share), []).append(agreement(base[rows], outcome.labels))
        identical += draw.kind == "shuffle" and same_partition(base[rows], outcome.labels)
    shuffled = values.get(("shuffle", 0.0), [])
    row: dict[str, Any] = {
        "shuffles": len(shuffled),
        "identical": identical,
        "shuffle ARI": _mean(shuffled),
        "copies": len(values.get(("noise", 0.0), [])),
        **_mean_and_least("noise ARI", "noise min", values.get(("noise", 0.0), [])),
    }
    for share in DROPPED:
        name = f"drop {share:.0%}"
        row |= _mean_and_least(f"{name} ARI", f"{name} min", values.get(("drop", share), []))
    return row


def measure_stability(
    sets: list[LabelledSet],
    draws: dict[Way, Draws],
    environments: Environments,
    folder: Path,
    *,
    together: int,
) -> Iterator[pd.DataFrame]:
    """The table so far, after each way; peers are tried on the first set alone."""
    pairs = [(data, way) for data in sets for way in draws if data is sets[0] or way == OURS]
    for data in sets:
        save_inputs(folder / data.name, data.texts, data.vectors)
    jobs = []
    for data, way in pairs:
        count = draws[way]
        if data is not sets[0]:
            count = Draws(min(count.shuffles, 5), min(count.noise, 3), min(count.drops, 3))
        tasks = tuple(Task(way, draw=draw) for draw in plan(count))
        jobs.append(Job(folder / data.name, tasks, name=data.name, minutes=20))
        jobs.append(Job(folder / data.name, (Task(way),), threads=2, name=data.name))
    results: dict[tuple[str, str], dict[int | None, list[Found]]] = {}
    for job, outcomes in run_all(jobs, environments, together=together):
        key = (job.name, job.tasks[0].way.name)
        found = [(task.draw, outcome) for task, outcome in zip(job.tasks, outcomes, strict=True)]
        results.setdefault(key, {})[job.threads] = found
        if len(results[key]) < 2:
            continue
        print(f"stability: {key[0]}, {key[1]}", flush=True)
        rows = [
            {"set": data.name, "way": way.name, **_row(both, data)}
            for data, way in pairs
            if len(both := results.get((data.name, way.name), {})) == 2
        ]
        yield pd.DataFrame(rows, columns=COLUMNS)


def _row(results: dict[int | None, list[Found]], data: LabelledSet) -> dict[str, Any]:
    found, again = results[1], results[2][0][1]
    base = found[0][1]
    problems = [outcome.problem for _, outcome in found if outcome.problem]
    if base.labels is None:
        return {"note": f"not run: {base.problem}"}
    row = compare(base.labels, found, data.vectors)
    if again.labels is not None:
        row["threads"] = "same" if same_partition(base.labels, again.labels) else "differs"
        row["threads ARI"] = agreement(base.labels, again.labels)
    else:
        problems.append(again.problem)
    return {**row, "note": f"{len(problems)} copies not run: {problems[0]}" if problems else ""}


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else float("nan")


def _mean_and_least(mean: str, least: str, values: list[float]) -> dict[str, float]:
    return {mean: _mean(values), least: min(values, default=float("nan"))}
