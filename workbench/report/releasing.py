"""What a report may tell: all its counts attacked together, mended where need be, and recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from workbench.cases.log import CaseLog
from workbench.compare.arrivals import ARRIVAL, has_time, with_arrivals
from workbench.compare.hours import WEEKDAYS
from workbench.compare.measure import COMPARISON_COLUMNS, COUNTED, NOT_OFFERED, measure
from workbench.compare.seasons import calendar_days
from workbench.compare.shares import EVERYONE
from workbench.privacy.attack_tables import CELL_COLUMNS
from workbench.privacy.disclosure import SUPPRESSED, protect_counts
from workbench.privacy.guard import RefusalError, Release, guard_cells
from workbench.privacy.linked import (
    ALONE,
    ANY,
    NONE,
    PART,
    Condition,
    Links,
    MadeOf,
    Where,
    other_than,
    where,
)
from workbench.privacy.linked_tables import EXEMPT, RELEASED, summarise, withhold
from workbench.report.counted import NOTE, OWN, read_counts
from workbench.report.refusals import record_refused, with_resting
from workbench.study import Disclosure, Study

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

TEXT = "the report's text"
"""What the guard calls the totals that stand in sentences, and so cannot be withheld."""


@dataclass(frozen=True)
class Released:
    """Tables that may leave together, and the record of what was checked (see `summarise`)."""

    tables: dict[str, pd.DataFrame]
    status: pd.DataFrame


def release_tables(
    tables: Mapping[str, pd.DataFrame],
    log: CaseLog,
    study: Study,
    *,
    of_all: Callable[[str], bool],
    more: Mapping[str, pd.DataFrame] | None = None,
) -> Released:
    """The protected ``tables`` of a report as they may leave, every count of one against all.

    ``of_all`` says of which fields shares are of all cases; ``more`` gives further fields that
    tables count by (case_id, label), by name. A table of which counts could be worked out although
    others are withheld is refused: it is left out and recorded, and the rest is checked anew, until
    it may leave. Raises ``ExportError`` where that does not help either. An exempt study is
    recorded as such, with its reason.
    """
    fields = {**_fields(log, study), **(more or {})}
    people = Counter(log.cases["case_id"], fields)
    links = replace(links_of(log, people), made_of=_notes_of(log, study))
    tables = tables if study.disclosure.exempt else _listed(tables)
    refused: dict[str, str] = {}
    while True:
        cells = read_report(tables, log, people, rule=study.disclosure, of_all=of_all)
        try:
            release = guard_cells(
                cells, rule=study.disclosure, links=links, exact=people, fixed=(TEXT,)
            )
            break
        except RefusalError as found:
            if not found.tables:
                raise
            refused |= with_resting(found.tables, tables)
            tables = {name: frame for name, frame in tables.items() if name not in refused}
    safe = {
        name: _withheld(frame, cells[cells["table"] == name], release, links)
        for name, frame in tables.items()
    }
    status = summarise(cells, release, rule=study.disclosure, links=links)
    status = _with_others(status, tables, study.disclosure)
    return Released(safe, record_refused(status, refused))


def _listed(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables with a hidden count for each label that groups lack and their period lists.

    A label is left out where no case of any group has it: its absence would tell what is hidden.
    """
    import pandas as pd

    done = dict(tables)
    for name, frame in tables.items():
        kind, *rest = name.split("/", maxsplit=3)
        whole = tables.get(f"shares/{rest[-1]}") if rest else None
        if kind != "groups" or whole is None or frame.empty:
            continue
        own = whole if rest[1] == "all" else whole[whole["group"].isin([rest[1], EVERYONE])]
        offered = own.loc[~own["note"].str.contains(NOT_OFFERED, regex=False), "label"]
        absent = [label for label in offered.drop_duplicates() if label not in set(frame["label"])]
        first = frame[frame["label"] == frame["label"].iloc[0]]
        more = [first.assign(label=label, n=pd.NA, note=SUPPRESSED) for label in absent]
        if more:
            counted = pd.concat([frame, *more], ignore_index=True)
            done[name] = measure(counted[list(COUNTED)].astype({"n": frame["n"].dtype}))
    return done


