"""One coder at work on one sheet: what is asked, what was answered, and how it is kept at once.

    sheet = open_sheet(find_folder(study), "AB")
    unit = sheet.units[first_open(sheet)]
    kept = keep(sheet, Change(unit.key, "concern", "yes"))

The sheet is the coder's CSV file, and nothing else is: no other coder's answers and no chances
are read. Of it one cell is changed at a time, so that everything else stays as it was written.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbench.coding import read_sample, read_sheets
from workbench.coding.sample import UNIT
from workbench.coding.sheets import NOTE
from workbench.errors import SourceError, WorkbenchError, suggest
from workbench.files import write_bytes
from workbench.labelling.answers import Change, Sheet, Unit, apply, parse_sheet, value_of
from workbench.labelling.cases import SAMPLE, default_folder
from workbench.labelling.raw import read_raw
from workbench.study import Study
from workbench.tone.markers import TONES


@dataclass(frozen=True)
class Kept:
    """The sheet after a change, whether it was ``saved``, and what the coder must know, if any."""

    sheet: Sheet
    saved: bool = True
    said: str = ""


def find_folder(study: Study) -> Path:
    """Where the study's draw lies: where ``workbench label draw`` puts it, run from any folder.

    Raises ``WorkbenchError`` where nothing was drawn.
    """
    # Notebooks run in a folder below the one that the command is run from.
    above = (*Path.cwd().parents, *study.folder.parents)
    private = (folder / "corpora" / "private" / study.name / "labels" for folder in above)
    for folder in (default_folder(study), *private, study.folder / "labels"):
        if (folder / SAMPLE).is_file():
            return folder
    raise WorkbenchError(
        f"Nothing was drawn for '{study.name}' yet. Draw first (workbench label draw), or give the "
        "folder of the draw: folder=..."
    )


def open_sheet(folder: Path | str, coder: str) -> Sheet:
    """The sheet of ``coder`` in ``folder``.

    Raises ``WorkbenchError`` where there is none, where it cannot be read, and where the coder's
    workbook is filled in, which answers given here would contradict.
    """
    target = Path(folder)
    found = {path.stem.removeprefix("label-"): path for path in sorted(target.glob("label-*.csv"))}
    if coder not in found:
        raise WorkbenchError(
            f"There is no sheet label-{coder}.csv in {target}.{suggest(coder, list(found))}"
        )
    book = target / f"label-{coder}.xlsx"
    if book.is_file() and read_sheets([book], dimensions=TONES)["value"].notna().any():
        raise WorkbenchError(
            f"{book} is filled in already. Go on there; or save it from the spreadsheet program as "
            f"{found[coder].name} (CSV UTF-8), move it out of the folder, and go on here."
        )
    return read_sheet(found[coder])


def read_sheet(path: Path) -> Sheet:
    """The sheet at ``path``; all that ``read_sheets`` refuses is refused here too."""
    sample = path.parent / SAMPLE
    drawn = read_sample(sample) if sample.is_file() else None
    coders = read_sheets([path], sample=drawn, dimensions=TONES)["coder"].unique()
    if len(coders) > 1:
        raise WorkbenchError(
            f"{path} holds rows of {len(coders)} coders. Give each coder a sheet of their own."
        )
    return parse_sheet(read_raw(_bytes(path), path, columns=(*UNIT, "coder")))


def first_open(sheet: Sheet) -> int | None:
    """The place of the first unit that is not labelled; None where all are."""
    return next((n for n, unit in enumerate(sheet.units) if not unit.labelled), None)


def count_labelled(sheet: Sheet) -> int:
    """How many units are labelled."""
    return sum(unit.labelled for unit in sheet.units)


def keep(sheet: Sheet, change: Change) -> Kept:
    """Save ``change`` in the sheet's file at once, with all that was written there meanwhile.

    Where the very thing that ``change`` is about was changed there by somebody else, nothing is
    saved. Where something that ``sheet`` holds is no longer there, a copy of it as it was is put
    beside it. Both are said.
    """
    with _alone(sheet.path.parent):
        now = _look_again(sheet)
        said = _say_changed(sheet, now)
        before, there = value_of(sheet, change), value_of(now, change)
        if there not in (before, change.value):
            return Kept(now, False, f"{_say_clash(change, there)} {said}".strip())
        made = apply(now, change)
        if made.raw.text != now.raw.text:
            write_bytes(made.path, made.raw.data, private=True)
    return Kept(made, True, said)


def _look_again(sheet: Sheet) -> Sheet:
    """The sheet as its file has it now; the same where nothing was changed there."""
    if _bytes(sheet.path) == sheet.raw.data:
        return sheet
    now = read_sheet(sheet.path)
    known = {unit.key for unit in sheet.units}
    if now.tones != sheet.tones or {unit.key for unit in now.units} != known:
        raise WorkbenchError(
            f"{sheet.path} has other rows or columns than when it was opened here. Run the cell "
            "again to go on with it as it is now."
        )
    return now


def _say_changed(sheet: Sheet, now: Sheet) -> str:
    """What became of the sheet elsewhere; what would be lost by it is put aside first."""
    if now is sheet:
        return ""
    said = "The sheet was changed elsewhere while it was open here; those changes are kept."
    held = {unit.key: unit for unit in sheet.units}
    lost = sum(_differing(held[unit.key], unit) for unit in now.units)
    if not lost:
        return said
    numbers = range(1, 10_000)
    names = (sheet.path.with_name(f"aside-{sheet.path.stem}-{n}.csv") for n in numbers)
    aside = next(path for path in names if not path.exists())
    write_bytes(aside, sheet.raw.data, private=True)
    return (
        f"{said} {lost} answers or notes that stood here read otherwise now, or are gone: the "
        f"sheet as it stood here is put aside in {aside.name}."
    )


def _differing(held: Unit, now: Unit) -> int:
    """How many answers and notes ``held`` has that ``now`` has not."""
    before = [*held.answers.values(), held.note]
    return sum(
        a not in ("", b) for a, b in zip(before, [*now.answers.values(), now.note], strict=True)
    )


def _say_clash(change: Change, there: str) -> str:
    if change.column == NOTE:
        return (
            "Not saved: this note was changed elsewhere and now reads "
            f"‘{there}’. Yours still stands in the box; change it to save it."
        )
    reads = f"answered ‘{there}’" if there else "taken back"
    return (
        f"Not saved: ‘{change.column}’ was {reads} elsewhere. Your ‘{change.value or 'no answer'}’ "
        "was not written; choose again if it is to hold."
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"{path} cannot be read ({error.strerror}). Put the sheet back, and choose again."
        ) from None


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other windows from writing between a look at the sheet and its replacement.

    The lock ends with the process, however that ends. Where the system has no such lock, what is
    left is the moment between the two.
    """
    try:
        import fcntl

        handle = os.open(folder, os.O_RDONLY)
    except (ImportError, OSError):
        yield
        return
    try:
        with contextlib.suppress(OSError):
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
