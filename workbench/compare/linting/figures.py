"""Printed figures in the shape that the rules read, whichever tables they come from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    import pandas as pd

FIGURE_COLUMNS = {
    "report": "str",
    "table": "str",
    "title": "str",
    "label": "str",
    "count": "Int64",
    "percent": "Float64",
    "decimals": "Int64",
    "base": "Int64",
    "whole": "bool",
}
"""What the linter reads of printed figures: ``percent`` in points with the ``decimals`` that were
printed, ``base`` where it is stated, ``whole`` where the table shows all its labels.
"""

PERIOD_TABLE = "period"
"""The ``table`` of the row that says how many cases a report is about."""

CASES, SUBJECT_WORDS, TAKEDOWNS = "cases", "subject words", "takedowns"
"""What a printed table may count beside a field, as [published.fields] names it."""

GENERAL_LABELS = frozenset(
    "other|others|unknown|none|not known|not stated|not recorded|not specified|n/a|yes|no".split(
        "|"
    )
)
"""Labels that mean another thing in each table, so that alike names say nothing."""

_WORDS = re.compile(r"\bwords?\b", re.IGNORECASE)
_TAKEDOWNS = re.compile(r"\btake-?downs?\b|\burls?\b", re.IGNORECASE)
_PART = re.compile(r"\btop\b|\bmost (?:common|frequent)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\bseveral\b|\bmore than one\b|\ball that apply\b", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:grand |sub-?)?totals?|sum|overall|all(?: cases| enquiries)?", re.IGNORECASE
)
_COMPARISON = ("label", "group", "n", "base", "share")
_SHARE_DECIMALS = 6
_FLOATS = dict.fromkeys(("n", "percent", "decimals"), "float64")


@dataclass(frozen=True)
class Material:
    """All that the rules look at.

    ``figures`` has FIGURE_COLUMNS (the count as ``n``, all numbers as floats) and ``matter`` (the
    field that a table counts, or its title in lower case), ``key`` (the label in lower case),
    ``counts`` ("labels", or one of CASES, SUBJECT_WORDS, TAKEDOWNS) and ``total`` (whether the row
    is a total). ``claims`` has the columns of ``read_claims`` and ``source``, ``matter`` and
    ``key``. ``banners`` are the study's own. ``unmatched`` has, for each text, how many of its
    sentences that give figures of a label found no printed one, and how many there are.
    """

    figures: pd.DataFrame
    claims: pd.DataFrame
    banners: frozenset[str]
    unmatched: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def cases(self) -> dict[str, int]:
        """How many cases each report is about, where it says so."""
        rows = self.figures[(self.figures["counts"] == CASES) & self.figures["n"].notna()]
        return {str(row.report): int(row.n) for row in rows_of(rows)}

    @cached_property
    def labels(self) -> pd.DataFrame:
        """The figures that count cases by label, without rows of totals."""
        return self.figures[(self.figures["counts"] == "labels") & ~self.figures["total"]]

    @cached_property
    def tables(self) -> list[Table]:
        """The tables that count cases by label, in the order printed."""
        chosen = self.figures[self.figures["counts"] == "labels"]
        grouped = chosen.groupby(["report", "table", "title"], sort=False)
        return [_table(rows, self) for _, rows in grouped]

    @cached_property
    def table_at(self) -> dict[tuple[str, str, str], Table]:
        """The tables by report, table and title."""
        return {(found.report, found.table, found.title): found for found in self.tables}


@dataclass(frozen=True)
class Table:
    """One printed table that counts cases by label.

    ``rows`` are its figures without totals; ``total`` is what a row of totals says, ``base`` the
    one base stated for all rows, ``cases`` the report's; each None where it is not printed.
    ``several`` says whether a case may carry several of its labels.
    """

    report: str
    table: str
    title: str
    matter: str
    rows: pd.DataFrame
    cases: int | None
    base: int | None
    total: int | None
    several: bool

    @property
    def sum(self) -> int:
        """The sum of the printed counts."""
        return int(self.rows["n"].sum())

    @property
    def whole(self) -> bool:
        """Whether the table shows a count for each of its labels, two at least."""
        counted = len(self.rows) > 1 and bool(self.rows["n"].notna().all())
        return counted and bool(self.rows["whole"].all())

    @property
    def expected(self) -> int | None:
        """What the rows should sum to where a case has one label: the base if stated, or all."""
        return self.base if self.base is not None else self.cases

    @property
    def name(self) -> str:
        """How the table is called in a finding."""
        return name_table(self.table, self.title)

    @property
    def bases(self) -> dict[str, int]:
        """What its shares may be of, the likeliest first: the size of each base by its name."""
        found = {
            "the stated base": self.base,
            "all cases": self.cases,
            "the total row": self.total,
            "the sum of the rows": self.sum if self.whole else None,
        }
        return {name: size for name, size in found.items() if size}


def prepare(
    printed: pd.DataFrame,
    claims: pd.DataFrame,
    *,
    fields: Mapping[str, str],
    banners: frozenset[str],
) -> Material:
    """Figures and claims as the rules read them; ``fields`` says what titles count.

    Whatever else ``printed`` holds, such as notes, is left behind here. Raises ``WorkbenchError``
    where a column is missing.
    """
    missing = [name for name in FIGURE_COLUMNS if name not in printed.columns]
    if missing:
        raise WorkbenchError(
            f"These are not printed figures: {', '.join(missing)} is missing. Read them with "
            "read_published, or turn a comparison into them with from_comparison."
        )
    figures = printed[list(FIGURE_COLUMNS)].rename(columns={"count": "n"})
    figures = figures.astype(_FLOATS | {"base": "float64"}).reset_index(drop=True)
    titles = list(zip(figures["table"], figures["title"], strict=True))
    figures = figures.assign(
        matter=[matter_of(title, fields) for _, title in titles],
        key=[label.casefold() for label in figures["label"]],
        counts=[_what_counts(table, title, fields) for table, title in titles],
        total=[_TOTAL.fullmatch(label.strip()) is not None for label in figures["label"]],
    )
    claims = claims.astype(_FLOATS).assign(
        matter=[matter_of(title, fields) for title in claims["title"]],
        key=[label.casefold() for label in claims["label"]],
    )
    return Material(figures, claims, frozenset(word.casefold() for word in banners))


def from_comparison(frame: pd.DataFrame, title: str, *, table: str = "") -> pd.DataFrame:
    """A comparison frame as printed figures: each of its groups stands as a report.

    Needs the columns label, group, n, base and share (see ``compare_shares``); raises
    ``WorkbenchError`` where one is missing.
    """
    import pandas as pd

    missing = [name for name in _COMPARISON if name not in frame.columns]
    if missing:
        raise WorkbenchError(
            f"The table '{title}' is no comparison: it lacks the column {', '.join(missing)}."
        )
    titles = f"{title}: " + frame["field"].astype("str") if "field" in frame.columns else title
    made = pd.DataFrame(
        {
            "report": frame["group"],
            "table": table or title,
            "title": titles,
            "label": frame["label"],
            "count": pd.to_numeric(frame["n"]),
            "percent": 100 * pd.to_numeric(frame["share"]),
            "decimals": _SHARE_DECIMALS,
            "base": pd.to_numeric(frame["base"]),
            "whole": False,
        }
    )
    return made.astype(FIGURE_COLUMNS).reset_index(drop=True)


def rows_of(frame: pd.DataFrame) -> Any:
    """The rows of a frame as named tuples."""
    return frame.itertuples(index=False)


def is_comparison(columns: list[str]) -> bool:
    """Whether a table with these columns is a comparison frame."""
    return set(_COMPARISON) <= set(columns)


def matter_of(title: str, fields: Mapping[str, str]) -> str:
    """What a title is about: the field that the study maps it to, or the title in lower case."""
    return fields.get(title, title.casefold())


def is_part(title: str) -> bool:
    """Whether a title says that only the commonest labels are shown."""
    return _PART.search(title) is not None


def name_table(table: str, title: str) -> str:
    """``Table 1 (Type of enquirer)``, or the title alone where it begins with the table."""
    return title if title.casefold().startswith(table.casefold()) else f"{table} ({title})"


def _what_counts(table: str, title: str, fields: Mapping[str, str]) -> str:
    mapped = fields.get(title)
    if mapped is not None:
        return mapped if mapped in (CASES, SUBJECT_WORDS, TAKEDOWNS) else "labels"
    if table.casefold() == PERIOD_TABLE:
        return CASES
    if _WORDS.search(title):
        return SUBJECT_WORDS
    return TAKEDOWNS if _TAKEDOWNS.search(title) else "labels"


def _table(rows: pd.DataFrame, material: Material) -> Table:
    first = rows.iloc[0]
    report, matter = str(first["report"]), str(first["matter"])
    claims = material.claims
    said = claims[(claims["kind"] == "several") & (claims["report"] == report)]
    totals = rows.loc[rows["total"] & rows["n"].notna(), "n"]
    bases = rows.loc[~rows["total"], "base"].drop_duplicates()
    return Table(
        report=report,
        table=str(first["table"]),
        title=str(first["title"]),
        matter=matter,
        rows=rows[~rows["total"]],
        cases=material.cases.get(report),
        base=int(bases.iloc[0]) if len(bases) == 1 and bases.notna().all() else None,
        total=int(totals.iloc[0]) if len(totals) else None,
        several=_SEVERAL.search(str(first["title"])) is not None or matter in set(said["matter"]),
    )
