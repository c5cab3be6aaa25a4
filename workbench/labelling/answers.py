"""What one coder answered, as it stands in the cells of a sheet, and how an answer changes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbench.coding.sample import UNIT
from workbench.coding.sheets import FIXED, NOTE, TEXT, WHOLE, as_written
from workbench.errors import WorkbenchError
from workbench.labelling.raw import Raw, write_cells
from workbench.privacy.escape import escape

YES, NO, UNSURE, OPEN = "yes", "no", "unsure", ""
"""What can be said of a tone in a unit; ``OPEN`` is not answered yet."""

LONGEST_NOTE = 2_000

Key = tuple[str, str]
"""A unit's identifier and the number of its sentence, as they stand in the sheet."""

_CELLS = {YES: "1", NO: "0", UNSURE: "", OPEN: ""}
_MARK = re.compile(r"\s*\[unsure: ([^\[\]]*)\]\s*$")


@dataclass(frozen=True)
class Unit:
    """A sentence or text to judge: an answer (or ``OPEN``) by tone, and the coder's note."""

    key: Key
    text: str
    answers: Mapping[str, str]
    note: str

    @property
    def labelled(self) -> bool:
        """Whether every tone has its answer; "unsure" is one."""
        return OPEN not in self.answers.values()


@dataclass(frozen=True)
class Sheet:
    """A coder's sheet as it was last read or written: its ``units`` in the order of the file."""

    raw: Raw
    tones: tuple[str, ...]
    units: tuple[Unit, ...]

    @property
    def path(self) -> Path:
        """Where the sheet lies."""
        return self.raw.path

    @property
    def whole(self) -> bool:
        """Whether whole texts are judged, rather than sentences."""
        return any(unit.key[1] == WHOLE for unit in self.units)

    def unit(self, key: Key) -> Unit:
        """The unit of that ``key``."""
        return next(unit for unit in self.units if unit.key == key)


@dataclass(frozen=True)
class Change:
    """What a coder says of the unit ``key``.

    ``column`` is a tone, with ``YES``, ``NO``, ``UNSURE`` or ``OPEN`` (takes the answer back) as
    ``value``; or it is "note", with the words.
    """

    key: Key
    column: str
    value: str


def parse_sheet(raw: Raw) -> Sheet:
    """The cells of ``raw`` as units; what stands where is found by the heading."""
    head = _heading(raw)
    columns = _columns(raw)
    missing = [name for name in (*UNIT, TEXT, NOTE) if name not in columns]
    if missing:
        raise WorkbenchError(
            f"{raw.path} has no column '{missing[0]}'. Use the sheet as it was handed out."
        )
    tones = tuple(name for name in columns if name and name not in FIXED)
    units = tuple(
        _unit(row, columns, tones)
        for number in range(head + 1, len(raw.records))
        if any(map(str.strip, row := raw.row(number)))
    )
    return Sheet(raw, tones, units)


def apply(sheet: Sheet, change: Change) -> Sheet:
    """The sheet with ``change`` in it, not saved.

    An answer "unsure" leaves its cell empty, as sheets have it, and is told from an open one by a
    mark at the end of the note: ``[unsure: concern, urgency]``. Line breaks in a note become
    spaces. Raises ``ValueError`` for what no sheet can hold and ``WorkbenchError`` for a note of
    more than ``LONGEST_NOTE`` characters.
    """
    unit = sheet.unit(change.key)
    answers, note = dict(unit.answers), unit.note
    if change.column == NOTE:
        note = " ".join(change.value.split())
        if len(note) > LONGEST_NOTE:
            raise WorkbenchError(f"A note holds at most {LONGEST_NOTE:,} characters. Shorten it.")
    elif change.column in answers and change.value in _CELLS:
        answers[change.column] = change.value
    else:
        raise ValueError(f"a sheet of {sheet.tones} has no answer '{change.value}' to give")
    return _rewrite(sheet, Unit(unit.key, unit.text, answers, note))


def value_of(sheet: Sheet, change: Change) -> str:
    """What ``sheet`` has where ``change`` would write."""
    unit = sheet.unit(change.key)
    return unit.note if change.column == NOTE else unit.answers.get(change.column, OPEN)


def _unit(row: list[str], columns: Mapping[str, int], tones: tuple[str, ...]) -> Unit:
    cells = {name: row[at].strip() if at < len(row) else "" for name, at in columns.items()}
    mark = _MARK.search(cells[NOTE])
    unsure = {name.strip() for name in mark.group(1).split(",")} if mark else set()
    said = {"1": YES, "0": NO}
    answers = {t: said.get(cells[t], UNSURE if t in unsure else OPEN) for t in tones}
    note = cells[NOTE][: mark.start()] if mark else cells[NOTE]
    key = (cells["text_id"], cells["sentence"])
    return Unit(key, as_written(cells[TEXT]), answers, as_written(note))


def _rewrite(sheet: Sheet, unit: Unit) -> Sheet:
    """The sheet with the cells of ``unit`` written anew where they differ."""
    columns = _columns(sheet.raw)
    record = next(
        number
        for number in range(_heading(sheet.raw) + 1, len(sheet.raw.records))
        if _key(sheet.raw.row(number), columns) == unit.key
    )
    row = sheet.raw.row(record)
    cells = {tone: _CELLS[answer] for tone, answer in unit.answers.items()}
    unsure = [tone for tone, answer in unit.answers.items() if answer == UNSURE]
    mark = f"[unsure: {', '.join(unsure)}]" if unsure else ""
    cells[NOTE] = " ".join(part for part in (escape(unit.note, form="cell"), mark) if part)
    if len(row) < len(columns):
        raise WorkbenchError(
            f"{sheet.path}: a row ends before the last column. Use the sheet as it was handed out."
        )
    changed = {
        (record, columns[name]): value
        for name, value in cells.items()
        if row[columns[name]].strip() != value
    }
    return parse_sheet(write_cells(sheet.raw, changed))


def _heading(raw: Raw) -> int:
    """The record with the names of columns: the first, but for a line ``sep=;``."""
    found = (n for n in range(len(raw.records)) if UNIT[0] in map(str.strip, raw.row(n)))
    return next(found, 0)


def _columns(raw: Raw) -> dict[str, int]:
    return {name.strip(): place for place, name in enumerate(raw.row(_heading(raw)))}


def _key(row: list[str], columns: Mapping[str, int]) -> Key:
    first, second = (
        row[columns[name]].strip() if columns[name] < len(row) else "" for name in UNIT
    )
    return first, second
