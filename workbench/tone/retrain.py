"""Heads learnt anew from what a researcher labelled, beside the sentences that ship.

Her sentences weigh as much as those that ship. Tried with either shipped file of whole enquiries
as "hers" (50, 100, 200 and 400 of its sentences, 12 draws each) against all other files, on the
rest of that file: at 400, weights of 2, 4 and 8 change the mean average precision by -.005 to
+.0004. With 20 to 30 sentences that show a tone, tones rank as well as without hers or better
(+.003 and .000), with fewer than 10 worse (-.006 and -.007). Both files are of one make with the
others: cases of one's own have more to teach.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError, suggest
from workbench.learning import Blocks, Head, take_rows
from workbench.learning.blocks import Block
from workbench.learning.calibration import fit_curve
from workbench.learning.folds import FOLDS, cross_fit, deal_folds
from workbench.learning.ridge import fit_ridge
from workbench.progress import SILENT, Progress
from workbench.tone.evidence import MARKERS, Views
from workbench.tone.heads import (
    STRENGTH,
    ToneHeads,
    fit_tone,
    pick_column,
    shipped_heads,
    shipped_sentences,
    weigh_markers,
)
from workbench.tone.markers import TONES
from workbench.tone.spoken import read_spoken

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FEWEST_YES, FEWEST_NO = 20, 20
"""How many labels of each kind a tone needs to be learnt anew."""
FEWEST_TEXTS = 3
"""In how many texts labels of each kind must stand, so that some are left when one is left out."""

_SURE = 0.001  # chances of a text nearer to 0 or 1 than this are read as this


def retrain_heads(
    sentences: Sequence[str],
    labels: pd.DataFrame,
    *,
    texts: Sequence[Hashable],
    vectors: np.ndarray | None = None,
    base: ToneHeads | None = None,
    progress: Progress = SILENT,
) -> tuple[ToneHeads, pd.DataFrame]:
    """Heads that learnt from labelled ``sentences`` too, and chances to judge them by.

    ``labels`` has one row a sentence and one column a tone: 1 shows it, 0 does not, missing is
    not judged. ``texts`` says which text each sentence belongs to; ``vectors`` are the unit
    vectors of the sentences' own words, by default those of ``embed``. A tone with ``FEWEST_YES``
    and ``FEWEST_NO`` labels is learnt anew: the ridge from the shipped sentences and these, its
    curve, cut and band from these alone. All others keep the head of ``base`` (default: the
    shipped heads), and no head keeps words that the shipped sentences lack.

    The second frame is like ``labels``, filled with chances from 0 to 1. Where a tone was learnt
    anew and is labelled, they come from a ridge that did not see the sentence's text and a curve
    of other folds of texts (the ridge behind that curve's scores did); elsewhere they are those
    of ``base``. The same rows give the same result in any order. Raises ``WorkbenchError`` for
    rows that do not fit, unknown tones, other labels than 0 and 1, and blank sentences.
    """
    import numpy as np
    import pandas as pd

    from workbench.text.vectors import embed

    _check(sentences, labels, texts)
    start = base or shipped_heads()
    spoken = read_spoken(list(sentences), whole=True)
    rows = embed(spoken.own, progress=progress) if vectors is None else np.asarray(vectors)
    blocks = start.views.blocks(spoken, rows)
    columns = [TONES.index(tone) for tone in labels.columns]
    chances = start.chances(blocks)[:, columns]
    wanted = [tone for tone in labels.columns if _enough(labels[tone], texts)]
    if not wanted:
        return start, pd.DataFrame(chances, labels.index, labels.columns)
    progress.begin("Learning the heads", len(wanted))
    shipped, shown = _shipped(start.views)
    heads = dict(start.heads)
    for judged, tones in _alike(labels[wanted]):
        truth = labels[tones].to_numpy(dtype=float)[judged]
        owners = [texts[row] for row in judged]
        own = take_rows(blocks, judged)
        learnt, held_out = _learn(own, truth, owners, tones, shipped=shipped, shown=shown)
        heads.update(learnt)
        at = [list(labels.columns).index(tone) for tone in tones]
        chances[judged[:, None], at] = held_out
        progress.advance(len(tones))
    return replace(start, heads=heads), pd.DataFrame(chances, labels.index, labels.columns)


def scale_to_texts(greatest: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """Chances that labelled texts show a tone, by which to judge heads that score sentences.

    The ``greatest`` chance among a text's sentences (texts × tones, 0 to 1) is not the text's
    chance: long texts have more occasions. What it is worth is learnt from ``labels`` (some of
    these texts × tones: 0, 1 or missing), for each text from other folds of texts, by a curve
    that keeps their order. Rows and columns are those of ``labels``; where one is missing, and
    where a tone has fewer labels than ``FEWEST_YES`` and ``FEWEST_NO``, the greatest chance stays.

    For judging alone: estimates take the greatest chances, which no label has touched. In 300
    simulated draws of 150 to 300 texts, 95% intervals from these chances held the truth in 93% to
    97%, from the greatest in 94% to 97%, and were no more than 6% narrower.
    """
    import numpy as np
    from scipy.special import logit

    found = greatest.loc[labels.index, list(labels.columns)].astype("float64")
    for tone in labels.columns:
        known = labels[tone].dropna()
        if _enough(known, list(known.index)):
            sure = found.loc[known.index, tone].clip(_SURE, 1 - _SURE)
            truth = known.to_numpy(dtype=float)
            found.loc[known.index, tone] = _rescale(
                np.asarray(logit(sure)), truth, list(known.index)
            )
    return found


def _rescale(scores: np.ndarray, truth: np.ndarray, texts: Sequence[Hashable]) -> np.ndarray:
    """Chances (n) from scores in log odds, by curves of other folds of texts."""
    import numpy as np
    from scipy.special import expit

    def answer(learnt: np.ndarray, asked: np.ndarray) -> np.ndarray:
        curve = fit_curve(scores[learnt], truth[learnt])
        return np.asarray(expit(curve.intercept + curve.slope * scores[asked]))

    return cross_fit(_deal(texts, truth), answer)


def _learn(
    blocks: Blocks,
    truth: np.ndarray,
    texts: Sequence[Hashable],
    tones: Sequence[str],
    *,
    shipped: Blocks,
    shown: np.ndarray,
) -> tuple[dict[str, Head], np.ndarray]:
    """Heads of ``tones``, and held-out chances (n × tones), from ``truth`` (n × tones)."""
    import numpy as np

    columns = [TONES.index(tone) for tone in tones]
    own_rows = slice(len(shown), None)
    together = {
        name: _stack(shipped[name], block) for name, block in blocks.items() if name != MARKERS
    }
    groups = [*(("shipped", row) for row in range(len(shown))), *(("own", one) for one in texts)]
    targets = np.concatenate([shown[:, columns], truth])
    ridge, left_out = fit_ridge(together, targets, groups=groups, strength=STRENGTH)
    scores = left_out[own_rows]
    marks = np.asarray(blocks[MARKERS])
    heads, held_out = {}, np.empty_like(truth)
    for at, (tone, column) in enumerate(zip(tones, columns, strict=True)):
        own, labels = scores[:, at], truth[:, at]
        heads[tone] = fit_tone(pick_column(ridge, at), column, own, marks, labels)
        held_out[:, at] = _hold_out(own, marks[:, column], labels, texts)
    return heads, held_out


def _hold_out(
    scores: np.ndarray, own: np.ndarray, truth: np.ndarray, texts: Sequence[Hashable]
) -> np.ndarray:
    """Chances (n) from left-out scores and the tone's own markers, by curves of other folds."""
    import numpy as np
    from scipy.special import expit

    def answer(learnt: np.ndarray, asked: np.ndarray) -> np.ndarray:
        slope, weight, bare = weigh_markers(scores[learnt], own[learnt], truth[learnt])
        return np.asarray(expit(bare + slope * scores[asked] + weight * own[asked]))

    return cross_fit(_deal(texts, truth), answer)


def _deal(texts: Sequence[Hashable], truth: np.ndarray) -> np.ndarray:
    """Folds of whole texts, as many as leave labels of both kinds to each of the others."""
    import numpy as np

    for folds in range(min(FOLDS, len(set(texts))), 1, -1):
        fold_of = deal_folds(texts, labels=-truth, folds=folds)
        if all(len(set(truth[fold_of != fold])) == 2 for fold in np.unique(fold_of)):
            return fold_of
    raise WorkbenchError("All labels of one kind are of one text. Label more texts.")


def _enough(labels: pd.Series, texts: Sequence[Hashable]) -> bool:
    """Whether a tone can be learnt: enough labels of both kinds, each in several texts."""
    values = labels.to_numpy(dtype=float)
    yes = {text for text, value in zip(texts, values, strict=True) if value == 1}
    no = {text for text, value in zip(texts, values, strict=True) if value == 0}
    plenty = (values == 1).sum() >= FEWEST_YES and (values == 0).sum() >= FEWEST_NO
    return bool(plenty and min(len(yes), len(no)) >= FEWEST_TEXTS)


def _alike(labels: pd.DataFrame) -> list[tuple[np.ndarray, list[str]]]:
    """Rows and tones, such that each of the rows is labelled on each of the tones.

    A ridge serves tones that are labelled on the same rows with one solve.
    """
    import numpy as np

    found: dict[bytes, tuple[np.ndarray, list[str]]] = {}
    for tone in labels.columns:
        known = labels[tone].notna().to_numpy()
        found.setdefault(known.tobytes(), (np.flatnonzero(known), []))[1].append(str(tone))
    return list(found.values())


def _shipped(views: Views) -> tuple[Blocks, np.ndarray]:
    """The shipped sentences as blocks, and which tones each shows (n × tones)."""
    import numpy as np

    from workbench.text.vectors import embed

    labelled = shipped_sentences()
    spoken = read_spoken([one.text for one in labelled], whole=True)
    shown = np.array([[tone in one.tones for tone in TONES] for one in labelled], dtype=float)
    return views.blocks(spoken, embed(spoken.own)), shown


def _stack(above: Block, below: Block) -> Block:
    import numpy as np
    from scipy.sparse import issparse, vstack

    if issparse(above):
        return vstack([above, below], format="csr")
    return np.concatenate([np.asarray(above), np.asarray(below)])


def _check(sentences: Sequence[str], labels: pd.DataFrame, texts: Sequence[Hashable]) -> None:
    if not len(sentences) == len(labels) == len(texts):
        raise WorkbenchError(
            f"There are {len(sentences)} sentences, {len(labels)} rows of labels and "
            f"{len(texts)} texts: give as many of each."
        )
    for tone in labels.columns:
        if tone not in TONES:
            raise WorkbenchError(f"There is no tone '{tone}'.{suggest(str(tone), list(TONES))}")
        if not labels[tone].dropna().isin([0, 1]).all():
            raise WorkbenchError(f"Some labels of '{tone}' are neither 1 nor 0. Mend them.")
    if not all(sentence.strip() for sentence in sentences):
        raise WorkbenchError("A labelled sentence is blank. Leave it out.")
