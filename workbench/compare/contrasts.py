"""How strongly a word's counts on two sides differ: formulas on arrays, one value a word.

``a`` and ``b`` are the word's uses on side A and side B, ``total_a`` and ``total_b`` the uses of
all words there. Signed values are positive where A uses the word more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.compare.intervals import LEVEL
from workbench.compare.terms import Terms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

NONE = 0.5
"""Uses that stand in for none where a logarithm would have none."""


def weigh_odds(
    a: Floats, b: Floats, total_a: float, total_b: float, prior: Floats, prior_total: float
) -> tuple[Floats, Floats]:
    """(log-odds, z) of A against B, where each word was seen ``prior`` times before.

    Natural logarithms; z has a standard deviation of one where words fall independently. Source:
    Monroe, Colaresi and Quinn (2008), Political Analysis 16, equations 16 and 22.
    """
    odds_a = (a + prior) / np.maximum(total_a + prior_total - a - prior, NONE)
    odds_b = (b + prior) / np.maximum(total_b + prior_total - b - prior, NONE)
    log_odds = np.log(odds_a) - np.log(odds_b)
    return log_odds, log_odds / np.sqrt(1 / (a + prior) + 1 / (b + prior))


def log_likelihood(a: Floats, b: Floats, total_a: float, total_b: float) -> Floats:
    """Signed G2, which lies about 1 by chance where words fall independently.

    Source: Dunning (1993), Computational Linguistics 19(1), over all four cells.
    """
    from scipy.special import xlogy

    whole = total_a + total_b
    sides = ((a, total_a), (b, total_b))
    cells = [(n, (a + b) * total / whole) for n, total in sides]
    cells += [(total - n, (whole - a - b) * total / whole) for n, total in sides]
    g2 = 2 * sum(xlogy(seen, seen / np.maximum(due, 1e-300)) for seen, due in cells)
    return np.asarray(np.sign(a * total_b - b * total_a) * np.maximum(g2, 0.0))


def chi_squared(a: Floats, b: Floats, total_a: float, total_b: float) -> Floats:
    """Signed chi-squared of the four cells with Yates's correction."""
    whole = total_a + total_b
    gap = a * (total_b - b) - b * (total_a - a)
    sizes = (a + b) * (whole - a - b) * total_a * total_b
    corrected = np.maximum(np.abs(gap) - whole / 2, 0.0)
    return np.asarray(np.sign(gap) * whole * corrected**2 / np.where(sizes > 0, sizes, 1.0))


def log_ratios(one: Terms, other: Terms) -> tuple[Floats, Floats, Floats]:
    """(log ratio, low, high): the rate on side ``one`` over that on the other, to base 2.

    1 is twice as often, -1 half as often. No use at all counts as half a use (Hardie 2014). The
    95% interval takes texts, not words, as what was sampled (the linearised variance of a ratio,
    Cochran 1977, chapter 6), and is never narrower than it would be were all uses independent.
    """
    from scipy.stats import norm

    rates, variances = zip(_log_rate(one), _log_rate(other), strict=True)
    ratio = (rates[0] - rates[1]) / np.log(2)
    reach = float(norm.ppf((1 + LEVEL) / 2)) * np.sqrt(variances[0] + variances[1]) / np.log(2)
    return ratio, ratio - reach, ratio + reach


def _log_rate(terms: Terms) -> tuple[Floats, Floats]:
    """The natural logarithm of each word's rate on one side, and its variance."""
    uses = np.maximum(terms.totals, NONE)
    size, texts = terms.lengths.sum(), len(terms.lengths)
    scatter = _residual_power(terms, terms.totals / size, 2) / uses**2
    by_texts = scatter * texts / max(texts - 1, 1)
    return np.log(uses / size), np.maximum(by_texts, 1 / uses)


def permutation_p(one: Terms, other: Terms) -> Floats:
    """How often chance alone would part a word so unevenly, were texts dealt out to the sides.

    Two-sided p, a value a word. What is dealt out is a text's uses of the word beyond those that
    its length makes due; a word that one text repeats therefore counts as one surprise. Instead
    of dealing many times, the first three moments of all deals are taken exactly and a Pearson
    type III curve is laid through them: no seed, and no least p that the number of draws sets.
    p is never less than the chance that all texts with the word fall on one side. Source: Mielke
    and Berry (2007), Permutation Methods, chapter 2.
    """
    from scipy.sparse import vstack
    from scipy.stats import hypergeom, pearson3

    n_a, n_b = len(one.lengths), len(other.lengths)
    every = n_a + n_b
    both = Terms(one.words, vstack([one.counts, other.counts]).tocsr(), _joined(one, other))
    rate = both.totals / both.lengths.sum()
    surplus = one.totals - rate * one.lengths.sum()
    second, third = (_residual_power(both, rate, power) for power in (2, 3))
    if every < 3:
        return np.ones(len(one.words))
    variance = second * n_a * n_b / (every * (every - 1))
    variance = np.maximum(variance, 1e-12)
    skew = third * n_a * n_b * (n_b - n_a) / (every * (every - 1) * (every - 2)) / variance**1.5
    z = surplus / np.sqrt(variance)
    tail = np.minimum(pearson3.cdf(z, skew), pearson3.sf(z, skew))
    side = np.where(surplus > 0, n_a, n_b)
    alone = hypergeom.pmf(both.spread, every, both.spread, side)
    return np.asarray(np.minimum(2 * np.maximum(tail, alone), 1.0))


def _joined(one: Terms, other: Terms) -> Floats:
    return np.concatenate([one.lengths, other.lengths])


def _residual_power(terms: Terms, rate: Floats, power: int) -> Floats:
    """For each word, the sum over texts of (uses - rate * length) to the 2nd or 3rd power.

    Expanded, so that texts without the word need not be gone through one by one.
    """
    uses, lengths = terms.counts, terms.lengths
    squares = uses.power(2)
    if power == 2:
        return np.asarray(
            squares.sum(axis=0) - 2 * rate * (uses.T @ lengths) + rate**2 * (lengths**2).sum()
        )
    return np.asarray(
        uses.power(3).sum(axis=0)
        - 3 * rate * (squares.T @ lengths)
        + 3 * rate**2 * (uses.T @ lengths**2)
        - rate**3 * (lengths**3).sum()
    )
