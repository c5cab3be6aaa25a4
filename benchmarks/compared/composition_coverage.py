"""Do intervals at an equal mix cover the truth, where strata are small and mixes differ?

Two groups that are made up unlike, from strata whose shares differ. In every setting ten worlds
are drawn (sizes of strata, shares in them), and each is counted 1,000 times; the truth is the
difference at an equal mix of the strata as they are. Peers: the textbook interval (Wald), the
stratified Newcombe interval (Yan and Su 2010, Statistics in Biopharmaceutical Research 2) and the
stratified score interval (Miettinen and Nurminen 1985, Statistics in Medicine 4); and, to show
what is at stake, Newcombe's interval of the difference as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import norm

from benchmarks.machine import Table
from workbench.compare.intervals import newcombe
from workbench.compare.stratified import LEAST, Weights, standardise_shares

Floats = np.ndarray
Limits = tuple[Floats, Floats]

RUNS, WORLDS = 1_000, 10
ASKED = (0.94, 0.97)
Z = float(norm.ppf(0.975))
SHARES = (0.005, 0.05, 0.4)
SIZES = {
    "79 in 7 strata of 5 to 20 v 2157": (79, 2157, 7),
    "300 v 300 in 20": (300, 300, 20),
    "2678 v 2219 in 12": (2678, 2219, 12),
}
DIFFERENCES = {
    "none": (0.0, 0.0),
    "one for all strata": (0.7, 0.0),
    "each its own": (0.5, 0.7),
    "opposite in many": (0.0, 1.5),
}
"""Mean and spread of the difference in log odds between the groups, by stratum."""


@dataclass(frozen=True)
class World:
    """True shares and numbers of cases by stratum, of the group and of the reference."""

    share: Floats
    reference_share: Floats
    base: Floats
    reference_base: Floats

    def weigh(self, weights: Weights) -> Floats:
        """The one mix, in shares of strata."""
        mix = self.base / self.base.sum()
        reference_mix = self.reference_base / self.reference_base.sum()
        if weights == "pooled":
            both = self.base + self.reference_base
            return np.asarray(both / both.sum())
        return np.asarray((mix + reference_mix) / 2)


def measure_coverage(*, quick: bool) -> Iterator[Table]:
    """One row a setting: how often the interval of each way covers, ours first."""
    runs = 50 if quick else RUNS
    rows: list[dict[str, Any]] = []
    both: list[tuple[Weights, int, tuple[str, float, str]]]
    settings = list(enumerate(product(SIZES, SHARES, DIFFERENCES)))
    uneven = settings[: len(SHARES) * len(DIFFERENCES)]  # elsewhere both weights are much alike
    both = [("average", *one) for one in settings] + [("pooled", *one) for one in uneven]
    for weights, number, (sizes, share, difference) in both:
        found = []
        for world in range(WORLDS):
            rng = np.random.default_rng([number, world])  # the same worlds for both weights
            drawn = draw_world(rng, SIZES[sizes], share, DIFFERENCES[difference])
            found.append(_judge(drawn, weights, rng, runs))
        own = {"weights": weights, "cases": sizes, "share": share, "differences": difference}
        rows.append(own | _summarise(found))
        frame = pd.DataFrame(rows)
        yield Table("compare_composition_coverage", frame, _settings(runs), kept=not quick)


def draw_world(
    rng: np.random.Generator, sizes: tuple[int, int, int], share: float, moved: tuple[float, float]
) -> World:
    """Sizes and shares of strata: the reference's share is ``share`` over all its cases."""
    first, second, strata = sizes
    base, reference_base = (_sizes(rng, size, strata) for size in (first, second))
    odds = np.log(share / (1 - share)) + rng.normal(0, 1, strata)
    reference_share = 1 / (1 + np.exp(-odds))
    reference_share *= share / (reference_share @ reference_base / reference_base.sum())
    reference_share = np.minimum(reference_share, 0.95)
    mean, spread = moved
    odds = np.log(reference_share / (1 - reference_share)) + rng.normal(mean, spread, strata)
    return World(1 / (1 + np.exp(-odds)), reference_share, base, reference_base)


