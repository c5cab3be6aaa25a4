"""Invented rows that tests learn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix

from workbench.learning import Gaussian


@dataclass(frozen=True)
class Rows:
    """n rows: blocks that tell, a block that tells nothing, labels and values."""

    blocks: dict
    labels: np.ndarray
    values: np.ndarray

    def take(self, rows) -> Rows:
        from workbench.learning import take_rows

        return Rows(take_rows(self.blocks, rows), self.labels[rows], self.values[rows])


def make_rows(n: int = 120, *, seed: int = 0) -> Rows:
    """Rows whose values are a noisy sum over three blocks; a label says whether above 0."""
    random = np.random.default_rng(seed)
    dense = random.normal(size=(n, 6))
    unit = random.normal(size=(n, 4))
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    words = (random.random((n, 20)) < 0.2) * random.random((n, 20))
    values = 2 * dense[:, 0] + 2 * np.abs(unit[:, 0]) - 1 + 3 * words[:, 0] + random.normal(size=n)
    blocks = {"dense": dense, "near": Gaussian(unit), "words": csr_matrix(words)}
    return Rows(blocks, (values > np.median(values)).astype(int), values)
