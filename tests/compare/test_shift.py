"""Word shifts: parts add up, sides turn, and few texts are not taken for a distance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import jensenshannon

from workbench.compare.shift import say_shift, word_shift
from workbench.errors import WorkbenchError

NAMES = ("2022-23", "2023-24")
WORDS = [f"word{letter}" for letter in "abcdefghijklmnopqrst"]

texts = st.lists(
    st.lists(st.sampled_from("red green blue grey".split()), min_size=1, max_size=6).map(" ".join),
    min_size=1,
    max_size=8,
)


@given(texts, texts)
def test_parts_add_up_to_the_divergence(a: list[str], b: list[str]) -> None:
    shift = word_shift(a, b, least=1, draws=0)
    words, distance = shift.words, shift.total["distance"].iloc[0]
    assert distance == pytest.approx(words["contribution"].sum(), abs=1e-12)
    plain = jensenshannon(words["share_a"], words["share_b"], base=2) ** 2
    assert distance == pytest.approx(np.nan_to_num(plain), abs=1e-9)
    assert (words["contribution"] >= 0).all()
    assert words["part"].sum() == pytest.approx(1 if distance > 0 else 0)


@given(texts, texts, st.sampled_from(["divergence", "proportion"]))
def test_turning_the_sides_turns_directions_alone(a, b, measure) -> None:  # type: ignore[no-untyped-def]
    one = word_shift(a, b, measure=measure, least=1, draws=0)
    other = word_shift(b, a, measure=measure, least=1, draws=0)
    assert one.total["distance"].iloc[0] == pytest.approx(other.total["distance"].iloc[0])
    sides = other.words.set_index("word")["more_in"].map({"a": "b", "b": "a", "": ""})
    assert one.words.set_index("word")["more_in"].eq(sides.reindex(one.words["word"])).all()


@pytest.mark.parametrize("measure", ["divergence", "proportion"])
def test_distances_run_from_nought_to_one(measure) -> None:  # type: ignore[no-untyped-def]
    a, b = ["red red green"] * 5, ["blue grey"] * 5
    same = word_shift(a, a[::-1], measure=measure, least=1, draws=0)
    apart = word_shift(a, b, measure=measure, least=1, draws=0)
    assert same.total["distance"].iloc[0] == pytest.approx(0, abs=1e-12)
    assert (same.words["more_in"] == "").all()
    assert apart.total["distance"].iloc[0] == pytest.approx(1)


def test_the_proportion_shift_is_half_of_what_shares_differ_by() -> None:
    shift = word_shift(["red red red blue"], ["red blue blue blue"], least=1, measure="proportion")
    assert shift.words["contribution"].tolist() == [0.25, 0.25]
    assert shift.total["distance"].iloc[0] == 0.5


def _draw(rng: np.random.Generator, shares: np.ndarray, n: int) -> list[str]:
    return [" ".join(rng.choice(WORDS, size=12, p=shares)) for _ in range(n)]


def test_few_texts_of_one_kind_lie_no_farther_apart_than_chance() -> None:
    rng = np.random.default_rng(5)
    even = np.full(len(WORDS), 1 / len(WORDS))
    shift = word_shift(_draw(rng, even, 15), _draw(rng, even, 90), least=1, draws=200)
    row = shift.total.iloc[0]
    assert row["distance"] > 0.005  # not nought: few texts make any two sides differ
    assert row["distance"] < 1.6 * row["chance"]
    assert row["low"] == 0
    assert row["p"] > 0.05
    assert "no more than chance would bring" in say_shift(shift, names=NAMES)


def test_what_few_texts_add_is_taken_off() -> None:
    rng = np.random.default_rng(6)
    even = np.full(len(WORDS), 1 / len(WORDS))
    tilted = np.linspace(1, 3, len(WORDS)) / np.linspace(1, 3, len(WORDS)).sum()
    true = jensenshannon(even, tilted, base=2) ** 2
    shift = word_shift(_draw(rng, even, 25), _draw(rng, tilted, 200), least=1, draws=200)
    row = shift.total.iloc[0]
    assert row["low"] <= true <= row["high"]
    assert abs(row["corrected"] - true) < abs(row["distance"] - true)
    assert row["p"] < 0.05
    assert "Beyond chance they lie" in say_shift(shift, names=NAMES)


def test_draws_are_the_same_in_any_order() -> None:
    rng = np.random.default_rng(7)
    even = np.full(len(WORDS), 1 / len(WORDS))
    a, b = _draw(rng, even, 20), _draw(rng, even, 30)
    first = word_shift(a, b, draws=50)
    again = word_shift(a[::-1], pd.Series(b[::-1]), draws=50)
    pd.testing.assert_frame_equal(first.total, again.total)
    pd.testing.assert_frame_equal(first.words, again.words)
    assert first.total["low"].iloc[0] != word_shift(a, b, draws=50, seed=1).total["high"].iloc[0]


def test_proportions_are_held_against_chance_alone() -> None:
    a, b = ["red red green"] * 30, ["red green green"] * 30
    shift = word_shift(a, b, measure="proportion", draws=50)
    assert np.isnan(shift.total["corrected"].iloc[0])
    assert say_shift(shift, names=NAMES).endswith("This is more than chance would bring.")


@pytest.mark.parametrize(("a", "b"), [([], []), (["red"], ["red"]), ([], ["red blue"])])
def test_too_few_texts_are_said_to_be(a: list[str], b: list[str]) -> None:
    shift = word_shift(a, b, least=1)
    assert say_shift(shift, names=NAMES).startswith("Too few texts")


def test_another_measure_is_refused() -> None:
    with pytest.raises(WorkbenchError, match="divergence"):
        word_shift(["red"], ["blue"], measure="divergense")  # type: ignore[arg-type]