def _sizes(rng: np.random.Generator, size: int, strata: int) -> Floats:
    """``size`` cases over the strata, none with fewer than may be used; few have at most 20."""
    most = 20 if size < 100 else size
    while True:
        mix = rng.dirichlet(np.full(strata, 3.0))
        found = LEAST + rng.multinomial(size - LEAST * strata, mix)
        if found.max() <= most:
            return np.asarray(found)


def _judge(world: World, weights: Weights, rng: np.random.Generator, runs: int) -> dict[str, Any]:
    """Of ``runs`` counts of one world: what each way covers, and its mean width."""
    n = rng.binomial(world.base, world.share, (runs, len(world.base)))
    other = rng.binomial(world.reference_base, world.reference_share, (runs, len(world.base)))
    weigh = world.weigh(weights)
    truth = float((world.share - world.reference_share) @ weigh)
    cells = (n, world.base, other, world.reference_base)
    ours = standardise_shares(*cells, weights=weights)
    limits = {"ours": (ours.low, ours.high)} | {
        name: way(*cells, weigh) for name, way in PEERS.items()
    }
    found: dict[str, Any] = {}
    for name, (low, high) in limits.items():
        found[f"{name} covers"] = _covers(low, high, truth).mean()
        found[f"{name} width"] = (high - low).mean()
    found["above"], found["below"] = (ours.low > truth).mean(), (ours.high < truth).mean()
    raw = newcombe(n.sum(1), world.base.sum(), other.sum(1), world.reference_base.sum())
    found["as it is covers"] = _covers(*raw, truth).mean()
    if abs(truth) < 1e-12:
        found["ours finds one"] = (ours.p < 0.05).mean()
        found["as it is finds one"] = (~_covers(*raw, 0.0)).mean()
    return found


def _covers(low: Floats, high: Floats, truth: float) -> np.ndarray:
    return (low <= truth + 1e-12) & (truth - 1e-12 <= high)


def wald(n: Floats, base: Floats, other: Floats, reference_base: Floats, weigh: Floats) -> Limits:
    """The textbook interval: each stratum's variance from its own share alone."""
    one, two = n / base, other / reference_base
    variance = one * (1 - one) / base + two * (1 - two) / reference_base
    arm = Z * np.sqrt(variance @ weigh**2)
    centre = (one - two) @ weigh
    return centre - arm, centre + arm


def stratified_newcombe(
    n: Floats, base: Floats, other: Floats, reference_base: Floats, weigh: Floats
) -> Limits:
    """Yan and Su's interval: stratified Wilson limits of both shares, squared and added."""
    (one, low_1, high_1), (two, low_2, high_2) = (
        _stratified_wilson(*cells, weigh) for cells in ((n, base), (other, reference_base))
    )
    below = np.sqrt((one - low_1) ** 2 + (high_2 - two) ** 2)
    above = np.sqrt((high_1 - one) ** 2 + (two - low_2) ** 2)
    return one - two - below, one - two + above


def _stratified_wilson(n: Floats, base: Floats, weigh: Floats) -> tuple[Floats, Floats, Floats]:
    share = n / base
    errors = weigh * np.sqrt(share * (1 - share) / base)
    plain = weigh / np.sqrt(base)  # where no stratum has both kinds of case
    errors = np.where(errors.sum(axis=1, keepdims=True) > 0, errors, plain)
    reach = Z * np.sqrt((errors**2).sum(axis=1)) / errors.sum(axis=1)
    square = (reach**2)[:, None]
    centre = share + square / (2 * base)
    arm = np.sqrt(square * share * (1 - share) / base + square**2 / (4 * base**2))
    low, high = (centre - arm) / (1 + square / base), (centre + arm) / (1 + square / base)
    return share @ weigh, low @ weigh, high @ weigh


