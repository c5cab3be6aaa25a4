"""Attempts before somebody turned to the helpline: how many reports, and with what answer."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from workbench.compare.intervals import share, wilson
from workbench.lenses.lens import load_lens, read_through
from workbench.text.inputs import Texts, as_texts
from workbench.tone.voices import fold

if TYPE_CHECKING:
    import pandas as pd

ANSWERS = ("no_answer", "automatic", "no_breach", "removed", "back", "asked_more", "barred")
"""What became of a report, as elements of the lens of attempts."""

REPORTED = "reported"
"""The element of texts that tell of a report; those of several reports imply it."""

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_EXACT = {word: number for number, word in enumerate(_ONES, start=1)} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100, "once": 1, "twice": 2,
}  # fmt: skip
# The least that a vague word allows.
_LEAST = {
    "couple": 2, "few": 3, "several": 3, "many": 3, "multiple": 3, "numerous": 3, "countless": 3,
    "umpteen": 3, "dozen": 12, "dozens": 24, "scores": 40, "hundreds": 200,
}  # fmt: skip
_ONCE = re.compile(r"\b(?:reported|flagged)(?: \w+){0,3} (?P<once>once)\b(?! (?:it|we|i|the)\b)")
_NUMBER = re.compile(rf"\b(?:\d{{1,3}}|{'|'.join([*_EXACT, *_LEAST])})\b")
_AGAIN = 2


def count_attempts(texts: Texts) -> pd.DataFrame:
    """How many earlier reports to a platform each text states: one row a text that tells of one.

    Columns ``text_id``, ``attempts`` (from 1), ``exact``, and ``start`` and ``end`` of the words
    that tell it. Where no number is stated ("we keep reporting it", "several times") ``exact`` is
    False and ``attempts`` the least that the words allow: 1 for a report, 2 for "again and again",
    3 for "several". Of several numbers the largest counts; reports by many people count too.
    """
    import pandas as pd

    given, ids = as_texts(texts)
    found = read_through(given, load_lens("attempts"))
    told = found[found["element"].isin(load_lens("attempts").showing(REPORTED))]
    by_text: dict[int, list[tuple[int, bool, int, int]]] = {}
    for row, element, start, end in zip(
        told["text_id"], told["element"], told["start"], told["end"], strict=True
    ):
        number = _number_in(fold(given[row])[start:end], several=element == "several")
        by_text.setdefault(row, []).append((*number, start, end))
    rows = []
    for row, stated in by_text.items():
        copy = fold(given[row])
        once = _ONCE.search(copy)
        if once and all(attempts == 1 for attempts, *_ in stated):
            stated = [(1, True, once.start("once"), once.end())]
        best = max(stated, key=lambda one: (one[0], one[1], -one[2]))
        rows.append((ids[row], *best))
    columns = pd.Index(["text_id", "attempts", "exact", "start", "end"])
    return pd.DataFrame(rows, columns=columns).astype(
        {"attempts": "Int64", "exact": bool, "start": "int64", "end": "int64"}
    )


def count_reports(texts: Texts) -> pd.DataFrame:
    """How often texts say that they reported: one row a number of reports.

    ``name`` ("one or not said how many", "two", "three to five", "more than five"; numbers are the
    least that the words allow), ``n`` texts of ``base`` (those that tell of a report), ``share`` in
    [0, 1] with its Wilson interval ``low`` to ``high``.
    """
    import pandas as pd

    stated = count_attempts(texts)["attempts"]
    bounds = [
        ("one, or not said how many", 1, 1),
        ("two", 2, 2),
        ("three to five", 3, 5),
        ("more than five", 6, None),
    ]
    counts = [
        int(((stated >= least) & (True if most is None else stated <= most)).sum())
        for _, least, most in bounds
    ]
    low, high = wilson(counts, len(stated))
    return pd.DataFrame(
        {
            "name": [name for name, *_ in bounds],
            "n": counts,
            "base": len(stated),
            "share": share(counts, len(stated)),
            "low": low,
            "high": high,
        }
    )


def _number_in(words: str, *, several: bool) -> tuple[int, bool]:
    """The largest number that ``words`` state, and whether they state it exactly."""
    if not several:
        return 1, False
    stated = [_value(match[0]) for match in _NUMBER.finditer(words)]
    number, exact = max(stated, default=(0, False))
    return (number, exact) if number >= _AGAIN else (_AGAIN, False)


def _value(word: str) -> tuple[int, bool]:
    if word.isdecimal():
        return int(word), True
    return (_EXACT[word], True) if word in _EXACT else (_LEAST[word], False)


def tell_of_a_report(found: pd.DataFrame) -> set[Any]:
    """The ids of the texts that tell of a report to a platform, however often it was made.

    ``found`` comes from ``read_through`` with the lens of attempts. They are the base of
    ``count_reports`` and ``answers_by_report``, and what the label of ``REPORTED`` counts.
    """
    return set(found.loc[found["element"].isin(load_lens("attempts").showing(REPORTED)), "text_id"])


def answers_by_report(found: pd.DataFrame) -> pd.DataFrame:
    """What answers reports had: one row for each of ``ANSWERS``, in that order.

    ``found`` comes from ``read_through`` with the lens of attempts. Columns ``element``, ``name``,
    ``n`` (texts that tell of a report and show the answer), ``base`` (texts that tell of a
    report, as in ``count_reports``), ``share`` in [0, 1] and its Wilson interval ``low`` to
    ``high``; the three are missing where no text tells of a report. A text that tells of an answer
    alone, or of content that went or came back without a report, is left out. A text may show
    several answers, or none. Intervals take what the patterns find as true: they say nothing of
    what patterns miss.
    """
    import pandas as pd

    told = tell_of_a_report(found)
    known = found[found["text_id"].isin(told)].drop_duplicates(["text_id", "element"])
    counts = known["element"].value_counts().reindex(list(ANSWERS), fill_value=0)
    low, high = wilson(counts.to_numpy(), len(told))
    names = load_lens("attempts").names
    return pd.DataFrame(
        {
            "element": list(ANSWERS),
            "name": [names[element] for element in ANSWERS],
            "n": counts.to_numpy(dtype="int64"),
            "base": len(told),
            "share": share(counts.to_numpy(), len(told)),
            "low": low,
            "high": high,
        }
    )
