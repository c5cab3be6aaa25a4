"""Months are all there, also those without a case."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tests.logs import make_log
from workbench.compare.seasons import cases_per_month
from workbench.study import Calendar, Event, Period, Source, Span, Study

STUDY = Study(
    name="s",
    title="S",
    columns={"case_id": "a", "date": "b", "text": "c"},
    periods=(Period(name="2022-23", start=date(2022, 9, 1), end=date(2023, 8, 31)),),
    sources=(Source(path="x.csv"),),
    calendar=Calendar(
        terms=(Span(name="Autumn", start=date(2022, 9, 5), end=date(2022, 12, 16)),),
        events=(Event(date=date(2022, 10, 9), label="Fair"),),
    ),
    folder=Path(),
)


def test_every_month_of_the_period_stands_once() -> None:
    log = make_log([{"date": "2022-10-05"}, {"date": "2022-10-31 23:59"}, {"date": "2023-08-31"}])
    frame = cases_per_month(log, STUDY)
    assert frame["n"].tolist() == [0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    assert frame["term"].tolist() == ["Autumn"] * 4 + [""] * 8
    assert frame["event"].tolist() == ["", "Fair"] + [""] * 10
    assert abs(frame["share"].sum() - 1) < 1e-12
