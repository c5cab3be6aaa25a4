"""What is told of every theme: keywords, sizes, stability, centre."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from workbench.themes.agreement import centres_of
from workbench.themes.keywords import as_written, choose_keywords

if TYPE_CHECKING:
    import numpy as np


def rank_keywords(
    texts: list[str], levels: list[np.ndarray], count: int, *, stop: Collection[str] = ()
) -> list[list[str]]:
    """Keywords of the themes 0 to ``count - 1``, best first, told apart within their level.

    ``levels`` holds a theme for each text at each level, -1 where unplaced.
    """
    from workbench.text.words import usual_forms
    from workbench.themes.bertopic import count_terms, rank_words, wordings

    documents = wordings(texts)
    terms = count_terms(documents, stop=stop)
    ranked: dict[int, list[str]] = {}
    for level in levels:
        ranked |= rank_words(terms, level)
    forms = usual_forms(documents)
    chosen = [choose_keywords(ranked.get(name, [])) for name in range(count)]
    return [[as_written(words, forms) for words in row] for row in chosen]


def measure_stability(
    levels: list[np.ndarray], member_levels: list[np.ndarray], count: int
) -> dict[str, np.ndarray]:
    """Jaccard index of every theme with its match in each member: mean, and where 95% lie.

    ``levels`` as above; ``member_levels`` holds for each level what each member says, shape
    ``(m, n)``. Columns ``stability``, ``stability_low``, ``stability_high``, 0 to 1 (Hennig 2007).
    """
    import numpy as np

    alike = np.zeros((len(member_levels[0]), count))
    for level, members in zip(levels, member_levels, strict=True):
        sizes = np.bincount(level[level >= 0], minlength=count)
        own = np.unique(level[level >= 0])
        for row, member in enumerate(members):
            common = np.bincount(level[(level == member) & (level >= 0)], minlength=count)
            taken = np.bincount(member[member >= 0], minlength=count)
            alike[row, own] = (common / np.maximum(sizes + taken - common, 1))[own]
    low, high = np.quantile(alike, [0.025, 0.975], axis=0)
    return {"stability": alike.mean(axis=0), "stability_low": low, "stability_high": high}


def find_centres(vectors: np.ndarray, levels: list[np.ndarray], count: int) -> np.ndarray:
    """The unit mean vector of each theme, float32, ``(count, d)``; 0 for one without texts."""
    import numpy as np

    centres = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    for level in levels:
        names, inside = np.unique(level[level >= 0], return_inverse=True)
        centres[names] = centres_of(vectors[level >= 0], inside)
    return centres


def wilson_shares(counts: np.ndarray, base: int) -> dict[str, np.ndarray]:
    """``size``, ``share`` of ``base`` and its 95% Wilson interval ``low``, ``high``."""
    from statsmodels.stats.proportion import proportion_confint

    low, high = proportion_confint(counts, base, method="wilson")
    return {"size": counts, "share": counts / base, "low": low, "high": high}
