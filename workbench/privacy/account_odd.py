"""User names whose parts are joined or broken by signs: "kez.07", "k*e*z*z*a", "_ kez . rose _"."""

from __future__ import annotations

import re

from workbench.privacy.account_signs import (
    account_entity,
    is_numbered,
    is_spaced,
    is_spelt,
)
from workbench.privacy.lists import is_frequent, is_spoken, is_word, kept_words
from workbench.privacy.patterns import SIGNS, Pattern, shape

_PIECE = r"\w(?:[\w.-]*\w)?_*"
_JOIN = r"(?:[ \t](?:[._-]|__)[ \t]|[ \t]?[\[(](?:dot|underscore|[._])[\])][ \t]?)"
_FENCE = r"\s?[\[({<]\s?(?:dot|underscore|dash|hyphen|[._-])\s?[\])}>]\s?"
_HANDLE = SIGNS["HANDLE"]
_COUNTED = frozenset(
    "mid post under over pre age aged covid sars catch plus minus approx min max avg circa".split()
)
_FILES = frozenset(
    """pdf doc docx odt jpg jpeg png gif heic mp3 mp4 mov avi wav xls xlsx csv ppt pptx pub txt html
    htm php zip exe apk eml msg""".split()
)
_READ_AS = str.maketrans("!1$@3\u20ac0", "iisaeeo")


def _is_counted(value: str) -> bool:
    """Words and figures: an account, if not "covid-19", nor "section.2", "again.2" or "12.may"."""
    pieces = re.split(r"[._-]+", value.casefold())
    words = [piece for piece in pieces if not piece.isdigit()]
    if all(is_numbered(word) or word in kept_words() for word in words):
        return False
    if len(words) > 1:
        return any(len(word) > 2 for word in words)
    word, figure = words[0], next(piece for piece in pieces if piece.isdigit())
    known = is_frequent(word) or word in _COUNTED
    if "." not in value:
        return len(figure) > 1 and len(word) > 3 and not known
    plain = re.fullmatch(r"[1-9]|(?:19|20)\d\d", figure) or word in _COUNTED
    first = pieces[0].isdigit() and (len(figure) < 2 or is_spoken(word))
    return len(word) > 2 and not first and not (known and plain)


def _is_dotted(value: str) -> bool:
    """Words with dots between of which none is frequent, or several dots: no "again .Then"."""
    pieces = [piece for piece in re.split(r"[^\w-]+|_+", value.casefold()) if piece]
    if pieces[-1] in _FILES or any(is_numbered(piece) for piece in pieces[:-1]):
        return False
    rare = [piece for piece in pieces if not is_frequent(piece) and piece not in kept_words()]
    return len(rare) == len(pieces) or (len(pieces) > 2 and bool(rare))


def _is_said(value: str) -> bool:
    """Words with "dot" between: no "the red dot was", no "dot to dot"."""
    pieces = re.split(r"\s+dot\s+", value.casefold())
    if pieces[0] in ("polka", "micro", "the", "a") or len(pieces) > 2:
        return len(pieces) > 2
    return is_spelt(value) and not any(is_frequent(piece) for piece in pieces[:1])


def _is_broken(value: str) -> bool:
    """Letters with one and the same sign between: no "a/b/c/d"."""
    plain = re.sub(r"[\W_]", "", value)
    if plain.casefold() in kept_words():
        return False
    return is_spaced(plain) and len(re.findall("[a-z]", plain.casefold())) > 2


def _is_disguised(value: str) -> bool:
    """A word in which a sign stands for a letter, and not a short one that is sworn."""
    read = value.casefold().translate(_READ_AS)
    pieces = re.split(r"[^\w]+", value.casefold())
    sworn = len(read) < 7 and (is_word(read) or "*" in read)
    return not sworn and not all(is_spoken(piece) or len(piece) < 2 for piece in pieces)


