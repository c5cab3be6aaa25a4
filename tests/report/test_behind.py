"""What is behind a printed figure: its own numbers, none of another's, none that are hidden."""

from __future__ import annotations

import copy

import pandas as pd
import pytest

from workbench.report.behind import (
    Behind,
    Sourced,
    behind_bases,
    behind_row,
    behind_rows,
    numbers_behind,
)

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
    "no_reply": 12,
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
        ("month-model", "ratio", (None, 2561, 0.357, 0.395)),
        ("replies", "median", (None, 2561, 1.8, 2.0)),
        ("replies", "no_reply", (12, 2561, None, None)),
    ],
)
def test_a_value_has_its_own_base_and_limits_and_never_those_of_another(table, column, expected):
    found = numbers_behind(pd.Series(ROW), column, table=table)
    assert (found["n"], found["base"], found["low"], found["high"]) == expected


def test_the_size_of_a_theme_is_the_count_of_its_share():
    row = {"label": "A", "size": 12, "base": 40, "share": 0.3, "low": 0.2, "high": 0.4}
    found = behind_row(row, "share", frame="themes", by=("label",))
    assert found == Behind("themes", (("label", "A"),), "share", 12, 40, 0.2, 0.4)


def test_what_disclosure_control_hid_stays_hidden():
    frame = pd.DataFrame(
        {
            "label": ["A", "B"],
            "group": ["2023-24", "2023-24"],
            "n": pd.array([pd.NA, 30], dtype="Int64"),
            "base": pd.array([40, 40], dtype="Int64"),
            "share": [float("nan"), 0.75],
            "low": [float("nan"), 0.6],
            "high": [float("nan"), 0.86],
        }
    )
    hidden, told = behind_rows(frame, "share", frame="shares/kind")
    assert (hidden.n, hidden.low, hidden.high) == (None, None, None)
    assert (told.n, told.base) == (30, 40)
    assert told.where == (("label", "B"), ("group", "2023-24"))


def test_a_row_goes_by_its_month_as_prose_names_it():
    row = {"month": pd.Timestamp("2023-03-01"), "level": 0.0, "n": 5, "other": None}
    found = behind_row(row, "n", frame="months", by=("month", "level", "other"))
    assert found.where == (("month", "March 2023"), ("level", "0"))


def test_a_caption_rests_on_the_base_of_each_group():
    frame = pd.DataFrame({"group": ["a", "a", "b"], "base": [10, 12, float("nan")]})
    assert [(one.where, one.base) for one in behind_bases(frame, frame="x")] == [
        ((("group", "a"),), 12),
        ((("group", "b"),), None),
    ]
    many = pd.DataFrame({"group": list("abcdefgh"), "base": range(8)})
    assert behind_bases(many, frame="x") == (Behind("x"),)
    assert behind_bases(frame[["group"]], frame="x") == (Behind("x"),)


def test_words_keep_their_rows_however_they_are_passed_on():
    words = Sourced("In all 12 cases.", Behind("cases", n=12))
    for same in (copy.copy(words), copy.deepcopy(words), words.then("")):
        assert same == words
        assert same.behind == words.behind
    assert words.then(" Or so.") == "In all 12 cases. Or so."
