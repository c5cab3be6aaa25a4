"""Themes found in texts: what was asked for, and the frames that tell what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.themes.levels import Number, as_range

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from bertopic import BERTopic

    from workbench.themes.edits import Edit

NO_THEME = -1
# Mean Jaccard index from which a theme counts as stable (Hennig 2007).
STABLE = 0.75


@dataclass(frozen=True)
class ThemeSettings:
    """How themes are found.

    ``main``, ``sub``, ``finest``: themes wanted on a level, a number or a range ``(low, high)``; or
    None to find it. ``unplaced``: largest share of texts left without a theme. ``smallest``:
    distinct texts that make a theme. ``stop``: words to leave out of keywords beside the English
    function words. ``seed``: of the clusterings.
    """

    main: Number = None
    sub: Number = None
    finest: Number = None
    unplaced: float = 0.1
    smallest: int = 5
    stop: tuple[str, ...] = ()
    seed: int = 1

    def __post_init__(self) -> None:
        for level in ("main", "sub", "finest"):
            _check_number(level, getattr(self, level))
        if not 0 <= self.unplaced <= 1:
            raise WorkbenchError("'unplaced' is a share: give a number from 0 to 1.")
        if self.smallest < 1:
            raise WorkbenchError("'smallest' is a count of texts: give 1 or more.")


def _check_number(level: str, number: Number) -> None:
    low, high = as_range(number, (1, 1))
    if low < 1 or high < low:
        raise WorkbenchError(
            f"'{level}' is a number of themes: give one of 1 or more, a range such as (10, 20) "
            "with the lower number first, or leave it out."
        )


DEFAULTS = ThemeSettings()


@dataclass(frozen=True)
class Themes:
    """Themes found, as frames.

    ``assignments``: one row a text in the order given: ``text_id``, ``theme`` (the finest theme; -1
    unplaced), ``state`` (core, borderline, unplaced), ``strength`` (the share of clusterings that
    put the text in its sub-theme, 0 to 1; under a half is borderline).
    ``themes``: one row a theme: ``theme``, ``parent`` (-1 for a main theme), ``level`` (0 main, 1
    sub-theme, 2 finer), ``label``, ``size``, ``share`` of all texts, ``low`` and ``high`` (95%
    Wilson interval of the share), ``stability`` (0 to 1: mean Jaccard index of the theme with its
    match in clusterings of random halves, Hennig 2007; from .75 stable, under .6 doubtful),
    ``stability_low`` and ``stability_high`` (where 95% of those clusterings lie), ``keywords``
    (joined by commas). Main themes come first, then those below by parent, each by size; ``theme``
    is the number of the row until the researcher edits: numbers outlive edits.
    ``levels``: ``theme``, ``parent`` of every theme below the main ones.
    ``centres``: the unit mean vector of each theme, a row a row of ``themes``, shape ``(t, d)``.
    ``members``: the finest theme that each clustering of the consensus gives each text, shape
    ``(m, n)``, -1 where the text is unplaced.
    ``edits``: what the researcher changed; ``found``: the themes before, None when unedited.
    """

    assignments: pd.DataFrame
    themes: pd.DataFrame
    levels: pd.DataFrame
    centres: np.ndarray
    members: np.ndarray
    edits: tuple[Edit, ...] = ()
    found: Themes | None = None
    settings: ThemeSettings = DEFAULTS

    @property
    def unplaced(self) -> float:
        """The share of texts without a theme, from 0 to 1."""
        return float((self.assignments["theme"] == NO_THEME).mean())

    @property
    def depth(self) -> int:
        """The number of levels."""
        return int(self.themes["level"].max()) + 1

    def at_level(self, level: int) -> pd.Series:
        """The theme of each text at ``level`` (0 main, 1 sub-theme, 2 finer), -1 where unplaced.

        A level below the finest is the finest.
        """
        return self.assignments["theme"].map(self._lift(level)).astype("int64").rename("theme")

    def members_at(self, level: int) -> np.ndarray:
        """``members`` at ``level``: int32, shape ``(m, n)``, -1 where the text is unplaced."""
        import numpy as np

        lift = self._lift(level)
        table = np.full(max(lift) + 2, NO_THEME, dtype=np.int32)
        table[list(lift)] = list(lift.values())
        return np.asarray(table[self.members])

    def labels_at(self, level: int) -> pd.DataFrame:
        """Which text carries which theme at ``level``: ``text_id``, ``label``; placed texts."""
        names = dict(zip(self.themes["theme"], self.themes["label"], strict=True))
        found = self.at_level(level)
        frame = self.assignments[["text_id"]].assign(label=found.map(names))
        return frame[found != NO_THEME].reset_index(drop=True)

    def bertopic(self, texts: Texts, vectors: np.ndarray, *, level: int = 1) -> BERTopic:
        """A BERTopic model of the themes at ``level``, labelled alike, for its plots and views."""
        from workbench.themes.bertopic import fit_bertopic, theme_numbers

        given, _ = as_texts(texts)
        found = self.at_level(level).to_numpy()
        model = fit_bertopic(given, vectors, found, stop=self.settings.stop)
        names = dict(zip(self.themes["theme"], self.themes["label"], strict=True))
        numbers = theme_numbers(model, found)
        model.set_topic_labels(
            {topic: names.get(theme, "Unplaced") for topic, theme in numbers.items()}
        )
        return model

    def _lift(self, level: int) -> dict[int, int]:
        """Each theme's own or upper theme at ``level``."""
        parents = dict(zip(self.themes["theme"], self.themes["parent"], strict=True))
        depths = dict(zip(self.themes["theme"], self.themes["level"], strict=True))
        lift = {NO_THEME: NO_THEME}
        for theme in parents:
            above = theme
            while depths[above] > level:
                above = parents[above]
            lift[int(theme)] = int(above)
        return lift
