"""Codes learnt from a codebook's lines and from codings that people accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.text.clean import clean_texts
from workbench.text.inputs import Texts, as_texts
from workbench.text.words import drop_names
from workbench.themes.accepted import tabulate_codings
from workbench.themes.codebook import Codebook
from workbench.themes.heads import (
    LINE_WEIGHT,
    Material,
    Ridge,
    curves_from_lines,
    find_cut,
    fit_curve,
    fit_ridge,
    to_chances,
)

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FEWEST = 5
"""How many different texts must bear a code, and how many not, before it is learnt from codings."""

_PRIOR = 10


@dataclass(frozen=True)
class CodeModel:
    """Codes that can be placed on texts.

    ``learnt`` has one row a code, in the codebook's order: ``code``; ``source`` (``"codings"``,
    ``"codebook"``, or ``"none"`` for a theme that coders gave only by the codes under it);
    ``texts`` (different texts that bear it); ``slope`` and ``intercept`` of its log odds by
    score; ``cut``, the probability from which it is best taken as applied. ``left_out`` holds the
    scores of the coded texts as if each had not been coded, by their folded words.
    """

    learnt: pd.DataFrame
    from_lines: Ridge
    from_codings: Ridge | None = None
    left_out: Mapping[str, np.ndarray] = field(default_factory=dict)

    def place(self, material: Material) -> np.ndarray:
        """Probabilities (n × codes) that a text bears each code itself; 0 without words."""
        import numpy as np

        # One order for any order of the rows: sums may differ in their last digit by position.
        texts = material.texts
        order = np.array(sorted(range(len(texts)), key=lambda row: texts[row]), dtype=np.int64)
        rows = material.take(order)
        scores = self.from_lines.score(rows)
        if self.from_codings is not None:
            scores[:, self._from("codings")] = self._score_coded(self.from_codings, rows)
        curves = self.learnt[["slope", "intercept"]].to_numpy().T
        chances = np.empty_like(scores)
        chances[order] = to_chances(scores, curves)
        chances[:, self._from("none")] = 0.0
        chances[~material.vectors.any(axis=1)] = 0.0
        return chances

    def _score_coded(self, ridge: Ridge, rows: Material) -> np.ndarray:
        """Scores by codings; a coded text's own coding would make it look surer than it is."""
        scores = ridge.score(rows)
        for row, key in enumerate(map(_fold, rows.texts)):
            if key in self.left_out:
                scores[row] = self.left_out[key]
        return scores

    def _from(self, source: str) -> np.ndarray:
        return (self.learnt["source"] == source).to_numpy()


def learn_codes(
    texts: Texts,
    codebook: Codebook,
    *,
    vectors: np.ndarray | None = None,
    codings: pd.DataFrame | None = None,
) -> CodeModel:
    """Learn a codebook's codes; ``codings`` are of ``texts``. See ``apply_codebook``.

    The same codings give the same model, whatever the order of the texts.
    """
    import numpy as np
    import pandas as pd

    codes = [code.code for code in codebook.codes]
    lines, marks = _read_lines(codebook)
    weights = np.full(len(marks), LINE_WEIGHT)
    from_lines, _ = fit_ridge(lines, marks, weights=weights, base=marks.mean(axis=0))
    learnt = pd.DataFrame({"code": codes, "source": "codebook", "texts": 0})
    learnt[["slope", "intercept"]] = curves_from_lines(from_lines.base).T
    learnt["cut"] = 0.5
    if codings is None or not len(codings):
        return CodeModel(learnt, from_lines)
    coded, values, counts = _read_coded(texts, codebook, vectors, codings)
    learnt["texts"] = (values > 0.5).sum().reindex(codes, fill_value=0).to_numpy()
    learnt["source"] = _sources(codebook, values)
    rare = ((learnt["source"] == "codebook") & learnt["code"].isin(values.columns)).to_numpy()
    learnt.loc[rare, "intercept"] = _lower(
        from_lines.score(coded)[:, rare],
        learnt.loc[rare, ["slope", "intercept"]].to_numpy().T,
        values[learnt.loc[rare, "code"]].to_numpy(),
    )
    mask = (learnt["source"] == "codings").to_numpy()
    if not mask.any():
        return CodeModel(learnt, from_lines)
    shares = values[learnt.loc[mask, "code"]].to_numpy()
    ridge, left_out = fit_ridge(
        lines.followed_by(coded),
        np.vstack([marks[:, mask], shares]),
        weights=np.concatenate([weights, counts]),
        base=np.average(shares, axis=0, weights=counts),
    )
    left_out = left_out[len(marks) :]
    learnt.loc[mask, ["slope", "intercept", "cut"]] = _calibrate(left_out, shares, counts)
    keys = map(_fold, coded.texts)
    return CodeModel(learnt, from_lines, ridge, dict(zip(keys, left_out, strict=True)))


