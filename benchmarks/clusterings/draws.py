"""Slightly changed copies of a set: rows in another order, left out, or moved a little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

NOISE = 1e-6


@dataclass(frozen=True)
class Draw:
    """One copy: ``kind`` is given, shuffle, noise or drop; ``share`` is the share dropped."""

    kind: str = "given"
    seed: int = 0
    share: float = 0.0

    def apply(self, vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The rows of the copy, as positions in ``vectors`` ``(n, d)``, and its vectors."""
        rows = np.arange(len(vectors))
        random = np.random.default_rng(self.seed)
        if self.kind == "shuffle":
            rows = random.permutation(rows)
        elif self.kind == "drop":
            kept = len(rows) - round(self.share * len(rows))
            rows = np.sort(random.permutation(rows)[:kept])
        elif self.kind == "noise":
            return rows, _disturb(vectors, random)
        elif self.kind != "given":
            raise ValueError(f"unknown kind of draw: {self.kind}")
        return rows, vectors[rows]


def _disturb(vectors: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Gaussian noise on every entry, rows again of length 1; a row of zeros stays one."""
    moved = vectors + NOISE * random.standard_normal(vectors.shape)
    moved /= np.linalg.norm(moved, axis=1, keepdims=True)
    moved[~vectors.any(axis=1)] = 0
    return moved.astype(vectors.dtype)


AS_GIVEN = Draw()