def stratified_score(
    n: Floats, base: Floats, other: Floats, reference_base: Floats, weigh: Floats
) -> Limits:
    """Miettinen and Nurminen's: the differences, alike in all strata, that are not rejected."""
    share = (n / base, other / reference_base)
    seen = (share[0] - share[1]) @ weigh
    correction = (base + reference_base) / (base + reference_base - 1)

    def score(difference: Floats) -> Floats:
        one, two = _fitted(*share, base, reference_base, difference[:, None])
        variance = one * (1 - one) / base + two * (1 - two) / reference_base
        return np.asarray(
            (seen - difference) / np.sqrt(np.maximum(variance * correction @ weigh**2, 1e-14))
        )

    limits = []
    for side in (-1, 1):
        outer, inner = np.full_like(seen, 0.9999 * side), seen
        for _ in range(45):
            middle = (outer + inner) / 2
            rejected = -side * score(middle) > Z
            outer, inner = np.where(rejected, middle, outer), np.where(rejected, inner, middle)
        limits.append((outer + inner) / 2)
    return limits[0], limits[1]


def _fitted(
    one: Floats, two: Floats, base: Floats, other_base: Floats, difference: Floats
) -> tuple[Floats, Floats]:
    """The likeliest shares whose difference is ``difference``: the root of a cubic equation."""
    ratio = other_base / base
    a = 1 + ratio
    b = -(1 + ratio + one + ratio * two + difference * (ratio + 2))
    c = difference**2 + difference * (2 * one + ratio + 1) + one + ratio * two
    d = -one * difference * (1 + difference)
    v = (b / (3 * a)) ** 3 - b * c / (6 * a**2) + d / (2 * a)
    u = np.sqrt(np.maximum((b / (3 * a)) ** 2 - c / (3 * a), 1e-24)) * np.where(v < 0, -1, 1)
    angle = (np.pi + np.arccos(np.clip(v / u**3, -1, 1))) / 3
    first = np.clip(2 * u * np.cos(angle) - b / (3 * a), 0, 1)
    return first, np.clip(first - difference, 0, 1)


PEERS: dict[str, Callable[..., Limits]] = {
    "Wald": wald,
    "stratified Newcombe": stratified_newcombe,
    "stratified score": stratified_score,
}


def _summarise(found: list[dict[str, Any]]) -> dict[str, Any]:
    """Means over the worlds, the worlds that are covered least and most, and the verdict."""
    worlds = pd.DataFrame(found)
    mean = worlds.mean()
    covers = {name: mean[f"{name} covers"] for name in ("ours", *PEERS, "as it is")}
    widths = {f"{name} width": mean[f"{name} width"] for name in ("ours", *PEERS)}
    return {
        "within .94-.97": "yes" if ASKED[0] <= mean["ours covers"] <= ASKED[1] else "no",
        **{f"{name} covers": value for name, value in covers.items()},
        "ours, worst world": worlds["ours covers"].min(),
        **{f"{name}, worst world": worlds[f"{name} covers"].min() for name in PEERS},
        "ours above": mean["above"],
        "ours below": mean["below"],
        **widths,
        "ours finds one where none is": mean.get("ours finds one"),
        "as it is finds one where none is": mean.get("as it is finds one"),
    }


def _settings(runs: int) -> dict[str, Any]:
    return {
        "runs": f"{WORLDS} worlds a setting, each counted {runs:,} times: the means stand here, "
        "and the world in which a way covers least; a true 95% of one world reads 93.6% to 96.4%",
        "worlds": "the sizes of strata of each group are drawn apart (Dirichlet, 3 a stratum, none "
        f"under {LEAST}), and the log odds of strata spread by 1; 'share' is the reference's",
        "differences": "between the groups within strata, in log odds: "
        + "; ".join(f"{name}: mean {m}, spread {s}" for name, (m, s) in DIFFERENCES.items()),
        "covers": "the part of the counts in which the 95% interval holds the true difference at "
        "an equal mix; 'as it is' is Newcombe's interval of the difference as it is",
        "above, below": "of our intervals, those wholly above and wholly below the truth",
        "width": "mean, in shares",
        "finds one where none is": "where all strata are alike in both groups: the part of the "
        "counts in which a difference is found at 5%, ours at an equal mix, or as it is",
        "weights": "the mean of the two groups' mixes, or the mix of all their cases",
        "ours": "Newcombe's interval on the number of cases that each standardised share is worth",
    }
