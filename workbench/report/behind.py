"""What a printed figure rests on: the row of a table that it was read from, with its numbers.

The function that prints a figure says so itself, so that nobody has to guess it from the words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self, TypedDict

if TYPE_CHECKING:
    import pandas as pd

TEXT = "text"
"""What is behind a sentence that no column of a table gives."""

SOURCES = {
    "cases": "the case records",
    "rows": "the rows of the files that were read",
    "redaction": "what redaction hid",
    "links": "cases tied to an earlier one",
    "course": "the messages of each case",
    "shares": "the shares of all fields",
    "assignments": "the theme of each case",
    "agreement": "cases that several coders judged",
    "values": "the live values of the prose",
    "method": "how it was done",
}
"""What a figure may rest on besides the tables of an analysis, each in a reader's words."""

_SAMPLED = ("corrected", "agreement", "kappa", "ac1")
"""Columns that rest on the cases coded twice, not on all of the row's base."""
_INTERVALS = {"together": "odds_ratio", "month-model": "ratio", "rates": "rate"}
"""Tables in which ``low`` and ``high`` are the limits of another column than the share."""
_COUNTS = ("cases", "size", "recorded", "no_reply", "rows", "kept", "set_aside")
"""Columns that are counts themselves, of another thing than the row's ``n``."""


MOST_GROUPS = 6
"""So many groups of a table have their bases told for its caption."""


class Numbers(TypedDict):
    """The numbers of a claim, as far as there are such."""

    n: float | None
    base: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Behind:
    """One row behind a figure.

    ``frame`` is a key of the analysis' tables or of ``SOURCES``, ``where`` the row's columns and
    what they hold, ``what`` the column. ``n`` of ``base``, ``low`` and ``high`` as far as there are
    such: what disclosure control hid in the row is None.
    """

    frame: str
    where: tuple[tuple[str, str], ...] = ()
    what: str = TEXT
    n: float | None = None
    base: float | None = None
    low: float | None = None
    high: float | None = None


class Sourced(str):
    """Words to print that hold figures; ``behind`` are the rows that these were read from."""

    behind: tuple[Behind, ...]

    def __new__(cls, text: str, *behind: Behind) -> Self:
        """The words with what they rest on."""
        made = super().__new__(cls, text)
        made.behind = behind
        return made

    def then(self, more: str) -> Sourced:
        """These words, with ``more`` after them."""
        return Sourced(f"{self}{more}", *self.behind)


def behind_row(
    row: Any,
    column: str,
    *,
    frame: str,
    by: Sequence[str] = ("label", "group"),
    **columns: str,
) -> Behind:
    """What is behind ``column`` of a row of table ``frame``, which the columns ``by`` tell apart.

    ``columns`` says where ``n``, ``base``, ``low`` or ``high`` stand, if not where
    `numbers_behind` looks; "" means that there are none.
    """
    pairs = ((name, _as_text(row.get(name))) for name in by)
    where = tuple((name, held) for name, held in pairs if held)
    found = numbers_behind(row, column, table=frame)
    told = {name: _number(row, own) for name, own in columns.items()}
    return Behind(
        frame,
        where,
        column,
        n=told.get("n", found["n"]),
        base=told.get("base", found["base"]),
        low=told.get("low", found["low"]),
        high=told.get("high", found["high"]),
    )


def behind_rows(
    rows: pd.DataFrame,
    column: str,
    *,
    frame: str,
    by: Sequence[str] = ("label", "group"),
    **columns: str,
) -> tuple[Behind, ...]:
    """`behind_row` for each row in turn."""
    return tuple(
        behind_row(row, column, frame=frame, by=by, **columns) for row in rows.to_dict("records")
    )


def behind_bases(rows: pd.DataFrame, *, frame: str) -> tuple[Behind, ...]:
    """The base of each group or period of a table: what a caption or note of it rests on.

    A table of many, such as months, is told without.
    """
    by = next((name for name in ("group", "period") if name in rows.columns), None)
    if "base" not in rows.columns or not len(rows):
        return (Behind(frame),)
    if by is None:
        whole = rows["base"].iloc[0] if rows["base"].nunique() == 1 else None
        return (Behind(frame, (), "base", base=_number({"base": whole}, "base")),)
    bases = rows.groupby(by, sort=False)["base"].max()
    if len(bases) > MOST_GROUPS:
        return (Behind(frame),)
    return tuple(
        Behind(frame, ((by, _as_text(group)),), "base", base=_number({"base": base}, "base"))
        for group, base in bases.items()
    )


def numbers_behind(row: Any, column: str, *, table: str) -> Numbers:
    """Of one column of a row: its own count, base and limits, and none that are another's.

    ``reference_share`` goes with ``reference_n`` of ``reference_base``; ``median`` with
    ``median_low`` and ``median_high``; ``low`` and ``high`` belong to the share, unless the table
    gives them to another column.
    """
    whole = _INTERVALS.get(table, "share")
    own = {name: f"{column}_{name}" for name in ("low", "high")}
    if column == whole:
        own = {"low": "low", "high": "high"}
    counts = {"n": "", "base": "base"}
    if column in ("n", "base"):
        counts = {"n": "n", "base": "base"}
    elif column in _COUNTS:
        counts = {"n": column, "base": "base"}
    elif column.endswith("share"):
        side = column.removesuffix("share")
        n = "size" if f"{side}n" not in row and not side else f"{side}n"
        counts = {"n": n, "base": f"{side}base"}
    elif column.startswith(_SAMPLED):
        counts = {"n": "", "base": "coded"}
    return Numbers(
        n=_number(row, counts["n"]),
        base=_number(row, counts["base"]),
        low=_number(row, own["low"]),
        high=_number(row, own["high"]),
    )


def numbers_of(row: Any, *, limits: str = "") -> Numbers:
    """Of a row of a table; None for what is missing, hidden or no column.

    ``limits`` is what stands before "low" and "high" in the names of its interval's columns.
    """
    return Numbers(
        n=_number(row, "n"),
        base=_number(row, "base"),
        low=_number(row, f"{limits}low"),
        high=_number(row, f"{limits}high"),
    )


def behind_said(row: Any, *, frame: str, by: Sequence[str] = ("label", "group")) -> Behind:
    """What is behind a sentence on a difference: its row, with the interval of the difference."""
    found = behind_row(row, "say", frame=frame, by=by)
    return replace(found, **numbers_of(row, limits="difference_"))


def _number(row: Mapping[str, Any] | Any, name: str) -> float | None:
    import pandas as pd

    value = row.get(name)
    return None if value is None or pd.isna(value) else float(value)


def _as_text(value: Any) -> str:
    """A cell as prose would name it: months by name and year, numbers without a tail of zeros."""
    import pandas as pd

    if value is None or pd.isna(value):
        return ""
    if hasattr(value, "strftime"):
        return f"{value:%B %Y}"
    return f"{value:g}" if isinstance(value, float) else str(value)
