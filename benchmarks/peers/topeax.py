"""Topeax (turftopic): t-SNE to two dimensions, then the peaks of the density (arXiv 2601.21465)."""

from __future__ import annotations

import numpy as np


def find(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Its defaults; it offers no way to ask for a number."""
    from turftopic.encoders import ExternalEncoder
    from turftopic.models.topeax import Topeax

    if number is not None:
        raise ValueError("Topeax offers no way to ask for a number of themes")

    class NoWords(ExternalEncoder):
        """In place of a language model: word vectors serve its keywords, which are not used."""

        def encode(self, sentences: list[str], **_: object) -> np.ndarray:
            return np.ones((len(sentences), vectors.shape[1]), dtype=np.float32)

    np.random.seed(seed)  # its mixture is left unseeded by random_state
    model = Topeax(encoder=NoWords(), random_state=seed)
    model.fit_transform(list(texts), embeddings=np.array(vectors))
    return np.asarray(model.labels_)
