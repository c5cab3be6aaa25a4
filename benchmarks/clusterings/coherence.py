"""Coherence and diversity of the words that stand out in each theme.

The words are chosen alike for every way, from the division alone, so that a way's own keywords
play no part: ten by class-based TF-IDF (Grootendorst 2022) among words, not function words, that
stand in at least five texts. Probabilities come from sliding windows over the set's own texts, as
in Röder, Both and Hinneburg (2015): 10 words wide for NPMI, 110 for C_V. On short texts that is
what gensim gives; on long ones gensim gives a little less, since its window forgets a word that
leaves at one end while it stands again further on. Such scores name winners that readers do not
see (arXiv 2107.02173): they are shown, not ranked on.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

TOP = 10
FEWEST_TEXTS = 5
NPMI_WINDOW = 10
C_V_WINDOW = 110
_TINY = 1e-12


@dataclass(frozen=True)
class Words:
    """A set's texts as numbers of words: ``vocabulary[number]``, -1 for a word left out.

    ``texts`` holds one array a text, of every position, so that windows keep their width.
    ``counts`` is text × word.
    """

    texts: list[np.ndarray]
    vocabulary: list[str]
    counts: csr_array


def read_words(
    tokens: list[list[str]], *, stop: Collection[str], fewest: int = FEWEST_TEXTS
) -> Words:
    """Number the words that are not in ``stop`` and stand in ``fewest`` texts or more."""
    from collections import Counter

    spread = Counter(word for text in tokens for word in set(text))
    left_out = set(stop)
    chosen = sorted(w for w, count in spread.items() if count >= fewest and w not in left_out)
    number = {word: place for place, word in enumerate(chosen)}
    texts = [np.array([number.get(w, -1) for w in text], dtype=np.int64) for text in tokens]
    counts = _table(texts, [text >= 0 for text in texts], len(chosen))
    return Words(texts, chosen, counts)


def top_words(words: Words, labels: np.ndarray, *, count: int = TOP) -> list[np.ndarray]:
    """Numbers of the words with the highest c-TF-IDF in each theme; ties by word."""
    names, inverse = np.unique(labels[labels >= 0], return_inverse=True)
    placed = words.counts[np.flatnonzero(labels >= 0)]
    member = csr_array((np.ones(len(inverse)), (inverse, np.arange(len(inverse)))))
    totals = (member @ placed).toarray() if len(names) else np.zeros((0, len(words.vocabulary)))
    spread = totals.sum(axis=0)
    mean = totals.sum() / max(len(names), 1)
    rarity = np.log1p(mean / np.maximum(spread, 1))
    scores = totals / np.maximum(totals.sum(axis=1, keepdims=True), 1) * rarity
    order = np.argsort(-np.round(scores, 12), axis=1, kind="stable")[:, :count]
    return [row[scores[name, row] > 0] for name, row in enumerate(order)]


def diversity(topics: list[np.ndarray]) -> float:
    """Share of different words among the top words of all themes: 1 where none is shared."""
    every = np.concatenate(topics) if topics else np.empty(0)
    return float(len(np.unique(every)) / len(every)) if len(every) else float("nan")


def npmi(words: Words, topics: list[np.ndarray], *, window: int = NPMI_WINDOW) -> float:
    """Mean normalised pointwise mutual information of pairs of top words, from -1 to 1."""
    matrix, place = _npmi_matrix(words, topics, window)
    found = []
    for topic in topics:
        own = place[topic]
        pairs = matrix[np.ix_(own, own)][np.triu_indices(len(own), 1)]
        if len(pairs):
            found.append(float(pairs.mean()))
    return float(np.mean(found)) if found else float("nan")


def c_v(words: Words, topics: list[np.ndarray], *, window: int = C_V_WINDOW) -> float:
    """C_V of Röder and others (2015): cosine of each word's NPMI row to the sum of all, 0 to 1."""
    matrix, place = _npmi_matrix(words, topics, window)
    found = []
    for topic in topics:
        rows = matrix[np.ix_(place[topic], place[topic])]
        whole = rows.sum(axis=0)
        lengths = np.linalg.norm(rows, axis=1) * np.linalg.norm(whole)
        if len(rows) > 1:
            found.append(float(np.mean(rows @ whole / np.maximum(lengths, _TINY))))
    return float(np.mean(found)) if found else float("nan")


def _npmi_matrix(
    words: Words, topics: list[np.ndarray], window: int
) -> tuple[np.ndarray, np.ndarray]:
    """NPMI of all pairs of top words, and the place of each word of the vocabulary in it."""
    needed = np.unique(np.concatenate(topics)) if topics else np.empty(0, dtype=np.int64)
    place = np.full(len(words.vocabulary) + 1, -1)
    place[needed] = np.arange(len(needed))
    seen = _windows([place[text] for text in words.texts], window, len(needed))
    together = (seen.T @ seen).toarray() / max(seen.shape[0], 1)
    single = np.diag(together)
    joint = together + _TINY
    return np.log(joint / np.outer(single, single)) / np.maximum(-np.log(joint), _TINY), place


def _windows(texts: list[np.ndarray], width: int, size: int) -> csr_array:
    """Which word stands in which window: ones, shape ``(windows, size)``; short texts have one."""
    rows, columns, first = [], [], 0
    for text in texts:
        count = max(len(text) - width + 1, 1)
        at = np.flatnonzero(text >= 0)
        low, high = np.maximum(at - width + 1, 0), np.minimum(at, count - 1)
        reach = high - low + 1
        steps = np.arange(reach.sum()) - np.repeat(np.cumsum(reach) - reach, reach)
        rows.append(first + np.repeat(low, reach) + steps)
        columns.append(np.repeat(text[at], reach))
        first += count
    where = (np.concatenate(rows), np.concatenate(columns))
    found = csr_array((np.ones(len(where[0]), dtype=np.float32), where), shape=(first, size))
    found.sum_duplicates()
    found.data[:] = 1
    return found


def _table(texts: list[np.ndarray], kept: list[np.ndarray], width: int) -> csr_array:
    rows = np.repeat(np.arange(len(texts)), [int(mask.sum()) for mask in kept])
    columns = np.concatenate([text[mask] for text, mask in zip(texts, kept, strict=True)])
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(texts), width))
