"""Whose words they are, and whether they are negated."""

from __future__ import annotations

import re

Span = tuple[int, int]

_NEGATION = re.compile(
    r"(?:\bnot|n't|\bcannot|\bnever|\bno|\bwithout|\bhardly|\bneither|\bnor|\bnothing|\bisnt|\barent"
    r"|\bdont|\bless than)\s+(?:[\w'-]+\s+){0,2}$"
    r"|(?:not|n't)\s+(?:think|believe|feel|suppose|consider|mean|say)\s+(?:[\w'-]+\s+){0,4}$"
)
# "not only worried", "no doubt worried" and "not just" assert what follows.
_NO_NEGATION = re.compile(r"\b(?:not only|not just|not merely|no doubt|not to mention)\b")
_CLAUSE = re.compile(r"[,;:()–—]|\b(?:but|and|so|because|although|though|however|since|i|we)\b")
_REPORTED = re.compile(
    r"(?<!\bi )(?<!\bwe )\b(?:call(?:s|ed|ing)?|sa(?:y|ys|id|ying)|claim(?:s|ed|ing)?"
    r"|label(?:s|led|ling)|describ(?:es|ed|ing)|comment(?:s|ed|ing)|caption(?:s|ed|ing)?|posted|posting|posts"
    r"|read(?:s|ing)?|accus(?:es|ed|ing)|wrote|writes|writing|written|shout(?:s|ed|ing)|messages?"
    r"|threaten(?:s|ed|ing)?|tell(?:s|ing)|alleg(?:es|ed|ing)|stat(?:es|ed|ing)|suggest(?:s|ed|ing)|impl(?:ies|ied|ying))\b"
    r"(?:\W+[\w'*]+){0,9}\W*$"
)
_DOUBLE = re.compile(r'"[^"\n]{1,600}"|“[^”\n]{1,600}”|«[^»\n]{1,600}»')
# A single mark opens after white space and closes before it: apostrophes do neither.
_SINGLE = re.compile(r"(?<![\w'])['‘](?=\S)[^\n]{1,300}?(?<=\S)['’](?![\w'])")
_INTRODUCED = re.compile(
    r"\b(?:(?:it|which|that|one|caption|captions?|comments?|posts?|messages?|bio|username|title|text"
    r"|note|e-?mail|another|others|reply|replies)\s+(?:just\s+|simply\s+|then\s+)?"
    r"(?:says?|said|reads?|reading|saying|states?|stated|stating|went)|captioned|titled"
    r"|quote|i quote|(?:he|she|they|pupils?|someone|people|boy|girl|student|students) "
    r"(?:wrote|said|commented|posted|replied|shouted|typed))\s*[:,-]?\s+"
)


def fold(text: str) -> str:
    """``text`` in lower case with straight apostrophes, character for character."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters, such as İ, grow in lower case
        lowered = "".join(low if len(low := char.lower()) == 1 else char for char in text)
    return lowered.replace("’", "'").replace("\xa0", " ").replace("\n", " ")


def quoted_spans(copy: str, sentences: list[Span]) -> list[Span]:
    """Where ``copy`` (folded) gives someone else's words: in quotation marks, or introduced.

    Words introduced by "it says" or "the comment reads" count to the end of their sentence.
    """
    spans = []
    for start, end in sentences:
        piece = copy[start:end]
        if '"' in piece or "“" in piece or "«" in piece:
            spans += [(start + m.start(), start + m.end()) for m in _DOUBLE.finditer(piece)]
        if "'" in piece or "‘" in piece:
            spans += [(start + m.start(), start + m.end()) for m in _SINGLE.finditer(piece)]
        introduced = _INTRODUCED.search(piece)
        if introduced:
            spans.append((start + introduced.end(), end))
    return spans


def is_negated(before: str) -> bool:
    """Whether a negation within three words stands in the same clause, just ``before``."""
    clause = _CLAUSE.split(before[-80:])[-1]
    return bool(_NEGATION.search(clause)) and not _NO_NEGATION.search(clause)


def is_reported(before: str) -> bool:
    """Whether a verb of saying by someone else stands within nine words ``before``."""
    return bool(_REPORTED.search(before[-120:]))
