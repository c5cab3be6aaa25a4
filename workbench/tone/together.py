"""Which tones come together in a text more often, or less often, than chance would bring them."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_table
from workbench.tone.prevalence import EVERYONE

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from workbench.study import Disclosure

LEVEL = 0.95
SMALL = 5
"""With an expected count below this in any of the four cells, the test is Fisher's exact one."""

COLUMNS = (
    "one",
    "other",
    "group",
    "n",
    "base",
    "share",
    "one_n",
    "other_n",
    "lift",
    "odds_ratio",
    "low",
    "high",
    "p",
    "p_adjusted",
)
"""The columns of the frame of ``tones_together``, in order."""
_MEASURES = ("lift", "odds_ratio", "low", "high", "p")


def tones_together(shown: pd.DataFrame, *, groups: pd.Series | None = None) -> pd.DataFrame:
    """How often two tones show in the same text: one row a pair of tones and group.

    ``shown`` has one row a text, indexed by its id, and one boolean column a tone, as
    ``tone_by_text(...).set_index("text_id")``. ``groups`` has the period or the like of each text,
    by id; a text without one stands in no row.

    Columns as ``COLUMNS``: ``one`` and ``other`` (tones, in the order of the columns), ``n`` (texts
    that show both), ``base`` (texts of the group), ``share`` = n / base, ``one_n`` and ``other_n``
    (texts that show each), ``lift`` (how many times as often as if the tones had nothing to do with
    one another: 1 as by chance, above 1 more often, 0 never), ``odds_ratio`` with its 95% interval
    ``low`` to ``high`` (1 as by chance), ``p`` (two-sided, chi-squared, or Fisher's exact test
    where counts are small) and ``p_adjusted`` (after Benjamini-Hochberg over all rows). Where a
    tone shows in no text or in all, or there are no texts, what cannot be known is missing.

    Long texts show more of every tone, so pairs come together through length alone: read the
    ratios against each other. Source of the interval: Woolf (1955), Annals of Human Genetics 19,
    with one half added to each cell where one is 0 (Haldane 1956). Raises ``WorkbenchError`` for
    a column that is not boolean.
    """
    import pandas as pd

    for name in shown.columns:
        if not pd.api.types.is_bool_dtype(shown[name]):
            raise WorkbenchError(
                f"Column '{name}' of the tones is not true or false. Give one boolean column a "
                "tone, and the texts' ids as the index."
            )
    rows = [
        (str(one), str(other), group, *_count(part[one], part[other]))
        for group, part in _split(shown, groups)
        for one, other in combinations(shown.columns, 2)
    ]
    found = pd.DataFrame(rows, columns=pd.Index(COLUMNS[:-1]))
    return found.assign(p_adjusted=_adjust(found["p"].to_numpy(dtype=float)))


def _split(shown: pd.DataFrame, groups: pd.Series | None) -> list[tuple[str, pd.DataFrame]]:
    """The texts of each group, by name or in the order of a categorical."""
    if groups is None:
        return [(EVERYONE, shown)]
    own = groups.reindex(shown.index)
    return [(str(name), part) for name, part in shown.groupby(own, sort=True, observed=True)]


def protect_together(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """``tones_together`` under disclosure control, all else computed anew from the counts left.

    Where one of a pair's counts is hidden, what needs it is missing. Adds ``note``.
    """
    import numpy as np

    if rule.exempt:
        return frame.copy()
    counts = ("n", "base", "one_n", "other_n")
    safe = protect_table(frame, rule=rule, counts=counts)
    known = safe[list(counts)].notna().all(axis=1)
    left = safe.loc[known, list(counts)].astype("int64")
    anew = [_measure(*row) for row in left.itertuples(index=False)]
    for place, name in enumerate(_MEASURES):
        safe[name] = np.nan
        safe.loc[known, name] = [row[place] for row in anew]
    return safe.assign(p_adjusted=_adjust(safe["p"].to_numpy(dtype=float)))


def _count(one: pd.Series, other: pd.Series) -> tuple[float, ...]:
    """n, base, share, one_n, other_n and the measures of two columns."""
    first, second = one.to_numpy(dtype=bool), other.to_numpy(dtype=bool)
    n, base = int((first & second).sum()), len(first)
    n_1, n_2 = int(first.sum()), int(second.sum())
    share = n / base if base else float("nan")
    return n, base, share, n_1, n_2, *_measure(n, base, n_1, n_2)


def _measure(n: int, base: int, n_1: int, n_2: int) -> tuple[float, ...]:
    """``_MEASURES`` from the counts of a pair; missing where a tone shows in none or in all."""
    import numpy as np

    if min(n_1, n_2) == 0 or max(n_1, n_2) >= base:
        return (float("nan"),) * len(_MEASURES)
    # Counts that were rounded apart can leave a little less than none.
    cells = np.array([[n, n_1 - n], [n_2 - n, max(base - n_1 - n_2 + n, 0)]])
    return n * base / (n_1 * n_2), *_odds_ratio(cells), _test(cells)


def _odds_ratio(cells: np.ndarray) -> tuple[float, float, float]:
    from statsmodels.stats.contingency_tables import Table2x2

    table = Table2x2(cells, shift_zeros=True)
    low, high = table.oddsratio_confint(alpha=1 - LEVEL)
    return float(table.oddsratio), float(low), float(high)


def _test(cells: np.ndarray) -> float:
    from scipy.stats import chi2_contingency, fisher_exact

    expected = cells.sum(axis=0).min() * cells.sum(axis=1).min() / cells.sum()
    if expected < SMALL:
        return float(fisher_exact(cells).pvalue)
    return float(chi2_contingency(cells, correction=False).pvalue)


def _adjust(p: np.ndarray) -> np.ndarray:
    import numpy as np
    from scipy.stats import false_discovery_control

    adjusted = np.full(p.shape, np.nan)
    known = ~np.isnan(p)
    if known.any():
        adjusted[known] = false_discovery_control(p[known], method="bh")
    return adjusted
