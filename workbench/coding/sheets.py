"""Label sheets: one a coder, as a workbook and as CSV, and how they are read back.

A sheet shows a unit and empty cells, never its stratum or a prediction, so that nobody is led.
Sheets hold redacted case text all the same: they are written for their owner alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cases.tables import read_table
from workbench.coding.sample import UNIT, WHOLE_TEXT
from workbench.errors import WorkbenchError, place, suggest
from workbench.files import write_bytes, write_text
from workbench.privacy.escape import escape, escape_cells

if TYPE_CHECKING:
    import pandas as pd

TEXT, NOTE = "text", "note"
FIXED = (*UNIT, "coder", TEXT, NOTE)
"""The columns of a sheet that are no dimension."""

CODING_COLUMNS = (*UNIT, "dimension", "coder", "value", "note")
"""The columns of codings: one row a unit, dimension and coder; ``value`` 1, 0 or missing."""

WHOLE = "whole text"
"""What a sheet says in place of a sentence's number where the unit is a whole text."""

_CELL_LIMIT = 32_000  # Excel drops a longer cell altogether
_CODER = re.compile(r"[\w-]+(?: [\w-]+)*")
_VALUES = {"1": 1, "0": 0, "": None}
_ROW_WIDTHS = {"text_id": 14, "sentence": 10, "coder": 8, TEXT: 80, NOTE: 30}


def write_sheets(
    sample: pd.DataFrame,
    folder: Path | str,
    *,
    coders: Sequence[str],
    dimensions: Sequence[str],
    guide: pd.DataFrame,
) -> list[Path]:
    """Write ``label-CODER.xlsx`` and ``label-CODER.csv`` for each coder; the paths written.

    ``sample`` has ``text_id``, ``sentence`` and ``text`` (redacted). A sheet has one row a unit
    and one empty column a dimension, which takes 1 (shows it), 0 (does not) or nothing (not
    judged). ``guide`` fills the workbook's second sheet as it is. Text is never a formula. Raises
    ``WorkbenchError`` for names that cannot be used and for sheets that are there already, since
    somebody may have filled them in.
    """
    _check_names(coders, dimensions)
    paths = [Path(folder) / f"label-{coder}{end}" for coder in coders for end in (".xlsx", ".csv")]
    for path in paths:
        if path.exists():
            raise WorkbenchError(
                f"{path} is there already, and may be filled in. Move it away, or choose another "
                "folder."
            )
    for path, coder in zip(paths, (name for name in coders for _ in range(2)), strict=True):
        sheet = _sheet(sample, coder, dimensions)
        if path.suffix == ".xlsx":
            write_bytes(path, _workbook(sheet, dimensions, guide), private=True)
        else:
            write_text(path, _csv(sheet), private=True)
    return paths


