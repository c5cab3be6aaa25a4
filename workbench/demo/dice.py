"""Chance that falls the same way on every machine and every Python from 3.11 on."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Dice:
    """Draws from one stream, named by its key: `Dice(seed, "case", 17)`.

    Python promises that seeding with a string and `Random.random()` stay the same between
    versions, but not `shuffle`, `choice` or `sample`; so these are built here on `random()`.
    """

    def __init__(self, *key: object) -> None:
        self.number = random.Random("/".join(str(part) for part in key)).random

    def chance(self, probability: float) -> bool:
        """True with the given probability in [0, 1]."""
        return self.number() < probability

    def below(self, end: int) -> int:
        """A whole number in 0 … end - 1."""
        return int(self.number() * end)

    def between(self, low: int, high: int) -> int:
        """A whole number in low … high, both included."""
        return low + self.below(high - low + 1)

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, each as likely."""
        return values[self.below(len(values))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One of the keys, as likely as its weight (at least 0, not all 0)."""
        left = self.number() * sum(weights.values())
        last = None
        for value, weight in weights.items():
            if weight <= 0:
                continue
            last = value
            left -= weight
            if left < 0:
                break
        if last is None:
            raise ValueError("no weight above 0")
        return last

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in a new order (Fisher and Yates)."""
        mixed = list(values)
        for last in range(len(mixed) - 1, 0, -1):
            other = self.below(last + 1)
            mixed[last], mixed[other] = mixed[other], mixed[last]
        return mixed

    def sample(self, values: Sequence[T], size: int) -> list[T]:
        """`size` different positions of `values`, in random order."""
        return self.shuffled(values)[:size]

    def gumbel(self) -> float:
        """Standard Gumbel noise; the n largest of log-weight + noise are a weighted sample."""
        return -math.log(-math.log(self.number() * (1 - 2e-12) + 1e-12))
