"""How enquirers write: ten dimensions of tone, urgency with reasons, valence beside them."""

from workbench.tone.markers import TONES, find_markers, load_markers
from workbench.tone.score import (
    REASONS,
    score_tone,
    score_urgency,
    tone_by_text,
    urgency_reasons,
)
from workbench.tone.valence import score_valence

__all__ = [
    "REASONS",
    "TONES",
    "find_markers",
    "load_markers",
    "score_tone",
    "score_urgency",
    "score_valence",
    "tone_by_text",
    "urgency_reasons",
]
