"""What can be worked out of printed tables: bounds of their counts, and which are given away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.privacy.attack import bound, find_narrow
from workbench.privacy.attack_system import OPEN
from workbench.privacy.linked import (
    ALONE,
    ANY,
    BESIDE,
    LEFT,
    PART,
    Exact,
    Links,
    Net,
    Where,
    connect,
)
from workbench.study import Disclosure

if TYPE_CHECKING:
    import pandas as pd

    from workbench.privacy.attack_system import Flags, Whole

CELL_COLUMNS = ("table", "row", "column", "where", "count")
"""A frame of printed counts: where each stands, what it counts, and its true value."""

BREACH_COLUMNS = ("table", "row", "column", "counted", "reason", "mend")

HIDDEN, ROUNDED, WITHHELD = "hidden", "rounded", "withheld"


def interval_of(count: int, *, rule: Disclosure) -> tuple[int, int]:
    """What a reader knows of ``count`` who sees how ``rule`` prints it: least and largest value."""
    if count <= rule.hide_up_to:
        return 0, rule.hide_up_to
    step = rule.round_to
    printed = (2 * count + step) // (2 * step) * step
    least = printed - step // 2
    return max(least, rule.hide_up_to + 1), least + step - 1


def bound_counts(
    cells: pd.DataFrame, *, rule: Disclosure, links: Links, exact: Exact | None = None
) -> pd.DataFrame:
    """What an intruder can work out of each printed count: its least and largest possible value.

    ``cells`` has a row a printed count (``CELL_COLUMNS``); ``exact`` gives true counts of what is
    not printed, from which it is taken which sums are complete. Rows stand in the order of
    ``cells``, with ``table``, ``row``, ``column``, ``least`` and ``largest``, both exact.
    """
    net = connect_cells(cells, rule=rule, links=links, exact=exact)
    least, largest = bound(net.system)
    at = [net.places[links.plain(one)] for one in cells["where"]]
    found = cells[["table", "row", "column"]].assign(least=least[at], largest=largest[at])
    return found.reset_index(drop=True)


def check_release(
    cells: pd.DataFrame,
    *,
    rule: Disclosure,
    links: Links,
    exact: Exact | None = None,
    withheld: Collection[Where] = (),
) -> pd.DataFrame:
    """The counts that ``cells``, printed by ``rule``, would give away: one row a breach.

    A small count must have possible values ``rule.uncertain`` or more apart, whether it is printed
    as hidden or is what two printed counts leave; a rounded one more than one possible value.
    ``counted`` names what is counted, ``reason`` and ``mend`` say why and what to do; no count is
    told. Empty where nothing is given away, and for a study that is exempt.
    """
    import pandas as pd

    if rule.exempt:
        return pd.DataFrame(columns=pd.Index(BREACH_COLUMNS))
    net = connect_cells(cells, rule=rule, links=links, exact=exact, withheld=frozenset(withheld))
    judged = judge(net, cells, rule=rule, links=links, withheld=frozenset(withheld))
    return _describe(judged, net, cells, rule=rule, links=links)


@dataclass(frozen=True)
class Judged:
    """Counts that were attacked: their places, kinds, whether they are pinned, what is proved."""

    places: Whole
    kinds: np.ndarray
    narrow: Flags
    proved: Whole


def connect_cells(
    cells: pd.DataFrame,
    *,
    rule: Disclosure,
    links: Links,
    exact: Exact | None,
    withheld: frozenset[Where] = frozenset(),
) -> Net:
    """The printed counts tied together, with what a reader knows of each who knows the rule."""
    true = true_counts(cells, links)
    known = {
        count: (rule.hide_up_to + 1, OPEN) if count in withheld else interval_of(n, rule=rule)
        for count, n in true.items()
    }

    def told(count: Where) -> int | None:
        return true[count] if count in true else exact(count) if exact else None

    return connect(known, links, exact=told, small=rule.hide_up_to)


def true_counts(cells: pd.DataFrame, links: Links) -> dict[Where, int]:
    """The true value of every printed count, by what it counts."""
    pairs = zip(cells["where"], cells["count"], strict=True)
    return {links.plain(one): int(n) for one, n in pairs}


def judge(
    net: Net,
    cells: pd.DataFrame,
    *,
    rule: Disclosure,
    links: Links,
    withheld: frozenset[Where] = frozenset(),
) -> Judged:
    """Attack every printed count and every small one that is not printed."""
    true = true_counts(cells, links)
    kinds = {
        net.places[count]: WITHHELD
        if count in withheld
        else HIDDEN
        if n <= rule.hide_up_to
        else ROUNDED
        for count, n in true.items()
        if rule.round_to > 1 or n <= rule.hide_up_to or count in withheld
    }
    kinds |= {place: kind for place, (kind, _) in net.unsaid.items()}
    places = np.array(sorted(kinds), dtype=np.int64)
    kind = np.array([kinds[int(place)] for place in places], dtype=object)
    return attack(net, places, kind, rule=rule)


def attack(net: Net, places: Whole, kinds: np.ndarray, *, rule: Disclosure) -> Judged:
    """Attack the counts at ``places``, each as its kind asks."""
    narrow, proved = np.zeros(len(places), dtype=bool), np.zeros(len(places), dtype=np.int64)
    for some, width in _widths(kinds, rule):
        narrow[some], proved[some] = find_narrow(
            net.system, places[some], width=width, solutions=net.solutions
        )
    return Judged(places, kinds, narrow, proved)


def _widths(kinds: np.ndarray, rule: Disclosure) -> list[tuple[Flags, int]]:
    """How far apart the possible values of which counts must lie."""
    small = np.isin(kinds.astype(str), (HIDDEN, LEFT, BESIDE))
    return [(small, rule.uncertain), (~small, 1)]


def count_at(net: Net, place: np.int64) -> Where:
    """What the count at a place counts; of one that no table prints, whose rest it is."""
    if int(place) in net.unsaid:
        return net.unsaid[int(place)][1]
    return next(count for count, at in net.places.items() if at == place)


def say_pinned(net: Net, place: np.int64, kind: str, *, rule: Disclosure) -> str:
    """Which count is given away, and how, without its value."""
    return f"{say_where(count_at(net, place))}: {_REASONS[kind].format(rule=rule)}"


def _describe(
    judged: Judged, net: Net, cells: pd.DataFrame, *, rule: Disclosure, links: Links
) -> pd.DataFrame:
    """The breaches in words, in the order of the tables."""
    import pandas as pd

    printed: dict[Where, list[tuple[Any, ...]]] = defaultdict(list)
    columns = (cells[name] for name in ("where", "table", "row", "column"))
    for counted, *at in zip(*columns, strict=True):
        printed[links.plain(counted)].append(tuple(at))
    rows = []
    for place, kind in zip(judged.places[judged.narrow], judged.kinds[judged.narrow], strict=True):
        count = count_at(net, place)
        first = printed[count][0] if printed[count] else ("", pd.NA, "")
        rows.append((*first, say_where(count), _REASONS[kind].format(rule=rule), HELP))
    frame = pd.DataFrame(rows, columns=pd.Index(BREACH_COLUMNS))
    return frame.sort_values(["table", "counted", "reason"], kind="stable", ignore_index=True)


_REASONS = {
    HIDDEN: "with the sums around it, its hidden count could be pinned to an interval narrower "
    "than {rule.uncertain}",
    LEFT: "what its printed parts leave of it, a small count, could be pinned to an interval "
    "narrower than {rule.uncertain}",
    BESIDE: "all others, a small count, could be pinned to an interval narrower than "
    "{rule.uncertain}",
    ROUNDED: "its count could be worked out exactly although it is rounded",
    WITHHELD: "its count could be worked out exactly although it is withheld",
}
HELP = (
    "Leave out one of the tables that share its totals, join small labels, or raise 'round_to' in "
    "[disclosure] of study.toml."
)


def say_where(count: Where) -> str:
    """What is counted, in words: ``kind 'Bullying', period '2022'``."""
    said = []
    for name, label in sorted(count):
        plain = label.replace("\0", "")
        if name == ALONE:
            said.append(plain)
        elif name != PART:
            said.append(f"{name} recorded" if label == ANY else f"{name} '{plain}'")
    return ", ".join(said) or "all cases"
