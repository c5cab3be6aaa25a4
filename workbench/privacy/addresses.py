"""Shapes of addresses on the net: e-mail and links, hidden spellings too."""

from __future__ import annotations

import re

from workbench.privacy.lists import is_frequent, kept_words
from workbench.privacy.patterns import SIGN, Pattern, shape

LINK_START = re.compile(
    r"^(?:h(?:tt|xx)ps?\s?\[?:\]?\s?/\s?/\s?)?(?:www\s?\[?\.\]?\s?)?", re.IGNORECASE
)
_SPELT_DOT = re.compile(
    r"\s*[\[({<]\s*(?:dot|\.|punkt)\s*[\])}>]\s*|\s+dot\s+|\s+\.\s+|\.\s+", re.IGNORECASE
)
_SPELT_AT = re.compile(r"\s*[\[({<]\s*(?:at|@)\s*[\])}>]\s*|\s+at\s+|\s*@\s*", re.IGNORECASE)


def _link_entity(value: str) -> str:
    plain = re.sub(r"\s*/\s*", "/", _SPELT_DOT.sub(".", LINK_START.sub("", value)))
    return re.sub(r"\s", "", plain).rstrip("/").casefold()


def _email_entity(value: str) -> str:
    return _SPELT_AT.sub("@", _SPELT_DOT.sub(".", value), count=1).casefold()


def _is_mailbox(value: str) -> bool:
    """No "look at oakfield dot com", where "look" is a word and no box."""
    local = re.split(r"\sat\s", value, maxsplit=1, flags=re.IGNORECASE)[0].casefold()
    return not (local.isalpha() and (is_frequent(local) or local in kept_words()))


def _is_host(value: str) -> bool:
    """No ordinary "end.Of sentence": the ending is in one casing with the rest."""
    host = re.split(r"[/?#:]", value, maxsplit=1)[0]
    ending = host.rsplit(".", maxsplit=1)[-1]
    return ending.islower() or host.isupper() or host.istitle()


_DOT = r"(?:\.|\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2})"
_SPOKEN_DOT = rf"(?:{_DOT}|\s{{1,2}}(?:dot|\.)\s{{1,2}})"
_AT_SIGN = r"(?:\s{0,2}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,2})"
_ENDINGS = (
    r"(?:(?:co|ac|gov|org|sch|nhs|police|com|net|ltd|plc|me)\.[a-z]{2}|com|org|net|uk|edu|gov|info"
    r"|biz|io|tv|me|app|dev|eu|ie|gg|co|ly|be|xyz|online|site|website|school|academy|social|link"
    r"|club|live|fun|space|wales|scot|cymru|london|example|invalid|test|localhost)"
)
_SPOKEN_ENDINGS = _ENDINGS.replace(r"\.", _SPOKEN_DOT)
_LOOSE_ENDINGS = _ENDINGS.replace(r"\.", rf"(?:{_SPOKEN_DOT}|\s\.|\.\s)")
_PATH = rf"[^\s<>\"{SIGN}]"
_REST = rf"(?:\s?[/?#:]{_PATH}*(?:(?<=/)\s@?[\w.-]*[\d_/]{_PATH}*)?)"
_BEFORE = r"(?<![\w.+-])"
_AT = re.compile("@")

_LOCAL = r"\w.!#$%&*+/=?^`{|}~\-"  # what may stand before an @; an apostrophe only inside

