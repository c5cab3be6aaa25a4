"""Themes found in texts: main themes and their sub-themes, the same whatever the order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.progress import SILENT, Progress
from workbench.text.inputs import Texts, as_texts
from workbench.themes.keywords import SEPARATOR, as_written, choose_keywords, make_labels
from workbench.themes.levels import merge_themes
from workbench.themes.partition import Partition, divide

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from bertopic import BERTopic

NO_THEME = -1


@dataclass(frozen=True)
class ThemeSettings:
    """How themes are found.

    ``main``: main themes wanted, or None to find 4 to 8. ``unplaced``: largest share of texts
    left without a theme. ``neighbours``: neighbours a text. ``resolution``: above 1 for more and
    finer sub-themes. ``smallest``: distinct texts that make a sub-theme. ``stop``: words to leave
    out of keywords beside the English function words. ``seed``: of the graph's division.
    """

    main: int | None = None
    unplaced: float = 0.1
    neighbours: int = 30
    resolution: float = 1.0
    smallest: int = 40
    stop: tuple[str, ...] = ()
    seed: int = 1

    def __post_init__(self) -> None:
        if self.main is not None and self.main < 1:
            raise WorkbenchError("Ask for at least one main theme, or leave 'main' out.")
        if not 0 <= self.unplaced <= 1:
            raise WorkbenchError("'unplaced' is a share: give a number from 0 to 1.")
        if self.neighbours < 1 or self.smallest < 1 or self.resolution <= 0:
            raise WorkbenchError(
                "'neighbours' and 'smallest' are counts of 1 or more, and 'resolution' is above 0."
            )


@dataclass(frozen=True)
class Rename:
    """The researcher's own name for theme ``theme``; ``who`` and ``why`` are kept with it."""

    theme: int
    label: str
    who: str = ""
    why: str = ""


@dataclass(frozen=True)
class Themes:
    """Themes found, as frames.

    ``assignments``: one row a text in the order given: ``text_id``, ``theme`` (the sub-theme;
    -1 unplaced), ``state`` (core, borderline, unplaced), ``strength`` (0 to 1: cosine to the
    centre of the nearest sub-theme).
    ``themes``: one row a theme: ``theme``, ``parent`` (-1 for a main theme), ``level`` (0 main,
    1 sub-theme), ``label``, ``size``, ``share`` of all texts, ``low`` and ``high`` (95% Wilson
    interval of the share), ``keywords`` (joined by commas). Main themes come first, then
    sub-themes by parent, each by size; ``theme`` is the number of the row.
    ``levels``: ``theme``, ``parent`` of every sub-theme.
    ``edits``: what the researcher changed.
    """

    assignments: pd.DataFrame
    themes: pd.DataFrame
    levels: pd.DataFrame
    edits: tuple[Rename, ...] = ()
    settings: ThemeSettings = ThemeSettings()

    @property
    def unplaced(self) -> float:
        """The share of texts without a theme, from 0 to 1."""
        return float((self.assignments["theme"] == NO_THEME).mean())

    def at_level(self, level: int) -> pd.Series:
        """The theme of each text at ``level`` (0 main, 1 sub-theme), -1 where unplaced."""
        found = self.assignments["theme"]
        if level == 1:
            return found.copy()
        parents = dict(zip(self.levels["theme"], self.levels["parent"], strict=True))
        return found.map({**parents, NO_THEME: NO_THEME}).astype("int64").rename("theme")

    def labels_at(self, level: int) -> pd.DataFrame:
        """Which text carries which theme at ``level``: ``text_id``, ``label``; placed texts."""
        names = dict(zip(self.themes["theme"], self.themes["label"], strict=True))
        found = self.at_level(level)
        frame = self.assignments[["text_id"]].assign(label=found.map(names))
        return frame[found != NO_THEME].reset_index(drop=True)

    def renamed(self, *edits: Rename) -> Themes:
        """The same themes under the researcher's names."""
        frame = self.themes.copy()
        for edit in edits:
            if edit.theme not in set(frame["theme"]):
                raise WorkbenchError(
                    f"There is no theme {edit.theme} to rename: these are 0 to {len(frame) - 1}."
                )
            frame.loc[frame["theme"] == edit.theme, "label"] = edit.label
        return replace(self, themes=frame, edits=(*self.edits, *edits))

    def bertopic(self, texts: Texts, vectors: np.ndarray) -> BERTopic:
        """A BERTopic model of the sub-themes, labelled alike, for its own plots and views."""
        from workbench.themes.bertopic import fit_bertopic, theme_numbers

        given, _ = as_texts(texts)
        found = self.assignments["theme"].to_numpy()
        model = fit_bertopic(given, vectors, found, stop=self.settings.stop)
        names = dict(zip(self.themes["theme"], self.themes["label"], strict=True))
        numbers = theme_numbers(model, found)
        model.set_topic_labels(
            {topic: names.get(theme, "Unplaced") for topic, theme in numbers.items()}
        )
        return model


