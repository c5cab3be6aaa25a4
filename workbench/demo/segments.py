"""Runs of text, and how neighbours are fitted to each other."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Segment:
    """A run of text; `kind` and `entity` are empty unless it identifies someone."""

    text: str
    kind: str = ""
    entity: str = ""


def unquote(segment: Segment, before: str) -> Segment:
    """A title or nickname that comes in quotation marks loses them inside a quotation."""
    quoted = before.count('"') % 2 or before.count("“") > before.count("”")
    if quoted and segment.text.startswith('"'):
        return Segment(segment.text.strip('"'), segment.kind, segment.entity)
    return segment


def mend_article(before: str, value: Segment) -> tuple[str, Segment]:
    """Mend "the the bike shed" and "a attendance officer"."""
    if value.text.startswith("the ") and before.lower().endswith("the "):
        return before, Segment(value.text.removeprefix("the "), value.kind, value.entity)
    if value.text[:1] in "aeiou" and (before == "a " or before.endswith(" a ")):
        return f"{before[:-1]}n ", value
    return before, value


def capitalise(segments: list[Segment]) -> list[Segment]:
    """A fragment that opens with a filled-in lower-case word gets its capital."""
    first = segments[0]
    if first.kind or not first.text[0].islower():
        return segments
    return [Segment(first.text[0].upper() + first.text[1:]), *segments[1:]]
