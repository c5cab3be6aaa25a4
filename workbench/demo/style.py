"""How a writer's habits mark a text: capitals, slips of the keyboard, spelling of a name.

Every function takes and gives segments; one that identifies someone keeps its letters, at most
its case changes, so that the planted spans stay exact.
"""

from __future__ import annotations

import re
from dataclasses import replace

from workbench.demo.author import Author
from workbench.demo.dice import Dice
from workbench.demo.lexicon import misspellings
from workbench.demo.segments import Segment

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SENTENCE = re.compile(r"(?<=[.!?] )[A-Z](?=[a-z])")
_FIXED = frozenset({"url", "handle", "email", "phone", "postcode"})
_NEAR = dict(
    zip("abcdefghiklmnoprstuvwy", "svxsrghjolknmpotdyibeu", strict=True)
)  # keys side by side


def spell_platform(segments: list[Segment], spelling: str) -> list[Segment]:
    """Write TikTok the way this writer does."""
    if spelling == "TikTok":
        return segments
    return [
        segment if segment.kind else replace(segment, text=segment.text.replace("TikTok", spelling))
        for segment in segments
    ]


def shout(segments: list[Segment]) -> list[Segment]:
    """All in capitals, but for addresses and account names."""
    return [
        segment if segment.kind in _FIXED else replace(segment, text=segment.text.upper())
        for segment in segments
    ]


def set_case(segments: list[Segment], author: Author, dice: Dice) -> list[Segment]:
    """Lower-case writers use no capitals; careless ones forget some at sentence starts."""
    if author.case == "lower":
        return [
            segment if segment.kind in _FIXED else replace(segment, text=segment.text.lower())
            for segment in segments
        ]
    if author.case == "careless":
        return [
            segment if segment.kind else replace(segment, text=_drop_capitals(segment.text, dice))
            for segment in segments
        ]
    return segments


def add_slips(segments: list[Segment], rate: float, dice: Dice) -> list[Segment]:
    """Mistype words outside identifiers; `rate` is the chance a word has a slip."""
    if rate == 0:
        return segments
    return [
        segment
        if segment.kind
        else replace(
            segment, text=_WORD.sub(lambda match: _mistype(match[0], rate, dice), segment.text)
        )
        for segment in segments
    ]


def _drop_capitals(text: str, dice: Dice) -> str:
    return _SENTENCE.sub(
        lambda match: match[0].lower() if dice.chance(0.45) else match[0],
        text.replace(" I ", " i "),
    )


def _mistype(word: str, rate: float, dice: Dice) -> str:
    if "'" in word and dice.chance(rate * 8):
        return word.replace("'", "")
    wrong = misspellings().get(word.lower())
    if wrong and dice.chance(rate * 6):
        return wrong.capitalize() if word[0].isupper() and not word.isupper() else wrong
    if len(word) < 4 or word.isupper() or "'" in word or not dice.chance(rate):
        return word
    place = dice.between(1, len(word) - 2)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    kind = dice.weighted({"swap": 4, "drop": 3, "double": 1.5, "near": 2})
    if kind == "swap":
        return before + after[0] + letter + after[1:]
    if kind == "drop":
        return before + after
    if kind == "double":
        return before + letter * 2 + after
    return before + _NEAR.get(letter, letter) + after
