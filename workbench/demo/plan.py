"""The bare facts of each year's cases, settled before a word is written."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from workbench.demo.author import OTHER, PUBLIC
from workbench.demo.calendar import draw_received, to_staffed
from workbench.demo.dice import Dice
from workbench.demo.margins import claim_single

YEARS = ("2022-23", "2023-24")
RETURN_SHARE = 0.042
SHORT_SHARE = 0.03
BANNER_SHARE = 0.05
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Facts:
    """One case. A field that ends in `_recorded` is what the record shows (None = left blank);
    the one beside it is what the text goes by.
    """

    year: str
    number: int
    case_id: str
    subject: str
    received: datetime
    role: str = ""
    role_recorded: str | None = None
    phase: str = ""
    phase_recorded: str | None = None
    platform: str | None = None
    country: str = "England"
    country_recorded: str | None = None
    route: str | None = None
    shape: str = ""
    returns_to: str | None = None


@cache
def year_table(year: str) -> dict[str, Any]:
    """What years.toml says of a school year."""
    with (_HERE / "years.toml").open("rb") as file:
        return dict(tomllib.load(file)[year])


@cache
def weight_table() -> dict[str, Any]:
    """What weights.toml says: field -> label -> subject -> weight."""
    with (_HERE / "weights.toml").open("rb") as file:
        return tomllib.load(file)


def subject_weight(field: str, label: str, subject: str) -> float:
    """How likely `label` is for a case of `subject`; 1 where weights.toml is silent."""
    weights = weight_table()[field].get(label)
    if weights is None:
        return 1.0
    return float(weights.get(subject, weights.get("any", 1.0)))


def plan_year(year: str, seed: int) -> list[Facts]:
    """The cases of a year in order of arrival."""
    table, dice = year_table(year), Dice(seed, year, "plan")
    cases = _number(year, _arrivals(table, dice))
    cases = _deal_route(cases, table, dice)
    cases = _deal_role(cases, table, dice)
    cases = _deal_phase(cases, table, dice)
    cases = _deal_country(cases, table, dice)
    cases = _deal_platform(cases, table, dice)
    return _deal_shape(cases, dice)


def link_returns(cases: list[Facts], seed: int) -> list[Facts]:
    """Let about RETURN_SHARE of the cases come from an earlier enquirer with the same matter."""
    dice = Dice(seed, "returns")
    wanted = round(RETURN_SHARE * len(cases))
    linked = list(cases)
    parents: set[int] = set()
    for late in dice.shuffled(range(len(cases))):
        if wanted == 0:
            break
        case = cases[late]
        if (case.shape != "letter" and case.shape != "note") or case.subject == "offremit":
            continue
        earlier = [
            early
            for early in range(max(0, late - 1100), late)
            if early not in parents
            and _same_matter(cases[early], case)
            and linked[early].returns_to is None
        ]
        if not earlier:
            continue
        early = dice.pick(earlier)
        parents |= {early, late}
        linked[late] = replace(case, returns_to=cases[early].case_id, country=cases[early].country)
        wanted -= 1
    return linked


def _same_matter(early: Facts, late: Facts) -> bool:
    days = (late.received - early.received).days
    return (
        6 <= days <= 150
        and early.subject == late.subject
        and early.role == late.role
        and early.phase == late.phase
        and early.platform == late.platform
        and early.country_recorded == late.country_recorded
        and early.shape in {"letter", "note", "bullets"}
    )


def _arrivals(table: dict[str, Any], dice: Dice) -> list[tuple[datetime, str]]:
    months = table["months"]
    moments = [
        (draw_received(table["start"], months.get(subject, months["all"]), dice), subject)
        for subject, count in table["subjects"].items()
        for _ in range(count)
    ]
    return sorted(moments)


def _number(year: str, arrivals: list[tuple[datetime, str]]) -> list[Facts]:
    prefix = year_table(year)["prefix"]
    return [
        Facts(year, number, f"{prefix}-{number:05d}", subject, received)
        for number, (received, subject) in enumerate(arrivals, start=1)
    ]


def _deal_route(cases: list[Facts], table: dict[str, Any], dice: Dice) -> list[Facts]:
    """Calls come when the telephone is answered, and seldom at a weekend."""

    def weight(case: Facts, route: str) -> float:
        if route != "Phone":
            return 1.0
        grave = {"images": 4.0, "harmful": 2.0, "support": 2.5, "offremit": 2.5, "criticism": 1.5}
        quiet = case.received.weekday() >= 5 or not 10 <= case.received.hour < 16
        return grave.get(case.subject, 1.0) * (0.1 if quiet else 1.0)

    routes = claim_single(cases, table["routes"], weight, dice)
    return [
        replace(
            case,
            route=route,
            received=to_staffed(case.received, dice)
            if _off_hours_call(case, route)
            else case.received,
        )
        for case, route in zip(cases, routes, strict=True)
    ]


def _off_hours_call(case: Facts, route: str | None) -> bool:
    return route == "Phone" and not (case.received.weekday() < 5 and 10 <= case.received.hour < 16)


def _deal_role(cases: list[Facts], table: dict[str, Any], dice: Dice) -> list[Facts]:
    roles = claim_single(
        cases, table["roles"], lambda case, role: subject_weight("roles", role, case.subject), dice
    )
    dealt = []
    for case, role in zip(cases, roles, strict=True):
        outside = "General Public" if case.subject == "offremit" else "Teacher"
        known = role if role not in {None, "Unknown"} else outside
        dealt.append(replace(case, role=known or outside, role_recorded=role))
    return dealt


def _deal_phase(cases: list[Facts], table: dict[str, Any], dice: Dice) -> list[Facts]:
    def weight(case: Facts, phase: str) -> float:
        outside = 0.06 if case.role in PUBLIC | OTHER else 1.0
        return subject_weight("phases", phase, case.subject) * outside

    phases = claim_single(cases, table["phases"], weight, dice)
    return [
        replace(
            case,
            phase_recorded=phase,
            phase=phase or dice.weighted({"Secondary": 0.93, "Primary": 0.07}),
        )
        for case, phase in zip(cases, phases, strict=True)
    ]


def _deal_country(cases: list[Facts], table: dict[str, Any], dice: Dice) -> list[Facts]:
    def weight(case: Facts, country: str) -> float:
        # The protests of March 2023 were reported from England above all.
        return 0.3 if case.subject == "protest" and country != "England" else 1.0

    countries = claim_single(cases, table["countries"], weight, dice)
    return [
        replace(case, country_recorded=country, country=country or "England")
        for case, country in zip(cases, countries, strict=True)
    ]


def _deal_platform(cases: list[Facts], table: dict[str, Any], dice: Dice) -> list[Facts]:
    platforms = claim_single(
        cases,
        table["true_platforms"],
        lambda case, platform: subject_weight("platforms", platform, case.subject),
        dice,
    )
    return [
        replace(case, platform=platform) for case, platform in zip(cases, platforms, strict=True)
    ]


def _deal_shape(cases: list[Facts], dice: Dice) -> list[Facts]:
    """Which cases are phone notes, which very short, which ordinary mail."""
    from workbench.demo.enquiry import choose_shape

    written = [case.number for case in cases if case.route != "Phone"]
    short = set(dice.sample(written, math.floor(SHORT_SHARE * len(cases))))
    shaped = []
    for case in cases:
        if case.route == "Phone":
            shape = "phone"
        elif case.number in short:
            shape = "short"
        else:
            shape = choose_shape(dice, subject=case.subject, role=case.role)
        shaped.append(replace(case, shape=shape))
    return shaped


def school_year_start(year: str) -> date:
    """The first day of a school year."""
    start: date = year_table(year)["start"]
    return start