def read_sheets(
    paths: Sequence[Path | str],
    *,
    sample: pd.DataFrame | None = None,
    dimensions: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Codings from filled-in sheets (.xlsx or .csv): columns as ``CODING_COLUMNS``.

    With ``sample`` a row that was not drawn is refused, with ``dimensions`` a column that is not
    known. Raises ``WorkbenchError`` that names file, row, column and mend.
    """
    import pandas as pd

    parts = [_read_sheet(Path(path), dimensions) for path in paths]
    if not parts:
        raise WorkbenchError("No sheet was given. Name the files that the coders filled in.")
    _refuse_doubles(parts)
    if sample is not None:
        known = set(zip(sample["text_id"].astype(str), sample["sentence"], strict=True))
        for part in parts:
            drawn = [unit in known for unit in zip(part["text_id"], part["sentence"], strict=True)]
            _refuse(
                ~pd.Series(drawn, index=part.index),
                part,
                "text_id",
                "with 'sentence' names no unit of the sample. Restore both from the sheet as it "
                "was handed out, and fill in the .xlsx rather than the .csv",
            )
    codings = pd.concat(parts, ignore_index=True)[list(CODING_COLUMNS)]
    return codings.astype({"value": "Int64", "sentence": "int64"})


def write_sample(sample: pd.DataFrame, path: Path | str) -> Path:
    """Write who was drawn and with which probability, without the text; keep it with the sheets."""
    import csv

    kept = escape_cells(sample[[*UNIT, "stratum", "inclusion"]])
    # Every digit is kept: estimates are weighted by these.
    text = kept.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")
    return write_text(path, text, private=True)


def read_sample(path: Path | str) -> pd.DataFrame:
    """The sample that ``write_sample`` wrote: text_id, sentence, stratum, inclusion."""
    import pandas as pd

    frame = read_table(Path(path)).frame
    for column in (*UNIT, "stratum", "inclusion"):
        _need(column, frame, Path(path))
    numbers = frame[["sentence", "inclusion"]].apply(pd.to_numeric, errors="coerce")
    wrong = numbers.isna().any(axis=1) | ~numbers["inclusion"].between(0, 1, inclusive="right")
    _refuse(
        wrong, frame.assign(file=str(path)), "inclusion", "is damaged. Restore the file as written"
    )
    return frame.assign(
        **{name: frame[name].map(as_written) for name in ("text_id", "stratum")},
        sentence=numbers["sentence"].astype("int64"),
        inclusion=numbers["inclusion"],
    ).reset_index(drop=True)


def _sheet(sample: pd.DataFrame, coder: str, dimensions: Sequence[str]) -> pd.DataFrame:
    """A coder's sheet as strings that are safe in a cell."""
    import pandas as pd

    numbers = [WHOLE if number == WHOLE_TEXT else str(number) for number in sample["sentence"]]
    return pd.DataFrame(
        {
            "text_id": [escape(str(own), form="cell") for own in sample["text_id"]],
            "sentence": numbers,
            "coder": coder,
            TEXT: [_cut(escape(text, form="cell")) for text in sample[TEXT]],
            **dict.fromkeys(dimensions, ""),
            NOTE: "",
        }
    )


def _cut(text: str) -> str:
    return text if len(text) <= _CELL_LIMIT else f"{text[:_CELL_LIMIT]} [cut: the text goes on]"


def _csv(sheet: pd.DataFrame) -> str:
    """The sheet as CSV with a byte-order mark, without which Excel misreads accents."""
    import csv

    return "\ufeff" + sheet.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\n")


def _workbook(sheet: pd.DataFrame, dimensions: Sequence[str], guide: pd.DataFrame) -> bytes:
    """The sheet and the guide as a workbook; the same content gives the same bytes."""
    from datetime import datetime

    import xlsxwriter

    file = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": datetime(2000, 1, 1)})
    labels = _lay_out(book, "Labels", sheet, _ROW_WIDTHS)
    for column in (sheet.columns.get_loc(name) for name in dimensions):
        rule = {
            "validate": "list",
            "source": [1, 0],
            "ignore_blank": True,
            "error_title": "1, 0 or empty",
            "error_message": "Write 1 (shows it) or 0 (does not), or leave the cell empty.",
        }
        labels.data_validation(1, column, max(len(sheet), 1), column, rule)
    labels.freeze_panes(1, 0)
    _lay_out(book, "Guide", guide.astype(str), {}, width=50)
    book.close()
    return file.getvalue()


def _lay_out(
    book: Any, name: str, frame: pd.DataFrame, widths: dict[str, int], *, width: int = 15
) -> Any:
    sheet = book.add_worksheet(name)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "text_wrap": True})
    for column, title in enumerate(frame.columns):
        sheet.set_column(column, column, widths.get(str(title), width), wrapped)
        sheet.write_string(0, column, escape(str(title), form="cell"), heading)
        for row, value in enumerate(frame[title], start=1):
            if value != "":
                sheet.write_string(row, column, escape(value, form="cell"), wrapped)
    return sheet


