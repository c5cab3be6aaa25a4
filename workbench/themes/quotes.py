"""Sentences that stand for a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import Sentence, own_sentences
from workbench.text.vectors import embed
from workbench.themes.discover import Themes

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_TEXTS_READ = 10
_FEWEST_WORDS, _MOST_WORDS = 5, 45
# Two sentences of one theme must not be closer than this cosine: five ways of saying one thing
# show less than five things said.
_ALIKE = 0.8


def theme_sentences(
    themes: Themes, texts: Texts, vectors: np.ndarray, *, count: int = 5
) -> pd.DataFrame:
    """Sentences nearest to each theme's centre, unlike each other, at most one a text.

    Columns ``theme``, ``text_id``, ``start``, ``end`` (places in the text as given) and
    ``similarity`` (cosine to the centre, -1 to 1), nearest first; at most ``count`` rows a theme,
    main themes and sub-themes. Sentences of 5 to 45 words (shorter where a text has no
    other) are read in each theme's most typical core texts. The places point into case text:
    redact before showing.
    """
    import numpy as np
    import pandas as pd

    given, ids = as_texts(texts)
    pools = {}
    for level in (0, 1):
        found = themes.at_level(level).to_numpy()
        for theme in themes.themes.loc[themes.themes["level"] == level, "theme"]:
            member = np.flatnonzero(found == theme)
            centre = vectors[member].mean(axis=0)
            centre /= max(float(np.linalg.norm(centre)), 1e-12)
            typical = _most_typical(themes, member, vectors[member] @ centre)
            pool = [(row, piece) for row in typical for piece in _readable(given[row])]
            pools[int(theme)] = (centre, pool)
    # All at once: one pass over the model and one over the cache.
    every = [piece.text for _, pool in pools.values() for _, piece in pool]
    read = dict(zip(every, embed(every), strict=True))
    rows = [
        (theme, ids[row], piece.start, piece.end, similarity)
        for theme, (centre, pool) in pools.items()
        for row, piece, similarity in _choose(pool, centre, read, count)
    ]
    return pd.DataFrame(rows, columns=["theme", "text_id", "start", "end", "similarity"])


def _most_typical(themes: Themes, member: np.ndarray, nearness: np.ndarray) -> list[int]:
    import numpy as np

    core = (themes.assignments["state"].to_numpy()[member] == "core").astype(int)
    order = np.lexsort((member, -np.round(nearness, 6), -core))
    return [int(row) for row in member[order][:_TEXTS_READ]]


def _readable(text: str) -> list[Sentence]:
    pieces = [piece for piece in own_sentences(text) if len(piece.text.split()) <= _MOST_WORDS]
    return [piece for piece in pieces if len(piece.text.split()) >= _FEWEST_WORDS] or pieces


def _choose(
    pool: list[tuple[int, Sentence]],
    centre: np.ndarray,
    read: dict[str, np.ndarray],
    count: int,
) -> list[tuple[int, Sentence, float]]:
    """The nearest of ``pool`` that are unlike each other, one a text."""
    import numpy as np

    if not pool:
        return []
    vectors = np.stack([read[piece.text] for _, piece in pool])
    nearness = np.round((vectors @ centre).astype(float), 6)
    chosen: list[int] = []
    for place in np.lexsort((np.arange(len(pool)), -nearness)):
        own_row = pool[place][0]
        if any(pool[other][0] == own_row for other in chosen):
            continue
        if chosen and float((vectors[chosen] @ vectors[place]).max()) > _ALIKE:
            continue
        chosen.append(int(place))
        if len(chosen) == count:
            break
    return [(*pool[place], float(nearness[place])) for place in chosen]