EMAILS = (
    Pattern(
        "EMAIL",
        shape(
            rf"(?<![{_LOCAL}'])'?(?P<id>(?:[{_LOCAL}][{_LOCAL}']*)?[\w+-](?:@|\s@\s)[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)*{_SPOKEN_DOT}[\w-]*[^\W\d_][\w-]*)"
        ),
        _email_entity,
        clue=_AT,
    ),
    Pattern(
        "EMAIL",  # j . hill@ oakfield . org, or broken over two lines
        shape(
            rf"{_BEFORE}(?:[\w+-]+{_SPOKEN_DOT})*[\w+-]*\w\s{{0,2}}@\s{{0,2}}[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+|\s?\.\s?[\w-]+)*?(?:{_SPOKEN_DOT}|\.\s|\s\.){_LOOSE_ENDINGS}\b"
            r"(?:(?<=\b(?:sch|org|gov|nhs))\.\s?uk\b|(?<=\b(?:co|ac))\.\s?uk\b)?"
        ),
        _email_entity,
        clue=_AT,
    ),
    Pattern(
        "EMAIL",  # name (at) school.org, name [at] school dot org
        shape(
            rf"{_BEFORE}(?:[\w+-]+{_SPOKEN_DOT})*[\w.+-]*\w{_AT_SIGN}[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)+"
        ),
        _email_entity,
        clue=shape(r"[\[({<]\s?(?:at|@)\s?[\])}>]"),
    ),
    Pattern(
        "EMAIL",  # name at school dot org dot uk
        shape(
            rf"{_BEFORE}(?:[\w+-]+\s(?:dot|dash|hyphen|underscore|[._-])\s)*[\w.+-]*\w\sat\s[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)*?\s"
            rf"{{0,2}}[\[(]?dot[\])]?\s{{0,2}}{_ENDINGS}\b(?:\s?[\[(]?dot[\])]?\s?[a-z]{{2}}\b)?"
        ),
        _email_entity,
        _is_mailbox,
        clue=shape(r"\bdot\b"),
    ),
)
_HOST = rf"(?<![\w@.-])[\w-]+(?:{_SPOKEN_DOT}[\w-]+)*?{_SPOKEN_DOT}"
_STEP = r"(?:at\s|@\s?)?[\w@.?=&%-]*\w(?:\s(?:dot|underscore|dash|hyphen)\s\w+)*"
_SPACED_DOT = r"(?:\s{0,2}[\[({]?\s?(?:\.|\bdot\b)\s?[\])}]?\s{0,2})"
_SITES = (
    rf"(?:(?:tik ?tok|instagram|snapchat|facebook|twitter|youtube|discord|reddit|twitch|roblox|x|fb"
    rf"|tellonym|change|tinyurl|onlyfans|threads){_SPACED_DOT}(?:com|net|tv|me|org|gg)\b"
    rf"|(?:chng{_SPACED_DOT}it|bit{_SPACED_DOT}ly|t{_SPACED_DOT}(?:me|co)|youtu{_SPACED_DOT}be"
    rf"|fb{_SPACED_DOT}(?:watch|me)|wa{_SPACED_DOT}me|discord{_SPACED_DOT}gg|ngl{_SPACED_DOT}link)\b)"
)
_SITE_CLUE = shape(r"(?:\.|\bdot)\W{0,2}(?:com|net|tv|me|org|gg|it|ly|co|be|watch|link)\b")
LINKS = (
    Pattern(
        "LINK",
        shape(
            rf"\b(?:https?|hxxps?|ftp)\s?\[?:\]?\s?/\s?/\s?(?:[\w-]+{_SPOKEN_DOT})*{_PATH}+"
            rf"(?:(?<=/)\s@?[\w.-]*[\d_/@]{_PATH}*)?"
        ),
        _link_entity,
        trim=True,
        clue=re.compile(r"/\s?/"),
    ),
    Pattern(
        "LINK",
        shape(rf"\bwww{_SPOKEN_DOT}[\w-]+(?:{_SPOKEN_DOT}[\w-]+)+{_REST}?"),
        _link_entity,
        trim=True,
        clue=shape("www"),
    ),
    Pattern(
        "LINK",  # tiktok.com/@name: any ending, since there is a path
        shape(rf"(?<![\w@.-])[\w-]+(?:{_DOT}[\w-]+)*{_DOT}[a-z]{{2,}}/{_PATH}*[^\W_]{_PATH}*"),
        _link_entity,
        _is_host,
        trim=True,
        clue=shape("[a-z]/"),
    ),
    Pattern(
        "LINK",  # tiktok (dot) com / @name
        shape(
            rf"(?<![\w@.-])[\w-]+{_SPOKEN_DOT}(?:[\w-]+{_SPOKEN_DOT})*{_ENDINGS}(?:/|\s?/\s?(?=@|[\w.-]*[\d_]))@?[\w.-]+"
            rf"(?:/{_PATH}*)?"
        ),
        _link_entity,
        _is_host,
        trim=True,
        clue=shape("/"),
    ),
    Pattern(
        "LINK",  # tiktok dot com slash at kez
        shape(rf"{_HOST}[a-z]{{2,8}}(?:\s{{0,2}}(?:/|(?:forward )?slash\b)\s{{0,2}}{_STEP})+"),
        _link_entity,
        clue=shape(r"\bslash\b"),
    ),
    Pattern(
        "LINK",  # tiktok . com / kez
        shape(rf"(?<![\w@.-])(?:www{_SPOKEN_DOT})?{_SITES}(?:\s{{0,2}}/\s{{0,2}}{_STEP})*/?"),
        _link_entity,
        clue=_SITE_CLUE,
    ),
    Pattern(
        "LINK",  # oakfield.org: a known ending
        shape(rf"(?<![\w@.-])[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}{_ENDINGS}\b(?![@\w-]|\.\w)"),
        _link_entity,
        _is_host,
        clue=shape(rf"[.\])}}]\s{{0,2}}{_ENDINGS}\b"),
    ),
    Pattern(
        "LINK",  # oakfield dot org dot uk
        shape(
            r"(?<![\w@.-])[\w-]+(?:\sdot\s[\w-]+)*?\sdot\s(?:co|ac|org|sch|gov)\sdot\suk\b"
            r"|(?<![\w@.-])[\w-]+\sdot\s(?:com|org|net|uk)\b"
        ),
        _link_entity,
        clue=shape(r"\bdot\b"),
    ),
)
