"""What each kind of edit does to a division of texts, and when it cannot be honoured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from workbench.themes.division import NOWHERE, Division, keep_to_nearest, put, regroup, send_away
from workbench.themes.edits import (
    Edit,
    Honoured,
    Lock,
    Merge,
    Move,
    Note,
    Pin,
    Rename,
    Split,
    Unlock,
)
from workbench.themes.matching import Match, Scene, find_again, say_lost

if TYPE_CHECKING:
    import numpy as np

_FEWEST = 2


@dataclass(frozen=True)
class Outcome:
    """The division after an edit; whether it was honoured, and why not; the themes' numbers now."""

    division: Division
    honoured: Honoured = "yes"
    reason: str = ""
    now: tuple[int, ...] = ()


def apply_edit(edit: Edit, division: Division, scene: Scene) -> Outcome:
    """Apply an anchored edit; one that cannot be honoured leaves the division as it is."""
    known = scene.mask(edit.among)
    outcome = _STEPS[type(edit)](edit, division, scene, known)
    after = outcome.division
    if (after.paths == NOWHERE).all():
        return Outcome(division, "no", "it would leave no text in any theme")
    for theme in sorted(division.locked & after.locked):
        changed = (division.holds(theme) != after.holds(theme)) & known
        if changed.any() or division.labels.get(theme) != after.labels.get(theme):
            reason = f"it would change theme {theme}, which is locked; unlock that first"
            return Outcome(division, "no", reason)
    return outcome


def _join(*reasons: str) -> str:
    return "; ".join(reason for reason in reasons if reason)


def _name(
    edit: Rename | Note | Unlock, division: Division, scene: Scene, known: np.ndarray
) -> Outcome:
    match = find_again(edit.anchors[0], division, scene, known)
    if match.theme is None:
        return Outcome(division, "no", say_lost(match, edit.theme))
    if isinstance(edit, Rename):
        division = division.named(match.theme, edit.label)
    elif isinstance(edit, Unlock):
        if match.theme not in division.locked:
            return Outcome(division, "no", f"theme {match.theme} is not locked")
        division = replace(division, locked=division.locked - {match.theme})
    return Outcome(division, now=(match.theme,))


def _merge(edit: Merge, division: Division, scene: Scene, known: np.ndarray) -> Outcome:
    matches = [find_again(anchor, division, scene, known) for anchor in edit.anchors]
    gone = [
        say_lost(match, theme)
        for match, theme in zip(matches, edit.themes, strict=True)
        if not match.rows.any()
    ]
    if len(matches) - len(gone) < _FEWEST:
        return Outcome(division, "no", _join(*gone))
    union, level = _any(matches), matches[0].level
    after, reason = _gather(division, union, level, scene, known)
    theme = _number_of(after, union, level)
    honoured: Honoured = "partly" if gone else "yes"
    return Outcome(after.named(theme, edit.label), honoured, _join(*gone, reason), (theme,))


def _gather(
    division: Division, rows: np.ndarray, level: int, scene: Scene, known: np.ndarray
) -> tuple[Division, str]:
    """One theme of ``rows``: a new one, unless one that is mostly theirs holds them already."""
    theme = _number_of(division, rows, level)
    inside = division.paths[level] == theme
    if theme != NOWHERE and not (rows & ~inside).any() and 2 * rows.sum() > (inside & known).sum():
        return division, "this fit has them in one theme already"
    after = regroup(division, [rows], level, scene.vectors, known=known)
    return after, _say_put_back(division, after, level, rows)


def _split(edit: Split, division: Division, scene: Scene, known: np.ndarray) -> Outcome:
    match = find_again(edit.anchors[0], division, scene, known)
    groups = [scene.mask(group) for group in edit.groups]
    labels = edit.labels or ("",) * len(groups)
    here = [(group, label) for group, label in zip(groups, labels, strict=True) if group.any()]
    if len(here) < _FEWEST:
        lost = f"only one part of theme {edit.theme} has texts here"
        return Outcome(division, "no", lost if here else say_lost(match, edit.theme))
    parts = [group for group, _ in here]
    after = regroup(division, parts, match.level, scene.vectors, known=known)
    reason = _say_put_back(division, after, match.level, match.rows)
    now = tuple(_number_of(after, group, match.level) for group in parts)
    for theme, (_, label) in zip(now, here, strict=True):
        after = after.named(theme, label)
    if len(here) == len(groups):
        return Outcome(after, "yes", reason, now)
    gone = f"{len(groups) - len(here)} of its {len(groups)} parts have no texts here"
    return Outcome(after, "partly", _join(gone, reason), now)


def _move(edit: Move | Pin, division: Division, scene: Scene, known: np.ndarray) -> Outcome:
    rows = scene.mask(edit.text_ids)
    absent = sum(own not in scene.row_of for own in edit.text_ids)
    if not rows.any():
        return Outcome(division, "no", "none of its texts is here")
    lost = [f"{absent} of its {len(edit.text_ids)} texts are not here"] if absent else []
    theme: int | None = NOWHERE
    if edit.theme != NOWHERE:
        match = find_again(edit.anchors[0], division, scene, known)
        theme = match.home
        if match.theme is None:
            lost.append(say_lost(match, edit.theme))
    if theme is None:
        return Outcome(division, "no", _join(*lost))
    after = put(division, rows, theme, scene.vectors)
    return Outcome(after, "partly" if lost else "yes", _join(*lost), (theme,))


def _lock(edit: Lock, division: Division, scene: Scene, known: np.ndarray) -> Outcome:
    match = find_again(edit.anchors[0], division, scene, known)
    rows, level = match.rows, match.level
    if not rows.any():
        return Outcome(division, "no", say_lost(match, edit.theme))
    after = regroup(division, [rows], level, scene.vectors, known=known, number=match.theme)
    theme = _number_of(after, rows, level)
    reason = _say_put_back(division, after, level, rows)
    others = known & after.holds(theme) & ~rows
    if others.any():
        sent = f"{others.sum()} other texts of this fit's theme went to the nearest theme beside it"
        reason = _join(reason, sent)
        after = send_away(after, others, theme, scene.vectors)
    after = keep_to_nearest(after, theme, level, scene.vectors, known=known)
    after = after.named(theme, edit.anchors[0].label)
    return Outcome(replace(after, locked=after.locked | {theme}), "yes", reason, (theme,))


_STEPS: dict[type[Edit], Callable[[Any, Division, Scene, np.ndarray], Outcome]] = {
    Rename: _name,
    Note: _name,
    Unlock: _name,
    Merge: _merge,
    Split: _split,
    Move: _move,
    Pin: _move,
    Lock: _lock,
}


def _any(matches: list[Match]) -> np.ndarray:
    import numpy as np

    return np.asarray(np.any([match.rows for match in matches], axis=0))


def _number_of(division: Division, rows: np.ndarray, level: int) -> int:
    return int(division.paths[level][rows][0])


def _say_put_back(before: Division, after: Division, level: int, rows: np.ndarray) -> str:
    """How many of ``rows`` the fit had in themes that live on, or in none."""
    import numpy as np

    old, new = before.paths[level], after.paths[level]
    elsewhere = (old == NOWHERE) | np.isin(old, np.unique(new))
    count = int((rows & elsewhere & (old != new)).sum())
    if not count:
        return ""
    return f"{count} of its {rows.sum()} texts were elsewhere in this fit and were put back"
