"""People, schools and places that a short pattern shows, in any casing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from workbench.privacy.account_signs import is_strange
from workbench.privacy.folding import GENERIC, TITLES, bare
from workbench.privacy.identifier import Identifier
from workbench.privacy.listed import is_given
from workbench.privacy.lists import is_frequent, is_word, kept_words, words_of
from workbench.privacy.patterns import SIGNS, shape

_NO_INITIALS = frozenset(
    "ai am ce eg eu id ie it nb pa pe pm po ps rc re tv uk un us usa vs dob ni aka rsvp pto".split()
)
_STREET_WORDS = frozenset(
    """high church station school park green long new old mill bridge market north south east
    west""".split()
)
_PARTICLE = (
    r"(?:ap|ab|ferch|dos|das|da|de(?: la| los)?|del|della|di|du|van(?: der| den| de)?|von"
    r"|le|la|el|al"
    r"|bin|bint|ibn|mac|mc)"
)
_STRONG = r"(?:ap|dos|das|van der|van den|van de|von|bin|bint|ibn)"
_PERSON = SIGNS["PERSON"]
_ENDING = (
    r"(?:ton|ham|ford|bury|by|ley|mere|wick|wich|worth|combe|mouth|bridge|field|gate|stead"
    r"|thorpe|low"
    r"|fell|beck|acre|wade|garth|caster|chester|port|pool|hurst|shaw|dale|haven|minster|stone|fold)"
)


@dataclass(frozen=True)
class Shown:
    """A shape whose group "id" is a name where ``holds`` agrees."""

    kind: str
    shape: re.Pattern[str]
    holds: Callable[[str], bool]
    clue: re.Pattern[str]


def _all_strange(value: str) -> bool:
    words = [bare(word) for word in re.findall(r"[^\W\d_]+", value)]
    return bool(words) and all(len(word) > 3 and _is_strange_name(word) for word in words)


def _is_strange_name(word: str) -> bool:
    return is_strange(word) and word not in GENERIC | TITLES


def _has_strange(value: str) -> bool:
    """Words of which none is frequent and one at least is no word."""
    words = [bare(word) for word in re.findall(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?", value)]
    plain = any(is_frequent(word) or word in kept_words() | GENERIC for word in words)
    return not plain and any(_is_strange_name(word) for word in words if len(word) > 3)


def _is_given_name(value: str) -> bool:
    return is_given(bare(value)) and not is_word(bare(value))


def _is_part_of_name(value: str) -> bool:
    folded = bare(value)
    return is_given(folded) or folded in words_of("surnames")


def _begins_with_given(value: str) -> bool:
    return is_given(bare(value.split()[0]))


def _is_street(value: str) -> bool:
    names = [word.casefold() for word in value.split()[:-1]]
    return not any(is_frequent(name) and name not in _STREET_WORDS for name in names)


def _are_initials(value: str) -> bool:
    return "".join(re.findall("[a-z]", value.casefold())) not in _NO_INITIALS


ROWS = (
    Shown(
        "PERSON",  # J.W.
        shape(r"(?<![\w.@/])(?P<id>[a-z]\. ?[a-z]\.(?:[a-z]\.)?)(?![\w@])"),
        _are_initials,
        shape(r"\b[a-z]\. ?[a-z]\."),
    ),
    Shown(
        "PERSON",  # pupil K
        shape(
            r"\b(?:pupils?|students?|child(?:ren)?|boys?|girls?|learners?)"
            r"(?: [b-hj-z](?:,|,? and| &))? (?P<id>[b-hj-rt-wyz])(?=\s|[,.;:)'\u2019]|$)"
        ),
        bool,
        shape(r" [b-hj-rt-wyz]\b"),
    ),
    Shown(
        "PERSON",  # K, after "pupil J and"
        shape(
            rf"\b(?:pupils|students|children|boys|girls) {_PERSON}(?:,| and| &) (?P<id>[b-hj-z])\b"
        ),
        bool,
        re.compile(_PERSON),
    ),
    Shown(
        "PERSON",  # the particle between two parts of a name
        shape(rf"{_PERSON}[ -](?P<id>{_PARTICLE})(?=[ -]{_PERSON})"),
        bool,
        re.compile(_PERSON),
    ),
    Shown("PERSON", shape(rf"\b(?P<id>al|el)(?=-{_PERSON})"), bool, re.compile(rf"-{_PERSON}")),
    Shown(
        "PERSON",  # the other half of Jean-Luc
        shape(rf"{_PERSON}-(?P<id>[^\W\d_]{{2,}})\b"),
        _is_part_of_name,
        re.compile(f"{_PERSON}-"),
    ),
    Shown(
        "PERSON",
        shape(rf"\b(?P<id>[^\W\d_]{{3,}})[ -](?={_PERSON})"),
        _is_given_name,
        re.compile(rf"[ -]{_PERSON}"),
    ),
    Shown(
        "PERSON",  # ana dos santos
        shape(rf"\b(?P<id>[^\W\d_]{{3,}} {_STRONG} [^\W\d_]{{3,}})"),
        _begins_with_given,
        shape(rf" {_STRONG} "),
    ),
    Shown(
        "PERSON",  # lia di marco
        shape(r"\b(?P<id>[^\W\d_]{3,} (?:di|de|da|del|van|le) [^\W\d_]{3,})"),
        lambda value: _is_given_name(value.split()[0]) and not is_word(bare(value.split()[-1])),
        shape(r" (?:di|de|da|del|van|le) "),
    ),
    Shown(
        "PERSON",  # O'Brien-Jones
        shape(r"\b(?P<id>o['\u2019](?!clock|er\b)[a-z]{3,}(?:-[a-z]{3,})?)"),
        bool,
        shape(r"\bo['\u2019]"),
    ),
    Shown(
        "PERSON",  # the last line of a letter
        shape(r"\n[ \t]*(?P<id>[^\W\d_]+(?:[ '\u2019-][^\W\d_]+){0,2})[ \t.]*\n*\Z"),
        _has_strange,
        re.compile(r"\n[^\n]{3,40}\n*\Z"),
    ),
    Shown(
        "SCHOOL",  # I teach at Oakfold
        shape(
            r"\b(?:teach(?:er|es|ing)?|work(?:s|ing)?|based|governor|head|tutor|senco|dsl"
            r"|deputy|pupils?"
            r"|students?|attends?|enrolled|caretaker)(?: (?:here|english|maths))? at "
            r"(?P<id>[^\W\d_]{5,})\b"
        ),
        _all_strange,
        shape(r" at [a-z]{5}"),
    ),
    Shown(
        "SCHOOL",  # Ysgol y Garn
        shape(r"\b(?P<id>ysgol (?:(?:y|yr|gynradd|gyfun|uwchradd|bro) )*[a-z'\u2019]{2,})"),
        bool,
        shape("ysgol "),
    ),
    Shown(
        "SCHOOL",
        shape(
            r"\b(?P<id>(?:sri|shri|shree|al|darul|guru)[ -](?:[a-z'\u2019]+[ -]){1,3}"
            r"(?:primary|secondary|academy|school|college)(?: (?:school|academy))?)\b"
        ),
        bool,
        shape(r"\b(?:sri|shri|shree|al|darul|guru)[ -]"),
    ),
    Shown(
        "PLACE",  # lives on elm road
        shape(
            r"\b(?:live[sd]?|living|moved|address|home|house|flat)(?: is)?[ :](?:on |in "
            r"|at |off |down |to )?"
            r"(?P<id>(?:[a-z'\u2019]+ ){1,2}(?:road|street|lane|avenue|close|drive|crescent"
            r"|terrace|grove"
            r"|gardens|court))\b"
        ),
        _is_street,
        shape(r"\b(?:live|living|moved|address|home|house|flat)"),
    ),
    Shown(
        "PLACE",  # lives in quillmere, the village of quillby
        shape(
            r"\b(?:(?:live[sd]?|living|moved|grew up|village|town|hamlet) (?:in|to|near|of|from|at)"
            r"|(?:village|town|hamlet) called) (?P<id>[a-z]{5,})\b"
        ),
        _all_strange,
        shape(r"\b(?:live|living|moved|grew up|village|town|hamlet)"),
    ),
    Shown(
        "PLACE",  # a comprehensive in Dungarth
        shape(
            rf"\b(?:in|near|to|from|around|of|school,|college,|primary,|academy,) "
            rf"(?P<id>[a-z]{{3,}}{_ENDING})\b"
        ),
        _all_strange,
        shape(rf"[a-z]{{3}}{_ENDING}\b"),
    ),
)


def shown(text: str) -> Iterator[Identifier]:
    """What the rows find in ``text``; spans may overlap."""
    for row in ROWS:
        if not row.clue.search(text):
            continue
        for found in row.shape.finditer(text):
            value = found["id"]
            if row.holds(value):
                entity = " ".join(bare(word) for word in re.findall(r"[^\W\d_]+", value))
                yield Identifier(*found.span("id"), row.kind, entity, "cue")
