"""Which sheets in a folder of labels are filled in, and where coders differ."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.tables import read_table
from workbench.coding import read_sheets, write_sheets
from workbench.coding.sample import UNIT
from workbench.errors import WorkbenchError
from workbench.labelling.cases import ARBITER, TALK_OVER, keep_table
from workbench.labelling.draw import guide
from workbench.privacy.escape import escape
from workbench.tone.markers import TONES

if TYPE_CHECKING:
    import pandas as pd

_FORMS = (".xlsx", ".csv")
_LONG = 30_000  # sheets cut what a cell cannot hold


def collect_codings(folder: Path, sample: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The codings of every coder whose sheet is filled in, and the names of sheets that are not.

    Of a coder's two forms the one that is filled in counts. Raises ``WorkbenchError`` where both
    are and differ, where no sheet is filled in, and as ``read_sheets`` does.
    """
    names = sorted({path.stem for path in folder.glob("label-*") if path.suffix in _FORMS})
    if not names:
        raise WorkbenchError(f"There is no sheet (label-CODER.xlsx or .csv) in {folder}.")
    chosen, empty = [], []
    for name in names:
        path = _filled_form(folder, name, sample)
        if path is None:
            empty.append(name)
        else:
            chosen.append(path)
    if not chosen:
        raise WorkbenchError(
            f"None of the sheets in {folder} is filled in. Write 1 or 0 into the columns of the "
            "tones, save, and run the command again."
        )
    codings = read_sheets(chosen, sample=sample, dimensions=TONES)
    judged = codings.groupby("dimension", sort=False)["value"].transform("count") > 0
    return codings[judged].reset_index(drop=True), tuple(empty)


def hand_out(
    talk_over: pd.DataFrame, units: pd.DataFrame, folder: Path, *, arbiter: str
) -> tuple[Path, ...]:
    """Write the codings to talk over beside their text, and a sheet for the outcome if none is.

    ``units`` has the text of every drawn unit. Both files are for their owner alone.
    """
    shown = talk_over.merge(units[[*UNIT, "text"]], on=list(UNIT), how="left")
    for column in ("text", "note", "text_id", "coder"):
        shown[column] = [escape(str(cell), form="cell") for cell in shown[column]]
    columns = [*UNIT, "text", "dimension", "coder", "value", "note"]
    listed = keep_table(folder / TALK_OVER, shown[columns])
    if any((folder / f"label-{arbiter}{form}").exists() for form in _FORMS):
        return (listed,)
    open_units = units.merge(talk_over[list(UNIT)].drop_duplicates(), on=list(UNIT))
    tones = [tone for tone in TONES if tone in set(talk_over["dimension"])]
    sheets = write_sheets(
        open_units, folder, coders=[arbiter], dimensions=tones, guide=guide(tones)
    )
    return (listed, *sheets)


def check_arbiter(codings: pd.DataFrame, arbiter: str) -> None:
    """Raise where an arbiter was asked for by name who has coded nothing."""
    coders = sorted(codings["coder"].unique())
    if arbiter != ARBITER and arbiter not in coders:
        raise WorkbenchError(
            f"No sheet is filled in by '{arbiter}' (those that are: {', '.join(coders)}). Give "
            "with --arbiter the name in the column 'coder' of the sheet that settles differences."
        )


def count_changed(folder: Path, units: pd.DataFrame) -> int:
    """How many drawn ``units`` read otherwise now than on the sheets that were handed out."""
    paths = sorted(path for path in folder.glob("label-*") if path.suffix in _FORMS)
    shown: set[str] = set()
    for path in paths:
        frame = read_table(path).frame
        shown |= {_squash(text) for text in frame["text"]} if "text" in frame else set()
    texts = [_squash(escape(text, form="cell")) for text in units["text"]]
    return sum(text not in shown for text in texts if len(text) < _LONG) if shown else 0


def _filled_form(folder: Path, name: str, sample: pd.DataFrame) -> Path | None:
    """The form of a coder's sheet that is filled in, if one is."""
    found: list[tuple[Path, pd.DataFrame]] = []
    for path in _present(folder, name):
        codings = read_sheets([path], sample=sample, dimensions=TONES)
        if codings["value"].notna().any():
            found.append((path, _judgements(codings)))
    if len(found) > 1 and not found[0][1].equals(found[1][1]):
        raise WorkbenchError(
            f"{found[0][0]} and {found[1][0].name} are both filled in, and differ. Keep the one "
            "that holds and move the other out of the folder."
        )
    return found[0][0] if found else None


def _present(folder: Path, name: str) -> Sequence[Path]:
    return [folder / f"{name}{form}" for form in _FORMS if (folder / f"{name}{form}").is_file()]


def _squash(text: str) -> str:
    return " ".join(text.split())


def _judgements(codings: pd.DataFrame) -> pd.DataFrame:
    unit = [*UNIT, "dimension", "coder"]
    kept = codings.dropna(subset=["value"]).sort_values(unit)
    return kept[[*unit, "value"]].reset_index(drop=True)
