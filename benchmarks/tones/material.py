"""Texts as blocks: what the learning machine, and the plain regressions beside it, learn from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack

from workbench.learning import (
    Gaussian,
    fit_columns,
    fit_pieces,
    fit_words,
    mean_vectors,
)
from workbench.learning.blocks import Block
from workbench.text import embed, split_sentences
from workbench.tone import find_markers, load_markers, score_valence
from workbench.tone.counts import count_tone, meanings

BLOCKS = (
    "vectors",
    "nearness",
    "sentences",
    "words",
    "pieces",
    "counts",
    "manner",
    "valence",
)
"""Of the whole machine: whole texts' vectors, Gaussian nearness of these, the same of the mean
vector of the sentences, words to threes, pieces of words, counts, Gaussian nearness of these, and
VADER."""


@dataclass(frozen=True)
class Material:
    """n texts and what is read off them, a row each."""

    texts: np.ndarray
    vectors: np.ndarray
    sentences: np.ndarray
    counts: np.ndarray
    valence: np.ndarray


def read_material(texts: Sequence[str]) -> Material:
    """Vectors, counts and valence of the texts."""
    given = list(texts)
    pieces = [[piece.text for piece in split_sentences(text)] or [text] for text in given]
    owners = np.repeat(np.arange(len(given)), [len(own) for own in pieces])
    vectors = embed([piece for own in pieces for piece in own])
    return Material(
        texts=np.array(given, dtype=object),
        vectors=embed(given),
        sentences=mean_vectors(vectors, owners, len(given)),
        counts=count_tone(given)[list(meanings())].to_numpy(dtype=float),
        valence=score_valence(given).drop(columns="text_id").to_numpy(dtype=float),
    )


def count_markers(texts: Sequence[str]) -> np.ndarray:
    """How often each marker of the tone room fires in each text: n × markers."""
    columns = {(one.dimension, one.id): n for n, one in enumerate(load_markers())}
    table = np.zeros((len(texts), len(columns)))
    fired = find_markers(list(texts))
    for row, dimension, marker in fired[["text_id", "dimension", "marker"]].itertuples(index=False):
        table[row, columns[dimension, marker]] += 1
    return table


def make_blocks(
    material: Material, *rows: np.ndarray, names: Sequence[str] = BLOCKS
) -> list[dict[str, Block]]:
    """The blocks of several lots of rows; all that is learnt of them is learnt of the first."""
    makers = {name: MAKERS[name](material, rows[0]) for name in names}
    return [{name: make(lot) for name, make in makers.items()} for lot in rows]


Maker = Callable[[np.ndarray], Block]


def _counts(material: Material, learnt: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    columns = fit_columns(material.counts[learnt], counted=True)
    return lambda rows: columns.table(material.counts[rows])


def _manner(material: Material, learnt: np.ndarray) -> Maker:
    make = _counts(material, learnt)
    return lambda rows: Gaussian(make(rows), width=1.0)


def _valence(material: Material, learnt: np.ndarray) -> Maker:
    columns = fit_columns(material.valence[learnt])
    return lambda rows: columns.table(material.valence[rows])


def _words(material: Material, learnt: np.ndarray) -> Maker:
    terms = fit_words(material.texts[learnt])
    return lambda rows: terms.table(material.texts[rows])


def _pieces(material: Material, learnt: np.ndarray) -> Maker:
    terms = fit_pieces(material.texts[learnt])
    return lambda rows: terms.table(material.texts[rows])


MAKERS: dict[str, Callable[[Material, np.ndarray], Maker]] = {
    "vectors": lambda material, _: lambda rows: material.vectors[rows],
    "nearness": lambda material, _: lambda rows: Gaussian(material.vectors[rows]),
    "sentences": lambda material, _: lambda rows: Gaussian(material.sentences[rows]),
    "words": _words,
    "pieces": _pieces,
    "counts": _counts,
    "manner": _manner,
    "valence": _valence,
}


def plain_table(blocks: dict[str, Block]) -> csr_matrix:
    """Blocks side by side, unweighed, for a plain regression."""
    return hstack([csr_matrix(block) for block in blocks.values()]).tocsr()


def plain_words(material: Material, *rows: np.ndarray) -> list[csr_matrix]:
    """TF-IDF of words and pairs of words, as one plainly has it from scikit-learn."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    view = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
    view.fit(material.texts[rows[0]])
    return [view.transform(material.texts[lot]) for lot in rows]
