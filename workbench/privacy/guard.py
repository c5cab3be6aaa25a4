"""Tables that leave together: attacked, mended where that helps, and otherwise refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from workbench.errors import ExportError
from workbench.privacy.attack import find_binding
from workbench.privacy.attack_system import OPEN
from workbench.privacy.attack_tables import (
    HELP,
    WITHHELD,
    attack,
    connect_cells,
    count_at,
    judge,
    say_pinned,
    true_counts,
)
from workbench.privacy.linked import Exact, Links, Net, Where
from workbench.study import Disclosure

if TYPE_CHECKING:
    import pandas as pd


class RefusalError(ExportError):
    """Tables that cannot leave together. ``tables`` are those without which the rest may.

    Empty where the counts stand in what cannot be left out. Whether the rest may leave has to be
    asked again.
    """

    def __init__(self, message: str, tables: Collection[str] = ()) -> None:
        super().__init__(message)
        self.tables = tuple(tables)


@dataclass(frozen=True)
class Release:
    """What the guard decided: the counts to withhold beside the small ones, each with the reason.

    ``proved`` gives, for each small count that is printed as hidden, how far apart two of its
    possible values lie at least.
    """

    withheld: Mapping[Where, str] = field(default_factory=dict)
    proved: Mapping[Where, int] = field(default_factory=dict)


def guard_cells(
    cells: pd.DataFrame,
    *,
    rule: Disclosure,
    links: Links,
    exact: Exact | None = None,
    fixed: Collection[str] = (),
) -> Release:
    """Which further counts must be withheld so that ``cells`` can leave together by ``rule``.

    As few as a greedy search finds, always the same ones; those of the tables ``fixed`` cannot be
    withheld, such as tables of a report that is out. Raises ``RefusalError`` that names table,
    count, reason and mend where withholding does not help, and ``ExportError`` for a rule that pins
    every hidden count.
    """
    if rule.exempt:
        return Release()
    _check_rule(cells, rule)
    true = true_counts(cells, links)
    net = connect_cells(cells, rule=rule, links=links, exact=exact)
    judged = judge(net, cells, rule=rule, links=links)
    proved = dict(zip(judged.places.tolist(), judged.proved.tolist(), strict=True))
    pinned = list(zip(judged.places[judged.narrow], judged.kinds[judged.narrow], strict=True))
    stuck = {links.plain(one) for one in cells.loc[cells["table"].isin(list(fixed)), "where"]}
    withheld: dict[Where, str] = {}
    for place, kind in pinned:  # grows: what is withheld must not be worked out either
        narrow, proved[place] = _attack_one(net, place, kind, rule=rule)
        while narrow:
            mend = _mend(net, place, kind, true, rule=rule, stuck=stuck | withheld.keys())
            if mend is None:
                raise _refuse(net, place, kind, cells, rule=rule, links=links, fixed=fixed)
            net, chosen = mend
            withheld[chosen] = say_pinned(net, place, kind, rule=rule)
            pinned.append((np.int64(net.places[chosen]), WITHHELD))
            narrow, proved[place] = _attack_one(net, place, kind, rule=rule)
    small = [count for count, n in true.items() if n <= rule.hide_up_to]
    return Release(withheld, {count: proved[net.places[count]] for count in small})


def _attack_one(net: Net, place: np.int64, kind: str, *, rule: Disclosure) -> tuple[bool, int]:
    """Whether one count is pinned, and how far apart two of its values are proved to lie."""
    judged = attack(net, np.array([place]), np.array([kind], dtype=object), rule=rule)
    return bool(judged.narrow[0]), int(judged.proved[0])


def _mend(
    net: Net,
    place: np.int64,
    kind: str,
    true: Mapping[Where, int],
    *,
    rule: Disclosure,
    stuck: Collection[Where],
) -> tuple[Net, Where] | None:
    """The count whose withholding makes a pinned one least certain; of equals, the smallest.

    With it the net in which it is withheld; None where none is left that would help.
    """
    binding = set(find_binding(net.system, int(place)).tolist())
    free = sorted(
        (n, sorted(count), count)
        for count, n in true.items()
        if net.places[count] in binding and n > rule.hide_up_to and count not in stuck
    )
    best: tuple[int, Net, Where] | None = None
    for *_, count in free:
        least, largest = net.system.least.copy(), net.system.largest.copy()
        least[net.places[count]], largest[net.places[count]] = rule.hide_up_to + 1, OPEN
        wider = replace(net, system=net.system.within(least, largest))
        narrow, proved = _attack_one(wider, place, kind, rule=rule)
        if best is None or proved > best[0]:
            best = proved, wider, count
        if not narrow:
            break
    return best[1:] if best else None


def _refuse(
    net: Net,
    place: np.int64,
    kind: str,
    cells: pd.DataFrame,
    *,
    rule: Disclosure,
    links: Links,
    fixed: Collection[str],
) -> RefusalError:
    at = np.array([net.places[links.plain(one)] for one in cells["where"]])
    tables = cells.loc[[links.plain(one) == count_at(net, place) for one in cells["where"]]]
    table = f"The table '{tables['table'].iloc[0]}'" if len(tables) else "This set of tables"
    told = f"{table} cannot be exported. {say_pinned(net, place, kind, rule=rule)}. {HELP}"
    free = ~cells["table"].isin(list(fixed)).to_numpy()
    for ties in (_given_away(net, int(place)), find_binding(net.system, int(place))):
        out = cells.loc[free & np.isin(at, ties), "table"]
        if len(out):
            return RefusalError(told, list(dict.fromkeys(out)))
    return RefusalError(told)


def _given_away(net: Net, place: int) -> list[int]:
    """The place of a count; of one that no table prints, those of the parts beside it."""
    if place not in net.unsaid:
        return [place]
    signs = net.system.sums[:, [place]].toarray().ravel()
    tied = np.flatnonzero(signs)
    beside = net.system.sums[tied].toarray() * signs[tied, None] > 0
    return [int(one) for one in np.flatnonzero(beside.any(axis=0)) if one != place]


def _check_rule(cells: pd.DataFrame, rule: Disclosure) -> None:
    """Refuse a rule under which every hidden count is pinned, whatever the tables."""
    small = cells[cells["count"] <= rule.hide_up_to]
    if rule.hide_up_to < rule.uncertain and len(small):
        raise ExportError(
            f"The table '{small['table'].iloc[0]}' cannot be exported: a hidden count is one of 0 "
            f"to {rule.hide_up_to}, an interval narrower than {rule.uncertain}. Write a larger "
            "'hide_up_to' or a smaller 'uncertain' in [disclosure] of study.toml."
        )
