"""Labels are dealt to the exact count, and where their weights say."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.demo.dice import Dice
from workbench.demo.margins import claim_several, claim_single
from workbench.errors import WorkbenchError

COUNTS = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 8))


@given(COUNTS, st.integers())
def test_single_labels_meet_their_counts(counts: dict[str, int], seed: int) -> None:
    labels = claim_single(range(60), counts, lambda _case, _label: 1.0, Dice(seed))
    held = Counter(label for label in labels if label)
    assert held == Counter({label: n for label, n in counts.items() if n})


@given(COUNTS, st.integers(), st.floats(0.01, 1))
def test_several_labels_meet_their_counts(
    counts: dict[str, int], seed: int, crowding: float
) -> None:
    labels = claim_several(
        range(9), counts, lambda _case, _label: 1.0, Dice(seed), crowding=crowding
    )
    assert Counter(x for held in labels for x in held) == Counter(
        {label: n for label, n in counts.items() if n}
    )
    assert all(len(set(held)) == len(held) for held in labels)


def test_weights_are_followed_and_zero_excludes() -> None:
    labels = claim_single(
        range(100), {"x": 20}, lambda case, _label: 0.0 if case < 50 else 1.0, Dice(3)
    )
    assert all(label is None for label in labels[:50])


def test_too_few_candidates_is_said() -> None:
    with pytest.raises(WorkbenchError, match="wanted 5 times, but only 2"):
        claim_single(range(4), {"x": 5}, lambda case, _label: float(case > 1), Dice(3))
