"""Themes and their map, kept between runs, with the researcher's edits; and which themes are firm.

The same texts need not be divided again, nor the same edits be made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from workbench.cache import load_arrays, save_arrays
from workbench.progress import SILENT, Progress
from workbench.report.keeping import Arrays
from workbench.report.packing import code_of, digest, pack_frames, unpack_frame
from workbench.study import Study
from workbench.themes.decisions import read_decisions
from workbench.themes.discover import find_themes
from workbench.themes.edits import Edit
from workbench.themes.found import Themes, ThemeSettings
from workbench.themes.layout import layout
from workbench.themes.replay import replay_edits

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_CODE = ("themes", "text", "report/theming.py", "report/packing.py")
_FRAMES = ("assignments", "themes", "levels")
_REPLAYED = "replayed"


def theme_settings(study: Study) -> ThemeSettings:
    """What the study asks of the themes, as settings."""
    return ThemeSettings(
        main=study.themes.main,
        sub=study.themes.sub,
        finest=study.themes.finest,
        unplaced=study.themes.unplaced,
        stop=study.words.stop,
        seed=study.seed,
    )


def find_themes_once(
    texts: pd.Series,
    *,
    vectors: np.ndarray,
    settings: ThemeSettings,
    progress: Progress = SILENT,
) -> tuple[Themes, np.ndarray]:
    """Themes of ``texts`` (by id) and two coordinates a text for their map, or from the cache.

    As `find_themes` and `layout` give them. An entry is known by texts, ids, vectors, settings and
    the code that finds themes.
    """
    key = f"themes/{digest_texts(texts, vectors, settings)}"
    kept = load_arrays(key)
    if kept is None:
        themes = find_themes(texts, vectors=vectors, settings=settings, progress=progress)
        progress.begin("Drawing the map of themes")
        kept = {**pack_themes(themes), "places": layout(vectors, seed=settings.seed)}
        save_arrays(key, kept)
    return unpack_themes(kept, settings), kept["places"]  # packed and unpacked on a first run too


def edit_themes_once(
    themes: Themes, edits: Sequence[Edit], texts: pd.Series, vectors: np.ndarray
) -> tuple[Themes, pd.DataFrame]:
    """``themes`` with ``edits`` made again, and what became of each; or from the cache.

    The second frame is the report of `replay_edits` with ``label``, the name that an edit gives,
    if it gives one. It has no rows without edits.
    """
    made = repr([(edit.kind, edit) for edit in edits]).encode()
    among = repr([edit.among for edit in edits]).encode()  # which the edits do not show
    placed = pack_frames({"placed": themes.assignments})["placed"].tobytes()  # they may be kept
    key = f"edited/{digest_texts(texts, vectors, themes.settings, made, among, placed)}"
    kept = load_arrays(key)
    if kept is None:
        edited, told = replay_edits(themes, edits, texts=texts, vectors=vectors)
        told = told.assign(label=[str(getattr(edit, "label", "")) for edit in edits])
        kept = {**pack_themes(edited), **pack_frames({_REPLAYED: told.astype("str")})}
        save_arrays(key, kept)
    return unpack_themes(kept, themes.settings), unpack_frame(kept[_REPLAYED])


def read_edits(study: Study) -> tuple[Edit, ...]:
    """The researcher's decisions about themes, where the study names a file of them."""
    path = study.themes.decisions
    return () if path is None else read_decisions(study.locate(path))


def printed_themes(themes: Themes, study: Study) -> pd.DataFrame:
    """The main themes and sub-themes that a report tells of, and which are ``firm``.

    A sub-theme that is the only one of its theme holds the same texts under another name, and is
    left out. Firm are themes of the size and the mean stability that the study asks for, and
    sub-themes only of themes that are.
    """
    wishes = study.themes
    told = themes.themes[themes.themes["level"] <= 1].reset_index(drop=True)
    below = told[told["level"] == 1].groupby("parent")["theme"].agg(["size", "first"])
    only = below.loc[below["size"] == 1, "first"]
    told = told[~told["theme"].isin(only)].reset_index(drop=True)
    floor = max(wishes.firm_cases, wishes.firm_share * len(themes.assignments))
    # A theme whose stability could not be measured is not known to hold.
    firm = (told["size"] >= floor) & (told["stability"] >= wishes.firm_stability)
    held = set(told.loc[firm, "theme"])
    firm &= (told["level"] == 0) | told["parent"].isin(held)
    return told.assign(firm=firm)


def theme_labels(themes: Themes, shown: pd.DataFrame, level: int) -> pd.DataFrame:
    """Which text carries which theme of ``shown`` at ``level``: text_id, label.

    A text whose sub-theme is the only one of its theme carries no sub-theme.
    """
    own = shown[shown["level"] == level]
    names = dict(zip(own["theme"], own["label"], strict=True))
    labels = themes.at_level(level).map(names)
    frame = themes.assignments[["text_id"]].assign(label=labels)
    return frame[labels.notna()].reset_index(drop=True)


def digest_texts(
    texts: pd.Series, vectors: np.ndarray, settings: ThemeSettings, *more: bytes
) -> str:
    """One name for texts, ids, vectors, settings, ``more``, and the code that finds themes."""
    import numpy as np

    content = (
        "\0".join(f"{name}\0{text}" for name, text in texts.items()).encode("utf-8", "replace"),
        np.ascontiguousarray(vectors).tobytes(),
        repr(sorted(asdict(settings).items())).encode(),
        *more,
    )
    return digest(files=code_of(_CODE), content=content)


def pack_themes(themes: Themes) -> dict[str, np.ndarray]:
    """The frames and arrays of ``themes`` as arrays; their edits and settings are left out."""
    frames = pack_frames({name: getattr(themes, name) for name in _FRAMES})
    return {**frames, "centres": themes.centres, "members": themes.members}


def unpack_themes(kept: Arrays, settings: ThemeSettings) -> Themes:
    """The themes that ``pack_themes`` made into ``kept``."""
    assignments, rows, levels = (unpack_frame(kept[name]) for name in _FRAMES)
    return Themes(assignments, rows, levels, kept["centres"], kept["members"], settings=settings)
