"""The workbench's own themes as a way of clustering."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.clusterings.memory import remember

if TYPE_CHECKING:
    from workbench.themes import Themes, ThemeSettings


def settings_for(number: int | None) -> ThemeSettings:
    """Default settings, or those that ask for ``number`` themes at the finest level."""
    from workbench.themes import ThemeSettings

    if number is None:
        return ThemeSettings()
    if "finest" not in {field.name for field in fields(ThemeSettings)}:
        raise NotImplementedError("ThemeSettings cannot ask for a number of finest themes")
    return ThemeSettings(finest=number)


def find(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """The finest level; ``seed`` is not used: the engine has its own, part of its settings."""
    return _themes(texts, vectors, number).assignments["theme"].to_numpy()


def find_main(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """The main themes."""
    return _themes(texts, vectors, number).at_level(0).to_numpy()


def find_sub(
    texts: list[str], vectors: np.ndarray, *, number: int | None = None, seed: int = 1
) -> np.ndarray:
    """The sub-themes."""
    return _themes(texts, vectors, number).at_level(1).to_numpy()


def _themes(texts: list[str], vectors: np.ndarray, number: int | None) -> Themes:
    from workbench.themes import find_themes

    settings = settings_for(number)
    return remember(
        "themes",
        vectors,
        number,
        lambda: find_themes(texts, vectors=vectors, settings=settings),
    )
