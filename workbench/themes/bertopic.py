"""BERTopic as the frame around our themes: the only importer of BERTopic.

Grootendorst (2022), BERTopic. Its class-based TF-IDF ranks the keywords, and its plots and views
work on our themes; its dimension reduction (UMAP) and clustering (HDBSCAN) are not used, since
their themes change with the order of the rows.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from workbench.errors import WorkbenchError
from workbench.files import write_bytes
from workbench.text.clean import clean_texts
from workbench.text.words import WORD_PATTERN, drop_names, stop_words, tokenize

if TYPE_CHECKING:
    import numpy as np
    from bertopic import BERTopic
    from scipy.sparse import csr_matrix

_FEWEST_TEXTS = 5
_RANKED = 60
# A keyword stands in at least this share of its theme's texts: else one turn of phrase in a few
# texts would name the theme.
_LEAST_SHARE = 0.06


class GivenThemes:
    """A clusterer, as BERTopic expects one, that keeps the themes it was given.

    ``themes`` holds one theme a text (-1 unplaced), shape ``(n,)``. New texts go to the theme
    whose centre is nearest.
    """

    def __init__(self, themes: np.ndarray) -> None:
        self.labels_ = themes

    def fit(self, vectors: np.ndarray, y: object = None) -> Self:
        """Learn the centres of the themes; ``vectors`` has one row a theme given."""
        import numpy as np

        self.names_ = np.unique(self.labels_[self.labels_ >= 0])
        self.centres_ = np.stack(
            [vectors[self.labels_ == name].mean(axis=0) for name in self.names_]
        )
        return self

    def predict(self, vectors: np.ndarray) -> np.ndarray:
        """The theme with the nearest centre, by cosine, for each row of ``vectors``."""
        import numpy as np

        lengths = np.linalg.norm(self.centres_, axis=1)
        return np.asarray(self.names_[(vectors @ self.centres_.T / lengths).argmax(axis=1)])


def fit_bertopic(
    texts: list[str], vectors: np.ndarray, themes: np.ndarray, *, stop: Collection[str] = ()
) -> BERTopic:
    """A BERTopic model fitted to themes already found; ``themes`` has one a text, -1 unplaced.

    BERTopic numbers topics by size: ``theme_numbers`` tells which topic is which theme. ``stop``
    are words to leave out of the keywords beside the English function words.
    """
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from bertopic.vectorizers import ClassTfidfTransformer

    documents = wordings(texts)
    model = BERTopic(
        # Not "english": BERTopic would strip apostrophes and hyphens out of the words.
        language="multilingual",
        embedding_model=None,
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=GivenThemes(themes),
        vectorizer_model=_fix_words(_make_vectorizer(documents, stop), documents),
        ctfidf_model=ClassTfidfTransformer(reduce_frequent_words=True),
        calculate_probabilities=False,
    )
    return model.fit(documents, embeddings=vectors)


def save_bertopic(model: BERTopic, folder: Path | str) -> Path:
    """Save a model as JSON and safetensors, which hold figures and words and can run nothing.

    BERTopic's own default is a format that can run code when it is opened.
    ``BERTopic.load(folder)`` reads this one; new texts then need vectors. The topics' words come
    from case texts: keep it private.
    """
    path = Path(folder)
    with tempfile.TemporaryDirectory() as made:
        options = {"save_ctfidf": True, "save_embedding_model": False}
        model.save(made, serialization="safetensors", **options)
        for file in sorted(Path(made).iterdir()):
            write_bytes(path / file.name, file.read_bytes(), private=True)
    return path


def theme_numbers(model: BERTopic, themes: np.ndarray) -> dict[int, int]:
    """Which topic of ``model`` stands for which theme: topic number to theme number."""
    return {int(topic): int(theme) for topic, theme in zip(model.topics_, themes, strict=True)}


@dataclass(frozen=True)
class Terms:
    """Words and pairs of words, shape ``(w,)``, and how often each text holds each, ``(n, w)``."""

    words: np.ndarray
    counts: csr_matrix


def count_terms(documents: list[str], *, stop: Collection[str] = ()) -> Terms:
    """Count the terms that keywords are chosen from; ``documents`` are ``wordings`` of texts."""
    vectorizer = _make_vectorizer(documents, stop)
    counts = vectorizer.fit_transform(documents)
    return Terms(vectorizer.get_feature_names_out(), counts)


def rank_words(terms: Terms, themes: np.ndarray) -> dict[int, list[str]]:
    """The words of each theme, best first: class-based TF-IDF times distinctness.

    ``themes`` holds a theme for each text, -1 unplaced.
    """
    import numpy as np
    from bertopic.vectorizers import ClassTfidfTransformer
    from scipy.sparse import csr_array, csr_matrix

    names = np.unique(themes[themes >= 0])
    placed = np.flatnonzero(themes >= 0)
    member = csr_array(
        (np.ones(len(placed)), (np.searchsorted(names, themes[placed]), placed)),
        shape=(len(names), len(themes)),
    )
    # Summed text by text: joined documents would make pairs across their borders.
    counts = csr_matrix(member @ terms.counts)
    used = np.flatnonzero(np.asarray(counts.sum(axis=0)).ravel())
    scores = ClassTfidfTransformer(reduce_frequent_words=True).fit_transform(counts[:, used])
    holding = (member @ terms.counts[:, used].astype(bool)).toarray()
    weight = _distinctness(holding, np.asarray(member.sum(axis=1)))
    words = terms.words[used]
    return {
        int(name): _best(words, scores[[row]].toarray()[0] * weight[row])
        for row, name in enumerate(names)
    }


def _distinctness(holding: np.ndarray, sizes: np.ndarray) -> np.ndarray:
    """How much more of a theme's texts than of the others hold a word: root of the log ratio.

    ``holding`` counts texts by theme and word, shape ``(k, w)``; ``sizes`` texts by theme. With
    few themes c-TF-IDF hardly tells apart what every theme says. Words that others say as much, or
    that too few of a theme's texts hold, get 0.
    """
    import numpy as np

    if len(sizes) == 1:
        return np.ones_like(holding, dtype=float)
    within = (holding + 0.5) / (sizes[:, None] + 1)
    beyond = (holding.sum(axis=0) - holding + 0.5) / (sizes.sum() - sizes + 1)[:, None]
    enough = holding >= np.maximum(2, _LEAST_SHARE * sizes)[:, None]
    return np.where(enough, np.sqrt(np.maximum(np.log(within / beyond), 0)), 0)


def wordings(texts: list[str]) -> list[str]:
    """What keywords are drawn from: the enquirers' own words, without names and addresses."""
    return [drop_names(text).replace("’", "'") or " " for text in clean_texts(texts)]


