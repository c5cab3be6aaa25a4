"""Sentences, cases and next year's texts placed on themes that stay as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.text.vectors import embed
from workbench.themes.carry import (
    SentenceRule,
    check_vectors,
    learn_rule,
    list_sentences,
    sentence_vectors,
    theme_strengths,
)
from workbench.themes.found import NO_THEME, Themes
from workbench.themes.partition import BORDERLINE, CORE, UNPLACED
from workbench.themes.reach import find_nearest, learn_limits

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


def learn_sentences(
    themes: Themes,
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    level: int = 1,
    placed: pd.DataFrame | None = None,
) -> SentenceRule:
    """Learn from the sentences of core texts when a sentence carries a theme.

    ``place_sentences`` does so by itself from the texts given. To place few texts, or next year's
    by this year's measure, learn from the fitted texts and hand it the rule. The parameters are
    those of ``place_sentences``.
    """
    sentences = list_sentences(texts)
    found = sentence_vectors(sentences, vectors)
    return _learn(themes, found, *_own_themes(themes, sentences, placed, level), level=level)


def place_sentences(
    themes: Themes,
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    level: int = 1,
    placed: pd.DataFrame | None = None,
    rule: SentenceRule | None = None,
) -> pd.DataFrame:
    """Which sentences carry which themes of ``level``: one row a sentence and theme.

    Columns ``text_id``, ``sentence`` (0 the first of the text), ``start``, ``end`` (places in the
    text as given), ``theme``, ``strength`` (0 to 1). ``vectors`` are unit rows,
    one a row of ``list_sentences(texts)``, by default by ``embed``. ``placed`` is what
    ``place_texts`` said of the texts, where they are not those that the themes were found in.
    ``rule`` is what ``learn_sentences`` gave, by default learnt from the texts themselves.

    Nearness is the cosine to a theme's centre, less what the sentence has to all themes alike (a
    plea, a greeting), in standard deviations of other themes' sentences (a theme near to all, a
    hub, gains nothing by it: Radovanović, Nanopoulos and Ivanović 2010); its lead over the next
    theme is added. ``strength`` is the share of core texts' sentences with such a fit whose text's
    own theme that is; ``learn_rule`` says how it is learnt. A sentence carries a theme from a
    strength of a third, for four themes or fewer from ``rule.least``. Beside these, each placed
    text has the sentence that fits its own theme best, however weakly: no placing is without
    evidence.

    Raises ``WorkbenchError`` where a text is not among ``placed``, or vectors do not fit.
    """
    import numpy as np
    import pandas as pd

    sentences = list_sentences(texts)
    found = sentence_vectors(sentences, vectors)
    own, core = _own_themes(themes, sentences, placed, level)
    if rule is None:
        rule = _learn(themes, found, own, core, level=level)
    elif rule.level != level:
        raise WorkbenchError(
            f"The rule was learnt for level {rule.level}, not {level}: learn one for this level."
        )
    cosines = found @ centres_at(themes, rule.themes).T
    strengths = theme_strengths(rule, cosines)
    shown = strengths >= rule.least
    own_row, own_column = _evidence(strengths, cosines, own[:, None] == rule.themes, sentences)
    shown[own_row, own_column] = True
    row, column = np.nonzero(shown)
    places = {
        name: sentences[name].to_numpy()[row] for name in ("text_id", "sentence", "start", "end")
    }
    return pd.DataFrame({**places, "theme": rule.themes[column], "strength": strengths[shown]})


def place_cases(
    themes: Themes,
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    level: int = 1,
    placed: pd.DataFrame | None = None,
    sentences: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every theme of ``level`` that a text carries, each once, with its best sentence as evidence.

    Columns ``text_id``, ``theme``, ``own`` (True for the theme that the whole text was placed on;
    it comes first, the others by strength), ``strength`` (of the evidence, 0 to 1), ``start`` and
    ``end`` of the evidence. A text that is unplaced as a whole has a row for each theme that one
    of its sentences carries; a text without a row carries none. ``sentences`` is what
    ``place_sentences`` gave for the same texts and level; without it, that is called with the
    other parameters.
    """
    if sentences is None:
        sentences = place_sentences(themes, texts, vectors=vectors, level=level, placed=placed)
    _, ids = as_texts(texts)
    order = {own: number for number, own in enumerate(ids)}
    own_theme, _ = _own_themes(themes, sentences, placed, level)
    frame = sentences.assign(
        order=sentences["text_id"].map(order), own=sentences["theme"].to_numpy() == own_theme
    )
    best = frame.sort_values(
        ["order", "own", "strength", "sentence", "theme"],
        ascending=[True, False, False, True, True],
        kind="stable",
    ).drop_duplicates(["text_id", "theme"])
    return best[["text_id", "theme", "own", "strength", "start", "end"]].reset_index(drop=True)


