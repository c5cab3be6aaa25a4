"""TriTopic: UMAP, a lexical view beside the vectors, consensus of Leiden divisions."""

from __future__ import annotations

import numpy as np


def find(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Its defaults with ``n_topics`` "auto" or the number."""
    from tritopic import TriTopic

    model = TriTopic(n_topics=number or "auto", verbose=False, random_state=seed)
    model.fit(list(texts), embeddings=np.array(vectors))
    return np.asarray(model.labels_)
