"""Figures: a tidy frame in, a plotly figure out, then files in four formats.

A chart never counts or aggregates: every number that it shows stands in its frame. The names
below are brought in when first used, so that plotly is loaded only by those who draw.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.charts.cloud import word_cloud as word_cloud
    from workbench.charts.codebook import alignment as alignment
    from workbench.charts.coded import codes as codes
    from workbench.charts.composition import mix as mix
    from workbench.charts.composition import standardised as standardised
    from workbench.charts.contrasts import contrast as contrast
    from workbench.charts.counts import bars as bars
    from workbench.charts.dialogue import tone_messages as tone_messages
    from workbench.charts.drawing import Drawing as Drawing
    from workbench.charts.drawing import SavedDrawing as SavedDrawing
    from workbench.charts.effects import differences as differences
    from workbench.charts.grid import heatmap as heatmap
    from workbench.charts.hours import arrivals as arrivals
    from workbench.charts.hours import replies as replies
    from workbench.charts.lens_rows import lens_rates as lens_rates
    from workbench.charts.pairs import dumbbell as dumbbell
    from workbench.charts.panel_months import month_panels as month_panels
    from workbench.charts.panel_rows import multiples as multiples
    from workbench.charts.per_day import rates as rates
    from workbench.charts.proportions import shares as shares
    from workbench.charts.proportions import takedowns as takedowns
    from workbench.charts.proportions import tone_rates as tone_rates
    from workbench.charts.reading import saturation as saturation
    from workbench.charts.save import save_drawings as save_drawings
    from workbench.charts.schemes import scheme_change as scheme_change
    from workbench.charts.seasons import months as months
    from workbench.charts.sentence import highlighted as highlighted
    from workbench.charts.slopes import slope as slope
    from workbench.charts.theme_lines import trends as trends
    from workbench.charts.theme_rows import levels as levels
    from workbench.charts.theme_rows import stability as stability
    from workbench.charts.themes import theme_map as theme_map
    from workbench.charts.themes import theme_sizes as theme_sizes
    from workbench.charts.tone import tone_course as tone_course
    from workbench.charts.tone import urgency as urgency
    from workbench.charts.tone_pairs import tones_together as tones_together
    from workbench.charts.words import keyness as keyness
    from workbench.charts.words import word_shift as word_shift

# No file here may bear the name of a chart: once loaded it would stand in the chart's place.
_HOMES = {
    "Drawing": "drawing",
    "SavedDrawing": "drawing",
    "alignment": "codebook",
    "arrivals": "hours",
    "bars": "counts",
    "codes": "coded",
    "contrast": "contrasts",
    "differences": "effects",
    "dumbbell": "pairs",
    "heatmap": "grid",
    "highlighted": "sentence",
    "keyness": "words",
    "lens_rates": "lens_rows",
    "levels": "theme_rows",
    "mix": "composition",
    "month_panels": "panel_months",
    "months": "seasons",
    "multiples": "panel_rows",
    "rates": "per_day",
    "replies": "hours",
    "saturation": "reading",
    "save_drawings": "save",
    "scheme_change": "schemes",
    "shares": "proportions",
    "slope": "slopes",
    "stability": "theme_rows",
    "standardised": "composition",
    "takedowns": "proportions",
    "theme_map": "themes",
    "theme_sizes": "themes",
    "tone_course": "tone",
    "tone_messages": "dialogue",
    "tone_rates": "proportions",
    "tones_together": "tone_pairs",
    "trends": "theme_lines",
    "urgency": "tone",
    "word_cloud": "cloud",
    "word_shift": "words",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Bring in a chart from its file when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'workbench.charts' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return __all__
