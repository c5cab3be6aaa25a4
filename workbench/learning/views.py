"""Blocks from texts and tables: words and pieces by TF-IDF, columns to like spread, mean vectors.

What is made here holds words of the texts it was made from. Keep it as private as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

_FAR = 4.0  # the most that one column counts, in its own spread
# Marks are words too: a question and a shout are read off them.
_WORD = r"\w+(?:['’]\w+)*|[?!.]+"
_BORDER = "\x00"  # between texts that are read as one: part of no word
_KINDS: dict[str, dict[str, Any]] = {
    "words": {"ngram_range": (1, 3), "token_pattern": _WORD},
    "pieces": {"ngram_range": (2, 5), "analyzer": "char_wb"},
}


@dataclass(frozen=True)
class Terms:
    """Words or pieces of words that a head knows, and how rare each is.

    ``terms`` stand in the order of the columns; ``rarity`` (one a term) is the inverse document
    frequency.
    """

    kind: str
    terms: tuple[str, ...]
    rarity: np.ndarray

    def table(self, texts: Sequence[str]) -> csr_matrix:
        """TF-IDF of the texts: n × terms, sparse, rows of length one, or empty rows."""
        if not len(texts):
            from scipy.sparse import csr_matrix

            return csr_matrix((0, len(self.terms)))
        if self.kind == "words":
            return _weigh(_count_runs(texts, self.terms), self.rarity)
        maker = _make(self.kind, vocabulary={term: n for n, term in enumerate(self.terms)})
        maker.idf_ = self.rarity
        return maker.transform(texts)


def fit_words(texts: Sequence[str]) -> Terms:
    """The words, pairs and threes of words, marks among them, that two texts or more hold."""
    return _fit("words", texts)


def fit_pieces(texts: Sequence[str]) -> Terms:
    """The pieces of words, of two to five letters, that two texts or more hold."""
    return _fit("pieces", texts)


@dataclass(frozen=True)
class Columns:
    """How the columns of a table are brought to like spread: ``middle`` and ``spread`` of each.

    ``counted`` columns hold counts: their logarithm (of one more) is taken first.
    """

    middle: np.ndarray
    spread: np.ndarray
    counted: bool

    def table(self, table: np.ndarray) -> np.ndarray:
        """The columns (n × c) in their own spread, shared by c, so that rows have length about 1.

        Values further out than four times the spread count as that far.
        """
        import numpy as np

        given = _raw(table, self.counted)
        far = np.clip((given - self.middle) / self.spread, -_FAR, _FAR)
        found: np.ndarray = far / np.sqrt(max(len(self.middle), 1))
        return found


def fit_columns(table: np.ndarray, *, counted: bool = False) -> Columns:
    """The middle and spread of each column of ``table`` (n × c); see ``Columns``."""
    import numpy as np

    # Sorted, so that rounding in sums does not depend on the order of the rows.
    given = np.sort(_raw(table, counted), axis=0)
    spread = given.std(axis=0)
    spread[spread < 1e-12] = 1.0
    return Columns(given.mean(axis=0), spread, counted)


def mean_vectors(vectors: np.ndarray, owners: Sequence[int] | np.ndarray, n: int) -> np.ndarray:
    """The mean vector of each of n texts (n × dims), of length one, from those of its sentences.

    ``owners`` gives the text, 0 to n - 1, of each row of ``vectors``. A text without any gets
    the zero vector.
    """
    import numpy as np

    sums = np.zeros((n, vectors.shape[1]))
    np.add.at(sums, np.asarray(owners, dtype=np.int64), np.asarray(vectors, dtype=float))
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    found: np.ndarray = np.divide(sums, length, out=np.zeros_like(sums), where=length > 1e-12)
    return found


def _fit(kind: str, texts: Sequence[str]) -> Terms:
    maker = _make(kind, min_df=2)
    maker.fit(texts)
    return Terms(kind, tuple(maker.get_feature_names_out().tolist()), maker.idf_)


def _make(kind: str, **more: Any) -> Any:
    from sklearn.feature_extraction.text import TfidfVectorizer

    return TfidfVectorizer(sublinear_tf=True, **_KINDS[kind], **more)


def _count_runs(texts: Sequence[str], terms: Sequence[str]) -> csr_matrix:
    """How often each text holds each term, a run of words: n × terms.

    The counts of scikit-learn's ``CountVectorizer``, several times as fast: all texts are read at
    once, and each run of words is looked up as one number.
    """
    import numpy as np
    import pandas as pd
    from numpy.lib.stride_tricks import sliding_window_view
    from scipy.sparse import csr_matrix

    runs = [term.split(" ") for term in terms]
    known = sorted({word for run in runs for word in run})
    number = {word: at for at, word in enumerate(known, start=1)}  # 0 for others, and borders
    whole = _BORDER.join(text.lower().replace(_BORDER, " ") for text in texts)
    words = re.findall(f"{_WORD}|{_BORDER}", whole)
    read = np.array([number.get(word, 0) for word in words], dtype=np.int64)
    text = np.cumsum(np.array([word == _BORDER for word in words], dtype=np.int64))
    rows, columns = [text[:0]], [text[:0]]
    for length in sorted({len(run) for run in runs}):
        powers = np.int64(len(known) + 1) ** np.arange(length, dtype=np.int64)
        own = [column for column, run in enumerate(runs) if len(run) == length]
        sought = np.array([[number[word] for word in runs[column]] for column in own]) @ powers
        held = sliding_window_view(np.pad(read, (0, length)), length) @ powers
        at = pd.Index(sought).get_indexer(held)
        rows.append(text[np.flatnonzero(at >= 0)])
        columns.append(np.array(own)[at[at >= 0]])
    place = (np.concatenate(rows), np.concatenate(columns))
    return csr_matrix((np.ones(len(place[0])), place), shape=(len(texts), len(terms)))


def _weigh(counts: csr_matrix, rarity: np.ndarray) -> csr_matrix:
    """TF-IDF of counts (n × terms), by the logarithm of counts; rows of length one, or empty."""
    import numpy as np
    from scipy.sparse import csr_matrix

    row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    weights = (np.log(counts.data) + 1) * rarity[counts.indices]
    length = np.sqrt(np.bincount(row, weights**2, minlength=counts.shape[0]))
    return csr_matrix((weights / length[row], counts.indices, counts.indptr), counts.shape)


def _raw(table: np.ndarray, counted: bool) -> np.ndarray:
    import numpy as np

    given = np.asarray(table, dtype=float)
    return np.log1p(given) if counted else given
