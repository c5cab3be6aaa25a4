"""People whom the words around them show, whatever their names: titles, roles, sign-offs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from workbench.privacy.cues import KIN, ROLE
from workbench.privacy.folding import GENERIC, TITLES, WORD, bare, fold
from workbench.privacy.identifier import Identifier
from workbench.privacy.lists import is_frequent, is_word, kept_words, words_of
from workbench.privacy.names import is_shouted

_W = r"[^\W\d_][^\W\d_'\u2019-]*(?:['\u2019-][^\W\d_]{2,})?"
_NAME = rf"(?P<name>{_W}(?:[ \t]{{1,2}}(?:[^\W\d_]\.?[ \t])?{_W}){{0,2}})"
_TITLED = re.compile(
    rf"(?<![^\W_])(?:mr|mrs|ms|miss|mx|dr|cllr|prof(?:essor)?|reverend"
    rf"|rev(?:d)?)\.?[ \t]{{1,2}}{_NAME}",
    re.IGNORECASE,
)
_FIRM = re.compile(  # after these words comes a name, in any casing
    r"(?:\b(?:my|his|her|their|whose|the (?:child|pupil|student|boy|girl)['\u2019]?s)\s(?:full "
    r"|first"
    r"|sur)?\s?name(?:['\u2019]s| is| was)|\b(?:pupil|student|boy|girl|child|lad|teacher|man|woman"
    r"|someone|person|individual|member of staff|colleague|friend|mum|dad|parent|son|daughter),?\s"
    r"(?:is |was |who is )?(?:called|named|by the name of)|\b(?:aka|a\.k\.a\.?|n[e\u00e9]e)"
    rf"|\b(?:pupils?|students?|child|staff) names?\s?:|\bnames?\s?:)\s{{1,2}}{_NAME}",
    re.IGNORECASE,
)
_ROLED = re.compile(rf"\b{ROLE},?[ \t]{{1,2}}(?:is |was )?{_NAME}", re.IGNORECASE)
_OWNER = re.compile(rf"(?<![\w'\u2019]){_NAME}['\u2019]s\s{KIN}\b", re.IGNORECASE)
_SIGNED = re.compile(
    r"(?:\b(?:regards|wishes|sincerely|faithfully|cheers|many thanks|thanks|thank you|yours|best"
    r"|thx|kr|love)[ \t]*[,.!-]*[ \t]*(?:\n[ \t]*){1,3}|\b(?:kind(?:est)? |best |warm )?regards,?"
    r"[ \t]+|\b(?:thanks|cheers),[ \t]+|(?:^|\n)[^\n,]{3,40},[ \t]*(?:\n[ \t]*){1,3})"
    rf"{_NAME}(?=[ \t]*(?:[,.(|\n]|$))",
    re.IGNORECASE,
)
_GREETED = re.compile(
    rf"(?:^|\n)[ \t]*(?:dear|hi|hello|hey|good (?:morning|afternoon|evening)|morning"
    rf"|afternoon)[ \t]+"
    rf"{_NAME}(?=[ \t]*(?:[,.!:\n-]|$))",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"(?:^|\n)[ \t>]*(?:from|to|cc|sent by|reported by|completed by)[ \t]*:[ \t]*[\"']?"
    rf"{_NAME}(?=[\"']?[ \t]*(?:[<\[(;,\n]|$))|\bon\b[^\n]{{6,60}}[, ]\s?"
    rf"{_NAME.replace('name', 'wrote')}"
    r"(?:\s<[^>\n]*>)?\s?wrote:",
    re.IGNORECASE,
)
_CLUES = (
    (_TITLED, re.compile(r"(?i)\b(?:m(?:r|rs|s|x|iss)|dr|cllr|prof|rev)"), "titled"),
    (_FIRM, re.compile(r"(?i)\bname|called|\baka\b|a\.k\.a|n[e\u00e9]e\b"), "firm"),
    (_ROLED, _ROLED, "loose"),
    (_OWNER, re.compile(r"['\u2019]s\s"), "loose"),
    (
        _SIGNED,
        re.compile(
            r"(?i)regards|wishes|sincerely|faithfully|cheers|thank|yours|best|thx|\bkr\b|love"
            r"|,[ \t]*\n"
        ),
        "firm",
    ),
    (_GREETED, re.compile(r"(?i)(?:dear|hi|hello|hey|morning|afternoon|evening)\b"), "firm"),
    (_HEADED, re.compile(r"(?i)(?:from|to|cc|by)[ \t]*:|wrote:"), "loose"),
)
_STOPS = frozenset(
    """a about after again all also am an and another any anyone are around as asap at back be
    because been before being both but by can colleague colleagues could day did do does
    dont everyone everybody folks for from friend get go going got guys had has have he
    helpline her here him his how however i if in into is it its just know later like made
    may me might more most much my never new no not now of off on once one only or other our
    out over own parents people please pupils pupil she should since so some someone
    somebody staff still student students such support sure team teacher teachers than that
    the their them then there these they this those though through to today too two under
    until up us very was we well were what when where which while who whom whose why will
    with would yesterday tel mob mobile email e-mail phone telephone fax ext sent yet you
    your yours sir madam name named called all there again very so both each""".split()
)


def cued_people(text: str) -> Iterator[Identifier]:
    """People whom a title, a role, a greeting or a sign-off shows; spans may overlap."""
    return _people(text, _CLUES)


def titled_people(text: str) -> Iterator[Identifier]:
    """People whom a title shows, such as "Mrs Carter"."""
    return _people(text, _CLUES[:1])


def _people(
    text: str, clues: Iterable[tuple[re.Pattern[str], re.Pattern[str], str]]
) -> Iterator[Identifier]:
    for shape, clue, how in clues:
        if not clue.search(text):
            continue
        at = 0
        while found := shape.search(text, at):
            group = "name" if found.groupdict().get("name") else "wrote"
            start, end = found.span(group)
            at = max(found.start() + 1, start)
            own = _own_words(text, start, end, how, last=shape is _OWNER)
            if own:
                first, final = own
                begin = found.start() if how == "titled" else first
                words = [fold(word[0]) for word in WORD.finditer(text, first, final)]
                entity = " ".join(word for word in words if word not in TITLES)
                yield Identifier(begin, final, "PERSON", entity, "cue", telling=True)


def _own_words(text: str, start: int, end: int, how: str, *, last: bool) -> tuple[int, int] | None:
    """Which of the words that follow a cue are the name: from where to where, if any."""
    words = list(WORD.finditer(text, start, end))
    if last:
        words = _last_name(words, text, how)
    kept: list[re.Match[str]] = []
    for word in words:
        if not _fits(word, text, how, first=not kept):
            break
        kept.append(word)
    while kept and kept[-1][0].islower() and kept[0][0][0].isupper():
        kept.pop()
    if not kept or (how == "firm" and all(_is_plain(word[0]) for word in kept)):
        return None
    return kept[0].start(), _end_of(kept[-1])


def _is_plain(raw: str) -> bool:
    """A word of English that is no common name: "Regards, Online Safety"."""
    folded = bare(raw)
    return is_word(folded) and folded not in words_of("given_common")


def _last_name(words: list[re.Match[str]], text: str, how: str) -> list[re.Match[str]]:
    """Of the words before "'s mum" those at the end that may be a name."""
    kept: list[re.Match[str]] = []
    for word in reversed(words):
        if not _fits(word, text, how, first=True):
            break
        kept.insert(0, word)
    return kept


def _end_of(word: re.Match[str]) -> int:
    possessive = re.search(r"['\u2019\u02bc`]s?$", word[0])
    return word.start() + possessive.start() if possessive else word.end()


def _fits(word: re.Match[str], text: str, how: str, *, first: bool) -> bool:
    """Whether a word beside a cue is a name. ``how`` says what the cue allows."""
    raw = word[0]
    folded = bare(raw)
    if folded in _STOPS or folded in GENERIC or (folded in kept_words() and how != "titled"):
        return False
    if folded in TITLES:
        return False
    known = folded in words_of("given_common") or folded in words_of("surnames")
    shouted = raw.isupper() and is_shouted(text, word.start(), word.end())
    capital = raw[0].isupper() and not shouted
    if how == "titled":
        return _follows_title(folded, raw, text, word, capital=capital, known=known, first=first)
    if capital:
        return how == "firm" or not is_word(folded) or known
    if len(raw) < 3 and not (first and known and how == "firm"):
        return False
    if how == "firm":
        return not is_word(folded) or (known and not is_frequent(folded))
    return known and not is_word(folded)


def _follows_title(
    folded: str,
    raw: str,
    text: str,
    word: re.Match[str],
    *,
    capital: bool,
    known: bool,
    first: bool,
) -> bool:
    """Mr, Mrs and Dr make a name of nearly any word; "miss" is a verb as well."""
    if not first:
        return (capital and (known or not is_word(folded))) or (known and not is_word(folded))
    if capital or not is_word(folded):
        return len(raw) > 1 or capital
    miss = text[: word.start()].rstrip(". \t").lower().endswith("miss")
    return not miss or (known and not is_frequent(folded))
