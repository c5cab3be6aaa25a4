"""Themes kept as they were found, and gone on with when cases come, change or go.

Found anew, themes move with every case that is added or corrected; kept, each case stays where it
was, and only what is new or changed is placed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.progress import SILENT, Progress
from workbench.text.inputs import Texts, as_texts
from workbench.themes.carry import check_vectors
from workbench.themes.describe import rank_keywords, wilson_shares
from workbench.themes.division import NOWHERE, Division
from workbench.themes.emerging import find_emerging
from workbench.themes.found import Themes
from workbench.themes.keywords import SEPARATOR
from workbench.themes.place import centres_at, learn_reach, place_texts
from workbench.themes.redescribe import order_themes

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

STAYED, CHANGED, NEW = "stayed", "changed", "new"
_OF_THE_FIT = ("label", "stability", "stability_low", "stability_high")


@dataclass(frozen=True)
class KeptThemes:
    """``themes`` as found, before any edit; ``reach`` of each (``learn_reach``); and ``wordings``,
    a hash of each text that they were found in, shape ``(n,)``, by which a changed one is known.
    """

    themes: Themes
    reach: pd.DataFrame
    wordings: np.ndarray


@dataclass(frozen=True)
class Continued:
    """Kept themes with the texts that there are now.

    ``how``: "stayed", "changed" or "new" for each text, indexed by ``text_id``; ``gone``: how many
    texts are no longer there; ``emerging``: themes among those changed or new that no kept theme
    reaches (``find_emerging``), None where too few of them lie together.
    """

    themes: Themes
    how: pd.Series
    gone: int
    emerging: Themes | None

    def summary(self) -> pd.DataFrame:
        """Of the texts that stayed, changed or are new: ``texts``, ``n``, ``placed`` (0 to 1)."""
        theme = self.themes.assignments.set_index("text_id")["theme"]
        told = (theme != NOWHERE).groupby(self.how).agg(n="size", placed="mean")
        order = [how for how in (STAYED, CHANGED, NEW) if how in told.index]
        return told.loc[order].rename_axis("texts").reset_index()


def keep_themes(themes: Themes, texts: Texts, vectors: np.ndarray) -> KeptThemes:
    """``themes`` ready to be kept; ``texts`` and ``vectors`` are those that they were found in.

    Edits are left out: the decisions file has them, and they are made again on what was found.
    Raises ``WorkbenchError`` for other texts or vectors.
    """
    given, ids = as_texts(texts)
    found = themes.found or themes
    check_vectors(len(given), vectors)
    if list(found.assignments["text_id"]) != ids:
        raise WorkbenchError("The themes are of other texts. Give those that they were found in.")
    return KeptThemes(found, learn_reach(found, vectors), _hash(given))


def continue_themes(
    kept: KeptThemes, texts: Texts, vectors: np.ndarray, *, progress: Progress = SILENT
) -> Continued:
    """The kept themes with ``texts`` (``vectors`` one unit row each) in them.

    A text that was there stays where it was, and one whose words changed while its theme still
    reaches it; all others are placed by ``place_texts``. Numbers, labels, stability and centres of
    themes stay; sizes, shares and keywords are those of the texts there are now. A theme without
    any text left is dropped. For a text that was placed later, ``strength`` is its cosine to the
    theme's centre, and every clustering is taken to put it where it is.

    Raises ``WorkbenchError`` where vectors do not fit, or no text is in any of the themes.
    """
    import numpy as np
    import pandas as pd

    given, ids = as_texts(texts)
    check_vectors(len(given), vectors)
    old = kept.themes.assignments
    row_of = {own: row for row, own in enumerate(old["text_id"])}
    at = np.array([row_of.get(own, -1) for own in ids], dtype=np.int64)
    how = np.where(at < 0, NEW, np.where(kept.wordings[at] == _hash(given), STAYED, CHANGED))
    moved = how != STAYED
    moved[how == CHANGED] = ~_reached(kept, at[how == CHANGED], vectors[how == CHANGED])
    rows = np.flatnonzero(moved)
    later = pd.Series([given[row] for row in rows], index=[ids[row] for row in rows], dtype="str")
    placed = place_texts(kept.themes, later, vectors=vectors[rows], reach=kept.reach)
    assignments = old.iloc[at].reset_index(drop=True)
    assignments["text_id"] = pd.Series(ids).to_numpy()
    assignments.loc[rows, ["theme", "state", "strength"]] = placed[
        ["theme", "state", "strength"]
    ].to_numpy()
    assignments = assignments.astype(old.dtypes.to_dict())
    if (assignments["theme"] == NOWHERE).all():
        raise WorkbenchError(
            "None of the texts is in any of the kept themes. Were those found in other cases?"
        )
    members = kept.themes.members[:, at].copy()
    members[:, rows] = placed["theme"].to_numpy()
    emerging = find_emerging(
        kept.themes,
        later,
        vectors=vectors[rows],
        placed=placed,
        reach=kept.reach,
        settings=replace(kept.themes.settings, main=None, sub=None, finest=None),
        progress=progress,
    )
    return Continued(
        themes=_describe(replace(kept.themes, assignments=assignments, members=members), given),
        how=pd.Series(how, index=pd.Index(ids), dtype="str"),
        gone=len(old) - len(set(at[at >= 0])),
        emerging=emerging,
    )


def _reached(kept: KeptThemes, at: np.ndarray, vectors: np.ndarray) -> np.ndarray:
    """Whether the theme of the kept text ``at`` still reaches it as it is now, shape ``(n,)``."""
    import numpy as np

    own = kept.themes.assignments["theme"].to_numpy()[at]
    limits = dict(zip(kept.reach["theme"], kept.reach["reach"], strict=True))
    held = own != NOWHERE
    reached = np.zeros(len(own), dtype=bool)
    centres = centres_at(kept.themes, own[held])
    nearness = np.round((vectors[held] * centres.reshape(-1, vectors.shape[1])).sum(axis=1), 6)
    reached[held] = nearness >= np.array([limits[int(theme)] for theme in own[held]])
    return reached


def _describe(partly: Themes, texts: list[str]) -> Themes:
    """``partly``, whose texts are placed, with the frames of themes that follow from them."""
    import numpy as np

    paths = np.stack([partly.at_level(level).to_numpy() for level in range(partly.depth)])
    count = int(partly.themes["theme"].max()) + 1
    frame = order_themes(Division.start(paths, count))
    numbers = frame["theme"].to_numpy()
    sizes = sum(np.bincount(row[row != NOWHERE], minlength=count) for row in paths)
    shares = wilson_shares(np.asarray(sizes), len(texts))
    words = rank_keywords(texts, list(paths), count, stop=partly.settings.stop)
    known = partly.themes.set_index("theme").loc[numbers]
    own = {name: known[name].to_numpy() for name in _OF_THE_FIT}
    frame = frame.assign(**own, **{name: values[numbers] for name, values in shares.items()})
    frame["keywords"] = [SEPARATOR.join(words[theme]) for theme in numbers]
    return replace(
        partly,
        themes=frame[list(partly.themes.columns)].astype(partly.themes.dtypes.to_dict()),
        levels=frame.loc[frame["level"] > 0, ["theme", "parent"]].reset_index(drop=True),
        centres=centres_at(partly, numbers),
    )


def _hash(texts: list[str]) -> np.ndarray:
    """A hash of each text, spaces folded, as fixed-width text."""
    import numpy as np

    folded = (" ".join(text.split()).encode("utf-8", "surrogatepass") for text in texts)
    return np.array([hashlib.sha256(text).hexdigest() for text in folded], dtype="U64")
