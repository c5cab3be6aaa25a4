"""How enquirers write: ten dimensions of tone, urgency with reasons, valence beside them."""

from workbench.tone.heads import TARGETS, ToneHeads, learn_heads, shipped_heads
from workbench.tone.markers import TONES, find_markers, load_markers
from workbench.tone.score import (
    REASONS,
    mark_tone,
    own_words,
    score_tone,
    score_urgency,
    tone_by_text,
    urgency_reasons,
)
from workbench.tone.valence import score_valence

__all__ = [
    "REASONS",
    "TARGETS",
    "TONES",
    "ToneHeads",
    "find_markers",
    "learn_heads",
    "load_markers",
    "mark_tone",
    "own_words",
    "score_tone",
    "score_urgency",
    "score_valence",
    "shipped_heads",
    "tone_by_text",
    "urgency_reasons",
]