def _best(words: np.ndarray, scores: np.ndarray) -> list[str]:
    import numpy as np

    order = np.lexsort((words, -np.round(scores, 9)))[:_RANKED]
    return [str(words[place]) for place in order if scores[place] > 0]


def _fix_words(vectorizer: Any, documents: list[str]) -> Any:
    """The same with its words fixed: BERTopic counts in joined documents, where few is no less."""
    known = vectorizer.fit(documents).get_feature_names_out().tolist()
    return vectorizer.set_params(vocabulary=known, min_df=1)


def _make_vectorizer(documents: list[str], stop: Collection[str]) -> Any:
    """Counts words and pairs of words that at least five texts hold (fewer for short lists).

    A word that few texts hold may point to a person, and says little of a theme. Raises
    ``WorkbenchError`` where no text holds a word beside the stop words.
    """
    from sklearn.feature_extraction.text import CountVectorizer

    left_out = stop_words() | {word.lower() for word in stop}
    options: dict[str, Any] = {
        "token_pattern": WORD_PATTERN,
        "stop_words": sorted(left_out),
        "ngram_range": (1, 2),
    }
    if not any(word not in left_out for text in documents for word in tokenize(text)):
        raise WorkbenchError(
            "The texts hold no words beside function words such as 'the' and 'and', so there are "
            "no themes to find. Check which column is the text."
        )
    fewest = min(_FEWEST_TEXTS, 1 + len(documents) // 50)
    return CountVectorizer(min_df=fewest, **options)
