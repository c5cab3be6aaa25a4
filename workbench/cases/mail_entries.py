"""The mails of a study's sources, each with the identifier of its case or why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from workbench.cases.cells import fault_of
from workbench.cases.mail import Mail
from workbench.cases.mail_names import is_address_of
from workbench.cases.mailbox import Item, is_mail, read_mailbox
from workbench.cases.threads import SameMail, find_threads, identify
from workbench.errors import StudyError
from workbench.progress import SILENT, Progress
from workbench.study import Source, Study

Fault = tuple[str, str, str]
"""The header at fault ("" for the mail), why it is set aside, what to do about it."""

_NO_DATE = ("Date", "it has no date that can be read", "enter it in a table, with its date")
_NO_TEXT = ("", "it holds no text", "enter what is attached in a table, or leave it out")
_LOOK = "look at it by itself, and save it again without that"


@dataclass(frozen=True)
class Entry:
    """A mail of a source; ``case_id`` is "" where it has none, ``fault`` why it is set aside."""

    source: Source
    number: int
    file: str
    mail: Mail
    own: bool = False
    case_id: str = ""
    fault: Fault | None = None

    @property
    def place(self) -> tuple[str, int]:
        """Source and number, which no other mail has."""
        return self.source.path, self.number

    @property
    def moment(self) -> tuple[float, str, str]:
        """What orders mails in time, the same whatever the order of the files."""
        return self.mail.instant, self.mail.message_id, self.mail.text


def is_mail_source(source: Source, study: Study) -> bool:
    """Whether ``source`` is a mailbox, a folder of mails or a single mail."""
    return is_mail(study.locate(source.path))


def read_entries(
    study: Study, sources: Iterable[Source], *, progress: Progress = SILENT
) -> list[Entry]:
    """The mails of all ``sources`` with their cases' identifiers; a copy is set aside."""
    entries: list[Entry] = []
    for source in sources:
        entries += [_entry(source, item, study) for item in _items(source, study)]
        progress.advance()
    entries = _without_copies(entries)
    readable = [entry for entry in entries if entry.fault is None]
    is_own = is_address_of(study.messages.addresses)
    threads = find_threads(
        [entry.mail for entry in readable], is_own=lambda address: bool(is_own.fullmatch(address))
    )
    found = [_identifier(entry) for entry in readable]
    of_thread: dict[str, set[str]] = {}
    for thread, identifier in zip(threads, found, strict=True):
        of_thread.setdefault(thread, set()).update({identifier} - {""})
    ids = {
        entry.place: identifier or _inherited(entry, thread, of_thread[thread])
        for entry, thread, identifier in zip(readable, threads, found, strict=True)
    }
    return [replace(entry, case_id=ids.get(entry.place, "")) for entry in entries]


def _items(source: Source, study: Study) -> Iterable[Item]:
    if not study.messages.addresses:
        raise StudyError(
            f"Source {source.path} is mail, but the study does not say which addresses are the "
            'helpline\'s own. Add them: [messages] addresses = ["@example.org"].'
        )
    if source.holds == "takedowns" or (source.holds == "messages" and not source.case_pattern):
        raise StudyError(
            f"Source {source.path} is mail that holds {source.holds}. Leave 'holds' out to make "
            "each thread a case; or let it hold messages, and say in 'case_pattern' where the "
            "subject gives the case's identifier."
        )
    return read_mailbox(study.locate(source.path))


def _entry(source: Source, item: Item, study: Study) -> Entry:
    if item.mail is None:
        fault = ("", item.fault.reason, item.fault.mend) if item.fault else None
        return Entry(source, item.number, item.file, Mail(""), fault=fault)
    own = is_address_of(study.messages.addresses).fullmatch(item.mail.sender.address.casefold())
    return Entry(source, item.number, item.file, item.mail, own=bool(own), fault=_fault(item.mail))


def _fault(mail: Mail) -> Fault | None:
    """Why a mail can be neither case nor message."""
    if not mail.sent:
        return _NO_DATE
    if not mail.text.strip() and not mail.subject.strip():
        return _NO_TEXT
    bad = fault_of(mail.text) or fault_of(mail.subject)
    return ("", bad.reason.replace("the cell", "it"), _LOOK) if bad else None


def _without_copies(entries: list[Entry]) -> list[Entry]:
    """Of several copies of one mail all but the fullest are set aside, and say where it is."""
    copies: dict[SameMail, list[Entry]] = {}
    for entry in entries:
        if entry.fault is None:
            copies.setdefault(identify(entry.mail), []).append(entry)
    kept = {key: max(same, key=lambda one: len(one.mail.text)) for key, same in copies.items()}
    return [
        entry
        if entry.fault is not None or (best := kept[identify(entry.mail)]) is entry
        else replace(entry, fault=_copy_of(best))
        for entry in entries
    ]


def _copy_of(entry: Entry) -> Fault:
    place = f"{entry.source.path}, row {entry.number}"
    return "Message-ID", f"the same mail stands at {place}", "nothing: it is counted once"


def _identifier(entry: Entry) -> str:
    """What the source's pattern finds in the subject, "" for nothing."""
    pattern = entry.source.case_pattern
    found = re.search(pattern, entry.mail.subject) if pattern else None
    return (found[1] or "").strip() if found else ""


def _inherited(entry: Entry, thread: str, identifiers: set[str]) -> str:
    """The identifier of a mail whose subject has none: its thread's, else one made of it."""
    if len(identifiers) == 1:
        return next(iter(identifiers))
    return f"M-{thread}" if entry.source.holds == "cases" else ""
