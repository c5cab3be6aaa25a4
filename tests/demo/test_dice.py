"""Chance is the same on every machine."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from workbench.demo.dice import Dice


def test_first_draws_are_pinned() -> None:
    """Written down once: another machine or Python that draws otherwise fails here first."""
    dice = Dice(1, "case", 17)
    assert [dice.below(1000) for _ in range(5)] == [849, 632, 534, 163, 267]


@given(st.lists(st.integers()), st.integers())
def test_shuffled_keeps_the_values(values: list[int], seed: int) -> None:
    mixed = Dice(seed).shuffled(values)
    assert Counter(mixed) == Counter(values)


@given(st.integers(), st.integers(0, 50), st.integers(0, 50))
def test_between_stays_between(seed: int, low: int, more: int) -> None:
    assert low <= Dice(seed).between(low, low + more) <= low + more


@given(st.integers())
def test_weight_zero_is_never_drawn(seed: int) -> None:
    assert Dice(seed).weighted({"never": 0.0, "always": 0.3, "nor this": 0.0}) == "always"


def test_weights_are_followed() -> None:
    dice = Dice("weights")
    drawn = Counter(dice.weighted({"a": 3.0, "b": 1.0}) for _ in range(4000))
    assert 0.72 < drawn["a"] / 4000 < 0.78
