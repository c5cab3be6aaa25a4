"""Pairs of tones against chance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import contingency

from workbench.errors import WorkbenchError
from workbench.study import Disclosure
from workbench.tone.together import COLUMNS, protect_together, tones_together


def shown(**columns: list[int]) -> pd.DataFrame:
    return pd.DataFrame({name: np.array(values, dtype=bool) for name, values in columns.items()})


def drawn(cells: tuple[int, int, int, int]) -> pd.DataFrame:
    """Texts with both tones, the first alone, the second alone, neither."""
    both, first, second, neither = cells
    one = [1] * (both + first) + [0] * (second + neither)
    other = [1] * both + [0] * first + [1] * second + [0] * neither
    return shown(concern=one, urgency=other)


def test_counts_and_measures_of_a_known_table():
    [row] = tones_together(drawn((30, 20, 10, 40))).to_dict("records")
    assert (row["one"], row["other"], row["group"]) == ("concern", "urgency", "All cases")
    assert (row["n"], row["base"], row["one_n"], row["other_n"]) == (30, 100, 50, 40)
    assert row["share"] == pytest.approx(0.3)
    assert row["lift"] == pytest.approx(30 / (100 * 0.5 * 0.4))
    assert row["odds_ratio"] == pytest.approx(30 * 40 / (20 * 10))
    # By hand: exp(log 6 ± 1.959964 √(1/30 + 1/20 + 1/10 + 1/40)).
    assert (row["low"], row["high"]) == pytest.approx((2.4526, 14.6785), abs=1e-3)
    expected = contingency.chi2_contingency([[30, 20], [10, 40]], correction=False).pvalue
    assert row["p"] == row["p_adjusted"] == pytest.approx(expected)


@given(st.tuples(*[st.integers(0, 12)] * 4))
def test_direction_interval_and_lift_agree(cells):
    [row] = tones_together(drawn(cells)).to_dict("records")
    both, first, second, _ = cells
    if min(both + first, both + second) == 0 or max(both + first, both + second) == sum(cells):
        assert np.isnan([row["lift"], row["odds_ratio"], row["p"]]).all()
        return
    assert row["low"] < row["odds_ratio"] < row["high"]
    assert 0 <= row["p"] <= row["p_adjusted"] <= 1
    if min(cells) > 0:
        assert np.sign(row["lift"] - 1) == np.sign(round(row["odds_ratio"] - 1, 9))


@given(st.permutations(range(8)))
def test_the_order_of_texts_does_not_matter(order):
    frame = shown(
        a=[1, 1, 0, 0, 1, 0, 1, 0], b=[1, 0, 0, 1, 1, 0, 1, 0], c=[0, 0, 1, 1, 0, 1, 1, 1]
    )
    pd.testing.assert_frame_equal(tones_together(frame), tones_together(frame.iloc[list(order)]))


def test_pairs_are_corrected_for_being_many():
    rng = np.random.default_rng(4)
    frame = pd.DataFrame(rng.random((200, 5)) < 0.3, columns=list("abcde"))
    frame["f"] = frame["a"] ^ (rng.random(200) < 0.02)
    found = tones_together(frame)
    assert len(found) == 15
    assert (found["p_adjusted"] >= found["p"]).all()
    clear = found[found["p_adjusted"] < 0.05]
    assert ("a", "f") in set(zip(clear["one"], clear["other"], strict=True))
    assert (found["p_adjusted"] > found["p"]).any()


def test_each_group_is_counted_by_itself():
    frame = drawn((3, 2, 2, 5))
    groups = pd.Series(["late", "early"] * 6, index=frame.index)
    groups[0] = None
    found = tones_together(frame, groups=groups)
    assert list(found["group"]) == ["early", "late"]
    assert list(found["base"]) == [6, 5]
    assert list(found) == list(COLUMNS)


def test_no_texts_and_columns_that_are_not_boolean():
    assert np.isnan(tones_together(shown(a=[], b=[]))["share"]).all()
    with pytest.raises(WorkbenchError, match="'text_id'"):
        tones_together(shown(a=[1, 0]).assign(text_id=[1, 2]))


def test_protected_pairs_are_computed_from_what_is_left():
    frame = tones_together(
        pd.concat([drawn((31, 22, 12, 41)), drawn((3, 20, 20, 40))], keys=["x", "y"]).assign(
            rare=[True] * 6 + [False] * 183
        )
    )
    safe = protect_together(frame, rule=Disclosure())
    first = safe.iloc[0]
    assert (first["n"], first["base"], first["one_n"]) == (35, 190, 75)
    assert first["lift"] == pytest.approx(35 * 190 / (75 * first["other_n"]))
    hidden = safe[safe["other"] == "rare"]
    assert hidden[["n", "other_n", "lift", "odds_ratio", "low", "high", "p"]].isna().all(axis=None)
    assert set(hidden["note"]) == {"suppressed"}
    exempt = protect_together(frame, rule=Disclosure(exempt=True, reason="invented"))
    pd.testing.assert_frame_equal(exempt, frame)


def test_nothing_of_the_exact_counts_is_left():
    near = tones_together(drawn((31, 22, 12, 41)))
    other = tones_together(drawn((32, 21, 12, 41)))
    pd.testing.assert_frame_equal(
        protect_together(near, rule=Disclosure()), protect_together(other, rule=Disclosure())
    )
