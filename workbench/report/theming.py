"""Themes and their map, kept between runs: the same texts need not be divided again."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from workbench.cache import load_arrays, save_arrays
from workbench.progress import SILENT, Progress
from workbench.report.packing import code_of, digest, pack_frames, unpack_frame
from workbench.themes.discover import find_themes
from workbench.themes.found import Themes, ThemeSettings
from workbench.themes.layout import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd

_CODE = ("themes", "text", "report/theming.py", "report/packing.py")
_FRAMES = ("assignments", "themes", "levels")


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
    import numpy as np

    content = (
        "\0".join(f"{name}\0{text}" for name, text in texts.items()).encode("utf-8", "replace"),
        np.ascontiguousarray(vectors).tobytes(),
        repr(sorted(asdict(settings).items())).encode(),
    )
    key = f"themes/{digest(files=code_of(_CODE), content=content)}"
    kept = load_arrays(key)
    if kept is None:
        themes = find_themes(texts, vectors=vectors, settings=settings, progress=progress)
        progress.begin("Drawing the map of themes")
        kept = _pack(themes, layout(vectors, seed=settings.seed))
        save_arrays(key, kept)
    return _unpack(kept, settings)  # on a first run too, so that it cannot differ from a second


def _pack(themes: Themes, places: np.ndarray) -> dict[str, np.ndarray]:
    arrays = {"centres": themes.centres, "members": themes.members, "places": places}
    return {**pack_frames({name: getattr(themes, name) for name in _FRAMES}), **arrays}


def _unpack(kept: Mapping[str, np.ndarray], settings: ThemeSettings) -> tuple[Themes, np.ndarray]:
    assignments, rows, levels = (unpack_frame(kept[name]) for name in _FRAMES)
    found = Themes(assignments, rows, levels, kept["centres"], kept["members"], settings=settings)
    return found, kept["places"]
