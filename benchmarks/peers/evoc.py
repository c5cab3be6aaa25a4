"""EVoC (Embedding Vector Oriented Clustering): its own layer, or the layer count nearest to K."""

from __future__ import annotations

import numpy as np


def find(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Own choice: the layer that persists longest. A number: its search for about that many."""
    from evoc import EVoC

    model = EVoC(random_state=seed, approx_n_clusters=number)
    return np.asarray(model.fit_predict(np.ascontiguousarray(vectors)))
