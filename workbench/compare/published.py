"""Figures printed in reports, read from files and set against the cases, cell by cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.compare.linting.cells import COUNT, PERCENT, read_cells, refuse
from workbench.compare.linting.figures import (
    CASES,
    FIGURE_COLUMNS,
    SUBJECT_WORDS,
    TAKEDOWNS,
    is_part,
    rows_of,
)
from workbench.compare.linting.follow import follows
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import describe_rule, protect_table
from workbench.study import Study
from workbench.text.words import tokenize

if TYPE_CHECKING:
    import pandas as pd

PRINTED_COLUMNS = {**FIGURE_COLUMNS, "note": "str", "file": "str", "row": "int64"}
"""The columns of printed figures with their dtypes: what rules read, and where it stands."""

CELL_COLUMNS = (
    "report",
    "table",
    "title",
    "label",
    "figure",
    "printed",
    "n",
    "base",
    "of",
    "counted",
    "difference",
    "verdict",
    "reason",
)
"""The columns of ``compare_published``."""

EQUAL, DIFFERS, NOT_COUNTABLE = "equal", "differs", "not countable"

_REQUIRED = ("report", "table", "title", "label", "count", "percent_as_printed")
_OPTIONAL = ("note", "base")


def read_published(paths: Path | str | Sequence[Path | str]) -> pd.DataFrame:
    """Printed figures from one or more files, one row a figure, with PRINTED_COLUMNS.

    A file has the columns report, table, title, label, count, percent_as_printed, and may have
    note and base (what a percentage is of). The row whose table is "period" says how many cases a
    report is about. Raises ``WorkbenchError`` that names file, row, column and mend.
    """
    import pandas as pd

    listed = [paths] if isinstance(paths, (str, Path)) else list(paths)
    frames = [_read_file(Path(path)) for path in listed]
    if not frames:
        return pd.DataFrame({n: pd.Series(dtype=kind) for n, kind in PRINTED_COLUMNS.items()})
    return pd.concat(frames, ignore_index=True)


def compare_published(
    log: CaseLog, study: Study, *, printed: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Each printed figure of a study beside what the cases give: one row a cell.

    ``printed`` is by default what [published] names. ``figure`` is "count" or "percent"; the
    columns printed and counted are counts, or percentages in points; difference is counted minus
    printed. A percentage is tried of all cases, of those with the field recorded and of all
    labels given; ``base`` and ``of`` say which reproduces it to the digits printed. ``verdict`` is
    "equal", "differs" or "not countable"; ``reason`` says why it is not equal, or of what it is.

    Unless the study is exempt from disclosure control, ``n`` and ``base`` are protected, and no
    cell gets a verdict, since it would tell the count.
    """
    import pandas as pd

    figures = printed if printed is not None else read_published(_files(study))
    inside = {name: log.in_period(name) for name in log.periods if name in set(figures["report"])}
    rows: list[tuple[Any, ...]] = []
    for (report, _, title), part in figures.groupby(["report", "table", "title"], sort=False):
        tally = _tally(inside.get(str(report)), study, report=str(report), title=str(title))
        for row in rows_of(part.rename(columns={"count": "n"})):
            start = (row.report, row.table, row.title, row.label)
            rows += [(*start, *cell) for cell in _cells(row, tally)]
    names = ["report", "table", "title", "label", "figure", "printed", "n", "base", "of"]
    frame = pd.DataFrame(rows, columns=pd.Index([*names, "verdict", "reason"]))
    return _finish(frame, study)


def _read_file(file: Path) -> pd.DataFrame:
    cells = read_cells(file, required=_REQUIRED, optional=_OPTIONAL, what="printed figures")
    for column in ("report", "title", "label"):
        for row in cells.index[cells[column] == ""]:
            refuse(file, row, column, "the cell is empty; fill it in, or take the row out")
    for row in cells.index[(cells["count"] == "") & (cells["percent_as_printed"] == "")]:
        refuse(file, row, "count", "the row has no figure; give a count or a percentage")
    frame = cells.assign(
        count=COUNT.read(cells["count"], file=file),
        percent=PERCENT.read(cells["percent_as_printed"], file=file),
        decimals=PERCENT.decimals(cells["percent_as_printed"]),
        base=COUNT.read(cells["base"], file=file),
        whole=[not is_part(title) for title in cells["title"]],
        file=file.name,
        row=cells.index,
    )
    return frame[list(PRINTED_COLUMNS)].astype(PRINTED_COLUMNS).reset_index(drop=True)


def _files(study: Study) -> list[Path]:
    if not study.published.files:
        raise WorkbenchError(
            f"The study '{study.name}' names no printed figures. List their files in study.toml "
            "under [published] files."
        )
    return [study.locate(path) for path in study.published.files]


