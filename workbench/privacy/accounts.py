"""Shapes of user names: by their own signs, and by the words that speak of an account."""

from __future__ import annotations

import re

from workbench.privacy.account_cues import CUE, NET, OWN, SITE
from workbench.privacy.account_signs import (
    account_entity,
    is_account,
    is_compound,
    is_handle,
    is_name_like,
    is_next,
    is_shaped,
    is_spaced,
    is_spelt,
)
from workbench.privacy.lists import is_frequent, is_word
from workbench.privacy.patterns import SIGN, SIGNS, Pattern, shape

_CALLED = r"(?:account|profile|page|channel|tag|id|name|add|handle|user ?name|@)"
_LEAD = CUE | frozenset(
    """add added tagged block blocked follow followed follows from by about called named""".split()
)
_GOING = frozenset(
    """goes go going posts post posting plays play known online messaged under by account profile
    stranger someone somebody user log logs logged sign signs signed""".split()
)
_ON_SITE = shape(rf" on (?:the )?{NET}\b")
_COLON, _AT, _QUOTE = re.compile("[:=]"), re.compile("@"), re.compile("[\"'\u201c\u2018]")
_QUOTED = (
    r"[\"\u201c\u2018'](?P<id>[^\"\u201c\u201d\u2018\u2019'\n" + SIGN + r"]{2,40})[\"\u201d\u2019']"
)
_PIECE = r"\w(?:[\w.-]*\w)?_*"
_SPELT = (
    r"(?:[ \t]{1,2}[\[(]?(?:dot|underscore|dash|hyphen)[\])]?[ \t]{1,2}|[ \t][._][ \t]"
    r"|[\[(](?:dot|underscore|[._])[\])])"
)
_VALUE = rf"[\"'\u201c\u2018(]?\s?(?P<id>@?\s?{_PIECE}(?:{_SPELT}{_PIECE})*)"
_LETTERS_AND_FIGURES = shape(r"[a-z]\d|\d[a-z]|_")
_HANDLE, _PERSON = SIGNS["HANDLE"], SIGNS["PERSON"]

