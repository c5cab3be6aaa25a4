"""Tone of each sentence, and how pressing each text reads."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.learning import Blocks, take_rows
from workbench.text.inputs import Texts, as_texts
from workbench.tone.heads import DIRECTED, TARGETS, ToneHeads, shipped_heads
from workbench.tone.markers import TONES
from workbench.tone.spoken import Spoken, read_spoken

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

REASONS = {"action": 0.5, "risk": 0.5, "deadline": 0.35, "spreading": 0.25}
"""What each reason for urgency weighs, from 0 to 1. Chosen by hand for sorting a reading list,
not measured: each alone leaves a text below one that has it and another besides."""
DECISIONS = ("abstain", "no", "yes")
UNLISTED = 0.2
"""What urgency in words that no marker lists weighs at most, where the heads are asked."""


def score_tone(
    texts: Texts,
    *,
    vectors: np.ndarray | None = None,
    heads: ToneHeads | None = None,
) -> pd.DataFrame:
    """Tone of each sentence of the enquirer's own words: one row a sentence and dimension.

    Columns ``text_id``, ``sentence`` (number from 0 in its text), ``start``, ``end`` (of the
    sentence, in the text as given), ``dimension`` (one of ``TONES``), ``probability`` (0 to 1, by
    the heads), ``decision`` ("yes", "no", or "abstain" where the head is not sure enough),
    ``target`` (at whom a directed tone that is not "no" is aimed, else missing), ``evidence`` (a
    tuple of ``(start, end)`` of the markers that fired, in the text as given).

    Banners, signatures and quoted mails are not scored, and quoted words are not the enquirer's.
    ``vectors`` are unit vectors of ``own_words(texts)``, one row a sentence, by default those of
    ``embed``. ``heads`` are by default those that ship: they were learnt from invented sentences,
    so their probabilities are not calibrated for your cases until you label some of those
    (``workbench label``). Raises ``WorkbenchError`` where vectors and sentences differ in number.
    """
    given, ids = as_texts(texts)
    spoken = read_spoken(given)
    return score_spoken(spoken, ids, vectors=vectors, heads=heads)


def own_words(texts: Texts) -> list[str]:
    """The sentences that ``score_tone`` scores, in its order, with a gap for quoted words."""
    given, _ = as_texts(texts)
    return read_spoken(given).own


def mark_tone(texts: Texts) -> pd.DataFrame:
    """The frame of ``score_tone`` from the markers alone, which need no vectors.

    ``evidence`` is as there; ``probability``, ``decision`` and ``target`` are missing. From it
    come marker rates, which is all that can be published before cases are labelled.
    """
    given, ids = as_texts(texts)
    return mark_spoken(read_spoken(given), ids)


def mark_spoken(spoken: Spoken, ids: Sequence[Hashable]) -> pd.DataFrame:
    """``mark_tone`` for texts that have been read; ``ids`` has the ``text_id`` of each."""
    import numpy as np

    none = np.full(len(spoken) * len(TONES), -1)
    return _lay_out(
        spoken,
        ids,
        probability=np.full(len(none), np.nan),
        decision=_name(none, DECISIONS),
        target=_name(none, TARGETS),
    )


def score_spoken(
    spoken: Spoken,
    ids: Sequence[Hashable],
    *,
    vectors: np.ndarray | None = None,
    heads: ToneHeads | None = None,
) -> pd.DataFrame:
    """``score_tone`` for texts that have been read; ``ids`` has the ``text_id`` of each."""
    import numpy as np

    from workbench.text.vectors import embed

    used = heads or shipped_heads()
    rows = embed(spoken.own) if vectors is None else np.asarray(vectors)
    if len(rows) != len(spoken):
        raise WorkbenchError(
            f"There are {len(spoken)} sentences but {len(rows)} vectors. Give one a sentence: "
            "embed(own_words(texts)), or none."
        )
    blocks = used.views.blocks(spoken, rows)
    chances = used.chances(blocks)
    said = used.decide(chances)
    codes = np.searchsorted(np.array(DECISIONS), said).ravel()
    return _lay_out(
        spoken,
        ids,
        probability=chances.ravel().round(6),
        decision=_name(codes, DECISIONS),
        target=_aim(used, blocks, said),
    )


def _lay_out(spoken: Spoken, ids: Sequence[Hashable], **columns: Any) -> pd.DataFrame:
    """A row a sentence and tone: where it stands, what is said of it, and the evidence."""
    import numpy as np
    import pandas as pd

    each = len(TONES)
    names = pd.Series(TONES, dtype="str").array
    return pd.DataFrame(
        {
            "text_id": pd.Series(list(ids)).take(spoken.text.repeat(each)).to_numpy(),
            "sentence": spoken.number.repeat(each),
            "start": spoken.start.repeat(each),
            "end": spoken.end.repeat(each),
            "dimension": names.take(np.tile(np.arange(each), len(spoken))),
            **columns,
            "evidence": _evidence(spoken),
        }
    )


def _aim(heads: ToneHeads, blocks: Blocks, said: np.ndarray) -> Any:
    """At whom the directed tones of a sentence are aimed, where they are not "no"."""
    import numpy as np

    columns = [TONES.index(tone) for tone in DIRECTED]
    codes = np.full(said.shape, -1)
    wanted = np.flatnonzero((said[:, columns] != "no").any(axis=1))
    if len(wanted):
        found = heads.aim(take_rows(blocks, wanted))
        numbers = np.array([TARGETS.index(name) for name in found])
        for column in columns:
            codes[wanted, column] = np.where(said[wanted, column] != "no", numbers, -1)
    return _name(codes.ravel(), TARGETS)


def _name(codes: np.ndarray, names: Sequence[str]) -> Any:
    """Numbers as names, -1 as missing."""
    import pandas as pd

    numbers = codes.astype("int64", copy=False)
    return pd.Categorical.from_codes(numbers, categories=pd.Index(list(names)))


def _evidence(spoken: Spoken) -> np.ndarray:
    """The places of fired markers, by sentence and tone."""
    import numpy as np

    spans = np.empty(len(spoken) * len(TONES), dtype=object)
    spans.fill(())
    found: dict[int, set[tuple[int, int]]] = {}
    for sentence, tone, start, end in spoken.fired.tolist():
        found.setdefault(sentence * len(TONES) + tone, set()).add((start, end))
    for cell, places in found.items():
        spans[cell] = tuple(sorted(places))
    return spans


def tone_by_text(scores: pd.DataFrame, *, by: str = "evidence") -> pd.DataFrame:
    """Which tones a text shows anywhere: ``text_id`` and one boolean column a dimension.

    ``scores`` come from ``score_tone``; texts keep their order. With ``by="evidence"`` a tone
    shows where a marker fires, with ``by="decision"`` where a head says "yes". A text without
    sentences has no row: join on ``text_id`` to keep it.
    """
    import numpy as np
    import pandas as pd

    if by not in ("evidence", "decision"):
        raise WorkbenchError(f"Tones are told by 'evidence' or by 'decision', not by '{by}'.")
    rows, ids = pd.factorize(scores["text_id"])
    shown = (
        scores["evidence"].map(len).to_numpy() > 0
        if by == "evidence"
        else (scores["decision"] == "yes").to_numpy()
    )
    columns = {}
    for tone in TONES:
        fired = rows[shown & (scores["dimension"] == tone).to_numpy()]
        columns[tone] = np.bincount(fired, minlength=len(ids)) > 0
    return pd.DataFrame({"text_id": ids, **columns})


def score_urgency(texts: Texts, *, vectors: np.ndarray | None = None) -> pd.Series:
    """How pressing each text reads, from 0 (no reason found) towards 1: for sorting only.

    ``1 - product of (1 - weight)`` over the kinds of reason that a text gives (``REASONS``: asks
    for action now, a deadline, risk to a child, harm spreading). With ``vectors`` (as in
    ``score_tone``) the heads have a say too: the likeliest urgency of a text's sentences counts
    as a reason of weight ``UNLISTED`` times that likelihood, so that a plea in unlisted words does
    not stand last. Named ``urgency``, indexed by text_id. It orders a reading list and hides
    nothing; a low score does not say that nothing is wrong.
    """
    given, ids = as_texts(texts)
    spoken = read_spoken(given)
    scores = None if vectors is None else score_spoken(spoken, ids, vectors=vectors)
    return urgency_of(spoken, ids, scores)


def urgency_of(
    spoken: Spoken, ids: Sequence[Hashable], scores: pd.DataFrame | None = None
) -> pd.Series:
    """``score_urgency`` for texts that have been read, and scored if the heads are to speak."""
    import numpy as np
    import pandas as pd

    calm = np.ones(len(ids))
    for row, reason in sorted({(row, reason) for row, reason, _, _ in spoken.reasons}):
        calm[row] *= 1 - REASONS[reason]
    if scores is not None:
        tone = np.zeros(len(ids))
        urgent = (scores["dimension"] == "urgency").to_numpy()
        np.maximum.at(tone, spoken.text, scores.loc[urgent, "probability"].to_numpy())
        calm *= 1 - UNLISTED * tone
    index = pd.Index(list(ids), name="text_id")
    return pd.Series((1 - calm).round(6), index=index, name="urgency", dtype="float64")


def urgency_reasons(texts: Texts) -> pd.DataFrame:
    """The words that make a text pressing: ``text_id``, ``reason``, ``start``, ``end``."""
    import pandas as pd

    given, ids = as_texts(texts)
    rows = [(ids[row], *rest) for row, *rest in read_spoken(given).reasons]
    return pd.DataFrame(rows, columns=pd.Index(["text_id", "reason", "start", "end"]))
