"""Sentences with their places in the text, for mail as people write it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from workbench.text.clean import own_spans

# Words that end in a full stop without ending a sentence.
_ABBREVIATIONS = frozenset(
    "mr mrs ms miss dr prof rev sr jr st mt dept approx est inc ltd co vs eg e.g ie i.e etc no nos "
    "fig ext tel yr yrs p.a cf a.m p.m am pm jan feb mar apr jun jul aug sept sep oct nov dec mon "
    "tue tues wed thu thur thurs fri sat sun".split()
)
_MAY_END = frozenset(("etc", "p.m", "a.m", "pm", "am", "no"))
_STOP = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|\n[ \t]*\n|\n")
_BULLET = re.compile(r"[ \t]*(?:[-*•–·]|\(?\d{1,2}[.)]|\(?[a-z][.)])[ \t]")
_LAST_WORD = re.compile(r"([\w.']+)\.$")
_SHORT_LINE = 50
_REACH = 12  # looked back for an abbreviation, which are all shorter


@dataclass(frozen=True)
class Sentence:
    """One sentence: ``text`` is what stands from ``start`` to ``end`` (exclusive)."""

    start: int
    end: int
    text: str


def split_sentences(text: str) -> list[Sentence]:
    """The sentences of ``text`` in order; places are counted in ``text`` as given.

    A sentence ends at ``.``, ``!``, ``?`` or ``…`` before white space (not after a known
    abbreviation or an initial), at an empty line, before a bullet, and at the end of a short line
    such as a greeting. Hard-wrapped lines run on.
    """
    return _split(text, 0, len(text))


def own_sentences(text: str) -> list[Sentence]:
    """The sentences of the enquirer's own words (see ``clean``), placed in ``text`` as given."""
    return [piece for start, end in own_spans(text) for piece in _split(text, start, end)]


def _split(text: str, start: int, end: int) -> list[Sentence]:
    sentences = []
    at = start
    for match in _STOP.finditer(text, start, end):
        if _ends_here(text, at, match, end):
            sentences += _sentence(text, at, match.end())
            at = match.end()
    return sentences + _sentence(text, at, end)


def _sentence(text: str, start: int, end: int) -> list[Sentence]:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    stripped = piece.strip()
    return [Sentence(first, first + len(stripped), stripped)] if stripped else []


def _ends_here(text: str, start: int, match: re.Match[str], end: int) -> bool:
    mark = match[0]
    if mark == "\n":
        return _line_ends(text, start, match.start(), match.end(), end)
    if mark != ".":
        return True
    word = _LAST_WORD.search(text, max(start, match.end() - _REACH), match.end())
    if word is None:
        return True
    last = word[1].lower()
    if len(last) == 1 and last.isalpha() and word[1].isupper():
        return False
    if last not in _ABBREVIATIONS:
        return True
    return last in _MAY_END and text[match.end() : end].lstrip()[:1].isupper()


def _line_ends(text: str, start: int, at: int, after: int, end: int) -> bool:
    """Whether a single line break ends a sentence: before a bullet, or after a short line."""
    if _BULLET.match(text, after, end):
        return True
    line = text[max(start, text.rfind("\n", start, at) + 1) : at]
    following = text[after:end].lstrip()
    return len(line) < _SHORT_LINE and not following[:1].islower()
