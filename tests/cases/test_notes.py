"""Notes of practitioners are found by the labels that the study names, and slips are told."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.cases.log import CaseLog, FieldInfo
from workbench.cases.notes import find_notes
from workbench.compare.composition import standardise
from workbench.compare.shares import compare_shares, count_labels, coverage
from workbench.errors import WorkbenchError

ROWS: list[dict[str, object]] = [
    {"case_id": "A", "route": "Phone"},
    {"case_id": "B", "route": "Letter"},
    {"case_id": "C", "route": "E-mail"},
    {"case_id": "D"},
]


def found(notes: dict[str, tuple[str, ...]], rows: list[dict[str, object]] = ROWS) -> frozenset:
    return find_notes(make_log(rows), SimpleNamespace(notes=notes))  # type: ignore[arg-type]


def test_notes_carry_the_labels_named_and_a_case_without_the_field_is_none() -> None:
    assert found({"route": ("Phone", "Letter")}) == {"A", "B"}
    assert found({"route": ("Phone",)}) == {"A"}
    assert found({}) == frozenset()


def test_a_label_that_no_case_has_is_a_slip() -> None:
    with pytest.raises(WorkbenchError, match=r"no case has 'Fone'.*Phone"):
        found({"route": ("Fone",)})


def two_years() -> CaseLog:
    """40 letters a year, and calls: 10 in the first, 40 in the second; calls carry no tone."""
    rows: list[dict[str, object]] = []
    for period, calls in (("2022-23", 10), ("2023-24", 40)):
        date = "2022-10-05" if period == "2022-23" else "2023-10-05"
        for number in range(40 + calls):
            route = "Letter" if number < 40 else "Phone"
            row: dict[str, object] = {"period": period, "date": date, "route": route, "side": "x"}
            rows.append({**row, "case_id": f"{period}-{number}", "polite": ["Yes"] * (number < 20)})
    return make_log(rows, {"polite": FieldInfo("polite", "Polite", own_words=True)})


def with_notes(log: CaseLog) -> CaseLog:
    from dataclasses import replace

    ids = log.membership("route").query("label == 'Phone'")["case_id"]
    return replace(log, notes=frozenset(ids))


def test_notes_are_in_no_base_of_a_field_of_own_words() -> None:
    whole, own = two_years(), with_notes(two_years())
    assert count_labels(whole, "polite", by=None, base="all")["base"].tolist() == [130]
    assert count_labels(own, "polite", by=None, base="all")["base"].tolist() == [80]
    assert count_labels(own, "route", by=None, base="all")["base"].tolist() == [130, 130]
    plain = compare_shares(whole, "polite", by="period", base="all")["difference"].dropna()
    left = compare_shares(own, "polite", by="period", base="all")["difference"].dropna()
    assert plain.tolist() == pytest.approx([20 / 80 - 20 / 50])
    assert left.tolist() == [0.0]
    assert coverage(own, "polite", by="period")["cases"].tolist() == [40, 40]
    by_route = compare_shares(own, "polite", by="route", base="all").set_index("group")
    assert by_route.loc["Phone", "base"] == 0
    assert pd.isna(by_route.loc["Phone", "difference"])


def test_notes_are_in_no_stratum_either() -> None:
    asked = {"by": "period", "within": "side", "base": "all"}
    frame = standardise(with_notes(two_years()), "polite", **asked)  # type: ignore[arg-type]
    last = frame[frame["group"] == "2023-24"].iloc[0]
    assert last["standardised_difference"] == pytest.approx(0)
    assert last["base"] == 40
