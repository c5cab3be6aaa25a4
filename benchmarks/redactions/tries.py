"""What each way of finding plain user names and disguised identifiers gives: with it and without.

Each row leaves one way out of redaction as it ships, puts another in its place, or leaves out all.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from unittest.mock import patch

import pandas as pd

from benchmarks.redactions import ours
from benchmarks.redactions.documents import CASINGS, Document
from benchmarks.redactions.measures import STRUCTURED, cover, ordinary_words
from workbench.privacy import account_rare, recognise, spans
from workbench.privacy.account_odd import ODD
from workbench.privacy.account_phrases import PAIRS
from workbench.privacy.account_signs import is_strange
from workbench.privacy.addresses_fenced import FENCED
from workbench.privacy.broken import BROKEN
from workbench.privacy.patterns import Pattern

WAY = "workbench without the model"
Change = Callable[[ExitStack], None]


def _without(*left: Sequence[Pattern]) -> Change:
    """Leave shapes out."""
    gone = {id(pattern) for some in left for pattern in some}

    def change(stack: ExitStack) -> None:
        for table in ("_BY_CLUE", "_WITHOUT_DIGITS"):
            kept = [one for group in getattr(spans, table).values() for one in group
                    if id(one) not in gone]  # fmt: skip
            stack.enter_context(patch.object(spans, table, spans._by_clue(kept)))

    return change


def _instead(module: object, name: str, other: Callable[..., object]) -> Change:
    """Put something in the place of a function."""

    def change(stack: ExitStack) -> None:
        stack.enter_context(patch.object(module, name, other))

    return change


def _all(*changes: Change) -> Change:
    def change(stack: ExitStack) -> None:
        for one in changes:
            one(stack)

    return change


_NO_RARE = _instead(recognise, "rare_accounts", lambda text: ())
_NO_OTHER_FORMS = _instead(recognise, "other_forms", lambda finds: [])
TRIES: dict[str, Change] = {
    "as it ships": lambda stack: None,
    "without words that nobody knows": _NO_RARE,
    "without accounts known from elsewhere in the case": _NO_OTHER_FORMS,
    "without user names of odd signs": _without(ODD),
    "without pairs of words": _without(PAIRS),
    "without fenced addresses": _without(FENCED),
    "without numbers broken by signs": _without(BROKEN),
    "none of these": _all(_NO_RARE, _NO_OTHER_FORMS, _without(ODD, PAIRS, FENCED, BROKEN)),
    "words that nobody knows in any text": _instead(
        recognise, "speaks_of_accounts", lambda text: True
    ),
    "words that the smaller list lacks": _instead(account_rare, "is_unknown", is_strange),
}


def compare_tries(documents: Sequence[Document]) -> pd.DataFrame:
    """One row a try and casing: structured identifiers and ordinary words hidden, seconds."""
    return pd.DataFrame(row for name in TRIES for row in _measure(name, documents))


def _measure(name: str, documents: Sequence[Document]) -> Iterator[dict[str, object]]:
    for casing in CASINGS:
        cased = [document.cased(casing) for document in documents]
        with _changed(name):
            begin = time.perf_counter()
            found = ours.find_spans(cased, WAY)
            spent = time.perf_counter() - begin
        whole = planted = users = user_names = words = lost = 0
        for document, hidden in zip(cased, found, strict=True):
            covered = cover(document.text, hidden)
            for span in document.planted:
                if span.kind in STRUCTURED:
                    hit = covered.share(span.start, span.end) == 1
                    planted, whole = planted + 1, whole + hit
                    if span.kind == "USERNAME":
                        user_names, users = user_names + 1, users + hit
            ordinary = ordinary_words(document)
            words += len(ordinary)
            lost += sum(covered.share(*word) > 0 for word in ordinary)
        yield {"try": name, "casing": casing, "n": planted, "hidden": whole / planted,
               "user names": user_names, "user names hidden": users / user_names,
               "ordinary words": words, "words hidden": lost / words, "s": spent}  # fmt: skip


@contextmanager
def _changed(name: str) -> Iterator[None]:
    with ExitStack() as stack:
        TRIES[name](stack)
        yield
