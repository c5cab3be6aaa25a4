"""User names that no cue announces: words that nobody knows, where a text speaks of going online.

A word is known as English, by its stem and affixes, as a slip of a frequent word, as a name or
place, or as a term to keep. What else stands bare in such a text is hidden: better a rare word too
many than an account left. Which words they are depends on the word alone, never on other cases.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import ascii_lowercase

from workbench.privacy.account_signs import account_entity
from workbench.privacy.folding import GENERIC, TITLES, fold
from workbench.privacy.identifier import Identifier
from workbench.privacy.lists import is_frequent, is_spoken, is_word, words_of
from workbench.privacy.patterns import SIGN, shape

SHORTEST, LONGEST = 4, 30
"""Letters: a shorter word is more often an abbreviation than an account."""
TALK = shape(
    r"\b(?:accounts?|profiles?|user ?names?|handles?|pages?|posts?|posted|posting|comment\w*"
    r"|messag\w*|dms?|chat\w*|follow\w*|block\w*|snaps?|snapchat\w*|insta\w*|tik ?tok\w*|discord"
    r"|twitter|tweet\w*|facebook|you ?tube|roblox|kik|whats ?app|telegram|reddit|twitch|x ?box"
    r"|fortnite|minecraft|online|videos?|clips?|reels?|live ?stream\w*|went live|photos?|pics"
    r"|pictures?|images?|nudes|screen ?shots?|servers?|group|game[rs]?|gaming|apps?|phones?|calls?"
    r"|links?|tag(?:s|ged)?|hack\w*|stor(?:y|ies)|streams?|internet|web ?site|site|uploaded|shared"
    r"|hashtags?|leaked|banned|groomed|added|add|log(?:s|ged)? (?:in|on)|avatar|friend request"
    r"|stranger|channel|bio)\b"
)
_TOKEN = re.compile(
    rf"(?<![\w@#.'\u2019{SIGN}/-])[^\W\d_]{{{SHORTEST},{LONGEST}}}(?![\w@]|['\u2019](?!s\b)|[.-]\w)"
)
_DETERMINED = shape(
    r"\b(?:(?:an?|the|some|any|no|every|each|his|her|their|our|my|your|its|this|these|those|such"
    r"|other|another)\s+(?:(?:\w{2,}(?:al|ous|ive|ic|ed|ing|y|ful|less|able|ible|ish|ern|est|ent|ant)"
    r"|new|old|young|fake|big|little|small|good|bad|rude|real|own|whole|first|last|next)\s+)?"
    r"|(?:very|so|too|more|most|less|quite|really)\s+)$"
)
_PAGE = shape(r"\s(?:accounts?|profiles?|pages?|channels?|videos?|posts?|user)\b")
_ENDINGS = re.compile(
    r"[a-z]{3}(?:ings?|ed|ly|ness|isms?|ists?|[st]ions?|ments?|ity|phobi[ac]|[ai]ble|ful|less"
    r"|olog(?:y|ist|ical)|i[sz]ations?|ically|ware|wise|some|hood|ships?|ous|ative)$"
)
_AFFIXES = tuple(
    """ability able age al ally ation ations d ed er ers es ful hood ic ical ier ies iest ing ings
    isation ise ised ish ising ism ist ists ity ize ized izing less like ly ment ments ness or
    ors s ship wise y""".split()
)
_PREFIXES = tuple(
    """anti auto bi bio co counter cyber de dis e eco ex fore geo hyper im in inter mega micro mis
    multi non out over photo post pre pro psycho re self semi socio sub super tele trans tri
    ultra un under uni up""".split()
)
_LINKS = frozenset(
    """air any back bag bags ball bank bath bed block board boards body book books box boy card
    cards case cast casts chat child children class day down end ends ever every eye face fire
    foot friend friends gate girl goer goers hack hacks hair hand head holder holders home house
    keeper keepers key keys land less life light line lines live log lunch mail maker makers
    making man mark market mate mates men net news night no note notes off out over page pages
    paper pass phone phones photo piece play power print proof road room rooms school screen
    self sheet sheets shot shots side site sites some sound start stick sticks stop stream
    street tail tailed text time times town tube under up video voice ward wards watching water
    way ways web week where wide with woman women word words work worker workers works yard
    year""".split()
)


def speaks_of_accounts(text: str) -> bool:
    """Whether a text speaks of what happens online."""
    return bool(TALK.search(text))


def rare_accounts(text: str) -> Iterator[Identifier]:
    """Words of a masked text that nobody knows and that stand as a name does."""
    for found in _TOKEN.finditer(text):
        word = found[0]
        if is_unknown(fold(word)) and not _is_ordinary_place(text, found):
            yield Identifier(*found.span(), "HANDLE", account_entity(word))


def _is_ordinary_place(text: str, found: re.Match[str]) -> bool:
    """After "the" or "her lovely", unless "account" follows."""
    before = text[max(0, found.start() - 40) : found.start()]
    return bool(_DETERMINED.search(before)) and not _PAGE.match(text, found.end())


@lru_cache(maxsize=100_000)
def is_unknown(word: str) -> bool:
    """Whether no list, stem or slip explains a folded word."""
    if not word.isascii() or not SHORTEST <= len(word) <= LONGEST or _is_listed(word):
        return False
    return not (_ENDINGS.search(word) or _is_derived(word) or _is_compound(word) or is_slip(word))


def _is_listed(word: str) -> bool:
    names = ("given_common", "given_rarer", "surnames", "places")
    known = is_spoken(word) or word in GENERIC or word in TITLES
    return known or any(word in words_of(name) for name in names)


def _is_known(word: str) -> bool:
    return len(word) > 2 and is_spoken(word)


def _is_derived(word: str) -> bool:
    """An affix on a word: "vloggers", "repost", "smelly"."""
    bodies = {word, *(word.removeprefix(p) for p in _PREFIXES)}
    stems = {body.removesuffix(end) for body in bodies for end in ("", *_AFFIXES)} - {word}
    grown = {*stems, *(stem + "e" for stem in stems), *(stem + "y" for stem in stems)}
    grown |= {stem[:-1] for stem in stems if len(stem) > 3 and stem[-1] == stem[-2]}
    return any(len(stem) > 3 and _is_known(stem) for stem in grown)


def _is_compound(word: str) -> bool:
    """Two words, of which one often stands in such: "voicenote", "lunchroom"."""
    cuts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    return any((a in _LINKS and _is_known(b)) or (b in _LINKS and _is_known(a)) for a, b in cuts)


def is_slip(word: str) -> bool:
    """One letter left out, put in or changed in a word said often; two swapped in any."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    if any(is_spoken(a + b[1::-1] + b[2:]) for a, b in cuts if len(b) > 1):
        return True
    near = (
        changed
        for a, b in cuts
        for changed in (
            a + b[1:],
            *(a + sign + b[1:] for sign in ascii_lowercase),
            *(a + sign + b for sign in ascii_lowercase),
        )
    )
    return any(map(_is_said_often, near))


def _is_said_often(word: str) -> bool:
    """A frequent word, one that speaks of accounts, or a long one."""
    lists = ("heads", "predicates", "talk")
    often = is_frequent(word) or any(word in words_of(name) for name in lists)
    return often or (len(word) > 7 and is_word(word))