ODD = (
    Pattern(
        "HANDLE",  # kez.07, kez.rose.07, kez-07, 07.kez
        shape(
            r"(?<![\w.@#/-])(?=[\d._-]*[a-z])(?=[a-z._-]*\d)(?:[a-z]+|\d{1,5})"
            r"(?:[._-]+(?:[a-z]+|\d{1,5})){1,5}(?![\w@%]|[.:/-]\w)"
        ),
        account_entity,
        _is_counted,
        clue=shape(r"[a-z][._-]+\d|\d[._-]+[a-z]"),
    ),
    Pattern(
        "HANDLE",  # k*e*z*z*a
        shape(
            r"(?<![^\W_])[a-z0-9]([*\u2022\u00b7~+|\\=^/.-])[a-z0-9](?:\1[a-z0-9]){2,}(?![^\W_])"
        ),
        account_entity,
        _is_broken,
        clue=shape(r"[a-z0-9]([*\u2022\u00b7~+|\\=^/.-])[a-z0-9]\1[a-z0-9]"),
    ),
    Pattern(
        "HANDLE",  # kez(dot)rose, kez [_] rose [.] x
        shape(rf"(?<![\w.@#-]){_PIECE}(?:{_FENCE}{_PIECE})+"),
        account_entity,
        clue=shape(_FENCE),
    ),
    Pattern(
        "HANDLE",  # kez dot rose, big dot kez dot x
        shape(r"(?<![\w.@#-])\w+(?:\sdot\s\w+)+"),
        account_entity,
        _is_said,
        clue=shape(r"\sdot\s"),
    ),
    Pattern(
        "HANDLE",  # kez.rose, kez . rose . x2, kez .rose
        shape(r"(?<![\w.@#/-])(?=[\w. ]*[a-z])[a-z]\w+(?:(?:\.|\s\.\s|\s\.)\w+)+(?![\w@/]|\.\w)"),
        account_entity,
        _is_dotted,
        clue=re.compile(r"\w\s?\.\w|\s\.\s"),
    ),
    Pattern(
        "HANDLE",  # kez_ rose, kez _rose
        shape(r"(?<![\w.@#-])[a-z]\w*(?:(?<=[a-z0-9])_\s\w+|\s_\w+)+(?<!_)(?![\w@])"),
        account_entity,
        lambda value: not is_frequent(re.split(r"[\s_]+", value.casefold())[-1]),
        clue=shape(r"[a-z0-9]_\s[a-z0-9]|\s_[a-z0-9]"),
    ),
    Pattern(
        "HANDLE",  # the figures of "kez 99" or "kez 9 9", where Kez is known
        re.compile(
            rf"(?<={_HANDLE}\s)(?P<id>\d{{1,4}}(?:\s\d)*)(?=\s*(?:[.,;:!?)\n]|$)(?!\d)|\s(?i:is|was|and|or"
            r"|who|has|had|on|posted|sent|keeps|asked|said|wrote|then|again|made|started|did)\b)"
        ),
        account_entity,
        lambda value: len(value) > 1,
        clue=re.compile(rf"{_HANDLE}\s\d"),
    ),
    Pattern(
        "HANDLE",  # kez . rose _ x
        shape(
            rf"(?<![\w.@#-])(?!(?:is|was|as|by)\b)(?:{_PIECE}{_JOIN})*?"
            rf"{_PIECE}[ \t]__?[ \t]{_PIECE}(?:{_JOIN}{_PIECE})*"
            r"(?:[ \t]__?(?!\w))?"
        ),
        account_entity,
        clue=re.compile(r"\s__?\s"),
    ),
    Pattern(
        "HANDLE",  # is _ kez . rose _
        shape(rf"(?<=\b(?:is|as|by)\s)__?[ \t]{_PIECE}(?:{_JOIN}{_PIECE})*(?:[ \t]__?(?!\w))?"),
        account_entity,
        clue=re.compile(r"\s__?\s"),
    ),
    Pattern(
        "HANDLE",  # k!zzy, dr3@m
        shape(r"(?<![\w@.!$\u20ac*/-])[a-z][a-z0-9]*(?:[!$\u20ac@*][a-z0-9]+)+(?![\w@]|[.*!]\w)"),
        account_entity,
        _is_disguised,
        clue=shape(r"[a-z0-9][!$\u20ac@*][a-z0-9]"),
    ),
)
