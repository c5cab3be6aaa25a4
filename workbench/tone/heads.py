"""One head a tone: how likely a sentence shows it, as a sum of what each block of evidence adds.

The heads that ship are learnt from sentences written for it alone (``sentences/``); what a
researcher labels is learnt beside them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from hashlib import sha256
from importlib.resources import as_file, files
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.learning import (
    Band,
    Blocks,
    Classes,
    Head,
    fit_classes,
    read_parts,
    save_parts,
    take_rows,
)
from workbench.learning.calibration import Curve, find_cut
from workbench.learning.heads import FEWEST
from workbench.learning.ridge import Part, Ridge, fit_ridge
from workbench.tone.evidence import MARKERS, Views, fit_views
from workbench.tone.markers import TONES
from workbench.tone.spoken import read_spoken

if TYPE_CHECKING:
    import numpy as np

TARGETS = ("platform", "helpline", "poster", "school", "other")
"""At whom frustration, bluntness or aggression can be directed."""
DIRECTED = ("frustration", "bluntness", "aggression")
STRENGTH = 0.3
"""The ridge, chosen on the sentences that ship, one file of whole enquiries told by the rest."""
UNSURE = 2.0
"""A head abstains where the odds are within this factor of those of its cut."""

_AIM = ("words", "vectors")  # the direction shows in what is spoken of
_FILE = "heads.npz"
_VIEWS = ("valence", "counts", "words")
_FIRMNESS = 10.0  # scikit-learn's C, on scores of unit spread


@dataclass(frozen=True)
class Labelled:
    """A sentence with all the tones that it shows, and at whom they are directed ("" if nobody).

    ``fresh`` sentences were not looked at when the markers were written: they alone can say what
    a marker is worth.
    """

    text: str
    tones: frozenset[str]
    target: str = ""
    fresh: bool = True


@dataclass(frozen=True)
class ToneHeads:
    """A head for each tone, one for the direction, and how their blocks are made."""

    views: Views
    heads: Mapping[str, Head]
    direction: Classes

    def chances(self, blocks: Blocks) -> np.ndarray:
        """How likely each sentence shows each tone: sentences × tones, calibrated."""
        from scipy.special import expit

        curves = [self.heads[tone].curve for tone in TONES]
        scores = self._together.scores(blocks)
        log_odds = scores * [one.slope for one in curves] + [one.intercept for one in curves]
        found: np.ndarray = expit(log_odds)
        return found

    @cached_property
    def _together(self) -> Ridge:
        """The ridges of all heads as one, so that each block is gone through once."""
        import numpy as np

        ridges = [self.heads[tone].ridge for tone in TONES]
        parts = {
            name: Part(
                np.concatenate([ridge.parts[name].weights for ridge in ridges]),
                np.concatenate([ridge.parts[name].middle for ridge in ridges]),
            )
            for name in ridges[0].parts
        }
        return Ridge(parts, np.concatenate([ridge.base for ridge in ridges]))

    def decide(self, chances: np.ndarray) -> np.ndarray:
        """What is said of each chance (sentences × tones): "yes", "no" or "abstain"."""
        import numpy as np

        bands = [self.heads[tone].band for tone in TONES]
        said = [band.decide(chances[:, column]) for column, band in enumerate(bands)]
        return np.stack(said, axis=1)

    def aim(self, blocks: Blocks) -> list[str]:
        """At whom a tone is directed (of ``TARGETS``), sentence by sentence, if there is one."""
        return self.direction.name({name: blocks[name] for name in _AIM})


def learn_heads(
    labelled: Sequence[Labelled],
    *,
    vectors: np.ndarray | None = None,
    groups: Sequence[str] | None = None,
) -> ToneHeads:
    """Learn all heads from sentences that are labelled on every tone.

    ``vectors`` are the unit vectors of the sentences' own words, one row each, by default those of
    ``embed``. Chances are calibrated with each sentence, or all of its group, left out. The same
    sentences give the same heads in any order. Raises ``WorkbenchError`` for an unknown tone or
    target, a sentence without words, or a tone with too few sentences.
    """
    import numpy as np

    from workbench.text.vectors import embed

    _check(labelled)
    _check_numbers(labelled)
    spoken = read_spoken([one.text for one in labelled], whole=True)
    views = fit_views(spoken)
    blocks = views.blocks(spoken, embed(spoken.own) if vectors is None else vectors)
    truth = np.array([[tone in one.tones for tone in TONES] for one in labelled], dtype=float)
    targets = np.array([one.target for one in labelled])
    directed = np.flatnonzero(targets != "")
    some = take_rows(blocks, directed)
    direction = fit_classes(
        {name: some[name] for name in _AIM}, list(targets[directed]), names=TARGETS
    )
    fresh = np.array([one.fresh for one in labelled])
    return ToneHeads(views, _fit_together(blocks, truth, fresh, groups), direction)


def _fit_together(
    blocks: Blocks, truth: np.ndarray, fresh: np.ndarray, groups: Sequence[str] | None
) -> dict[str, Head]:
    """A head for each column of ``truth`` (n × tones).

    One ridge learns all tones from all blocks but the markers; then each tone's curve learns on
    ``fresh`` rows, left out in turn, what its score and its own markers are worth together.
    """
    import numpy as np

    rest = {name: block for name, block in blocks.items() if name != MARKERS}
    ridge, left_out = fit_ridge(rest, truth, groups=groups, strength=STRENGTH)
    marks = np.asarray(blocks[MARKERS])
    return {
        tone: fit_tone(
            pick_column(ridge, column),
            column,
            left_out[fresh, column],
            marks[fresh],
            truth[fresh, column],
        )
        for column, tone in enumerate(TONES)
    }


def fit_tone(
    ridge: Ridge, column: int, scores: np.ndarray, marks: np.ndarray, truth: np.ndarray
) -> Head:
    """The head of one tone from left-out scores, marks (n × tones) and labels of fresh rows."""
    import numpy as np
    from scipy.special import expit

    own = marks[:, column]
    slope, weight, bare = weigh_markers(scores, own, truth)
    middle = weight * own.mean()
    chances = expit(bare + slope * scores + weight * own)
    on_marks = np.zeros((1, marks.shape[1]))
    on_marks[0, column] = weight / slope
    part = Part(on_marks, np.array([middle / slope]))
    cut = find_cut(chances, truth)
    return Head(
        Ridge({MARKERS: part, **ridge.parts}, ridge.base),
        Curve(slope, bare + middle),
        cut,
        _band_around(cut),
        chances,
    )


def _band_around(cut: float) -> Band:
    odds = cut / (1 - cut)
    low, high = odds / UNSURE, odds * UNSURE
    return Band(low / (1 + low), high / (1 + high))


def weigh_markers(
    scores: np.ndarray, own: np.ndarray, truth: np.ndarray
) -> tuple[float, float, float]:
    """Slope of the score, weight of a marker that fires, and intercept, in log odds.

    Neither slope nor weight is below 0: less evidence never speaks for a tone.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    # Sorted, and in one thread, so that sums round alike for any order of the rows.
    order = np.lexsort([truth, own, scores])
    spread = float(scores[order].std()) or 1.0
    table = np.stack([scores / spread, own], axis=1)[order]
    with threadpool_limits(limits=1):
        fitted = LogisticRegression(C=_FIRMNESS, tol=1e-8).fit(table, truth[order])
    slope, weight = (max(float(value), 0.0) for value in fitted.coef_[0])
    return max(slope / spread, 1e-6), weight, float(fitted.intercept_[0])


