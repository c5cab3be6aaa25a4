"""The mix of a group adds up to all its cases; a warning is given where it truly changed."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from workbench.cases.log import CaseLog, FieldInfo
from workbench.compare.mix import CHANGE_COLUMNS, MIX_COLUMNS, mix_change, mix_of
from workbench.compare.strata import NOT_RECORDED
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_table
from workbench.study import Disclosure

DAYS = {"2022-23": "2022-10-01", "2023-24": "2023-10-01"}


def log_of(first: dict[str, int], second: dict[str, int]) -> CaseLog:
    """Cases of two years by phase; the phase "" is missing."""
    rows = [
        {"period": year, "date": day, "phase": [phase] if phase else []}
        for (year, day), counts in zip(DAYS.items(), (first, second), strict=True)
        for phase, n in counts.items()
        for _ in range(n)
    ]
    return make_log(rows, {"phase": FieldInfo("phase", "Institution phase")})


def test_shares_are_of_all_cases_of_the_group() -> None:
    log = log_of({"Primary": 6, "": 4}, {"Primary": 5, "Secondary": 15})
    mix = mix_of(log, ["phase"], by="period")
    assert list(mix.columns) == list(MIX_COLUMNS)
    assert mix["label"].drop_duplicates().tolist() == ["Primary", "Secondary", NOT_RECORDED]
    found = mix.set_index(["label", "group"])
    assert found.loc[(NOT_RECORDED, "2022-23"), ["n", "base", "share"]].tolist() == [4, 10, 0.4]
    assert found.loc[("Secondary", "2022-23"), "n"] == 0
    assert (mix["low"] <= mix["share"]).all()
    assert (mix["share"] <= mix["high"]).all()


@given(
    st.lists(
        st.tuples(st.sampled_from(list(DAYS)), st.sets(st.sampled_from("ABC"))), min_size=1
    ).filter(lambda rows: len({year for year, _ in rows}) == 2)
)
def test_shares_of_a_group_add_up_to_one(rows) -> None:  # type: ignore[no-untyped-def]
    log = make_log(
        [{"period": y, "date": DAYS[y], "kind": sorted(kinds)} for y, kinds in rows],
        {"kind": FieldInfo("kind", "Kind", several=True)},
    )
    mix = mix_of(log, ["kind", "kind"], by="period")
    sums = mix.groupby("group")["share"].sum()
    assert sums.tolist() == pytest.approx([2.0, 2.0])
    change = mix_change(log, ["kind"], by="period").iloc[0]
    assert 0 <= change["distance"] <= 1
    assert (change["distance"] < 1e-9) == (
        mix.pivot_table(index="label", columns="group", values="share")
        .diff(axis=1)
        .iloc[:, 1]
        .abs()
        .max()
        < 1e-9
    )


def test_the_distance_is_the_part_that_would_have_to_move() -> None:
    log = log_of({"Primary": 50, "Secondary": 50}, {"Primary": 80, "Secondary": 120})
    change = mix_change(log, ["phase"], by="period")
    assert list(change.columns) == list(CHANGE_COLUMNS)
    row = change.iloc[0]
    assert (row["reference"], row["group"]) == ("2022-23", "2023-24")
    assert (row["reference_base"], row["base"]) == (100, 200)
    assert row["distance"] == pytest.approx(0.1)
    assert row["cramers_low"] <= row["cramers_v"] <= row["cramers_high"]
    assert row["p_adjusted"] == row["p"]


@pytest.mark.parametrize(
    ("first", "second", "warned"),
    [
        ({"Primary": 500, "Secondary": 500}, {"Primary": 300, "Secondary": 700}, True),
        ({"Primary": 500, "Secondary": 500}, {"Primary": 500, "Secondary": 500}, False),
        # Far apart, but so few that chance alone would do it:
        ({"Primary": 6, "Secondary": 4}, {"Primary": 4, "Secondary": 6}, False),
        # Beyond doubt, but too little to move a share:
        ({"Primary": 5000, "Secondary": 5000}, {"Primary": 5300, "Secondary": 4700}, False),
        # The gap itself is part of the mix:
        ({"Primary": 500, "": 0}, {"Primary": 350, "": 150}, True),
    ],
)
def test_a_warning_needs_a_change_that_is_large_and_no_chance(first, second, warned) -> None:  # type: ignore[no-untyped-def]
    row = mix_change(log_of(first, second), ["phase"], by="period").iloc[0]
    assert bool(row["warning"]) == warned


def test_the_warning_says_what_changed_most() -> None:
    log = log_of({"Primary": 400, "Secondary": 600}, {"Primary": 600, "Secondary": 400})
    warning = mix_change(log, ["phase"], by="period")["warning"].iloc[0]
    assert warning == (
        "The mix by Institution phase differs: 'Primary' makes up 40.0% of the cases of 2022-23 "
        "and 60.0% of those of 2023-24."
    )


def test_every_other_group_is_set_against_the_first() -> None:
    rng = np.random.default_rng(1)
    rows = [
        {"platform": str(rng.choice(["A", "B", "C"])), "role": str(rng.choice(["x", "y"]))}
        for _ in range(90)
    ]
    change = mix_change(make_log(rows), ["role", "period"], by="platform", groups=["B", "C", "A"])
    assert change[["field", "group"]].to_numpy().tolist() == [
        ["role", "C"],
        ["role", "A"],
        ["period", "C"],
        ["period", "A"],
    ]
    assert (change["reference"] == "B").all()
    assert (change["p_adjusted"] >= change["p"] - 1e-12).all()
    alone = change[change["field"] == "period"]
    assert (alone["distance"] == 0).all()
    assert (alone["p"] == 1).all()


def test_no_field_gives_an_empty_frame_and_an_unknown_one_is_refused() -> None:
    log = log_of({"Primary": 5}, {"Primary": 5})
    assert mix_of(log, [], by="period").empty
    assert mix_change(log, [], by="period").empty
    with pytest.raises(WorkbenchError, match="no field 'fase'"):
        mix_of(log, ["fase"], by="period")


def test_a_mix_keeps_to_disclosure_control() -> None:
    log = log_of({"Primary": 40, "Secondary": 3}, {"Primary": 52, "Secondary": 28})
    safe = protect_table(mix_of(log, ["phase"], by="period"), rule=Disclosure())
    found = safe.set_index(["label", "group"])
    assert pd.isna(found.loc[("Secondary", "2022-23"), "n"])
    assert found.loc[("Primary", "2023-24"), "share"] == pytest.approx(50 / 80)
