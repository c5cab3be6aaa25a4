"""Subject lines whose words add up to the printed table, exactly.

Each case proposes lines from its own bank; a walk over the cases keeps a proposal when it brings
the year's word counts no further from the table (a hill climb that also walks along plateaus).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from workbench.demo.dice import Dice
from workbench.errors import WorkbenchError

_TOKEN = re.compile(r"[^\W\d_]+")
# Words that any list of English stop words holds; all others must stay below the table's last.
STOP = frozenset(
    """
    a about after again against all am an and any are as at be been before being below
    between but by can did do does down during each few for from further had has have he
    her here him his how i if in into is it its me more most my no nor not now of off on
    once only or other our out over own same she should so some such than that the their
    them then there these they this those through to too under until up very was we were
    what when where which while who why will with you your
    """.split()
)
_ROUNDS = 400_000
_WORDS = re.compile(r"\w+")
_COMPOUNDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def tokens(line: str) -> list[str]:
    """The words of a subject line in lower case."""
    return _TOKEN.findall(line.lower())


def reads_alike(line: str, targets: Mapping[str, int]) -> bool:
    """Whether every usual tokeniser finds the same words of the table in a line.

    A word inside an account name or a compound is one word to one tokeniser and none to another.
    """
    text = line.lower()
    bare = re.sub(r"@\S+", " ", text)
    counts = [
        Counter(word for word in pattern.findall(part) if word in targets)
        for pattern, part in ((_TOKEN, text), (_WORDS, text), (_COMPOUNDS, text), (_TOKEN, bare))
    ]
    return all(count == counts[0] for count in counts[1:])


def fit_lines(
    propose: Sequence[Callable[[Dice], str]], targets: Mapping[str, int], dice: Dice
) -> list[str]:
    """One line a case, such that every word of `targets` occurs exactly so often in all.

    `propose[i]` draws a line for case i. No other word but a stop word comes to the count of the
    rarest target. Raises WorkbenchError if the walk does not arrive, which means that the bank of
    lines cannot make the table.
    """
    cap = min(targets.values()) - 1
    lines = [_first_plain(draw, targets, dice) for draw in propose]
    counts = Counter(word for line in lines for word in tokens(line))
    gap = sum(_miss(word, counts[word], targets, cap) for word in {*counts, *targets})
    for _ in range(_ROUNDS):
        if gap == 0:
            return lines
        case = dice.below(len(lines))
        line = propose[case](dice)
        if not reads_alike(line, targets):
            continue
        change = Counter(tokens(line))
        change.subtract(tokens(lines[case]))
        better = sum(
            _miss(word, counts[word] + step, targets, cap) - _miss(word, counts[word], targets, cap)
            for word, step in change.items()
            if step
        )
        if better <= 0:
            lines[case] = line
            gap += better
            counts.update(change)
    raise WorkbenchError(
        f"The subject lines stay {gap} words away from the printed table. Add lines with the "
        "missing words to demo/fragments/subjects.txt."
    )


def _first_plain(draw: Callable[[Dice], str], targets: Mapping[str, int], dice: Dice) -> str:
    line = draw(dice)
    while not reads_alike(line, targets):
        line = draw(dice)
    return line


def _miss(word: str, count: int, targets: Mapping[str, int], cap: int) -> int:
    """How far a word's count is from where it may be."""
    if word in targets:
        return abs(count - targets[word])
    return 0 if word in STOP else max(0, count - cap)