def pick_column(ridge: Ridge, column: int) -> Ridge:
    """The ridge of one of several answers."""
    parts = {
        name: Part(part.weights[[column]], part.middle[[column]], part.rows, part.width)
        for name, part in ridge.parts.items()
    }
    return Ridge(parts, ridge.base[[column]])


def read_labelled(content: str, *, file: str) -> list[Labelled]:
    """Sentences from CSV with ``text``, ``tones`` (separated by spaces) and ``target``.

    Raises ``WorkbenchError`` that names file and row.
    """
    reader = csv.DictReader(StringIO(content))
    for name in ("text", "tones", "target"):
        if name not in (reader.fieldnames or ()):
            raise WorkbenchError(f"{file} has no column '{name}'. Add it to the first row.")
    found = []
    for number, row in enumerate(reader, start=2):
        text, tones, target = row["text"], row["tones"], row["target"]
        if text is None or tones is None or target is None:
            raise WorkbenchError(f"{file}, row {number}: it has too few cells. Fill them in.")
        found.append(Labelled(text, frozenset(tones.split()), target))
    _check(found, file=file)
    return found


def _check(labelled: Sequence[Labelled], *, file: str = "The labelled sentences") -> None:
    for row, one in enumerate(labelled, start=2):
        unknown = one.tones - set(TONES)
        directed = bool(one.tones & set(DIRECTED))
        if unknown or (one.target and one.target not in TARGETS):
            raise WorkbenchError(f"{file}, row {row}: there is no such tone or target. Mend it.")
        if not one.text.strip() or directed != bool(one.target):
            raise WorkbenchError(
                f"{file}, row {row}: give a sentence, and a target where it shows one of "
                f"{', '.join(DIRECTED)}, and only there."
            )


