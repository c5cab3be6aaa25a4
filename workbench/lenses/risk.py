"""Texts that read as somebody at risk, listed first, and the concern sheet of one case.

The signs are words. They never hide a case: every case stays in the log and in all counts, and
that a text shows no sign says nothing about whether somebody is safe.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError, suggest
from workbench.lenses.attempts import count_attempts
from workbench.lenses.lens import load_lens, read_through
from workbench.lenses.questions import (
    AFFECTED,
    EVERY_DAY,
    PLATFORMS,
    QUESTIONS,
)
from workbench.text.inputs import Texts
from workbench.tone.voices import fold

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study import Study

GRAVITY = (
    "danger",
    "self_harm",
    "sexual",
    "violence",
    "abuse",
    "missing",
    "radical",
    "adult",
    "afraid",
)
"""The elements of the lens of risk, the gravest first. An order for reading, not a measure."""


def list_at_risk(texts: Texts | CaseLog) -> pd.DataFrame:
    """The texts that read as somebody at risk, the gravest first: one row a text with a sign.

    ``texts`` may be a log: its enquiries are read. Columns ``text_id``, ``elements`` (ids of the
    lens of risk, the gravest first), ``words`` (places in the text, as (start, end), in the order
    of the text), ``sentence`` (the first with a sign, from 0), ``score`` in (0, 1): higher with a
    graver element, and with further ones between texts whose gravest is the same. The score sorts
    a reading list and means nothing else. A text that is not listed may still tell of a risk.
    """
    given = texts.cases.set_index("case_id")["text"] if isinstance(texts, CaseLog) else texts
    return rank_at_risk(read_through(given, load_lens("risk")))


def rank_at_risk(found: pd.DataFrame) -> pd.DataFrame:
    """``list_at_risk`` for texts read already; ``found`` is of ``read_through`` and that lens."""
    import pandas as pd

    rows = []
    for text_id, hits in found.groupby("text_id", sort=False):
        present = set(hits["element"])
        elements = tuple(element for element in GRAVITY if element in present)
        words = tuple(sorted(set(zip(hits["start"], hits["end"], strict=True))))
        rows.append((text_id, elements, words, int(hits["sentence"].min()), _score(elements)))
    columns = pd.Index(["text_id", "elements", "words", "sentence", "score"])
    listed = pd.DataFrame(rows, columns=columns)
    return listed.sort_values(
        ["score", "text_id"], ascending=[False, True], kind="stable", ignore_index=True
    )


def _score(elements: Iterable[str]) -> float:
    # Halves, so that no number of lesser elements outweighs a graver one.
    return float(sum(0.5 ** (GRAVITY.index(element) + 1) for element in elements))


@dataclass(frozen=True)
class ConcernSheet:
    """What one case tells of a risk, in plain strings for whoever takes it on.

    ``times`` holds pairs of what and when; ``key_words`` pairs of an element's name and the words
    that show it; ``refer_to`` pairs of whom and how. ``patterns`` says whether the matter reads as
    isolated or repeated, and by what; ``to_find_out`` holds the questions that the case does not
    answer in its words. All words are those of a redacted log.
    """

    case_id: str
    times: tuple[tuple[str, str], ...]
    platforms: tuple[str, ...]
    key_words: tuple[tuple[str, str], ...]
    patterns: tuple[str, ...]
    affected: tuple[str, ...]
    to_find_out: tuple[str, ...]
    refer_to: tuple[tuple[str, str], ...]


def concern_sheet(
    case_id: str,
    log: CaseLog,
    *,
    study: Study | None = None,
    returns: pd.DataFrame | None = None,
    answered_by: Iterable[str] = ("helpline",),
    platform: str = "platform",
    pertains_to: str = "pertains_to",
) -> ConcernSheet:
    """The concern sheet of one case of a redacted ``log``.

    ``study`` gives whom to refer to, ``returns`` (of ``find_returns``) earlier cases of the same
    matter. Messages by ``answered_by`` are the helpline's own and show no sign. ``platform`` and
    ``pertains_to`` are the names of those fields, if the study has them. Raises ``WorkbenchError``
    for a log with names in it, or a case that it does not hold.
    """
    if not log.redacted:
        raise WorkbenchError("A concern sheet is made of a redacted log. Call redact() first.")
    if case_id not in set(log.cases["case_id"]):
        known = list(log.cases["case_id"])
        raise WorkbenchError(f"There is no case '{case_id}' in this log.{suggest(case_id, known)}")
    case = log.cases[log.cases["case_id"] == case_id].iloc[0]
    messages = log.messages[log.messages["case_id"] == case_id].sort_values("sent", kind="stable")
    theirs = messages[~messages["author"].isin(set(answered_by))]
    texts = [str(case["text"]), *theirs["text"].dropna()]
    folded = " ".join(fold(text) for text in texts)
    return ConcernSheet(
        case_id=case_id,
        times=_times(case, messages),
        platforms=_merge(_labels(log, case_id, platform), _names_in(folded, PLATFORMS)),
        key_words=_key_words(texts),
        patterns=_patterns(case_id, texts, folded, len(theirs), returns),
        affected=_merge(_labels(log, case_id, pertains_to), _names_in(folded, AFFECTED)),
        to_find_out=tuple(
            ask for ask, answer in QUESTIONS if not _expression(answer).search(folded)
        ),
        refer_to=tuple((one.name, one.details) for one in study.contacts) if study else (),
    )


def _times(case: pd.Series, messages: pd.DataFrame) -> tuple[tuple[str, str], ...]:
    sent = [
        (f"Message {number}, {author}" if isinstance(author, str) else f"Message {number}", when)
        for number, (author, when) in enumerate(
            zip(messages["author"], messages["sent"], strict=True), start=1
        )
    ]
    rows = [("Enquiry received", case["date"]), *sent]
    return tuple((what, _say(when)) for what, when in rows)


def _say(when: pd.Timestamp) -> str:
    day = f"{when:%A} {when.day} {when:%B %Y}"
    return day if (when.hour, when.minute) == (0, 0) else f"{day}, {when:%H:%M}"


def _labels(log: CaseLog, case_id: str, field: str) -> list[str]:
    if field not in log.fields:
        return []
    found = log.membership(field)
    return [str(label) for label in found.loc[found["case_id"] == case_id, "label"]]


def _names_in(folded: str, patterns: dict[str, str]) -> list[str]:
    return [name for name, pattern in patterns.items() if _expression(pattern).search(folded)]


@cache
def _expression(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)")


def _merge(*lists: list[str]) -> tuple[str, ...]:
    """All names once each, whatever their capitals, in the order in which they turn up."""
    merged: dict[str, str] = {}
    for name in chain.from_iterable(lists):
        merged.setdefault(name.casefold(), name)
    return tuple(merged.values())


def _key_words(texts: list[str]) -> tuple[tuple[str, str], ...]:
    lens = load_lens("risk")
    found = read_through(texts, lens)
    pairs = [
        (element, " ".join(texts[int(text_id)][start:end].split()))
        for text_id, element, start, end in found[
            ["text_id", "element", "start", "end"]
        ].itertuples(index=False)
    ]
    ordered = sorted(dict.fromkeys(pairs), key=lambda pair: GRAVITY.index(pair[0]))
    return tuple((lens.names[element], words) for element, words in ordered)


def _patterns(
    case_id: str, texts: list[str], folded: str, messages: int, returns: pd.DataFrame | None
) -> tuple[str, ...]:
    signs = []
    if returns is not None:
        for _, row in returns[returns["case_id"] == case_id].iterrows():
            signs.append(
                f"Returns to case {row['earlier']}, {row['days']} days on ({row['signs']})"
            )
        later = int((returns["earlier"] == case_id).sum())
        if later:
            signs.append(f"Later cases that return to it: {later}")
    counted = count_attempts(texts)
    most = counted.loc[counted["attempts"] > 1].sort_values("attempts", ascending=False)
    if len(most):
        least = "" if bool(most["exact"].iloc[0]) else "at least "
        signs.append(f"Earlier reports told of: {least}{most['attempts'].iloc[0]}")
    every_day = _expression(EVERY_DAY).search(folded)
    if every_day:
        signs.append(f'The words say that it goes on: "{every_day[0]}"')
    if messages > 1:
        signs.append(f"Messages from the enquirer's side: {messages}")
    return tuple(signs) or ("Nothing in the record says that it is repeated",)
