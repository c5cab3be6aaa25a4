"""Politeness of requests on Wikipedia: the politest quarter against the least polite."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
import pandas as pd

from benchmarks.machine import Table, need
from benchmarks.tones.material import (
    BLOCKS,
    Material,
    count_markers,
    make_blocks,
    plain_table,
    read_material,
)
from benchmarks.tones.options import Options
from workbench.learning import cross_fit, deal_folds, fit_columns, fit_head, measure_chances

FOLDS = 10
SEED = 10
ABSTAIN = 0.2
_SHOWN = ("AUROC", "accuracy", "calibration error", "coverage", "accuracy where decided")
# Answers: n × 2, the chance of being polite and whether the head decides.
Way = Callable[[Material, np.ndarray, np.ndarray, np.ndarray], np.ndarray]


def measure(options: Options) -> Iterator[Table]:
    """One row a way, the whole machine twice: on all requests, and on those never chosen on."""
    texts, labels = read_requests()
    some = options.some(len(texts))
    texts, labels = [texts[row] for row in some], labels[some]
    material = read_material(texts)
    fold_of = deal_folds(texts, labels=labels, folds=FOLDS, seed=SEED)
    rows = []
    for name, way in WAYS.items():
        found = cross_fit(fold_of, partial(way, material, labels))
        rows.append({"way": name, "requests": "all", **_figures(found, labels)})
        if name == WHOLE:
            unseen = chosen_on(texts, labels) == 0
            own = _figures(found[unseen], labels[unseen])
            rows.append({"way": name, "requests": "not chosen on", **own})
        yield Table("tone_politeness", pd.DataFrame(rows), _settings(labels), not options.quick)


def read_requests() -> tuple[list[str], np.ndarray]:
    """The requests of the outer quarters, and whether polite (1) or not (0)."""
    file = need("stanford_politeness/wikipedia.annotated.csv")
    table = pd.read_csv(file, keep_default_na=False)
    score = table["Normalized Score"].astype(float)
    low, high = score.quantile([0.25, 0.75])
    outer = (score <= low) | (score >= high)
    return table.loc[outer, "Request"].to_list(), (score[outer] >= high).to_numpy(dtype=int)


def chosen_on(texts: Sequence[str], labels: np.ndarray) -> np.ndarray:
    """Which requests settings were chosen on (n, 1 or 0): half of the texts."""
    return (deal_folds(texts, labels=labels, folds=2, seed=0) == 0).astype(int)


def _figures(found: np.ndarray, labels: np.ndarray) -> dict[str, float]:
    """Measures of answers, with intervals; those undecided count by their own bands."""
    chances, decided = found[:, 0], found[:, 1] > 0
    table = measure_chances(chances, labels).set_index("measure")
    sure = measure_chances(chances[decided], labels[decided]).set_index("measure")
    table.loc["accuracy where decided"] = sure.loc["accuracy"]
    figures: dict[str, float] = {"n": len(labels)}
    for name in _SHOWN:
        if name == "coverage":
            figures[name] = float(decided.mean())
            continue
        figures[name] = table.loc[name, "value"]
        figures |= {f"{name} {end}": table.loc[name, end] for end in ("low", "high")}
    return figures


def _by_head(
    material: Material,
    labels: np.ndarray,
    learnt: np.ndarray,
    asked: np.ndarray,
    *,
    names: Sequence[str] = BLOCKS,
) -> np.ndarray:
    own, others = make_blocks(material, learnt, asked, names=names)
    groups = material.texts[learnt]
    head = fit_head(own, labels[learnt], groups=groups, abstain=ABSTAIN)
    return np.stack([head.chances(others), head.decide(others) != "abstain"], axis=1)


def _by_markers(
    material: Material, labels: np.ndarray, learnt: np.ndarray, asked: np.ndarray
) -> np.ndarray:
    fired = [count_markers(material.texts[rows]) for rows in (learnt, asked)]
    columns = fit_columns(fired[0], counted=True)
    own, others = ({"markers": columns.table(table)} for table in fired)
    head = fit_head(own, labels[learnt], groups=material.texts[learnt], abstain=ABSTAIN)
    return np.stack([head.chances(others), head.decide(others) != "abstain"], axis=1)


def _by_regression(
    material: Material, labels: np.ndarray, learnt: np.ndarray, asked: np.ndarray
) -> np.ndarray:
    from sklearn.linear_model import LogisticRegression

    names = ("vectors", "counts", "valence")
    own, others = map(plain_table, make_blocks(material, learnt, asked, names=names))
    model = LogisticRegression(max_iter=2000).fit(own, labels[learnt])
    chances = model.predict_proba(others)[:, 1]
    return np.stack([chances, np.ones(len(chances))], axis=1)


def _settings(labels: np.ndarray) -> dict[str, str]:
    return {
        "data": f"Stanford politeness corpus, Wikipedia: {len(labels)} requests whose mean "
        "rating lies in the outer quarters (Danescu-Niculescu-Mizil and others 2013)",
        "folds": f"{FOLDS}, no text in two; TF-IDF, spreads, weights, curves and cuts are learnt "
        "in each anew",
        "chosen on": "blocks and ridge were chosen with one half of the requests (tone_tries.csv), "
        "after a first look at single blocks on all; 'not chosen on' measures the other half, in "
        "the same folds",
        "markers": "those of the tone room, all dimensions, as they stand; 'counts' are the counts "
        "of workbench/tone/counts.toml",
        "low, high": "95% bootstrap intervals over requests",
        "coverage": f"share decided by heads that abstain on {ABSTAIN:.0%} of what they learnt "
        "from",
        "published": "accuracy .838 (the paper, logistic regression on words and strategies, "
        "leave one out)",
    }


WHOLE = "workbench, all blocks"
WAYS: dict[str, Way] = {
    "workbench, markers only": _by_markers,
    "workbench, counts only": partial(_by_head, names=["counts"]),
    "workbench, vectors only": partial(_by_head, names=["vectors"]),
    "workbench, VADER only": partial(_by_head, names=["valence"]),
    "logistic regression on vectors, counts and VADER": _by_regression,
    WHOLE: _by_head,
}
