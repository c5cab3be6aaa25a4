"""Words counted text by text: what comparisons of words rest on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from workbench.text.inputs import Texts, as_texts
from workbench.text.words import ngrams, tokenize

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

Split = Callable[[str], list[str]]
"""How a text is cut into words."""


@dataclass(frozen=True)
class Terms:
    """How often each word stands in each text.

    ``words`` are in order of name; ``counts`` is sparse, (n_texts, n_words); ``lengths``,
    (n_texts,), counts all words of a text, also those left out of ``words``.
    """

    words: tuple[str, ...]
    counts: csr_array
    lengths: Floats

    def part(self, texts: slice) -> Terms:
        """The same words counted in some of the texts alone."""
        return Terms(self.words, self.counts[texts], self.lengths[texts])

    def seen(self, least: int) -> Terms:
        """The words that are seen at least ``least`` times in all texts together."""
        kept = np.flatnonzero(self.totals >= least)
        words = tuple(self.words[place] for place in kept)
        return Terms(words, self.counts[:, kept], self.lengths)

    @property
    def totals(self) -> Floats:
        """How often each word stands in all texts together."""
        return np.asarray(self.counts.sum(axis=0), dtype=np.float64).ravel()

    @property
    def spread(self) -> Floats:
        """In how many texts each word stands."""
        return np.bincount(self.counts.indices, minlength=len(self.words)).astype(np.float64)


def count_terms(
    texts: Texts, *, length: int = 1, stop: Collection[str] = (), split: Split = tokenize
) -> Terms:
    """Count the words of each text, or its runs of ``length`` words.

    A word in ``stop`` is left out, and so is a run that begins or ends with one.
    """
    from scipy.sparse import csr_array

    left_out = frozenset(word.lower() for word in stop)
    codes: dict[str, int] = {}
    columns: list[int] = []
    values: list[int] = []
    ends, lengths = [0], []
    for text in as_texts(texts)[0]:
        found = split(text)
        counts = Counter(ngrams(found, length=length, stop=left_out))
        columns += [codes.setdefault(word, len(codes)) for word in counts]
        values += counts.values()
        ends.append(len(columns))
        lengths.append(max(len(found) - length + 1, 0))
    words = sorted(codes)
    place = np.empty(len(codes), dtype=np.int64)
    place[[codes[word] for word in words]] = np.arange(len(words))
    counted = (np.array(values, dtype=np.float64), place[columns], ends)
    matrix = csr_array(counted, shape=(len(lengths), len(words)))
    return Terms(tuple(words), matrix, np.array(lengths, dtype=np.float64))


def count_both(
    texts_a: Texts,
    texts_b: Texts,
    *,
    least: int,
    length: int = 1,
    stop: Collection[str] = (),
    split: Split = tokenize,
) -> tuple[Terms, Terms]:
    """Both sides counted over the same words: those seen ``least`` times on both together."""
    every = [*as_texts(texts_a)[0], *as_texts(texts_b)[0]]
    border = len(as_texts(texts_a)[0])
    terms = count_terms(every, length=length, stop=stop, split=split).seen(least)
    return terms.part(slice(None, border)), terms.part(slice(border, None))
