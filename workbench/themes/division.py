"""A division of texts into nested themes as one array, and the few moves that edits are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from workbench.themes.agreement import centres_of

if TYPE_CHECKING:
    import numpy as np

NOWHERE = -1


@dataclass(frozen=True)
class Division:
    """Themes of n texts at each level, main themes first.

    ``paths``: the number of each text's theme, shape ``(levels, n)``, -1 throughout where the text
    is unplaced; a theme stands under one theme of the level above. ``by_hand``: texts that an edit
    put where they are, shape ``(n,)``. ``held``: texts that an edit on a level put together with
    others or apart from them, shape ``(levels, n)``. ``labels``: names that edits gave, by number.
    ``locked``: themes that take no edits. ``following``: the number that the next new theme gets.
    """

    paths: np.ndarray
    by_hand: np.ndarray
    held: np.ndarray
    following: int
    labels: dict[int, str] = field(default_factory=dict)
    locked: frozenset[int] = frozenset()

    @classmethod
    def start(cls, paths: np.ndarray, following: int) -> Division:
        """A division that no edit has touched."""
        import numpy as np

        untouched = np.zeros_like(paths, dtype=bool)
        return cls(paths, untouched[0], untouched, following)

    @property
    def depth(self) -> int:
        """The number of levels."""
        return len(self.paths)

    def level_of(self, theme: int) -> int | None:
        """The level of ``theme``, 0 for a main one; None where there is none with texts."""
        for level, row in enumerate(self.paths):
            if (row == theme).any():
                return level
        return None

    def holds(self, theme: int) -> np.ndarray:
        """Which texts are in ``theme``, at any level: booleans, shape ``(n,)``."""
        import numpy as np

        return np.asarray((self.paths == theme).any(axis=0))

    def named(self, theme: int, label: str) -> Division:
        """The same with ``theme`` called ``label``; an empty label leaves all as it is."""
        return replace(self, labels={**self.labels, theme: label}) if label else self


def put(
    division: Division, rows: np.ndarray, theme: int, vectors: np.ndarray, *, by_hand: bool = True
) -> Division:
    """Put the texts ``rows`` (booleans) into ``theme``, at each deeper level to the nearest in it.

    -1 leaves them unplaced. Texts that are in the theme already stay where they are in it.
    """
    import numpy as np

    paths = division.paths.copy()
    hand = division.by_hand | (rows & by_hand)
    if theme == NOWHERE:
        paths[:, rows] = NOWHERE
        return replace(division, paths=paths, by_hand=hand)
    coming = np.flatnonzero(rows & ~division.holds(theme))
    if len(coming):
        others = division.holds(theme) & ~rows
        inside = others if others.any() else division.holds(theme)
        paths[:, coming] = _nearest_paths(division.paths, inside, vectors, coming)
    return replace(division, paths=paths, by_hand=hand)


def regroup(
    division: Division,
    groups: Sequence[np.ndarray],
    level: int,
    vectors: np.ndarray,
    *,
    known: np.ndarray,
    number: int | None = None,
) -> Division:
    """Make each of ``groups`` (booleans over texts) one theme at ``level``, with a new number.

    One of the finest themes whose ``known`` texts mostly belong to the groups goes over into them,
    with its other texts: those go to the group, of those that it shares texts with, whose centre is
    nearest. What an earlier edit holds does not go along. Texts of a group that lie in other themes
    leave them. Each group stands under the parent of the theme that gave it most. ``number`` is
    used for a single group instead of a new one.
    """
    import numpy as np

    leaf, inside = division.paths[-1], np.any(groups, axis=0)
    over = np.where(np.isin(leaf, _gone_over(leaf, inside, known)), leaf, NOWHERE)
    paths, joined = division.paths.copy(), [group.copy() for group in groups]
    free = (over != NOWHERE) & ~inside & ~division.held[: level + 1].any(axis=0) & ~division.by_hand
    for theme in np.unique(over[free]):
        coming = np.flatnonzero((over == theme) & free)
        shared = [at for at, own in enumerate(groups) if (own & (over == theme)).any()]
        nearest = _nearest([groups[at] for at in shared], vectors, coming)
        for choice, place in zip(nearest, coming, strict=True):
            joined[shared[choice]][place] = True
    following = division.following
    for group in joined:
        name = number if number is not None else following
        following += number is None
        settled = group & (over != NOWHERE)
        home = _home(division, group, settled, level, vectors)
        paths[:level, group] = home[:level, None]
        paths[level, group] = name
        strays = np.flatnonzero(group & ~settled)
        if settled.any() and len(strays):
            deeper = _nearest_paths(division.paths, settled, vectors, strays)
            paths[level + 1 :, strays] = deeper[level + 1 :]
        elif not settled.any():
            for deep in range(level + 1, division.depth):
                paths[deep, group] = following
                following += 1
    held = division.held.copy()
    held[level] |= inside
    return nest(replace(division, paths=paths, held=held, following=following))


def send_away(division: Division, rows: np.ndarray, theme: int, vectors: np.ndarray) -> Division:
    """Put each of ``rows`` to the nearest theme beside ``theme`` that is not locked.

    Where there is none they are unplaced.
    """
    import numpy as np

    paths = division.paths.copy()
    shut = np.isin(paths, [theme, *division.locked]).any(axis=0)
    open_to = (paths[-1] != NOWHERE) & ~shut
    paths[:, rows] = _nearest_paths(division.paths, open_to, vectors, np.flatnonzero(rows))
    return replace(division, paths=paths)


def keep_to_nearest(
    division: Division, theme: int, level: int, vectors: np.ndarray, *, known: np.ndarray
) -> Division:
    """Have texts that are not ``known`` in ``theme`` when a centre in it is nearest, and only then.

    Centres are those of the finest themes' ``known`` texts. Texts that are unplaced, or where an
    edit has them, stay.
    """
    import numpy as np

    paths = division.paths.copy()
    placed = paths[-1] != NOWHERE
    new = np.flatnonzero(placed & ~known & ~division.by_hand & ~division.held.any(axis=0))
    nearest = _nearest_paths(division.paths, placed & known, vectors, new)
    wrong = (nearest[level] == theme) != (paths[level, new] == theme)
    paths[:, new[wrong]] = nearest[:, wrong]
    return replace(division, paths=paths)


def nest(division: Division) -> Division:
    """Divide themes that stand under several others; the largest part keeps its number."""
    import numpy as np

    paths, following = division.paths.copy(), division.following
    for level in range(1, division.depth):
        pairs, counts = np.unique(paths[level - 1 : level + 1], axis=1, return_counts=True)
        for theme in np.unique(pairs[1][pairs[1] != NOWHERE]):
            parts = np.flatnonzero(pairs[1] == theme)
            for part in np.setdiff1d(parts, parts[counts[parts].argmax()]):
                moved = (paths[level - 1] == pairs[0, part]) & (paths[level] == theme)
                paths[level, moved] = following
                following += 1
    return replace(division, paths=paths, following=following)


def _gone_over(row: np.ndarray, inside: np.ndarray, known: np.ndarray) -> np.ndarray:
    """The themes of ``row`` of whose known texts more than half are ``inside``."""
    import numpy as np

    names, at = np.unique(row, return_inverse=True)
    held = np.bincount(at, weights=inside, minlength=len(names))
    all_known = np.bincount(at, weights=known | inside, minlength=len(names))
    return np.asarray(names[(names != NOWHERE) & (2 * held > all_known)])


def _home(
    division: Division, group: np.ndarray, settled: np.ndarray, level: int, vectors: np.ndarray
) -> np.ndarray:
    """The path, one number a level, of the theme at ``level`` that holds most of ``group``.

    Where an edit of a level above holds texts of the group, most of those.
    """
    import numpy as np

    row = division.paths[level]
    bound = group & division.held[:level].any(axis=0) & (row != NOWHERE)
    choices = (bound, settled, group & (row != NOWHERE))
    placed = next((some for some in choices if some.any()), bound)
    if placed.any():
        names, counts = np.unique(row[placed], return_counts=True)
        return np.asarray(division.paths[:, np.flatnonzero(row == names[counts.argmax()])[0]])
    middle = vectors[group].mean(axis=0, keepdims=True)
    stacked = np.vstack([vectors, middle])
    paths = np.hstack([division.paths, np.full((division.depth, 1), NOWHERE)])
    found = _nearest_paths(paths, paths[-1] != NOWHERE, stacked, np.array([len(vectors)]))
    return np.asarray(found[:, 0])


def _nearest_paths(
    paths: np.ndarray, inside: np.ndarray, vectors: np.ndarray, rows: np.ndarray
) -> np.ndarray:
    """For each of ``rows`` the path of the finest theme, among those ``inside``, nearest to it."""
    import numpy as np

    members = np.flatnonzero(inside)
    if not len(members):
        return np.full((len(paths), len(rows)), NOWHERE)
    _, first, at = np.unique(paths[-1, members], return_index=True, return_inverse=True)
    nearness = vectors[rows] @ centres_of(vectors[members], at).T
    return np.asarray(paths[:, members[first[np.round(nearness, 6).argmax(axis=1)]]])


def _nearest(groups: list[np.ndarray], vectors: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The place of the group with the nearest centre, for each of ``rows``."""
    import numpy as np

    centres = np.stack([vectors[group].mean(axis=0) for group in groups])
    centres /= np.maximum(np.linalg.norm(centres, axis=1, keepdims=True), 1e-12)
    return np.asarray(np.round(vectors[rows] @ centres.T, 6).argmax(axis=1))
