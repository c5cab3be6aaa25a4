"""Redaction: identifiers in the texts of a case give way to pseudonyms.

Each case is redacted by itself, with the names that its own fields hold, so that the same person
has the same pseudonym in its subject, text and messages, and nothing links one case to another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.privacy.names import Name
from workbench.privacy.pseudonyms import Pseudonyms, replace_identifiers
from workbench.privacy.recognise import (
    Keep,
    as_names,
    make_keep,
    make_recogniser,
    titled_names,
)
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd


def redact(log: CaseLog, study: Study) -> CaseLog:
    """A log whose subjects, texts and messages (authors too) carry pseudonyms for identifiers.

    The names of ``log.private`` are sought in the case that they belong to and then dropped
    (``private`` is empty, ``redacted`` is true). ``study.redaction.keep`` and the study's own
    contacts stay readable; ``study.redaction.hide`` is hidden everywhere. Rows, their order and
    all other columns stay; pseudonyms that stand in a text already are left as they are, so a
    second redaction changes nothing.
    """
    keep = make_keep([*study.redaction.keep, *(contact.details for contact in study.contacts)])
    hide = _hidden(study.redaction.hide)
    names = _names_by_case(log, study)
    cells = _cells_by_case(log)
    safe: dict[str, list[str | None]] = {
        case_id: _redact_one([*names.get(case_id, ()), *hide], texts, keep)
        for case_id, texts in cells.items()
    }
    return replace(_with_cells(log, safe), private={}, redacted=True)


def redact_texts(
    texts: Sequence[str],
    *,
    names: Iterable[Name | str] = (),
    keep: Iterable[str] = (),
    hide: Iterable[str] = (),
) -> list[str]:
    """Each text redacted by itself: numbering starts anew in every one.

    ``names`` (a plain string is a person's) are found by their parts too, ``hide`` only as
    given, ``keep`` stays readable whatever else holds.
    """
    known = [*as_names(names), *_hidden(hide)]
    kept = make_keep(keep)
    return [redact_together([text], names=known, keep=kept)[0] for text in texts]


def redact_together(texts: Sequence[str], *, names: Iterable[Name], keep: Keep) -> list[str]:
    """Several texts of one case: an entity has the same pseudonym in all, numbered in order."""
    titled = [name for text in texts for name in titled_names(text)]
    recogniser = make_recogniser([*names, *titled], keep=keep)
    pseudonyms = Pseudonyms(texts)
    return [replace_identifiers(text, recogniser.find(text), pseudonyms) for text in texts]


def _hidden(terms: Iterable[str]) -> list[Name]:
    return [Name(term, "OTHER", parts=False) for term in terms if term.strip()]


def _redact_one(names: Iterable[Name], cells: Sequence[str | None], keep: Keep) -> list[str | None]:
    """The cells of one case, where a missing one stays missing."""
    texts = iter(
        redact_together([cell for cell in cells if cell is not None], names=names, keep=keep)
    )
    return [None if cell is None else next(texts) for cell in cells]


def _names_by_case(log: CaseLog, study: Study) -> dict[str, list[Name]]:
    names: dict[str, list[Name]] = {}
    for field, frame in log.private.items():
        kind = study.private[field].entity if field in study.private else "PERSON"
        for case_id, label in zip(frame["case_id"], frame["label"], strict=True):
            if isinstance(label, str) and label.strip():
                names.setdefault(case_id, []).append(Name(label, kind))
    return names


_CASE_TEXTS = ("subject", "text")
_MESSAGE_TEXTS = ("text", "author")


def _cells_by_case(log: CaseLog) -> dict[str, list[str | None]]:
    """Subject and text of each case, then text and author of its messages, in their order."""
    cells: dict[str, list[str | None]] = {}
    for frame, columns in ((log.cases, _CASE_TEXTS), (log.messages, _MESSAGE_TEXTS)):
        lists = [frame[name].tolist() for name in columns]
        for case_id, *values in zip(frame["case_id"].tolist(), *lists, strict=True):
            own = cells.setdefault(case_id, [])
            own += [value if isinstance(value, str) else None for value in values]
    return cells


def _with_cells(log: CaseLog, safe: Mapping[str, Sequence[str | None]]) -> CaseLog:
    """Put the cells back by walking the rows in the order in which they were gathered."""
    rest = {case_id: iter(cells) for case_id, cells in safe.items()}
    cases = _filled(log.cases, _CASE_TEXTS, rest)
    return replace(log, cases=cases, messages=_filled(log.messages, _MESSAGE_TEXTS, rest))


def _filled(
    frame: pd.DataFrame, columns: Sequence[str], rest: Mapping[str, Iterable[str | None]]
) -> pd.DataFrame:
    import pandas as pd

    rows = [[next(iter(rest[case_id])) for _ in columns] for case_id in frame["case_id"]]
    filled = pd.DataFrame(rows, columns=list(columns), index=frame.index, dtype="str")
    return frame.assign(**{name: filled[name] for name in columns})