BY_SHAPE = (
    Pattern(
        "HANDLE",
        shape(r"(?<![\w.@/])(?:@\w(?:[\w.-]*\w)?)+_*"),
        account_entity,
        is_handle,
        clue=_AT,
    ),
    Pattern(
        "HANDLE",  # "@ kez_2011", or a tag broken by a bracket
        shape(r"(?<![\w.@/])@\s(?P<id>\w[\w.-]*\w_*)"),
        account_entity,
        lambda value: is_account(value) and is_handle("@" + value),
        clue=_AT,
    ),
    Pattern(
        "HANDLE",  # "(at) kez", "[@] kez"
        shape(rf"[\[({{]\s?(?:at|@)\s?[\])}}]\s?(?P<id>{_PIECE})"),
        account_entity,
        lambda value: not is_word(value.casefold()) and is_handle("@" + value),
        clue=shape(r"[\[({]\s?(?:at|@)\s?[\])}]"),
    ),
    Pattern(
        "HANDLE",  # kez _ 2011
        shape(rf"(?<![\w.@#-])(?!(?:is|was|as|by)\b){_PIECE}(?:[ \t]_{{1,2}}[ \t]{_PIECE})+"),
        account_entity,
        clue=re.compile(r"\s__?\s"),
    ),
    Pattern(
        "HANDLE",  # kez underscore 2011, kez (dot) rose
        shape(
            rf"(?<![\w.@#-]){_PIECE}(?:{_SPELT}{_PIECE})*[ \t]*[\[(]?underscore[\])]?[ \t]*{_PIECE}"
            rf"(?:{_SPELT}{_PIECE})*"
        ),
        account_entity,
        is_spelt,
        clue=shape("underscore"),
    ),
    Pattern(
        "HANDLE",  # kez dot rose99
        shape(r"(?<![\w.@#-])[a-z]\w+ (?:dot|\.) (?=[a-z]*\d)\w+(?!\w|[:.]\d)"),
        account_entity,
        lambda value: not is_word(value.split()[0].casefold()) and is_spelt(value),
        clue=shape(r" (?:dot|\.) [a-z]*\d"),
    ),
    Pattern(
        "HANDLE", shape(r"(?<![\w#])\w[\w.]{1,31}#\d{4}\b"), account_entity, clue=re.compile("#")
    ),
)
AFTER_CUES = (
    Pattern(
        "HANDLE",  # user name: anything
        shape(rf"\b(?:{OWN}|{NET} (?:{_CALLED} ?)+)(?: is| was)?[ \t]?[:=][ \t]?{_VALUE}"),
        account_entity,
        lambda value: is_account(value) or not is_frequent(value.casefold()),
        clue=_COLON,
        cue=CUE,
    ),
    Pattern(
        "HANDLE",  # a line of a form, to its end
        re.compile(
            r"^[ \t*>-]*(?:(?:user|screen|display|nick|gamer|account|profile) ?(?:name|tag)|handle)"
            rf"[ \t]*[:=][ \t]*(?P<id>[^\n,;:{SIGN}]{{2,30}}\w)[ \t.]*$",
            re.IGNORECASE | re.MULTILINE,
        ),
        account_entity,
        lambda value: len(value.split()) < 4,
        clue=_COLON,
    ),
    Pattern(
        "HANDLE",  # insta: kezza, account: kezza
        shape(
            rf"\b(?:{NET}|accounts?|profiles?|tags?|pages?)(?: is| was)?[ \t]?[:=][ \t]?{_VALUE}"
        ),
        account_entity,
        is_account,
        clue=_COLON,
        cue=CUE,
    ),
    Pattern(
        "HANDLE",  # his snapchat is kezza, the username kez.2011, add me on insta kez99
        shape(
            rf"\b(?:{OWN}|{NET}(?: {_CALLED}){{0,2}})"
            rf"(?: (?:is|was|are|of|as|called|named|under|by|-))+[ ,]\s?{_VALUE}"
        ),
        account_entity,
        is_account,
        clue=SITE,
        cue=CUE,
    ),
    Pattern(
        "HANDLE",  # snapchat username kezza
        shape(
            rf"\b(?:user ?names?|handles?|(?:gamer|screen|display) ?(?:tags?|names?)"
            rf"|{NET} (?:users?|accounts?|id|names?|profiles?)),? {_VALUE}"
        ),
        account_entity,
        is_account,
        clue=SITE,
        cue=CUE,
    ),
    Pattern(
        "HANDLE",  # on insta kez99
        shape(
            rf"\b(?:{OWN}|{NET}(?: {_CALLED}){{0,2}}|accounts?|profiles?|pages?|add"
            rf"(?:ed)?|tag(?:ged)?"
            rf"|block(?:ed)?|follow(?:ed|s)?|from|by|about|called|named),?(?: is)? {_VALUE}"
        ),
        account_entity,
        is_name_like,
        clue=SITE,
        cue=_LEAD,
    ),
    Pattern(
        "HANDLE",  # his account (kezza)
        shape(
            rf"\b(?:{OWN}|{NET}|accounts?|profiles?|pages?|tags?)"
            r"(?: [a-z]+)? ?\((?P<id>@?[^\s()]{3,40})\)"
        ),
        account_entity,
        is_account,
        clue=re.compile(r"\("),
        cue=CUE,
    ),
    Pattern(
        "HANDLE",  # goes by kezza on discord, posts as kezza.b, known online as
        shape(
            r"\b(?:goes by|go by|going by|posts? as|posting as|plays? as|known online as|online as"
            r"|messaged by|under the name(?: of)?|by the name(?: of)?|(?:account"
            r"|profile)(?: is)? (?:called|named)|(?:stranger|someone|somebody|user) called"
            r"|log(?:s|ged)? (?:in|on) as|sign(?:s|ed)? in as"
            rf")(?: the name(?: of)?)? {_VALUE}"
        ),
        account_entity,
        lambda value: is_account(value) and not value.istitle(),
        clue=shape(r"\b(?:go(?:es|ing)? by|as|name|account|profile|add|by|called)\b"),
        cue=_GOING,
    ),
    Pattern(
        "HANDLE",  # kezza signed in
        shape(
            r"(?<![\w.@])(?P<id>[a-z][\w.-]{1,38}\w) (?:has |had )?(?:signed|logged|logs"
            r"|signs) (?:in|on)\b"
        ),
        account_entity,
        is_account,
        clue=shape(r"(?:signed|logged|logs|signs) (?:in|on)\b"),
    ),
    Pattern(
        "HANDLE",  # kezza on discord
        shape(rf"(?<![\w.@])(?P<id>[a-z][\w.-]{{1,38}}\w),? on (?:the )?{NET}\b"),
        account_entity,
        is_name_like,
        clue=_ON_SITE,
    ),
    Pattern(
        "HANDLE",
        shape(rf"\b(?:{OWN})(?: is| was| of)? {_QUOTED}"),
        account_entity,
        lambda value: not is_frequent(value.casefold()),
        clue=_QUOTE,
        cue=CUE,
    ),
    Pattern(
        "HANDLE",
        shape(
            r"\b(?:account|profile|page|user|channel|group|server)s? (?:is |was |which is )?"
            rf"(?:called|named|under the name(?: of)?|by the name of|titled) {_QUOTED}"
        ),
        account_entity,
        clue=_QUOTE,
        cue=CUE,
    ),
    Pattern(
        "HANDLE",  # kez_2011, dan.whit and sophieb: the next of several
        shape(rf"{_HANDLE}[\"'\u201d\u2019)]?(?:,? and|,? or| &|,|/|;) ?{_VALUE}"),
        account_entity,
        is_next,
        clue=re.compile(_HANDLE),
    ),
    Pattern(
        "HANDLE",  # dan.whit and kez_2011: one before it
        shape(
            rf"(?<![\w.@])(?P<id>[a-z][\w.-]{{1,38}}\w)(?:,? and|,? or| &|,"
            rf"|/) ?[\"'\u201c(]?{_HANDLE}"
        ),
        account_entity,
        is_name_like,
        clue=re.compile(_HANDLE),
    ),
    Pattern(
        "HANDLE",  # what is left of b.fern or fern_2011 where Fern is known
        re.compile(
            rf"(?<![\w.@])(?P<id>\w{{1,2}}[._]+|\w+_+|(?=\w*\d)\w+[._]*)(?=[{_HANDLE}{_PERSON}])"
        ),
        account_entity,
        clue=re.compile(rf"[\w.][{_HANDLE}{_PERSON}]"),
    ),
    Pattern(
        "HANDLE",
        re.compile(rf"(?<=[{_HANDLE}{_PERSON}])(?P<id>_\w+|[._]*\d\w*|\.\w*[\d_]\w*)"),
        account_entity,
        clue=re.compile(rf"[{_HANDLE}{_PERSON}][\w.]"),
    ),
    Pattern(
        "HANDLE",  # what is left of one at its edges
        re.compile(rf"(?P<id>_+)(?={_HANDLE})|(?<={_HANDLE})(?:_+)"),
        account_entity,
        clue=re.compile(rf"_{_HANDLE}|{_HANDLE}_"),
    ),
    Pattern(
        "HANDLE",  # sophiebanter
        shape(r"(?<![\w.@-])[a-z]{7,30}(?![\w@-])"),
        account_entity,
        is_compound,
        clue=SITE,
    ),
)
LAST = (
    Pattern(
        "HANDLE",  # kezza2011, kez_rose, _kez_, dan-whit99
        shape(r"(?<![\w.@#-])(?=[\w.-]*?(?:[a-z]\d|\d[a-z]|_))[\w]+(?:[.-]+\w+)*(?![\w@]|\.\w)"),
        account_entity,
        is_shaped,
        clue=_LETTERS_AND_FIGURES,
    ),
    Pattern(
        "HANDLE",  # k e z _ 2 0 1 1
        shape(
            r"(?<![\w.'\u2019])(?:[a-z_](?:[ \t][._-])?[ \t]{1,2}){2}"
            r"(?:[a-z0-9_.-][ \t]{1,2})+[a-z0-9_](?![\w'\u2019])"
        ),
        account_entity,
        is_spaced,
        clue=shape(r"(?<![\w'\u2019])[a-z_] {1,2}[a-z_] {1,2}[\w.-] {1,2}[\w.-] "),
    ),
)
"""What other shapes may claim first: they name a plate or a pupil's number more truly."""
