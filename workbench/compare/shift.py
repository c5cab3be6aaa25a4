"""How far two sets of texts differ in their words as a whole, and which words make it up."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from workbench.compare.intervals import LEVEL
from workbench.compare.terms import Split, count_both
from workbench.errors import WorkbenchError, suggest
from workbench.text.inputs import Texts, as_texts
from workbench.text.words import tokenize

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Floats = NDArray[np.float64]

Measure = Literal["divergence", "proportion"]

_BATCH = 100


@dataclass(frozen=True)
class WordShift:
    """What ``word_shift`` found.

    ``words``: word, n_a, n_b (uses), share_a, share_b (of the words compared), contribution (0 or
    more; they add up to the distance), part (of the distance, in [0, 1]), more_in ("a", "b", or
    "" where the shares are alike); largest contribution first.

    ``total``: one row: measure, distance (in [0, 1]), chance (the mean distance of texts dealt out
    at random), chance_high (which one deal in twenty passes), p, corrected (the distance beyond
    ``chance``), low, high (its 95% interval; these three are missing for proportions), texts_a,
    texts_b, words (how many).
    """

    words: pd.DataFrame
    total: pd.DataFrame


def word_shift(
    texts_a: Texts,
    texts_b: Texts,
    *,
    measure: Measure = "divergence",
    stop: Collection[str] = (),
    least: int = 5,
    length: int = 1,
    draws: int = 500,
    seed: int = 0,
    split: Split = tokenize,
) -> WordShift:
    """The distance between the words of A and of B, word by word.

    "divergence" is the Jensen-Shannon divergence to base 2, both sides weighing the same: 0 where
    all shares are alike, 1 where no word is shared. "proportion" is the total variation distance:
    half the sum of what shares differ by. Words seen fewer than ``least`` times in all, or in
    ``stop``, are left out, and shares are of the rest.

    Few texts make any two sides differ: hold the distance against ``chance``, that of the same
    texts dealt out anew. The interval is as wide as the distance varies when each side's texts are
    drawn again (bootstrap). Both take ``draws`` draws of whole texts, fixed by ``seed``, and come
    out the same in any order of the texts. Source: Gallagher and others (2021), EPJ Data Science
    10, 4. Raises ``WorkbenchError`` for another
    measure.
    """
    import pandas as pd

    if measure not in _MEASURES:
        hint = suggest(str(measure), list(_MEASURES))
        raise WorkbenchError(f"There is no measure '{measure}' of word shifts.{hint}")
    sides = [sorted(as_texts(texts)[0]) for texts in (texts_a, texts_b)]
    one, other = count_both(*sides, least=least, length=length, stop=stop, split=split)
    share_a, share_b = _shares(one.totals), _shares(other.totals)
    contribution = _MEASURES[measure](share_a, share_b)
    distance = float(contribution.sum()) if len(contribution) else np.nan
    words = pd.DataFrame(
        {
            "word": pd.Series(one.words, dtype="str"),
            "n_a": one.totals.astype("int64"),
            "n_b": other.totals.astype("int64"),
            "share_a": share_a,
            "share_b": share_b,
            "contribution": contribution,
            "part": contribution / distance if distance > 0 else np.zeros(len(contribution)),
            "more_in": np.select([share_a > share_b, share_b > share_a], ["a", "b"], ""),
        }
    ).sort_values(["contribution", "word"], ascending=[False, True], ignore_index=True)
    drawn = _draw(one.counts, other.counts, measure, draws=draws, seed=seed, distance=distance)
    total = {
        "measure": measure,
        "distance": distance,
        **drawn,
        "texts_a": len(one.lengths),
        "texts_b": len(other.lengths),
        "words": len(one.words),
    }
    return WordShift(words, pd.DataFrame([total]))


def say_shift(shift: WordShift, *, names: tuple[str, str]) -> str:
    """One or two sentences on the distance as a whole; ``names`` are those of A and B."""
    row = shift.total.iloc[0]
    if row["chance"] != row["chance"]:
        return f"Too few texts to tell the words of {names[0]} from those of {names[1]}."
    found = (
        f"The words of {names[0]} and {names[1]} lie {row['distance']:.3f} apart on a scale from "
        f"0 (all shares alike) to 1 (no word shared); texts dealt out at random would lie "
        f"{row['chance']:.3f} apart"
    )
    if not row["distance"] > row["chance_high"]:
        return f"{found}. This is no more than chance would bring."
    if row["corrected"] != row["corrected"]:
        return f"{found}. This is more than chance would bring."
    interval = f"95% interval {row['low']:.3f} to {row['high']:.3f}"
    return f"{found}. Beyond chance they lie {row['corrected']:.3f} apart ({interval})."


def _divergence(share_a: Floats, share_b: Floats) -> Floats:
    """Each word's part of the Jensen-Shannon divergence, 0 or more, in bits."""
    from scipy.special import xlogy

    mean = (share_a + share_b) / 2
    safe = np.where(mean > 0, mean, 1.0)
    terms = xlogy(share_a, share_a / safe) + xlogy(share_b, share_b / safe)
    return np.asarray(np.maximum(terms, 0.0) / (2 * np.log(2)))


