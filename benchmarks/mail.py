"""Mail read, beside the standard library by itself; replies taken apart, beside mail-parser-reply.

The first table reads all messages of the SpamAssassin public corpus, the second 200 invented
replies in the forms of 20 mail programs.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import tarfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from email.message import EmailMessage, Message
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.machine import Table, need
from benchmarks.mails import peer
from benchmarks.mails.clients import CLIENTS, Reply, make_replies
from workbench.cases.cells import fault_of
from workbench.cases.mail_charset import decode_bytes
from workbench.cases.read import read_cases
from workbench.compare.intervals import wilson
from workbench.files import write_text
from workbench.study import Study
from workbench.text.parts import split_parts

ARCHIVE = "spamassassin_raw/spamassassin_raw_eml.tar.gz"
STUDY = """
name = "corpus"
title = "The SpamAssassin public corpus"
[columns]
case_id = "-"
date = "-"
text = "-"
[[periods]]
name = "all"
start = 1980-01-01
end = 2039-12-31
[messages]
addresses = ["@nobody.invalid"]
[[sources]]
path = "mails"
"""
REPLACED = "\ufffd"
AROUND = ("quoted", "forwarded", "header")


def main() -> Iterator[Table]:
    """The two tables, the quick one first."""
    yield replies()
    yield reading()


def reading() -> Table:
    """What becomes of each message: by the workbench, and by the standard library's parser."""
    with tarfile.open(need(ARCHIVE)) as files:
        mails = [file.read() for one in files if (file := files.extractfile(one)) is not None]
    parts = [part for data in mails for part in _text_parts(data)]
    rows = [_by_workbench(mails, parts), _by_library(mails, parts)]
    settings = {
        "messages": len(mails),
        "unknown charsets": "text parts that name a charset Python does not know",
        "misdeclared": "text parts that do not decode by the charset declared, ASCII where none is",
        "noted": "of those, how many a note or an exception tells of",
        "replaced": "texts with a character put in place of bytes that did not decode",
        "unprintable": "texts with control characters or lone surrogates, which no report can hold",
        "standard library": "message_from_bytes(policy=default), get_body, get_content",
        "seconds": "in one thread; the workbench makes threads and names of people as well",
    }
    return Table("mail_reading", pd.DataFrame(rows), settings)


Part = tuple[Message, str | None, bytes]


def _text_parts(data: bytes) -> list[Part]:
    """Each text part of a message with the charset that it declares and its bytes."""
    parts = (part for part in email.message_from_bytes(data).walk() if not part.is_multipart())
    return [
        (part, part.get_content_charset(), payload)
        for part in parts
        if part.get_content_maintype() == "text"
        and isinstance(payload := part.get_payload(decode=True), bytes)
    ]


def _is_unknown(declared: str | None) -> bool:
    try:
        codecs.lookup(declared or "ascii")
    except LookupError:
        return True
    return False


def _is_misdeclared(declared: str | None, data: bytes) -> bool:
    if _is_unknown(declared):
        return False
    try:
        data.decode(declared or "ascii")
    except UnicodeError:
        return True
    return False


