"""A process that carries out one job: the ways, copies and numbers it lists, one after another.

    python -m benchmarks.clusterings.worker JOB.json

It runs in our environment or in a peer's, so it imports NumPy alone beside the way itself. Each
result is written as soon as it is there, as ``N.npz`` (labels) and then ``N.json``: a process that
dies leaves all results but its last.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.clusterings.draws import Draw
from benchmarks.clusterings.memory import forget
from workbench.files import write_bytes, write_json

WARM_UP = 400


def main(file: Path) -> None:
    """Carry out the tasks of ``file`` that have no result yet."""
    job = json.loads(file.read_text(encoding="utf-8"))
    inputs, out = Path(job["inputs"]), Path(job["out"])
    texts = json.loads((inputs / "texts.json").read_text(encoding="utf-8"))
    vectors = np.load(inputs / "vectors.npy", allow_pickle=False)
    last = None
    for number, task in enumerate(job["tasks"]):
        if (out / f"{number}.json").exists():
            continue
        if task["draw"] != last:
            forget()
        last = task["draw"]
        _carry_out(task, texts, vectors, out / str(number), warm=job["warm"])


def _carry_out(
    task: dict[str, Any], texts: list[str], vectors: np.ndarray, out: Path, *, warm: bool
) -> None:
    rows, moved = Draw(**task["draw"]).apply(vectors)
    given = [texts[row] for row in rows]
    wanted = {"number": task["number"], "seed": task["seed"]}
    try:
        find: Callable[..., np.ndarray] = getattr(import_module(task["module"]), task["function"])
        if warm:  # imports and compilation are paid before the clock runs
            find(given[:WARM_UP], moved[:WARM_UP], **wanted)
            forget()
        before, start = peak_memory(), time.perf_counter()
        labels = np.asarray(find(given, moved, **wanted))
        report: dict[str, Any] = {
            "seconds": time.perf_counter() - start,
            "memory_before": before,
            "memory_peak": peak_memory(),
        }
    except Exception as error:  # noqa: BLE001  a way that fails becomes a row that says so
        said = (str(error).splitlines() or [""])[0]
        report = {"problem": f"{type(error).__name__}: {said}"[:160]}
    else:
        buffer = BytesIO()
        np.savez(buffer, labels=labels.astype(np.int32))
        write_bytes(out.with_suffix(".npz"), buffer.getvalue())
    write_json(out.with_suffix(".json"), report)


def peak_memory() -> float | None:
    """Most memory that this process has held, in MB; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 2**20 if sys.platform == "darwin" else most / 2**10


if __name__ == "__main__":
    main(Path(sys.argv[1]))
