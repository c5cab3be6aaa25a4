"""Titles name what is clear and nothing else."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.charts.comparisons import GROUPS, compared, hidden
from workbench.charts.titles import title_of_change, title_of_contrast, title_of_lead
from workbench.compare.shares import EVERYONE

YEARS = ("2022-23", "2023-24")


def years(counts: dict[str, tuple[int, int]], **more: object) -> pd.DataFrame:
    return compared(counts, bases=(1000, 1000), groups=YEARS, by="period", **more)


CHANGES = [
    ({"TikTok": (400, 520), "X": (100, 101)},
     "TikTok rose by 12 points; no other platform changed clearly"),
    ({"TikTok": (400, 520)}, "TikTok rose by 12 points from 2022-23 to 2023-24"),
    ({"TikTok": (520, 400)}, "TikTok fell by 12 points from 2022-23 to 2023-24"),
    ({"TikTok": (400, 405), "X": (100, 101)},
     "Platform: none changed clearly from 2022-23 to 2023-24"),
    ({"TikTok": (400, 520), "X": (100, 12), "Y": (50, 51)},
     "TikTok rose by 12 points and X fell by 8.8 points; no other platform changed clearly"),
    ({"TikTok": (400, 520), "X": (100, 12), "Y": (50, 0)},
     "TikTok rose by 12 points and X fell by 8.8 points; one other platform changed clearly"),
    ({"TikTok": (3, 13), "X": (100, 101)},
     "TikTok rose by 1 point; no other platform changed clearly"),
    ({"TikTok": (0, 3), "X": (3, 0)}, "Platform: too few cases to compare 2022-23 and 2023-24"),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "said"), CHANGES)
def test_changes(counts, said):
    assert title_of_change(years(counts), what="platform") == said


def test_a_change_that_an_equal_mix_does_not_bear_out_is_said_to_be_so():
    frame = years({"TikTok": (400, 520), "X": (100, 12), "Y": (50, 0), "Z": (90, 2)})
    said = title_of_change(frame, what="platform", unclear={"TikTok", "Y"})
    assert said == (
        "TikTok rose by 12 points (not clear at an equal mix) and Z fell by 8.8 points; 2 others "
        "changed clearly, 1 of them not at an equal mix"
    ).replace("Z fell", "X fell")
    assert "mix" not in title_of_change(frame, what="platform", unclear={"W"})


def test_a_p_that_is_not_corrected_is_not_enough():
    frame = years({"A": (400, 520), "B": (100, 101)})
    frame["p"], frame["p_adjusted"] = 0.001, 0.051
    assert title_of_change(frame, what="platform").startswith("Platform: none changed clearly")


def test_what_is_hidden_is_not_named_and_not_called_unchanged():
    frame = hidden(years({"TikTok": (400, 520), "X": (100, 12), "Y": (50, 51)}), ["X"])
    assert title_of_change(frame, what="platform") == (
        "TikTok rose by 12 points; no other platform that can be compared changed clearly"
    )
    frame = hidden(frame, ["TikTok", "Y"])
    said = title_of_change(frame, what="platform")
    assert said == "Platform: too few cases to compare 2022-23 and 2023-24"


def test_schemes_that_differ_give_no_change():
    frame = years({"A": (400, 520)}, note="the periods' schemes differ")
    said = title_of_change(frame, what="category")
    assert said == ("Category: the schemes of 2022-23 and 2023-24 differ, so shares do not compare")


def test_many_cases_without_the_field_are_said():
    frame = years({"TikTok": (400, 520), "X": (100, 101)}, cases=(2000, 1005))
    assert title_of_change(frame, what="platform") == (
        "TikTok rose by 12 points among cases with a recorded platform; "
        "no other platform changed clearly"
    )
    nearly = years({"TikTok": (400, 520), "X": (100, 101)}, cases=(1010, 1005))
    assert "recorded" not in title_of_change(nearly, what="platform")


def test_two_of_three_periods_can_be_picked():
    counts = {"A": (100, 500, 120), "B": (10, 11, 10)}
    frame = compared(counts, bases=(1000,) * 3, groups=("1", "2", "3"), by="period")
    assert title_of_change(frame, what="route", earlier="1", later="2").startswith("A rose by 40")
    with pytest.raises(ValueError, match="two groups"):
        title_of_change(frame, what="route")


CONTRASTS = [
    ({"Hate speech": (12, 20), "Other": (10, 273)},
     "Hate speech takes a larger share in Primary than in Secondary (by 14 points); "
     "no other category differs clearly"),
    ({"Hate speech": (20, 20), "Reputation": (12, 1100), "Other": (10, 273)},
     "Reputation takes a larger share in Secondary, Hate speech in Primary; "
     "no other category differs clearly"),
    ({"A": (12, 20), "B": (20, 40), "Other": (10, 273)},
     "B and A take a larger share in Primary than in Secondary; "
     "no other category differs clearly"),
    ({"A": (12, 20), "B": (20, 40), "C": (30, 50), "Other": (10, 273)},
     "C and B take a larger share in Primary than in Secondary; "
     "one other category differs clearly"),
    ({"A": (10, 273), "B": (4, 109)},
     "No category differs clearly between Primary (79 cases) and Secondary (2,157 cases)"),
    ({"A": (0, 4)}, "Category: too few cases to compare Primary and Secondary"),
]  # fmt: skip


@pytest.mark.parametrize(("counts", "said"), CONTRASTS)
def test_contrasts(counts, said):
    assert title_of_contrast(compared(counts), what="category") == said


LEADS = [
    ({"A": (700,), "B": (100,)}, "A is the most frequent platform (70.0%)"),
    ({"A": (500,), "B": (490,), "C": (10,)}, "No platform leads clearly (A 50.0%, B 49.0%)"),
    ({"A": (2,), "B": (0,)}, "Platform: no counts can be shown"),
]


@pytest.mark.parametrize(("counts", "said"), LEADS)
def test_leads_of_one_group(counts, said):
    frame = compared(counts, bases=(1000,), groups=(EVERYONE,), by="")
    assert title_of_lead(frame, what="platform") == said


def test_leads_of_two_groups():
    same = years({"A": (700, 650), "B": (100, 101)})
    assert title_of_lead(same, what="platform") == (
        "A is the most frequent platform in 2022-23 (70.0%) and in 2023-24 (65.0%)"
    )
    changed = years({"A": (700, 100), "B": (100, 650)})
    assert title_of_lead(changed, what="platform") == (
        "A is the most frequent platform in 2022-23 (70.0%), B in 2023-24 (65.0%)"
    )
    close = years({"A": (400, 100), "B": (401, 650)})
    assert title_of_lead(close, what="platform") == (
        "No platform leads clearly in 2022-23 (B 40.1%, A 40.0%), "
        "B is the most frequent platform in 2023-24 (65.0%)"
    )


def test_leads_of_many_groups():
    groups = ("1", "2", "3", "4")
    same = compared({"A": (70,) * 4, "B": (1,) * 4}, bases=(100,) * 4, groups=groups)
    assert title_of_lead(same, what="route") == "A is the most frequent route in all 4 groups"
    mixed = compared({"A": (70, 1, 70, 70), "B": (1, 70, 1, 1)}, bases=(100,) * 4, groups=groups)
    assert title_of_lead(mixed, what="route") == "No one route leads clearly in all 4 groups"


def test_empty_frames_have_titles_too():
    empty = compared({"A": (5, 9)}).iloc[:0]
    for title in (title_of_change, title_of_contrast, title_of_lead):
        assert title(empty, what="platform") == "Platform: no cases"


counted = st.dictionaries(
    st.sampled_from([f"Label{letter}" for letter in "ABCDEFGH"]),
    st.tuples(st.integers(0, 79), st.integers(0, 2157)),
    min_size=1,
)


@given(counted, st.sets(st.sampled_from([f"Label{letter}" for letter in "ABCDEFGH"])))
def test_no_title_ever_names_what_is_hidden_or_unclear(counts, gone):
    frame = hidden(compared(counts), sorted(gone))
    clear = set(frame.loc[frame["p_adjusted"] < 0.05, "label"])
    for title in (title_of_change, title_of_contrast):
        said = title(frame, what="platform")
        assert {label for label in counts if label in said} <= clear - gone
    assert not {label for label in gone if label in title_of_lead(frame, what="platform")}
    assert GROUPS[0] in title_of_contrast(frame, what="platform")