def _read_sheet(path: Path, dimensions: Sequence[str] | None) -> pd.DataFrame:
    """One sheet's codings, under the rows of the file, with a column ``file``."""
    import pandas as pd

    table = read_table(path)
    if table.bad_rows:
        bad = table.bad_rows[0]
        raise WorkbenchError(f"{place(path, row=bad.row)}: {bad.reason}; {bad.mend}.")
    frame = table.frame
    for column in (*UNIT, "coder"):
        _need(column, frame, path)
    found = [name for name in frame.columns if name and name not in FIXED]
    for name in found:
        if dimensions is not None and name not in dimensions:
            raise WorkbenchError(
                f"{place(path, column=name)}: it is no dimension that was asked for."
                f"{suggest(name, list(dimensions))} Take the column out; remarks go under '{NOTE}'."
            )
    if not found:
        raise WorkbenchError(f"{path} has no column of a dimension. Use the sheet handed out.")
    frame = frame.assign(file=str(path), sentence=_numbers(frame, path))
    frame["text_id"] = frame["text_id"].str.strip().map(as_written)
    frame["coder"] = frame["coder"].str.strip()
    _refuse(frame["coder"] == "", frame, "coder", "is empty. Write who filled in the row")
    notes = frame[NOTE] if NOTE in frame else pd.Series("", index=frame.index)
    parts = []
    for name in found:
        cells = frame[name].str.strip()
        wrong = ~cells.isin(_VALUES)
        _refuse(wrong, frame, name, "is neither 1 nor 0 nor empty. Write one of these")
        values = cells.map(_VALUES).astype("Int64")
        parts.append(
            frame[[*UNIT, "coder", "file"]].assign(dimension=name, value=values, note=notes)
        )
    return pd.concat(parts)


def _numbers(frame: pd.DataFrame, path: Path) -> pd.Series:
    import pandas as pd

    written = frame["sentence"].str.strip()
    numbers = pd.to_numeric(written.replace(WHOLE, str(WHOLE_TEXT)), errors="coerce")
    wrong = numbers.isna() | (numbers != numbers.round())
    _refuse(
        wrong,
        frame.assign(file=str(path)),
        "sentence",
        "is not a number of a sentence. Restore it from the sheet as it was handed out",
    )
    return numbers.astype("int64")


def _refuse_doubles(parts: list[pd.DataFrame]) -> None:
    """One coder must not judge a unit twice, in one sheet or in two."""
    import pandas as pd

    together = pd.concat(parts)
    doubled = together.duplicated([*UNIT, "dimension", "coder"])
    _refuse(
        doubled,
        together,
        "text_id",
        "stands a second time for this coder, here or in another sheet. Keep one row, and give "
        "either the .xlsx or the .csv of a coder",
    )


def _refuse(wrong: pd.Series, frame: pd.DataFrame, column: str, fault: str) -> None:
    """Raise for the first row at fault; ``frame`` is indexed by row and has ``file``."""
    rows = wrong.to_numpy().nonzero()[0]
    if len(rows):
        where = place(frame["file"].iloc[rows[0]], row=int(frame.index[rows[0]]), column=column)
        more = f" ({len(rows) - 1} more like it.)" if len(rows) > 1 else ""
        raise WorkbenchError(f"{where}: the cell {fault}.{more}")


def _need(column: str, frame: pd.DataFrame, path: Path) -> None:
    if column not in frame.columns:
        raise WorkbenchError(
            f"{path} has no column '{column}'.{suggest(column, list(frame.columns))} Use the file "
            "as it was written."
        )


def as_written(text: str) -> str:
    """``text`` as it was before it was made safe for a cell."""
    bare = text.removeprefix("'")
    return bare if text != bare and escape(bare, form="cell") == text else text


def _check_names(coders: Sequence[str], dimensions: Sequence[str]) -> None:
    folded = [coder.casefold() for coder in coders]
    if not coders or len(set(folded)) < len(folded):
        raise WorkbenchError("Name at least one coder, and each coder once.")
    for coder in coders:
        if not _CODER.fullmatch(coder):
            raise WorkbenchError(
                "A coder's name stands in the name of a file: use letters, digits, '-' and '_'."
            )
    if not dimensions:
        raise WorkbenchError("Name at least one dimension to label.")
    for name in dimensions:
        if name in FIXED:
            raise WorkbenchError(f"A dimension cannot be called '{name}'. Choose another name.")
