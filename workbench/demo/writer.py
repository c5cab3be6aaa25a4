"""Draws fragments for one case and dresses them in the writer's habits."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from workbench.demo import style, voice
from workbench.demo.dice import Dice
from workbench.demo.fragments import Deck, Fragment, parse_fragment
from workbench.demo.scene import Scene
from workbench.demo.segments import Segment

_TOPICS = Path(__file__).with_name("topics.toml")
_SHOUTED = frozenset({"bluntness", "urgency", "aggression", "frustration"})


@dataclass(frozen=True)
class Piece:
    """A sentence or three in the finished text; `tone` names the bank it was drawn from, if any."""

    segments: tuple[Segment, ...]
    tone: str = ""

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(segment.text for segment in self.segments)


class Writer:
    """The hand that writes one text: `say` gives a piece, or None when no fragment fits."""

    def __init__(self, scene: Scene, deck: Deck, dice: Dice, *, careful: bool = False) -> None:
        self.scene, self.deck, self.dice = scene, deck, dice
        self.careful = careful
        self._taken: set[Fragment] = set()
        self._topics: frozenset[str] | None = None
        self.slots: set[str] = set()

    def say(self, bank: str, slot: str) -> Piece | None:
        """Draw a fragment of a bank's slot that fits the scene -> Piece."""
        own = bank == self.scene.subject
        fragment = self.deck.draw(
            bank,
            slot,
            self.dice,
            fits=lambda f: (
                voice.could_write(self.scene, bank, f) and (not own or self._on_topic(f))
            ),
            taken=self._taken,
        )
        if fragment is None:
            return None
        if own and self._topics is None:
            self._topics = topics_of(self.scene.subject, fragment.text)
        self.slots.add(slot)
        text = fragment.text
        if (bank, slot) in {("common", "whoami"), ("common", "phone_open")}:
            text = text.replace("{surname}", "{author_surname}").replace("{count}", "{roll}")
        return self.dress(text, tone=slot if bank == "tones" else "")

    def tell(self, slot: str) -> Piece | None:
        """`say` from the bank of the case's subject."""
        return self.say(self.scene.subject, slot)

    def write(self, text: str) -> Piece:
        """A piece from words given here, with fields to fill."""
        return Piece(tuple(self.scene.fill(parse_fragment(text).text)))

    def dress(self, text: str, *, tone: str = "") -> Piece:
        """Fill a fragment's fields and give it the writer's spelling, slips and capitals."""
        author = self.scene.author
        segments = style.spell_platform(self.scene.fill(text), author.spelling)
        if self.careful:
            return Piece(tuple(segments), tone)
        segments = style.add_slips(segments, author.typos, self.dice)
        segments = style.set_case(segments, author, self.dice)
        if tone.split("_")[0] in _SHOUTED and self.dice.chance(author.shouts):
            segments = style.shout(segments)
        return Piece(tuple(segments), tone)

    def _on_topic(self, fragment: Fragment) -> bool:
        topics = topics_of(self.scene.subject, fragment.text)
        return self._topics is None or not topics or bool(topics & self._topics)


@cache
def topics_of(subject: str, text: str) -> frozenset[str]:
    """The matters of topics.toml that a fragment belongs to; empty when it is general."""
    return frozenset(
        topic for topic, pattern in _patterns().get(subject, {}).items() if pattern.search(text)
    )


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    with _TOPICS.open("rb") as file:
        return {
            subject: {topic: re.compile(pattern, re.I) for topic, pattern in topics.items()}
            for subject, topics in tomllib.load(file).items()
        }


def ended(piece: Piece, mark: str = ".") -> Piece:
    """The piece with a full stop where a line stopped short of one."""
    last = piece.segments[-1]
    if not last.text or last.text[-1] in ".!?,:;":
        return piece
    if last.kind:
        return replace(piece, segments=(*piece.segments, Segment(mark)))
    return replace(piece, segments=(*piece.segments[:-1], replace(last, text=last.text + mark)))
