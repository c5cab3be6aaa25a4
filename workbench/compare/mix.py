"""Of what groups are made: their mix by a field, and whether it differs enough to matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.cramer import cramers_v, independence_p
from workbench.compare.intervals import adjust, share, wilson
from workbench.compare.say import CLEAR, percent
from workbench.compare.strata import find_members, find_strata

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from workbench.compare.strata import Flags, Whole

MATERIAL = 0.05
"""From this distance on a change of mix counts: a smaller one moves no share by 5 points.

A mix that lies d away (total variation) moves a share by at most d times the gap between the
shares of its strata, which is 1 at most.
"""

MIX_COLUMNS = ("field", "label", "group", "n", "base", "share", "low", "high")

CHANGE_COLUMNS = (
    "field",
    "group",
    "reference",
    "base",
    "reference_base",
    "distance",
    "cramers_v",
    "cramers_low",
    "cramers_high",
    "p",
    "p_adjusted",
    "warning",
)


def mix_of(
    log: CaseLog, fields: Sequence[str], *, by: str, groups: Sequence[str] | None = None
) -> pd.DataFrame:
    """Of what each group of ``by`` is made: one row a field, stratum (``label``) and group.

    ``share`` is ``n`` of the group's cases (``base``), in [0, 1], with Wilson's 95% interval
    ``low``, ``high``. A group's shares of a field add up to 1: cases without it are a stratum of
    their own ("Not recorded"), and so are those with several labels ("A + B"). ``groups`` picks
    and orders the groups as in `compare_shares`. Raises ``WorkbenchError`` for unknown names.
    """
    import pandas as pd

    members = find_members(log, by, groups)
    bases = [int(inside.sum()) for inside in members.values()]
    frames = [pd.DataFrame(columns=pd.Index(MIX_COLUMNS[:5]))]
    for field in fields:
        labels, counts = _count(log, field, members)
        own = {
            "field": field,
            "label": np.repeat(labels, len(members)),
            "group": np.tile(list(members), len(labels)),
            "n": counts.T.ravel(),
            "base": np.tile(bases, len(labels)),
        }
        frames.append(pd.DataFrame(own))
    mix = pd.concat(frames[1:] or frames, ignore_index=True)
    mix["share"] = share(mix["n"], mix["base"])
    mix["low"], mix["high"] = wilson(mix["n"], mix["base"])
    return mix.astype(dict.fromkeys(("field", "label", "group"), "str"))


def mix_change(
    log: CaseLog, fields: Sequence[str], *, by: str, groups: Sequence[str] | None = None
) -> pd.DataFrame:
    """How far each group's mix lies from the first group's: one row a field and other group.

    ``distance`` is the total variation distance in [0, 1]: the part of one group's cases that
    would have to change their stratum for the two mixes to be one. ``cramers_v``, in [0, 1], is
    corrected for bias, with its 95% interval; ``p`` tests that the mixes are one, ``p_adjusted``
    after Benjamini-Hochberg over all rows. ``warning`` says in words that the mix differs where
    ``distance`` is `MATERIAL` or more (enough to move shares) and ``p_adjusted`` under ``CLEAR``
    (not by chance), and is empty elsewhere. Raises ``WorkbenchError`` for unknown names.
    """
    import pandas as pd

    members = find_members(log, by, groups)
    first, *others = members
    rows, moves = [], []
    for field in fields:
        labels, counts = _count(log, field, members)
        for place, group in enumerate(others, start=1):
            pair = counts[[0, place]]
            rows.append((field, group, first, *_compare(pair)))
            moves.append(_say_move(labels, pair, title=log.title_of(field), groups=(first, group)))
    frame = pd.DataFrame(rows, columns=pd.Index(CHANGE_COLUMNS[:-2]))
    frame["p_adjusted"] = adjust(frame["p"])
    changed = (frame["distance"] >= MATERIAL) & (frame["p_adjusted"] < CLEAR)
    frame["warning"] = [move if warn else "" for move, warn in zip(moves, changed, strict=True)]
    return frame.astype(dict.fromkeys(("field", "group", "reference", "warning"), "str"))


def _count(log: CaseLog, field: str, members: Mapping[str, Flags]) -> tuple[list[str], Whole]:
    """The strata of ``field`` that occur, and each group's cases in them: groups × strata."""
    strata = find_strata(log, [field])
    sizes = [
        np.bincount(strata.codes[own], minlength=len(strata.names)) for own in members.values()
    ]
    counts = np.stack(sizes)
    occur = counts.sum(axis=0) > 0
    labels = [name for (name,), kept in zip(strata.names, occur, strict=True) if kept]
    return labels, counts[:, occur]


def _compare(pair: Whole) -> tuple[float, ...]:
    """Bases, distance, V with its interval, and p from counts of the reference and a group."""
    reference, base = (int(size) for size in pair.sum(axis=1))
    distance = 0.5 * float(np.abs(_move(pair)).sum())
    return base, reference, distance, *cramers_v(pair), independence_p(pair)


def _move(pair: Whole) -> np.ndarray:
    """How much larger each stratum is in the group than in the reference, in shares."""
    return share(pair[1], pair[1].sum()) - share(pair[0], pair[0].sum())


def _say_move(labels: Sequence[str], pair: Whole, *, title: str, groups: tuple[str, str]) -> str:
    """Which stratum differs most, from what to what."""
    most = int(np.abs(_move(pair)).argmax())
    before, after = (percent(float(n[most] / n.sum())) for n in pair)
    return (
        f"The mix by {title} differs: '{labels[most]}' makes up {before} of the cases of "
        f"{groups[0]} and {after} of those of {groups[1]}."
    )
