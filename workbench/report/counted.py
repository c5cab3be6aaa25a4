"""What each table of a report counts: the conditions of every count, by the table's name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from workbench.compare.arrivals import ARRIVAL
from workbench.compare.shares import EVERYONE
from workbench.lenses.typology import (
    ANY_KIND,
    KIND,
    NO_KIND,
    NOT_DESCRIBED,
    NOT_RECORDED,
    OTHERWISE,
    SO,
)
from workbench.privacy.linked import ANY, NONE, Condition, Where, other_than, where
from workbench.privacy.linked_tables import Layout
from workbench.report.reading import RECORDED, TYPOLOGY

if TYPE_CHECKING:
    import pandas as pd

Cell = tuple[tuple[str, Any, str], Where]
"""Table, row and column, and what is counted there."""

OWN, NOTE = ("words", "own"), ("words", "note")
"""Conditions: that a case is in the enquirer's own words, or a practitioner's note."""

_OF_OWN_WORDS = ("tone",)
"""The fields that are read from own words alone."""


def read_counts(name: str, frame: pd.DataFrame, of_all: Callable[[str], bool]) -> Iterator[Cell]:
    """Where the counts of a table of the report stand, and what each counts; none if not known.

    ``of_all`` says of which fields the shares are of all cases.
    """
    reader = _READERS.get(name.split("/")[0])
    if len(frame) == 0 or (reader is None and "label" not in frame.columns):
        return
    if reader is not None:
        yield from reader(name, frame)
        return
    layout = _layout(name, frame, of_all)
    if layout is None:
        return
    for side, prefix in (("group", ""), ("reference", "reference_")):
        if side not in frame.columns:
            continue
        for at, label, group in _rows(frame[frame[side].notna()], "label", side):
            for column, counted in layout.counts(str(label), str(group)).items():
                if f"{prefix}{column}" in frame.columns:
                    yield (name, at, f"{prefix}{column}"), counted


def _layout(name: str, frame: pd.DataFrame, of_all: Callable[[str], bool]) -> Layout | None:
    """The layout of a comparison frame, by the name of its table; None for any other."""
    kind, *rest = name.split("/")
    if not {"group", "by", "n", "base"} <= set(frame.columns):
        return None
    by = str(frame["by"].iloc[0])
    if kind in ("shares", "equal-mix", "lens") and rest:
        return Layout(rest[0], by=by, within=_whose(rest[0]), of_all=of_all(rest[0]))
    if kind == "groups":
        within = _whose(rest[2]) if rest[1] == "all" else (*_whose(rest[2]), ("period", rest[1]))
        return Layout(rest[2], by=by, within=within, of_all=of_all(rest[2]))
    if kind.endswith("_months"):
        field = kind.removesuffix("_months")
        return Layout(field, by=by, within=_whose(field), of_all=True)
    plain = {"returns": "returns", "staffed": ARRIVAL}
    return Layout(plain[kind], by=by, of_all=of_all(plain[kind])) if kind in plain else None


def _whose(field: str) -> tuple[Condition, ...]:
    return (OWN,) if field in _OF_OWN_WORDS else ()


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple[Any, ...]]:
    """The index of each row, and its values in ``columns``."""
    yield from zip(frame.index, *(frame[name] for name in columns), strict=True)


def _coverage(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    field = name.split("/", maxsplit=1)[1]
    for at, group in _rows(frame, "group"):
        here = ("", "") if group == EVERYONE else ("period", str(group))
        cases = here, *_whose(field)
        yield (name, at, "cases"), where(*cases)
        yield (name, at, "recorded"), where(*cases, (field, ANY))
        yield (name, at, "missing"), where(*cases, (field, NONE))


def _months(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    for at, period, month in _rows(frame, "period", "month"):
        yield (name, at, "n"), where(("period", period), ("month", f"{month:%Y-%m}"))
        yield (name, at, "base"), where(("period", period))


def _rates(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    for at, period, month in _rows(frame, "period", "month"):
        here = ("period", period), ("month", f"{month:%Y-%m}")
        yield (name, at, "cases"), where(*here)
        yield (name, at, "n"), where(*here, ("taught", "in term"))
        yield (name, at, "outside"), where(*here, ("taught", "outside"))


def _themes(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    for at, level, label in _rows(frame, "level", "label"):
        yield (name, at, "size"), where((_LEVELS[int(level)], str(label)))
        yield (name, at, "base"), where()


def _rest(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    period = ("period", name.split("/", maxsplit=1)[1])
    of_all = (frame["base"] == frame["cases"]).groupby(frame["field"]).all()
    for at, field, label, by, group in _rows(frame, "field", "label", "by", "group"):
        for prefix, side in (("", group), ("reference_", other_than(group))):
            within = (*_whose(field), period)
            layout = Layout(field, by, within, of_all=bool(of_all[field]))
            for column, counted in layout.counts(label, side).items():
                yield (name, at, f"{prefix}{column}"), counted


def _together(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    for at, first, second in _rows(frame, "one", "other"):
        one, other = (("tone", str(tone).capitalize()) for tone in (first, second))
        yield (name, at, "n"), where(OWN, one, other)
        yield (name, at, "one_n"), where(OWN, one)
        yield (name, at, "other_n"), where(OWN, other)
        yield (name, at, "base"), where(OWN)


def _arrivals(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    timed = frame[frame["hour"].notna()]
    for at, period, day, hour in _rows(timed, "period", "weekday", "hour"):
        yield (name, at, "n"), where(("period", period), ("slot", f"{day} {hour}"))
        yield (name, at, "base"), where(("period", period), ("slot", ANY))


def _urgency(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    for at, period, read in _rows(frame, "period", "bin"):
        yield (name, at, "n"), where(OWN, ("period", period), ("urgency", read))
        yield (name, at, "base"), where(OWN, ("period", period))


def _typology(name: str, frame: pd.DataFrame) -> Iterator[Cell]:
    for at, row, label in _rows(frame, "row", "name"):
        said = {KIND: label, ANY_KIND: ANY, NO_KIND: NONE, NOT_DESCRIBED: NONE, NOT_RECORDED: ANY}
        described = (TYPOLOGY, str(said[str(row)]))
        so = (RECORDED, OTHERWISE if row == NOT_RECORDED else SO)
        whole = (so,) if row == NOT_DESCRIBED else (described, (RECORDED, ANY))
        yield (name, at, "n"), where(described, so)
        yield (name, at, "base"), where(*whole)


_LEVELS = {0: "theme", 1: "subtheme"}
_READERS: dict[str, Callable[[str, pd.DataFrame], Iterator[Cell]]] = {
    "coverage": _coverage,
    "months": _months,
    "rates": _rates,
    "themes": _themes,
    "rest": _rest,
    "together": _together,
    "arrivals": _arrivals,
    "urgency": _urgency,
    "typology": _typology,
}