def learn_reach(themes: Themes, vectors: np.ndarray, *, beyond: float = 0.05) -> pd.DataFrame:
    """How far each finest theme reaches: ``theme``, ``usual``, ``reach`` and ``lead``.

    ``learn_limits`` says what they are. ``vectors`` are those of the fitted texts, one a row of
    ``themes.assignments``. ``beyond`` is the share, 0 to 1, of texts like the fitted ones that may
    be out of reach, if not more were unplaced in the fit: the larger, the more that is new is
    noticed, and the more that is not. Of those in reach about as many are borderline as were in
    the fit. Raises ``WorkbenchError`` for a share out of range, or vectors that do not fit.
    """
    import numpy as np
    import pandas as pd

    check_vectors(len(themes.assignments), vectors)
    if not 0 <= beyond <= 1:
        raise WorkbenchError("'beyond' is a share: give a number from 0 to 1.")
    names = themes_at(themes, themes.depth - 1)
    state = themes.assignments["state"].to_numpy()
    row_of = {int(name): row for row, name in enumerate(names)}
    own = [row_of.get(int(theme), -1) for theme in themes.assignments["theme"]]
    limits = learn_limits(
        vectors,
        centres_at(themes, names),
        np.array(own),
        group=lift_themes(themes, names, 1),
        borderline=state == BORDERLINE,
        unplaced=state == UNPLACED,
        beyond=beyond,
    )
    return pd.DataFrame({"theme": names, **limits})