def read_material(texts: Sequence[str], vectors: np.ndarray | None) -> Material:
    """The texts' own words without names, and their vectors (by default those of ``embed``)."""
    import numpy as np

    from workbench.text.vectors import DIMENSIONS, embed

    found = embed(texts) if vectors is None else np.asarray(vectors)
    if found.shape != (len(texts), DIMENSIONS):
        raise WorkbenchError(
            f"There are {len(texts)} texts but the vectors have the shape {found.shape}. Give one "
            f"row of {DIMENSIONS} numbers a text, as embed() does."
        )
    return Material([drop_names(text) for text in clean_texts(texts)], found)


def _read_lines(codebook: Codebook) -> tuple[Material, np.ndarray]:
    """The codebook's lines, and which code (column) each belongs to, as 1 and 0."""
    import numpy as np

    lines = [line for code in codebook.codes for line in code.lines]
    counts = [len(code.lines) for code in codebook.codes]
    return read_material(lines, None), np.repeat(np.eye(len(counts)), counts, axis=0)


def _read_coded(
    texts: Texts, codebook: Codebook, vectors: np.ndarray | None, codings: pd.DataFrame
) -> tuple[Material, pd.DataFrame, np.ndarray]:
    """Coded texts, alike ones folded into one; the share of coders by code; how many each was."""
    given, ids = as_texts(texts)
    rows, values = tabulate_codings(codings, codebook, ids)
    material = read_material(given, vectors).take(rows)
    keys = [_fold(text) for text in material.texts]
    groups = values.reset_index(drop=True).groupby(keys, sort=True)
    firsts = [
        min(members, key=lambda row: material.texts[row]) for members in groups.indices.values()
    ]
    return material.take(firsts), groups.mean(), groups.size().to_numpy(dtype=float)


def _fold(text: str) -> str:
    """What texts share that differ in case and space only."""
    return " ".join(text.casefold().split())


def _sources(codebook: Codebook, values: pd.DataFrame) -> list[str]:
    """Where each code is learnt from, given the share of coders by text (rows) and code."""
    borne = (values > 0.5).sum()
    enough = (borne >= FEWEST) & (len(values) - borne >= FEWEST)

    def used_below(code: str) -> bool:
        inner = codebook.children(code)
        return any(child.code in values or used_below(child.code) for child in inner)

    return [
        "codings"
        if enough.get(code.code, False)
        else "none"
        if used_below(code.code)
        else "codebook"
        for code in codebook.codes
    ]


def _calibrate(scores: np.ndarray, values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Slope, intercept and cut of each code (codes × 3) from left-out scores (n × codes)."""
    import numpy as np

    found = []
    for column in range(scores.shape[1]):
        curve = fit_curve(scores[:, column], values[:, column], weights)
        chances = to_chances(scores[:, column], curve)
        found.append([*curve, find_cut(chances, values[:, column], weights)])
    return np.array(found)


def _lower(scores: np.ndarray, curves: np.ndarray, values: np.ndarray) -> list[float]:
    """Intercepts by which codes too rare to be learnt are as frequent as they were coded.

    The share aimed at is that of the coded texts and of ``_PRIOR`` texts more that bear the code
    as the codebook alone expects.
    """
    from scipy.optimize import brentq

    found = []
    for score, (slope, intercept), value in zip(scores.T, curves.T, values.T, strict=True):
        expected = to_chances(score, (slope, intercept)).mean()
        share = (value.sum() + _PRIOR * expected) / (len(value) + _PRIOR)

        def miss(
            at: float, score: np.ndarray = score, slope: float = slope, share: float = share
        ) -> float:
            return float(to_chances(score, (slope, at)).mean() - share)

        found.append(float(brentq(miss, intercept - 50, intercept + 50)))
    return found
