"""Identifiers in plain words and spelt out, in whole sentences: most are found, little else is.

The sentences are in ``said/``. Their shares are held by floors a little under what was measured, so
that a change that loses some of them is seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from workbench.privacy.recognise import find_identifiers

FOLDER = Path(__file__).with_name("said")
FLOORS = {
    "usernames": 0.9,
    "emails": 0.9,
    "links": 0.93,
    "plates": 0.85,
    "strangers": 0.78,
    "odd": 0.83,
}
"""The least share of identifiers of which every letter and figure is hidden."""
MOST_HIDDEN = 0.007
"""The largest share of ordinary words that may be hidden with them: issue 6 allows 0.03, and
the lines of ``odd`` ask for shapes that now and then take a word beside them."""
MOST_OF_SLANG = 0.01
"""The same where every sentence has slang, a slip or a service that few lists know."""


def sentences(name: str) -> list[str]:
    """The lines of a file, with their bars."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n") for line in lines if not line.startswith("#")]


def read(line: str, casing: Callable[[str], str]) -> tuple[int, int, int, int]:
    """Identifiers, those hidden, ordinary words and those hidden, in one line."""
    text, wanted = "", []
    for at, piece in enumerate(line.split("|")):
        if at % 2:
            wanted.append(range(len(text), len(text) + len(piece)))
        text += casing(piece)
    found = find_identifiers(text, ways=("lists",))
    hidden = {at for one in found for at in range(one.start, one.end)}
    whole = sum(all(at in hidden or not text[at].isalnum() for at in span) for span in wanted)
    others = [
        word
        for word in re.finditer(r"\w+", text)
        if not any(span.start < word.end() and word.start() < span.stop for span in wanted)
    ]
    lost = sum(not hidden.isdisjoint(range(*word.span())) for word in others)
    return len(wanted), whole, len(others), lost


@pytest.mark.parametrize("casing", [str, str.lower, str.upper])
@pytest.mark.parametrize("name", FLOORS)
def test_what_is_said_in_plain_words(name: str, casing: Callable[[str], str]) -> None:
    rows = [read(line, casing) for line in sentences(name)]
    identifiers, whole, words, lost = (sum(column) for column in zip(*rows, strict=True))
    assert identifiers >= 130
    assert words >= 600
    assert whole / identifiers >= FLOORS[name]
    assert lost / words <= MOST_HIDDEN


@pytest.mark.parametrize("casing", [str, str.lower, str.upper])
def test_slang_and_rare_words_stay(casing: Callable[[str], str]) -> None:
    rows = [read(line, casing) for line in sentences("nothing")]
    identifiers, _, words, lost = (sum(column) for column in zip(*rows, strict=True))
    assert (identifiers, len(rows)) == (0, 352)
    assert words >= 3_000
    assert lost / words <= MOST_OF_SLANG


@pytest.mark.parametrize("casing", [str, str.lower, str.upper])
@pytest.mark.parametrize(
    "line",
    [
        "His username is |sunshine lemons| and he uses it everywhere.",
        "The accounts are |shadow|, |marble| and |quietriver|.",
        "|Moonbeam| is the account that posted the video.",
        "Username(s): |panther|",
        "[21:04] |biscuit|: how old are you",
        "Mail |jane plus club at oakmere dot org| now.",
        "See |https colon slash slash oakmere dot com slash list| for it.",
        "Then |fizzgog| uploaded the fight to TikTok.",
        "Everyone has had the link from |zibbo.07| by now.",
        "It is |kez.y9| who started the chat.",
        "The user |kez (dot) rose [_] x| was reported.",
        "The account |z*i*b*b*o| keeps changing.",
        "The user |quietriver| sent it. In class they talk of |Quiet River| all day.",
        "Mail |jane [dash] hale (at) oakmere [dot] org| now.",
        "Mail |jane.hale at oakmere dot example dot org| now.",
        "Her NHS number is |999*123*4567| she says.",
        "A silver Corsa, reg |MA17 FOR|, left.",
        "The account is private and her username is known to us.",
        "We asked at school. The handle of the door was broken.",
        "The dot com boom was a lesson in maths.",
        "Sextortion, catfishing and deepfakes on Snapchat; a pupil with a vape posted it.",
        "The polka dot dress on TikTok, the chat about covid-19 and section.2 of the post.",
    ],
)
def test_sentences_that_must_not_be_lost(line: str, casing: Callable[[str], str]) -> None:
    identifiers, whole, _, lost = read(line, casing)
    assert (whole, lost) == (identifiers, 0)
