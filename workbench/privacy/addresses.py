"""Shapes of addresses on the net: e-mail and links, hidden spellings too."""

from __future__ import annotations

import re

from workbench.privacy.lists import is_frequent, kept_words
from workbench.privacy.patterns import SIGN, Pattern, shape

_OFFICES = frozenset(
    """office admin head info information enquiries enquiry safeguarding senco sendco dsl reception
    bursar headteacher principal secretary support staff finance attendance welfare pastoral
    business manager governors chair clerk hr it sen parents school data mail post hello
    exams library sixthform careers wellbeing recruitment accounts""".split()
)
_NO_BOXES = frozenset(
    """look looks looked is was are be it me us him her them you here there found available see seen
    up out on and or live at as one not who this that posted based hosted works working""".split()
)
_NO_HOSTS = frozenset("the a an this that our my his her their your its first of to".split())
_PROVIDER = re.compile(
    r"(?:g(?:oogle)?mail|hotmail|outlook|yahoo|icloud|aol|live|msn|btinternet|proton(?:mail)?)\b",
    re.IGNORECASE,
)
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


def email_entity(value: str) -> str:
    """An address as compared: its dots and its at as signs, in small letters."""
    return _SPELT_AT.sub("@", _SPELT_DOT.sub(".", value), count=1).casefold()


def _is_mailbox(value: str) -> bool:
    """No "look at oakfield dot com", where "look" is a word and no box."""
    local = re.split(r"\sat\s", value, maxsplit=1, flags=re.IGNORECASE)[0].casefold()
    return not (local.isalpha() and (is_frequent(local) or local in kept_words()))


def is_spelt_mailbox(value: str) -> bool:
    """A box by its signs, its office or its provider: "office at fern dot org", "jo at gmail"."""
    local, *rest = re.split(r"\sat[\s-](?:sign\s)?", value, maxsplit=1, flags=re.IGNORECASE)
    box = local.casefold()
    known = box in _OFFICES or bool(rest and _PROVIDER.match(rest[0]))
    return not rest or (known and box not in _NO_BOXES) or _is_mailbox(f"{box} at ")


def _is_spelt_host(value: str) -> bool:
    """No "the dot com boom"."""
    return value.split(maxsplit=1)[0].casefold() not in _NO_HOSTS


def _is_host(value: str) -> bool:
    """No ordinary "end.Of sentence": the ending is in one casing with the rest."""
    host = re.split(r"[/?#:]", value, maxsplit=1)[0]
    ending = host.rsplit(".", maxsplit=1)[-1]
    return ending.islower() or host.isupper() or host.istitle()


_DOT = r"(?:\.|\s{0,2}[\[({<]\s?(?:dot|\.)\s?[\])}>]\s{0,2})"
_SPOKEN_DOT = rf"(?:{_DOT}|\s{{1,2}}(?:dot|\.)\s{{1,2}})"
_AT_SIGN = r"(?:\s{0,2}[\[({<]\s?(?:at|@)\s?[\])}>]\s{0,2})"
ENDINGS = (
    r"(?:(?:co|ac|gov|org|sch|nhs|police|com|net|ltd|plc|me)\.[a-z]{2}|com|org|net|uk|edu|gov|info"
    r"|biz|io|tv|me|app|dev|eu|ie|gg|co|ly|be|xyz|online|site|website|school|academy|social|link"
    r"|education|cloud|foundation|tech|mobi|fr|de|nl|pl|ru|au|nz|club|live|fun|space|wales|scot|cymru|london|example|invalid|test|localhost)"
)
_SPOKEN_ENDINGS = ENDINGS.replace(r"\.", _SPOKEN_DOT)
_LOOSE_ENDINGS = ENDINGS.replace(r"\.", rf"(?:{_SPOKEN_DOT}|\s\.|\.\s)")
_PATH = rf"[^\s<>\"{SIGN}]"
_REST = rf"(?:\s?[/?#:]{_PATH}*(?:(?<=/)\s@?[\w.-]*[\d_/]{_PATH}*)?)"
_BEFORE = r"(?<![\w.+-])"
_AT = re.compile("@")

_LOCAL = r"\w.!#$%&*+/=?^`{|}~\-"  # what may stand before an @; an apostrophe only inside

