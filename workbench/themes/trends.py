"""Themes over months or groups, with intervals that hold the doubt about the themes themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.themes.found import NO_THEME, Themes
from workbench.themes.place import themes_at

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_LEVEL = 0.95


def theme_trends(
    themes: Themes, periods: pd.Series, *, level: int = 0, draws: int = 2000, seed: int = 1
) -> pd.DataFrame:
    """The share of each theme of ``level`` in each month or group, with 95% intervals.

    ``periods`` gives the month or group of each text; its index is the ``text_id``. A text may
    stand in several groups (an index entry for each) and counts once in each; a text whose group
    is missing is left out.

    Columns ``theme`` (-1 unplaced, last), ``group``, ``n``, ``base`` (all texts of the group, the
    unplaced among them), ``share``; ``low`` and ``high``; ``low_cases`` and ``high_cases``. Groups
    are sorted, or in the order of their categories.

    ``low_cases`` to ``high_cases`` is what resampling the cases alone leaves open: Jeffreys'
    interval, the Bayesian bootstrap of a share (Rubin 1981) with half a case more for it and half
    against it, since a plain bootstrap of a share of 0 never leaves 0 (Brown, Cai and DasGupta
    2001). ``low`` to ``high`` holds the clustering's uncertainty too: in each of ``draws`` the
    cases are resampled so, and their themes are those that one member of the ensemble gives them,
    each member in as many draws as any other; from the 2.5th to the 97.5th percentile, and never
    inside the other interval.

    Raises ``WorkbenchError`` where no text of ``themes`` has a group, or fewer than 100 draws are
    asked for.
    """
    import numpy as np
    import pandas as pd

    if draws < 100:
        raise WorkbenchError("Intervals need at least 100 draws: give 'draws' as 100 or more.")
    rows, codes, groups = _groups_of(themes, periods)
    names = np.append(themes_at(themes, level), NO_THEME)
    base = np.bincount(codes, minlength=len(groups))
    own = themes.at_level(level).to_numpy()
    # themes, groups, for the themes themselves and for each member
    count = _count(own[None, rows], codes, names, len(groups))[0]
    members = _count(themes.members_at(level)[:, rows], codes, names, len(groups))
    share = count / base
    low_cases, high_cases = _jeffreys(count, base)
    low, high = _percentiles(members, base, draws=draws, seed=seed)
    return pd.DataFrame(
        {
            "theme": np.repeat(names, len(groups)),
            "group": groups.take(np.tile(np.arange(len(groups)), len(names))),
            "n": count.ravel(),
            "base": np.tile(base, len(names)),
            "share": share.ravel(),
            "low": np.minimum(low, low_cases).ravel(),
            "high": np.maximum(high, high_cases).ravel(),
            "low_cases": low_cases.ravel(),
            "high_cases": high_cases.ravel(),
        }
    )


def _groups_of(themes: Themes, periods: pd.Series) -> tuple[np.ndarray, np.ndarray, pd.Index]:
    """Rows of ``themes.assignments`` and the group (0 to g - 1) of each entry; the groups."""
    import numpy as np
    import pandas as pd

    row_of = {own: row for row, own in enumerate(themes.assignments["text_id"])}
    row = periods.index.map(row_of).to_numpy(dtype=float)
    known = periods.notna().to_numpy() & ~np.isnan(row)
    if not known.any():
        raise WorkbenchError(
            "No text of these themes has a month or group: the index of 'periods' must be the "
            "text_id of the texts that the themes were found in."
        )
    codes, groups = pd.factorize(periods[known], sort=True)
    pairs = np.unique(np.column_stack([row[known].astype(np.int64), codes]), axis=0)
    return pairs[:, 0], pairs[:, 1], pd.Index(groups)


def _count(found: np.ndarray, codes: np.ndarray, names: np.ndarray, groups: int) -> np.ndarray:
    """Texts by clustering, theme and group: shape ``(m, k, g)``; ``found`` has shape ``(m, n)``."""
    import numpy as np

    order = np.argsort(names)
    columns = order[np.searchsorted(names[order], found)]
    size = len(names) * groups
    counts = [np.bincount(row * groups + codes, minlength=size) for row in columns]
    return np.stack(counts).reshape(len(found), len(names), groups)


def _jeffreys(count: np.ndarray, base: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Jeffreys' interval, open at 0 where none and at 1 where all have the theme."""
    import numpy as np
    from scipy.stats import beta

    tail = (1 - _LEVEL) / 2
    low = beta.ppf(tail, count + 0.5, base - count + 0.5)
    high = beta.ppf(1 - tail, count + 0.5, base - count + 0.5)
    return np.where(count == 0, 0, low), np.where(count == base, 1, high)


def _percentiles(
    members: np.ndarray, base: np.ndarray, *, draws: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Where 95% of the shares lie that resampled cases have under one member after the other."""
    import numpy as np

    random = np.random.default_rng(seed)
    counts = members[np.arange(draws) * len(members) // draws]
    shares = random.beta(counts + 0.5, base - counts + 0.5)
    tail = (1 - _LEVEL) / 2
    low, high = np.quantile(shares, [tail, 1 - tail], axis=0)
    return low, high
