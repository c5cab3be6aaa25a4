"""Themes of a body of texts: found from the texts, placed on a codebook, edited, quoted, drawn."""

from workbench.themes.accepted import SUGGESTER, tabulate_codings
from workbench.themes.alignment import align_codebook
from workbench.themes.codebook import Code, Codebook
from workbench.themes.coding import apply_codebook, roll_up, suggest_codes
from workbench.themes.decisions import append_decision, read_decisions, write_decisions
from workbench.themes.discover import find_themes
from workbench.themes.edits import (
    Edit,
    Lock,
    Merge,
    Move,
    Note,
    Pin,
    Rename,
    Split,
    Undo,
    Unlock,
)
from workbench.themes.emerging import find_emerging
from workbench.themes.findings import summarise_alignment
from workbench.themes.found import Themes, ThemeSettings
from workbench.themes.kept import Continued, KeptThemes, continue_themes, keep_themes
from workbench.themes.layout import layout
from workbench.themes.learning import CodeModel, learn_codes
from workbench.themes.place import (
    learn_reach,
    learn_sentences,
    place_cases,
    place_sentences,
    place_texts,
)
from workbench.themes.quotes import near_misses, theme_neighbours, theme_sentences
from workbench.themes.replay import edit_themes, replay_edits, undo
from workbench.themes.saturation import saturation
from workbench.themes.trends import theme_trends

__all__ = [
    "SUGGESTER",
    "Code",
    "CodeModel",
    "Codebook",
    "Continued",
    "Edit",
    "KeptThemes",
    "Lock",
    "Merge",
    "Move",
    "Note",
    "Pin",
    "Rename",
    "Split",
    "ThemeSettings",
    "Themes",
    "Undo",
    "Unlock",
    "align_codebook",
    "append_decision",
    "apply_codebook",
    "continue_themes",
    "edit_themes",
    "find_emerging",
    "find_themes",
    "keep_themes",
    "layout",
    "learn_codes",
    "learn_reach",
    "learn_sentences",
    "near_misses",
    "place_cases",
    "place_sentences",
    "place_texts",
    "read_decisions",
    "replay_edits",
    "roll_up",
    "saturation",
    "suggest_codes",
    "summarise_alignment",
    "tabulate_codings",
    "theme_neighbours",
    "theme_sentences",
    "theme_trends",
    "undo",
    "write_decisions",
]
