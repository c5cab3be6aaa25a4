"""How many texts show a tone: from labels and chances together, or marker rates where none are.

What a classifier says is never counted: its mistakes do not cancel out. Chances only sharpen what
the labels say, and an estimate stays right however wrong the chances are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError, suggest
from workbench.learning.powered import LEVEL, Estimate, estimate_share, find_bands

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

FEW_LABELS = 30
"""An estimate on fewer labels than this is noted as resting on few."""

EVERYONE = "All cases"
"""The one group of a frame that is not split."""

POWERED, MARKED = "prediction-powered", "marker rate"
NOT_PREVALENCE = "a marker rate, not a prevalence: markers miss some texts and misread others"

COLUMNS = ("label", "group", "n", "base", "share", "low", "high", "labelled", "note", "method")
"""The columns of every prevalence frame: those of a comparison frame, and what it rests on."""


def estimate_prevalence(
    chances: pd.DataFrame,
    labels: pd.DataFrame,
    *,
    inclusion: pd.Series | None = None,
    clusters: pd.Series | None = None,
    groups: pd.Series | None = None,
) -> pd.DataFrame:
    """The share of units that show each tone, with 95% intervals: one row a tone and group.

    ``chances`` has one row a unit and one column a tone, from 0 to 1, for every unit of the study;
    ``labels`` the same for the units that people labelled: 1 shows it, 0 does not, missing is not
    judged. What the rows are is what the shares are of: give texts for a share of texts. By unit:
    ``inclusion``, the probability with which it was drawn for labelling (0 to 1; by default all
    alike); ``clusters``, the case it belongs to, where units are parts of cases; ``groups``, its
    period or the like (a unit without one stands in no row). The chances must not come from heads
    that were trained on these labels, unless held out.

    Columns as ``COLUMNS``: ``base`` counts the group's units, ``labelled`` those judged, ``n`` is
    ``share`` of ``base`` as an estimated whole number. A group without labels has a missing share.
    Raises ``WorkbenchError`` for units, tones or values that do not fit.

    Source: prediction-powered inference (Angelopoulos et al. 2023, Science 382), power-tuned
    (Angelopoulos, Duchi and Zrnic 2023, PPI++) within bands of chance (as Fisch et al. 2024); see
    ``estimate_share`` for the interval.
    """
    import numpy as np
    import pandas as pd

    drawn = _check(chances, labels, inclusion)
    weights = (1 / drawn.reindex(chances.index)).fillna(0.0).to_numpy(dtype=float)
    members = _members(chances.index, groups)
    cluster = _align(clusters, chances.index) if clusters is not None else None
    rows = []
    for tone in labels.columns:
        truth = labels[tone].reindex(chances.index).to_numpy(dtype=float, na_value=np.nan)
        values = chances[tone].to_numpy(dtype=float)
        for group, inside in members.items():
            found = _estimate(
                truth[inside],
                values[inside],
                weights[inside],
                None if cluster is None else cluster[inside],
            )
            labelled = int((~np.isnan(truth[inside])).sum())
            rows.append(_row(str(tone), group, int(inside.sum()), labelled, found))
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS)).astype({"n": "Int64"})


def marker_rates(fired: pd.DataFrame, *, groups: pd.Series | None = None) -> pd.DataFrame:
    """The share of texts in which a marker of each tone fires: what is printed without labels.

    ``fired`` has one row a text and one boolean column a tone. A frame like that of
    ``estimate_prevalence`` with Wilson's 95% intervals, ``method`` "marker rate", and a note that
    it is no prevalence.
    """
    import numpy as np
    import pandas as pd
    from statsmodels.stats.proportion import proportion_confint

    rows = []
    for tone in fired.columns:
        marked = fired[tone].to_numpy(dtype=bool)
        for group, inside in _members(fired.index, groups).items():
            n, base = int(marked[inside].sum()), int(inside.sum())
            limits = proportion_confint(n, base, alpha=1 - LEVEL, method="wilson") if base else None
            share = n / base if base else np.nan
            low, high = np.clip(limits, 0, 1) if limits else (np.nan, np.nan)
            rows.append((tone, group, n, base, share, low, high, 0, NOT_PREVALENCE, MARKED))
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS)).astype({"n": "Int64"})


def chances_by_text(scores: pd.DataFrame) -> pd.DataFrame:
    """The greatest chance of each tone in each text: one row a ``text_id``, one column a tone.

    ``scores`` has ``text_id``, ``dimension`` and ``probability``, as from ``score_tone``. Texts
    and tones keep their order. A text without sentences has no row.
    """
    wide = scores.pivot_table(
        index="text_id", columns="dimension", values="probability", aggfunc="max", sort=False
    )
    return wide.rename_axis(columns=None)


def _estimate(
    truth: np.ndarray, chances: np.ndarray, weights: np.ndarray, clusters: np.ndarray | None
) -> Estimate | None:
    import numpy as np

    labelled = ~np.isnan(truth)
    if not labelled.any():
        return None
    bands = find_bands(chances, labelled)
    own = None if clusters is None else np.unique(clusters, return_inverse=True)[1]
    return estimate_share(truth, chances, weights=weights, bands=bands, clusters=own)


def _row(
    tone: str, group: str, base: int, labelled: int, found: Estimate | None
) -> tuple[object, ...]:
    import pandas as pd

    if found is None:
        missing = float("nan")
        note = "none of these is labelled, so nothing can be said"
        return (tone, group, pd.NA, base, missing, missing, missing, labelled, note, POWERED)
    note = f"only {labelled} labelled" if labelled < FEW_LABELS else ""
    count = round(found.share * base)
    return (tone, group, count, base, found.share, found.low, found.high, labelled, note, POWERED)


def _members(units: pd.Index, groups: pd.Series | None) -> dict[str, np.ndarray]:
    """Which units each group holds, as a mask; groups in their order of first appearance by name.

    A categorical keeps its own order.
    """
    import numpy as np
    import pandas as pd

    if groups is None:
        return {EVERYONE: np.ones(len(units), dtype=bool)}
    own = groups.reindex(units)
    if isinstance(own.dtype, pd.CategoricalDtype):
        names = list(own.cat.categories)
    else:
        names = sorted(own.dropna().unique())
    return {str(name): (own == name).to_numpy(dtype=bool, na_value=False) for name in names}


def _align(clusters: pd.Series, units: pd.Index) -> np.ndarray:
    import pandas as pd

    own = clusters.reindex(units)
    if own.isna().any():
        raise WorkbenchError("Some units have no cluster. Give the case of every unit.")
    return pd.factorize(own, sort=True)[0]


def _check(chances: pd.DataFrame, labels: pd.DataFrame, inclusion: pd.Series | None) -> pd.Series:
    """The probability of inclusion of each labelled unit; raises for what does not fit."""
    import pandas as pd

    if chances.index.has_duplicates or labels.index.has_duplicates:
        raise WorkbenchError("Several rows share one unit. Give each unit one row.")
    if not labels.index.isin(chances.index).all():
        raise WorkbenchError("Some labelled units have no chances. Score every unit of the study.")
    for tone in labels.columns:
        if tone not in chances.columns:
            known = [str(name) for name in chances.columns]
            raise WorkbenchError(f"There are no chances of '{tone}'.{suggest(str(tone), known)}")
        _check_range(chances[tone], f"chances of '{tone}'", missing=False)
        _check_range(labels[tone], f"labels of '{tone}'", missing=True)
    if inclusion is None:
        return pd.Series(1.0, index=labels.index)
    drawn = inclusion.reindex(labels.index)
    _check_range(drawn, "probabilities of inclusion", missing=False)
    if (drawn == 0).any():
        raise WorkbenchError("A labelled unit has the probability of inclusion 0. Mend the sample.")
    return drawn


def _check_range(values: pd.Series, what: str, *, missing: bool) -> None:
    import pandas as pd

    numbers = pd.to_numeric(values, errors="coerce")
    if not missing and bool(numbers.isna().any()):
        raise WorkbenchError(f"Some {what} are missing. Give one for each unit.")
    if bool((numbers.isna() & values.notna()).any()) or not numbers.dropna().between(0, 1).all():
        raise WorkbenchError(f"Some {what} do not lie between 0 and 1. Mend them.")
