"""The workbench's own redaction, run case by case as a study is, and where it hid what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from benchmarks.redactions.documents import Document
from workbench import redact
from workbench.cases import CaseLog
from workbench.cases.log import empty_log
from workbench.privacy import redact_texts
from workbench.study import Study
from workbench.study.parts import Period, PrivateField, Redaction, Source

Span = tuple[int, int, str]

KINDS = ("PERSON", "SCHOOL", "PLACE")
PSEUDONYM = re.compile(r"\[([A-Z][A-Z ]*) [0-9A-Za-z]+\]")
WAYS = {
    "workbench": ("lists", "model"),
    "workbench without the model": ("lists",),
    "workbench, fields and patterns alone": (),
}


def find_spans(documents: Sequence[Document], way: str) -> list[list[Span]]:
    """What the workbench hides in each document, with the names of its fields."""
    redacted = redact_documents(documents, way)
    return [locate(doc.text, text) for doc, text in zip(documents, redacted, strict=True)]


def find_plainly(texts: Sequence[str]) -> list[list[Span]]:
    """What is hidden in texts by themselves, without any fields."""
    return [locate(*pair) for pair in zip(texts, redact_texts(texts), strict=True)]


def redact_documents(documents: Sequence[Document], way: str) -> list[str]:
    """The texts as redaction of a case log leaves them."""
    log = _log(documents)
    return redact(log, _study(WAYS[way])).texts


def locate(text: str, redacted: str) -> list[Span]:
    """Where pseudonyms stand for parts of ``text``.

    What was kept is sought from left to right, each part at its first place after what precedes it.
    """
    pieces = PSEUDONYM.split(redacted)
    kept, kinds = pieces[::2], pieces[1::2]
    spans, at = [], len(kept[0])
    found = text.startswith(kept[0]) and text.endswith(kept[-1])
    for number, kind in enumerate(kinds, start=1):
        last = number == len(kinds)
        end = len(text) - len(kept[-1]) if last else text.find(kept[number], at + 1)
        found = found and end > at
        spans.append((at, end, kind))
        at = end + len(kept[number])
    if not found or at != len(text):
        raise ValueError("the redacted text is not the text with parts replaced")
    return spans


def _log(documents: Sequence[Document]) -> CaseLog:
    """Documents as cases, their fields as the columns of names that a record has."""
    ids = [f"D{number:05d}" for number in range(len(documents))]
    empty = empty_log()
    cases = pd.DataFrame(
        {
            "case_id": ids,
            "period": "2024-25",
            "date": pd.Timestamp("2024-10-07"),
            "subject": None,
            "text": [document.text for document in documents],
            "source": "documents",
            "row": range(2, len(documents) + 2),
        }
    ).astype(empty.cases.dtypes.to_dict())
    private = {}
    for kind in KINDS:
        rows = [(i, text) for i, doc in zip(ids, documents, strict=True)
                for entity, text in doc.fields if entity == kind]  # fmt: skip
        private[kind.lower()] = pd.DataFrame(rows, columns=["case_id", "label"], dtype="str")
    return replace(empty, cases=cases, private=private)


def _study(names: tuple[str, ...]) -> Study:
    return Study(
        name="documents",
        title="Documents with planted identifiers",
        synthetic=True,
        columns={"case_id": "id", "date": "date", "text": "text"},
        periods=(Period(name="2024-25", start=date(2024, 9, 1), end=date(2025, 8, 31)),),
        sources=(Source(path="documents.csv"),),
        private={kind.lower(): PrivateField(column=kind.lower(), entity=kind) for kind in KINDS},
        redaction=Redaction(names=names),
    )
