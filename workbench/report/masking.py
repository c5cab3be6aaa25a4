"""A prose file with all that is not the researcher's own running text blanked out.

What is blanked becomes as many blanks, so that every character keeps its line and column.
"""

from __future__ import annotations

import re
from itertools import pairwise

VALUE = "\ue000"
"""Fills the place of a live value: a letter of nobody's text, so that a sentence can begin with it.
"""

EXPRESSION = re.compile(r"\{\{(.*?)\}\}", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_NOT_TEXT = re.compile(
    r"(?ms)^(```|~~~).*?^\1[^\n]*$"  # a block of code
    r"|^[ \t]*>[^\n]*$"  # words of somebody else
    r"|`[^`\n]*`"  # code in a line
    r"|(?<=\])\([^)\n]*\)"  # where a link leads
    r"|<https?://[^>\s]*>|https?://\S+"
    r"|(?<=[\]\w])\{[^}\n]*\}"  # pandoc's attributes
    r"|^[ \t]*:::[^\n]*$"
    r"|\[\^[^\]\n]*\]"  # the mark of a footnote
    r"|^[ \t]*(?:\d+|[a-z])[.)](?=[ \t])"  # the number of an item of a list
    r"|^#+[ \t]+\d+(?:\.\d+)*\.?(?=[ \t])"  # the number of a heading
)


def blank(text: str, pattern: re.Pattern[str], filler: str = " ") -> str:
    """``text`` with every match replaced by as many ``filler``; line feeds stay."""

    def filled(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", filler, match[0])

    return pattern.sub(filled, text)


def without_comments(text: str) -> str:
    """The text without HTML comments, which hold notes and prompts for the writer alone."""
    return blank(text, _COMMENT)


def own_text(text: str) -> str:
    """The running text that the researcher wrote by hand; ``VALUE`` fills live values."""
    return blank(blank(without_comments(text), EXPRESSION, VALUE), _NOT_TEXT)


def place_of(text: str, at: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    line = text.count("\n", 0, at) + 1
    return line, at - (text.rfind("\n", 0, at) + 1) + 1


_END = re.compile(
    rf"[.!?:;]?[.!?][”\"’)\]*_]*\s+(?=[“\"(\[*_A-Z{VALUE}])|\n[ \t]*\n|\n(?=[ \t]*[-*+|#])"
)


def sentences_of(masked: str) -> list[tuple[int, int]]:
    """Where each sentence of ``own_text`` begins and ends; items of lists stand by themselves."""
    ends = [0, *(match.end() for match in _END.finditer(masked)), len(masked)]
    return [(a, b) for a, b in pairwise(ends) if masked[a:b].strip()]
