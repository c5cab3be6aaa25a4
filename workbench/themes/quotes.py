"""Sentences that stand for a theme, texts that nearly fit it, and the themes beside it."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import Sentence, own_sentences
from workbench.text.vectors import embed
from workbench.themes.carry import check_vectors
from workbench.themes.found import NO_THEME, Themes
from workbench.themes.partition import CORE
from workbench.themes.place import centres_at

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FEWEST, MOST = 3, 20
# Texts read for each sentence that is wanted.
_TEXTS_READ = 4
_FEWEST_TEXTS = 10
_FEWEST_WORDS, _MOST_WORDS = 5, 45
# Two sentences of one theme must not be closer than this cosine: five ways of saying one thing
# show less than five things said.
_ALIKE = 0.8
_DIGITS = 6

Piece = tuple[int, Sentence]


def theme_sentences(
    themes: Themes,
    texts: Texts,
    vectors: np.ndarray,
    *,
    count: int = 5,
    level: int | None = None,
    leave_out: Collection[Hashable] = (),
) -> pd.DataFrame:
    """Sentences that stand for each theme, unlike each other, at most one a text.

    Columns ``theme``, ``text_id``, ``start``, ``end`` (places in the text as given) and
    ``similarity`` (cosine to the theme's centre, -1 to 1); at most ``count`` rows a theme of
    ``level``, or of any, 3 to 20, best first. The best lie near the centre of their theme, and
    far nearer than to that of any other of its level: what any enquiry may say stands for none.
    Sentences of 5 to 45 words (shorter where a text has no other) are read in each theme's most
    typical core texts, but for those whose ids are in ``leave_out``. The places point into case
    text: redact before showing. ``vectors`` are those that the themes were found in, one a row of
    ``texts``.

    Raises ``WorkbenchError`` for another ``count``, or vectors that do not fit.
    """
    import numpy as np
    import pandas as pd

    if not FEWEST <= count <= MOST:
        raise WorkbenchError(
            f"A theme is shown by {FEWEST} to {MOST} sentences: give 'count' in that range."
        )
    given, ids = as_texts(texts)
    check_vectors(len(given), vectors)
    pools, others = {}, {}
    out = frozenset(leave_out)
    may_read = np.array([id_ not in out for id_ in ids], dtype=bool)
    for theme, depth, centre in _each_theme(themes):
        if level not in (None, depth):
            continue
        member = np.flatnonzero((themes.at_level(depth).to_numpy() == theme) & may_read)
        others[theme] = [c for t, d, c in _each_theme(themes) if d == depth and t != theme]
        typical = _most_typical(themes, member, vectors[member] @ centre, _texts_read(count))
        pools[theme] = (
            centre,
            [(row, piece) for row in typical for piece in _readable(given[row])],
        )
    read = _embed_pieces([piece for _, pool in pools.values() for _, piece in pool])
    rows = [
        (theme, ids[row], piece.start, piece.end, similarity)
        for theme, (centre, pool) in pools.items()
        for row, piece, similarity in _choose(pool, centre, read, count, others[theme])
    ]
    return pd.DataFrame(rows, columns=["theme", "text_id", "start", "end", "similarity"])


def near_misses(
    themes: Themes, texts: Texts, vectors: np.ndarray, *, count: int = 2
) -> pd.DataFrame:
    """Texts that nearly fit a theme and belong to another, each with the sentence that tempts.

    Columns ``theme`` (nearly), ``belongs`` (the theme of the same level that the text is in),
    ``text_id``, ``start``, ``end``, ``similarity`` (cosine of the sentence to the centre of
    ``theme``, -1 to 1), nearest first; at most ``count`` rows a theme, 1 to 20, of different texts.
    Read are the texts whose nearness to the theme falls least behind that to their own. The
    sentence is the nearest that is still nearer to its own theme, where the text has such a one.
    ``vectors`` and errors are as for ``theme_sentences``.
    """
    import pandas as pd

    if not 1 <= count <= MOST:
        raise WorkbenchError(f"Ask for 1 to {MOST} near misses a theme: 'count' is out of range.")
    given, ids = as_texts(texts)
    check_vectors(len(given), vectors)
    centres = {theme: centre for theme, _, centre in _each_theme(themes)}
    belongs, pools = {}, {}
    for theme, level, _ in _each_theme(themes):
        own = themes.at_level(level).to_numpy()
        rows = _most_tempted(own, theme, vectors, centres)[: _texts_read(count)]
        belongs[theme] = {row: int(own[row]) for row in rows}
        pools[theme] = [(row, piece) for row in rows for piece in _readable(given[row])]
    read = _embed_pieces([piece for pool in pools.values() for _, piece in pool])
    found = []
    for theme, pool in pools.items():
        own_centres = {row: centres[own] for row, own in belongs[theme].items()}
        nearly = _not_quite(pool, centres[theme], own_centres, read)
        found += [
            (theme, belongs[theme][row], ids[row], piece.start, piece.end, similarity)
            for row, piece, similarity in _choose(nearly, centres[theme], read, count)
        ]
    columns = ["theme", "belongs", "text_id", "start", "end", "similarity"]
    return pd.DataFrame(found, columns=columns)


def theme_neighbours(themes: Themes, *, count: int = 3) -> pd.DataFrame:
    """The themes nearest to each theme at its own level: at most ``count`` rows a theme.

    Columns ``theme``, ``neighbour``, ``similarity`` (cosine of their centres, -1 to 1), nearest
    first. Raises ``WorkbenchError`` where ``count`` is below 1.
    """
    import numpy as np
    import pandas as pd

    if count < 1:
        raise WorkbenchError("Ask for at least one neighbour a theme: 'count' is 1 or more.")
    frame, parts = themes.themes, []
    for _, same in frame.groupby("level", sort=True):
        names = same["theme"].to_numpy()
        own = centres_at(themes, names).astype(np.float64)
        cosines = np.round(own @ own.T, _DIGITS)
        np.fill_diagonal(cosines, -np.inf)
        order = np.argsort(-cosines, axis=1, kind="stable")[:, : min(count, len(names) - 1)]
        parts.append(
            pd.DataFrame(
                {
                    "theme": np.repeat(names, order.shape[1]),
                    "neighbour": names[order].ravel(),
                    "similarity": np.take_along_axis(cosines, order, axis=1).ravel(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _each_theme(themes: Themes) -> list[tuple[int, int, np.ndarray]]:
    """Number, level and centre of each theme."""
    numbers = themes.themes[["theme", "level"]].to_numpy().tolist()
    return [(*pair, centre) for pair, centre in zip(numbers, themes.centres, strict=True)]


def _texts_read(count: int) -> int:
    return max(_FEWEST_TEXTS, _TEXTS_READ * count)


def _most_typical(themes: Themes, member: np.ndarray, nearness: np.ndarray, most: int) -> list[int]:
    import numpy as np

    core = (themes.assignments["state"].to_numpy()[member] == CORE).astype(int)
    order = np.lexsort((member, -np.round(nearness, _DIGITS), -core))
    return [int(row) for row in member[order][:most]]


def _most_tempted(
    own: np.ndarray, theme: int, vectors: np.ndarray, centres: dict[int, np.ndarray]
) -> list[int]:
    """Rows of the texts of other themes, those first that lie nearest to the border."""
    import numpy as np

    elsewhere = np.flatnonzero((own != theme) & (own != NO_THEME))
    if not len(elsewhere):
        return []
    names, place = np.unique(own[elsewhere], return_inverse=True)
    rows = vectors[elsewhere]
    at_own = (rows * np.stack([centres[int(name)] for name in names])[place]).sum(axis=1)
    behind = np.round(at_own - rows @ centres[theme], _DIGITS)
    return [int(row) for row in elsewhere[np.argsort(behind, kind="stable")]]


def _not_quite(
    pool: list[Piece],
    centre: np.ndarray,
    own_centres: dict[int, np.ndarray],
    read: dict[str, np.ndarray],
) -> list[Piece]:
    """Of each text the sentences nearer to its own centre than to ``centre``; all, if none is."""
    nearer = [
        (row, piece)
        for row, piece in pool
        if float(read[piece.text] @ (own_centres[row] - centre)) > 0
    ]
    kept = {row for row, _ in nearer}
    return nearer + [(row, piece) for row, piece in pool if row not in kept]


def _readable(text: str) -> list[Sentence]:
    pieces = [piece for piece in own_sentences(text) if len(piece.text.split()) <= _MOST_WORDS]
    return [piece for piece in pieces if len(piece.text.split()) >= _FEWEST_WORDS] or pieces


def _embed_pieces(pieces: list[Sentence]) -> dict[str, np.ndarray]:
    """The vector of each sentence; all at once, for one pass over the model and the cache."""
    said = sorted({piece.text for piece in pieces})
    return dict(zip(said, embed(said), strict=True))


def _choose(
    pool: list[Piece],
    centre: np.ndarray,
    read: dict[str, np.ndarray],
    count: int,
    others: Sequence[np.ndarray] = (),
) -> list[tuple[int, Sentence, float]]:
    """The nearest of ``pool`` that are unlike each other, one a text.

    With ``others``, how much nearer a sentence is than to the nearest of these weighs as much as
    how near it is.
    """
    import numpy as np

    if not pool:
        return []
    vectors = np.stack([read[piece.text] for _, piece in pool])
    nearness = np.round((vectors @ centre).astype(float), _DIGITS)
    merit = nearness
    if len(others):
        merit = np.round(2 * nearness - np.max(vectors @ np.stack(others).T, axis=1), _DIGITS)
    chosen: list[int] = []
    for place in np.lexsort((np.arange(len(pool)), -merit)):
        own_row = pool[place][0]
        if any(pool[other][0] == own_row for other in chosen):
            continue
        if chosen and float((vectors[chosen] @ vectors[place]).max()) > _ALIKE:
            continue
        chosen.append(int(place))
        if len(chosen) == count:
            break
    return [(*pool[place], float(nearness[place])) for place in chosen]
