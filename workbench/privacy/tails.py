"""What may follow a school's known name: "Church of England (VA) Primary School"."""

from __future__ import annotations

import re

from workbench.privacy.folding import GENERIC, SMALL, fold

_NEAR_GAP = re.compile(r"[ \t-]{1,2}|[ \t.)]{0,2}[(&.][ \t]?|\)[ \t]")
_LINKING = SMALL | {"in"}
_TAIL = GENERIC | frozenset("in vcp integrated maintained wales specialist".split())
_LINKED = frozenset(
    """c church junior juniors infant infants nursery primary college school academy girls
    boys""".split()
)


def after_generic(words: list[re.Match[str]], last: int, text: str) -> int:
    """The end of words such as "Primary School" that follow a school's name."""
    end = words[last].end()
    before, so_far = "", end
    for word in words[last + 1 : last + 14]:
        folded = fold(word[0])
        if folded not in _TAIL or not _NEAR_GAP.fullmatch(text, so_far, word.start()):
            break
        if folded in _LINKING and before not in _LINKED:
            break
        before, so_far = folded, word.end()
        if folded not in _LINKING:
            end = so_far
    return end
