"""Claims of generated tables, sentences and captions."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.report.two_years import load_study, make_years
from workbench.report.blocks import Bullets, Paragraph, Section, TableBlock
from workbench.report.claims import Claim, claims_of, describe_claim, name_claim
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