def place_texts(
    themes: Themes,
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    reach: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Place new texts on themes that were found in others: a frame like ``Themes.assignments``.

    One row a text: ``text_id``, ``theme`` (the finest theme whose centre is nearest; -1
    unplaced), ``state`` (core, borderline, unplaced), ``strength`` (cosine to the nearest centre,
    0 to 1). A text that its nearest theme does not reach is unplaced, never forced. Each text is
    placed by itself, whatever stands beside it, and the themes stay as they are. ``vectors`` are
    unit rows, by default those of ``embed``; ``reach`` is what ``learn_reach`` found in the fitted
    texts, by default the columns of that name in ``themes.themes``.

    Raises ``WorkbenchError`` where neither is there, or vectors do not fit.
    """
    import numpy as np
    import pandas as pd

    given, ids = as_texts(texts)
    found = embed(given) if vectors is None else vectors
    check_vectors(len(given), found)
    names = themes_at(themes, themes.depth - 1)
    limits = limits_of(themes, reach).set_index("theme").loc[names]
    nearest, nearness, ahead = find_nearest(
        found, centres_at(themes, names), group=lift_themes(themes, names, 1)
    )
    far = (nearness < limits["reach"].to_numpy()[nearest]) | ~found.any(axis=1)
    close = ahead < limits["lead"].to_numpy()[nearest]
    return pd.DataFrame(
        {
            "text_id": ids,
            "theme": np.where(far, NO_THEME, names[nearest]),
            "state": np.where(far, UNPLACED, np.where(close, BORDERLINE, CORE)),
            "strength": np.clip(nearness, 0, 1),
        }
    )


def limits_of(themes: Themes, reach: pd.DataFrame | None) -> pd.DataFrame:
    """``reach`` as given, or what ``themes`` say of their own reach: see ``learn_reach``."""
    if reach is not None:
        return reach
    if "reach" not in themes.themes.columns:
        raise WorkbenchError(
            "These themes do not say how far they reach. Give reach=learn_reach(themes, vectors) "
            "with the vectors of the texts that they were found in."
        )
    return themes.themes


def themes_at(themes: Themes, level: int) -> np.ndarray:
    """The numbers of the themes at ``level``; with those above it that have none below."""
    import numpy as np

    frame = themes.themes
    if not 0 <= level < themes.depth:
        raise WorkbenchError(
            f"There are no themes at level {level}: give 0 (main themes) to {themes.depth - 1}."
        )
    childless = ~np.isin(frame["theme"], frame["parent"])
    there = (frame["level"] == level) | (childless & (frame["level"] < level))
    return frame.loc[there, "theme"].to_numpy()


def lift_themes(themes: Themes, finest: np.ndarray, level: int) -> np.ndarray:
    """The theme of ``level`` above each of ``finest`` (-1 above -1), shape ``(n,)``."""
    import pandas as pd

    return replace(themes, assignments=pd.DataFrame({"theme": finest})).at_level(level).to_numpy()


def centres_at(themes: Themes, names: np.ndarray) -> np.ndarray:
    """The centres of the themes of these numbers, one a row."""
    rows = {int(name): row for row, name in enumerate(themes.themes["theme"])}
    return themes.centres[[rows[int(name)] for name in names]]


def _own_themes(
    themes: Themes, sentences: pd.DataFrame, placed: pd.DataFrame | None, level: int
) -> tuple[np.ndarray, np.ndarray]:
    """The theme of each sentence's text at ``level`` (-1 none), and whether the text is core."""
    known = themes.assignments if placed is None else placed
    row_of = {own: row for row, own in enumerate(known["text_id"])}
    rows = sentences["text_id"].map(row_of)
    if rows.isna().any():
        count = sentences.loc[rows.isna(), "text_id"].nunique()
        raise WorkbenchError(
            f"{count} of the texts are not among those placed. Place new texts with place_texts "
            "and give its result as 'placed'."
        )
    at = rows.to_numpy(dtype="int64")
    own = lift_themes(themes, known["theme"].to_numpy()[at], level)
    return own, (known["state"] == CORE).to_numpy()[at]


def _learn(
    themes: Themes, vectors: np.ndarray, own: np.ndarray, core: np.ndarray, *, level: int
) -> SentenceRule:
    import numpy as np

    names = themes_at(themes, level)
    column_of = {int(name): column for column, name in enumerate(names)}
    columns = np.array([column_of.get(int(theme), -1) for theme in own], dtype=np.int64)
    cosines = vectors @ centres_at(themes, names).T
    # A sentence without words is near to nothing, and tells nothing.
    core = core & vectors.any(axis=1)
    return learn_rule(cosines, columns, core=core, level=level, themes=names)


def _evidence(
    strengths: np.ndarray, cosines: np.ndarray, own: np.ndarray, sentences: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of the sentence of each text that is nearest to the text's own theme.

    ``own`` marks the column of the text's theme in each row, shape ``(n, k)``; no mark, no theme.
    """
    import numpy as np
    import pandas as pd

    row, column = np.nonzero(own)
    frame = pd.DataFrame(
        {
            "row": row,
            "column": column,
            "text_id": sentences["text_id"].to_numpy()[row],
            "strength": strengths[row, column],
            "cosine": np.round(cosines[row, column], 6),
        }
    )
    ranked = frame.sort_values(["strength", "cosine"], ascending=False, kind="stable")
    best = ranked.drop_duplicates("text_id")
    return best["row"].to_numpy(), best["column"].to_numpy()
