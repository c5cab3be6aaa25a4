"""Pieces laid out as a text, with the places of tones and identifiers in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workbench.demo.writer import Piece


@dataclass(frozen=True)
class Section:
    """Pieces that stand together; `glue` parts them: a space, or a line break."""

    pieces: tuple[Piece, ...]
    glue: str = " "


@dataclass(frozen=True)
class Span:
    """Characters start … end (exclusive, code points) of a text and what they are."""

    start: int
    end: int
    kind: str
    entity: int = 0


@dataclass(frozen=True)
class Text:
    """A finished text with its planted spans."""

    text: str
    identifiers: tuple[Span, ...] = ()
    tones: tuple[Span, ...] = ()


def section(*pieces: Piece | None, glue: str = " ") -> Section | None:
    """A section of the pieces that exist, or None when there are none."""
    kept = tuple(piece for piece in pieces if piece is not None and piece.text)
    return Section(kept, glue) if kept else None


def lay_out(sections: Iterable[Section | None], *, gap: str = "\n\n") -> Text:
    """Join sections by `gap` and note where tones and identifiers come to stand."""
    parts: list[str] = []
    length = 0
    identifiers: list[Span] = []
    tones: list[Span] = []
    entities: dict[str, int] = {}
    for number, part in enumerate(s for s in sections if s is not None):
        for place, piece in enumerate(part.pieces):
            before = (gap if number else "") if place == 0 else part.glue
            parts.append(before)
            length += len(before)
            start = length
            for segment in piece.segments:
                if segment.kind:
                    entity = entities.setdefault(segment.entity, len(entities) + 1)
                    end = length + len(segment.text)
                    identifiers.append(Span(length, end, segment.kind, entity))
                parts.append(segment.text)
                length += len(segment.text)
            if piece.tone and piece.tone != "neutral":
                tones.append(Span(start, length, piece.tone))
    return Text("".join(parts), tuple(identifiers), tuple(tones))