@dataclass(frozen=True)
class Tally:
    """What the cases give for one printed table: ``counts`` by label in lower case.

    ``known`` are the labels that the field could take; ``default`` is counted for every other
    label, None where such a label is unknown. ``bases`` are what shares may be of, by name, the
    likeliest first. Where nothing can be counted, ``why`` says the reason; ``lost``
    says why fewer may be counted than there were.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    known: frozenset[str] = frozenset()
    renamed: Mapping[str, str] = field(default_factory=dict)
    default: int | None = None
    bases: Mapping[str, int] = field(default_factory=dict)
    why: str = ""
    lost: str = ""

    def count(self, label: str) -> int | None:
        """How many cases carry a printed label; None where no such label is known."""
        key = self.renamed.get(label, label).casefold()
        if key in self.counts or key in self.known:
            return self.counts.get(key, 0)
        return self.default


def _tally(inside: CaseLog | None, study: Study, *, report: str, title: str) -> Tally:
    counts = study.published.fields.get(title)
    if inside is None:
        return Tally(why="the study has no cases of that period")
    if counts is None:
        return Tally(
            why="the study does not say what this table counts; name its title in "
            "[published.fields]"
        )
    if counts == CASES:
        return Tally(default=len(inside))
    if counts == SUBJECT_WORDS:
        return _words(inside)
    if counts == TAKEDOWNS:
        return _takedowns(inside)
    name, _, label = (part.strip() for part in counts.partition("="))
    return _labels(inside, study, name, report=report, only=label)


def _labels(inside: CaseLog, study: Study, name: str, *, report: str, only: str) -> Tally:
    """The labels of a field; with ``only``, every row of the table counts that one."""
    carried = inside.membership(name).drop_duplicates()
    if carried.empty:
        return Tally(why=f"the field '{name}' is not recorded for any case of that period")
    counts = Counter(label.casefold() for label in carried["label"])
    bases = {
        "all cases": len(inside),
        "the cases that have it recorded": int(carried["case_id"].nunique()),
        "all labels given": len(carried),
    }
    described = study.fields.get(name)
    if only:
        return Tally(default=counts[only.casefold()], bases=bases)
    return Tally(
        counts=counts,
        known=frozenset(label.casefold() for label in inside.order_of(name, report)),
        renamed=described.renamed if described else {},
        bases=bases,
    )


def _words(inside: CaseLog) -> Tally:
    subjects = inside.cases["subject"].dropna()
    counts = Counter(word for line in subjects for word in tokenize(line))
    lost = (
        "names were taken out of the subject lines first, and with them words that stand in names"
        if inside.redacted
        else ""
    )
    return Tally(counts=counts, default=0, bases={"all cases": len(inside)}, lost=lost)


def _takedowns(inside: CaseLog) -> Tally:
    if inside.takedowns.empty:
        return Tally(why="the study has no takedowns of that period")
    sums = {name: int(inside.takedowns[name].sum()) for name in ("reported", "removed")}
    return Tally(counts=sums, bases={"all addresses reported": sums["reported"]})


def _cells(row: Any, tally: Tally) -> Iterator[tuple[Any, ...]]:
    """figure, printed, n, base, of, verdict, reason for the count and the percentage of a row."""
    import pandas as pd

    for figure, printed in (("count", row.n), ("percent", row.percent)):
        if pd.isna(printed):
            continue
        n = tally.count(_what_addresses(row.label, figure) if _is_takedown(tally) else row.label)
        if tally.why or n is None:
            why = tally.why or (
                "no case carries this label; if the records call it otherwise, say so in 'renamed'"
            )
            yield figure, float(printed), None, None, "", NOT_COUNTABLE, why
        elif figure == "count":
            verdict = EQUAL if n == printed else DIFFERS
            yield figure, float(printed), n, None, "", verdict, _say_gap(n, int(printed), tally)
        else:
            yield figure, float(printed), n, *_judge_share(row, n, tally)


def _say_gap(n: int, printed: int, tally: Tally) -> str:
    """By how much a count is not the printed one, and why where that is known."""
    if n == printed:
        return ""
    said = f"the cases give {abs(n - printed):,} {'more' if n > printed else 'fewer'}"
    return f"{said}: {tally.lost}" if tally.lost and n < printed else said


def _judge_share(row: Any, n: int, tally: Tally) -> tuple[int | None, str, str, str]:
    """base, of, verdict and reason of a printed percentage."""
    if not tally.bases:
        return None, "", NOT_COUNTABLE, "nothing is known that this could be a share of"
    for of, base in tally.bases.items():
        if follows(n, row.percent, row.decimals, base):
            return base, of, EQUAL, f"of {of}"
    tried = ", ".join(
        f"{100 * n / base:.{max(int(row.decimals), 1)}f}% of {of}"
        for of, base in tally.bases.items()
        if base
    )
    of, base = next(iter(tally.bases.items()))
    return base, of, DIFFERS, f"no base reproduces it: {tried}"


def _is_takedown(tally: Tally) -> bool:
    return "reported" in tally.counts and "removed" in tally.counts


def _what_addresses(label: str, figure: str) -> str:
    """Whether a row about takedowns counts addresses reported or removed, by its label."""
    plain = label.casefold()
    return "removed" if "remov" in plain or figure == "percent" else "reported"


def _finish(frame: pd.DataFrame, study: Study) -> pd.DataFrame:
    """The frame protected where it must be, with what was counted and the difference."""
    import pandas as pd

    frame = frame.astype({"printed": "float64", "n": "Int64", "base": "Int64"})
    rule = study.disclosure
    if not rule.exempt:
        frame = protect_table(frame, rule=rule).drop(columns="note", errors="ignore")
        shown = frame["verdict"] != NOT_COUNTABLE
        why = f"{describe_rule(rule)} So the cell cannot be compared."
        frame["reason"] = frame["reason"].mask(shown, why)
        frame["verdict"] = NOT_COUNTABLE
        # which base fits would tell the count
        frame = frame.assign(base=frame["base"].mask(shown), of=frame["of"].mask(shown, ""))
    share = 100 * frame["n"].astype("Float64") / frame["base"].astype("Float64")
    counted = frame["n"].astype("Float64").mask(frame["figure"] == "percent", share)
    frame["counted"] = pd.to_numeric(counted).astype("Float64")
    difference = frame["counted"] - frame["printed"]
    frame["difference"] = difference if rule.exempt else pd.NA
    frame["difference"] = frame["difference"].astype("Float64")
    return frame[list(CELL_COLUMNS)]
