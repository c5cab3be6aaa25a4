"""An edit made just now, checked and given its memory: which texts its themes hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.themes.agreement import centres_of
from workbench.themes.division import NOWHERE, Division
from workbench.themes.edits import Anchor, Edit, Merge, Move, Pin, Rename, Split
from workbench.themes.matching import Scene

if TYPE_CHECKING:
    import numpy as np

_FEWEST = 2
_DRAWS, _SEED = 10, 1


def anchor_edit(edit: Edit, division: Division, scene: Scene) -> Edit:
    """``edit`` with its anchors, and a split with its groups.

    Raises ``WorkbenchError`` that names the theme or text when the edit makes no sense here.
    """
    named = [theme for theme in edit.named if not (isinstance(edit, Move) and theme == NOWHERE)]
    anchors = tuple(_anchor(theme, division, scene) for theme in named)
    _check_ids(edit, scene)
    if isinstance(edit, Rename) and not edit.label.strip():
        raise WorkbenchError(f"The new name of theme {edit.theme} is empty. Give it a 'label'.")
    if isinstance(edit, Merge):
        _check_merge(edit, anchors)
    if isinstance(edit, Pin):
        _check_pin(edit, anchors[0])
    if isinstance(edit, Split):
        edit = _check_split(edit, anchors[0], division, scene)
    return replace(edit, anchors=anchors, among=scene.ids)


def _anchor(theme: int, division: Division, scene: Scene) -> Anchor:
    import numpy as np

    level = division.level_of(theme)
    if level is None:
        raise WorkbenchError(
            f"There is no theme {theme}. Themes that were merged or split have new numbers: see "
            "the column 'theme' of themes.themes."
        )
    members = tuple(scene.ids[row] for row in np.flatnonzero(division.holds(theme)))
    label = division.labels.get(theme, scene.labels.get(theme, ""))
    return Anchor(theme, level, level == division.depth - 1, label, members)


def _check_ids(edit: Edit, scene: Scene) -> None:
    if isinstance(edit, Move | Pin) and not edit.text_ids:
        raise WorkbenchError(f"The edit '{edit.kind}' names no texts. Give their 'text_ids'.")
    unknown = [own for own in edit.ids if own not in scene.row_of]
    if unknown:
        more = f" (and {len(unknown) - 1} more)" if len(unknown) > 1 else ""
        raise WorkbenchError(
            f"There is no text {unknown[0]!r}{more}. Texts are named by the column 'text_id' of "
            "themes.assignments."
        )


def _check_merge(edit: Merge, anchors: tuple[Anchor, ...]) -> None:
    if len(edit.themes) < _FEWEST or len(set(edit.themes)) < len(edit.themes):
        raise WorkbenchError("To merge, name two or more themes, each once.")
    for other in anchors[1:]:
        if other.level != anchors[0].level:
            raise WorkbenchError(
                f"Themes {anchors[0].theme} and {other.theme} are of different levels "
                f"({anchors[0].level} and {other.level}). Merge themes of one level."
            )


def _check_pin(edit: Pin, anchor: Anchor) -> None:
    outside = set(edit.text_ids) - set(anchor.members)
    if outside:
        first = next(own for own in edit.text_ids if own in outside)
        raise WorkbenchError(
            f"Text {first!r} is not in theme {edit.theme}, so it cannot be pinned there. Use Move."
        )


def _check_split(edit: Split, anchor: Anchor, division: Division, scene: Scene) -> Split:
    if bool(edit.groups) == bool(edit.count):
        raise WorkbenchError(
            f"To split theme {edit.theme}, give either 'groups' of text_id or the 'count' of parts."
        )
    if edit.count:
        groups = _find_groups(edit, anchor, division, scene)
        edit = replace(edit, groups=groups, count=0)
    if len(edit.groups) < _FEWEST or not all(edit.groups):
        raise WorkbenchError(f"Theme {edit.theme} splits into two or more parts, none of it empty.")
    if Counter(own for group in edit.groups for own in group) != Counter(anchor.members):
        raise WorkbenchError(
            f"The groups must hold each text of theme {edit.theme} once, and no other; that is "
            f"{len(anchor.members)} texts."
        )
    if edit.labels and len(edit.labels) != len(edit.groups):
        raise WorkbenchError(
            f"Theme {edit.theme} splits into {len(edit.groups)} parts but there are "
            f"{len(edit.labels)} labels. Give one a part, or none."
        )
    return edit


def _find_groups(
    edit: Split, anchor: Anchor, division: Division, scene: Scene
) -> tuple[tuple[Hashable, ...], ...]:
    """The parts of a theme, the largest first: sub-themes put together, or its texts by k-means.

    Sub-themes stay whole where there are as many as parts wanted.
    """
    import numpy as np

    rows = np.flatnonzero(division.holds(edit.theme))
    deeper = division.paths[min(anchor.level + 1, division.depth - 1), rows]
    names, at = np.unique(deeper, return_inverse=True)
    if len(names) >= edit.count > 1:
        points, weights = centres_of(scene.vectors[rows], at), np.bincount(at)
    else:
        points, at = np.unique(scene.vectors[rows], axis=0, return_inverse=True)
        weights = np.bincount(at)
    if not 1 < edit.count <= len(points):
        raise WorkbenchError(
            f"Theme {edit.theme} has {len(points)} different texts, so it splits into 2 to "
            f"{len(points)} parts."
        )
    part = _cluster(points, weights, edit.count)[at]
    sizes = np.bincount(part)
    order = sorted(range(len(sizes)), key=lambda own: (-sizes[own], own))
    return tuple(tuple(scene.ids[row] for row in rows[part == own]) for own in order)


def _cluster(points: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
    """The part of each point, 0 to ``count`` - 1 in the order of the points; by k-means."""
    import numpy as np
    from sklearn.cluster import KMeans
    from threadpoolctl import threadpool_limits

    # Sums cut up by the number of threads would differ in their last bits.
    with threadpool_limits(limits=1):
        model = KMeans(count, n_init=_DRAWS, random_state=_SEED)
        found = model.fit(points.astype(np.float64), sample_weight=weights).labels_
    _, first = np.unique(found, return_index=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[found])
