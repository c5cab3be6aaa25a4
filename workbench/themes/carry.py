"""Sentences, and when one carries a theme: learnt from the sentences of core texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import own_sentences, split_sentences
from workbench.text.vectors import embed

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# Least strength with which a theme is carried: a third, and twice what guessing would give. Of
# 1,363 sentences of the demonstration 2 to 8% carried one from a half on; from a quarter pleas did.
_LEAST, _TIMES_GUESSING = 1 / 3, 2
_DIGITS = 6


@dataclass(frozen=True)
class SentenceRule:
    """How well a sentence must fit the themes of ``level`` in order to carry them.

    ``themes``: their numbers, shape ``(k,)``. ``usual`` and ``spread``: mean and standard
    deviation of the nearness to each of sentences of other themes' texts, shape ``(k,)``. ``fits``,
    ascending, and ``strengths``: how likely a theme that a sentence fits so well is its text's own,
    shape ``(s,)``; straight lines between.
    """

    level: int
    themes: np.ndarray
    usual: np.ndarray
    spread: np.ndarray
    fits: np.ndarray
    strengths: np.ndarray

    @property
    def least(self) -> float:
        """Strength from which a sentence carries a theme: 1/3, more for four themes or fewer."""
        return max(_LEAST, _TIMES_GUESSING / (len(self.themes) + 1))


def list_sentences(texts: Texts) -> pd.DataFrame:
    """The sentences of the enquirers' own words: ``text_id``, ``sentence`` (0 the first), places.

    ``start`` and ``end`` (exclusive) are places in the text as given; ``text`` is the sentence. A
    text in which its writer does nothing but pass something on is read whole.
    """
    import pandas as pd

    given, ids = as_texts(texts)
    rows = [
        (own, number, piece.start, piece.end, piece.text)
        for own, text in zip(ids, given, strict=True)
        for number, piece in enumerate(own_sentences(text) or split_sentences(text))
    ]
    return pd.DataFrame(rows, columns=["text_id", "sentence", "start", "end", "text"])


def sentence_vectors(sentences: pd.DataFrame, vectors: np.ndarray | None) -> np.ndarray:
    """The vectors given for ``sentences``, checked, or those of ``embed``; one a row."""
    if vectors is None:
        return embed(sentences["text"].to_list())
    check_vectors(len(sentences), vectors, what="sentences")
    return vectors


def learn_rule(
    cosines: np.ndarray, own: np.ndarray, *, core: np.ndarray, level: int, themes: np.ndarray
) -> SentenceRule:
    """Learn the rule from sentences whose texts' themes are known.

    ``cosines`` of sentences to centres, shape ``(n, k)``; ``own`` is the column of the text's
    theme (-1 none), ``core`` says whose text is core; both ``(n,)``. Only sentences of core texts
    are learnt from, and each theme counts alike, however many they are.

    A sentence is right where the theme that it fits best is its text's own; the share of right
    ones by fit is the strength, by isotonic regression (Zadrozny and Elkan 2002). Each right one
    counts once more as wrong, with its own theme put out of sight: so what sentences of no theme
    look like is learnt without examples of them. A sentence of a text of several themes is right
    for one of them alone, so strengths err on the low side.
    """
    import numpy as np
    from sklearn.isotonic import IsotonicRegression

    known = np.flatnonzero(core & (own >= 0))
    relative, own = _relative(cosines[known]), own[known]
    count, every = len(themes), np.arange(len(known))
    usual, spread = np.zeros(count), np.ones(count)
    if len(np.unique(own)) < 2:
        return SentenceRule(level, themes, usual, spread, np.zeros(1), np.zeros(1))
    for theme in range(count):
        others = relative[own != theme, theme]
        usual[theme], spread[theme] = others.mean(), max(float(others.std()), 1e-6)
    scores = (relative - usual) / spread
    fit = _fit(scores)
    right = fit.argmax(axis=1) == own
    scores[every, own] = -np.inf
    hidden = _fit(scores)[right]
    weights = 1 / np.bincount(own, minlength=count)[own]
    learnt = IsotonicRegression(out_of_bounds="clip").fit(
        np.round(np.concatenate([fit.max(axis=1), hidden.max(axis=1)]), _DIGITS),
        np.concatenate([right, np.zeros(len(hidden))]),
        sample_weight=np.concatenate([weights, weights[right]]),
    )
    return SentenceRule(
        level, themes, usual, spread, learnt.X_thresholds_, np.round(learnt.y_thresholds_, _DIGITS)
    )


def theme_strengths(rule: SentenceRule, cosines: np.ndarray) -> np.ndarray:
    """How likely each theme is the one that each sentence speaks of, 0 to 1, shape ``(n, k)``.

    0 for a sentence without words (a row of zeros in ``cosines``).
    """
    import numpy as np

    fit = np.round(_fit((_relative(cosines) - rule.usual) / rule.spread), _DIGITS)
    strengths = np.round(np.interp(fit, rule.fits, rule.strengths), _DIGITS)
    return np.asarray(np.where(np.any(cosines, axis=1, keepdims=True), strengths, 0.0))


def _relative(cosines: np.ndarray) -> np.ndarray:
    """Cosines less what a sentence has to all themes alike."""
    import numpy as np

    return np.asarray(cosines - cosines.mean(axis=1, keepdims=True), dtype=np.float64)


def _fit(scores: np.ndarray) -> np.ndarray:
    """Near and ahead: each score, and its lead over the best other one (at least 0) added."""
    import numpy as np

    ordered = np.sort(scores, axis=1)
    best = ordered[:, -1:]
    second = ordered[:, -2:-1] if scores.shape[1] > 1 else np.zeros_like(best)
    other = np.where(scores == best, second, best)
    return np.asarray(2 * scores - np.maximum(other, 0))


def check_vectors(count: int, vectors: np.ndarray, *, what: str = "texts") -> None:
    """Raise ``WorkbenchError`` unless ``vectors`` has ``count`` rows."""
    if vectors.ndim != 2 or len(vectors) != count:
        raise WorkbenchError(
            f"{count} {what} need as many rows of vectors; there are {len(vectors)}. Make them "
            "with embed() from the same texts, in the same order."
        )
