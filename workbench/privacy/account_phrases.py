"""Sentences that speak of an account by plain words: subject and copula, apposition, quotation.

What the words themselves must be is told by ``account_words``; names with signs of their own are
found by ``accounts``.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from workbench.privacy.account_cues import CUE, NET, NET_CUE, OWN, OWN_CUE, SITE
from workbench.privacy.account_signs import account_entity
from workbench.privacy.account_words import is_apart, is_bare, is_joined, is_lone
from workbench.privacy.patterns import SIGNS, Pattern, shape

_HANDLE = SIGNS["HANDLE"]
_ACTS = (
    r"message[sd]?|messag(?:ed|es|ing)|adds?|added|dm'?d|sends?|sent|posts?|posted|follow(?:s|ed)|tag(?:s|ged)"
    r"|comment(?:s|ed)|repl(?:y|ies|ied)|like[sd]|ask(?:s|ed)|contact(?:s|ed)|keeps?|kept|wrote|writes?"
    r"|share[sd]|told|tells|said|says|call(?:s|ed)|chats?|chatted|invite[sd]|screenshot(?:s|ted)"
)
_SENT = (
    r"(?:messag|add|dm'|dm|follow|tagg?|comment|contact|text|post|friend|invit)(?:e?d|ing)|sent|keeps"
    r"|asked|replied|wrote"
)
_STOP = (
    r"a|an|the|this|that|these|those|his|her|hers|its|their|theirs|my|mine|our|your|he|she|it|they|we"
    r"|i|you|him|them|us|me|who|whom|whose|which|what|where|when|why|how|and|or|but|nor|so|if|as|at|by"
    r"|for|from|in|into|of|off|on|onto|out|over|to|up|with|without|about|after|again|against|all"
    r"|always|am|any|are|be|because|been|before|being|below|both|can|could|did|do|does|done|down"
    r"|each|either|else|ever|every|few|had|has|have|here|if|is|isn't|just|last|late|like|made|makes"
    r"|many|may|maybe|might|more|most|much|must|near|never|no|none|not|now|nothing|often|once|one|only"
    r"|other|others|own|please|seems?|several|shall|should|since|some|someone|somebody|something"
    r"|still|such|than|then|there|though|through|too|twice|two|under|until|used?|uses|very|via|was"
    r"|were|will|would|yet|today|this|early|everyone|anyone|both|called|named|see|thanks|aged?|go|going|goes"
    r"|follow|add|message|block|report|search|ask|tell|say|delete|remove|take|check|find|share|comment"
    r"|reply|tag|look|ive|im|dont|doesnt|didnt|wasnt|isnt|cant|wont|went|came|come|comes|got|get|gets|began|begins|starts?"
    rf"|{_ACTS}"
)
_WORD = rf"(?!(?:{_STOP})\b|\w+n['\u2019]t\b)[a-z][\w]*(?:['\u2019.-]\w+)*"
_END = (
    rf"(?!\w)(?=\s*(?:[.,;:!?()\[\]\"'\u2019\u201d/&|+\n\u2013{_HANDLE}-]|$)"
    rf"|\s(?:{_STOP}|\w+(?:ed|ing|ly))\b)"
)
_OPEN = r"[\"'\u2018\u201c(]?"
_NAME = rf"{_OPEN}(?P<id>{_WORD}(?: {_WORD})?){_END}"
_THREE = rf"(?P<id>{_WORD}(?: {_WORD}){{0,2}}){_END}"
_PAGE = r"(?:accounts?|profiles?|pages?|users?|channels?|servers?)"
_AS = (
    r"(?:(?:(?:now|still|actually|apparently|really|probably|possibly|currently|also|simply|just|then"
    r"|originally|previously|either|something like|listed|shown|given|recorded|registered|down"
    r"|called"
    r"|named|known|as|to|be|been|under|someone called) ){0,3})"
)
_IS = (
    r"(?:(?:is|was|are|were|be|been|being|reads|read|says|said|has|seems|appears|used|changed"
    r"|displays|shows)(?: to be| as)?[ ,:]{1,2}|['\u2019]s |[:=] ?)"
)
_MORE = r"(?:(?: (?!(?:is|was|are|were|and|or)\b)[\w'\u2019]+){0,5})"
_NET_NAME = rf"{NET}(?: (?:user|account|profile|tag|name|id|handle|page))?"
_ONE_OF = rf"(?:the|an?|his|her|their|one of \w+)(?: \w+)? (?:{OWN}|{_PAGE})\b"
_SENT = (
    r"(?:(?:messag|add|dm'?|follow|tagg?|comment|contact|text|post|friend|invit)(?:e?d|ing)\b|sent\b"
    r"|keeps\b|asked\b|replied\b|wrote\b)"
)
_START = r"(?:^|[.!?:;\n]|\b(?:and|that|think|but|because|then))\s{0,2}"
_NEXT = r"[\"'\u201d\u2019)]?(?:,? and|,? or| &|,|/| /|;) ?"
_NOUN = rf"(?P<id>{_WORD}(?: {_WORD})?)"

_MARKED = re.compile(
    r"[:=(\u2013]| -|['\u2019]s |(?i: (?:is|was|are|be|reads|says|shows|has|seems) )"
)
_ON_NET = shape(rf" on (?:the |his |her )?{NET}\b")
_KNOWN = re.compile(_HANDLE)
_NAMES = frozenset(
    """go goes going went post posts posted posting messaged messaging messages chat chats chatted
    chatting play plays played playing stream streams troll trolls comment comments commented
    commenting known appear appears found listed shown call calls called calling sign signs signed
    signing log logs logged logging under by use uses used using account accounts profile profiles
    page pages user users channel channels server servers one boy girl man stranger person pupil
    someone behind add""".split()
)
_BEFORE = frozenset(
    """from by to with as called named add adds added follow follows followed block blocked search
    searched searches for behind is was and or under it""".split()
)
_DOING = frozenset(
    """reported remove removed block blocked trace traced posted sent shared made run uploaded
    written dm dms screenshot screenshots chat chats comment comments message messages video videos
    post posts set behind""".split()
)
_NAMING = shape(
    r"(?:go|goes|going|went) by |\was |under |(?:name|alias|account|tag) |sel(?:f|ves) |called "
    r"|behind |add "
)


def _phrase(
    shape_of: str,
    holds: Callable[[str], bool],
    clue: re.Pattern[str],
    cue: frozenset[str] = frozenset(),
) -> Pattern:
    return Pattern("HANDLE", shape(shape_of), account_entity, holds, clue=clue, cue=cue)


AFTER = (
    # his username is sunshine lemons, the handle that she gave was moonbeam, user name: fox
    _phrase(rf"{OWN}{_MORE}? {{0,1}}{_IS}{_AS}{_NAME}", is_bare, SITE, OWN_CUE),
    # his account is sunshine lemons, her snap is moonbeam, the name of the page is moonbeam
    _phrase(
        rf"(?:{_NET_NAME}|{_PAGE}|(?:name|title) (?:on|of) (?:the|his|her|their|this) {_PAGE})"
        rf"(?: ?{_IS}|{_MORE}: ?){_AS}{_NAME}",
        is_lone,
        _MARKED,
        CUE,
    ),
    # username sunshine lemons, handle moonbeam
    _phrase(rf"{OWN},? {_NAME}", is_apart, SITE, OWN_CUE),
    # the user fox, the Snapchat account red panda, two accounts, fox and
    _phrase(
        rf"(?:{NET} |(?<=the )|(?<=this )|(?<=that )|(?<=an )|(?<=his )|(?<=her )|(?<=their )"
        rf"|(?<=two )|(?<=three )|(?<=these )|(?<=both )|(?<=other )){_PAGE},? {_NAME}",
        is_apart,
        SITE,
        CUE,
    ),
    # Snapchat - moonbeam, IG moonbeam
    _phrase(
        rf"(?:{NET}(?: ?[:=\u2013]| -) ?|(?:ig|sc|snap|insta|kik) ){_NAME}", is_apart, SITE, NET_CUE
    ),
    # his account (moonbeam)
    _phrase(
        rf"(?:{OWN}|{NET}|{_PAGE})(?: [a-z]+)? ?\([\"'\u2018\u201c]?{_THREE}",
        is_apart,
        re.compile(r"\w ?\("),
        CUE,
    ),
)
FIELDS = (
    # Username(s): fox, Account (if known) | moonbeam, and a label above its value
    _phrase(
        rf"(?:{OWN}|{_PAGE})(?:\(s\)| ?/ ?\w+| ?\([^)\n]{{1,25}}\)| \w+){{0,4}}"
        rf"[ \t]*(?:[:=|\u2013][ \t]*\n?|\t+|\n)[ \t]*{_NAME}",
        is_apart,
        re.compile(r"[:=|\u2013\t\n]"),
        CUE | {"accounts", "users"},
    ),
    # snapchat name fox; her TikTok, moonbeam, has gone
    _phrase(
        rf"{NET}(?: (?:names?|id|tag|user|handle)|(?: account| page| profile)?,) {_NAME}",
        is_apart,
        SITE,
        NET_CUE,
    ),
    # [21:04] moonbeam: how old are you
    _phrase(
        rf"(?m:^)[ \t]*[\[(]?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?: ?[ap]m)?[\])]?[ \t]*-?"
        rf"[ \t]*{_NOUN}:",
        is_lone,
        re.compile(r"\d[:.]\d\d"),
    ),
)
AROUND = (
    # goes by moonbeam, plays as moonbeam, uses the name moonbeam, an account called moonbeam
    _phrase(
        r"\b(?:(?:go|goes|going|went) by|(?:post\w*|messag\w+|chat\w*|play\w*|streams?|trolls?"
        r"|comment\w*) (?:as|under)|(?:known|appears?|found|listed|shown)"
        r" (?:online |there |on there )?as"
        r"|call(?:s|ed|ing)? (?:him|her|them)sel(?:f|ves)|(?:signs?|signed|logs?|logged|logging"
        r"|signing) (?:in|on|up) as|under the (?:name|alias)(?: of)?|by the name(?: of)?"
        rf"|(?:use|uses|used|using)(?: the)? (?:name|alias|account|tag)|{_PAGE} (?:called|named"
        r"|known as|as|under)|(?:one|boy|girl|man|stranger|person|pupil|someone) called"
        rf"|add(?: (?:me|him|her|them|us))? on {NET}:?|behind|add)(?: the name)?:? {_NAME}",
        is_lone,
        _NAMING,
        _NAMES,
    ),
    # from moonbeam on Snapchat, added by red panda on Discord, it was moonbeam on Snapchat
    _phrase(
        r"\b(?:from|by|to|with|as|called|named|add(?:s|ed)?|follow(?:s|ed)?|block(?:ed)?"
        r"|search(?:ed|es)?|for|behind|is|was|and|or|under|it['\u2019]?s),?"
        rf" {_NAME}(?= on (?:the |his |her )?{NET}\b)",
        is_lone,
        _ON_NET,
        _BEFORE,
    ),
    # on Snapchat he is moonbeam
    _phrase(
        rf"(?<=\bon ){NET},? (?:he|she|they|it)(?: is|['\u2019]s| was| are) {_NAME}",
        is_lone,
        SITE,
        CUE,
    ),
    # moonbeam is the account, moonbeam was the handle she used
    _phrase(
        rf"(?:{_START}|,\s|\bor\s){_OPEN}{_NOUN}[\"'\u2019\u201d]? (?:is|was|are) {_ONE_OF}",
        is_lone,
        shape(rf" (?:is|was|are) {_ONE_OF}"),
    ),
    # Moonbeam messaged her on Snapchat
    _phrase(
        rf"{_START}{_NOUN}(?: (?:has|had|then|also|just|keeps|kept|is|was))?(?: been)? {_SENT}",
        is_lone,
        shape(rf" {_SENT}"),
    ),
    # moonbeam (Snapchat), moonbeam - a TikTok account
    _phrase(
        rf"(?:{_START}|,\s|\b(?:by|from|was|is|with|as|to)\s){_NOUN}"
        rf"(?: ?\((?:on |from |an? )?{NET}\b| [-\u2013] (?:on|an?) {NET} )",
        is_lone,
        shape(rf" ?[(\u2013-] ?(?:on |from |an? )?{NET}\b"),
    ),
    # posted by moonbeam, can you remove moonbeam from there, the DMs with fox
    _phrase(
        r"(?:reported|removed?|block(?:ed)?|traced?|(?:posted|sent|shared|made|run|uploaded|written)"
        r" by|dms? (?:with|from|to)|(?:screenshots?|chats?|comments?|messages?|videos?|posts?)"
        rf" (?:of|by|from|with|are from|came from|come from)|set up|behind) {_NAME}",
        is_lone,
        SITE,
        _DOING,
    ),
    # moonbeam's account
    _phrase(
        r"(?:^|[.!?:;\n]|\b(?:and|that|think|but|on|from|to|of|block|report))\s{0,2}"
        rf"(?P<id>{_WORD})['\u2019]s (?:{NET} )?{_PAGE}\b",
        is_apart,
        shape(rf"['\u2019]s (?:{NET} )?{_PAGE}\b"),
    ),
    # the page "moonbeam", known as 'red panda', from "moonbeam" on Snapchat
    _phrase(
        rf"\b(?:(?:by|known as|(?:come|comes|came|are|was|were) from|{_PAGE}|{OWN})"
        rf"|\w+(?=[^\n]{{4,40}} on {NET}\b))"
        rf" [\"\u201c\u2018']{_THREE}(?<=\w)[\"\u201d\u2019']",
        is_bare,
        re.compile("[\"\u2018\u201c]| '"),
    ),
    # we think quietriver is one
    _phrase(
        r"\s(?:(?<=[.:;,]\s)|(?<=\bby\s)|(?<=\bto\s)|(?<=\bor\s)|(?<=\bas\s)|(?<=\bis\s)"
        r"|(?<=\band\s)|(?<=\bbut\s)|(?<=\bwas\s)|(?<=\bthat\s)|(?<=\bfrom\s)|(?<=\bwith\s)"
        rf"|(?<=\buser\s)|(?<=\bthink\s))(?P<id>[a-z]{{9,30}}){_END}",
        is_joined,
        SITE,
    ),
)
BESIDE = (
    # after one of several, the next: moonbeam, fox and red panda
    _phrase(
        rf"\b(?:{OWN}|{_PAGE}|these|following|messages?|requests?|add|from|by|to|with|think|words"
        rf"|{NET}:?)\b[^.!?\n]{{0,80}}{_HANDLE}{_NEXT}{_NAME}",
        is_apart,
        re.compile(rf"{_HANDLE}[\"'\u201d\u2019)]?[ ,/;]"),
    ),
    # from moonbeam and fox, where fox is known already
    _phrase(
        rf"(?:\b(?:{OWN}|{_PAGE}|from|by|to|with|think|that|{NET}:?)|,) {_OPEN}{_NOUN}{_NEXT}"
        rf"{_OPEN}(?={_HANDLE})",
        is_apart,
        re.compile(rf"[dDrR&,/;] ?{_OPEN}{_HANDLE}"),
    ),
    # ... and hers is moonbeam, the second one is fox
    _phrase(
        rf"{_HANDLE}[^.!?\n]{{0,30}}\b(?:one|his|hers|theirs|sister|brother|friend|other|second)"
        rf" (?:is|was) {_AS}{_NAME}",
        is_lone,
        _KNOWN,
    ),
    # changed his handle from moonbeam to fox
    _phrase(rf"\b{OWN} from {_HANDLE} (?:to|and|into) {_NAME}", is_bare, _KNOWN),
)
_PAIR = rf"(?P<id>{_WORD} {_WORD})"
_OWNED = r"(?:posts?|story|stories|followers|comments?|profiles?|bio|page|videos?|accounts?|feed)"
PAIRS = (
    # she unfollowed brave turnip, posts by brave turnip, a friend request from brave turnip
    _phrase(
        r"\b(?:(?:un)?follow(?:ed|s)?|(?:un)?block(?:ed|s)?|accept(?:ed|s)?|add(?:ed|s)?"
        r"|(?:posts?|comments?|messages?|requests?|repl(?:y|ies)|threats?|photos?|videos?|story|dms?"
        rf"|reels?|clips?|calls?|chats?) (?:by|from|of|with)) {_PAIR}{_END}",
        is_apart,
        SITE,
    ),
    # brave turnip's last post
    _phrase(rf"(?<!\w){_PAIR}['\u2019]s (?:\w+ )?{_OWNED}\b", is_apart, re.compile("['\u2019]s ")),
    # brave turnip went live, brave turnip has blocked her
    _phrase(
        rf"{_START}{_PAIR} (?:(?:has |had )?(?:un)?(?:blocked|followed)|went live"
        r"|go(?:es)? live|liked|reposted|stitched|says in (?:its|his|her|their) bio)\b",
        is_lone,
        shape(r"(?:blocked|followed|live|liked|reposted|stitched|bio)\b"),
    ),
)
PHRASES = (*AFTER, *FIELDS, *AROUND, *BESIDE, *PAIRS)
