"""Titles that say what a comparison shows, and no more than it shows.

They are plain words, not yet escaped: a chart does that. A label is named only where its difference
is clear after correction for many comparisons, rests on enough cases and is not hidden.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.charts.compared import Cell, Pair, Pairs, read_cells, read_pairs
from workbench.charts.style import floats, in_order
from workbench.compare.say import FEW, percent
from workbench.compare.say_composition import NOT_AT_EQUAL_MIX
from workbench.compare.shares import EVERYONE, SCHEMES_DIFFER

if TYPE_CHECKING:
    from collections.abc import Collection

    import pandas as pd

UNRECORDED = 0.1
"""From this share of cases without the field on, a title says that it leaves them out."""
NAMED = 2
"""The most labels that a title names on one side."""
MOST_GROUPS = 3


def title_of_change(
    frame: pd.DataFrame,
    *,
    what: str,
    earlier: str | None = None,
    later: str | None = None,
    unclear: Collection[str] = (),
) -> str:
    """What changed clearly from one period to the next: "TikTok rose by 12 points; ...".

    ``frame`` is a comparison frame, of which ``earlier`` and ``later`` pick two periods where it
    has more; ``what`` is one of the things compared ("platform"). Of the labels in ``unclear`` it
    says that their change is not clear at an equal mix. Raises ``ValueError`` unless two periods
    remain, of which one is compared with the other.
    """
    pairs, said = _open(frame, what, earlier, later)
    if pairs is None or said:
        return said
    clear, unsure = _sorted(pairs)
    spell = f"from {pairs.reference} to {pairs.other}"
    among = _among(frame, pairs, what)
    comparable = " that can be compared" if unsure else ""
    if not clear:
        return f"{_capital(what)}: none{comparable} changed clearly {spell}{among}"
    parts = [
        f"{row.label} {_verb(row)} by {_points(row)}{_mixed(row, unclear)}" for row in clear[:NAMED]
    ]
    main = " and ".join(parts)
    if len(pairs.rows) + pairs.hidden == len(clear) <= NAMED:
        return f"{main} {spell}{among}"
    main += among
    if len(clear) > NAMED:
        lost = sum(row.label in unclear for row in clear[NAMED:])
        but = f", {lost} of them not at an equal mix" if lost else ""
        return f"{main}; {_others(len(clear) - NAMED, what)} changed clearly{but}"
    return f"{main}; no other {what}{comparable} changed clearly"


def title_of_contrast(
    frame: pd.DataFrame, *, what: str, first: str | None = None, second: str | None = None
) -> str:
    """Which labels take a clearly larger share in one of two groups than in the other.

    As `title_of_change`, for groups that do not follow one another, such as primary and secondary.
    """
    pairs, said = _open(frame, what, first, second)
    if pairs is None or said:
        return said
    clear, unsure = _sorted(pairs)
    among = _among(frame, pairs, what)
    comparable = " that can be compared" if unsure else ""
    if not clear:
        return (
            f"No {what}{comparable} differs clearly between {pairs.base(0)} and {pairs.base(1)}"
            f"{among}"
        )
    lower, higher = ([row for row in clear if (row.difference > 0) is up] for up in (False, True))
    sides = [(lower, pairs.reference, pairs.other), (higher, pairs.other, pairs.reference)]
    sides = sorted((side for side in sides if side[0]), key=lambda side: clear.index(side[0][0]))
    rows, group, other = sides[0]
    named = len(rows[:NAMED])
    main = f"{_listed(rows)} a larger share in {group}"
    if len(sides) == 1:
        main += f" than in {other}"
    else:
        named += len(sides[1][0][:NAMED])
        main += f", {_names(sides[1][0])} in {sides[1][1]}"
    if len(clear) == 1:
        main += f" (by {_points(clear[0])})"
    main += among
    if len(clear) > named:
        more = len(clear) - named
        return f"{main}; {_others(more, what)} differ{'s' if more == 1 else ''} clearly"
    if len(pairs.rows) + pairs.hidden == len(clear):
        return main
    return f"{main}; no other {what}{comparable} differs clearly"


def title_of_lead(frame: pd.DataFrame, *, what: str) -> str:
    """Which label is the most frequent in each group, or that none leads clearly.

    ``frame`` is a comparison frame of one group or several; a label leads where its interval lies
    above that of every other. ``what`` is one of the things counted ("platform").
    """
    groups, cells = in_order(frame["group"]), read_cells(frame)
    leads = {group: _lead(cells, group) for group in groups}
    known = {group: lead for group, lead in leads.items() if lead}
    if not known:
        return f"{_capital(what)}: {'no counts can be shown' if groups else 'no cases'}"
    among = _among_groups(frame, groups, what)
    if len(groups) > MOST_GROUPS:
        firsts = {lead[0][0] if len(lead) == 1 else "" for lead in leads.values()}
        first = firsts.pop() if len(firsts) == 1 else ""
        if first:
            return f"{first} is the most frequent {what} in all {len(groups)} groups{among}"
        return f"No one {what} leads clearly in all {len(groups)} groups{among}"
    said, last = "", ""
    for group, lead in known.items():
        name = lead[0][0] if len(lead) == 1 else ""
        part = _said_of(lead, what, "" if group == EVERYONE else f" in {group}", after=last)
        joint = "" if not said else " and" if name and name == last else ", "
        said, last = f"{said}{joint}{part}", name
    return said[:1].upper() + said[1:] + among


def _said_of(lead: list[tuple[str, float]], what: str, within: str, *, after: str) -> str:
    """Who leads in one group; ``after`` is the leader of the group before, if one leads there."""
    if len(lead) > 1:
        close = ", ".join(f"{name} {percent(share)}" for name, share in lead[:3])
        return f"no {what} leads clearly{within} ({close})"
    name, share = lead[0]
    verb = f"{name} is the most frequent {what}" if not after else "" if name == after else name
    return f"{verb}{within} ({percent(share)})"


def _open(
    frame: pd.DataFrame, what: str, first: str | None, second: str | None
) -> tuple[Pairs | None, str]:
    """The pairs to title, or the words to say where there is nothing to compare."""
    chosen = [name for name in (first, second) if name is not None]
    if chosen:
        frame = frame[frame["group"].astype(str).isin(chosen)]
    pairs = read_pairs(frame)
    if pairs is None:
        return None, f"{_capital(what)}: no cases"
    both = f"{pairs.reference} and {pairs.other}"
    if any(SCHEMES_DIFFER in row.note for row in pairs.rows):
        return pairs, f"{_capital(what)}: the schemes of {both} differ, so shares do not compare"
    if not any(_comparable(row) for row in pairs.rows):
        return pairs, f"{_capital(what)}: too few cases to compare {both}"
    return pairs, ""


def _comparable(row: Pair) -> bool:
    return not row.unknown and max(row.first.n, row.second.n) >= FEW


def _sorted(pairs: Pairs) -> tuple[list[Pair], bool]:
    """The clear rows, largest difference first, and whether any row could not be compared."""
    clear = [row for row in pairs.rows if row.clear and _comparable(row)]
    clear.sort(key=lambda row: (-abs(row.difference), row.label))
    unsure = bool(pairs.hidden) or any(row.unknown for row in pairs.rows)
    return clear, unsure


def _verb(row: Pair) -> str:
    return "rose" if row.difference > 0 else "fell"


def _mixed(row: Pair, unclear: Collection[str]) -> str:
    return f" ({NOT_AT_EQUAL_MIX})" if row.label in unclear else ""


def _others(number: int, what: str) -> str:
    return f"one other {what}" if number == 1 else f"{number} others"


def _points(row: Pair) -> str:
    """The size of a difference: to a tenth of a point below ten."""
    size = abs(100 * row.difference)
    said = f"{size:.0f}" if size >= 9.95 else f"{size:.1f}".removesuffix(".0")
    return f"{said} point{'' if said == '1' else 's'}"


def _names(rows: list[Pair]) -> str:
    return " and ".join(row.label for row in rows[:NAMED])


def _listed(rows: list[Pair]) -> str:
    return f"{_names(rows)} {'takes' if len(rows[:NAMED]) == 1 else 'take'}"


def _among(frame: pd.DataFrame, pairs: Pairs, what: str) -> str:
    return _among_groups(frame, list(pairs.groups), what)


def _among_groups(frame: pd.DataFrame, groups: list[str], what: str) -> str:
    """Which cases the shares are of, where many have no such field."""
    if "cases" not in frame:
        return ""
    own = frame[frame["group"].astype(str).isin(groups)]
    pairs = zip(floats(own["base"]), floats(own["cases"]), strict=True)
    left_out = any(base < (1 - UNRECORDED) * cases for base, cases in pairs)
    return f" among cases with a recorded {what}" if left_out else ""


def _lead(cells: dict[tuple[str, str], Cell], group: str) -> list[tuple[str, float]]:
    """The label with the largest share, then those whose intervals reach up to its own."""
    known = [(label, cell) for (label, own), cell in cells.items() if own == group and cell.known]
    ranked = sorted(known, key=lambda pair: (-pair[1].share, pair[0]))
    if not ranked or not ranked[0][1].n >= FEW:
        return []
    first = ranked[0][1]
    close = [pair for pair in ranked[1:] if not pair[1].high < first.low]
    return [(label, cell.share) for label, cell in (ranked[0], *close)]


def _capital(what: str) -> str:
    return what[:1].upper() + what[1:]
