"""The body of an enquiry: what happened, what it did, what was tried, what is wanted."""

from __future__ import annotations

from workbench.demo.dice import Dice
from workbench.demo.layout import Section, section
from workbench.demo.tones import tones_for
from workbench.demo.writer import Piece, Writer

REPORTABLE = frozenset(
    "mock_account staff_bullying impersonation_staff impersonation_child peer_bullying fights "
    "images harmful underage criticism privacy protest".split()
)
_COLOURS = {
    "mock_account": "staff",
    "staff_bullying": "staff",
    "peer_bullying": "pupils",
    "impersonation_child": "pupils",
    "fights": "crowd",
    "protest": "crowd",
}


def matter(writer: Writer, *, returning: bool, scale: float = 1.0) -> list[Section | None]:
    """The body: what happened, particulars, effects, what was tried, what is wanted."""
    dice, length = writer.dice, writer.scene.author.length * scale
    tones = tones_for(writer, returning=returning)
    what = writer.tell("return") if returning else None
    opening = [what, writer.tell("what")] if what is None or dice.chance(0.45) else [what]
    facts = opening + _some(writer, "detail", length * 0.95)
    if writer.scene.subject in REPORTABLE and dice.chance(0.2 * length):
        facts.append(writer.say("tones", "neutral"))
    if dice.chance(0.34 * length):
        facts.append(_colour(writer))
    quote = writer.tell("quote") if dice.chance(0.22 * length) else None
    effect = _some(writer, "effect", length * 0.55) + tones.get("worry", [])
    history = _some(writer, "history", length * 0.5)
    reports = attempts(writer, length, sure="verdict" in tones)
    reports += tones.get("platform", []) + tones.get("verdict", [])
    eventful = writer.scene.subject in REPORTABLE
    aside = [writer.say("common", "context")] if eventful and dice.chance(0.13 * length) else []
    wanted = wish(writer, length) + tones.get("wish", [])
    if quote:
        facts.insert(dice.between(1, len(facts)), quote)
    middle = (
        dice.shuffled([effect, history, reports])
        if dice.chance(0.6)
        else [effect, history, reports]
    )
    if aside:
        middle.insert(dice.between(0, 3), aside)
    body = [facts, *middle, wanted]
    if dice.chance(0.1):
        body = [wanted[:1], facts, *middle, wanted[1:]]
    return _paragraphs(body, dice, length)


def _colour(writer: Writer) -> Piece | None:
    """A likeness, caption or scene from a post, where the matter has posts."""
    slot = _COLOURS.get(writer.scene.subject)
    return writer.say("colour", slot) if slot and writer.scene.author.side == "staff" else None


def _some(writer: Writer, slot: str, mean: float) -> list[Piece | None]:
    """A number of pieces around `mean`: its whole part, and one more by chance."""
    size = mean * (0.4 + 1.2 * writer.dice.number())
    count = int(size) + writer.dice.chance(size - int(size))
    return [writer.tell(slot) for _ in range(min(count, 3))]


def attempts(writer: Writer, length: float, *, sure: bool = False) -> list[Piece | None]:
    """Reports made to the platform, what came back, and whether it has come back."""
    scene, dice = writer.scene, writer.dice
    chance = 1.0 if sure else 0.25 + 0.4 * min(length, 1.2)
    if scene.subject not in REPORTABLE or not dice.chance(chance):
        return []
    pieces = [writer.say("common", "attempt")]
    if dice.chance(0.6):
        pieces.append(writer.say("common", "answer"))
    if length > 0.9 and dice.chance(0.25):
        pieces.append(writer.say("common", "attempt"))
    if dice.chance(0.13):
        pieces.append(writer.say("common", "recurrence"))
    return pieces


def wish(writer: Writer, length: float) -> list[Piece | None]:
    """What is asked of the helpline, particular or general."""
    dice = writer.dice
    asks = [writer.tell("ask")] if dice.chance(0.62) else []
    if writer.scene.subject in REPORTABLE and (not asks or dice.chance(0.25 * length)):
        asks.append(writer.say("common", "request"))
    if writer.scene.subject in REPORTABLE and dice.chance(0.13 * length):
        asks.append(writer.say("common", "question"))
    return asks


def _paragraphs(
    groups: list[list[Piece | None]], dice: Dice, length: float
) -> list[Section | None]:
    """Each group a paragraph, or neighbours run together; short ones in one block."""
    apart = dice.weighted({0.0: 0.3 if length > 1 else 0.5, 0.45: 0.4, 0.8: 0.3})
    merged: list[list[Piece | None]] = []
    for group in groups:
        if merged and not dice.chance(apart):
            merged[-1] = merged[-1] + group
        else:
            merged.append(list(group))
    return [section(*group) for group in merged]


def links(writer: Writer) -> Section | None:
    """Where the content is: one line, or a list of links."""
    dice, subject = writer.dice, writer.scene.subject
    if (
        subject not in REPORTABLE - {"underage", "images", "privacy"}
        or writer.scene.platform is None
    ):
        return None
    if not dice.chance(0.34):
        return None
    writer.scene.linked = True
    if dice.chance(0.7):
        return section(writer.say("glue", "links"))
    lines: list[Piece | None] = [writer.write("{link}")]
    lines += [writer.say("glue", "extra_link") for _ in range(dice.between(1, 3))]
    return section(writer.say("glue", "link_list"), *lines, glue="\n")
