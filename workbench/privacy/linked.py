"""Which counts of which tables add up to which: what ties a year to a total and a whole to a part.

Every count is known by what it counts: ``{("period", "2022"), ("kind", "Bullying")}`` are the
cases of 2022 with that kind. The same cases counted in two tables are then one count, and the sums
follow from the conditions alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from workbench.privacy.attack_system import OPEN, Sum, System, make_system

if TYPE_CHECKING:
    from workbench.privacy.attack_system import Whole

Condition = tuple[str, str]
"""A field and one of its labels."""

Where = frozenset[Condition]
"""What a count counts: the cases that meet all conditions; without any, all cases."""

ANY, NONE = "\0any", "\0none"
"""In place of a label: that the field is recorded, or that it is not."""

ALONE, PART = "\0alone", "\0part"
"""In place of a field: a count that no other is tied to, and that it is a part of such a one."""

LEFT, BESIDE = "left over", "all others"
"""Small counts that no table prints: what the parts leave of a whole, or all but one part."""

_NOT = "\0not "

Family = tuple[Where, tuple[str, ...]]
"""A whole and the field by which it is parted; two families of one field differ in what follows."""

Exact = Callable[[Where], int | None]
"""The true count of the cases that meet conditions; None where it is not known."""


def where(*conditions: Condition) -> Where:
    """The conditions as one; a field without a label (``""``) is none."""
    return frozenset(one for one in conditions if one[0])


def other_than(label: str) -> str:
    """In place of a label: that the field is recorded, but with another one."""
    return f"{_NOT}{label}"


@dataclass(frozen=True)
class MadeOf:
    """``whole`` holds of just the cases of which one of ``parts`` does; ``apart``: one at most."""

    whole: Condition
    parts: tuple[Condition, ...]
    apart: bool


@dataclass(frozen=True)
class Links:
    """How labels go together, as far as anybody who reads the tables can know it.

    ``single`` are the fields of which a case carries one label; ``complete`` those that every
    case has recorded. ``above`` says which label implies which, such as a month its year, and
    ``made_of`` which labels are others by another name.
    """

    single: frozenset[str] = frozenset({"period", "month"})
    complete: frozenset[str] = frozenset({"period", "month"})
    above: Mapping[Condition, Condition] = field(default_factory=dict)
    made_of: tuple[MadeOf, ...] = ()

    def plain(self, conditions: Iterable[Condition]) -> Where:
        """The conditions without those that go without saying."""
        kept = set(conditions)
        implied = set()
        for one in kept:
            while (one := self.above.get(one, ("", ""))) != ("", ""):
                implied |= {one, (one[0], ANY)}
        named = {name for name, label in kept if label not in (ANY, NONE)}
        return frozenset(
            (name, label)
            for name, label in kept - implied
            if not (label == ANY and (name in self.complete or name in named or name == PART))
        )

    def whole_of(self, count: Where, one: Condition) -> tuple[Where, tuple[str, ...]]:
        """What ``count`` is a part of by the condition ``one``, and which parts are of a kind."""
        name, label = one
        rest = count - {one}
        if one in self.above:
            return self.plain({*rest, self.above[one]}), (name,)
        if label in (ANY, NONE):
            return self.plain(rest), (name, ANY)
        kind = (name, _NOT, label.removeprefix(_NOT)) if label.startswith(_NOT) else (name,)
        return self.plain({*rest, (name, ANY)}), kind


@dataclass(frozen=True)
class Net:
    """Counts tied together. ``places`` says where each stands in ``system``.

    ``unsaid`` are the places of small counts that no table prints: of ``LEFT`` the whole of which
    they are left, of ``BESIDE`` the part beside which they stand. ``truth`` has the true counts,
    where they are known.
    """

    system: System
    places: Mapping[Where, int]
    unsaid: Mapping[int, tuple[str, Where]]
    truth: Whole | None

    @property
    def solutions(self) -> list[Whole]:
        """Counts that are known to be possible: the true ones, where they are known."""
        return [] if self.truth is None else [self.truth]


def connect(
    known: Mapping[Where, tuple[int, int]], links: Links, *, exact: Exact, small: int
) -> Net:
    """Tie counts together of which ``known`` tells the least and the largest value.

    Whether parts leave anything of their whole is taken from ``exact``, and that an intruder
    knows it: the worse case. What they leave is ``unsaid`` where it is ``small`` or less.
    """
    return _Weaver(known, links, exact, small).net()


class _Weaver:
    """Collects bounds, sums and true counts place by place."""

    def __init__(
        self, known: Mapping[Where, tuple[int, int]], links: Links, exact: Exact, small: int
    ) -> None:
        self.links, self.exact, self.small = links, exact, small
        self.places: dict[Where, int] = {}
        self.bounds: list[tuple[int, int]] = []
        self.truth: list[int | None] = []
        self.sums: list[Sum] = []
        self.unsaid: dict[int, tuple[str, Where]] = {}
        self.whole_of = cache(links.whole_of)
        for count in sorted(known, key=sorted):
            self._place(count, known[count])
        self.printed = self._sorted_by_whole(known)

    def net(self) -> Net:
        for one in self.links.made_of:
            self._make_up(one)
        parts = self._families()
        closed = {key for key, own in parts.items() if self._add_up(key, own)}
        self._cross(closed)
        self._beside()
        least, largest = zip(*self.bounds, strict=True) if self.bounds else ((), ())
        import numpy as np

        told = [count for count in self.truth if count is not None]
        truth = np.array(told, dtype=np.int64) if len(told) == len(self.truth) else None
        system = make_system(least, largest, self.sums)
        return Net(system, self.places, self.unsaid, truth)

    def _place(self, count: Where, bounds: tuple[int, int] = (0, OPEN)) -> int:
        self.places[count] = len(self.bounds)
        return self._append(bounds, self.exact(count))

    def _append(self, bounds: tuple[int, int], true: int | None) -> int:
        self.bounds.append(bounds)
        self.truth.append(true)
        return len(self.bounds) - 1

    def _make_up(self, made: MadeOf) -> None:
        """Tie the counts of a condition to those of the conditions that it is made of."""
        named = {made.whole, *made.parts}
        found = {count - named for count in self.places if count & named}
        for rest in sorted(found, key=sorted):
            if made.whole[0] in dict(rest):  # such as what is not of the whole
                continue
            top = self.links.plain({*rest, made.whole})
            whole = self.places[top] if top in self.places else self._place(top)
            counts = (self.links.plain({*rest, part}) for part in made.parts)
            own = tuple(self.places[count] for count in counts if count in self.places)
            if made.apart:
                every = len(own) == len(made.parts)
                self.sums.append(Sum((whole,), own, 0, 0 if every else OPEN))
            else:
                self.sums += [Sum((whole,), (part,), 0, OPEN) for part in own]
                if len(own) == len(made.parts):
                    self.sums.append(Sum(own, (whole,), 0, OPEN))

    def _families(self) -> dict[Family, list[Where]]:
        """The parts of each whole, kind by kind; a whole that ties kinds is placed if unprinted."""
        parts = self._sorted_by_whole(self.places)
        kinds: dict[Where, int] = defaultdict(int)
        for whole, _ in parts:
            kinds[whole] += 1
        wanted = [
            whole
            for whole, number in kinds.items()
            if whole not in self.places
            and (number > 1 or any(up in self.places for up in self._wholes(whole)))
        ]
        for whole in sorted(wanted, key=sorted):
            self._place(whole)
        return self._sorted_by_whole(self.places)

    def _sorted_by_whole(self, counts: Iterable[Where]) -> dict[Family, list[Where]]:
        found: dict[Family, list[Where]] = defaultdict(list)
        for count in counts:
            for one in _tied(count):
                found[self.whole_of(count, one)].append(count)
        for (whole, kind), own in found.items():
            if len(kind) == 3:  # "not this one" stands beside "this one"
                this = self.links.plain({*whole, (kind[0], kind[2])})
                own += [this] if this in self.places else []
        return found

    def _wholes(self, count: Where) -> list[Where]:
        return [self.whole_of(count, one)[0] for one in _tied(count)]

    def _add_up(self, key: Family, own: list[Where]) -> bool:
        """Tie parts to their whole; whether it is known that nothing of it is left."""
        whole, kind = key
        if whole not in self.places:
            return False
        places, top = [self.places[count] for count in own], self.places[whole]
        true, of = [self.truth[place] for place in places], self.truth[top]
        told = None if of is None or None in true else sum(t for t in true if t is not None)
        listed = self._lists_all(key, own)
        if len(kind) > 1 or kind[0] in self.links.single:
            left = None if told is None or of is None else of - told
            self._parted(whole, own, left, listed=listed)
            return left == 0 and listed
        for count, place in zip(own, places, strict=True):
            self.sums.append(Sum((top,), (place,), 0, OPEN))
            self._rest_of(whole, count)
        if listed and len(own) > 1 and told is not None and of is not None and told >= of:
            self.sums.append(Sum(tuple(places), (top,), 0, OPEN))
        return False

    def _lists_all(self, key: Family, own: list[Where]) -> bool:
        """Whether a table lists every label here that it lists of a larger group of cases.

        One that is missing may have been left out because its count is small.
        """
        whole, kind = key
        if len(kind) > 1:  # recorded and not, or this label and all others
            return len(own) > 1
        listed = _labels(own, kind[0])
        above = (
            up
            for one in _tied(whole)
            if one[0] != kind[0]
            for up in (self.whole_of(whole, one)[0], self.links.plain(whole - {one}))
        )
        return all(_labels(self.printed.get((up, kind), []), kind[0]) <= listed for up in above)

    def _parted(self, whole: Where, own: list[Where], left: int | None, *, listed: bool) -> None:
        """Parts that do not overlap, and what is ``left`` of their whole, unless all are listed."""
        parts, top = tuple(self.places[count] for count in own), self.places[whole]
        if left is None:
            self.sums.append(Sum((top,), parts, 0, OPEN))
            return
        if left or not listed:
            rest = self._append((0, OPEN), left)
            if left <= self.small:
                self.unsaid[rest] = LEFT, whole
            parts = (*parts, rest)
        self.sums.append(Sum((top,), parts))
        if len(parts) > 2:
            for count in own:
                self._rest_of(whole, count)

    def _rest_of(self, whole: Where, count: Where) -> None:
        """A place for what a count leaves of its whole, where that is small."""
        true, of = self.truth[self.places[count]], self.truth[self.places[whole]]
        if true is None or of is None or of - true > self.small:
            return
        rest = self._append((0, OPEN), of - true)
        self.sums.append(Sum((self.places[whole],), (self.places[count], rest)))
        self.unsaid[rest] = BESIDE, count

    def _cross(self, closed: set[Family]) -> None:
        """Of two conditions, cases with neither are no fewer than none.

        Where the parts by one condition leave nothing of their whole, that follows already.
        """
        for count in [count for count in self.places if len(count) > 1]:
            for one, other in combinations(_tied(count), 2):
                up, kind = self.whole_of(count, one)
                side, other_kind = self.whole_of(count, other)
                if other not in up or {(up, kind), (side, other_kind)} & closed:
                    continue
                top, _ = self.whole_of(up, other)
                if {up, side, top} <= self.places.keys():
                    plus = self.places[top], self.places[count]
                    minus = self.places[up], self.places[side]
                    self.sums.append(Sum(plus, minus, 0, OPEN))

    def _beside(self) -> None:
        """All others of a group, those without the field too, where a table prints the group."""
        for count in list(self.places):
            for name, label in _tied(count):
                up = self.links.plain(count - {(name, label)})
                plain = label not in (ANY, NONE) and not label.startswith(_NOT)
                if plain and up in self.places and up != self.whole_of(count, (name, label))[0]:
                    self.sums.append(Sum((self.places[up],), (self.places[count],), 0, OPEN))
                    self._rest_of(up, count)


def _labels(counts: list[Where], name: str) -> set[str]:
    """The labels of field ``name`` in the conditions of ``counts``."""
    return {label for count in counts for field_, label in count if field_ == name}


def _tied(count: Where) -> list[Condition]:
    """The conditions of a count by which it is part of a larger one."""
    return sorted(one for one in count if one[0] != ALONE)
