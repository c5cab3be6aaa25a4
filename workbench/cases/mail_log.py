"""From mails to the case log: each thread a case, or each mail a message of a case in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.cases import check
from workbench.cases.columns import CASE_COLUMNS, MESSAGE_COLUMNS, SOURCE_COLUMNS
from workbench.cases.log import CaseLog
from workbench.cases.mail_entries import Entry, is_mail_source, read_entries
from workbench.cases.mail_names import names_of
from workbench.cases.mailbox import kind_of
from workbench.dates import read_dates
from workbench.errors import StudyError
from workbench.progress import SILENT, Progress
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study import Source

PEOPLE = "people in mail"
"""The name under which ``CaseLog.private`` keeps who wrote and got the mails."""

ENQUIRER = "enquirer"
"""The author of a message that is not by the helpline."""

PeriodsOf = Callable[["pd.Series", Study], "pd.Series"]
"""Dates, and the name of the period of each, missing where there is none."""

_NO_ENQUIRY = (
    "From",
    "its thread holds no enquiry: only the helpline's own mail, or a machine's answers",
    "add the mail that it answers, or leave it out",
)
_NO_CASE = ("", "its case cannot be used", "mend the mail that opens the case")
_NO_TEXT = ("", "it holds no text", "leave it out, or enter what is attached in a table")
_NO_IDENTIFIER = (
    "Subject",
    "no case's identifier stands in the subject, nor in its thread",
    "write it into the subject, or mend 'case_pattern' of the source",
)
_UNKNOWN = (
    "Subject",
    "no usable case has this identifier",
    "mend the identifier, or the case's own row",
)


def add_mail(
    log: CaseLog,
    study: Study,
    sources: Sequence[Source],
    *,
    periods_of: PeriodsOf,
    progress: Progress = SILENT,
) -> CaseLog:
    """The log with the mails of ``sources``, each of which is a case, a message or a problem.

    A thread is one case, opened by the first enquirer's mail; what follows, and what the helpline
    wrote, are its messages. Where ``case_pattern`` finds an identifier that ``log`` has, the mail
    is a message of that case. Names of senders and recipients go to ``private``. Raises
    ``StudyError`` where the study does not say which addresses are the helpline's, or a source of
    messages does not say how to find their cases.
    """
    import pandas as pd

    if not sources:
        return log
    known = set(log.cases["case_id"])
    read = read_entries(study, sources, progress=progress)
    entries = sorted(read, key=lambda entry: entry.moment)
    opening = _openings(entries, known)
    first = list(opening.values())
    cases = _cases(first, study, periods_of)
    astray = _outside(first, cases)
    usable = known | (set(opening) - {entry.case_id for entry in first if entry.place in astray})
    settled = [
        replace(
            entry, fault=entry.fault or astray.get(entry.place) or _stray(entry, usable, opening)
        )
        for entry in entries
    ]
    kept = [entry for entry in settled if entry.fault is None]
    opens = {entry.place for entry in first}
    messages = _messages([entry for entry in kept if entry.place not in opens], study)
    faults = check.problem_frame(
        [
            (entry.source.path, entry.source.holds, entry.number, *entry.fault)
            for entry in sorted(settled, key=lambda entry: entry.place)
            if entry.fault is not None
        ]
    )
    return replace(
        log,
        cases=pd.concat([log.cases, cases[cases["case_id"].isin(usable)]], ignore_index=True),
        messages=pd.concat([log.messages, messages], ignore_index=True),
        problems=pd.concat([log.problems, faults], ignore_index=True),
        sources=pd.concat([log.sources, _sources(settled, sources, study)], ignore_index=True),
        private={**log.private, PEOPLE: _people(kept, study)},
    )


def require_no_fields(columns: Iterable[str], sources: Sequence[Source]) -> None:
    """Raise ``StudyError`` where fields name ``columns`` and all cases come by mail."""
    wanted = sorted(set(columns))
    if wanted:
        raise StudyError(
            f"The study's fields need the column {', '.join(map(repr, wanted))}, and mail "
            f"({', '.join(source.path for source in sources)}) has no columns. Add the table that "
            "has them under [[sources]], and 'case_pattern' to the mail; or take the fields out."
        )


def list_mails(study: Study, log: CaseLog) -> pd.DataFrame:
    """Every mail of the study's sources: where it lies, and what became of it in ``log``.

    Columns: source, row (its number there), file (within the folder), case_id, sent, author,
    attachments (how many of which type), notes (what was doubtful), problem (why it was set aside;
    missing for those that were not). Names of files may tell of people: it is for the researcher.
    """
    import pandas as pd

    sources = [source for source in study.sources if is_mail_source(source, study)]
    rows = [
        (
            entry.source.path,
            entry.number,
            entry.file,
            entry.case_id or None,
            entry.mail.sent,
            _author(entry, study),
            "; ".join(f"{n} {kind}" for kind, n in Counter(entry.mail.attachments).items()),
            "; ".join(entry.mail.notes),
        )
        for entry in read_entries(study, sources)
    ]
    columns = ["source", "row", "file", "case_id", "sent", "author", "attachments", "notes"]
    frame = pd.DataFrame(rows, columns=pd.Index(columns))
    reasons = log.problems[["source", "row", "reason"]].rename(columns={"reason": "problem"})
    return frame.assign(sent=read_dates(frame["sent"])).merge(
        reasons, on=["source", "row"], how="left"
    )


def _sources(entries: list[Entry], sources: Sequence[Source], study: Study) -> pd.DataFrame:
    """How each source was read, and what became of its mails."""
    import pandas as pd

    rows = []
    for source in sources:
        own = [entry for entry in entries if entry.source.path == source.path]
        doubtful = sum(any("charset" in note for note in entry.mail.notes) for entry in own)
        kept = sum(entry.fault is None for entry in own)
        rows.append(
            {
                "source": source.path,
                "holds": source.holds,
                "format": kind_of(study.locate(source.path)),
                "encoding": f"charset as declared, {doubtful} in doubt" if doubtful else "",
                "delimiter": "",
                "sheet": "",
                "heading": 0,
                "rows": len(own),
                "kept": kept,
                "set_aside": len(own) - kept,
            }
        )
    return pd.DataFrame(rows).astype({column.name: column.dtype for column in SOURCE_COLUMNS})


def _openings(entries: Iterable[Entry], known: set[str]) -> dict[str, Entry]:
    """The first enquirer's mail of each case that is not known yet; ``entries`` in time's order."""
    opening: dict[str, Entry] = {}
    for entry in entries:
        enquiry = not entry.own and not entry.mail.automatic and entry.source.holds == "cases"
        if enquiry and entry.fault is None and entry.case_id not in known:
            opening.setdefault(entry.case_id, entry)
    return opening


def _cases(first: list[Entry], study: Study, periods_of: PeriodsOf) -> pd.DataFrame:
    """One row a mail that opens a case. A mail of attachments alone has its subject as text."""
    import pandas as pd

    dates = read_dates(pd.Series([entry.mail.sent for entry in first], dtype="str"))
    return pd.DataFrame(
        {
            "case_id": [entry.case_id for entry in first],
            "period": periods_of(dates, study),
            "date": dates,
            "subject": [entry.mail.subject or None for entry in first],
            "text": [
                entry.mail.text if entry.mail.text.strip() else entry.mail.subject
                for entry in first
            ],
            "source": [entry.source.path for entry in first],
            "row": [entry.number for entry in first],
        }
    ).astype({column.name: column.dtype for column in CASE_COLUMNS})


def _outside(
    first: list[Entry], cases: pd.DataFrame
) -> dict[tuple[str, int], tuple[str, str, str]]:
    """Which mails open a case outside the periods, and what to say of them."""
    found = {}
    for source in {entry.source.path: entry.source for entry in first}.values():
        rows = cases[cases["source"] == source.path]
        fault = check.outside(rows["date"], rows["period"], "Date", source)
        for at in rows.index[fault.mask]:
            found[first[at].place] = (fault.column, fault.reason, fault.mend)
    return found


def _stray(
    entry: Entry, usable: set[str], opening: dict[str, Entry]
) -> tuple[str, str, str] | None:
    """Why a mail belongs to no case that can be used, or is no message of it."""
    if entry.case_id in usable:
        opens = opening.get(entry.case_id)
        is_empty = not entry.mail.text.strip() and (opens is None or opens.place != entry.place)
        return _NO_TEXT if is_empty else None
    if entry.source.holds == "messages":
        return _UNKNOWN if entry.case_id else _NO_IDENTIFIER
    return _NO_CASE if entry.case_id in opening else _NO_ENQUIRY


def _messages(entries: list[Entry], study: Study) -> pd.DataFrame:
    import pandas as pd

    sent = read_dates(pd.Series([entry.mail.sent for entry in entries], dtype="str"))
    return pd.DataFrame(
        {
            "case_id": [entry.case_id for entry in entries],
            "sent": sent,
            "author": [_author(entry, study) for entry in entries],
            "text": [entry.mail.text for entry in entries],
        }
    ).astype({column.name: column.dtype for column in MESSAGE_COLUMNS})


def _author(entry: Entry, study: Study) -> str:
    return study.messages.staff[0] if entry.own else ENQUIRER


def _people(entries: list[Entry], study: Study) -> pd.DataFrame:
    """Whom the mails name: one row a case and name (case_id, label)."""
    import pandas as pd

    but = " ".join([study.organisation, *study.messages.staff])
    rows = {
        (entry.case_id, name): None for entry in entries for name in names_of(entry.mail, but=but)
    }
    return pd.DataFrame(list(rows), columns=pd.Index(["case_id", "label"]), dtype="str")
