"""Printed tables: bases said, small counts hidden, schemes kept apart."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from tests.report.traced import contradictions
from workbench.cases.log import FieldInfo
from workbench.compare.shares import compare_shares, coverage, protect_shares
from workbench.report.blocks import Section, TableBlock
from workbench.report.claims import Claim, claims_of
from workbench.report.comparison import sentences
from workbench.report.parts import split_by_scheme
from workbench.report.tables import (
    HIDDEN,
    base_note,
    count,
    months_table,
    shares_table,
    takedown_table,
    themes_table,
)
from workbench.study import Disclosure

LATER = {"period": "2023-24", "date": "2023-10-01"}


def test_labels_added_to_a_list_leave_the_groups_in_one_table() -> None:
    rows = [{"kind": "A"}] * 9
    rows += [{"kind": kind, "period": "2023-24", "date": "2023-10-01"} for kind in "AAAABBBBB"]
    log = make_log(rows, {"kind": FieldInfo("kind", "Kind", offered={"2022-23": ("A",)})})
    (part,) = split_by_scheme(compare_shares(log, "kind", by="period"))
    printed = shares_table(part, title="Kinds", heading="Kind").frame.set_index("Kind")
    assert printed.loc["B", "Share 2022-23"] == "–"
    assert printed.loc["B", "Cases 2022-23"] == "–"
    assert printed.loc["B", "Cases 2023-24"] == "5"


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


def claims_in(table: TableBlock, tables: dict[str, pd.DataFrame]) -> tuple[Claim, ...]:
    """The claims of one table, which must come out of their counts and rest on a known table."""
    claims = claims_of([Section("S", 2, (table,), id="s")], tables, inputs="")
    assert contradictions(claims, tables) == []
    return claims


COUNTS = st.lists(
    st.tuples(st.sampled_from("ABC"), st.booleans(), st.integers(1, 40)), min_size=1, max_size=6
)


@given(counts=COUNTS, exempt=st.booleans())
def test_each_cell_of_shares_comes_out_of_its_row_and_tells_nothing_hidden(counts, exempt) -> None:
    rows = [
        {"kind": kind, **(LATER if later else {})} for kind, later, n in counts for _ in "x" * n
    ]
    frame = compare_shares(make_log(rows), "kind", by="period")
    rule = Disclosure(exempt=True, reason="made up") if exempt else Disclosure()
    safe = frame if exempt else protect_shares(frame, rule=rule)
    table = shares_table(safe, title="Kinds", heading="Kind", source="shares/kind")
    claims = claims_in(table, {"shares/kind": safe})
    printed = sum(cell[:1].isdigit() for row in table.frame.to_numpy() for cell in row[1:])
    assert len(claims) == printed
    if not exempt:
        assert not any(claim.n is not None and 0 < claim.n <= rule.hide_up_to for claim in claims)


def test_cells_of_months_go_by_month_and_period() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2022-23", "2023-24", "2022-23"],
            "month": pd.to_datetime(["2022-09-01", "2023-09-01", "2022-10-01"]),
            "place": [1, 1, 2],
            "n": pd.array([1200, 9, pd.NA], dtype="Int64"),
            "base": pd.array([1300, 9, 1300], dtype="Int64"),
        }
    )
    first, second = claims_in(months_table(frame), {"months": frame})
    assert (first.printed, first.n, first.base) == ("1,200", 1200, 1300)
    assert first.where == (("month", "September 2022"), ("period", "2022-23"))
    assert second.name == "cases in 2023-24, September 2023"


def test_cells_of_themes_go_by_theme() -> None:
    frame = pd.DataFrame(
        {
            "theme": [0, 1, 2],
            "parent": [-1, 0, 0],
            "level": [0, 1, 1],
            "label": ["A", "A", "B"],
            "size": [30, 20, 10],
            "base": [40, 40, 40],
            "share": [0.75, 0.5, 0.25],
            "low": [0.6, 0.35, 0.14],
            "high": [0.86, 0.65, 0.4],
            "keywords": ["a", "b", "c"],
            "stability": [0.9, 0.6, 0.3],
            "stability_low": [0.8, 0.5, 0.0],
            "stability_high": [0.95, 0.7, 0.5],
            "firm": [True, True, False],
        }
    )
    table = themes_table(frame)
    assert table.frame["Stability (range)"].to_list()[0] == "0.90 (0.80–0.95)"
    assert [name.endswith("(not firm)") for name in table.frame["Theme"]] == [False, False, True]
    assert "not firm" in table.note
    assert "not firm" not in themes_table(frame.drop(columns="firm")).note
    assert table.frame["Theme"].tolist() == ["A", "– A", "– B (not firm)"]
    claims = [claim for claim in claims_in(table, {"themes": frame}) if claim.kind == "cell"]
    assert len({claim.key for claim in claims}) == 9
    assert [claim.n for claim in claims] == [30, 30, None, 20, 20, None, 10, 10, None]
    assert claims[2].low == 0.8
    assert {claim.base for claim in claims} == {40}


def test_cells_of_takedowns_go_by_platform_and_period() -> None:
    frame = pd.DataFrame(
        {
            "period": ["2022-23"],
            "platform": ["Z"],
            "n": [30],
            "base": [40],
            "share": [0.75],
            "low": [0.6],
            "high": [0.86],
        }
    )
    reported, removed, share = claims_in(takedown_table(frame), {"takedowns": frame})
    assert (reported.printed, reported.base) == ("40", 40)
    assert (removed.printed, removed.n) == ("30", 30)
    assert (share.n, share.base, share.low) == (30, 40, pytest.approx(0.6))


def test_a_note_rests_on_the_cases_that_have_the_field() -> None:
    log = make_log([{"kind": "A"}] * 4 + [{"kind": []}])
    frame = coverage(log, "kind", by="period")
    [own] = base_note(frame, several=True, source="coverage/kind").behind
    assert (own.n, own.base, own.frame) == (4, 5, "coverage/kind")
    [whole] = base_note(frame, several=True, of_all=True, source="coverage/kind").behind
    assert (whole.n, whole.base, whole.what) == (None, 5, "base")
