"""Themes drawn up by hand, whose answers are known beforehand."""

import numpy as np
import pandas as pd

from workbench.themes.agreement import centres_of
from workbench.themes.found import NO_THEME, Themes


def draw_themes(finest, *, parents, vectors=None, members=None, state=None, ids=None):
    """Themes on two levels: ``parents`` is the main theme (0 to m - 1) of each sub-theme.

    ``finest`` is the sub-theme of each text, numbered from 0 (-1 none); the sub-themes' numbers in
    what is returned come after those of the main themes. ``members`` is numbered likewise.
    """
    parents = np.asarray(parents)
    first = parents.max() + 1
    count = first + len(parents)
    own = _shift(finest, first)
    top = np.append(parents, NO_THEME)[np.asarray(finest)]
    vectors = np.eye(len(parents), 8)[np.asarray(finest)] if vectors is None else vectors
    centres = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    for level in (own, top):
        names, place = np.unique(level[level >= 0], return_inverse=True)
        centres[names] = centres_of(vectors[level >= 0], place)
    frame = pd.DataFrame(
        {
            "theme": np.arange(count),
            "parent": [*[NO_THEME] * first, *parents],
            "level": [*[0] * first, *[1] * len(parents)],
            "label": [f"Theme {number}" for number in range(count)],
        }
    )
    default = np.where(own == NO_THEME, "unplaced", "core")
    return Themes(
        assignments=pd.DataFrame(
            {
                "text_id": range(len(own)) if ids is None else ids,
                "theme": own,
                "state": default if state is None else state,
                "strength": 1.0,
            }
        ),
        themes=frame,
        levels=frame.loc[frame["level"] == 1, ["theme", "parent"]].reset_index(drop=True),
        centres=centres,
        members=_shift(np.atleast_2d(finest if members is None else members), first),
    )


def _shift(found, first):
    found = np.asarray(found, dtype=np.int32)
    return np.where(found == NO_THEME, NO_THEME, found + first).astype(np.int32)
