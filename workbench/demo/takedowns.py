"""Referrals to platforms: how many addresses were reported and how many went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from workbench.demo.dice import Dice
from workbench.demo.plan import Facts, year_table

# Share of reported addresses that a platform removes (invented), before the year's total is met.
_REMOVES = {
    "TikTok": 0.96,
    "Instagram": 0.9,
    "Snapchat": 0.88,
    "Facebook": 0.72,
    "Twitter": 0.5,
    "YouTube": 0.62,
    "WhatsApp": 0.3,
    "Discord": 0.7,
}


@dataclass(frozen=True)
class Takedown:
    """One referral of a case to one platform: `removed` of `reported` addresses went."""

    case_id: str
    requested: date
    platform: str
    reported: int
    removed: int


def refer(year: str, cases: Sequence[Facts], seed: int) -> list[Takedown]:
    """One referral for each of the cases given; URLs add up to the year's two totals."""
    table, dice = year_table(year), Dice(seed, year, "takedowns")
    platforms = [case.platform or "TikTok" for case in cases]
    reported = [1 for _ in cases]
    while sum(reported) < table["reported"]:
        # Whoever has several accounts against them tends to have many: the rich get richer.
        place = dice.below(len(reported))
        if dice.chance(0.35 + 0.1 * min(reported[place], 6)):
            reported[place] += 1
    removed = [
        sum(dice.chance(_REMOVES.get(platform, 0.7)) for _ in range(count))
        for platform, count in zip(platforms, reported, strict=True)
    ]
    while (over := sum(removed) - table["removed"]) != 0:
        place = dice.below(len(removed))
        changed = removed[place] + (-1 if over > 0 else 1)
        if 0 <= changed <= reported[place]:
            removed[place] = changed
    return [
        Takedown(case.case_id, case.received.date(), platform, n, gone)
        for case, platform, n, gone in zip(cases, platforms, reported, removed, strict=True)
    ]
