"""Shares say their base; a gap is never counted as a zero."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from workbench.cases.log import FieldInfo
from workbench.compare.intervals import adjust
from workbench.compare.shares import (
    COMPARISON_COLUMNS,
    NOT_OFFERED,
    SCHEMES_DIFFER,
    compare_fields,
    compare_shares,
    coverage,
    protect_shares,
    schemes_differ,
    shares,
)
from workbench.errors import WorkbenchError
from workbench.study import Disclosure

LOG = make_log(
    [{"platform": "A", "period": "2022-23"}] * 3
    + [{"platform": [], "period": "2022-23"}] * 7
    + [{"platform": "A", "period": "2023-24", "date": "2023-10-01"}] * 6
    + [{"platform": ["A", "B"], "period": "2023-24", "date": "2023-10-01"}] * 2
    + [{"platform": "B", "period": "2023-24", "date": "2023-10-01"}] * 2
)


def test_the_base_is_said() -> None:
    recorded = shares(LOG, "platform").set_index("label")
    assert (recorded.loc["A", "n"], recorded.loc["A", "base"]) == (11, 13)
    assert shares(LOG, "platform", base="all").set_index("label").loc["A", "base"] == 20
    assert list(shares(LOG, "platform").columns) == list(COMPARISON_COLUMNS)


def test_coverage_counts_the_gaps() -> None:
    frame = coverage(LOG, "platform", by="period").set_index("group")
    assert frame.loc["2022-23"].tolist() == [10, 3, 7]
    assert frame.loc["2023-24"].tolist() == [10, 10, 0]


def test_a_comparison_is_against_the_first_group() -> None:
    frame = compare_shares(LOG, "platform", by="period").set_index(["label", "group"])
    row = frame.loc[("A", "2023-24")]
    assert row["difference"] == pytest.approx(0.8 - 1.0)
    assert row["difference_low"] < row["difference"] < row["difference_high"]
    assert frame["difference"].isna().groupby("label").sum().eq(1).all()
    assert (frame["p_adjusted"].dropna() >= frame["p"].dropna() - 1e-12).all()
    assert "fewer than 30" in row["note"]


def test_bounds_hold_whatever_the_unrecorded_were() -> None:
    """As printed for 2022-23: 687 of 862 with a platform, of 2,678 cases in all."""
    log = make_log(
        [{"case_id": str(i), "site": "TikTok" if i < 687 else "Other"} for i in range(862)]
        + [{"case_id": str(i), "site": []} for i in range(862, 2678)]
    )
    row = shares(log, "site").set_index("label").loc["TikTok"]
    assert (row["n"], row["base"], row["cases"]) == (687, 862, 2678)
    assert row["share"] == pytest.approx(0.797, abs=5e-4)
    assert (row["least"], row["most"]) == pytest.approx((0.257, 0.935), abs=5e-4)
    of_all = shares(log, "site", base="all").set_index("label").loc["TikTok"]
    assert of_all["share"] == of_all["least"] == of_all["most"] == row["least"]


def test_every_row_holds_its_reference() -> None:
    frame = compare_shares(LOG, "platform", by="period")
    first = frame[frame["group"] == "2022-23"].set_index("label")
    for _, row in frame[frame["reference"].notna()].iterrows():
        other = first.loc[row["label"]]
        assert row["reference"] == "2022-23"
        assert (row["reference_n"], row["reference_base"]) == (other["n"], other["base"])
        assert row["reference_cases"] == other["cases"]
        assert row["difference"] == pytest.approx(row["share"] - other["share"])
        if other["share"] > 0:
            assert row["ratio"] == pytest.approx(row["share"] / other["share"])


def test_fields_compared_together_are_one_family() -> None:
    alone = compare_shares(LOG, "platform", by="period")
    both = compare_fields(LOG, ["platform", "period"], by="period", of_all=["period"])
    assert list(both["field"].unique()) == ["platform", "period"]
    part = both[both["field"] == "platform"].reset_index(drop=True)
    assert part["p"].equals(alone["p"])
    assert (both["p_adjusted"] == adjust(both["p"])).sum() == both["p"].notna().sum()
    assert both[both["field"] == "period"]["base"].eq(10).all()
    safe = protect_shares(both, rule=Disclosure())
    assert list(safe.columns) == list(both.columns)
    assert safe["n"].dropna().mod(5).eq(0).all()
    assert compare_fields(LOG, [], by="period").empty


def test_what_hangs_on_a_hidden_count_is_hidden_too() -> None:
    frame = compare_shares(LOG, "platform", by="period")
    safe = protect_shares(frame, rule=Disclosure(hide_up_to=4, round_to=1))
    hidden = safe["n"].isna()
    assert hidden.any()
    assert not hidden.all()
    told = ["share", "low", "high", "least", "most", "difference", "ratio", "effect", "p"]
    assert safe.loc[hidden, told].isna().all(axis=None)
    assert protect_shares(frame, rule=Disclosure(exempt=True, reason="x")).equals(frame)


def test_groups_are_picked_in_the_order_asked() -> None:
    frame = compare_shares(LOG, "platform", by="period", groups=["2023-24", "2022-23"])
    assert frame["group"].drop_duplicates().tolist() == ["2023-24", "2022-23"]
    with pytest.raises(WorkbenchError, match="Did you mean '2023-24'"):
        compare_shares(LOG, "platform", by="period", groups=["2023-25"])
    with pytest.raises(WorkbenchError, match="no field 'plattform'"):
        compare_shares(LOG, "plattform", by="period")


def test_a_label_that_a_scheme_lacks_is_not_compared() -> None:
    orders = {"2022-23": ("A", "C"), "2023-24": ("A", "B")}
    log = make_log(
        [{"kind": "A"}] * 5 + [{"kind": "B", "period": "2023-24", "date": "2023-10-01"}] * 5,
        {"kind": FieldInfo("kind", "Kind", orders=orders)},
    )
    frame = compare_shares(log, "kind", by="period").set_index(["label", "group"])
    assert NOT_OFFERED in frame.loc[("B", "2022-23"), "note"]
    assert frame.loc[("B", "2023-24")].isna()["difference"]
    assert frame.loc[("A", "2023-24"), "difference"] == -1.0
    assert ("C", "2022-23") in frame.index
    assert schemes_differ(log, "kind")
    assert frame["note"].str.contains(SCHEMES_DIFFER).all()
    assert not schemes_differ(LOG, "platform")


def test_a_label_that_was_not_on_a_shorter_list_is_no_zero() -> None:
    rows = [{"kind": "A"}] * 5
    rows += [{"kind": kind, "period": "2023-24", "date": "2023-10-01"} for kind in "AABBB"]
    log = make_log(rows, {"kind": FieldInfo("kind", "Kind", offered={"2022-23": ("A",)})})
    frame = compare_shares(log, "kind", by="period").set_index(["label", "group"])
    assert NOT_OFFERED in frame.loc[("B", "2022-23"), "note"]
    assert frame.loc[("B", "2023-24")].isna()["difference"]
    assert frame.loc[("A", "2023-24"), "difference"] == pytest.approx(-0.6)
    assert not schemes_differ(log, "kind")
    together = compare_shares(log.only(log.cases["case_id"]), "kind", by="month")
    assert together["note"].str.contains(NOT_OFFERED).sum() == 1


def test_months_follow_the_scheme_of_their_year() -> None:
    orders = {"2022-23": ("A",), "2023-24": ("A", "B")}
    log = make_log(
        [{"kind": "A"}] * 5 + [{"kind": "B", "period": "2023-24", "date": "2023-10-01"}] * 5,
        {"kind": FieldInfo("kind", "Kind", orders=orders)},
    )
    frame = compare_shares(log, "kind", by="month").set_index(["label", "group"])
    assert NOT_OFFERED in frame.loc[("B", "2022-10"), "note"]
    assert NOT_OFFERED not in frame.loc[("B", "2023-10"), "note"]


def test_cases_in_two_groups_are_noted() -> None:
    frame = compare_shares(LOG, "period", by="platform")
    assert frame["note"].str.contains("more than one group").all()


@given(st.lists(st.tuples(st.booleans(), st.sampled_from(["A", "B", None])), min_size=1))
def test_counts_add_up_for_a_field_with_one_label_a_case(rows) -> None:  # type: ignore[no-untyped-def]
    log = make_log(
        [
            {
                "period": "2022-23" if first else "2023-24",
                "date": "2022-10-01" if first else "2023-10-01",
                "kind": [label] if label else [],
            }
            for first, label in rows
        ],
        {"kind": FieldInfo("kind", "Kind")},
    )
    frame = compare_shares(log, "kind", by="period")
    for _, part in frame.groupby("group"):
        assert part["n"].sum() == part["base"].iloc[0]
    gaps = coverage(log, "kind", by="period")
    assert (gaps["recorded"] + gaps["missing"]).tolist() == gaps["cases"].tolist()