def _proportion(share_a: Floats, share_b: Floats) -> Floats:
    """Each word's part of the total variation distance."""
    return np.asarray(np.abs(share_a - share_b) / 2)


_MEASURES: dict[str, Callable[[Floats, Floats], Floats]] = {
    "divergence": _divergence,
    "proportion": _proportion,
}


def _shares(totals: Floats) -> Floats:
    """Counts as shares of their sum along the last axis; missing where there are none."""
    sizes = totals.sum(axis=-1, keepdims=True)
    return np.asarray(totals / np.where(sizes > 0, sizes, np.nan))


def _draw(
    one: csr_array, other: csr_array, measure: Measure, *, draws: int, seed: int, distance: float
) -> dict[str, float]:
    """What drawing whole texts anew says of a distance: its interval, and what chance brings."""
    from scipy.sparse import vstack
    from scipy.stats import norm

    names = ("chance", "chance_high", "p", "corrected", "low", "high")
    n_a, n_b = one.shape[0], other.shape[0]
    if not draws or min(n_a, n_b) < 2 or distance != distance:
        return dict.fromkeys(names, np.nan)
    rng = np.random.default_rng(seed)
    every = vstack([one, other]).tocsr()
    again, dealt = [], []
    for size in _batches(draws):
        a = rng.multinomial(n_a, np.full(n_a, 1 / n_a), size=size) @ one
        b = rng.multinomial(n_b, np.full(n_b, 1 / n_b), size=size) @ other
        again.append(_MEASURES[measure](_shares(a), _shares(b)).sum(axis=1))
        chosen = np.zeros((size, n_a + n_b))
        chosen[:, :n_a] = 1
        a = rng.permuted(chosen, axis=1) @ every
        b = np.asarray(every.sum(axis=0)) - a
        dealt.append(_MEASURES[measure](_shares(a), _shares(b)).sum(axis=1))
    drawn, chance = np.concatenate(again), np.concatenate(dealt)
    # What few texts add to a divergence is the same whether or not the sides differ; to a
    # difference of proportions it is not, so that one is only held against chance.
    corrected = distance - np.nanmean(chance) if measure == "divergence" else np.nan
    reach = norm.ppf((1 + LEVEL) / 2) * np.nanstd(drawn)
    values = (
        np.nanmean(chance),
        np.nanquantile(chance, LEVEL),
        (1 + np.sum(chance >= distance)) / (1 + draws),
        corrected,
        corrected - reach,
        corrected + reach,
    )
    bounded = [float(np.clip(value, 0.0, 1.0)) for value in values]
    return dict(zip(names, bounded, strict=True))


def _batches(draws: int) -> Iterator[int]:
    """Sizes of at most ``_BATCH`` that add up to ``draws``, so that memory stays small."""
    for start in range(0, draws, _BATCH):
        yield min(_BATCH, draws - start)
