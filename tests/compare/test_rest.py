"""Each group against all other cases, in one family."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.compare.intervals import adjust
from workbench.compare.measure import COMPARISON_COLUMNS
from workbench.compare.rest import OTHERS, compare_with_rest, protect_rest, rank_findings
from workbench.compare.shares import compare_shares
from workbench.study import Disclosure

LOG = make_log(
    [
        {"case_id": f"{role}{site}{kind}{i}", "role": role, "site": site, "kind": kind}
        for role, site, kind, many in (
            ("teacher", ["A"], "x", 40),
            ("teacher", ["A", "B"], "y", 10),
            ("parent", ["B"], "x", 5),
            ("parent", [], "y", 35),
            ("police", ["A"], "y", 3),
        )
        for i in range(many)
    ]
)


def test_with_two_groups_the_rest_is_the_other() -> None:
    small = LOG.only(LOG.cases.loc[~LOG.cases["case_id"].str.startswith("police"), "case_id"])
    found = compare_with_rest(small, ["kind"], by=["role"])
    row = found[(found["group"] == "teacher") & (found["label"] == "x")].iloc[0]
    pair = compare_shares(small, "kind", by="role", groups=["parent", "teacher"])
    other = pair[(pair["group"] == "teacher") & (pair["label"] == "x")].iloc[0]
    same = ["n", "base", "reference_n", "reference_base", "difference", "ratio", "effect", "p"]
    pd.testing.assert_series_equal(row[same], other[same], check_names=False)


def test_cases_in_several_groups_are_in_none_of_the_others_twice() -> None:
    found = compare_with_rest(LOG, ["kind"], by=["site"])
    row = found[(found["group"] == "A") & (found["label"] == "y")].iloc[0]
    assert (row["n"], row["base"]) == (13, 53)
    assert (row["reference_n"], row["reference_base"]) == (0, 5)
    assert (found["reference"] == OTHERS).all()


def test_small_groups_are_left_out_and_all_else_is_one_family() -> None:
    found = compare_with_rest(LOG, ["kind", "site"], by=["role", "site"])
    assert set(found.loc[found["by"] == "role", "group"]) == {"teacher", "parent"}
    assert list(found.columns) == ["field", *COMPARISON_COLUMNS]
    assert found["p_adjusted"].tolist() == pytest.approx(adjust(found["p"]).tolist())
    assert not ((found["field"] == "site") & (found["by"] == "site")).any()
    assert compare_with_rest(LOG, ["kind"], by=["role"], least_base=500).empty


def test_rows_with_a_hidden_count_go_and_the_others_are_rounded() -> None:
    found = compare_with_rest(LOG, ["kind"], by=["role"])
    safe = protect_rest(found, rule=Disclosure(hide_up_to=7, round_to=5))
    assert 0 < len(safe) < len(found)
    counts = ["n", "base", "cases", "reference_n", "reference_base", "reference_cases"]
    assert safe[counts].mod(5).eq(0).all(axis=None)
    assert safe["n"].gt(7).all()
    assert safe["share"].tolist() == pytest.approx((safe["n"] / safe["base"]).tolist())
    gap = safe["share"] - safe["reference_n"] / safe["reference_base"]
    assert safe["difference"].tolist() == pytest.approx(gap.tolist())
    assert protect_rest(found, rule=Disclosure(exempt=True, reason="x")).equals(found)


def test_fields_that_record_the_same_thing_are_not_compared() -> None:
    found = compare_with_rest(LOG, ["kind"], by=["role", "site"], alike=[("role", "kind")])
    assert set(found["by"]) == {"site"}
    assert set(compare_with_rest(LOG, ["kind"], by=["role", "site"])["by"]) == {"role", "site"}


def test_what_is_said_from_either_side_is_ranked_once() -> None:
    """Two groups and two labels give four rows: what stays is who carries more of which."""
    both = LOG.only(LOG.cases.loc[~LOG.cases["case_id"].str.startswith("police"), "case_id"])
    found = compare_with_rest(both, ["kind"], by=["role"])
    assert len(found) == 4
    ranked = rank_findings(found)
    assert set(map(tuple, ranked[["group", "label"]].to_numpy())) == {
        ("teacher", "x"),
        ("parent", "y"),
    }
    assert (ranked["difference"] > 0).all()
    assert rank_findings(found.assign(p_adjusted=1.0)).empty


def test_groups_that_are_no_mirror_of_each_other_all_stay() -> None:
    rows = [(role, i) for role in ("a", "b", "c") for i in range(40)]
    log = make_log(
        [
            {"case_id": f"{role}{i}", "role": role, "kind": "x" if i < few else "y"}
            for (role, i), few in zip(rows, [2] * 40 + [20] * 40 + [38] * 40, strict=True)
        ]
    )
    ranked = rank_findings(compare_with_rest(log, ["kind"], by=["role"]))
    assert set(ranked["group"]) == {"a", "c"}
    assert not ranked.duplicated(["group", "field"]).any()
