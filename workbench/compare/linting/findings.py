"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from workbench.compare.linting.figures import Material

Severity = Literal["contradiction", "unexplained", "caution", "not checked"]

SEVERITIES: dict[Severity, str] = {
    "contradiction": "two statements that cannot both be right: correct one",
    "unexplained": "may be right, but the reader is not told why: say so",
    "caution": "right as printed, yet it cannot carry the comparison that it invites: qualify it",
    "not checked": "nothing printed to check it against",
}
"""How serious a finding is, most serious first, and what to do about it."""


@dataclass(frozen=True)
class Finding:
    """Where something is wrong, and ``finding`` says what in plain words.

    ``printed`` is the number at fault and ``against`` the one that it does not meet, where the
    finding rests on two numbers.
    """

    report: str
    table: str
    label: str
    finding: str
    printed: float | None = None
    against: float | None = None


@dataclass(frozen=True)
class Rule:
    """One way in which figures can contradict each other, and the function that looks for it."""

    name: str
    severity: Severity
    explanation: str
    find: Callable[[Material], Iterator[Finding]]


def say_many(severity: Severity, n: int) -> str:
    """How many findings of a kind: ``2 contradictions``, ``7 unexplained``."""
    several = "s" if severity in ("contradiction", "caution") and n != 1 else ""
    return f"{n:,} {severity}{several}"


def whole(number: float) -> str:
    """A count as it is printed: ``2,678``."""
    return f"{round(number):,}"


def points(percent: float, decimals: int = 1) -> str:
    """A percentage as it is printed: ``25.7%``."""
    return f"{percent:.{decimals}f}%"
