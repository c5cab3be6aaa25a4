"""Table of time and memory against BERTopic's defaults, taking turns on the same texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.clusterings.isolation import Environments, Job, Outcome, Task, run_job, save_inputs
from benchmarks.clusterings.ways import BERTOPIC, BERTOPIC_UNSEEDED, OURS, Way

# Texts, and how often each way is timed on them; the least time counts, as the least disturbed.
SIZES = {3_000: 3, 6_000: 2, 20_000: 1}
WAYS = (OURS, BERTOPIC, BERTOPIC_UNSEEDED)
COLUMNS = [
    "texts",
    "way",
    "rounds",
    "time ratio",
    "ratio low",
    "ratio high",
    "extra MB",
    "peak MB",
    "growth",
    "note",
]
Runs = dict[tuple[int, Way], list[Outcome]]


def measure_speed(
    texts: list[str],
    vectors: np.ndarray,
    environments: Environments,
    folder: Path,
    *,
    sizes: dict[int, int],
) -> Iterator[pd.DataFrame]:
    """The table so far, after each size, so that a run cut off leaves the sizes it finished."""
    runs: Runs = {}
    for size, rounds in sizes.items():
        inputs = save_inputs(folder / f"speed{size}", texts[:size], vectors[:size])
        for turn in range(rounds):
            for way in WAYS if turn % 2 == 0 else WAYS[::-1]:
                job = Job(inputs, (Task(way),), threads=None, warm=True, minutes=20)
                runs.setdefault((size, way), []).extend(run_job(job, environments))
                print(f"speed: {size:,} texts, {way.name}", flush=True)
        yield table(runs)


def table(runs: Runs) -> pd.DataFrame:
    """Ratios of times to BERTopic's defaults, memory, and growth with the number of texts.

    ``time ratio`` divides the least times; low and high are the ratios of single rounds. ``extra
    MB`` is what the run added to a process with everything imported and the vectors loaded.
    ``growth`` is the exponent b of time = a · texts^b, by least squares on the logarithms.
    """
    sizes = sorted({size for size, _ in runs})
    rows = [_row(runs, size, way) for size in sizes for way in WAYS]
    return pd.DataFrame(rows, columns=COLUMNS)


def growth(sizes: list[int], seconds: list[float]) -> float:
    """Slope of log time on log size; NaN for fewer than two sizes with a time."""
    known = [(n, s) for n, s in zip(sizes, seconds, strict=True) if s > 0]
    if len(known) < 2:
        return float("nan")
    x, y = np.log(np.array(known)).T
    return float(np.polyfit(x, y, 1)[0])


def _row(runs: Runs, size: int, way: Way) -> dict[str, Any]:
    done = [run for run in runs[size, way] if not run.problem]
    head = {"texts": size, "way": way.name, "rounds": len(done), "note": ""}
    if not done:
        return {**head, "note": f"not run: {runs[size, way][0].problem}"}
    peaks = [run.memory_peak for run in done if run.memory_peak is not None]
    extra = [
        run.memory_peak - run.memory_before
        for run in done
        if run.memory_peak is not None and run.memory_before is not None
    ]
    sizes = sorted({each for each, _ in runs})
    row = {
        **head,
        "extra MB": round(max(extra)) if extra else float("nan"),
        "peak MB": round(max(peaks)) if peaks else float("nan"),
        "growth": growth(sizes, [_least(runs[each, way]) for each in sizes]),
    }
    base = runs[size, BERTOPIC]
    ratios = [
        own.seconds / other.seconds
        for own, other in zip(runs[size, way], base, strict=True)
        if not own.problem and not other.problem
    ]
    if not ratios:
        return row
    ratio = _least(runs[size, way]) / _least(base)
    return {**row, "time ratio": ratio, "ratio low": min(ratios), "ratio high": max(ratios)}


def _least(runs: list[Outcome]) -> float:
    return min((run.seconds for run in runs if not run.problem), default=float("nan"))
