"""Claims of generated tables, sentences and captions."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import plotly.graph_objects as go
import pytest

from tests.report.prose_study import CLOSED, OPEN, Small, analyse_small, write_small
from tests.report.traced import contradictions, share_with_base
from tests.report.two_years import load_study, make_years
from workbench.charts.drawing import Drawing
from workbench.report.behind import Behind, Sourced
from workbench.report.blocks import Bullets, FigureBlock, Paragraph, Section, TableBlock
from workbench.report.claims import (
    CELL,
    SENTENCE,
    VALUE,
    Claim,
    claims_of,
    describe_claim,
    name_claim,
)
from workbench.report.comparing import comparison_tables
from workbench.report.comparison import sentences
from workbench.report.difference import compare_ledgers
from workbench.report.ledger import Ledger


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    study = load_study(tmp_path_factory.mktemp("study"))
    return comparison_tables(make_years(), study, fields=["role", "platform"], found=[])


def test_a_cell_goes_by_the_row_behind_it():
    frame = pd.DataFrame({"Label": ["A", "B"], "Cases": ["1,200", "(few)"]})
    rows = (Behind("shares/x", (("label", "A"),), "n", n=1200, base=1300), Behind("shares/x"))
    table = TableBlock("Labels", frame, numeric=("Cases",), cells={"Cases": rows})
    [found] = claims_of(
        [Section("S", 1, (table,), id="a-x")], {}, inputs="abc", titles={"x": "Kind"}
    )
    assert (found.frame, found.what, found.n, found.base) == ("shares/x", "n", 1200, 1300)
    assert (found.printed, found.section, found.inputs) == ("1,200", "a-x", "abc")
    assert found.name == "count of “A” (Kind)"


def test_a_cell_of_a_table_that_says_no_row_goes_by_its_first_cell_and_column():
    frame = pd.DataFrame({"Label": ["A", "B", "A"], "Cases": ["1", "(few)", "3"], "Why": ["x"] * 3})
    table = TableBlock("Labels", frame, numeric=("Cases",), source="rows")
    found = claims_of([Section("S", 1, (table,), id="data")], {}, inputs="")
    assert [(claim.printed, claim.frame) for claim in found] == [("1", "rows"), ("3", "rows")]
    assert len({claim.key for claim in found}) == 2  # the second row A is told from the first


def test_a_sentence_goes_by_the_rows_that_it_says(tables):
    said = sentences(tables["shares/platform"], source="shares/platform")
    blocks = (Bullets(said), Paragraph("Nothing to count."), Paragraph("In all 12 cases."))
    found = claims_of([Section("S", 2, blocks, id="c1")], tables, inputs="")
    rows = [claim for claim in found if claim.what == "say"]
    assert {claim.frame for claim in rows} == {"shares/platform"}
    assert {dict(claim.where)["label"] for claim in rows} == {"A", "B"}
    assert all(claim.base == 400 for claim in rows)
    [plain] = [claim for claim in found if claim.what == "text" and "In all" in claim.printed]
    assert plain.where == (("says", "In all # cases."),)
    assert plain.frame == "method"
    assert not any(claim.printed == "Nothing to count." for claim in found)


def test_a_caption_rests_on_the_frame_that_is_drawn(tables):
    frame = tables["shares/platform"]
    own = Sourced("Of 12 cases.", Behind("cases", n=12))
    drawing = Drawing("platform", go.Figure(), frame, "A leads with 40%", "In words.", own)
    part = replace(drawing, name="part", data=frame.head(1), source="shares/platform", note="")
    blocks = (FigureBlock(drawing), FigureBlock(part))
    found = claims_of([Section("S", 2, blocks, id="a")], tables, inputs="")
    assert [(claim.frame, claim.base, claim.n) for claim in found] == [
        ("shares/platform", 400, None),
        ("shares/platform", 400, None),
        ("cases", None, 12),
        ("shares/platform", 400, None),
    ]
    assert len({claim.key for claim in found}) == 4


@pytest.mark.parametrize("disclosure", [OPEN, CLOSED])
def test_every_claim_rests_on_a_table_and_every_cell_on_its_count(tmp_path, disclosure):
    study = Small(tmp_path / "study", disclosure=disclosure).write()
    claims = write_small(study).claims
    assert contradictions(claims, analyse_small(study).tables) == []
    assert share_with_base(claims, CELL) == 1
    assert share_with_base(claims, SENTENCE) == 1
    assert {claim.what for claim in claims if claim.kind == CELL} == {"n", "share"}


def test_a_claim_tells_no_count_that_its_table_hides(tmp_path):
    study = Small(tmp_path / "study", disclosure=CLOSED).write()
    hidden = sum(
        int(frame["n"].isna().sum())
        for frame in analyse_small(study).tables.values()
        if "n" in frame
    )
    claims = write_small(study).claims
    assert hidden
    assert not any(claim.n is not None and 0 < claim.n <= 7 for claim in claims)


def test_a_change_of_the_figure_alone_keeps_the_key():
    one, two = (
        claims_of([Section("S", 1, (Paragraph(f"In all {n} cases."),), id="a")], {}, inputs="")[0]
        for n in ("12", "1,300")
    )
    assert one.key == two.key
    assert one.printed != two.printed


def test_what_a_claim_rests_on_is_said_in_one_line():
    where = (("label", "B"), ("group", "2023-24"))
    claim = Claim(VALUE, "points", "shares/x", where, "+3.1", n=3, base=10, low=-0.1, high=0.2)
    assert name_claim(claim, {"x": "Kind"}) == "difference in points of “B” (Kind) in 2023-24"
    assert describe_claim(claim).endswith("; 3 of 10; 95% interval −10.0 to +20.0 points")
    assert name_claim(replace(claim, name="as it was called")) == "as it was called"


def test_limits_that_are_no_shares_are_printed_as_they_stand():
    claim = Claim(VALUE, "median", "replies", (), "1.9", low=1.8, high=2.0)
    assert describe_claim(claim).endswith("95% interval 1.80 to 2.00")


def test_a_sentence_on_several_rows_is_one_change():
    def ledger(n: int) -> Ledger:
        rows = [Behind("cases", (("period", p),), "cases", n=n) for p in ("2022-23", "2023-24")]
        block = Paragraph(Sourced(f"In all {n} cases.", *rows))
        claims = claims_of([Section("S", 1, (block,), id="a")], {}, inputs="")
        assert len(claims) == 2
        return Ledger("two", {}, claims)

    assert len(compare_ledgers(ledger(12), ledger(13))) == 1
    assert compare_ledgers(ledger(12), ledger(12)).empty
