"""How good the chances of tones are, against what people labelled, and what may be published."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError, suggest
from workbench.learning.measures import auroc, average_precision, draw_weights, f1, interval

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

LEAST_AUROC = 0.80
"""A tone whose chances order texts worse than this is not published."""

MOST_CALIBRATION_ERROR = 0.05
"""A tone whose chances are further off than this, on the mean, is not published."""

BINS = 10
DRAWS = 500
CUT = 0.5

MEASURES = ("f1", "auroc", "average_precision", "calibration_error", "coverage")
"""What is measured; each has a ``_low`` and a ``_high`` beside it."""

EVERYTHING = "all"

Measure = Callable[["np.ndarray"], float]


def evaluate_tones(
    labels: pd.DataFrame,
    chances: pd.DataFrame,
    *,
    groups: pd.DataFrame | None = None,
    clusters: pd.Series | None = None,
    inclusion: pd.Series | None = None,
    abstained: pd.DataFrame | None = None,
    cuts: Mapping[str, float] | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> pd.DataFrame:
    """How the chances of each tone meet the labels: one row a tone and group, all units first.

    ``labels`` (0, 1 or missing) and ``chances`` (0 to 1) have one row a unit and one column a
    tone; chances must be held out, that is, come from heads that did not learn from these labels.
    By unit: ``groups``, a column a field, such as period and phase; ``clusters``, the text it
    belongs to, drawn as one by the bootstrap; ``inclusion``, the probability with which it was
    drawn, so that the measures speak of the whole study; ``abstained``, where the head gives no
    verdict. ``cuts`` says from which chance a tone is said to apply (default ``CUT``).

    Columns ``dimension``, ``field``, ``group``; ``n`` units and ``positives`` among them; ``f1``
    where a verdict is given, ``auroc``, ``average_precision``, ``calibration_error`` (in ``BINS``
    bins of equal count; units with like chances share a bin), ``coverage`` (the part with a
    verdict), each from 0 to 1 with ``_low`` and ``_high`` (95% bootstrap intervals over
    clusters); ``calibration_by_chance``, the error that perfectly calibrated chances would show
    on as many labels. What is not defined is missing. Raises ``WorkbenchError`` for units or tones
    without chances.
    """
    import pandas as pd

    _check(labels, chances)
    masks = _masks(labels.index, groups)
    weights = _weights(labels.index, inclusion)
    owner = labels.index.to_series() if clusters is None else clusters.reindex(labels.index)
    rows = []
    for tone in labels.columns:
        for field, group, inside in masks:
            held = inside & labels[tone].notna().to_numpy()
            units = labels.index[held]
            silent = None
            if abstained is not None:
                silent = abstained[tone].reindex(units).to_numpy(dtype=bool)
            found = _measure(
                labels.loc[held, tone].to_numpy(dtype=float),
                chances[tone].reindex(units).to_numpy(dtype=float),
                weights[held],
                list(owner[held]),
                silent=silent,
                cut=(cuts or {}).get(str(tone), CUT),
                draws=draws,
                seed=seed,
            )
            rows.append({"dimension": tone, "field": field, "group": group, **found})
    return pd.DataFrame(rows)


def fit_to_publish(row: Mapping[Hashable, Any] | pd.Series) -> tuple[bool, str]:
    """Whether a tone is fit to publish, and why or why not in words.

    ``row`` is one of ``evaluate_tones``. Not fit: an AUROC under ``LEAST_AUROC``, a calibration
    error over ``MOST_CALIBRATION_ERROR``, or either not known. Then marker rates are printed.
    """
    ordering, error = float(row["auroc"]), float(row["calibration_error"])
    against = []
    if not ordering >= LEAST_AUROC:
        against.append(
            f"AUROC {ordering:.2f}, under {LEAST_AUROC:.2f}: its chances do not tell well which "
            "texts show it"
            if ordering == ordering
            else "AUROC is not known, since the labels do not hold both kinds"
        )
    if not error <= MOST_CALIBRATION_ERROR:
        against.append(_say_calibration(error, float(row["calibration_by_chance"]), int(row["n"])))
    if against:
        return False, f"Not fit to publish: {'; '.join(against)}. Only marker rates are printed."
    return True, (
        f"Fit to publish: AUROC {ordering:.2f} (at least {LEAST_AUROC:.2f}), calibration error "
        f"{error:.3f} (at most {MOST_CALIBRATION_ERROR:.2f}), on {int(row['n'])} labels."
    )


def calibration_error(
    chances: np.ndarray, truth: np.ndarray, weights: np.ndarray, *, bins: int = BINS
) -> float:
    """Mean gap between chance and share of yes over ``bins`` bins of equal count, 0 to 1.

    Units with like chances stand in one bin, so bins are only about equal where many are alike.
    Source: expected calibration error (Naeini, Cooper and Hauskrecht 2015), equal-count bins.
    """
    return _calibration(_bins(chances, bins), chances, truth, weights)


def _measure(
    truth: np.ndarray,
    chances: np.ndarray,
    weights: np.ndarray,
    clusters: Sequence[Hashable],
    *,
    silent: np.ndarray | None,
    cut: float,
    draws: int,
    seed: int,
) -> dict[str, object]:
    import numpy as np

    n = len(truth)
    row: dict[str, object] = {"n": n, "positives": int((truth > 0.5).sum())}
    decided = np.ones(n) if silent is None else (~silent).astype(float)
    bins = _bins(chances, BINS)
    measures: tuple[Measure, ...] = (
        lambda w: f1(chances >= cut, truth, w * decided),
        lambda w: auroc(chances, truth, w),
        lambda w: average_precision(chances, truth, w),
        lambda w: _calibration(bins, chances, truth, w),
        lambda w: _mean(decided, w),
    )
    # Sorted by name, so that the draws are the same in whatever order units come.
    order = np.argsort(np.array([str(own) for own in clusters]), kind="stable")
    names = [str(clusters[place]) for place in order]
    drawn = np.empty((draws if n else 0, n))
    if n:
        drawn[:, order] = draw_weights(n, groups=names, draws=draws, seed=seed)
    for name, measure in zip(MEASURES, measures, strict=True):
        low, high = interval([measure(times * weights) for times in drawn])
        value = measure(weights) if n else float("nan")
        row |= {name: value, f"{name}_low": low, f"{name}_high": high}
    return row | {"calibration_by_chance": _by_chance(bins, chances, weights)}


def _bins(chances: np.ndarray, bins: int) -> np.ndarray:
    import numpy as np
    from scipy.stats import rankdata

    if not len(chances):
        return np.zeros(0, dtype=int)
    places = (rankdata(chances) - 0.5) / len(chances)
    return np.asarray(np.minimum((places * bins).astype(int), bins - 1))


def _calibration(
    bins: np.ndarray, chances: np.ndarray, truth: np.ndarray, weights: np.ndarray
) -> float:
    import numpy as np

    whole = weights.sum()
    gaps = np.bincount(bins, weights=weights * (chances - truth), minlength=1)
    return float(np.abs(gaps).sum() / whole) if whole else float("nan")


def _by_chance(bins: np.ndarray, chances: np.ndarray, weights: np.ndarray) -> float:
    """The calibration error to expect where every chance keeps its word, gaps taken as normal."""
    import numpy as np

    whole = weights.sum()
    spread = np.bincount(bins, weights=weights**2 * chances * (1 - chances), minlength=1)
    return float(np.sqrt(2 / np.pi * spread).sum() / whole) if whole else float("nan")


def _mean(values: np.ndarray, weights: np.ndarray) -> float:
    whole = float(weights.sum())
    return float(weights @ values) / whole if whole else float("nan")


def _say_calibration(error: float, by_chance: float, n: int) -> str:
    if error != error:
        return "the calibration error is not known, since nothing is labelled"
    said = f"calibration error {error:.3f}, over {MOST_CALIBRATION_ERROR:.2f}"
    if error < 2 * by_chance:
        said += (
            f" (on {n} labels perfectly calibrated chances would show about {by_chance:.3f}: "
            "label more to judge it)"
        )
    return said


def _masks(units: pd.Index, groups: pd.DataFrame | None) -> list[tuple[str, str, np.ndarray]]:
    """Field, group and members: all units first, then each group of each field by name."""
    import numpy as np

    found = [(EVERYTHING, EVERYTHING, np.ones(len(units), dtype=bool))]
    if groups is None:
        return found
    own = groups.reindex(units)
    for field in own.columns:
        for name in sorted(own[field].dropna().unique()):
            inside = (own[field] == name).to_numpy(dtype=bool, na_value=False)
            found.append((str(field), str(name), inside))
    return found


def _weights(units: pd.Index, inclusion: pd.Series | None) -> np.ndarray:
    import numpy as np

    if inclusion is None:
        return np.ones(len(units))
    drawn = inclusion.reindex(units).to_numpy(dtype=float)
    if not ((drawn > 0) & (drawn <= 1)).all():
        raise WorkbenchError(
            "Some labelled units have no probability of inclusion from 0 to 1. Give the sample "
            "that was drawn."
        )
    return np.asarray(1 / drawn)


def _check(labels: pd.DataFrame, chances: pd.DataFrame) -> None:
    if labels.index.has_duplicates or chances.index.has_duplicates:
        raise WorkbenchError("Several rows share one unit. Give each unit one row.")
    for tone in labels.columns:
        if tone not in chances.columns:
            known = [str(name) for name in chances.columns]
            raise WorkbenchError(f"There are no chances of '{tone}'.{suggest(str(tone), known)}")
    if chances.reindex(labels.index)[list(labels.columns)].isna().to_numpy().any():
        raise WorkbenchError("Some labelled units have no chances. Score every labelled unit.")
