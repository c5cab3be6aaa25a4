"""Which words mark one set of texts off from another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from workbench.text.words import tokenize

if TYPE_CHECKING:
    import pandas as pd


def keyness(
    texts_a: Sequence[str],
    texts_b: Sequence[str],
    *,
    stop: Collection[str] = (),
    prior: float = 500.0,
    least: int = 5,
) -> pd.DataFrame:
    """Log-odds of each word in A against B with an informative prior; largest z first.

    Columns: word, n_a, n_b, rate_a, rate_b (per 1,000 words), log_odds (natural; positive where
    A uses it more), z. The prior is the words' distribution over A and B together, weighing as
    much as ``prior`` words. Words seen fewer than ``least`` times are left out. Source: Monroe,
    Colaresi and Quinn (2008), Political Analysis 16, equations 16 and 22.
    """
    import numpy as np
    import pandas as pd

    left_out = set(stop)
    count_a, count_b = _tally(texts_a), _tally(texts_b)
    total_a, total_b = sum(count_a.values()), sum(count_b.values())
    both = count_a + count_b
    words = sorted(w for w, n in both.items() if n >= least and w not in left_out)
    columns = ["word", "n_a", "n_b", "rate_a", "rate_b", "log_odds", "z"]
    if not words or not total_a or not total_b:
        return pd.DataFrame(columns=pd.Index(columns))
    a = np.array([count_a[w] for w in words], dtype=float)
    b = np.array([count_b[w] for w in words], dtype=float)
    expected = prior * (a + b) / (total_a + total_b)
    odds_a = (a + expected) / (total_a + prior - a - expected)
    odds_b = (b + expected) / (total_b + prior - b - expected)
    log_odds = np.log(odds_a) - np.log(odds_b)
    z = log_odds / np.sqrt(1 / (a + expected) + 1 / (b + expected))
    frame = pd.DataFrame(
        {
            "word": words,
            "n_a": a.astype(int),
            "n_b": b.astype(int),
            "rate_a": 1000 * a / total_a,
            "rate_b": 1000 * b / total_b,
            "log_odds": log_odds,
            "z": z,
        }
    )
    return frame.sort_values(["z", "word"], ascending=[False, True], ignore_index=True)


def _tally(texts: Sequence[str]) -> Counter[str]:
    return Counter(word for text in texts for word in tokenize(text))