def _check_numbers(labelled: Sequence[Labelled]) -> None:
    fresh = [one.tones for one in labelled if one.fresh]
    for tone in TONES:
        yes = sum(tone in tones for tones in fresh)
        if min(yes, len(fresh) - yes) < FEWEST:
            raise WorkbenchError(
                f"Of {len(fresh)} fresh sentences {yes} show {tone}: at least {FEWEST} that do and "
                f"{FEWEST} that do not are needed. Label more sentences."
            )


def shipped_sentences() -> list[Labelled]:
    """The sentences that the shipped heads are learnt from, file by file."""
    folder = files("workbench.tone").joinpath("sentences")
    named = sorted((entry.name, entry) for entry in folder.iterdir() if entry.name.endswith(".csv"))
    return [
        replace(one, fresh=name.removesuffix(".csv") not in TONES)
        for name, entry in named
        for one in read_labelled(entry.read_text("utf-8"), file=f"sentences/{name}")
    ]


def save_heads(heads: ToneHeads, path: Path | str, *, private: bool = True) -> Path:
    """Write the heads to one file, which holds words of the sentences they were learnt from."""
    parts = {f"tone/{tone}": head for tone, head in heads.heads.items()}
    views = {f"view/{name}": getattr(heads.views, name) for name in _VIEWS}
    return save_parts(path, {**parts, **views, "direction": heads.direction}, private=private)


def read_heads(path: Path | str) -> ToneHeads:
    """What ``save_heads`` wrote. Raises ``WorkbenchError`` where the file is not whole."""
    parts = read_parts(path)
    try:
        views = Views(**{name: parts[f"view/{name}"] for name in _VIEWS})
        heads = {tone: parts[f"tone/{tone}"] for tone in TONES}
        return ToneHeads(views, heads, parts["direction"])
    except KeyError:
        raise WorkbenchError(f"{path} holds no heads of tone. Learn them again.") from None


@cache
def shipped_heads() -> ToneHeads:
    """The heads that come with the workbench."""
    with as_file(files("workbench.tone").joinpath(_FILE)) as path:
        return read_heads(path)


def hash_heads(path: Path | str) -> str:
    """The SHA-256 of a file of heads, by which what was measured of it is known to be of it."""
    return sha256(Path(path).read_bytes()).hexdigest()
