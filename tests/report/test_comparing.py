"""Tables of Part C: one family a comparison, at an equal mix too, and under disclosure control."""

from __future__ import annotations

import pytest

from tests.report.two_years import STUDY, load_study, make_years
from workbench.compare.intervals import adjust
from workbench.compare.shares import compare_shares
from workbench.report.comparing import comparison_tables, say_at_mix, unclear_at_equal_mix

FIELDS = ["role", "platform", "kind"]
LOG = make_years()


@pytest.fixture
def tables(tmp_path):
    return comparison_tables(LOG, load_study(tmp_path), fields=FIELDS, found=[])


def test_all_fields_of_two_years_are_one_family(tables):
    whole = [p for name in FIELDS for p in tables[f"shares/{name}"]["p"]]
    kept = [p for name in FIELDS for p in tables[f"shares/{name}"]["p_adjusted"]]
    assert kept == pytest.approx(adjust(whole).tolist(), nan_ok=True)
    alone = compare_shares(LOG, "platform", by="period")
    assert (tables["shares/platform"]["p"].dropna() == alone["p"].dropna()).all()


def test_groups_are_compared_in_each_year_that_has_both(tables, tmp_path):
    keys = {key for key in tables if key.startswith("groups/")}
    assert keys == {f"groups/1/{p}/{f}" for p in ("2022-23", "2023-24") for f in FIELDS[1:]}
    later = LOG.only(LOG.cases.loc[~LOG.cases["case_id"].str.contains("24-Head"), "case_id"])
    assert "groups/1/2023-24/platform" not in comparison_tables(
        later, load_study(tmp_path), fields=FIELDS, found=[]
    )


def test_a_change_that_is_one_of_the_mix_is_seen_through(tables):
    raw = tables["shares/platform"].set_index(["label", "group"]).loc[("B", "2023-24")]
    equal = tables["equal-mix/platform"].set_index(["label", "group"]).loc[("B", "2023-24")]
    assert raw["p_adjusted"] < 0.05
    assert raw["difference"] == pytest.approx(0.08)
    assert equal["standardised_difference"] == pytest.approx(0, abs=1e-9)
    assert tables["mix"]["warning"].iloc[0] != ""
    assert "equal-mix/role" not in tables
    assert "equal-mix/kind" not in tables  # its scheme changed
    assert equal["raw_p_adjusted"] == raw["p_adjusted"]  # one family, seen in two ways


def test_a_change_that_an_equal_mix_does_not_bear_out_is_told_with_it(tables):
    unclear = unclear_at_equal_mix(tables, "platform")
    assert "B" in unclear
    row = tables["shares/platform"].set_index(["label", "group"], drop=False).loc[("B", "2023-24")]
    assert say_at_mix(row, unclear).endswith(
        " The change is not clear at an equal mix of the cases."
    )
    assert "mix" not in say_at_mix(row, frozenset())
    assert unclear_at_equal_mix(tables, "kind") == frozenset()
    still = {**tables, "mix": tables["mix"].assign(warning="")}
    assert unclear_at_equal_mix(still, "platform") == frozenset()
    equal = tables["equal-mix/platform"]
    lost = {**tables, "equal-mix/platform": equal.assign(standardised_difference=float("nan"))}
    assert unclear_at_equal_mix(lost, "platform") == frozenset()
    held = {
        **tables,
        "equal-mix/platform": equal.assign(p_adjusted=0.001, standardised_difference=1),
    }
    assert "B" not in unclear_at_equal_mix(held, "platform")
    turned = {
        **held,
        "equal-mix/platform": held["equal-mix/platform"].assign(standardised_difference=-1),
    }
    assert "B" in unclear_at_equal_mix(turned, "platform")


def test_fields_at_an_equal_mix_are_one_family_too(tables):
    frames = [frame for key, frame in tables.items() if key.startswith("equal-mix/")]
    whole = [p for frame in frames for p in frame["p"]]
    kept = [p for frame in frames for p in frame["p_adjusted"]]
    assert kept == pytest.approx(adjust(whole).tolist(), nan_ok=True)


def test_every_group_is_set_against_the_rest_of_the_last_year(tables):
    rest = tables["rest/2023-24"]
    assert set(rest["by"]) == {"role", "platform"}  # kinds are given for what is written
    assert set(rest["field"]) == {"platform", "kind"}
    assert not (rest["by"] == rest["field"]).any()


def test_small_counts_leave_no_trace(tmp_path):
    text = STUDY[: STUDY.index("[disclosure]")]
    study = load_study(tmp_path, text)
    tables = comparison_tables(LOG, study, fields=FIELDS, found=[])
    for key, frame in tables.items():
        for column in {"n", "base", "cases", "reference_n"} & set(frame.columns):
            known = frame[column].dropna().astype(float)
            assert known.mod(5).eq(0).all(), (key, column)
            assert known.gt(7).all(), (key, column)
    assert tables["mix"]["warning"].iloc[0] == "The mix by Role differs."


def test_one_year_alone_is_told_without_comparison(tmp_path):
    tables = comparison_tables(
        LOG.in_period("2022-23"), load_study(tmp_path), fields=FIELDS, found=["platform"]
    )
    assert tables["shares/platform"]["reference"].isna().all()
    assert not any(key.startswith("equal-mix") for key in tables)
    assert "mix" not in tables
