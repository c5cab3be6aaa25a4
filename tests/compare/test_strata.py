"""A stratum holds the cases that are alike in every field, gaps and several labels included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from workbench.cases.log import FieldInfo
from workbench.compare.strata import NOT_RECORDED, codes_of, find_members, find_strata
from workbench.errors import WorkbenchError

LOG = make_log(
    [
        {"phase": "Primary", "role": ["Head", "Governor"]},
        {"phase": "Secondary", "role": ["Governor", "Head"]},
        {"phase": "Primary", "role": ["Head"], "period": "2023-24", "date": "2023-10-01"},
        {"phase": [], "role": []},
        {"phase": "Primary", "role": ["Head", "Head"]},
    ],
    {"phase": FieldInfo("phase", "Phase", orders={"2022-23": ("Secondary", "Primary")})},
)


def named(fields: list[str]) -> list[tuple[str, ...]]:
    strata = find_strata(LOG, fields)
    return [strata.names[code] for code in strata.codes]


def test_several_labels_are_one_value_and_a_gap_is_a_value_of_its_own() -> None:
    assert named(["role"]) == [
        ("Governor + Head",),
        ("Governor + Head",),
        ("Head",),
        (NOT_RECORDED,),
        ("Head",),
    ]


def test_fields_are_crossed() -> None:
    assert named(["phase", "role"])[0] == ("Primary", "Governor + Head")
    assert named(["phase", "role"])[3] == (NOT_RECORDED, NOT_RECORDED)
    assert named(["period", "phase"])[2] == ("2023-24", "Primary")


def test_strata_stand_in_the_order_of_the_scheme_and_gaps_last() -> None:
    assert find_strata(LOG, ["phase"]).names == (("Secondary",), ("Primary",), (NOT_RECORDED,))


def test_members_follow_the_groups_asked_for() -> None:
    members = find_members(LOG, "phase", ["Primary", "Secondary"])
    assert list(members) == ["Primary", "Secondary"]
    assert members["Primary"].tolist() == [True, False, True, False, True]
    both = find_members(LOG, "role")
    assert both["Head"].tolist() == [True, True, True, False, True]
    assert both["Governor"].sum() == 2


def test_unknown_or_single_groups_are_refused() -> None:
    with pytest.raises(WorkbenchError, match="Did you mean 'Primary'"):
        find_members(LOG, "phase", ["Primry", "Secondary"])
    with pytest.raises(WorkbenchError, match="needs two groups"):
        find_members(LOG, "phase", ["Primary", "Primary"])
    with pytest.raises(WorkbenchError, match="no field 'fase'"):
        find_strata(LOG, ["fase"])


def test_labels_outside_the_order_have_no_code() -> None:
    labels = LOG.membership("phase")["label"]
    assert codes_of(labels, ["Secondary"]).tolist() == [-1, 0, -1, -1]
    assert codes_of(labels[:0], ["Secondary"]).tolist() == []


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from("ABC")), st.sampled_from(["x", "y", None])), min_size=1
    )
)
def test_cases_share_a_stratum_just_when_they_are_alike(rows) -> None:  # type: ignore[no-untyped-def]
    log = make_log(
        [{"one": sorted(one), "two": [two] if two else []} for one, two in rows],
        {name: FieldInfo(name, name) for name in ("one", "two")},
    )
    codes = find_strata(log, ["one", "two"]).codes
    for i, (one_i, two_i) in enumerate(rows):
        for j, (one_j, two_j) in enumerate(rows):
            assert (codes[i] == codes[j]) == (one_i == one_j and two_i == two_j)
