"""Printed tables: bases said, small counts hidden, schemes kept apart."""

from __future__ import annotations

import pandas as pd

from tests.logs import make_log
from workbench.cases.log import FieldInfo
from workbench.compare.shares import compare_shares, coverage, protect_shares
from workbench.report.comparison import sentences
from workbench.report.parts import split_by_scheme
from workbench.report.tables import HIDDEN, base_note, count, shares_table
from workbench.study import Disclosure

LATER = {"period": "2023-24", "date": "2023-10-01"}


def test_each_group_has_its_count_and_share() -> None:
    log = make_log([{"kind": "A"}] * 30 + [{"kind": "B"}] * 10 + [{"kind": "A", **LATER}] * 20)
    frame = compare_shares(log, "kind", by="period")
    block = shares_table(frame, title="Kinds", heading="Kind")
    assert list(block.frame.columns) == [
        "Kind",
        "Cases 2022-23",
        "Share 2022-23",
        "Cases 2023-24",
        "Share 2023-24",
    ]
    assert block.frame.iloc[0].tolist() == ["A", "30", "75.0%", "20", "100.0%"]


def test_small_counts_are_hidden_under_a_rule() -> None:
    log = make_log([{"kind": "A"}] * 3 + [{"kind": "B"}] * 40 + [{"kind": "B", **LATER}] * 40)
    frame = protect_shares(compare_shares(log, "kind", by="period"), rule=Disclosure())
    block = shares_table(frame, title="Kinds", heading="Kind")
    small = block.frame.set_index("Kind").loc["A"].tolist()
    assert small[0] == HIDDEN
    assert "3" not in small
    assert frame["difference"].notna().sum() == 1
    assert any("100.0%" in line for line in sentences(frame))


def test_schemes_that_differ_are_tables_of_their_own() -> None:
    orders = {"2022-23": ("A", "C"), "2023-24": ("B",)}
    log = make_log(
        [{"kind": "A"}] * 5 + [{"kind": "B", **LATER}] * 5,
        {"kind": FieldInfo("kind", "Kind", orders=orders)},
    )
    parts = split_by_scheme(compare_shares(log, "kind", by="period"))
    assert [set(part["group"]) for part in parts] == [{"2022-23"}, {"2023-24"}]
    assert [list(part["label"]) for part in parts] == [["A", "C"], ["B"]]


def test_the_note_says_base_and_gaps() -> None:
    log = make_log([{"kind": "A"}] * 4 + [{"kind": []}])
    note = base_note(coverage(log, "kind", by="period"), several=True)
    assert "4 of 5 cases have it recorded, 1 have none" in note
    assert "more than 100%" in note


def test_counts_as_printed() -> None:
    assert count(1234) == "1,234"
    assert count(pd.NA) == HIDDEN
