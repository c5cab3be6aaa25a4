"""What the heads go by, in blocks: markers, valence, counts, words, vectors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.learning import Blocks, Columns, Terms, fit_columns, fit_words
from workbench.tone.counts import count_tone
from workbench.tone.markers import TONES
from workbench.tone.spoken import Spoken
from workbench.tone.valence import valence_of

if TYPE_CHECKING:
    import numpy as np

MARKERS = "markers"
BLOCKS = (MARKERS, "valence", "counts", "words", "vectors")
"""The blocks, in the order in which they are shown."""


@dataclass(frozen=True)
class Views:
    """How the blocks are made of sentences, as fitted on those that the heads were learnt from."""

    valence: Columns
    counts: Columns
    words: Terms

    def blocks(self, spoken: Spoken, vectors: np.ndarray) -> Blocks:
        """The blocks of the sentences; ``vectors`` are the unit vectors of ``spoken.own``."""
        # Enquiries share sentences, such as thanks: each is read once.
        place = {sentence: row for row, sentence in enumerate(dict.fromkeys(spoken.own))}
        own, rows = list(place), [place[sentence] for sentence in spoken.own]
        return {
            MARKERS: mark_sentences(spoken),
            "valence": self.valence.table(valence_of(own))[rows],
            "counts": self.counts.table(_count(own))[rows],
            "words": self.words.table(own)[rows],
            "vectors": vectors,
        }


def fit_views(spoken: Spoken) -> Views:
    """The views that suit the sentences."""
    return Views(
        valence=fit_columns(valence_of(spoken.own)),
        counts=fit_columns(_count(spoken.own), counted=True),
        words=fit_words(spoken.own),
    )


def mark_sentences(spoken: Spoken) -> np.ndarray:
    """Whether a marker of each tone fires: sentences × tones, 1.0 or 0.0."""
    import numpy as np

    marks = np.zeros((len(spoken), len(TONES)))
    marks[spoken.fired[:, 0], spoken.fired[:, 1]] = 1.0
    return marks


def _count(own: list[str]) -> np.ndarray:
    counts: np.ndarray = count_tone(own).drop(columns="text_id").to_numpy(dtype=float)
    return counts
