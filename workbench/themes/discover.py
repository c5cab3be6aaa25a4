"""Themes found in texts: main themes, sub-themes and finer ones, whatever order they come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.progress import SILENT, Progress
from workbench.text.inputs import Texts, as_texts
from workbench.themes.describe import (
    find_centres,
    measure_stability,
    rank_keywords,
    wilson_shares,
)
from workbench.themes.found import DEFAULTS, NO_THEME, Themes, ThemeSettings
from workbench.themes.keywords import SEPARATOR, make_labels
from workbench.themes.partition import Partition, count_steps, divide

if TYPE_CHECKING:
    import numpy as np

    from workbench.themes.edits import Edit


def find_themes(
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    settings: ThemeSettings = DEFAULTS,
    edits: Sequence[Edit] = (),
    progress: Progress = SILENT,
) -> Themes:
    """Find themes in ``texts`` on several levels: main themes, sub-themes, finer ones.

    ``vectors`` are unit rows, shape ``(n_texts, d)``, by default those of ``embed``. Equal texts
    are folded, texts are ordered by a hash of their words, and many clusterings of random halves
    are made into one: the same texts give the same themes in any order of rows and on any number
    of threads. How many themes there are is found, unless ``settings`` ask for a number. ``edits``
    are replayed on what is found.

    Raises ``WorkbenchError`` when there is no text with words, or vectors do not fit the texts.
    """
    from workbench.text.vectors import embed

    given, ids = as_texts(texts)
    found = embed(given, progress=progress) if vectors is None else vectors
    _check(given, found)
    progress.begin("Finding themes", count_steps(len(given)) + 2)
    parts = divide(
        given,
        found,
        main=settings.main,
        sub=settings.sub,
        finest=settings.finest,
        smallest=settings.smallest,
        unplaced=settings.unplaced,
        seed=settings.seed,
        advance=progress.advance,
    )
    themes = _describe(given, found, ids, parts, settings, progress)
    if not edits:
        return themes
    from workbench.themes.replay import replay_edits

    return replay_edits(themes, edits, texts=texts, vectors=found)[0]


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

    numbers = _number(parts)
    levels = [np.append(numbers[0], NO_THEME)[parts.theme]]
    parent = np.full(sum(map(len, numbers)), NO_THEME)
    for below, (above, names) in enumerate(zip(parts.above, numbers[1:], strict=True)):
        parent[numbers[below]] = names[above]
        levels.append(np.append(parent, NO_THEME)[levels[-1]])
    count = len(parent)
    keywords = rank_keywords(texts, levels, count, stop=settings.stop)
    progress.advance()
    member_levels = [np.append(numbers[0], NO_THEME)[parts.members]]
    for _ in levels[1:]:
        member_levels.append(np.append(parent, NO_THEME)[member_levels[-1]])
    depth = np.concatenate(
        [np.full(len(names), len(numbers) - 1 - step) for step, names in enumerate(numbers)]
    )[np.argsort(np.concatenate(numbers))]
    sizes = sum(np.bincount(level[level >= 0], minlength=count) for level in levels)
    frame = pd.DataFrame(
        {
            "theme": np.arange(count),
            "parent": parent,
            "level": depth,
            "label": make_labels(keywords),
            **wilson_shares(np.asarray(sizes), len(texts)),
            **measure_stability(levels, member_levels, count),
            "keywords": [SEPARATOR.join(words) for words in keywords],
        }
    )
    progress.advance()
    return Themes(
        assignments=pd.DataFrame(
            {"text_id": ids, "theme": levels[0], "state": parts.state, "strength": parts.strength}
        ),
        themes=frame,
        levels=frame.loc[frame["level"] > 0, ["theme", "parent"]].reset_index(drop=True),
        centres=find_centres(vectors, levels, count),
        members=member_levels[0].astype(np.int32),
        settings=settings,
    )


def _number(parts: Partition) -> list[np.ndarray]:
    """The numbers of the themes of each level, the finest first: main themes have the lowest.

    Main themes go by size, those below by parent, then by size.
    """
    import numpy as np

    sizes = [np.bincount(parts.theme[parts.theme >= 0], minlength=len(parts.above[0]))]
    for step in parts.above:
        sizes.append(np.bincount(step, weights=sizes[-1], minlength=int(step.max()) + 1))
    numbers: list[np.ndarray] = []
    first, rank = 0, np.zeros(len(sizes[-1]), dtype=np.int64)
    for level in range(len(sizes) - 1, -1, -1):
        if level < len(parts.above):
            rank = numbers[0][parts.above[level]]
        order = np.lexsort((np.arange(len(rank)), -sizes[level], rank))
        names = np.empty(len(rank), dtype=np.int64)
        names[order] = first + np.arange(len(rank))
        numbers.insert(0, names)
        first += len(rank)
    return numbers
