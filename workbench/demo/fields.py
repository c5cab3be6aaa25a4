"""What the practitioner recorded of each case, in keeping with its text and the printed counts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from workbench.demo.dice import Dice
from workbench.demo.margins import claim_several, claim_single
from workbench.demo.plan import Facts, subject_weight, weight_table, year_table

_TAKEDOWN = {
    "mock_account": 12.0,
    "staff_bullying": 8.0,
    "impersonation_staff": 9.0,
    "impersonation_child": 9.0,
    "peer_bullying": 5.0,
    "fights": 6.0,
    "images": 2.0,
    "harmful": 3.0,
    "underage": 3.0,
    "criticism": 1.5,
    "privacy": 1.5,
    "protest": 4.0,
    "support": 0.0,
    "offremit": 0.0,
}
# Whom a case pertains to: chance for each subject of School, Professional, Child, Parent, Other.
_PERTAINS: dict[str, tuple[float, float, float, float, float]] = {
    "mock_account": (0.85, 0.42, 0.25, 0.01, 0.0),
    "staff_bullying": (0.15, 0.97, 0.06, 0.0, 0.0),
    "impersonation_staff": (0.14, 0.97, 0.02, 0.0, 0.0),
    "impersonation_child": (0.06, 0.02, 0.97, 0.04, 0.0),
    "peer_bullying": (0.12, 0.03, 0.97, 0.04, 0.0),
    "fights": (0.35, 0.04, 0.9, 0.01, 0.01),
    "images": (0.05, 0.05, 0.95, 0.02, 0.01),
    "harmful": (0.22, 0.04, 0.85, 0.02, 0.03),
    "underage": (0.12, 0.01, 0.97, 0.05, 0.0),
    "criticism": (0.6, 0.74, 0.03, 0.07, 0.0),
    "privacy": (0.14, 0.55, 0.4, 0.05, 0.04),
    "support": (0.55, 0.3, 0.3, 0.05, 0.08),
    "offremit": (0.05, 0.02, 0.02, 0.05, 0.8),
    "protest": (0.92, 0.1, 0.3, 0.0, 0.02),
}
_PERTAINS_LABELS = ("School", "Professional", "Child", "Parent or carer", "Other")


@dataclass(frozen=True)
class Record:
    """The recorded fields of a case; an empty tuple or None where the practitioner left a gap."""

    categories: tuple[str, ...]
    issues: tuple[str, ...]
    pertains: tuple[str, ...]
    host: str | None
    platforms: tuple[str, ...]
    referred: str | None


@dataclass(frozen=True)
class _Told:
    """A case and what its text tells."""

    facts: Facts
    text: str
    host: str | None = None
    categories: tuple[str, ...] = ()


def record_year(year: str, cases: Sequence[Facts], texts: Sequence[str], seed: int) -> list[Record]:
    """Deal the year's labels over its cases, text by text."""
    table, dice = year_table(year), Dice(seed, year, "fields")
    told = [_Told(case, text) for case, text in zip(cases, texts, strict=True)]
    hosts = claim_single(told, table["hosts"], _host_weight, dice)
    told = [_Told(t.facts, t.text, host) for t, host in zip(told, hosts, strict=True)]
    platforms = _platforms(table, told, dice)
    categories = claim_several(
        told,
        table["categories"],
        lambda case, label: _labelled(f"categories {year}", label, case),
        dice,
        crowding=0.02 if year == "2022-23" else 0.8,
    )
    told = [
        _Told(t.facts, t.text, t.host, labels) for t, labels in zip(told, categories, strict=True)
    ]
    issues: list[tuple[str, ...]] = [()] * len(told)
    if "issues" in table:
        issues = claim_several(told, table["issues"], _issue_weight, dice, crowding=1.0)
    referred = _referred(table, told, dice)
    return [
        Record(categories[n], issues[n], _pertains(case, dice), hosts[n], platforms[n], referred[n])
        for n, case in enumerate(cases)
    ]


@cache
def _cue(label: str) -> re.Pattern[str] | None:
    pattern = weight_table()["cues"].get(label)
    return re.compile(pattern, re.I) if isinstance(pattern, str) else None


def _labelled(field: str, label: str, case: _Told) -> float:
    weight = subject_weight(field, label, case.facts.subject)
    cue = _cue(label)
    if cue and cue.search(case.text):
        weight *= weight_table()["cues"]["cue_weight"]
    if case.facts.phase_recorded == "Primary":
        weight *= weight_table()["primary"].get(label, 1)
    return weight


def _host_weight(case: _Told, host: str) -> float:
    weight = subject_weight("hosts", host, case.facts.subject)
    if case.facts.platform and host != "Social Networks":
        weight *= 3.0 if host == "Apps" and case.facts.platform in {"WhatsApp", "Discord"} else 0.05
    if host == "Social Networks" and not case.facts.platform:
        weight *= 0.3
    return weight


def _platforms(table: dict[str, Any], told: list[_Told], dice: Dice) -> list[tuple[str, ...]]:
    """In the first year one platform a case; in the second a text may name two."""

    def weight(case: _Told, platform: str) -> float:
        hosted = (
            3.0 if case.host == "Social Networks" else 1.0 if case.host in {None, "Apps"} else 0.02
        )
        if case.facts.platform == platform:
            return 100.0 * hosted
        return hosted if platform.lower() in case.text.lower() else 0.0

    if sum(table["platforms"].values()) < len(told) / 2:
        single = claim_single(
            told,
            table["platforms"],
            lambda case, platform: (
                weight(case, platform) if case.facts.platform == platform else 0.0
            ),
            dice,
        )
        return [(platform,) if platform else () for platform in single]
    return claim_several(told, table["platforms"], weight, dice, crowding=1.0)


def _issue_weight(case: _Told, issue: str) -> float:
    weight = _labelled("issues", issue, case)
    gathered = weight_table()["issue_categories"].get(issue, ())
    if set(gathered) & set(case.categories):
        return max(weight, 0.02) * 4000
    return weight


def _referred(table: dict[str, Any], told: list[_Told], dice: Dice) -> list[str | None]:
    """Yes, No or left open."""

    def weight(case: _Told, label: str) -> float:
        if label == "open":
            return 1.0
        seen = 1.0 if case.facts.platform else 0.15
        return _TAKEDOWN[case.facts.subject] * seen * (0.4 if case.facts.shape == "phone" else 1.0)

    counts = {"Yes": table["referred"], "open": table["undecided"]}
    labels = claim_single(told, counts, weight, dice)
    return [None if label == "open" else label or "No" for label in labels]


def _pertains(case: Facts, dice: Dice) -> tuple[str, ...]:
    if dice.chance(0.09):
        return ()
    chances = _PERTAINS[case.subject]
    drawn = tuple(
        label for label, p in zip(_PERTAINS_LABELS, chances, strict=True) if dice.chance(p)
    )
    return drawn or (_PERTAINS_LABELS[max(range(5), key=lambda n: chances[n])],)
