"""Each text read once: its sentences, the enquirer's own words in them, and markers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.text.sentences import Sentence, own_sentences
from workbench.tone.markers import TONES, fire_folded
from workbench.tone.voices import fold, quoted_spans

if TYPE_CHECKING:
    import numpy as np

GAP = "…"
"""What stands in a sentence's own words where someone else's stood."""
SHOUTING = re.compile(r"(?:\b[A-Z][A-Z']+\b[\s,!?.-]*){4,}|[!?]{3,}")
"""Four words in capitals in a row, or three marks: abbreviations and headings are shorter."""

_SHOUTED = "bluntness"
# Whatever is shouted holds this, which is quickly looked for.
_LOUD = re.compile(r"[A-Z!?][A-Z'!?]+[\s,!?.-]*[A-Z!?]")


@dataclass(frozen=True)
class Spoken:
    """The sentences of n texts, one row each, and what fired in them.

    ``text`` is the row of the text, ``number`` the sentence's place in it, ``start`` and ``end``
    places in the text as given; ``own`` are its words without those of someone else. Of each
    marker that fired, ``fired`` has the row of the sentence, the number of the tone and where it
    stands; ``reasons`` the row of the text, the reason and where.
    """

    text: np.ndarray
    number: np.ndarray
    start: np.ndarray
    end: np.ndarray
    own: list[str]
    fired: np.ndarray
    targets: list[str]
    reasons: list[tuple[int, str, int, int]]

    def __len__(self) -> int:
        return len(self.text)


def read_spoken(texts: Sequence[str], *, whole: bool = False) -> Spoken:
    """Read every text. With ``whole``, each is one sentence, as those that people labelled are."""
    import numpy as np

    places: list[tuple[int, int, int, int]] = []
    own: list[str] = []
    fired: list[tuple[int, int, int, int]] = []
    targets: list[str] = []
    reasons: list[tuple[int, str, int, int]] = []
    for row, text in enumerate(texts):
        sentences = _all_of(text) if whole else own_sentences(text)
        copy = fold(text)
        quoted = quoted_spans(copy, [(one.start, one.end) for one in sentences])
        first = len(places)
        for number, sentence in enumerate(sentences):
            places.append((row, number, sentence.start, sentence.end))
            own.append(_without(text, sentence, quoted))
        hits = fire_folded(copy, sentences, quoted)
        for hit in hits:
            if hit.marker.tone:
                tone = TONES.index(hit.marker.dimension)
                fired.append((first + hit.sentence, tone, hit.start, hit.end))
                targets.append(hit.marker.target)
        found = [(row, hit.marker.reason, hit.start, hit.end) for hit in hits if hit.marker.reason]
        reasons += sorted(found, key=lambda one: one[2:])
        for sentence_row, start, end in _shouted(text, sentences, quoted):
            fired.append((first + sentence_row, TONES.index(_SHOUTED), start, end))
            targets.append("")
    table = np.array(places, dtype=np.int64).reshape(-1, 4)
    marks = np.array(fired, dtype=np.int64).reshape(-1, 4)
    return Spoken(table[:, 0], table[:, 1], table[:, 2], table[:, 3], own, marks, targets, reasons)


def _all_of(text: str) -> list[Sentence]:
    stripped = text.strip()
    start = len(text) - len(text.lstrip())
    return [Sentence(start, start + len(stripped), stripped)] if stripped else []


def _without(text: str, sentence: Sentence, quoted: Sequence[tuple[int, int]]) -> str:
    """The sentence's words with a gap where someone else's stand."""
    inside = sorted(
        (max(start, sentence.start), min(end, sentence.end))
        for start, end in quoted
        if start < sentence.end and sentence.start < end
    )
    if not inside:
        return sentence.text
    parts: list[str] = []
    at = sentence.start
    for start, end in inside:
        if start > at or not parts:  # else it goes on from the gap before
            parts += [text[at:start], GAP]
        at = max(at, end)
    parts.append(text[at : sentence.end])
    return " ".join("".join(parts).split())


def _shouted(
    text: str, sentences: Sequence[Sentence], quoted: Sequence[tuple[int, int]]
) -> list[tuple[int, int, int]]:
    """Where the enquirer shouts: sentence, start, end."""
    if not _LOUD.search(text):
        return []
    return [
        (number, match.start(), match.end())
        for number, sentence in enumerate(sentences)
        for match in SHOUTING.finditer(text, sentence.start, sentence.end)
        if not any(start <= match.start() < end for start, end in quoted)
    ]
