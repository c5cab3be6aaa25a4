"""How much of what was planted is hidden, and of what was not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from benchmarks.redactions.documents import (
    CASINGS,
    NAMED,
    OTHERWISE,
    UNNAMED,
    Document,
    Planted,
)
from benchmarks.redactions.ours import Span
from benchmarks.redactions.values import VALUES
from workbench.compare.intervals import wilson

WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")
STRUCTURED = tuple(dict.fromkeys(kind for kind, _ in VALUES.values()))
NAMES = {"PERSON": "people", "SCHOOL": "schools", "PLACE": "places"}
Results = dict[tuple[str, str], list[list[Span]]]
"""Spans of each document by system and casing."""


@dataclass(frozen=True)
class Covered:
    """Which characters of a text are hidden."""

    text: str
    mask: bytes

    def share(self, start: int, end: int) -> float:
        """The share of the letters and digits (of all, if none) in a span that are hidden."""
        places = range(start, end)
        counted = [self.mask[at] for at in places if self.text[at].isalnum()]
        counted = counted or [self.mask[at] for at in places]
        return sum(counted) / len(counted)


def cover(text: str, spans: Iterable[Span]) -> Covered:
    """The characters under ``spans``."""
    mask = bytearray(len(text))
    for start, end, _ in spans:
        mask[start:end] = b"\x01" * (min(end, len(text)) - start)
    return Covered(text, bytes(mask))


def ordinary_words(document: Document) -> list[tuple[int, int]]:
    """Where words stand that touch nothing planted nor a title beside it."""
    taken = [(span.start, span.end) for span in document.planted] + list(document.neutral)
    mask = cover(document.text, [(start, end, "") for start, end in taken]).mask
    words = (found.span() for found in WORD.finditer(document.text))
    return [(start, end) for start, end in words if not any(mask[start:end])]


def groups() -> dict[str, Callable[[Planted], bool]]:
    """What the rows of the table count, in its order."""
    rows: dict[str, Callable[[Planted], bool]] = {
        "structured": lambda s: s.kind in STRUCTURED,
        "structured, as usual": lambda s: s.kind in STRUCTURED and not s.obscured,
        "structured, obscured": lambda s: s.kind in STRUCTURED and s.obscured,
        "people and schools in fields": lambda s: (
            s.kind in ("PERSON", "SCHOOL") and s.named == NAMED
        ),
    }
    for kind, name in NAMES.items():
        for named in (NAMED, OTHERWISE, UNNAMED):
            rows[f"{name} {named}"] = lambda s, k=kind, n=named: (s.kind, s.named) == (k, n)
    for kind in STRUCTURED:
        rows[kind] = lambda s, k=kind: s.kind == k and not s.obscured
        rows[f"{kind}, obscured"] = lambda s, k=kind: s.kind == k and s.obscured
    return rows


def recall(documents: Sequence[Document], results: Results) -> pd.DataFrame:
    """One row a group and system; for each casing the share hidden, its interval, partly hidden.

    An identifier is hidden when all its letters and digits are.
    """
    systems = list(dict.fromkeys(system for system, _ in results))
    shares = {key: _shares(documents, spans, key[1]) for key, spans in results.items()}
    planted = [span for document in documents for span in document.planted]
    rows = []
    for what, counts in groups().items():
        chosen = [at for at, span in enumerate(planted) if counts(span)]
        if not chosen:
            continue
        for system in systems:
            row: dict[str, object] = {"what": what, "system": system, "n": len(chosen)}
            for casing in CASINGS:
                if (system, casing) in shares:
                    row |= _summary([shares[system, casing][at] for at in chosen], casing)
            rows.append(row)
    return pd.DataFrame(rows)


def words_hidden(documents: Sequence[Document], results: Results) -> pd.DataFrame:
    """One row a system and casing: ordinary words hidden, identifiers left."""
    rows = []
    for (system, casing), spans in results.items():
        words = hidden = left = clean = 0
        for document, found in zip(documents, spans, strict=True):
            covered = cover(document.text, found)
            ordinary = ordinary_words(document)
            words += len(ordinary)
            hidden += sum(covered.share(*word) > 0 for word in ordinary)
            missed = sum(covered.share(s.start, s.end) < 1 for s in document.planted)
            left += missed
            clean += missed == 0
        low, high = interval(hidden, words)
        rows.append({"system": system, "casing": casing, "ordinary words": words,
                     "hidden": hidden, "share": hidden / words, "low": low, "high": high,
                     "identifiers left a document": left / len(documents),
                     "documents with none left": clean / len(documents)})  # fmt: skip
    return pd.DataFrame(rows)


def interval(n: int, base: int) -> tuple[float, float]:
    """Wilson's 95% interval of a share, to six places; missing (NaN) where the base is 0."""
    low, high = wilson(n, base)
    return round(float(low), 6), round(float(high), 6)


def _shares(documents: Sequence[Document], spans: list[list[Span]], casing: str) -> list[float]:
    """For each identifier planted, how much of it is hidden."""
    shares = []
    for document, found in zip(documents, spans, strict=True):
        covered = cover(document.cased(casing).text, found)
        shares += [covered.share(span.start, span.end) for span in document.planted]
    return shares


def _summary(shares: list[float], casing: str) -> dict[str, object]:
    whole = sum(share == 1 for share in shares)
    low, high = interval(whole, len(shares))
    partly = sum(0 < share < 1 for share in shares) / len(shares)
    return {casing: whole / len(shares), f"{casing} low": low, f"{casing} high": high,
            f"{casing} partly": partly}  # fmt: skip
