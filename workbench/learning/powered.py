"""A share from few labels and many chances: stratified prediction-powered inference.

The labels alone decide where the estimate lies; chances only make it sharper, as far as they
follow the labels.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

LEVEL = 0.95
"""The level of every interval."""

BANDS = (0.2, 0.5)
"""Chances below, between and from these are estimated apart: unlikely, unsure and likely."""

FEWEST_IN_BAND = 10
"""A band with fewer labels than this is joined to its neighbour."""


@dataclass(frozen=True)
class Estimate:
    """A share in [0, 1] with its interval, its standard error, and how far chances were used.

    ``tuning`` is the lambda of PPI++: 0 rests on the labels alone, 1 takes the chances whole.
    """

    share: float
    low: float
    high: float
    error: float
    tuning: float


def estimate_share(
    truth: np.ndarray,
    chances: np.ndarray,
    *,
    weights: np.ndarray,
    bands: np.ndarray,
    clusters: np.ndarray | None = None,
) -> Estimate:
    """A share from labels and chances. All arrays have one entry for each of N units.

    ``truth`` is 0, 1, or NaN where not labelled; ``weights`` 1 over the probability of inclusion,
    read where labelled; ``bands`` numbers from 0, each with a label; ``clusters`` numbers from 0.

    In each band: the labels' weighted mean, plus lambda times what the mean chance of all units
    exceeds that of the labelled. Limits: Jeffreys' interval in each band, on Kish's effective
    number of labels times what the chances gained, corrected for degrees of freedom (Korn and
    Graubard 1998); the bands are joined by the square-and-add rule (Newcombe 1998; Zou and Donner
    2008) with the variance between bands, and widened where clusters are alike. So limits stay in
    [0, 1] and hold where a tone is rare; N units stand for all that might have been written.
    """
    import numpy as np
    from scipy.stats import norm, t

    pieces = _tune(truth, chances, weights, bands)
    sizes = np.bincount(bands) / len(truth)
    shares = np.clip(pieces.shares, 0, 1)
    share = float(sizes @ shares)
    scatter = pieces.scatter + pieces.shares[bands] - sizes @ pieces.shares
    error = float(np.sqrt(_square_sum(scatter, clusters))) / len(truth)
    alone = float(np.sqrt(_square_sum(scatter))) / len(truth)
    widened = max(error / alone, 1.0) if alone else 1.0
    labelled = ~np.isnan(truth)
    sampled = len(np.unique(clusters[labelled])) if clusters is not None else int(labelled.sum())
    reach = t.ppf((1 + LEVEL) / 2, max(sampled - len(sizes), 1))
    number = pieces.labels * (norm.ppf((1 + LEVEL) / 2) / reach) ** 2
    low, high = _jeffreys(shares, number)
    between = reach**2 * float(sizes @ (shares - share) ** 2) / len(truth)
    below = widened * np.sqrt(((sizes * (shares - low)) ** 2).sum() + between)
    above = widened * np.sqrt(((sizes * (high - shares)) ** 2).sum() + between)
    limits = max(share - float(below), 0.0), min(share + float(above), 1.0)
    return Estimate(share, *limits, error, pieces.tuning)


@dataclass(frozen=True)
class _Pieces:
    """By band: shares (may leave [0, 1]) and the effective number of labels; by unit: scatter.

    ``scatter`` is each unit's part in the error of its band's share, times the band's size.
    """

    shares: np.ndarray
    labels: np.ndarray
    scatter: np.ndarray
    tuning: float


def _tune(
    truth: np.ndarray, chances: np.ndarray, weights: np.ndarray, bands: np.ndarray
) -> _Pieces:
    """The shares in the bands at the lambda in [0, 1] that makes their error least."""
    import numpy as np

    labelled = ~np.isnan(truth)
    known = np.where(labelled, truth, 0.0)
    raw = np.where(labelled, weights, 0.0)
    sizes, sums = np.bincount(bands), np.bincount(bands, weights=raw)
    counts = np.bincount(bands, weights=labelled)
    scaled = raw * (sizes / sums)[bands]

    def mean(values: np.ndarray, by: np.ndarray) -> np.ndarray:
        return np.asarray(np.bincount(bands, weights=by * values) / sizes)

    said, chance_of_labelled = mean(known, scaled), mean(chances, scaled)
    chance_of_all = mean(chances, np.ones(len(truth)))
    # A mean of n values leaves n - 1 free, else small bands would look too certain.
    free = scaled * np.sqrt(counts / np.maximum(counts - 1, 1))[bands]
    from_labels = free * (known - said[bands])
    from_chances = chances - chance_of_all[bands] - free * (chances - chance_of_labelled[bands])
    spread = float(from_chances @ from_chances)
    best = -float(from_labels @ from_chances) / spread if spread > 1e-12 else 0.0
    tuning = min(max(best, 0.0), 1.0)
    scatter = from_labels + tuning * from_chances
    left = float(scatter @ scatter)
    gain = max(float(from_labels @ from_labels) / left, 1.0) if left > 1e-9 else 1.0
    kish = sums**2 / np.bincount(bands, weights=raw**2)
    shares = said + tuning * (chance_of_all - chance_of_labelled)
    return _Pieces(shares, kish * gain, scatter, tuning)


def _jeffreys(shares: np.ndarray, number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Jeffreys' limits of shares that rest on ``number`` labels, whole or not.

    Source: Brown, Cai and DasGupta (2001), Statistical Science 16; at 0 and 1 the limit is the
    share itself, as they advise.
    """
    import numpy as np
    from scipy.stats import beta

    yes, no = shares * number, (1 - shares) * number
    tail = (1 - LEVEL) / 2
    low = np.where(yes > 1e-9, beta.ppf(tail, yes + 0.5, no + 0.5), 0.0)
    high = np.where(no > 1e-9, beta.ppf(1 - tail, yes + 0.5, no + 0.5), 1.0)
    return np.minimum(low, shares), np.maximum(high, shares)


def _square_sum(scatter: np.ndarray, clusters: np.ndarray | None = None) -> float:
    """The sum of squares, of clusters' sums where there are clusters."""
    import numpy as np

    sums = scatter if clusters is None else np.bincount(clusters, weights=scatter)
    return float(sums @ sums)


def find_bands(chances: np.ndarray, labelled: np.ndarray) -> np.ndarray:
    """The band of each unit; a band of few labels is joined to the one below, or the next above."""
    import numpy as np

    band = np.searchsorted(BANDS, chances, side="right")
    for own in range(len(BANDS), 0, -1):
        if labelled[band == own].sum() < FEWEST_IN_BAND:
            band[band == own] = own - 1
    if labelled[band == 0].sum() < FEWEST_IN_BAND and (band > 0).any():
        band[band == 0] = band[band > 0].min()
    return np.unique(band, return_inverse=True)[1]
