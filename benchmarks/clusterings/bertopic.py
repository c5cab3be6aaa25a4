"""BERTopic as its users run it: defaults, tuned, and with its outliers filled.

Grootendorst (2022), BERTopic. UMAP is seeded, since without a seed no two runs agree. Its
reduction is made once for a copy of a set and serves every variant, which changes no result.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np

from benchmarks.clusterings.memory import remember

SMALLEST = (10, 15, 25, 40, 60)
SAMPLES = (1, 5, 10)


def find(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Defaults; a number by merging topics (``reduce_topics``), if more were found."""
    return np.asarray(_fit(texts, vectors, number, seed, tuned=False).topics_)


def find_filled(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Defaults, outliers placed by ``reduce_outliers`` on the vectors."""
    return _fill(_fit(texts, vectors, number, seed, tuned=False), texts, vectors)


def find_tuned(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """HDBSCAN's two sizes by its own validity index; see ``choose_sizes``."""
    return np.asarray(_fit(texts, vectors, number, seed, tuned=True).topics_)


def find_tuned_filled(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Tuned, then outliers placed."""
    return _fill(_fit(texts, vectors, number, seed, tuned=True), texts, vectors)


def find_unseeded(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """Defaults to the letter: UMAP without a seed may use every core. For time alone."""
    from bertopic import BERTopic

    return np.asarray(BERTopic(calculate_probabilities=False).fit(texts, vectors).topics_)


def fit_defaults(texts: list[str], vectors: np.ndarray, *, seed: int) -> Any:
    """A model with the defaults and a seeded UMAP, which can place later texts (``transform``)."""
    from bertopic import BERTopic
    from umap import UMAP

    reduction = UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
    )
    model = BERTopic(umap_model=reduction, embedding_model=None, calculate_probabilities=False)
    return model.fit(texts, vectors)


def choose_sizes(reduced: np.ndarray, *, number: int | None = None) -> tuple[int, int]:
    """``min_cluster_size`` and ``min_samples`` with the best relative validity on UMAP's output.

    Moulavi and others (2014), density-based clustering validation, as HDBSCAN approximates it;
    no label is looked at. With a number, sizes that find at least as many topics come first,
    since topics can be merged afterwards but not split; where none does, those that find most.
    """
    from hdbscan import HDBSCAN

    def worth(sizes: tuple[int, int]) -> tuple[int, float]:
        smallest, samples = sizes
        model = HDBSCAN(smallest, min_samples=samples, gen_min_span_tree=True).fit(reduced)
        found = int(model.labels_.max()) + 1
        validity = float(model.relative_validity_) if found > 1 else -np.inf
        return min(found, number or 0), validity

    fitting = [sizes for sizes in product(SMALLEST, SAMPLES) if sizes[0] * 4 <= len(reduced)]
    return max(fitting, key=worth)


def _fit(
    texts: list[str], vectors: np.ndarray, number: int | None, seed: int, *, tuned: bool
) -> Any:
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from hdbscan import HDBSCAN

    reduced = remember("umap", vectors, seed, lambda: _reduce(vectors, seed))
    smallest, samples = 10, None
    if tuned:
        smallest, samples = remember(
            "sizes", vectors, (seed, number), lambda: choose_sizes(reduced, number=number)
        )
    model = BERTopic(
        umap_model=_Given(reduced, BaseDimensionalityReduction()),
        hdbscan_model=HDBSCAN(smallest, min_samples=samples, prediction_data=True),
        embedding_model=None,
    ).fit(texts, vectors)
    found = set(model.topics_)
    if number is not None and len(found - {-1}) > number:
        model.reduce_topics(texts, nr_topics=number + int(-1 in found))
    return model


class _Given:
    """A reduction, as BERTopic expects one, that gives what was reduced before."""

    def __init__(self, reduced: np.ndarray, after: Any) -> None:
        self.reduced, self.after = reduced, after

    def fit(self, vectors: np.ndarray, y: object = None) -> _Given:
        return self

    def transform(self, vectors: np.ndarray) -> np.ndarray:
        return self.reduced if len(vectors) == len(self.reduced) else self.after.transform(vectors)


def _reduce(vectors: np.ndarray, seed: int) -> np.ndarray:
    from umap import UMAP

    return UMAP(
        n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed
    ).fit_transform(vectors)


def _fill(model: Any, texts: list[str], vectors: np.ndarray) -> np.ndarray:
    if -1 not in model.topics_ or len(set(model.topics_)) < 2:
        return np.asarray(model.topics_)
    return np.asarray(
        model.reduce_outliers(texts, model.topics_, strategy="embeddings", embeddings=vectors)
    )
