"""What stands around a name: words that show that a person is meant, in any casing."""

from __future__ import annotations

import re

KIN = (
    r"(?:step|grand|half|foster|god)?[ -]?(?:mum|mam|mom|dad|mother|father|parents?|brother|sister"
    r"|son|daughter|cousin|uncle|aunt(?:ie|y)?|nan|nana|gran|grandma|grandad|family|carers?|wife"
    r"|husband|partner|boyfriend|girlfriend|ex|friends?|mates?|twin|sibling)"
)
ROLE = (
    rf"(?:{KIN}|head ?teacher|head|deputy(?: head)?|teacher|teaching assistant|principal|governor"
    r"|senco|dsl|ddsl|tutor|matron|caretaker|receptionist|secretary|coach|social worker|officer"
    r"|colleagues?|pupils?|students?|boys?|girls?|child|lad|learner|victim|perpetrator|lead|nurse"
    r"|counsellor|chair|ta|manager|lecturer|technician|youngster|teenager|individual|man|woman)"
)
TITLE = (
    r"(?:mr|mrs|ms|miss|mx|dr|sir|dame|rev|prof(?:essor)?|cllr|pc|sgt|sister|father|uncle|auntie?)"
)
_DOING = (
    r"(?:said|says|told|tells|asked|asks|thinks?|posted|posts|sent|sends|was|is|has|had|did|does"
    r"|went|came|got|feels|felt|wants|wanted|replied|responded|denies|denied|admitted|showed|created"
    r"|made|shared|uploaded|recorded|filmed|bullied|cried|left|started|never|messaged|thought|knew"
    r"|knows|saw|took|called|calls|keeps|kept|lives|contacted|reported|believes|claimed|claims"
    r"|mentioned|explained|refused|attends|joined|moved)"
)
_BEFORE = re.compile(
    rf"(?:\b(?:{TITLE}\.?|{ROLE},?|called|named|name is|name['\u2019]s|told|asked|messaged|emailed"
    r"|texted|contacted|spoke to|talk(?:ed|ing)? to|met|dear|hi|hello|hey|regards,?|wishes,?"
    r"|thanks,?|i am|i['\u2019]m|this is)\s{1,2})$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"['\u2019]s\b|\s{_DOING}\b", re.IGNORECASE)
_NEAR = re.compile(
    r"\b(?:by|about|with|against|shows?|showing|concerning|regarding|is|was|from|involving|named)\s{1,2}$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    r"\s?(?:[,.;:!?)\n]|$|(?:on|and|allowed|being|who|at|in|or|again|because|after|when)\b)",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:saw|seen|from|with|by|bullied|filmed|blamed|hurt|hit|helped|tagged|against|about|warned"
    r"|invited|excluded|suspended|interviewed|thanked|supported|(?:pupil|student|child|name|staff"
    r"|teacher|parent|victim|from|to)s?[ \t]?:)[ \t]{1,2}$",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"\b(?:the|an?|this|that|these|his|her|its|my|our|their|your|no|any|some|one|each|every|first"
    r"|last|next|new|old|another|other|which|what|who|i|we|you|they|he|she|it|there|not|of)\s+$",
    re.IGNORECASE,
)


def shows_person(text: str, start: int, end: int) -> bool:
    """Whether the words around a span say that it is somebody: "will said", "his friend mark"."""
    before = text[max(0, start - 40) : start]
    if _BEFORE.search(before) or (_NEAR.search(before) and _CLAUSE.match(text, end)):
        return True
    return bool(_AFTER.match(text, end)) and not _DETERMINED.search(before)


def shows_known(text: str, start: int, end: int) -> bool:
    """Whether a known name that is a word as well is meant: "from grace", "Pupil: will"."""
    before = text[max(0, start - 40) : start]
    return bool(_BESIDE.search(before)) or shows_person(text, start, end)
