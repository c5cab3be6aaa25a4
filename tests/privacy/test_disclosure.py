"""Small counts on their way out: what is hidden, what is rounded, what follows from it."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from workbench.compare.intervals import wilson
from workbench.compare.shares import compare_shares
from workbench.errors import ExportError
from workbench.privacy.disclosure import (
    SUPPRESSED,
    describe_rule,
    protect_counts,
    protect_frames,
    protect_table,
)
from workbench.study import Disclosure

RULE = Disclosure()
EXEMPT = Disclosure(exempt=True, reason="The cases are synthetic.")


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, None), (1, None), (7, None), (8, 10), (12, 10), (13, 15), (97, 95), (98, 100)],
)
def test_the_default_rule_at_its_edges(count: int, shown: int | None) -> None:
    (value,) = protect_counts(pd.Series([count]), rule=RULE)
    assert (None if pd.isna(value) else value) == shown


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        (Disclosure(hide_up_to=0, round_to=1), [None, 1, 2, 3]),
        (Disclosure(hide_up_to=2, round_to=1), [None, None, None, 3]),
        (Disclosure(hide_up_to=0, round_to=2), [None, 2, 2, 4]),
    ],
)
def test_other_rules(rule: Disclosure, shown: list[int | None]) -> None:
    values = protect_counts(pd.Series([0, 1, 2, 3]), rule=rule)
    assert [None if pd.isna(value) else value for value in values] == shown


def table() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": ["a", "b", "c", "d"],
            "platform": [1.5, 2.5, 3.5, 4.5],
            "n": [3, 12, 52, 13],
            "base": [52, 52, 52, 13],
            "share": [3 / 52, 12 / 52, 1.0, 1.0],
            "low": [0.0, 0.1, 0.9, 0.7],
            "high": [0.1, 0.3, 1.0, 1.0],
            "difference": [0.1, 0.2, 0.3, 0.4],
            "difference_low": [0.1, 0.2, 0.3, 0.4],
            "effect": [0.1, 0.2, 0.3, 0.4],
            "p": [0.1, 0.2, 0.3, 0.4],
            "p_adjusted": [0.1, 0.2, 0.3, 0.4],
            "note": ["few cases", "", "", ""],
        },
        index=[4, 3, 2, 1],
    )


def test_counts_shares_and_what_rests_on_them() -> None:
    before = table()
    safe = protect_table(before, rule=RULE)
    assert safe["n"].tolist() == [pd.NA, 10, 50, 15]
    assert safe["base"].tolist() == [50, 50, 50, 15]
    assert safe["share"].isna().tolist() == [True, False, False, False]
    assert safe["share"].tolist()[1:] == [0.2, 1.0, 1.0]
    for name in ("low", "high", "difference", "difference_low", "effect", "p", "p_adjusted"):
        assert safe[name].isna().all(), name
    assert safe["note"].tolist() == [f"few cases; {SUPPRESSED}", "", "", ""]
    untouched = ["label", "platform"]
    pd.testing.assert_frame_equal(safe[untouched], before[untouched])
    pd.testing.assert_frame_equal(before, table())


def test_intervals_are_made_anew_from_the_rounded_counts() -> None:
    safe = protect_table(table(), rule=RULE, interval=wilson)
    low, high = wilson([10], [50])
    assert (safe.loc[3, "low"], safe.loc[3, "high"]) == (low[0], high[0])
    assert pd.isna(safe.loc[4, "low"])
    assert safe.loc[2, "high"] == 1


def test_an_exempt_table_comes_back_as_a_copy() -> None:
    before = table()
    safe = protect_table(before, rule=EXEMPT)
    pd.testing.assert_frame_equal(safe, before)
    safe.loc[4, "n"] = 99
    assert before.loc[4, "n"] == 3


def test_a_table_without_its_counts_is_refused() -> None:
    with pytest.raises(ExportError, match="no column of counts named n or base"):
        protect_table(pd.DataFrame({"cases": [1]}), rule=RULE)


def test_other_counts_and_a_note_where_there_was_none() -> None:
    frame = pd.DataFrame({"cases": [3, 90], "share": [0.1, 0.9]})
    safe = protect_table(frame, rule=RULE, counts=("cases",))
    assert safe["cases"].tolist() == [pd.NA, 90]
    assert safe["share"].isna().all()
    assert safe["note"].tolist() == [SUPPRESSED, ""]
    assert "note" not in protect_table(frame.iloc[1:], rule=RULE, counts=("cases",))


def test_missing_counts_stay_missing_without_a_note() -> None:
    frame = pd.DataFrame({"n": [None, 20], "base": [50, 50], "share": [None, 0.4]})
    safe = protect_table(frame, rule=RULE)
    assert safe["n"].tolist() == [pd.NA, 20]
    assert "note" not in safe


def test_a_real_comparison_and_an_empty_one() -> None:
    rows = [{"kind": ["A" if i % 9 else "B"], "site": "one" if i % 3 else "two"} for i in range(60)]
    log = make_log([{**row, "case_id": str(i)} for i, row in enumerate(rows)])
    frame = compare_shares(log, "kind", by="site")
    safe = protect_frames({"x": frame, "none": frame.iloc[:0]}, rule=RULE, interval=wilson)
    assert list(safe["x"].columns) == list(frame.columns) == list(safe["none"].columns)
    assert len(safe["none"]) == 0
    hidden = frame["n"] <= 7
    assert hidden.any()
    assert (safe["x"]["n"].isna() == hidden).all()
    assert safe["x"].loc[hidden, "note"].str.contains(SUPPRESSED).all()
    assert safe["x"]["difference"].isna().all()


COUNTS = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=20)


@given(COUNTS, st.integers(0, 12), st.integers(1, 10))
def test_nothing_exact_is_left(pairs: list[tuple[int, int]], hide: int, step: int) -> None:
    frame = pd.DataFrame([(min(pair), max(pair)) for pair in pairs], columns=["n", "base"])
    frame["share"] = (frame["n"] / frame["base"].where(frame["base"] > 0)).astype("float64")
    rule = Disclosure(hide_up_to=hide, round_to=step)
    safe = protect_table(frame, rule=rule)
    for name in ("n", "base"):
        assert (safe[name].isna() == (frame[name] <= hide)).all()
        assert (safe[name].dropna() % step == 0).all()
        assert ((safe[name] - frame[name]).dropna().abs() * 2 <= step).all()
    known = safe["n"].notna() & (safe["base"] > 0).fillna(value=False)
    assert (safe["share"].notna() == known).all()
    assert safe["share"].dropna().between(0, 1).all()
    again = (safe.loc[known, "n"] / safe.loc[known, "base"]).clip(upper=1).astype("float64")
    assert safe.loc[known, "share"].tolist() == pytest.approx(again.tolist())


def test_the_rule_in_words() -> None:
    assert describe_rule(RULE) == (
        "Counts of 7 or fewer are hidden; all others, totals too, are rounded to the nearest 5."
    )
    assert describe_rule(EXEMPT) == "Counts are shown as they are: The cases are synthetic."
    assert describe_rule(Disclosure(round_to=1)).endswith("all others are shown as they are.")
