"""Shapes of vehicles' plates of all ages (DVLA, INF104), in words and spacing of any kind."""

from __future__ import annotations

import re

from workbench.privacy.lists import is_frequent, is_word, kept_words, words_of
from workbench.privacy.patterns import SEP, SIGN, Pattern, after, shape

_CLASS = re.compile(r"(?i)(?:yr?|ks|r?m|p)\s?\d{1,2}\b|yr|\d{1,2}\s?(?:st|nd|rd|th|am|pm|[kmx])\b")


def _is_plate(value: str) -> bool:
    """A plate, not a class and a word ("yr11 and"), by the word that its letters make."""
    sure = re.fullmatch(r"(?i)(?:[a-z]{2}\d\d|[c-ln-z]\d{3})\W{0,3}[a-z]{3}", value)
    if sure and not _NO_PLATE.match(value):
        return True
    letters = [part.casefold() for part in re.findall(r"[A-Za-z]+", value)]
    frequent, kept = words_of("frequent"), kept_words()
    longest = max(letters, key=len)
    class_or_road = re.match(r"(?i)(?:yr?|ks|r?m|p)\s?\d{1,2}\b|yr", value) and is_word(longest)
    if class_or_road or longest in frequent or longest in kept:
        return False
    current = re.fullmatch(r"(?i)[a-z]{2}\W{0,3}\d\W{0,3}\d\W{0,3}[a-z]{3}", value)
    return value.isupper() or bool(current) or not is_word(longest)


def _is_cued_plate(value: str) -> bool:
    """Not "plate 20 and": with fewer than three figures its letters are no frequent word."""
    if _CURRENT.fullmatch(value) or re.fullmatch(r"(?i)[a-xz]\d{1,3}\W{0,2}[a-z]{3}", value):
        return True
    words = {part.casefold() for part in re.findall("[A-Za-z]{2,}", value)}
    return len(re.findall(r"\d", value)) > 2 or words.isdisjoint(words_of("frequent"))


def _is_split_plate(value: str) -> bool:
    """A plate with spaces in strange places: its pieces are no words of English."""
    pieces = [part.casefold() for part in re.findall(r"[A-Za-z]{2,}", value)]
    plain = any(is_frequent(piece) or piece in kept_words() for piece in pieces)
    return _is_plate(value) and not plain and not (pieces and all(map(is_word, pieces)))


def _is_plate_nearby(value: str) -> bool:
    """A plate of any age somewhere behind a word for a car: "ABC 1", not "at 10"."""
    if _CURRENT.fullmatch(value):
        return not _NO_PLATE.match(value)
    letters = "".join(re.findall("[A-Za-z]", value)).casefold()
    pieces = {piece.casefold() for piece in re.findall("[A-Za-z]{2,}", value)}
    plain = is_word(letters) or letters in kept_words() or any(map(is_frequent, pieces))
    return not plain and not _CLASS.match(value)


_CURRENT = re.compile(r"(?i)[a-z]{2}\d\d\W{0,3}[a-z]{3}")
_NO_PLATE = re.compile(
    r"(?i)(?:yr|ks|rm|pg|pp|no|at|in|on|by|of|is|or|as|to|wk|ch|mp|ps|it|pe|re|hr|ex|us|uk|gp|fy"
    r"|ay)\W?\d"
)


def _is_loose_plate(value: str) -> bool:
    """A plate with spaces between any of its signs: none is the word "a" or "I"."""
    pieces = re.findall(r"[A-Za-z]+", value)
    return not any(is_frequent(piece.casefold()) and len(piece) > 1 for piece in pieces) and (
        pieces[0].casefold() not in ("a", "i") or len(pieces) > 3
    )


