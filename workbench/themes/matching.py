"""Which theme of a division is the one that an edit meant, told by the texts that it held."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.themes.division import NOWHERE, Division
from workbench.themes.edits import Anchor

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

# Above one half no two themes of a level can both be the one meant, nor one be meant twice.
_ALIKE = 0.5


@dataclass(frozen=True)
class Scene:
    """What edits are applied to beside the division: the texts' ids and vectors, themes' labels."""

    ids: tuple[Hashable, ...]
    row_of: dict[Hashable, int]
    vectors: np.ndarray
    labels: dict[int, str]

    @classmethod
    def of(cls, ids: Sequence[Hashable], vectors: np.ndarray, themes: pd.DataFrame) -> Scene:
        """The scene of a fit; ``themes`` has ``theme`` and ``label``."""
        labels = dict(zip(themes["theme"].tolist(), themes["label"], strict=True))
        return cls(tuple(ids), {own: row for row, own in enumerate(ids)}, vectors, labels)

    def mask(self, ids: Iterable[Hashable]) -> np.ndarray:
        """Which texts are among ``ids``: booleans, shape ``(n,)``; unknown ids are passed over."""
        import numpy as np

        found = np.zeros(len(self.ids), dtype=bool)
        found[[self.row_of[own] for own in ids if own in self.row_of]] = True
        return found


@dataclass(frozen=True)
class Match:
    """What became of an anchored theme.

    ``theme``: the one that it is now, or None; ``level``: its level, or that it would have;
    ``rows``: its texts that are here. ``largest``: the theme, -1 for unplaced, that holds most of
    them, and ``share`` how much, 0 to 1; ``parts``: how many themes hold some.
    """

    theme: int | None
    level: int
    rows: np.ndarray
    largest: int
    share: float
    parts: int

    @property
    def home(self) -> int | None:
        """The theme itself, else the one that more than half of its texts went into."""
        swallowed = self.share > _ALIKE and self.largest != NOWHERE
        return self.theme if self.theme is not None else self.largest if swallowed else None


def find_again(anchor: Anchor, division: Division, scene: Scene, known: np.ndarray) -> Match:
    """The theme whose texts are most alike to the anchor's, if alike enough (Jaccard above .5).

    Only texts that are ``known`` (booleans: they were there when the edit was made) count, and only
    themes of the anchor's level; the finest level stays that where there are more or fewer now.
    """
    import numpy as np

    rows = scene.mask(anchor.members)
    deepest = division.depth - 1
    level = deepest if anchor.finest else min(anchor.level, deepest)
    names, counts = np.unique(division.paths[level][rows], return_counts=True)
    largest, share = (NOWHERE, 0.0)
    if len(names):
        largest, share = int(names[counts.argmax()]), float(counts.max() / rows.sum())
    name, alike = _most_alike(division.paths[level], rows, known)
    theme = name if alike > _ALIKE else None
    return Match(theme, level, rows, largest, share, int((names != NOWHERE).sum()))


def _most_alike(row: np.ndarray, rows: np.ndarray, known: np.ndarray) -> tuple[int, float]:
    import numpy as np

    names, at = np.unique(row, return_inverse=True)
    common = np.bincount(at, weights=rows, minlength=len(names))
    held = np.bincount(at, weights=known | rows, minlength=len(names))
    alike = np.where(names == NOWHERE, 0, common / np.maximum(held + rows.sum() - common, 1))
    return int(names[alike.argmax()]), float(alike.max())


def say_lost(match: Match, theme: int) -> str:
    """Why ``theme`` was not found again, in a few words."""
    if not match.rows.any():
        return f"none of the texts of theme {theme} is here"
    share = f"{100 * match.share:.0f}%"
    if match.home is not None:
        return f"theme {theme} has gone into theme {match.home}, with {share} of its texts"
    if match.largest == NOWHERE:
        return f"{share} of the texts of theme {theme} are unplaced"
    if match.parts == 1:
        return f"only {share} of the texts of theme {theme} are placed, in theme {match.largest}"
    return (
        f"theme {theme} is spread over {match.parts} themes; the largest part, in theme "
        f"{match.largest}, is {share} of its texts"
    )
