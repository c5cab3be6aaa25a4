"""Why a text was scored as it was: what each block of evidence adds, and the words that fired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.text.sentences import own_sentences
from workbench.tone.evidence import BLOCKS
from workbench.tone.heads import ToneHeads, shipped_heads
from workbench.tone.markers import TONES, fire
from workbench.tone.score import score_spoken
from workbench.tone.spoken import Spoken, read_spoken

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

SHOUTED = "shouted"
"""What stands for a marker's id where capitals or exclamation marks alone fired."""

_PLACE = ["sentence", "start", "end", "dimension"]


@dataclass(frozen=True)
class Explanation:
    """Why each sentence of one text was given its tones. Sentences count from 0.

    ``tones`` has one row a sentence and tone: ``sentence``, ``start``, ``end``, ``dimension``,
    ``probability`` (0 to 1), ``decision``, ``target`` (as ``score_tone`` gives them),
    ``intercept`` and ``log_odds`` (the intercept and what all blocks add; above 0 speaks for the
    tone, and the probability is their logistic function).

    ``contributions`` has one row a sentence, tone and block: ``sentence``, ``start``, ``end``,
    ``dimension``, ``block`` (markers, valence, counts, words, vectors), ``log_odds`` (what the
    block adds; 0 as in an average sentence of those that the heads were learnt from).

    ``spans`` has one row a marker that fired: ``sentence``, ``start``, ``end`` (of its words in
    the text), ``dimension``, ``marker`` (its id, or "shouted").
    """

    text: str
    tones: pd.DataFrame
    contributions: pd.DataFrame
    spans: pd.DataFrame

    def __repr__(self) -> str:
        return f"Explanation of {len(self.tones) // len(TONES)} sentences"


def explain(
    text: str, *, heads: ToneHeads | None = None, vectors: np.ndarray | None = None
) -> Explanation:
    """Take the score of each sentence of ``text`` apart, block by block.

    ``heads`` and ``vectors`` are as in ``score_tone`` and default alike. A contribution says what
    the head went by; it does not say why somebody wrote so.
    """
    import numpy as np

    from workbench.text.vectors import embed

    used = heads or shipped_heads()
    spoken = read_spoken([text])
    rows = embed(spoken.own) if vectors is None else np.asarray(vectors)
    scores = score_spoken(spoken, [0], vectors=rows, heads=used)
    blocks = used.views.blocks(spoken, rows)
    parts = np.stack([used.heads[tone].contributions(blocks) for tone in TONES], axis=1)
    bare = np.tile([used.heads[tone].intercept for tone in TONES], len(spoken))
    places = scores[_PLACE]
    tones = scores[[*_PLACE, "probability", "decision", "target"]].assign(
        intercept=bare, log_odds=bare + parts.sum(axis=2).ravel()
    )
    return Explanation(text, tones, _lay_out(places, parts, used), _name_spans(text, spoken))


def join_spans(spans: pd.DataFrame) -> list[tuple[int, int, str]]:
    """Where each tone shows: (start, end, tone) by place, overlapping stretches of a tone joined.

    ``spans`` has ``start``, ``end`` and ``dimension``, as those of an ``Explanation``.
    """
    joined: list[tuple[int, int, str]] = []
    for tone, own in spans.groupby(spans["dimension"].astype(str), sort=False):
        places = own.sort_values(["start", "end"])
        stretches: list[tuple[int, int]] = []
        for start, end in zip(places["start"], places["end"], strict=True):
            if stretches and start < stretches[-1][1]:
                stretches[-1] = (stretches[-1][0], max(stretches[-1][1], int(end)))
            else:
                stretches.append((int(start), int(end)))
        joined += [(*stretch, str(tone)) for stretch in stretches]
    return sorted(joined)


def _lay_out(places: pd.DataFrame, parts: np.ndarray, heads: ToneHeads) -> pd.DataFrame:
    """A row a sentence, tone and block, in the order of ``BLOCKS``."""
    import numpy as np
    import pandas as pd

    given = heads.heads[TONES[0]].blocks
    ordered = parts[:, :, [given.index(name) for name in BLOCKS]]
    repeated = places.loc[places.index.repeat(len(BLOCKS))].reset_index(drop=True)
    names = pd.Series(np.tile(np.array(BLOCKS), len(places)), dtype="str")
    return repeated.assign(block=names, log_odds=ordered.ravel())


def _name_spans(text: str, spoken: Spoken) -> pd.DataFrame:
    """The words that fired, each with the id of its marker."""
    rows = [
        (hit.sentence, hit.start, hit.end, hit.marker.dimension, hit.marker.id)
        for hit in fire(text, own_sentences(text))
        if hit.marker.tone
    ]
    named = {row[:4] for row in rows}
    fired = ((s, start, end, TONES[tone]) for s, tone, start, end in spoken.fired.tolist())
    rows += [(*place, SHOUTED) for place in dict.fromkeys(fired) if place not in named]
    order = {tone: number for number, tone in enumerate(TONES)}
    rows.sort(key=lambda row: (row[1], row[2], order[row[3]], row[4]))
    return _frame(rows, [*_PLACE, "marker"])


def _frame(rows: Sequence[tuple[object, ...]], columns: list[str]) -> pd.DataFrame:
    import pandas as pd

    frame = pd.DataFrame(rows, columns=pd.Index(columns))
    whole = {"sentence": "int64", "start": "int64", "end": "int64"}
    return frame.astype({**whole, "dimension": "str", "marker": "str"})
