"""Where the names of the columns stand, under whatever banners a sheet carries above them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.cases.cells import Cell, harmless
from workbench.errors import SourceError, place

SEARCHED = 30
"""Rows from the top among which the heading is sought."""

Row = Sequence[Cell]


@dataclass(frozen=True)
class Heading:
    """``index`` of the heading's row, from 0; ``names`` of the columns, "" for one without."""

    index: int
    names: tuple[str, ...]
    known: int = 0

    @property
    def width(self) -> int:
        """Columns up to the last that has a name."""
        return len(self.names)


def find_heading(
    rows: Sequence[Row], *, path: Path, columns: Sequence[str] = (), given: int | None = None
) -> Heading:
    """The heading among ``rows``: the row ``given`` (from 1), else the first that fits best.

    That is the row, of the first ones, that holds most of ``columns``, the names which the study
    uses; where it uses none of them, the first row about as full as those below it. Under a
    merged group of columns, names of the row above count too. Raises ``SourceError`` where there
    is none, or where it names a column twice.
    """
    wanted = {tidy(name): name for name in columns}
    if given is not None:
        heading = _heading_at(rows, given - 1, wanted)
        if not heading.names:
            raise SourceError(
                f"{place(path, row=given)} is empty or not there, so it cannot be the heading. "
                "Mend 'heading' under [[sources]]."
            )
    else:
        heading = _best(rows, wanted, path)
    return _each_once(heading, path, only=set(columns))


def tidy(cell: Cell) -> str:
    """A name of a column without outer space, line breaks and doubled spaces."""
    return " ".join(harmless(cell).strip("\ufeff").split())


def _best(rows: Sequence[Row], wanted: dict[str, str], path: Path) -> Heading:
    found = [_heading_at(rows, index, wanted) for index in range(min(SEARCHED, len(rows)))]
    best = max(found, key=lambda heading: heading.known, default=None)
    if best is not None and best.known:
        return best
    filled = [sum(bool(tidy(cell)) for cell in row) for row in rows[:SEARCHED]]
    counts = sorted(count for count in filled if count)
    if not counts:
        raise SourceError(f"{path} is empty. Export the cases again, with a heading row.")
    usual = counts[(len(counts) - 1) // 2]
    enough = max(min(2, counts[-1]), 0.6 * usual)
    return found[next(index for index, count in enumerate(filled) if count >= enough)]


def _heading_at(rows: Sequence[Row], index: int, wanted: dict[str, str]) -> Heading:
    own = [tidy(cell) for cell in rows[index]] if 0 <= index < len(rows) else []
    above = [tidy(cell) for cell in rows[index - 1]] if 0 < index <= len(rows) else []
    if any(own):
        own += [""] * (len(above) - len(own))
        above += [""] * (len(own) - len(above))
        own = [
            name or (upper if upper in wanted and upper not in own else "")
            for name, upper in zip(own, above, strict=True)
        ]
    while own and not own[-1]:
        own.pop()
    known = len(wanted.keys() & set(own))
    return Heading(index, tuple(wanted.get(name, name) for name in own), known)


def _each_once(heading: Heading, path: Path, *, only: set[str]) -> Heading:
    """A name that stands twice is refused if it is used; the later ones of others are numbered."""
    names = heading.names
    doubled = sorted({name for name in names if name and names.count(name) > 1})
    refused = [name for name in doubled if not only or name in only]
    if refused:
        raise SourceError(
            f"{place(path, row=heading.index + 1)}: the heading names "
            f"{', '.join(map(repr, refused))} more than once. Give each column a name of its own."
        )
    numbered = [
        f"{name} ({names[: place_ + 1].count(name)})" if name in names[:place_] and name else name
        for place_, name in enumerate(names)
    ]
    return Heading(heading.index, tuple(numbered), heading.known)
