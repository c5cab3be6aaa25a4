"""Table of later texts: themes found in four fifths of a set, and the last fifth placed on them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.clusterings.bertopic import fit_defaults
from benchmarks.clusterings.measures import agreement
from benchmarks.clusterings.sets import LabelledSet
from workbench.themes import continue_themes, find_themes, keep_themes

FIRST = 0.8
DRAWS = 3
KEPT, ANEW, PEER = "workbench, kept", "workbench, found anew", "BERTopic defaults, transform"


class Answer(NamedTuple):
    """The finest theme of each text, before (of those that were there first) and after (of all)."""

    before: np.ndarray
    after: np.ndarray


def measure_later(sets: list[LabelledSet], *, draws: int = DRAWS) -> Iterator[pd.DataFrame]:
    """The table so far, after each set: a row a set and way, means and ranges over the draws."""
    rows: list[dict[str, Any]] = []
    for data in sets:
        texts = pd.Series(data.texts)
        anew = find_themes(texts, vectors=data.vectors).assignments["theme"].to_numpy()
        found: dict[str, list[dict[str, float]]] = {}
        for seed in range(draws):
            first = draw_first(len(texts), seed)
            for way, answer in _answer(texts, data.vectors, first, anew, seed).items():
                found.setdefault(way, []).append(judge(answer, first, data.truth))
        for way, measured in found.items():
            frame = pd.DataFrame(measured)
            means = frame.mean().to_dict()
            ranges = {f"{name} min": frame[name].min() for name in ("stayed", "later ARI")}
            rows.append({"set": data.name, "way": way, "draws": draws, **means, **ranges})
        print(f"later: {data.name}", flush=True)
        yield pd.DataFrame(rows)


def draw_first(count: int, seed: int) -> np.ndarray:
    """Which of ``count`` texts are there first: booleans, shape ``(count,)``."""
    first = np.zeros(count, dtype=bool)
    first[np.random.default_rng(seed).permutation(count)[: round(FIRST * count)]] = True
    return first


def judge(answer: Answer, first: np.ndarray, truth: np.ndarray) -> dict[str, float]:
    """How far the first texts stayed together, and how well the later ones are placed."""
    named = ~first & (truth != "")
    return {
        "stayed": agreement(answer.before, answer.after[first]),
        "later ARI": agreement(
            np.unique(truth[named], return_inverse=True)[1], answer.after[named]
        ),
        "later unplaced": float((answer.after[~first] < 0).mean()),
    }


def _answer(
    texts: pd.Series, vectors: np.ndarray, first: np.ndarray, anew: np.ndarray, seed: int
) -> dict[str, Answer]:
    themes = find_themes(texts[first], vectors=vectors[first])
    before = themes.assignments["theme"].to_numpy()
    kept = keep_themes(themes, texts[first], vectors[first])
    after = continue_themes(kept, texts, vectors).themes.assignments["theme"].to_numpy()
    model = fit_defaults(list(texts[first]), vectors[first], seed=seed)
    topics = np.full(len(texts), -1)
    topics[first] = model.topics_
    topics[~first] = model.transform(list(texts[~first]), vectors[~first])[0]
    return {
        KEPT: Answer(before, after),
        ANEW: Answer(before, anew),
        PEER: Answer(topics[first], topics),
    }
