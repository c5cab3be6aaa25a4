"""What to leave out of a run while working on it, from the environment.

``WORKBENCH_BENCH_QUICK=1``: few texts, nothing written; ``WORKBENCH_BENCH_PARTS``: names of parts,
separated by commas.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

import numpy as np

FEW = 1200
SEED = 1


@dataclass(frozen=True)
class Options:
    """What is run: everything, unless the environment says less."""

    parts: tuple[str, ...]
    quick: bool = False

    def some(self, n: int) -> np.ndarray:
        """The rows to use of n: all in order, or a few drawn with a fixed seed."""
        if not self.quick or n <= FEW:
            return np.arange(n)
        return np.sort(np.random.default_rng(SEED).permutation(n)[:FEW])


def read_options(parts: tuple[str, ...]) -> Options:
    """The options that the environment asks for, of all ``parts`` there are."""
    asked = os.environ.get("WORKBENCH_BENCH_PARTS", "").split(",")
    wanted = tuple(name.strip() for name in asked if name.strip())
    quick = os.environ.get("WORKBENCH_BENCH_QUICK") == "1"
    return Options(tuple(part for part in parts if not wanted or part in wanted), quick)
