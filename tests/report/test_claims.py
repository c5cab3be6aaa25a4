"""Claims of generated tables, sentences and captions."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.report.two_years import load_study, make_years
from workbench.report.blocks import Bullets, Paragraph, Section, TableBlock
from workbench.report.claims import (
    VALUE,
    Claim,
    claims_of,
    describe_claim,
    name_claim,
    numbers_behind,
)
from workbench.report.comparing import comparison_tables
from workbench.report.comparison import sentences


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    study = load_study(tmp_path_factory.mktemp("study"))
    return comparison_tables(make_years(), study, fields=["role", "platform"], found=[])


def test_every_cell_with_a_figure_is_a_claim_by_row_and_column():
    frame = pd.DataFrame({"Label": ["A", "B", "A"], "Cases": ["1", "(few)", "3"], "Why": ["x"] * 3})
    table = TableBlock("Labels", frame, numeric=("Cases",), name="platform")
    found = claims_of([Section("S", 1, (table,), id="a-platform")], {}, inputs="abc")
    assert [(claim.printed, claim.frame, claim.inputs) for claim in found] == [
        ("1", "platform", "abc"),
        ("3", "platform", "abc"),
    ]
    assert len({claim.key for claim in found}) == 2  # the second row A is told from the first
    assert found[0].section == "a-platform"


def test_a_sentence_goes_by_the_row_that_says_it(tables):
    said = sentences(tables["shares/platform"])
    blocks = (Bullets(said), Paragraph("Nothing to count."), Paragraph("In all 12 cases."))
    found = claims_of([Section("S", 2, blocks, id="c1")], tables, inputs="")
    rows = [claim for claim in found if claim.what == "say"]
    assert {claim.frame for claim in rows} == {"shares/platform"}
    assert {dict(claim.where)["label"] for claim in rows} == {"A", "B"}
    assert all(claim.base == 400 for claim in rows)
    [plain] = [claim for claim in found if claim.what == "text" and "In all" in claim.printed]
    assert plain.where == (("says", "In all # cases."),)
    assert plain.frame.startswith("through")
    assert not any(claim.printed == "Nothing to count." for claim in found)


def test_a_change_of_the_figure_alone_keeps_the_key():
    one, two = (
        claims_of([Section("S", 1, (Paragraph(f"In all {n} cases."),), id="a")], {}, inputs="")[0]
        for n in ("12", "1,300")
    )
    assert one.key == two.key
    assert one.printed != two.printed


def test_what_a_claim_rests_on_is_said_in_one_line():
    where = (("label", "B"), ("group", "2023-24"))
    claim = Claim("value", "points", "shares/x", where, "+3.1", n=3, base=10, low=-0.1, high=0.2)
    assert name_claim(claim) == "points of “B”, 2023-24 (shares/x)"
    assert describe_claim(claim).endswith("; 3 of 10; 95% interval −10.0 to +20.0 points")


ROW = {
    "n": 963,
    "base": 2561,
    "share": 0.376,
    "low": 0.357,
    "high": 0.395,
    "lift": 1.5,
    "reference_n": 20,
    "reference_base": 50,
    "reference_share": 0.4,
    "coded": 200,
    "corrected": 0.353,
    "corrected_low": 0.296,
    "corrected_high": 0.413,
    "odds_ratio": 1.9,
    "median": 1.9,
    "median_low": 1.8,
    "median_high": 2.0,
}


@pytest.mark.parametrize(
    ("table", "column", "expected"),
    [
        ("through/1", "share", (963, 2561, 0.357, 0.395)),
        ("through/1", "n", (963, 2561, None, None)),
        ("corrected/1", "corrected", (None, 200, 0.296, 0.413)),
        ("corrected/1", "reference_share", (20, 50, None, None)),
        ("together", "lift", (None, 2561, None, None)),
        ("together", "odds_ratio", (None, 2561, 0.357, 0.395)),
        ("together", "share", (963, 2561, None, None)),
        ("replies", "median", (None, 2561, 1.8, 2.0)),
    ],
)
def test_a_value_has_its_own_base_and_limits_and_never_those_of_another(table, column, expected):
    found = numbers_behind(pd.Series(ROW), column, table=table)
    assert (found["n"], found["base"], found["low"], found["high"]) == expected


def test_limits_that_are_no_shares_are_printed_as_they_stand():
    claim = Claim(VALUE, "median", "replies", (), "1.9", low=1.8, high=2.0)
    assert describe_claim(claim).endswith("95% interval 1.80 to 2.00")
