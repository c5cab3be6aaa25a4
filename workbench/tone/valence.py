"""Valence by VADER: a plain reference beside the tones, never one of them.

Hutto and Gilbert (2014). On pleas it fails: "please" and "help" count as positive, so that a
desperate message can score well above zero.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from workbench.text.clean import clean_texts
from workbench.text.inputs import Texts, as_texts

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# What VADER gives a sentence none of whose words it knows: all neutral.
_PLAIN = (0.0, 1.0, 0.0, 0.0)


def score_valence(texts: Texts) -> pd.DataFrame:
    """VADER's scores of the enquirer's own words: one row a text.

    Columns ``text_id``; ``negative``, ``neutral``, ``positive`` (shares from 0 to 1);
    ``compound`` (-1 most negative to 1 most positive).
    """
    import pandas as pd

    given, ids = as_texts(texts)
    rows = [_analyser().polarity_scores(text) for text in clean_texts(given)]
    frame = pd.DataFrame(rows, columns=["neg", "neu", "pos", "compound"], dtype="float64")
    frame.columns = pd.Index(["negative", "neutral", "positive", "compound"])
    frame.insert(0, "text_id", ids)
    return frame


def valence_of(sentences: Sequence[str]) -> np.ndarray:
    """VADER's negative, neutral, positive and compound score of each sentence: n × 4."""
    import numpy as np

    analyser = _analyser()
    emojis, known = analyser.emojis.keys(), _known_words(sentences)

    def score(sentence: str) -> tuple[float, ...]:
        words = sentence.split()
        # Emojis stand for words: VADER puts them in their place.
        if words and known.isdisjoint(words) and emojis.isdisjoint(sentence):
            return _PLAIN
        return tuple(analyser.polarity_scores(sentence).values())

    return np.array([score(sentence) for sentence in sentences], dtype=float).reshape(-1, 4)


def _known_words(sentences: Sequence[str]) -> set[str]:
    """The words, as they stand in the sentences, that VADER's lexicon holds."""
    from vaderSentiment.vaderSentiment import SentiText

    lexicon, strip = _analyser().lexicon, SentiText._strip_punc_if_word
    words = {word for sentence in sentences for word in sentence.split()}
    return {word for word in words if strip(word).lower() in lexicon}


@cache
def _analyser() -> Any:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    return SentimentIntensityAnalyzer()
