"""A first look at a file: which column is what, and the study.toml that would read it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.counts import describe_reading
from workbench.cases.tables import Found, read_table
from workbench.dates import ISO, read_dates
from workbench.errors import SourceError

if TYPE_CHECKING:
    import pandas as pd

_FORMATS = (
    ISO,
    "%d/%m/%Y",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%m/%d/%Y",
    "%d.%m.%Y",
    "%d-%m-%Y",
    "%d %B %Y",
    "%d %b %Y",
    "%d/%m/%y",
)
_ID_WORDS = ("id", "ref", "reference", "number", "no", "case", "ticket")
_PRIVATE_WORDS = ("name", "names", "enquirer name", "school", "institution", "people")
_TICKS = {"", "0", "1", "0.0", "1.0", "yes", "no", "true", "false", "x", "y", "n"}
_MOST_LABELS = 60


def inspect_file(path: Path | str) -> str:
    """The study.toml that would read ``path``, as text, with guesses marked for checking.

    Columns are guessed from their content first and their headings second: the identifier is
    unique, dates can be read, the text is the longest, a field has few distinct values. Raises
    ``SourceError`` where no column can serve as identifier, date or text.
    """
    file = Path(path)
    table = read_table(file)
    frame = table.frame
    date, date_format, also = _guess_date(frame)
    text = _guess_text(frame, but=(date,))
    case_id = _guess_id(frame, but=(date, text))
    subject = _named(frame, ("subject", "title", "heading"), but=(date, text, case_id))
    core = {"case_id": case_id, "date": date, "text": text, "subject": subject}
    missing = [name for name in ("case_id", "date", "text") if core[name] is None]
    if missing:
        raise SourceError(
            f"{file}: no column looks like {', '.join(missing)}. A study needs an identifier, a "
            "date and a text for each case; add the column, or name it by hand in a study.toml."
        )
    taken = {column for column in core.values() if column}
    rest = [column for column in frame.columns if column and column not in taken]
    flags = [column for column in rest if _is_flag(frame[column])]
    flags = flags if len(flags) >= 3 else []
    private = [c for c in rest if c not in flags and c.strip().casefold() in _PRIVATE_WORDS]
    fields = [c for c in rest if c not in (*flags, *private) and _is_field(frame[c])]
    left = [c for c in rest if c not in (*flags, *private, *fields)]
    parts = [
        guess_head(file, date_format, also),
        _columns({name: column for name, column in core.items() if column}),
        guess_periods(read_dates(frame[str(date)], format=date_format)),
        _source(file, table.found, len(table.bad_rows)),
        *(_field(frame[column], column) for column in fields),
        _flags(flags),
        *(_private(column) for column in private),
        _unused(left),
    ]
    return "\n".join(part for part in parts if part)


def _filled(cells: pd.Series) -> pd.Series:
    return cells[cells.str.strip() != ""]


def _guess_date(frame: pd.DataFrame) -> tuple[str | None, str, str | None]:
    """The column, the format that reads most of it, and a second that reads it all as well."""
    best: tuple[float, str | None, str, str | None] = (0.5, None, ISO, None)
    for column in frame.columns:
        cells = _filled(frame[column]).head(500)
        if cells.empty:
            continue
        shares = {f: float(read_dates(cells, format=f).notna().mean()) for f in _FORMATS}
        first = max(shares, key=lambda f: shares[f])
        others = [f for f in _FORMATS if f != first and shares[f] == shares[first]]
        if shares[first] > best[0]:
            also = others[0] if others and shares[ISO] < shares[first] else None
            best = (shares[first], column, first, also)
    return best[1:]


def _guess_text(frame: pd.DataFrame, *, but: tuple[str | None, ...]) -> str | None:
    lengths = {c: float(frame[c].str.len().mean()) for c in frame.columns if c and c not in but}
    longest = max(lengths, key=lambda c: lengths[c], default=None)
    return longest if longest is not None and lengths[longest] >= 5 else None


def _guess_id(frame: pd.DataFrame, *, but: tuple[str | None, ...]) -> str | None:
    unique = [
        c
        for c in frame.columns
        if c and c not in but and frame[c].is_unique and (frame[c].str.strip() != "").all()
    ]
    named = [c for c in unique if set(re.split(r"\W+", c.casefold())) & set(_ID_WORDS)]
    return next(iter([*named, *unique]), None)


def _named(
    frame: pd.DataFrame, words: tuple[str, ...], *, but: tuple[str | None, ...]
) -> str | None:
    return next(
        (c for c in frame.columns if c not in but and any(w in c.casefold() for w in words)), None
    )


def _is_flag(cells: pd.Series) -> bool:
    values = set(cells.str.strip().str.casefold().unique())
    return bool(values - {""}) and values <= _TICKS


def _is_field(cells: pd.Series) -> bool:
    filled = _filled(cells)
    if filled.empty:
        return False
    labels = _split(filled, _separator(filled))
    return len(set(labels)) <= min(_MOST_LABELS, max(2, len(filled) // 2))


def _separator(filled: pd.Series) -> str | None:
    """The mark that splits some cells into labels which also stand alone elsewhere."""
    whole = set(filled.str.strip())
    for mark in (";", "|", ","):
        split = filled[filled.str.contains(mark, regex=False)]
        if split.empty:
            continue
        parts = _split(split, mark)
        if sum(part in whole for part in parts) >= len(parts) / 2:
            return mark
    return None


def _split(cells: pd.Series, mark: str | None) -> list[str]:
    parts = [part.strip() for cell in cells for part in (cell.split(mark) if mark else [cell])]
    return [part for part in parts if part]


def guess_head(file: Path, date_format: str, also: str | None) -> str:
    """Name, title and date format; ``also`` is a further format that would read every date."""
    name = re.sub(r"[^A-Za-z0-9]+", "-", file.name.split(".")[0]).strip("-").lower() or "study"
    lines = [
        f"# A first guess from {file.name}. Check each line; what is wrong, mend.",
        f"name = {_quote(name)}",
        f"title = {_quote(name.replace('-', ' ').capitalize())}",
        f"date_format = {_quote(date_format)}",
    ]
    if also:
        lines[-1] += f"   # {also} would read every date too: look which is meant"
    return "\n".join(lines) + "\n"


def _source(file: Path, found: Found, set_aside: int) -> str:
    """The source, and how it was read, so that a wrong reading shows."""
    lines = [f"# Read as {describe_reading(found)}."]
    if set_aside:
        lines.append(f"# {set_aside} rows do not fit; reading the study will say which and why.")
    lines += ["[[sources]]", f"path = {_quote(file.name)}"]
    if found.sheet:
        lines.append(f"sheet = {_quote(found.sheet)}")
    if found.heading > 1:
        lines.append(f"heading = {found.heading}")
    return "\n".join(lines) + "\n"


def _columns(core: dict[str, str]) -> str:
    return "[columns]\n" + "".join(f"{ours} = {_quote(column)}\n" for ours, column in core.items())


def guess_periods(dates: pd.Series) -> str:
    """One period a calendar year that has dates; a school year is for the researcher to put."""
    years = sorted({int(year) for year in dates.dropna().dt.year})
    blocks = [
        f"[[periods]]\nname = {_quote(str(year))}\nstart = {year}-01-01\nend = {year}-12-31\n"
        for year in years
    ]
    note = "# Calendar years, for want of better; put your own reporting years here.\n"
    return note + "\n".join(blocks)


def _field(cells: pd.Series, column: str) -> str:
    mark = _separator(_filled(cells))
    lines = [
        f"[fields.{_key(column)}]",
        f"column = {_quote(column)}",
        f"label = {_quote(column)}",
    ]
    if mark:
        lines += ["many = true", f"separator = {_quote(mark)}"]
    return "\n".join(lines) + "\n"


def _flags(columns: list[str]) -> str:
    if not columns:
        return ""
    listed = "".join(f"    {_quote(column)},\n" for column in columns)
    return f'[fields.labels]\nlabel = "Labels"\nflags = [\n{listed}]\n'


def _private(column: str) -> str:
    entity = "SCHOOL" if column.strip().casefold() in ("school", "institution") else "PERSON"
    return (
        f"# Names here are hidden in the texts and shown nowhere.\n[private.{_key(column)}]\n"
        f'column = {_quote(column)}\nentity = "{entity}"\n'
    )


def _unused(columns: Iterable[str]) -> str:
    named = ", ".join(columns)
    return f"# Not used (empty, or nearly every value differs): {named}\n" if named else ""


def _key(column: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "_", column).strip("_").lower() or "field"


def _quote(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