def _by_workbench(mails: Sequence[bytes], parts: Sequence[Part]) -> dict[str, object]:
    """All messages as the folder of a study; and the bytes of doubtful parts."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        (home / "mails").mkdir()
        for at, data in enumerate(mails):
            (home / "mails" / f"{at:05}.eml").write_bytes(data)
        write_text(home / "study.toml", STUDY)
        study = Study.load(home)
        start = time.perf_counter()
        log = read_cases(study)
        seconds = time.perf_counter() - start
    texts = [*log.cases["text"], *log.messages["text"]]
    decoded = {id(part): decode_bytes(data, charset) for part, charset, data in parts}
    return {
        "way": "workbench",
        "messages": len(mails),
        "crashed": 0,
        "kept": len(texts),
        "set aside, with the reason": len(log.problems),
        "lost": len(mails) - len(texts) - len(log.problems),
        **_charsets(parts, {key for key, (_, note) in decoded.items() if note}),
        "replaced": sum(text.count(REPLACED) > 0 for text in texts)
        - sum(REPLACED.encode() in data for data in mails),
        "unprintable": sum(fault_of(text) is not None for text in texts),
        "seconds": seconds,
    }


def _by_library(mails: Sequence[bytes], parts: Sequence[Part]) -> dict[str, object]:
    """What a script of a few lines does: the preferred body of each message."""
    texts, crashed, without = [], 0, 0
    start = time.perf_counter()
    for data in mails:
        try:
            message = email.message_from_bytes(data, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            body = message.get_body(("plain", "html"))
            _ = (message["Subject"], message["Date"], message["From"])
            if body is None:
                without += 1
            else:
                texts.append(body.get_content())
        except Exception:  # noqa: BLE001  # it is what is counted here
            crashed += 1
    return {
        "way": "standard library",
        "messages": len(mails),
        "crashed": crashed,
        "kept": len(texts),
        "set aside, with the reason": 0,
        "lost": without,
        **_charsets(parts, _raising(parts)),
        "replaced": sum(REPLACED in text for text in texts)
        - sum(REPLACED.encode() in data for data in mails),
        "unprintable": sum(fault_of(text) is not None for text in texts),
        "seconds": time.perf_counter() - start,
    }


def _raising(parts: Sequence[Part]) -> set[int]:
    """The parts whose content the library refuses to give."""
    found = set()
    for part, _, _ in parts:
        modern = email.message_from_bytes(part.as_bytes(), policy=email.policy.default)
        try:
            modern.get_content()
        except (LookupError, UnicodeError, KeyError):
            found.add(id(part))
    return found


def _charsets(parts: Sequence[Part], noted: set[int]) -> dict[str, object]:
    unknown = [id(part) for part, charset, _ in parts if _is_unknown(charset)]
    wrong = [id(part) for part, charset, data in parts if _is_misdeclared(charset, data)]
    return {
        "unknown charsets": len(unknown),
        "of which noted": sum(key in noted for key in unknown),
        "misdeclared": len(wrong),
        "of those noted": sum(key in noted for key in wrong),
    }


def replies() -> Table:
    """How often the writer's words are found exactly, by where they stand."""
    made = list(make_replies())
    texts = [reply.text for reply in made]
    start = time.perf_counter()
    split = [split_parts(text) for text in texts]
    seconds = time.perf_counter() - start
    own = [_joined(text, parts, leave=()) for text, parts in zip(texts, split, strict=True)]
    signed = [_joined(text, parts, leave=AROUND) for text, parts in zip(texts, split, strict=True)]
    rows = list(_scores("workbench", made, signed, own, seconds))
    answer = peer.ask(texts)
    if "problem" not in answer:
        name = f"mail-parser-reply {answer['version']}"
        rows += _scores(name, made, answer["replies"], answer["bodies"], answer["seconds"])
    settings = {
        "replies": f"{len(made)} invented, in the forms of {len(CLIENTS)} mail programs, by those "
        "who wrote the workbench's patterns: how it does on unseen mail is not measured",
        "quotes off": "exactly the writer's words and her signature are left, spaces apart",
        "own words": "exactly the writer's words are left, without signature",
        "word F1": "of the words left against the writer's own, mean over the replies",
        "languages of the peer": ", ".join(peer.LANGUAGES),
        "peer": answer.get("problem", "ran"),
    }
    return Table("mail_replies", pd.DataFrame(rows), settings)


def _joined(text: str, parts: Sequence[tuple[int, int, str]], *, leave: Sequence[str]) -> str:
    """The own words; or all but the parts to ``leave``."""
    kept = [p for p in parts if (p[2] not in leave if leave else p[2] == "own")]
    return "\n".join(text[start:end] for start, end, _ in kept)


def _scores(
    way: str, made: Sequence[Reply], signed: Sequence[str], own: Sequence[str], seconds: float
) -> Iterator[dict[str, object]]:
    for style in ("above", "below", "between", "all"):
        chosen = [at for at, reply in enumerate(made) if style in (reply.style, "all")]
        quotes = sum(_words(signed[at]) == _words(made[at].signed) for at in chosen)
        exact = sum(_words(own[at]) == _words(made[at].own) for at in chosen)
        low, high = wilson(exact, len(chosen))
        yield {
            "way": way,
            "own words stand": style if style == "all" else f"{style} what is quoted",
            "n": len(chosen),
            "quotes off": quotes / len(chosen),
            "own words": exact / len(chosen),
            "low": float(low),
            "high": float(high),
            "word F1": sum(_f1(own[at], made[at].own) for at in chosen) / len(chosen),
            "seconds": seconds if style == "all" else float("nan"),
        }


def _words(text: str) -> list[str]:
    return text.split()


def _f1(found: str, wanted: str) -> float:
    one, other = Counter(_words(found)), Counter(_words(wanted))
    both = (one & other).total()
    return 2 * both / (one.total() + other.total()) if both else 0.0
