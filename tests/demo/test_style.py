"""Habits of writing change words, never what identifies someone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workbench.demo import style
from workbench.demo.dice import Dice
from workbench.demo.segments import Segment

TEXT = (
    "Unfortunately we don't receive answers from TikTok, which is inappropriate. It's back again. "
)
SEGMENTS = [
    Segment(TEXT),
    Segment("Mrs Calloway", "person", "staff"),
    Segment(" wrote to "),
    Segment("a.Calloway@Keld.example", "email", "email"),
    Segment(" about "),
    Segment("@Keld.Memes", "handle", "handle"),
]


@given(st.integers(), st.floats(0.001, 0.5))
def test_slips_leave_identifiers_alone(seed: int, rate: float) -> None:
    slipped = style.add_slips(SEGMENTS, rate, Dice(seed))
    assert [s.text for s in slipped if s.kind] == [s.text for s in SEGMENTS if s.kind]


def test_slips_come_with_the_rate() -> None:
    assert style.add_slips(SEGMENTS, 0.0, Dice(1)) == SEGMENTS
    changed = sum(
        style.add_slips([Segment(TEXT)], 0.03, Dice(seed)) != [Segment(TEXT)] for seed in range(100)
    )
    assert 20 < changed < 95


def test_shouting_spares_addresses() -> None:
    shouted = [segment.text for segment in style.shout(SEGMENTS)]
    assert shouted[1] == "MRS CALLOWAY"
    assert shouted[3] == "a.Calloway@Keld.example"
    assert shouted[5] == "@Keld.Memes"


def test_platform_spelling() -> None:
    spelled = style.spell_platform(SEGMENTS, "Tik Tok")
    assert "Tik Tok" in spelled[0].text