def _with_others(
    status: pd.DataFrame, tables: Mapping[str, pd.DataFrame], rule: Disclosure
) -> pd.DataFrame:
    """The record with the tables in it that have no count which is tied to any other."""
    import pandas as pd

    others = pd.DataFrame({"table": [name for name in tables if name not in set(status["table"])]})
    counts = dict.fromkeys(("counts", "hidden", "withheld", "linked"), 0)
    outcome, reason = (EXEMPT, rule.reason) if rule.exempt else (RELEASED, _NOT_TIED)
    others = others.assign(**counts, outcome=outcome, reason=reason)
    both = pd.concat([status, others.reindex(columns=status.columns)], ignore_index=True)
    return both.astype(status.dtypes.to_dict())


_NOT_TIED = "protected by itself; none of its counts is tied to those of another table"


def read_report(
    tables: Mapping[str, pd.DataFrame],
    log: CaseLog,
    people: Counter,
    *,
    rule: Disclosure,
    of_all: Callable[[str], bool],
) -> pd.DataFrame:
    """Every count of a report that is known by what it counts: a frame of `CELL_COLUMNS`.

    A table whose counts are not those of the cases (addresses, uses of a word) ties each part to
    its own whole alone.
    """
    import pandas as pd

    totals = [((TEXT, 0, "n"), where()), ((TEXT, 1, "n"), where(("theme", NONE)))]
    totals += [((TEXT, 2 + at, "n"), where(("period", p))) for at, p in enumerate(log.periods)]
    plain = frozenset() if log.notes else frozenset((OWN,))  # goes without saying
    if log.notes:
        totals += [((TEXT, -1, "n"), where(OWN)), ((TEXT, -2, "n"), where(NOTE))]
    rows = [(*at, counted, people(counted)) for at, counted in totals]
    for name, frame in tables.items():
        found = [(at, counted - plain) for at, counted in read_counts(name, frame, of_all)]
        told = [(*at, counted, people(counted)) for at, counted in found]
        columns = {column: frame[column].to_dict() for column in {at[2] for at, _ in found}}
        printed = [columns[column][row] for (_, row, column), _ in found]
        if found and _same(printed, [count for *_, count in told], rule):
            rows += told
        else:
            rows += _alone(name, frame)
    rows = [row for row in rows if row[-1] is not None]
    return pd.DataFrame(rows, columns=pd.Index(CELL_COLUMNS))


def _same(printed: list[Any], exact: list[int | None], rule: Disclosure) -> bool:
    """Whether a table prints just the counts of the cases that it is taken to count."""
    import pandas as pd

    if None in exact:
        return False
    true = pd.Series(exact, dtype="Int64")
    safe = true if rule.exempt else protect_counts(true, rule=rule)
    shown = pd.to_numeric(pd.Series(printed, dtype="object")).astype("Int64")
    return bool(safe.isna().equals(shown.isna()) and (safe.dropna() == shown.dropna()).all())


def _alone(name: str, frame: pd.DataFrame) -> list[tuple[str, Any, str, Where, int]]:
    """Parts and wholes of a table whose counts are tied to no other, as they are printed.

    A hidden count stands as none, which is one of its possible values.
    """
    if not {"n", "base"} <= set(frame.columns) or frame[["n", "base"]].isna().all(axis=None):
        return []
    counts = frame[["n", "base"]].astype("float64").fillna(0).astype("int64")
    rows = []
    for at, n, base in counts.itertuples():
        here = (ALONE, f"{name}, row {at}")
        rows.append((name, at, "n", where(here, (PART, "n")), min(n, base)))
        rows.append((name, at, "base", where(here), base))
    return rows


def _withheld(
    frame: pd.DataFrame, cells: pd.DataFrame, release: Release, links: Links
) -> pd.DataFrame:
    """A table without what the guard withholds, with all else computed anew from what is left."""
    safe = withhold(frame, cells, release=release, links=links)
    if safe is frame or not set(COMPARISON_COLUMNS) <= set(frame.columns):
        return safe
    if "field" in frame.columns:  # each row stands against all others, and goes with its counts
        return safe[safe[["n", "base", "reference_n", "reference_base"]].notna().all(axis=1)]
    anew = measure(safe[list(COUNTED)])
    more = [name for name in safe.columns if name not in COMPARISON_COLUMNS]
    return anew.assign(**{name: safe[name].to_numpy() for name in more})


