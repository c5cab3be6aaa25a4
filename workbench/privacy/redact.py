"""Redaction: identifiers in the texts of a case give way to pseudonyms.

Each case is searched by itself, with the names that its own fields hold, so that the same person
has the same pseudonym in its subject, text and messages. Nothing links one case to another, unless
the study asks for pseudonyms that hold in all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError
from workbench.privacy.identifier import FOUND_BY, Identifier, Reading
from workbench.privacy.keyed import KeyedPseudonyms, read_key, write_map
from workbench.privacy.names import Name
from workbench.privacy.patterns import KINDS
from workbench.privacy.pseudonyms import Naming, Pseudonyms, replace_identifiers
from workbench.privacy.recognise import WAYS, search_cases
from workbench.privacy.spans import as_names, make_keep
from workbench.study import Study

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

AUDIT_COLUMNS = ("case_id", "where", "start", "end", "kind", "found_by", "pseudonym")
"""One row a span that was hidden. ``where`` is "subject", "text", or "message 2" and "author 2" for
the case's second message; ``start`` and ``end`` (exclusive) count characters of the text as it was
read; ``kind`` is one of ``patterns.KINDS``, ``found_by`` of ``identifier.FOUND_BY``."""


def redact(log: CaseLog, study: Study) -> CaseLog:
    """A log whose subjects, texts and messages (authors too) carry pseudonyms for identifiers.

    The names of ``log.private`` are sought in the case that they belong to and then dropped
    (``private`` is empty, ``redacted`` is true); others as ``study.redaction.names`` says.
    ``study.redaction.keep`` and the study's own contacts stay readable; ``study.redaction.hide``
    is hidden everywhere. Rows, their order and all other columns stay; pseudonyms that stand in a
    text already are left as they are, so a second redaction changes nothing.

    Raises ``WorkbenchError`` where the model that finds names is absent or not the known one, or
    the key of pseudonyms that hold in the whole study cannot be used.
    """
    return redact_with_audit(log, study)[0]


def redact_with_audit(log: CaseLog, study: Study) -> tuple[CaseLog, pd.DataFrame]:
    """``redact`` and, from the same pass, what was hidden where and why (``AUDIT_COLUMNS``).

    The audit never holds what was hidden.
    """
    import pandas as pd

    keyed = _keyed(study)
    safe: dict[str, list[str | None]] = {}
    rows: list[tuple[object, ...]] = []
    for case_id, cells, finds in find_in_log(log, study):
        texts = [cell.text for cell in cells if cell.text is not None]
        pseudonyms: Naming = keyed or Pseudonyms(texts)
        safe[case_id] = []
        for cell, found in zip(cells, finds, strict=True):
            text = cell.text and replace_identifiers(cell.text, found, pseudonyms)
            safe[case_id].append(text)
            rows += (
                (case_id, cell.where, o.start, o.end, o.kind, o.found_by, pseudonyms.of(o))
                for o in found
            )
    audit = pd.DataFrame(rows, columns=pd.Index(AUDIT_COLUMNS))
    texts_of = ("case_id", "where", "kind", "found_by", "pseudonym")
    dtypes = {name: "str" if name in texts_of else "int64" for name in AUDIT_COLUMNS}
    return replace(_with_cells(log, safe), private={}, redacted=True), audit.astype(dtypes)


def audit(log: CaseLog, study: Study) -> pd.DataFrame:
    """What ``redact`` would hide, as rows of ``AUDIT_COLUMNS``, without the originals."""
    return redact_with_audit(log, study)[1]


def count_redactions(audit: pd.DataFrame) -> pd.DataFrame:
    """Spans hidden by kind and way: ``kind``, ``found_by``, ``n`` (spans) and ``cases``.

    In the order of ``KINDS`` and ``FOUND_BY``. Exact counts: protect the table before it leaves.
    """
    groups = audit.groupby(["kind", "found_by"])["case_id"]
    table = groups.agg(n="size", cases="nunique").reset_index()
    places = [table["kind"].map(KINDS.index), table["found_by"].map(FOUND_BY.index)]
    order = sorted(range(len(table)), key=lambda row: tuple(place.iloc[row] for place in places))
    return table.iloc[order].reset_index(drop=True)


@dataclass(frozen=True)
class Cell:
    """A text of a case, or its absence, and where it stands."""

    where: str
    text: str | None

    def reading(self) -> Reading:
        """The text as it is searched."""
        return Reading.of(self.text or "", subject=self.where == _SUBJECT)


def find_in_log(
    log: CaseLog, study: Study
) -> Iterator[tuple[str, list[Cell], list[list[Identifier]]]]:
    """For each case its cells and what is to be hidden in each of them."""
    hide = _hidden(study.redaction.hide)
    names = _names_by_case(log, study)
    cells = _cells_by_case(log)
    found = search_cases(
        (
            ([cell.reading() for cell in own], [*names.get(case_id, ()), *hide])
            for case_id, own in cells.items()
        ),
        keep=make_keep(kept_terms(study)),
        ways=study.redaction.names,
    )
    for (case_id, own), finds in zip(cells.items(), found, strict=True):
        yield case_id, own, finds


def write_pseudonym_map(log: CaseLog, study: Study, path: Path | str) -> Path:
    """Write what each pseudonym of the study stands for, to ``path``, for the owner alone (0600).

    ``log`` is as read, before redaction. Only for ``redaction.pseudonyms = "study"``; in a case
    numbers begin anew. Raises ``WorkbenchError`` otherwise, ``ExportError`` among figures.
    """
    keyed = _keyed(study)
    if keyed is None or log.redacted:
        raise WorkbenchError(
            "A map of pseudonyms needs the log as read_cases() gives it, and "
            'redaction.pseudonyms = "study" in study.toml.'
        )
    pairs = (
        (keyed.of(one), cell.text[one.start : one.end])
        for _, cells, finds in find_in_log(log, study)
        for cell, found in zip(cells, finds, strict=True)
        for one in found
        if cell.text is not None
    )
    return write_map(pairs, path)


def kept_terms(study: Study) -> list[str]:
    """What stays readable in the study's texts: its own list, and whom to refer someone to."""
    return [*study.redaction.keep, *(contact.details for contact in study.contacts)]


