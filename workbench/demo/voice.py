"""Which fragments a given writer could have written about a given matter (rules in voice.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from workbench.demo.author import OTHER, PUBLIC
from workbench.demo.calendar import is_holiday
from workbench.demo.fragments import Fragment
from workbench.demo.scene import Scene

_FILE = Path(__file__).with_name("voice.toml")
_COMMON_BANKS = frozenset({"common", "tones", "replies", "glue"})
_NAMING = frozenset({"staff", "staff2", "surname", "pupil", "pupil2", "handle", "handle2", "link"})
_GREETING = re.compile(r"^(?:\w+,? ){0,2}(morning|afternoon|evening)\b[\w ]*,$", re.I)
_TIMES = {"morning": range(12), "afternoon": range(12, 18), "evening": range(17, 24)}


def could_write(scene: Scene, bank: str, fragment: Fragment) -> bool:
    """Whether this writer, on this matter and at this time, could have written the fragment."""
    if not scene.fits(fragment) or not _suits_role(fragment, scene.author.role):
        return False
    if not _in_season(fragment, scene.received.month):
        return False
    if bank not in _COMMON_BANKS:
        return not scene.called or _suits_caller(fragment, scene.author.role)
    shown = frozenset(_rules()["shows"][scene.subject])
    if bank != "replies" and not scene.returning and _has(fragment, "again"):
        return False
    if bank == "common":
        if not shown and _has(fragment, "incident"):
            return False
        if not scene.linked and _has(fragment, "links"):
            return False
        if not _greets_at(fragment, scene.received.hour):
            return False
        if not scene.signed and _has(fragment, "signed"):
            return False
    if bank == "replies" and not _could_reply(scene, fragment):
        return False
    return _nouns(fragment) <= shown


def _could_reply(scene: Scene, fragment: Fragment) -> bool:
    """A practitioner names only people and accounts that the enquirer has named."""
    if (fragment.fields & _NAMING) - scene.values.keys():
        return False
    if _has(fragment, "written" if scene.called else "spoken"):
        return False
    return not _has(fragment, "holiday") or is_holiday(scene.received.date())


@cache
def _rules() -> dict[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def _any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


def _found(patterns: Iterable[str], fragment: Fragment) -> bool:
    return _any_of(tuple(patterns)).search(fragment.text) is not None


@cache
def _has(fragment: Fragment, mark: str) -> bool:
    """Whether a fragment shows one of the marks of voice.toml."""
    return _found(_rules()["marks"][mark], fragment)


@cache
def _nouns(fragment: Fragment) -> frozenset[str]:
    """What a fragment speaks of: account, video, picture, post."""
    nouns = _rules()["nouns"]
    return frozenset(noun for noun, patterns in nouns.items() if _found(patterns, fragment))


@cache
def _in_season(fragment: Fragment, month: int) -> bool:
    """School life that belongs to some months is told in those only."""
    return all(
        month in season["months"]
        for season in _rules()["seasons"]
        if _found(season["pattern"], fragment)
    )


@cache
def _greets_at(fragment: Fragment, hour: int) -> bool:
    """A greeting that names the time of day wants that time of day."""
    match = _GREETING.search(fragment.text)
    return match is None or hour in _TIMES[match[1].lower()]


@cache
def _suits_role(fragment: Fragment, role: str) -> bool:
    if "public" in fragment.tags:
        return _suits_public(fragment, role)
    if "other" in fragment.tags:
        offices = _rules()["offices"]
        named = [office for office, patterns in offices.items() if _found(patterns, fragment)]
        return not named or role in named
    if "staff" in fragment.tags or role not in PUBLIC | OTHER:
        rules = _rules()["staff"]
        return all(role in rule["roles"] for rule in rules if _found(rule["pattern"], fragment))
    return role != "Child (12-18)" or not _has(fragment, "parent")


@cache
def _suits_caller(fragment: Fragment, role: str) -> bool:
    """Whether a note's first words, where they say who rang, name a caller of this role."""
    start = " ".join(fragment.text.split()[:8])
    callers = _rules()["callers"]
    named = [who for who, patterns in callers.items() if _any_of(tuple(patterns)).search(start)]
    return not named or role in named


def _suits_public(fragment: Fragment, role: str) -> bool:
    """Parents, pupils and foster carers do not speak with each other's voice."""
    fosters = "foster" in fragment.text
    if role == "Foster Carer":
        return fosters or not (_has(fragment, "parent") or _has(fragment, "pupil"))
    if role == "Child (12-18)":
        return not fosters and not _has(fragment, "parent")
    return not fosters and not _has(fragment, "pupil")
