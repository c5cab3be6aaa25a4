"""Placing texts on a codebook, beside logistic regression, on comments that people coded.

nhs_fft (v6): comments of patients of three words or more, with several themes each. Half of the
comments is coded, the other half measured; no text, case and space folded, is in both. Of the coded
half all is used, or a random part that goes on until each theme has 16, 64 or 256 examples or no
more are left. F1 is the mean over the themes, from whether a theme is said to apply; AP the mean
of average precisions; ECE the mean gap between probability and share of yes, in ten bins of equal
width, over all pairs of text and theme.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.machine import need
from workbench.text import embed
from workbench.themes.codebook import Code, Codebook
from workbench.themes.coding import decide
from workbench.themes.learning import learn_codes, read_material

SEEDS = range(10, 15)
EXAMPLES = (16, 64, 256, None)
FEWEST_TEXTS = 20
FOLDS = 5
NOT_CODED = "Labelling not possible"
PEER = "logistic regression on vectors, cut by cross-validation"


@dataclass(frozen=True)
class Comments:
    """n texts, their vectors, their themes (n × themes, 0 or 1), and a number by folded text."""

    texts: list[str]
    vectors: np.ndarray
    themes: pd.DataFrame
    groups: np.ndarray

    @property
    def truth(self) -> np.ndarray:
        """The themes as numbers."""
        return self.themes.to_numpy(dtype=int)


@dataclass(frozen=True)
class Placed:
    """Probabilities (n × themes) and the cut of each theme."""

    chances: np.ndarray
    cuts: np.ndarray


Way = Callable[[Comments, np.ndarray, np.ndarray], Placed]


def main() -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row a way and number of examples: means over halves, with intervals and gains."""
    comments = read_comments()
    runs = pd.DataFrame(
        [
            {"way": way, "examples": examples or "all", "seed": seed, **figures}
            for seed in SEEDS
            for examples in EXAMPLES
            for way, figures in run_half(comments, seed, examples).items()
        ]
    )
    return summarise(runs), {
        "data": f"nhs_fft v6, {len(comments.texts)} comments ({comments.groups.max() + 1} "
        f"different texts), the {comments.themes.shape[1]} themes that at least {FEWEST_TEXTS} "
        f"different texts bear; '{NOT_CODED}' left out with its rows, which all say that nobody "
        "answered",
        "halves": f"{len(SEEDS)}, seeds {SEEDS[0]} to {SEEDS[-1]}; everything was chosen on "
        "seeds 0 to 4 (codebook_tries.md), the rule for cuts after these halves had been seen once",
        "names of themes alone": "the one curve behind its probabilities was fitted on three sets, "
        "of which this is one (held out: codebook_tries.md)",
        "low, high": "95% t intervals over the halves; halves share texts, so these speak of the "
        "draw of the half, not of other comments",
        "F1 gain, AP gain": f"over '{PEER}', the harder one for F1, half by half",
        "ECE by theme": "the same in each theme, then the mean over themes",
        "ECE likely": "the same over pairs with a probability of .1 or more",
        "apply, abstain": "shares of pairs; 'right of apply': of those said to apply, how many do; "
        "'lost in no': of those that do, how many were said not to",
        "coded": "mean number of coded texts",
        **_published(),
    }


def read_comments() -> Comments:
    """The comments of three words or more that were coded."""
    file = need("nhs_fft/v6framework_230831.csv.gz")
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    themes = table.loc[:, "Not assigned":].apply(pd.to_numeric, errors="coerce").fillna(0) > 0
    long_enough = table["FFT answer"].str.split().str.len() >= 3
    kept = long_enough & ~themes[NOT_CODED]
    texts = table.loc[kept, "FFT answer"].to_list()
    folded = [" ".join(text.casefold().split()) for text in texts]
    themes = themes[kept].reset_index(drop=True)
    support = themes.groupby(folded).any().sum()
    wanted = support.index[support >= FEWEST_TEXTS]
    return Comments(texts, embed(texts), themes[wanted], pd.factorize(pd.Series(folded))[0])


