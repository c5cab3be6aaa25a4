"""A plain baseline: the patterns that one finds first when looking for each kind of identifier."""

from __future__ import annotations

import re
from collections.abc import Sequence

PLAIN = re.compile(
    r"""
    (?P<EMAIL>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<URL>(?:https?://|www\.)[^\s<>"]+[\w/])
    | (?P<HANDLE>(?<!\w)@\w[\w.]*\w)
    | (?P<DOB>\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b)
    | (?P<NHS>\b\d{3}[ -]?\d{3}[ -]?\d{4}\b)
    | (?P<PHONE>(?:\+44|\b0)(?:[ ()-]*\d){9,10}\b)
    | (?P<NI>\b[A-Z]{2}(?:\ ?\d\d){3}\ ?[A-D]\b)
    | (?P<POSTCODE>\b[A-Z]{1,2}\d[A-Z\d]?\ ?\d[A-Z]{2}\b)
    | (?P<PLATE>\b[A-Z]{2}\d\d\ ?[A-Z]{3}\b)
    | \b(?:Mr|Mrs|Ms|Miss|Dr)\.?\ (?P<PERSON>[A-Z][\w'-]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def find_spans(texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
    """The spans that the patterns match in each text."""
    return [[_span(found) for found in PLAIN.finditer(text)] for text in texts]


def _span(found: re.Match[str]) -> tuple[int, int, str]:
    kind = str(found.lastgroup)
    start, end = found.span(kind)
    return start, end, kind
