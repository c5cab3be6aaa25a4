"""Shapes of addresses on the net: e-mail, links, handles and user names, hidden spellings too."""

from __future__ import annotations

import re

from workbench.privacy.lists import is_word, kept_words, words_of
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


def _handle_entity(value: str) -> str:
    return value.lstrip("@ ").casefold()


def _is_host(value: str) -> bool:
    """No ordinary "end.Of sentence": the ending is in one casing with the rest."""
    host = re.split(r"[/?#:]", value, maxsplit=1)[0]
    ending = host.rsplit(".", maxsplit=1)[-1]
    return ending.islower() or host.isupper() or host.istitle()


def _is_handle(value: str) -> bool:
    return not re.fullmatch(r"@\s?\d{1,2}(?:[:.]?\d\d)?(?:am|pm)?", value, re.IGNORECASE)


def _is_odd(value: str) -> bool:
    """An account by its signs alone: a figure or underscore among letters, or a dot inside."""
    plain = value.strip("@.")
    return bool(re.search(r"[a-z]\d|_|\w\.\w", plain, re.IGNORECASE)) and _is_account(value)


def _is_account(value: str) -> bool:
    """What no reader takes for a word of the sentence: "kez_2011", "dan.x", "kezzab"."""
    plain = value.strip("@.").casefold()
    if re.search(r"[\d_]|\w[.-]\w", plain):
        # "on-line" and "3pm" are no accounts; neither is a number by itself.
        pieces = [piece for piece in re.split(r"[\W\d_]+", plain) if piece]
        joined = not re.search(r"[\d_.]", plain)
        return bool(pieces) and not (joined and all(map(is_word, pieces)))
    return len(plain) > 2 and not is_word(plain) and plain not in kept_words()


def _is_numbered(value: str) -> bool:
    """A word with a number on it: "kezza2011", but no "covid19" or "year10"."""
    word = re.sub(r"\d+$", "", value.casefold())
    return not is_word(word) and word not in kept_words()


