"""How long it takes to score 5,000 enquiries, beyond the vectors of their sentences."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd

from benchmarks.machine import Table
from benchmarks.realism import load_demo
from benchmarks.tones.options import Options
from workbench.text import embed
from workbench.tone import mark_tone, own_words, score_tone, score_urgency, score_valence

TEXTS = 5_000
ROUNDS = 3


def measure(options: Options) -> Iterator[Table]:
    """Seconds of each part, cold and warm, and against VADER on the same texts."""
    texts = (load_demo() * 2)[: 500 if options.quick else TEXTS]
    vectors = embed(own_words(texts))
    ways: dict[str, Callable[[], object]] = {
        "tone: markers, valence, counts, words, heads": lambda: score_tone(texts, vectors=vectors),
        "tone, markers alone": lambda: mark_tone(texts),
        "urgency, by reasons": lambda: score_urgency(texts),
        "VADER on whole texts": lambda: score_valence(texts),
    }
    rows = []
    for name, way in ways.items():
        spent = [_time(way) for _ in range(1 if options.quick else ROUNDS)]
        rows.append({"what": name, "texts": len(texts), "sentences": len(vectors), "s": min(spent),
                     "slowest s": max(spent)})  # fmt: skip
    frame = pd.DataFrame(rows)
    frame["times VADER"] = frame["s"] / frame["s"].iloc[-1]
    settings = {
        "data": "enquiries of the demonstration corpus, repeated to make up the number; half of "
        "their sentences stand more than once and are scored once, so other texts take somewhat "
        "longer",
        "s": f"the least of {ROUNDS} rounds; the markers had been used before, on these texts",
        "vectors": "not timed: unit vectors of all sentences were at hand",
    }
    yield Table("tone_speed", frame, settings, not options.quick)


def _time(way: Callable[[], object]) -> float:
    begin = time.perf_counter()
    found = way()
    assert np.size(found)
    return time.perf_counter() - begin
