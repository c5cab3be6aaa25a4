"""Two views of a text joined: its sentence vector, and the company that its words keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

# Weights of the lexical views beside the vectors, and dimensions kept: chosen on Banking77's
# training part (see benchmarks/results/themes_tries.md), not on the part that is reported.
_LETTERS, _WORDS = 0.6, 0.4
_LEXICAL_DIMENSIONS = 128
_DIMENSIONS = 256


def join_views(texts: list[str], vectors: np.ndarray) -> np.ndarray:
    """Unit rows, float32, shape ``(n, d)`` with d up to 256, in which near means alike in both.

    ``vectors`` are unit rows, shape ``(n, d)``. They are centred, since what all texts share tells
    none apart. Beside them stand two lexical views, by runs of 3 to 5 letters and by words and
    pairs of words: each such term is placed at the mean of the vectors of the texts that hold it,
    and each text at the mean of its terms, weighed by squared inverse document frequency. So two
    texts come near when their words occur in like texts, shared or not.
    """
    import numpy as np

    centred = _unit(vectors - vectors.mean(axis=0)).astype(np.float32)
    short = _rotate(centred, _LEXICAL_DIMENSIONS)
    views: list[np.ndarray] = [
        centred,
        _LETTERS * _place_by_terms(texts, short, analyzer="char_wb", ngram_range=(3, 5)),
        _WORDS * _place_by_terms(texts, short, ngram_range=(1, 2)),
    ]
    return _unit(_rotate(np.hstack(views), _DIMENSIONS))


def _place_by_terms(texts: list[str], vectors: np.ndarray, **terms: Any) -> np.ndarray:
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(min_df=2, sublinear_tf=True, dtype=np.float32, **terms)
    try:
        weights = vectorizer.fit_transform(texts)
    except ValueError:  # no term stands in two texts
        return np.zeros_like(vectors)
    weights = weights.multiply(vectorizer.idf_[None].astype(np.float32)).tocsr()
    placed = weights @ _unit(weights.T @ vectors)
    return _unit(placed - placed.mean(axis=0))


def _rotate(rows: np.ndarray, count: int) -> np.ndarray:
    """The ``count`` leading principal directions (uncentred), by the smaller eigenproblem."""
    import numpy as np

    if rows.shape[1] <= count:
        return rows
    _, directions = np.linalg.eigh((rows.T @ rows).astype(np.float64))
    return np.asarray(rows @ directions[:, -count:].astype(np.float32))


def _unit(rows: np.ndarray) -> np.ndarray:
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)