def _keyed(study: Study) -> KeyedPseudonyms | None:
    return KeyedPseudonyms(read_key(study)) if study.redaction.pseudonyms == "study" else None


def redact_texts(
    texts: Sequence[str],
    *,
    names: Iterable[Name | str] = (),
    keep: Iterable[str] = (),
    hide: Iterable[str] = (),
    ways: Sequence[str] = WAYS,
) -> list[str]:
    """Each text redacted by itself: numbering starts anew in every one.

    ``names`` (a plain string is a person's) are found by their parts too, ``hide`` only as
    given, ``keep`` stays readable whatever else holds; ``ways`` of finding other names.
    """
    known = [*as_names(names), *_hidden(hide)]
    found = search_cases(
        (([Reading.of(text)], known) for text in texts), keep=make_keep(keep), ways=ways
    )
    return [
        replace_identifiers(text, finds[0], Pseudonyms([text]))
        for text, finds in zip(texts, found, strict=True)
    ]


def _hidden(terms: Iterable[str]) -> list[Name]:
    return [Name(term, "OTHER", parts=False, found_by="study") for term in terms if term.strip()]


def _names_by_case(log: CaseLog, study: Study) -> dict[str, list[Name]]:
    names: dict[str, list[Name]] = {}
    for field, frame in log.private.items():
        kind = study.private[field].entity if field in study.private else "PERSON"
        for case_id, label in zip(frame["case_id"], frame["label"], strict=True):
            if isinstance(label, str) and label.strip():
                names.setdefault(case_id, []).append(Name(label, kind))
    return names


_SUBJECT = "subject"
_CASE_TEXTS = (_SUBJECT, "text")
_MESSAGE_TEXTS = ("text", "author")


def _cells_by_case(log: CaseLog) -> dict[str, list[Cell]]:
    """Subject and text of each case, then text and author of its messages, in their order."""
    cells: dict[str, list[Cell]] = {}
    for case_id, *texts in _rows_of(log.cases, _CASE_TEXTS):
        own = cells.setdefault(str(case_id), [])
        own += [Cell(name, text) for name, text in zip(_CASE_TEXTS, texts, strict=True)]
    count: dict[str, int] = {}
    for case_id, text, author in _rows_of(log.messages, _MESSAGE_TEXTS):
        number = count[str(case_id)] = count.get(str(case_id), 0) + 1
        own = cells.setdefault(str(case_id), [])
        own += [Cell(f"message {number}", text), Cell(f"author {number}", author)]
    return cells


def _rows_of(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    """``case_id`` and the texts of each row, None where one is missing."""
    lists = [frame[name].tolist() for name in ("case_id", *columns)]
    for row in zip(*lists, strict=True):
        yield tuple(value if isinstance(value, str) else None for value in row)


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