def find_themes(
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    settings: ThemeSettings = ThemeSettings(),
    edits: Sequence[Rename] = (),
    progress: Progress = SILENT,
) -> Themes:
    """Find main themes and sub-themes in ``texts``.

    ``vectors`` are unit rows, shape ``(n_texts, d)``, by default those of ``embed``. Equal texts
    are folded, texts are ordered by a hash of their words, and the division is seeded: the same
    texts give the same themes in any order of rows. ``edits`` are applied to what is found.

    Raises ``WorkbenchError`` when there is no text with words, or vectors do not fit the texts.
    """
    from workbench.text.vectors import embed

    given, ids = as_texts(texts)
    found = embed(given, progress=progress) if vectors is None else vectors
    _check(given, found)
    progress.begin("Finding themes", 3)
    parts = divide(
        given,
        found,
        neighbours=settings.neighbours,
        resolution=settings.resolution,
        smallest=settings.smallest,
        unplaced=settings.unplaced,
        seed=settings.seed,
    )
    progress.advance()
    themes = _describe(given, found, ids, parts, settings, progress)
    return themes.renamed(*edits) if edits else themes


def _check(texts: list[str], vectors: np.ndarray) -> None:
    if vectors.ndim != 2 or len(vectors) != len(texts):
        raise WorkbenchError(
            f"{len(texts)} texts need as many rows of vectors; there are {len(vectors)}. Make them "
            "with embed(texts) from the same texts."
        )
    if not vectors.any():
        raise WorkbenchError("No text has any words, so there are no themes to find.")


def _describe(
    texts: list[str],
    vectors: np.ndarray,
    ids: list[Any],
    parts: Partition,
    settings: ThemeSettings,
    progress: Progress,
) -> Themes:
    """The frames of what was found, with keywords and labels by BERTopic's c-TF-IDF."""
    import numpy as np
    import pandas as pd

    from workbench.text.words import usual_forms
    from workbench.themes.bertopic import fit_bertopic, rank_words, wordings

    count = len(parts.centres)
    sizes = np.bincount(parts.theme[parts.theme >= 0], minlength=count)
    main, sub = _number(merge_themes(parts.centres, sizes, main=settings.main), sizes)
    theme = np.append(sub, NO_THEME)[parts.theme]
    parent = np.full(main.max() + 1 + count, NO_THEME)
    parent[sub] = main
    top = np.append(parent, NO_THEME)[theme]
    model = fit_bertopic(texts, vectors, theme, stop=settings.stop)
    progress.advance()
    ranked = {**rank_words(model, texts, top), **rank_words(model, texts, theme)}
    chosen = [choose_keywords(ranked.get(name, [])) for name in range(len(parent))]
    forms = usual_forms(wordings(texts))
    keywords = [[as_written(words, forms) for words in row] for row in chosen]
    placed = np.concatenate([theme[theme >= 0], top[top >= 0]])
    frame = pd.DataFrame(
        {
            "theme": np.arange(len(parent)),
            "parent": parent,
            "level": np.where(parent == NO_THEME, 0, 1),
            "label": make_labels(keywords),
            **_sizes(np.bincount(placed, minlength=len(parent)), len(texts)),
            "keywords": [SEPARATOR.join(words) for words in keywords],
        }
    )
    progress.advance()
    return Themes(
        assignments=pd.DataFrame(
            {"text_id": ids, "theme": theme, "state": parts.state, "strength": parts.strength}
        ),
        themes=frame,
        levels=frame.loc[frame["level"] == 1, ["theme", "parent"]].reset_index(drop=True),
        settings=settings,
    )


def _number(main: np.ndarray, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of the main themes by size, then of the sub-themes by parent and size.

    Returns the main theme's and the own number of each sub-theme, shape ``(k,)`` each.
    """
    import numpy as np

    totals = np.bincount(main, weights=sizes)
    first = np.array([np.flatnonzero(main == name)[0] for name in range(len(totals))])
    rank = np.empty(len(totals), dtype=np.int64)
    rank[np.lexsort((first, -totals))] = np.arange(len(totals))
    parents = rank[main]
    own = np.empty(len(main), dtype=np.int64)
    own[np.lexsort((np.arange(len(main)), -sizes, parents))] = np.arange(len(main))
    return parents, own + len(totals)


def _sizes(counts: np.ndarray, base: int) -> dict[str, np.ndarray]:
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(counts, base, method="wilson")
    return {"size": counts, "share": counts / base, "low": low, "high": high}
