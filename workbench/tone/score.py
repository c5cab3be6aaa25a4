"""Tone and urgency of texts, from markers.

In this version a tone's ``probability`` says only whether a marker fires (1.0) or not (0.0): it
is the presence of reviewed words, not a calibrated chance. Publish it as a marker rate.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import Sentence, own_sentences
from workbench.tone.markers import TONES, Fired, fire
from workbench.tone.voices import fold, quoted_spans

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

REASONS = {"action": 0.5, "risk": 0.5, "deadline": 0.35, "spreading": 0.25}
"""What each reason for urgency weighs, from 0 to 1. Chosen by hand for sorting a reading list,
not measured: each alone leaves a text below one that has it and another besides."""

# Four words in capitals in a row are shouting; abbreviations and headings are shorter.
_SHOUTING = re.compile(r"(?:\b[A-Z][A-Z']+\b[\s,!?.-]*){4,}|[!?]{3,}")


def score_tone(texts: Texts, *, vectors: np.ndarray | None = None) -> pd.DataFrame:
    """Tone of each sentence of the enquirer's own words: one row a sentence and dimension.

    Columns ``text_id``, ``sentence`` (number from 0 in its text), ``start``, ``end`` (of the
    sentence, in the text as given), ``dimension`` (one of ``TONES``), ``probability`` (1.0 where
    a marker fires, else 0.0; uncalibrated), ``evidence`` (a tuple of ``(start, end)`` places in
    the text as given). Banners, signatures and quoted mails are not scored, and quoted words are
    not the enquirer's. ``vectors`` are not needed by markers.
    """
    import numpy as np
    import pandas as pd

    given, ids = as_texts(texts)
    numbers = {tone: number for number, tone in enumerate(TONES)}
    places: list[tuple[int, int, int, int]] = []
    evidence: dict[int, list[tuple[int, int]]] = {}
    for row, text in enumerate(given):
        sentences = own_sentences(text)
        first = len(places)
        places += [(row, number, s.start, s.end) for number, s in enumerate(sentences)]
        for tone, sentence, start, end in _tone_hits(text, sentences):
            cell = (first + sentence) * len(TONES) + numbers[tone]
            evidence.setdefault(cell, []).append((start, end))
    table = np.array(places, dtype=np.int64).reshape(-1, 4).repeat(len(TONES), axis=0)
    spans = np.empty(len(table), dtype=object)
    spans.fill(())
    for cell, found in evidence.items():
        spans[cell] = tuple(sorted(set(found)))
    probability = np.zeros(len(table))
    probability[list(evidence)] = 1.0
    return pd.DataFrame(
        {
            "text_id": pd.Series(ids).take(table[:, 0]).to_numpy(),
            "sentence": table[:, 1],
            "start": table[:, 2],
            "end": table[:, 3],
            "dimension": pd.Series(np.tile(np.array(TONES), len(places)), dtype="str"),
            "probability": probability,
            "evidence": spans,
        }
    )


def tone_by_text(scores: pd.DataFrame) -> pd.DataFrame:
    """Which tones a text shows anywhere: ``text_id`` and one boolean column a dimension.

    ``scores`` come from ``score_tone``; texts keep their order. A text without sentences has no
    row: join on ``text_id`` to keep it.
    """
    import numpy as np
    import pandas as pd

    rows, ids = pd.factorize(scores["text_id"])
    shown = (scores["probability"] >= 0.5).to_numpy()
    columns = {}
    for tone in TONES:
        fired = rows[shown & (scores["dimension"] == tone).to_numpy()]
        columns[tone] = np.bincount(fired, minlength=len(ids)) > 0
    return pd.DataFrame({"text_id": ids, **columns})


def score_urgency(texts: Texts, *, vectors: np.ndarray | None = None) -> pd.Series:
    """How pressing each text reads, from 0 (no reason found) towards 1: for sorting only.

    ``1 - product of (1 - weight)`` over the kinds of reason that a text gives (``REASONS``: asks
    for action now, a deadline, risk to a child, harm spreading). Named ``urgency``, indexed by
    text_id. It orders a reading list; a score of 0 does not say that nothing is wrong.
    ``vectors`` are not needed by markers.
    """
    import pandas as pd

    given, ids = as_texts(texts)
    scores = []
    for text in given:
        calm = 1.0
        for reason in {hit.marker.reason for hit in _reason_hits(text)}:
            calm *= 1 - REASONS[reason]
        scores.append(round(1 - calm, 6))
    return pd.Series(scores, index=pd.Index(ids, name="text_id"), name="urgency", dtype="float64")


def urgency_reasons(texts: Texts) -> pd.DataFrame:
    """The words that make a text pressing: ``text_id``, ``reason``, ``start``, ``end``."""
    import pandas as pd

    given, ids = as_texts(texts)
    rows = [
        (ids[row], hit.marker.reason, hit.start, hit.end)
        for row, text in enumerate(given)
        for hit in _reason_hits(text)
    ]
    return pd.DataFrame(rows, columns=["text_id", "reason", "start", "end"])


def _reason_hits(text: str) -> list[Fired]:
    hits = fire(text, own_sentences(text), only="urgency")
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _tone_hits(text: str, sentences: list[Sentence]) -> list[tuple[str, int, int, int]]:
    """What fires: (dimension, sentence, start, end); shouting counts as bluntness."""
    found = [
        (hit.marker.dimension, hit.sentence, hit.start, hit.end)
        for hit in fire(text, sentences)
        if hit.marker.tone
    ]
    for number, sentence in enumerate(sentences):
        for match in _SHOUTING.finditer(text, sentence.start, sentence.end):
            quoted = quoted_spans(fold(text), [(sentence.start, sentence.end)])
            if not any(start <= match.start() < end for start, end in quoted):
                found.append(("bluntness", number, match.start(), match.end()))
    return found
