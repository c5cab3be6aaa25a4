"""The attacker's bounds against all counts that there can be, one by one."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.privacy.attack import bound, find_binding, find_narrow
from workbench.privacy.attack_system import Sum, System, in_ring, make_system, pass_on


@st.composite
def systems(draw: st.DrawFn) -> tuple[System, np.ndarray]:
    """A few small counts with sums that hold of them, and the counts themselves."""
    number = draw(st.integers(2, 5))
    least = [draw(st.integers(0, 3)) for _ in range(number)]
    largest = [low + draw(st.integers(0, 3)) for low in least]
    true = np.array([draw(st.integers(a, b)) for a, b in zip(least, largest, strict=True)])
    sums = []
    for _ in range(draw(st.integers(1, 3))):
        places = draw(st.permutations(range(number)))[: draw(st.integers(2, number))]
        cut = draw(st.integers(1, len(places) - 1))
        plus, minus = tuple(places[:cut]), tuple(places[cut:])
        value = int(true[list(plus)].sum() - true[list(minus)].sum())
        sums.append(
            Sum(plus, minus, value - draw(st.integers(0, 1)), value + draw(st.integers(0, 1)))
        )
    return make_system(least, largest, sums), true


def every_solution(system: System) -> np.ndarray:
    ranges = [range(a, b + 1) for a, b in zip(system.least, system.largest, strict=True)]
    return np.array([one for one in product(*ranges) if system.allows(np.array(one))])


@given(systems())
def test_bounds_are_those_of_all_solutions(given_: tuple[System, np.ndarray]) -> None:
    system, _ = given_
    found = every_solution(system)
    least, largest = bound(system)
    assert least.tolist() == found.min(axis=0).tolist()
    assert largest.tolist() == found.max(axis=0).tolist()


@given(systems(), st.integers(1, 4), st.booleans())
def test_what_is_pinned_is_found(
    given_: tuple[System, np.ndarray], width: int, knows_truth: bool
) -> None:
    system, true = given_
    found = every_solution(system)
    apart = found.max(axis=0) - found.min(axis=0)
    known = [true] if knows_truth else []
    narrow, proved = find_narrow(system, range(len(system)), width=width, solutions=known)
    assert narrow.tolist() == (apart < width).tolist()
    assert (proved <= apart).all()


@given(systems())
def test_passing_on_cuts_off_nothing_and_is_exact_without_rings(
    given_: tuple[System, np.ndarray],
) -> None:
    system, _ = given_
    found = every_solution(system)
    tight = pass_on(system)
    assert (tight.least <= found.min(axis=0)).all()
    assert (tight.largest >= found.max(axis=0)).all()
    free = ~in_ring(tight)
    assert (tight.least == found.min(axis=0))[free].all()
    assert (tight.largest == found.max(axis=0))[free].all()


def test_a_ring_needs_more_than_bounds_passed_on() -> None:
    # x + y + z is 2 or 3, and each pair sums to 2: so all are 1.
    pairs = [Sum((0, 1), (), 2, 2), Sum((1, 2), (), 2, 2), Sum((0, 2), (), 2, 2)]
    system = make_system([0] * 3, [2] * 3, pairs)
    assert pass_on(system).largest.tolist() == [2, 2, 2]
    assert in_ring(system).all()
    least, largest = bound(system)
    assert least.tolist() == largest.tolist() == [1, 1, 1]


def test_the_answer_is_in_whole_numbers() -> None:
    # Twice x is odd in no whole number: halves would allow 1.5, whole numbers stop at 1.
    sums = [Sum((0, 1), (), 3, 3), Sum((0,), (2,), 0, 0), Sum((1,), (3,), 0, 0)]
    system = make_system([0] * 4, [9, 9, 9, 9], [*sums, Sum((2,), (3,), -1, 1)])
    least, largest = bound(system)
    assert (least[0], largest[0]) == (1, 2)


def test_bounds_that_contradict_are_told() -> None:
    with pytest.raises(ValueError, match="no counts keep to these"):
        bound(make_system([0, 0], [1, 1], [Sum((0, 1), (), 5, 5)]))


def test_binding_counts_are_those_that_pin_another() -> None:
    system = make_system([0, 13, 8, 0], [7, 17, 12, 99], [Sum((2,), (0, 1))])
    # 0 + 1 = 2, so that 1 and 2 keep 0 down; 3 has nothing to do with it.
    system = make_system([0, 13, 13, 0], [7, 17, 14, 99], [Sum((2,), (0, 1))])
    assert bound(system, [0])[1].tolist() == [1]
    assert {1, 2} <= set(find_binding(system, 0).tolist())
    assert 3 not in find_binding(system, 0)


def test_nothing_to_attack() -> None:
    system = make_system([], [], [])
    least, largest = bound(system)
    assert len(least) == len(largest) == 0
    assert len(find_narrow(system, [], width=3)[0]) == 0
