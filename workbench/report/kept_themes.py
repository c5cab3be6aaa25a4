"""A study's kept themes: the file that holds them, and what a report says of what came since.

The file holds numbers of themes, identifiers of cases, hashes of texts, and keywords; no text. Ids
and words come from cases, so it is written for its owner alone.
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import StudyError
from workbench.files import write_bytes
from workbench.progress import SILENT, Progress
from workbench.report.keeping import Arrays, keep, read_safely, texts_of
from workbench.report.packing import pack_bytes, pack_frames, unpack_frame
from workbench.report.theming import (
    digest_texts,
    find_themes_once,
    pack_themes,
    theme_settings,
    unpack_themes,
)
from workbench.study import Study
from workbench.text.vectors import WEIGHTS_SHA256, embed
from workbench.themes.found import Themes, ThemeSettings
from workbench.themes.kept import Continued, KeptThemes, continue_themes, keep_themes
from workbench.themes.layout import layout

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

USUAL_NAME = "themes-kept.npz"
"""What the file is called in the study's folder, unless the study names another."""

_FORMAT = "workbench-themes-1"
_WISHES = ("main", "sub", "finest", "unplaced")
_CODE = ("report/kept_themes.py",)  # and what ``digest_texts`` names
_EMERGING = "emerging/"


def save_kept(path: Path | str, kept: KeptThemes) -> Path:
    """Write ``kept`` for its owner alone; the same themes give the same bytes."""
    import numpy as np

    about = {"format": _FORMAT, "model": WEIGHTS_SHA256, "settings": asdict(kept.themes.settings)}
    arrays = {
        **pack_themes(kept.themes),
        **pack_frames({"reach": kept.reach}),
        "wordings": kept.wordings,
        "about": pack_bytes(json.dumps(about).encode()),
    }
    buffer = io.BytesIO()
    np.savez_compressed(buffer, allow_pickle=False, **arrays)
    return write_bytes(path, buffer.getvalue(), private=True)


def read_kept(study: Study) -> KeptThemes | None:
    """The themes that the study keeps, or None where it keeps none.

    Raises ``StudyError`` for a file that is torn, of another model, or at odds with what
    ``[themes]`` asks for.
    """
    if study.themes.kept is None:
        return None
    path = study.locate(study.themes.kept)
    try:
        about, kept = _read(path)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        raise StudyError(
            f"{path} is not a whole file of kept themes. Fetch it from a copy, or find the themes "
            f"anew: workbench keep-themes {study.folder} --anew"
        ) from None
    if about["model"] != WEIGHTS_SHA256:
        raise StudyError(
            f"The themes in {path} were found with another model of sentence vectors. Find them "
            f"anew: workbench keep-themes {study.folder} --anew"
        )
    for name in _WISHES:
        asked, had = getattr(study.themes, name), getattr(kept.themes.settings, name)
        if asked != had:
            raise StudyError(
                f"[themes] {name} is {_told(asked)}, but the themes in {path} were found with "
                f"{_told(had)}. Set it back, or find them anew: workbench keep-themes "
                f"{study.folder} --anew"
            )
    return kept


def _told(asked: object) -> str:
    return "not set" if asked is None else f"{asked}"


def _read(path: Path) -> tuple[dict[str, Any], KeptThemes]:
    import numpy as np

    with np.load(path, allow_pickle=False) as archive:
        arrays = {name: archive[name] for name in archive.files}
    about = json.loads(arrays["about"].tobytes())
    if about["format"] != _FORMAT:
        raise ValueError("another format")
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in about["settings"].items()
    }
    themes = unpack_themes(arrays, ThemeSettings(**given))
    if len(arrays["wordings"]) != len(themes.assignments):
        raise ValueError("torn")
    return about, KeptThemes(themes, unpack_frame(arrays["reach"]), arrays["wordings"])


def keep_study_themes(
    study: Study, *, anew: bool = False, progress: Progress = SILENT
) -> tuple[Path, Themes]:
    """Find the themes of ``study`` and write them to its file of kept ones; path and themes.

    Raises ``StudyError`` where there is such a file and they are not to be found ``anew``.
    """
    path = study.locate(study.themes.kept or USUAL_NAME)
    if path.exists() and not anew:
        raise StudyError(
            f"{path} holds kept themes already. To find them anew, in place of these, say --anew; "
            "decisions about themes are then looked for in the new ones."
        )
    texts = texts_of(read_safely(study, progress=progress).log)
    vectors = embed(texts, progress=progress)
    settings = theme_settings(study)
    themes, _ = find_themes_once(texts, vectors=vectors, settings=settings, progress=progress)
    return save_kept(path, keep_themes(themes, texts, vectors)), themes


def say_saved(path: Path, themes: Themes, study: Study) -> str:
    """What was kept, and the line that the study needs for it."""
    levels = themes.themes["level"]
    told = (
        f"Kept {int((levels == 0).sum())} main themes with {int((levels == 1).sum())} sub-themes "
        f"of {len(themes.assignments):,} cases in {path}."
    )
    if study.themes.kept is not None:
        return told
    return f'{told}\nThe report uses them once study.toml has, under [themes]: kept = "{path.name}"'


def find_or_continue(
    study: Study,
    texts: pd.Series,
    *,
    vectors: np.ndarray,
    settings: ThemeSettings,
    progress: Progress = SILENT,
) -> tuple[Themes, np.ndarray, Continued | None]:
    """The themes of ``texts``, found or kept; their places on the map; and how kept ones went on.

    ``settings`` are those of the study. The last is None where it keeps no themes.
    """
    kept = read_kept(study)
    if kept is None:
        found = find_themes_once(texts, vectors=vectors, settings=settings, progress=progress)
        return (*found, None)
    continued, places = continue_once(kept, texts, vectors, progress=progress)
    return continued.themes, places, continued


def continue_once(
    kept: KeptThemes, texts: pd.Series, vectors: np.ndarray, *, progress: Progress = SILENT
) -> tuple[Continued, np.ndarray]:
    """``continue_themes`` and two coordinates a text for the map, or from the cache."""
    import numpy as np

    settings = kept.themes.settings

    def make() -> dict[str, np.ndarray]:
        progress.begin("Placing cases on the kept themes")
        done = continue_themes(kept, texts, vectors, progress=progress)
        frames = {"how": done.how.rename("how").rename_axis("text_id").reset_index()}
        found = {} if done.emerging is None else pack_themes(done.emerging)
        return {
            **pack_themes(done.themes),
            **{f"{_EMERGING}{name}": array for name, array in found.items()},
            **pack_frames(frames),
            "gone": np.array([done.gone]),
            "places": layout(vectors, seed=settings.seed),
        }

    found = [*pack_themes(kept.themes).values(), kept.wordings]
    same = digest_texts(texts, vectors, settings, *(array.tobytes() for array in found))
    arrays = keep("continued", make, code=_CODE, content=[same.encode()])
    return _unpack(arrays, settings), arrays["places"]


def _unpack(arrays: Arrays, settings: ThemeSettings) -> Continued:
    new = {
        name.removeprefix(_EMERGING): array
        for name, array in arrays.items()
        if name.startswith(_EMERGING)
    }
    how = unpack_frame(arrays["how"]).set_index("text_id")["how"]
    return Continued(
        themes=unpack_themes(arrays, settings),
        how=how,
        gone=int(arrays["gone"][0]),
        emerging=unpack_themes(new, settings) if new else None,
    )