def _fields(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    """Who carries what, of every field that a report counts by: case_id and label."""
    fields = {name: log.membership(name) for name in ("period", "month", *log.fields)}
    timed = log.cases[has_time(log.cases["date"])]
    if len(timed):
        days, hours = timed["date"].dt.day_of_week, timed["date"].dt.hour
        slots = [f"{WEEKDAYS[day]} {hour}" for day, hour in zip(days, hours, strict=True)]
        fields["slot"] = timed[["case_id"]].assign(label=slots)
        if study.hours is not None:
            fields[ARRIVAL] = with_arrivals(log, study).membership(ARRIVAL)
    if log.notes:
        (words, own), (_, note) = OWN, NOTE
        noted = log.cases["case_id"].isin(log.notes)
        fields[words] = log.cases[["case_id"]].assign(label=noted.map({True: note, False: own}))
    if study.calendar.terms:
        fields["taught"] = log.cases[["case_id"]].assign(label=_taught(log, study))
    return fields


def _notes_of(log: CaseLog, study: Study) -> tuple[MadeOf, ...]:
    """That a case is a note is known where it carries one of the labels that the study names."""
    if not log.notes:
        return ()
    labels = [(name, label) for name, own in study.notes.items() for label in own]
    one_field = len(study.notes) == 1 and not any(log.fields[name].several for name in study.notes)
    return (MadeOf(NOTE, tuple(labels), apart=one_field),)


def _taught(log: CaseLog, study: Study) -> list[str]:
    """Whether each case came in term, on a day that was not closed."""
    spans = [calendar_days(study.calendar, one.start, one.end) for one in study.periods]
    taught = {day for frame in spans for day in frame.loc[frame["teaching"], "day"]}
    return ["in term" if day in taught else "outside" for day in log.cases["date"].dt.normalize()]


class Counter:
    """Counts cases by conditions: what is true, whatever a table prints."""

    def __init__(self, case_ids: pd.Series, fields: Mapping[str, pd.DataFrame]) -> None:
        import pandas as pd

        place = pd.Series(np.arange(len(case_ids)), index=case_ids.to_numpy())
        self.size = len(case_ids)
        self.fields = {
            name: {
                str(label): place[own["case_id"]].to_numpy()
                for label, own in frame.drop_duplicates().groupby("label", observed=True)
            }
            for name, frame in fields.items()
        }
        self.mask = cache(self._mask)

    def __call__(self, counted: Where) -> int | None:
        """How many cases meet all conditions; None where a field is not known."""
        if any(name not in self.fields for name, _ in counted):
            return None
        masks = [self.mask(one) for one in sorted(counted)]
        return int(np.logical_and.reduce(masks).sum()) if masks else self.size

    def carried(self, name: str) -> NDArray[np.int64]:
        """How many labels of a field each case carries."""
        places = [np.zeros(0, dtype=np.int64), *self.fields[name].values()]
        return np.bincount(np.concatenate(places), minlength=self.size)

    def _mask(self, one: Condition) -> NDArray[np.bool_]:
        name, label = one
        if label in (ANY, NONE):
            return np.asarray((self.carried(name) > 0) == (label == ANY))
        if label not in self.fields[name] and label.startswith(other_than("")):
            return self.mask((name, ANY)) & ~self.mask((name, label.removeprefix(other_than(""))))
        found = np.zeros(self.size, dtype=bool)
        found[self.fields[name].get(label, [])] = True
        return found


def links_of(log: CaseLog, people: Counter) -> Links:
    """How labels go together: of some fields a case has one, of some at least one.

    A month lies in one period, a sub-theme in one theme, an hour within staffed hours or not:
    where that holds of every case, it is taken to be known.
    """
    single: set[str] = set()
    complete: set[str] = set()
    for name in people.fields:
        info = log.fields.get(name)
        carried = people.carried(name)
        if not (info and info.several) and carried.max(initial=0) <= 1:
            single.add(name)
        if carried.min(initial=1) >= 1:
            complete.add(name)
    above: dict[Condition, Condition] = {}
    for low, high in (("month", "period"), ("subtheme", "theme"), ("slot", ARRIVAL)):
        if {low, high} <= single:
            above |= dict(_implied(people, low, high))
    return Links(frozenset(single), frozenset(complete), above)


def _implied(people: Counter, low: str, high: str) -> Iterator[tuple[Condition, Condition]]:
    for label, places in people.fields[low].items():
        for upper, own in people.fields[high].items():
            if np.isin(places, own).all():
                yield (low, label), (high, upper)
