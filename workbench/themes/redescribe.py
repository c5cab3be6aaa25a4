"""Themes described anew where edits changed them, and left as found where they did not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.themes.describe import (
    find_centres,
    measure_stability,
    rank_keywords,
    wilson_shares,
)
from workbench.themes.division import NOWHERE, Division
from workbench.themes.keywords import SEPARATOR, make_labels
from workbench.themes.partition import AGREED, BORDERLINE, CORE, UNPLACED

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from workbench.themes.found import Themes


def divide_as_found(found: Themes) -> Division:
    """The division that ``found`` holds, before any edit."""
    import numpy as np

    paths = np.stack([found.at_level(level).to_numpy() for level in range(found.depth)])
    following = int(found.themes["theme"].max()) + 1
    return Division.start(paths, following)


def redescribe(found: Themes, division: Division, texts: list[str], vectors: np.ndarray) -> Themes:
    """``found`` with its texts where ``division`` has them.

    A theme that keeps its number keeps its label, unless an edit gave it another. Size, interval,
    stability, keywords and centre are made anew for themes whose texts changed; state and strength
    for texts that are elsewhere or were put where they are.
    """
    import numpy as np

    before = divide_as_found(found)
    levels, count = list(division.paths[::-1]), division.following
    members = _remap(found.members, before, division)
    lifted = [_lift(members, division, level) for level in range(division.depth)]
    frame = order_themes(division)
    numbers = frame["theme"].to_numpy()
    known = found.themes.set_index("theme")
    same = np.array([_is_same(theme, before, division) for theme in numbers], dtype=bool)
    sizes = sum(np.bincount(row[row >= 0], minlength=count) for row in levels)
    figures = {
        **wilson_shares(np.asarray(sizes), len(texts)),
        **measure_stability(levels, lifted[::-1], count),
    }
    frame = frame.assign(**{name: values[numbers] for name, values in figures.items()})
    words = [""] * count
    if not same.all():
        ranked = rank_keywords(texts, levels, count, stop=found.settings.stop)
        words = [SEPARATOR.join(row) for row in ranked]
    frame["keywords"] = [words[theme] for theme in numbers]
    kept = [*figures, "keywords"]
    frame.loc[same, kept] = known.loc[numbers[same], kept].to_numpy()
    frame["label"] = _name(frame, known["label"].to_dict(), division.labels)
    return replace(
        found,
        assignments=_assign(found, before, division, lifted[min(1, division.depth - 1)]),
        themes=frame[list(found.themes.columns)].astype(found.themes.dtypes.to_dict()),
        levels=frame.loc[frame["level"] > 0, ["theme", "parent"]].reset_index(drop=True),
        centres=find_centres(vectors, levels, count)[numbers],
        members=members,
    )


def _is_same(theme: int, before: Division, division: Division) -> bool:
    return bool((before.holds(theme) == division.holds(theme)).all())


def order_themes(division: Division) -> pd.DataFrame:
    """``theme``, ``parent``, ``level``: main themes by size, others by parent, then by size."""
    import numpy as np
    import pandas as pd

    parts, rank = [], {NOWHERE: 0}
    for level, row in enumerate(division.paths):
        names, first, sizes = np.unique(row, return_index=True, return_counts=True)
        parents = division.paths[level - 1, first] if level else np.full(len(names), NOWHERE)
        part = pd.DataFrame({"theme": names, "parent": parents, "level": level, "size": sizes})
        part = part[part["theme"] != NOWHERE].assign(rank=lambda own: own["parent"].map(rank))  # noqa: B023
        part = part.sort_values(["rank", "size", "theme"], ascending=[True, False, True])
        rank = {theme: place for place, theme in enumerate(part["theme"])}
        parts.append(part[["theme", "parent", "level"]])
    return pd.concat(parts, ignore_index=True)


def _name(frame: pd.DataFrame, found: Mapping[Any, str], given: dict[int, str]) -> list[str]:
    """The label of each theme: given by an edit, as found, or made of its keywords."""
    labels = {theme: given.get(theme, found.get(theme, "")) for theme in frame["theme"]}
    taken = {label for label in labels.values() if label}
    made = make_labels([row.split(SEPARATOR) if row else [] for row in frame["keywords"]])
    for theme, label in zip(frame["theme"], made, strict=True):
        if not labels[theme]:
            labels[theme] = _make_unique(label, taken)
            taken.add(labels[theme])
    return list(labels.values())


def _make_unique(label: str, taken: set[str]) -> str:
    number, unique = 1, label
    while unique in taken:
        number += 1
        unique = f"{label} ({number})"
    return unique


def _remap(members: np.ndarray, before: Division, division: Division) -> np.ndarray:
    """What the clusterings say, in the themes that edits left.

    A vote for the theme that a text was in is one for the theme it is in now; any other goes to the
    theme that took most of what the one voted for held. Where an edit put a text there is no vote.
    """
    import numpy as np

    old, new = before.paths[-1], division.paths[-1]
    heir = np.full(before.following + 1, NOWHERE)
    for theme in np.unique(old[old != NOWHERE]):
        own = (old == theme) & (new != NOWHERE)
        if own.any():
            stayed = own & ~division.by_hand
            names, counts = np.unique(new[stayed if stayed.any() else own], return_counts=True)
            heir[theme] = names[counts.argmax()]
    votes = heir[members]
    # A theme that left no text has no heir: its votes go where the text is.
    own = (members == old) | (votes == NOWHERE) | division.by_hand
    votes = np.where(own, new, votes)
    return np.where(new == NOWHERE, NOWHERE, votes).astype(members.dtype)


def _lift(members: np.ndarray, division: Division, level: int) -> np.ndarray:
    import numpy as np

    table = np.full(division.following + 1, NOWHERE)
    table[division.paths[-1]] = division.paths[level]
    return np.asarray(table[members])


def _assign(
    found: Themes, before: Division, division: Division, members: np.ndarray
) -> pd.DataFrame:
    """``assignments`` as edited; ``members`` are the clusterings at the level of sub-themes."""
    import numpy as np

    touched = (before.paths != division.paths).any(axis=0) | division.by_hand
    own = division.paths[min(1, division.depth - 1)]
    strength = np.where(own == NOWHERE, 0.0, np.round((members == own).mean(axis=0), 6))
    state = np.where(strength < AGREED, BORDERLINE, CORE)
    state = np.where(own == NOWHERE, UNPLACED, state)
    old = found.assignments
    return old.assign(
        theme=division.paths[-1],
        state=np.where(touched, state, old["state"]),
        strength=np.where(touched, strength, old["strength"]),
    ).astype(old.dtypes.to_dict())
