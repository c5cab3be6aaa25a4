"""Comparisons: do intervals cover, are false discoveries held, what a changed mix does, how fast.

Tables: ``compare_coverage``, ``compare_labels``, ``compare_discoveries``, ``compare_composition``
with ``compare_composition_coverage``, and ``compare_speed``. Run less with
``WORKBENCH_BENCH_QUICK=1`` or, by name, ``WORKBENCH_BENCH_PARTS``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from benchmarks.compared import composition, coverage, discoveries, labels, speed
from benchmarks.machine import Table

PARTS: dict[str, Callable[..., Iterator[Table]]] = {
    "coverage": coverage.measure,
    "labels": labels.measure,
    "discoveries": discoveries.measure,
    "composition": composition.measure,
    "speed": speed.measure,
}


def main() -> Iterator[Table]:
    """The tables of each part; they are kept where the whole of a part was run."""
    quick = os.environ.get("WORKBENCH_BENCH_QUICK") == "1"
    wanted = os.environ.get("WORKBENCH_BENCH_PARTS", ",".join(PARTS)).split(",")
    for part in wanted:
        yield from PARTS[part.strip()](quick=quick)