EMAILS: tuple[Pattern, ...] = (
    Pattern(
        "EMAIL",
        shape(
            rf"(?<![{_LOCAL}'])'?(?P<id>(?:[{_LOCAL}][{_LOCAL}']*)?[\w+-](?:@|\s@\s)[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)*{_SPOKEN_DOT}[\w-]*[^\W\d_][\w-]*)"
        ),
        email_entity,
        clue=_AT,
    ),
    Pattern(
        "EMAIL",  # j . hill@ oakfield . org, or broken over two lines
        shape(
            rf"{_BEFORE}(?:[\w+-]+{_SPOKEN_DOT})*[\w+-]*\w\s{{0,2}}@\s{{0,2}}[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+|\s?\.\s?[\w-]+)*?(?:{_SPOKEN_DOT}|\.\s|\s\.){_LOOSE_ENDINGS}\b"
            r"(?:(?<=\b(?:sch|org|gov|nhs))\.\s?uk\b|(?<=\b(?:co|ac))\.\s?uk\b)?"
        ),
        email_entity,
        clue=_AT,
    ),
    Pattern(
        "EMAIL",  # name (at) school.org, name [at] school dot org
        shape(
            rf"{_BEFORE}(?:[\w+-]+{_SPOKEN_DOT})*[\w.+-]*\w{_AT_SIGN}[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)+"
        ),
        email_entity,
        clue=shape(r"[\[({<]\s?(?:at|@)\s?[\])}>]"),
    ),
    Pattern(
        "EMAIL",  # name at school dot org dot uk
        shape(
            rf"{_BEFORE}(?:[\w+-]+\s(?:dot|dash|hyphen|underscore|[._-])\s)*[\w.+-]*\w\sat\s[\w-]+"
            rf"(?:{_SPOKEN_DOT}[\w-]+)*?\s"
            rf"{{0,2}}[\[(]?dot[\])]?\s{{0,2}}{ENDINGS}\b(?:\s?[\[(]?dot[\])]?\s?[a-z]{{2}}\b)?"
        ),
        email_entity,
        _is_mailbox,
        clue=shape(r"\bdot\b"),
    ),
)
_SAID_DOT = (  # how a dot, a dash or an at may be said or fenced in
    r"(?:\s(?:dot|full\sstop|point)\s|\s?[\[({<*/_-]\s?(?:dot|\.)\s?[\])}>*/_-]\s?|[.,]|\s\.\s?|\.\s)"
)
_SAID_JOIN = (  # no ". " here: it would take in the sentence before
    r"(?:\s(?:dot|full\sstop|point)\s|\s?[\[({<*/_-]\s?(?:dot|\.)\s?[\])}>*/_-]\s?|\.|,(?=\w)|\s\.\s"
    r"|\s(?:dash|hyphen|underscore|plus|minus)\s|[+'\u2019-]|\s[+_-]\s"
    r"|[\[({<](?:dash|hyphen|underscore)[\])}>])"
)
_SAID_AT = r"(?:\sat(?:[\s-]sign)?\s|\s?[\[({<*/_-]\s?(?:at?|\u00e4t|@)\s?[\])}>*/_-]\s?|\s?@\s?)"
_SAID_ENDINGS = ENDINGS.replace(r"\.", _SAID_DOT)
_SAID_CLUE = re.compile(  # after a sign, "dot", "stop" or "point"
    rf"(?:[.,]|[tTpP](?<=[oO].)|[tT](?<=[nN].))[\])}}>*/_-]?\s{{0,2}}(?i:{ENDINGS})\b"
)
EMAILS += (
    Pattern(
        "EMAIL",  # jane plus club at oakfield hyphen primary dot org, t hale -at- oakfield.org
        shape(
            rf"(?<![\w.+'\u2019-])(?:[b-hj-z]\s)?(?![\d\s]{{6}})(?:\w+{_SAID_JOIN}){{0,5}}\w+(?:\s\d{{1,4}})?{_SAID_AT}"
            rf"\w+(?:{_SAID_JOIN}\w+)*?{_SAID_DOT}{_SAID_ENDINGS}\b"
            rf"(?:{_SAID_JOIN}uk\b)?"
        ),
        email_entity,
        is_spelt_mailbox,
        clue=_SAID_CLUE,
    ),
    Pattern(
        "EMAIL",  # jane.smith at gmail
        shape(rf"{_BEFORE}[\w.+-]*\w\sat\s{_PROVIDER.pattern}"),
        email_entity,
        lambda value: not is_frequent(value.split()[0].casefold()),
        clue=shape(rf"\sat\s{_PROVIDER.pattern}"),
    ),
    Pattern(
        "EMAIL",  # janeDOTsmithAToakfieldDOTorg
        shape(r"\b[a-z0-9]+at[a-z0-9]+dot(?:com|org|net|uk)\b"),
        email_entity,
        clue=shape(r"dot(?:com|org|net|uk)\b"),
    ),
)
_HOST = rf"(?<![\w@.-])[\w-]+(?:{_SPOKEN_DOT}[\w-]+)*?{_SPOKEN_DOT}"
_STEP = (
    r"(?:at\s|@\s?)?[\w@.?=&%-]*\w(?:\s(?:dot|underscore|dash|hyphen|equals|question\smark)\s\w+)*"
)
_SPACED_DOT = r"(?:\s{0,2}[\[({]?\s?(?:\.|\bdot\b)\s?[\])}]?\s{0,2})"
_SITES = (
    rf"(?:(?:tik ?tok|instagram|snapchat|facebook|twitter|youtube|discord|reddit|twitch|roblox|x|fb"
    rf"|tellonym|change|tinyurl|onlyfans|threads){_SPACED_DOT}(?:com|net|tv|me|org|gg)\b"
    rf"|(?:chng{_SPACED_DOT}it|bit{_SPACED_DOT}ly|t{_SPACED_DOT}(?:me|co)|youtu{_SPACED_DOT}be"
    rf"|fb{_SPACED_DOT}(?:watch|me)|wa{_SPACED_DOT}me|discord{_SPACED_DOT}gg|ngl{_SPACED_DOT}link)\b)"
)
_SITE_NAMES = (
    r"(?:tik ?tok|instagram|snapchat|facebook|twitter|youtube|discord|reddit|twitch|roblox|threads)"
)
_SLASH = r"(?:\s{1,2}[/\\]\s{0,2}|[/\\](?=\S)|[/\\]\s?(?=@)|\s(?:forward\s)?slash\s)"
_SAID_HOST = rf"[\w-]+(?:{_SAID_DOT}[\w-]+)*?{_SAID_DOT}{_SAID_ENDINGS}\b"
_FIRM_DOT = (
    r"(?:\sdot\s|\s?[\[({<*_-]\s?dot\s?[\])}>*_-]\s?|\s(?:full\sstop|point)\s(?=(?:com|org|net|uk|co)\b)"
    r"|\.(?=[a-z.]{2,12}\\))"
)
_FIRM_ENDINGS = ENDINGS.replace(r"\.", _FIRM_DOT)
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
            rf"(?<![\w@.-])[\w-]+{_SPOKEN_DOT}(?:[\w-]+{_SPOKEN_DOT})*{ENDINGS}(?:/|\s?/\s?(?=@|[\w.-]*[\d_]))@?[\w.-]+"
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
        "LINK",  # https colon slash slash tiktok . com slash kez; htps:\\\\tiktok.com
        shape(
            rf"\b(?:h(?:tt?|xx|\*\*|__)ps?|meow|ftp)\s?[\[(]?\s?(?:[:;]|colon)?[\])]?\s?"
            rf"(?:[/\\]\s?[/\\]?|(?:forward\s)?slash\s(?:forward\s)?slash)[\])]?\s?{_SAID_HOST}"
            rf"(?:{_SLASH}{_STEP}|/)*"
        ),
        _link_entity,
        clue=shape(r"ps?\s?\W{0,2}(?:[:/\\;]|colon)|meow|ftp"),
    ),
    Pattern(
        "LINK",  # www. oakfield .com, www dot oak field dot com
        shape(rf"\bwww{_SAID_DOT}(?:\w+\s)?{_SAID_HOST}(?:{_SLASH}{_STEP})*"),
        _link_entity,
        clue=shape("www"),
    ),
    Pattern(
        "LINK",  # h t t p s : / / o a k . o r g, w w w . o a k . o r g
        shape(r"\b(?:h\st\st\sp(?:\ss)?\s:|w\sw\sw)(?:\s[^\s](?!\S))+"),
        _link_entity,
        clue=shape(r"t\st\sp\s|w\sw\sw\s"),
    ),
    Pattern(
        "LINK",  # instagram com slash kez
        shape(rf"(?<![\w@.-]){_SITE_NAMES}\s(?:com|net|tv|me)\b(?:{_SLASH}{_STEP})+"),
        _link_entity,
        clue=shape(r"\s(?:com|net|tv|me)\s?(?:[/\\]|(?:forward\s)?slash\b)"),
    ),
    Pattern(
        "LINK",  # oak-dot-com, oak hyphen field dot org slash list, oak.com\\list
        shape(
            rf"(?<![\w@.-])[\w-]+(?:\s(?:dash|hyphen)\s[\w-]+|{_FIRM_DOT}[\w-]+)*?"
            rf"{_FIRM_DOT}(?:{_FIRM_ENDINGS}|ee|nz|gg|it)\b"
            rf"(?:{_SLASH}{_STEP})*"
        ),
        _link_entity,
        _is_spelt_host,
        clue=shape(r"dot|stop\s|point\s|\.[a-z]{2,4}\\"),
    ),
    Pattern(
        "LINK",  # tiktok . com / kez
        shape(rf"(?<![\w@.-])(?:www{_SPOKEN_DOT})?{_SITES}(?:{_SLASH}{_STEP})*/?"),
        _link_entity,
        clue=_SITE_CLUE,
    ),
    Pattern(
        "LINK",  # oakfield.org: a known ending
        shape(rf"(?<![\w@.-])[\w-]+(?:{_DOT}[\w-]+)*?{_DOT}{ENDINGS}\b(?![@\w-]|\.\w)"),
        _link_entity,
        _is_host,
        clue=shape(rf"[.\])}}]\s{{0,2}}{ENDINGS}\b"),
    ),
    Pattern(
        "LINK",  # oakfield dot org dot uk
        shape(
            r"(?<![\w@.-])[\w-]+(?:\sdot\s[\w-]+)*?\sdot\s(?:co|ac|org|sch|gov)\sdot\suk\b"
            r"|(?<![\w@.-])[\w-]+\sdot\s(?:com|org|net|uk)\b"
        ),
        _link_entity,
        _is_spelt_host,
        clue=shape(r"\bdot\b"),
    ),
)