def split(comments: Comments, seed: int, examples: int | None) -> tuple[np.ndarray, np.ndarray]:
    """The rows that are coded and the rows that are measured."""
    random = np.random.default_rng(seed)
    groups = random.permutation(comments.groups.max() + 1)
    in_half = np.isin(comments.groups, groups[: len(groups) // 2])
    coded, measured = np.flatnonzero(in_half), np.flatnonzero(~in_half)
    if examples is None:
        return coded, measured
    kept, have = [], np.zeros(comments.truth.shape[1], dtype=int)
    for row in random.permutation(coded):
        borne = comments.truth[row]
        if (have[borne > 0] < examples).any():
            kept.append(row)
            have += borne
    return np.sort(kept), measured


def run_half(comments: Comments, seed: int, examples: int | None) -> dict[str, dict[str, float]]:
    """The figures of every way on one half."""
    coded, measured = split(comments, seed, examples)
    placed = {name: way(comments, coded, measured) for name, way in WAYS.items()}
    plain = Placed(placed[PEER].chances, np.full(comments.truth.shape[1], 0.5))
    placed = {"logistic regression on vectors, cut at a half": plain, **placed}
    truth = comments.truth[measured]
    return {name: {"coded": len(coded), **measure(found, truth)} for name, found in placed.items()}


def measure(placed: Placed, truth: np.ndarray) -> dict[str, float]:
    """All figures of one way on the comments measured."""
    from sklearn.metrics import average_precision_score, f1_score

    chances = placed.chances
    said = decide(chances, placed.cuts)
    likely = chances >= 0.1
    by_theme = [find_ece(*pair) for pair in zip(chances.T, truth.T, strict=True)]
    return {
        "F1": f1_score(truth, chances >= placed.cuts, average="macro", zero_division=0),
        "AP": average_precision_score(truth, chances, average="macro"),
        "ECE": find_ece(chances.ravel(), truth.ravel()),
        "ECE by theme": float(np.mean(by_theme)),
        "ECE likely": find_ece(chances[likely], truth[likely]),
        "apply": float((said == "apply").mean()),
        "abstain": float((said == "abstain").mean()),
        "right of apply": float(truth[said == "apply"].mean()),
        "lost in no": float((said[truth > 0] == "no").mean()),
    }


def find_ece(chances: np.ndarray, truth: np.ndarray, *, bins: int = 10) -> float:
    """Expected calibration error: mean gap between chance and share, by bins of equal width."""
    bin_of = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = np.bincount(bin_of, weights=chances - truth, minlength=bins)
    return float(np.abs(gaps).sum() / len(chances))


def summarise(runs: pd.DataFrame) -> pd.DataFrame:
    """Means over halves; 95% t intervals of F1, AP and of the gains over ``PEER``."""
    peer = runs[runs["way"] == PEER].set_index(["examples", "seed"])[["F1", "AP"]]
    joined = runs.join(peer, on=["examples", "seed"], rsuffix=" of peer")
    rows = []
    for (examples, way), group in joined.groupby(["examples", "way"], sort=False):
        row: dict[str, Any] = {"examples": examples, "way": way, "coded": group["coded"].mean()}
        for name in ("F1", "AP"):
            gain = group[name] - group[f"{name} of peer"]
            row |= _with_interval(name, group[name]) | _with_interval(f"{name} gain", gain)
        rest = group.loc[:, "ECE":"lost in no"].mean()
        rows.append(row | rest.to_dict())
    return pd.DataFrame(rows)


def _with_interval(name: str, values: pd.Series) -> dict[str, float]:
    from scipy.stats import t

    reach = t.ppf(0.975, len(values) - 1) * values.std() / np.sqrt(len(values))
    return {
        name: values.mean(),
        f"{name} low": values.mean() - reach,
        f"{name} high": values.mean() + reach,
    }


def _ours(comments: Comments, coded: np.ndarray, measured: np.ndarray, *, named: bool) -> Placed:
    codes = [
        Code(f"c{number}", name if named else f"c{number}")
        for number, name in enumerate(comments.themes.columns)
    ]
    pairs = np.argwhere(comments.truth[coded] > 0)
    # A comment without any theme is listed too, or it would not count as coded.
    bare = np.flatnonzero(comments.truth[coded].sum(axis=1) == 0)
    codings = pd.DataFrame(
        {
            "text_id": [*coded[pairs[:, 0]], *coded[bare]],
            "code": [*(f"c{number}" for number in pairs[:, 1]), *["c0"] * len(bare)],
            "value": [1] * len(pairs) + [0] * len(bare),
        }
    )
    book = Codebook("nhs_fft", tuple(codes))
    model = learn_codes(comments.texts, book, vectors=comments.vectors, codings=codings)
    return Placed(model.place(_material(comments, measured)), model.learnt["cut"].to_numpy())


def _ours_uncoded(comments: Comments, coded: np.ndarray, measured: np.ndarray) -> Placed:
    codes = [Code(name, name) for name in comments.themes.columns]
    model = learn_codes([], Codebook("nhs_fft", tuple(codes)))
    return Placed(model.place(_material(comments, measured)), model.learnt["cut"].to_numpy())


def _material(comments: Comments, rows: np.ndarray) -> Any:
    return read_material([comments.texts[row] for row in rows], comments.vectors[rows])


def _regression(
    comments: Comments, coded: np.ndarray, measured: np.ndarray, *, words: bool
) -> Placed:
    """Logistic regression (balanced); the cuts are those of best F1 over five grouped folds."""
    truth = comments.truth
    fold_of = comments.groups[coded] % FOLDS
    held_out = np.zeros((len(coded), truth.shape[1]))
    for fold in range(FOLDS):
        inside = fold_of == fold
        held_out[inside] = _regress(comments, coded[~inside], coded[inside], words)
    cuts = [best_cut(*pair) for pair in zip(held_out.T, truth[coded].T, strict=True)]
    return Placed(_regress(comments, coded, measured, words), np.array(cuts))


def _regress(comments: Comments, rows: np.ndarray, others: np.ndarray, words: bool) -> np.ndarray:
    from scipy.sparse import csr_matrix, hstack
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    learnt, placed = comments.vectors[rows], comments.vectors[others]
    if words:
        view = TfidfVectorizer(sublinear_tf=True, ngram_range=(1, 2), min_df=2)
        table = view.fit_transform([comments.texts[row] for row in rows])
        learnt = hstack([csr_matrix(learnt), table]).tocsr()
        others_table = view.transform([comments.texts[row] for row in others])
        placed = hstack([csr_matrix(placed), others_table]).tocsr()
    chances = np.zeros((len(others), comments.truth.shape[1]))
    for number, values in enumerate(comments.truth[rows].T):
        if values.any():
            model = LogisticRegression(class_weight="balanced", max_iter=1000)
            chances[:, number] = model.fit(learnt, values).predict_proba(placed)[:, 1]
    return chances


def best_cut(chances: np.ndarray, truth: np.ndarray) -> float:
    """The probability from which F1 is best on these texts."""
    order = np.argsort(-chances, kind="stable")
    right = np.cumsum(truth[order])
    best = int(np.argmax(2 * right / (np.arange(1, len(order) + 1) + right[-1])))
    return float(chances[order][best : best + 2].mean())


def _published() -> dict[str, str]:
    """What the set's own classifiers reached, as their summaries say."""
    found = {}
    for name in ("final_svc", "final_xgb", "bert", "ensemble"):
        text = need(f"nhs_fft/published_performance/{name}_summary.txt").read_text(encoding="utf-8")
        last = re.findall(r"macro avg\s+\S+\s+\S+\s+(\S+)\s+(\d+)", text)[-1]
        found[f"other rows: published {name}"] = (
            f"macro-F1 {last[0]} over 32 themes ({last[1]} labels) on the authors' six trusts, of "
            f"which two are public, '{NOT_CODED}' among the themes"
        )
    return found


WAYS: dict[str, Way] = {
    PEER: lambda c, one, other: _regression(c, one, other, words=False),
    "logistic regression on vectors and TF-IDF, cut so": lambda c, one, other: _regression(
        c, one, other, words=True
    ),
    "workbench, themes without names": lambda c, one, other: _ours(c, one, other, named=False),
    "workbench": lambda c, one, other: _ours(c, one, other, named=True),
    "workbench, names of themes alone": _ours_uncoded,
}