_DOT = r"(?:\.|\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2})"
_SPOKEN_DOT = rf"(?:{_DOT}|\s{{1,2}}(?:dot|\.)\s{{1,2}})"
_AT_SIGN = r"(?:\s{0,2}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,2})"
_ENDINGS = (
    r"(?:(?:co|ac|gov|org|sch|nhs|police|com|net|ltd|plc|me)\.[a-z]{2}|com|org|net|uk|edu|gov|info"
    r"|biz|io|tv|me|app|dev|eu|ie|gg|co|ly|be|xyz|online|site|website|school|academy|social|link"
    r"|club|live|fun|space|wales|scot|cymru|london|example|invalid|test|localhost)"
)
_SPOKEN_ENDINGS = _ENDINGS.replace(r"\.", _SPOKEN_DOT)
_QUOTED = (
    r"[\"\u201c\u2018'](?P<id>[^\"\u201c\u201d\u2018\u2019'\n" + SIGN + r"]{2,40})[\"\u201d\u2019']"
)
_PATH = rf"[^\s<>\"{SIGN}]"
_REST = rf"(?:\s?[/?#:]{_PATH}*(?:(?<=/)\s@?[\w.-]*[\d_/]{_PATH}*)?)"
_BEFORE = r"(?<![\w.+-])"
_AT, _COLON, _QUOTE = re.compile("@"), re.compile("[:=]"), re.compile("[\"'\u201c\u2018]")

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
            rf"(?:{_SPOKEN_DOT}[\w-]+|\.\s?[\w-]+)*?(?:{_SPOKEN_DOT}|\.\s){_SPOKEN_ENDINGS}\b"
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
            rf"{_BEFORE}(?:[\w+-]+\sdot\s)*[\w.+-]*\w\sat\s[\w-]+(?:{_SPOKEN_DOT}[\w-]+)*?\s"
            rf"{{0,2}}[\[(]?dot[\])]?\s{{0,2}}{_ENDINGS}\b(?:\s?[\[(]?dot[\])]?\s?[a-z]{{2}}\b)?"
        ),
        _email_entity,
        clue=shape(r"\bdot\b"),
    ),
)
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
_NET = (
    r"(?:snap(?:chat)?|insta(?:gram)?|tik ?tok|discord|twitter|face ?book|fb|you ?tube|roblox|kik"
    r"|whats ?app|telegram|reddit|twitch|x ?box|psn|fortnite|minecraft|steam|yubo|be ?real|wizz"
    r"|only ?fans|ig|sc|yt|x)"
)
_OWN = r"(?:user ?names?|user ?ids?|user|handles?|gamer ?tags?|screen ?names?|nick ?names?|log ?in)"
_CALLED = r"(?:account|profile|page|channel|tag|id|name|add|handle|user ?name|@)"
_SITE = shape(rf"\b(?:{_OWN}|account|profile|add|{_NET})\b")
_VALUE = r"[\"'\u201c\u2018(]?\s?(?P<id>@?\s?\w[\w.-]{1,38}[\w])"
HANDLES = (
    Pattern(
        "HANDLE",
        shape(r"(?<![\w.@/])(?:@\w(?:[\w.-]*\w)?)+_*"),
        _handle_entity,
        _is_handle,
        clue=_AT,
    ),
    Pattern(
        "HANDLE",  # "@ kez_2011", or a tag broken by a bracket
        shape(r"(?<![\w.@/])@\s(?P<id>\w[\w.-]*\w_*)"),
        _handle_entity,
        lambda value: _is_account(value) and _is_handle("@" + value),
        clue=_AT,
    ),
    Pattern(
        "HANDLE",  # user name: anything
        shape(
            rf"\b(?:{_OWN}|account name|profile name|{_NET} (?:{_CALLED} ?)+)(?: is| was)?"
            rf" ?[:=]\s?{_VALUE}"
        ),
        _handle_entity,
        lambda value: _is_account(value) or value.casefold() not in words_of("frequent"),
        clue=_COLON,
    ),
    Pattern(
        "HANDLE",  # insta: kezza
        shape(rf"\b{_NET}(?: is| was)? ?[:=]\s?{_VALUE}"),
        _handle_entity,
        _is_account,
        clue=_COLON,
    ),
    Pattern(
        "HANDLE",  # his snapchat is kezza, the username kez.2011, add me on insta kez99
        shape(
            rf"\b(?:{_OWN}|account name|profile name|{_NET}(?: {_CALLED}){{0,2}})"
            rf"(?: (?:is|was|are|of|as|called|named|under|by|-))+[ ,]\s?{_VALUE}"
        ),
        _handle_entity,
        _is_account,
        clue=_SITE,
    ),
    Pattern(
        "HANDLE",  # snapchat username kezza
        shape(
            rf"\b(?:user ?names?|handles?|gamer ?tags?|screen ?names?|{_NET} (?:users?|accounts?"
            rf"|id)"
            rf"|{_NET} names?),? {_VALUE}"
        ),
        _handle_entity,
        _is_account,
        clue=_SITE,
    ),
    Pattern(
        "HANDLE",  # on insta kez99
        shape(rf"\b(?:{_OWN}|{_NET}(?: {_CALLED}){{0,2}}|account|profile|add),?(?: is)? {_VALUE}"),
        _handle_entity,
        _is_odd,
        clue=_SITE,
    ),
    Pattern(
        "HANDLE",  # goes by kezza on discord, posts as kezza.b, known online as
        shape(
            r"\b(?:goes by|go by|going by|posts? as|posting as|plays? as|known online as|online as"
            r"|messaged by|under the name(?: of)?|by the name(?: of)?|(?:account"
            r"|profile)(?: is)? (?:called|named)"
            rf")(?: the name(?: of)?)? {_VALUE}"
        ),
        _handle_entity,
        lambda value: _is_account(value) and not value.istitle(),
        clue=shape(r"\b(?:go(?:es|ing)? by|as|name|account|profile|add|by)\b"),
    ),
    Pattern(
        "HANDLE",  # kezza on discord
        shape(rf"(?<![\w.@])(?P<id>[a-z][\w.-]{{1,38}}\w) on {_NET}\b"),
        _handle_entity,
        _is_odd,
        clue=shape(rf" on {_NET}\b"),
    ),
    Pattern(
        "HANDLE",
        shape(
            r"\b(?:user ?name|handle|gamer ?tag|screen ?name|account name|profile name)"
            rf"(?: is| was| of)? {_QUOTED}"
        ),
        _handle_entity,
        clue=_QUOTE,
    ),
    Pattern(
        "HANDLE",
        shape(
            r"\b(?:account|profile|page|user|channel|group|server)s? (?:is |was |which is )?"
            rf"(?:called|named|under the name(?: of)?|by the name of|titled) {_QUOTED}"
        ),
        _handle_entity,
        clue=_QUOTE,
    ),
    Pattern(
        "HANDLE",  # words that an underscore joins
        shape(r"(?<![\w.@])[a-z0-9.]+(?:_+[a-z0-9.]+)+\b_*|(?<![\w.@])_+[a-z0-9.]{2,}_*"),
        _handle_entity,
        clue=re.compile("_"),
    ),
    Pattern(
        "HANDLE", shape(r"(?<![\w#])\w[\w.]{1,31}#\d{4}\b"), _handle_entity, clue=re.compile("#")
    ),
    Pattern(
        "HANDLE",  # kezza2011
        shape(r"(?<![\w.@#])[a-z]{3,}\d{2,4}\b(?![.@]\w)"),
        _handle_entity,
        _is_numbered,
        clue=shape(r"[a-z]{3}\d\d"),
    ),
)
