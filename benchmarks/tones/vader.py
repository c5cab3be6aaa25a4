"""VADER's four sets of snippets that twenty people rated each, as a check of the valence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.machine import Table, need
from benchmarks.tones.options import Options
from workbench.tone import score_valence

# File and Pearson's r of VADER's compound with the mean rating, as measured before.
SETS = {
    "tweets": ("tweets_GroundTruth.txt", 0.872),
    "Amazon reviews": ("amazonReviewSnippets_GroundTruth.txt", 0.590),
    "film reviews": ("movieReviewSnippets_GroundTruth.txt", 0.427),
    "New York Times editorials": ("nytEditorialSnippets_GroundTruth.txt", 0.503),
}
NEAR = 0.01


def measure(options: Options) -> Iterator[Table]:
    """One row a set: r of our valence with the raters' mean."""
    rows = []
    for name, (file, expected) in SETS.items():
        ratings, texts = read_snippets(file)
        some = options.some(len(texts))
        compound = score_valence([texts[row] for row in some])["compound"]
        found = float(np.corrcoef(compound, ratings[some])[0, 1])
        rows.append(
            {
                "set": name,
                "snippets": len(some),
                "r": found,
                "expected": expected,
                "within .01": abs(found - expected) <= NEAR,
            }
        )
        yield Table("tone_vader", pd.DataFrame(rows), _settings(), kept=not options.quick)


def read_snippets(file: str) -> tuple[np.ndarray, list[str]]:
    """Mean ratings (n, -4 to 4) and snippets of one set."""
    lines = need(f"vader_groundtruth/{file}").read_text(encoding="utf-8", errors="replace")
    cells = [line.split("\t", 2) for line in lines.splitlines() if line.count("\t") >= 2]
    return np.array([float(rating) for _, rating, _ in cells]), [text for *_, text in cells]


def _settings() -> dict[str, str]:
    return {
        "r": "Pearson's, of the valence (compound) of each snippet, cleaned as enquiries are, with "
        "the mean of twenty people's ratings",
        "expected": "vaderSentiment itself on the snippets as they stand",
    }
