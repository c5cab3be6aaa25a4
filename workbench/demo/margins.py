"""Labels dealt to cases so that every printed count is met exactly.

Each label goes to the n cases with the largest log-weight plus Gumbel noise, which samples n cases
without replacement in proportion to their weights (Kool, van Hoof and Welling 2019, "Stochastic
beams and where to find them"). So totals are exact while the joint distributions stay plausible.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from workbench.demo.dice import Dice
from workbench.errors import WorkbenchError

C = TypeVar("C")
Weight = Callable[[C, str], float]


def claim_single(
    cases: Sequence[C], counts: Mapping[str, int], weight: Weight[C], dice: Dice
) -> list[str | None]:
    """One label at most for each case; a case that no label claims gets None.

    Rare labels choose first, or the common ones would leave them nothing fitting.
    """
    labels: list[str | None] = [None] * len(cases)
    for label, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        free = [position for position, held in enumerate(labels) if held is None]
        weights = [weight(cases[position], label) for position in free]
        for position in _best(free, count, weights, dice, label):
            labels[position] = label
    return labels


def claim_several(
    cases: Sequence[C],
    counts: Mapping[str, int],
    weight: Weight[C],
    dice: Dice,
    *,
    crowding: float,
) -> list[tuple[str, ...]]:
    """Any number of labels for each case, in the order of `counts`.

    Each label already held multiplies the weight of a further one by `crowding` (0 to 1).
    """
    held: list[set[str]] = [set() for _ in cases]
    for label, count in sorted(counts.items(), key=lambda item: (item[1], item[0])):
        weights = [
            weight(case, label) * crowding ** len(others)
            for case, others in zip(cases, held, strict=True)
        ]
        for position in _best(range(len(cases)), count, weights, dice, label):
            held[position].add(label)
    return [tuple(label for label in counts if label in labels) for labels in held]


def _best(
    positions: Sequence[int],
    count: int,
    weights: Sequence[float],
    dice: Dice,
    label: str,
) -> list[int]:
    """The `count` positions with the largest log-weight plus noise; weight 0 is never chosen."""
    scored = []
    for position, chance in zip(positions, weights, strict=True):
        noise = dice.gumbel()
        if chance > 0:
            scored.append((-(math.log(chance) + noise), position))
    if len(scored) < count:
        raise WorkbenchError(
            f"The label '{label}' is wanted {count} times, but only {len(scored)} cases may have "
            "it. Widen its weights in demo/weights.toml."
        )
    return [position for _, position in sorted(scored)[:count]]
