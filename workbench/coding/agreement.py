"""How far coders agree, each measure with a bootstrap interval, and what they agree on.

Measures take ``ratings``: units × coders, categories numbered from 0, -1 where not judged; and
``weights``: draws × units, how often each unit counts. They return one value a draw, 1 for full
agreement, missing (NaN) where the measure is not defined.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from workbench.coding.sample import UNIT, WHOLE_TEXT
from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    import numpy as np
    import pandas as pd

DRAWS = 1_000
LEVEL = 0.95
MISSING = -1

FEW_UNITS = 30
"""Agreement on fewer units than this is noted as resting on few."""


def measure_agreement(codings: pd.DataFrame, *, draws: int = DRAWS, seed: int = 0) -> pd.DataFrame:
    """How far coders agree on each dimension: one row a dimension, in the order of ``codings``.

    ``codings`` as from ``read_sheets``. Columns: ``dimension``; ``n``, the units that two coders
    or more judged, on which all else rests; ``agreement`` (share of pairs of coders that agree),
    ``kappa`` (Cohen; with more than two coders the mean over pairs), ``alpha`` (Krippendorff,
    nominal) and ``ac1`` (Gwet), each with ``_low`` and ``_high``, 95% bootstrap intervals over
    texts; ``share CODER``, how often each coder says yes; ``note``. Kappa and alpha are low where
    a tone is rare even if coders seldom differ, which AC1 is not: read them together. Where all
    say the same, kappa and alpha are not defined.
    """
    import numpy as np
    import pandas as pd

    coders = sorted(codings["coder"].unique())
    rows = []
    for dimension, part in codings.groupby("dimension", sort=False):
        wide = part.pivot_table(
            index=list(UNIT), columns="coder", values="value", aggfunc="first"
        ).reindex(columns=coders)
        table = wide.to_numpy(dtype=float, na_value=np.nan)
        several = (~np.isnan(table)).sum(axis=1) >= 2
        texts = wide.index.get_level_values("text_id")[several]
        ratings = np.nan_to_num(table[several], nan=MISSING).astype(int)
        rows.append({"dimension": dimension, **_measure(ratings, texts, coders, draws, seed)})
    return pd.DataFrame(rows)


def settle(
    codings: pd.DataFrame, *, arbiter: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What coders agree on, and the codings to talk over.

    Labels have ``text_id``, ``sentence``, ``dimension``, ``value`` (0 or 1) and ``coders`` (how
    many said so; 1 where nobody checked). Codings on which coders differ come back as they were,
    one row a coder. ``arbiter`` is the name under which the outcome of the talk was coded: what it
    says holds. Settle all of them before estimating shares: units that are hard to judge are not
    like the others, and leaving them out shifts the share.
    """
    judged = codings.dropna(subset=["value"])
    unit = [*UNIT, "dimension"]
    first = judged
    if arbiter is not None:
        final = judged["coder"] == arbiter
        decided = judged.loc[final, unit].drop_duplicates()
        marked = judged.merge(decided.assign(decided=True), on=unit, how="left")
        open_still = marked["decided"].isna().to_numpy()
        first = judged[final.to_numpy() | open_still]
    spread = first.groupby(unit)["value"].transform("nunique")
    agreed = first[spread.eq(1)].groupby(unit, as_index=False, sort=True)
    labels = agreed.agg(value=("value", "first"), coders=("coder", "nunique"))
    talk_over = first[spread.gt(1)].sort_values([*unit, "coder"]).reset_index(drop=True)
    return labels.astype({"value": "int64"}), talk_over


def by_unit(frame: pd.DataFrame) -> pd.DataFrame:
    """``frame`` indexed by unit: by ``text_id`` where all units are whole texts, else by both."""
    whole = bool((frame["sentence"] == WHOLE_TEXT).all())
    named = frame.set_index("text_id" if whole else list(UNIT))
    return named.drop(columns="sentence") if whole else named


def label_table(labels: pd.DataFrame) -> pd.DataFrame:
    """Labels as one row a unit (see ``by_unit``) and one column a dimension: 0, 1 or missing."""
    wide = labels.pivot(index=list(UNIT), columns="dimension", values="value").astype("float64")
    ordered = wide[list(dict.fromkeys(labels["dimension"]))].rename_axis(columns=None)
    return by_unit(ordered.reset_index())


def krippendorff_alpha(ratings: Sequence[Sequence[Hashable | None]]) -> float:
    """Krippendorff's alpha for nominal categories: one sequence a unit, one entry a coder.

    ``None`` is not judged. 1 is full agreement, 0 what chance would give, below 0 worse than
    that; missing (NaN) where only one category was used. Source: Krippendorff (2011), Computing
    Krippendorff's alpha-reliability.
    """
    return _alone(alpha, ratings)


def cohen_kappa(one: Sequence[Hashable | None], other: Sequence[Hashable | None]) -> float:
    """Cohen's kappa of two coders who judged the same units, in order (Cohen 1960)."""
    return _alone(kappa, list(zip(one, other, strict=True)))


def gwet_ac1(ratings: Sequence[Sequence[Hashable | None]]) -> float:
    """Gwet's AC1, for two coders or more: shaped as for ``krippendorff_alpha`` (Gwet 2008)."""
    return _alone(ac1, ratings)


