"""Themes of a body of texts: found from the texts, placed on a codebook, quoted, drawn."""

from workbench.themes.codebook import Code, Codebook, apply_codebook
from workbench.themes.discover import Rename, Themes, ThemeSettings, find_themes
from workbench.themes.layout import layout
from workbench.themes.quotes import theme_sentences

__all__ = [
    "Code",
    "Codebook",
    "Rename",
    "ThemeSettings",
    "Themes",
    "apply_codebook",
    "find_themes",
    "layout",
    "theme_sentences",
]
