"""Laid out, every span covers the words that it was planted on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.demo.layout import Section, lay_out, section
from workbench.demo.segments import Segment
from workbench.demo.writer import Piece

SEGMENTS = st.lists(
    st.builds(
        Segment,
        st.text("ab 💀é", min_size=1, max_size=6),
        st.sampled_from(["", "person", "url"]),
        st.sampled_from(["x", "y"]),
    ),
    min_size=1,
    max_size=4,
)
PIECES = st.builds(
    Piece, SEGMENTS.map(tuple), st.sampled_from(["", "concern", "bluntness_platform", "neutral"])
)
SECTIONS = st.lists(
    st.builds(
        Section, st.lists(PIECES, min_size=1, max_size=3).map(tuple), st.sampled_from([" ", "\n"])
    ),
    max_size=4,
)


@given(SECTIONS)
def test_spans_cover_their_words(sections: list[Section]) -> None:
    laid = lay_out(sections)
    pieces = [piece for part in sections for piece in part.pieces]
    words = [(s.text, s.kind) for piece in pieces for s in piece.segments if s.kind]
    assert [(laid.text[s.start : s.end], s.kind) for s in laid.identifiers] == words
    toned = [(p.text, p.tone) for p in pieces if p.tone not in {"", "neutral"}]
    assert [(laid.text[s.start : s.end], s.kind) for s in laid.tones] == toned


@given(SECTIONS)
def test_entities_are_numbered_as_they_appear(sections: list[Section]) -> None:
    entities = [span.entity for span in lay_out(sections).identifiers]
    first_seen = list(dict.fromkeys(entities))
    assert first_seen == list(range(1, len(first_seen) + 1))


def test_an_empty_section_is_none() -> None:
    assert section(None, Piece((Segment(""),))) is None