def agreement(ratings: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The share of pairs of coders that agree on a unit, on the mean over units with a pair."""
    counts = _count(ratings)
    totals = counts.sum(axis=1)
    paired = totals >= 2
    agreeing = (counts * (counts - 1)).sum(axis=1)[paired]
    shares = agreeing / (totals * (totals - 1))[paired]
    return _divide(weights[:, paired] @ shares, weights[:, paired].sum(axis=1))


def alpha(ratings: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Krippendorff's alpha, nominal: 1 less the disagreement seen over that expected."""
    counts = _count(ratings)
    totals = counts.sum(axis=1)
    paired = totals >= 2
    counts, totals, weights = counts[paired], totals[paired], weights[:, paired]
    differing = (totals**2 - (counts**2).sum(axis=1)) / (totals - 1)
    values, margins = weights @ totals, weights @ counts
    expected = values**2 - (margins**2).sum(axis=1)
    return 1 - _divide((values - 1) * (weights @ differing), expected)


def kappa(ratings: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Cohen's kappa, on the mean over the pairs of coders for which it is defined."""
    import numpy as np

    found = []
    categories = range(int(ratings.max(initial=0)) + 1)
    for left, right in combinations(range(ratings.shape[1]), 2):
        both = (ratings[:, [left, right]] >= 0).all(axis=1)
        one, other, pair = ratings[both, left], ratings[both, right], weights[:, both]
        number = pair.sum(axis=1)
        seen = _divide(pair @ (one == other), number)
        products = [(pair @ (one == own)) * (pair @ (other == own)) for own in categories]
        expected = _divide(np.sum(products, axis=0), number**2)
        found.append(_divide(seen - expected, 1 - expected))
    pairs = np.array(found)
    return _divide(np.nansum(pairs, axis=0), (~np.isnan(pairs)).sum(axis=0))


def ac1(ratings: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Gwet's AC1: chance agreement from how often a category is used at all; at least two."""
    counts = _count(ratings)
    totals = counts.sum(axis=1)
    judged = totals > 0
    used = counts[judged] / totals[judged][:, None]
    shares = _divide(weights[:, judged] @ used, weights[:, judged].sum(axis=1)[:, None])
    expected = (shares * (1 - shares)).sum(axis=1) / (counts.shape[1] - 1)
    return _divide(agreement(ratings, weights) - expected, 1 - expected)


MEASURES = {"agreement": agreement, "kappa": kappa, "alpha": alpha, "ac1": ac1}


def _measure(
    ratings: np.ndarray, texts: Sequence[Hashable], coders: list[str], draws: int, seed: int
) -> dict[str, object]:
    """The measures of one dimension; ``ratings`` are 0, 1 or ``MISSING``."""
    import numpy as np

    units = len(ratings)
    row: dict[str, object] = {"n": units}
    weights = _draw(texts, draws, seed)
    for name, measure in MEASURES.items():
        value = float(measure(ratings, np.ones((1, units)))[0]) if units else float("nan")
        drawn = measure(ratings, weights) if units else np.array([])
        known = drawn[~np.isnan(drawn)]
        tails = [(1 - LEVEL) / 2, (1 + LEVEL) / 2]
        low, high = np.quantile(known, tails) if len(known) else (float("nan"),) * 2
        row |= {name: value, f"{name}_low": float(low), f"{name}_high": float(high)}
    for coder, own in zip(coders, ratings.T, strict=True):
        judged = own[own >= 0]
        row[f"share {coder}"] = float(judged.mean()) if len(judged) else float("nan")
    return row | {"note": f"few units with two coders: {units}" if units < FEW_UNITS else ""}


def _draw(texts: Sequence[Hashable], draws: int, seed: int) -> np.ndarray:
    """How often each unit counts in each draw: texts are drawn anew, with all their units."""
    import numpy as np
    import pandas as pd

    own, names = pd.factorize(pd.Series(list(texts), dtype=object), sort=True)
    random = np.random.default_rng(seed)
    many = len(names)
    if not many:
        return np.zeros((draws, 0))
    drawn = random.multinomial(many, np.full(many, 1 / max(many, 1)), size=draws)
    return np.asarray(drawn[:, own], dtype=float)


def _alone(
    measure: Callable[[np.ndarray, np.ndarray], np.ndarray],
    ratings: Sequence[Sequence[Hashable | None]],
) -> float:
    """A measure of ratings in any categories, without an interval."""
    import numpy as np

    values = [value for unit in ratings for value in unit if value is not None]
    numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
    table = [[MISSING if value is None else numbers[value] for value in unit] for unit in ratings]
    if len({len(unit) for unit in table}) != 1:
        raise WorkbenchError("Every unit needs an entry for each coder; use None for no judgement.")
    return float(measure(np.array(table), np.ones((1, len(table))))[0])


def _count(ratings: np.ndarray) -> np.ndarray:
    """How many coders put each unit into each category: units × categories (two at least)."""
    import numpy as np

    categories = np.arange(max(int(ratings.max(initial=0)) + 1, 2))
    return np.asarray((ratings[:, :, None] == categories).sum(axis=1), dtype=float)


def _divide(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """``part / whole``, missing where the whole is 0 (within rounding)."""
    import numpy as np

    part, whole = np.broadcast_arrays(np.asarray(part, float), np.asarray(whole, float))
    out = np.full(part.shape, np.nan)
    return np.asarray(np.divide(part, whole, out=out, where=np.abs(whole) > 1e-12))