_PLATE_LETTERS = "[A-HJ-PR-Y]"
_PLATE = (
    rf"(?:[A-Z]{{2}}\d\d{SEP}[A-Z]{{3}}|\d{{2,3}}-[A-Z]{{1,2}}-\d{{1,6}}|\d{{3}} ?[DX] ?\d{{3}}"
    rf"|[A-Z]\d{{1,3}}{SEP}[A-Z]{{3}}|[A-Z]{{3}}{SEP}\d{{1,3}}[A-Z]"
    rf"|[A-Z]{{1,3}}{SEP}\d{{1,4}}|\d{{1,4}}{SEP}[A-Z]{{1,3}})\b"
)
_WIDE = r"[\s._\u2013-]{0,3}"
_GAP = r"[ \t._\u2013-]?"
_EACH = r"[\s._\u2013-]{1,3}"
_OLD_PLATE = (
    rf"[A-Z]{{2}}\d\d{_WIDE}[A-Z]{{3}}|\d{{2,3}}-[A-Z]{{1,2}}-\d{{1,6}}|[A-Z]\d{{1,3}}{_WIDE}[A-Z]{{3}}|[A-Z]{{3}}{_WIDE}\d{{1,3}}[A-Z]|[A-Z]{{3}}{_WIDE}\d{{1,4}}"
    rf"|[A-Z]{{1,2}}{_WIDE}\d{{2,4}}|\d{{1,4}}{_WIDE}[A-Z]{{2,3}}"
)
VEHICLES = (
    Pattern(
        "VEHICLE",
        shape(
            rf"\b(?:{_PLATE_LETTERS}{{2}}(?:0[2-9]|[12]\d|5[1-9]|[67]\d){SEP}[A-HJ-PR-Z]{{3}}"
            rf"|[A-HJ-NPR-TV-Y]\d{{1,3}}{SEP}{_PLATE_LETTERS}{{3}}"
            rf"|{_PLATE_LETTERS}{{3}}{SEP}\d{{1,3}}[A-HJ-NPR-TV-Y]"
            rf"|(?=[A-Z]{{0,2}}[IZ])[A-Z]{{3}}{SEP}\d{{3,4}})\b"
        ),
        holds=_is_plate,
        clue=shape(r"[a-z]\d{1,3}[\s./_\u2013-]{0,2}[a-z]{3}\b|[a-z]{3}[\s.-]{0,2}\d"),
    ),
    Pattern(
        "VEHICLE",  # AB 12 CDE, AB1 2CDE
        shape(
            rf"\b(?:{_PLATE_LETTERS}{{2}}{_WIDE}(?:0[2-9]|[12]\d|5[1-9]|[67]\d){_WIDE}[A-HJ-PR-Z]{{3}}"
            rf"|{_PLATE_LETTERS}{{2}}(?:0{_WIDE}[2-9]|[12567]{_WIDE}\d){_WIDE}[A-HJ-PR-Z]{{3}})\b"
        ),
        holds=_is_split_plate,
        clue=shape(r"[a-z]{2}[\s._-]{0,3}\d[\s._-]{0,3}\d[\s._-]{0,3}[a-z]{3}\b"),
    ),
    Pattern(
        "VEHICLE",  # BD62 AND in capitals among small letters
        re.compile(
            rf"(?:(?<=[a-z] )|(?<=[a-z], )|(?<=\())(?P<id>{_PLATE_LETTERS}{{2}}"
            r"(?:0[2-9]|[12]\d|5[1-9]|[67]\d) ?[A-HJ-PR-Z]{3})\b"
        ),
        clue=re.compile(r"[A-Z]\d\d ?[A-Z]{3}\b"),
    ),
    Pattern(
        "VEHICLE",  # B D62 XYZ, BD62 X Y Z
        shape(
            rf"(?<![\w'\u2019.-]){_PLATE_LETTERS}{_GAP}{_PLATE_LETTERS}{_GAP}\d{_GAP}\d{_GAP}[A-Z]{_GAP}"
            rf"[A-Z]{_GAP}[A-Z](?![\w'\u2019])"
        ),
        holds=_is_loose_plate,
        clue=shape(r"[a-z]\d\d?\s\d?\s?[a-z]\s?[a-z]|[a-z]\s\d\s?\d"),
    ),
    Pattern(
        "VEHICLE",  # its plate began with LK19, the reg ended in HGF
        shape(
            r"\b(?:reg(?:istration)?|plate)(?: (?:number|plate))? (?:it )?(?:begins?|began"
            r"|start(?:s|ed|ing)?"
            r"|end(?:s|ed|ing)?)(?: (?:in|with))? (?P<id>[A-Z]{2}\d\d|[A-Z]{3}|[A-Z]\d{1,3})\b"
        ),
        holds=lambda value: not is_frequent(value.casefold()),
        clue=shape(r"\b(?:reg|plate)"),
    ),
    Pattern(
        "VEHICLE",  # A B 1 2 C D E
        shape(
            rf"(?<![\w'\u2019]){_PLATE_LETTERS}{_EACH}{_PLATE_LETTERS}{_EACH}\d{_EACH}\d{_EACH}"
            rf"[A-Z]{_EACH}[A-Z]{_EACH}[A-Z](?![\w'\u2019])"
            rf"|(?<![\w'\u2019])[A-Z]{_EACH}(?:\d{_EACH}){{2,3}}[A-Z]{_EACH}[A-Z]{_EACH}[A-Z](?![\w'\u2019])"
        ),
        clue=shape(r"\b[a-z][\s.-]{1,3}\d[\s.-]{1,3}\d"),
    ),
    Pattern(
        "VEHICLE",  # a white Fiesta, ABC 1
        shape(
            r"\b(?:cars?|vans?|vehicle|registration|reg|plates?|drives|drove|driving|parked|bmw|audi"
            r"|corsa|fiesta|focus|golf|polo|astra|clio|ford|vauxhall|toyota|nissan|kia|volvo|skoda|mini"
            rf"|mercedes|minibus|taxi|motorbike|moped)\b[^.;!?\n{SIGN}]{{0,40}}?"
            rf"(?<![\w.-])(?P<id>{_OLD_PLATE})(?!\w)"
        ),
        holds=_is_plate_nearby,
        clue=shape(r"\b(?:[a-z]{1,3}[\s.-]{0,3}\d{1,4}|\d{1,4}[\s.-]{0,3}[a-z]{1,3})\b"),
    ),
    Pattern(
        "VEHICLE",
        after(
            r"(?:car |vehicle )?reg(?:istration)?(?: (?:number|no|plate|mark))?|(?:number"
            r"|licence|car)"
            r" ?plates?|plates?|vehicle|vrm",
            _PLATE,
        ),
        holds=_is_cued_plate,
        clue=shape(r"\b(?:reg|plate|vehicle|vrm|number ?plate)"),
    ),
)
