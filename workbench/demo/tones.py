"""Which tones a writer shows, and where in the enquiry they show."""

from __future__ import annotations

from workbench.demo.writer import Piece, Writer

# The part of the text that each tone follows; a verdict on the platform needs a report before it.
_WHERE = {
    "concern": "worry",
    "protectiveness": "worry",
    "frustration_poster": "worry",
    "aggression_poster": "worry",
    "frustration_school": "worry",
    "bluntness_school": "worry",
    "helplessness": "platform",
    "frustration_platform": "verdict",
    "bluntness_platform": "verdict",
    "aggression_platform": "verdict",
    "frustration_helpline": "wish",
    "urgency": "wish",
    "expectation": "wish",
    "bluntness_helpline": "wish",
    "aggression_helpline": "wish",
    "politeness": "close",
    "gratitude": "close",
}
# Chance that a middling writer shows each tone.
_BASE = {
    "concern": 0.2,
    "protectiveness": 0.14,
    "frustration_poster": 0.05,
    "aggression_poster": 0.012,
    "frustration_school": 0.0,
    "bluntness_school": 0.0,
    "helplessness": 0.09,
    "frustration_platform": 0.15,
    "bluntness_platform": 0.045,
    "aggression_platform": 0.012,
    "frustration_helpline": 0.0,
    "urgency": 0.15,
    "expectation": 0.12,
    "bluntness_helpline": 0.035,
    "aggression_helpline": 0.004,
    "politeness": 0.24,
    "gratitude": 0.05,
}
_CALM = frozenset({"support", "offremit"})
_GRAVE = frozenset({"images", "harmful", "peer_bullying", "impersonation_child"})


def tone_chance(
    tone: str, *, subject: str, side: str, warmth: float, shouts: float, returning: bool
) -> float:
    """The chance in [0, 1] that a text shows a tone, given its matter and its writer."""
    chance = _BASE[tone]
    if subject in _CALM:
        return (
            chance if tone == "politeness" else 0.05 if tone == "gratitude" and returning else 0.0
        )
    if tone in {"frustration_school", "bluntness_school"}:
        chance = 0.22 if side == "public" else 0.04 if side == "other" else 0.0
    if tone == "frustration_helpline" and returning:
        chance = 0.12
    if tone == "gratitude":
        chance = 0.3 if returning else 0.0
    if tone == "helplessness" and returning:
        chance *= 3
    if tone in {"concern", "protectiveness"} and subject in _GRAVE:
        chance *= 1.5
    if tone == "politeness":
        return min(1.0, chance * 2 * warmth)
    if tone.split("_")[0] in {"bluntness", "aggression", "frustration"}:
        chance *= 1.7 - 1.4 * warmth + (1.4 if shouts else 0.0)
    return min(1.0, chance)


def tones_for(writer: Writer, *, returning: bool, where: str = "") -> dict[str, list[Piece | None]]:
    """Tone sentences by the part that they follow; `where="close"` draws those of the end only."""
    scene, dice = writer.scene, writer.dice
    author = scene.author
    drawn: dict[str, list[Piece | None]] = {}
    for tone, place in _WHERE.items():
        if (place == "close") != (where == "close"):
            continue
        chance = tone_chance(
            tone,
            subject=scene.subject,
            side=author.side,
            warmth=author.warmth,
            shouts=author.shouts,
            returning=returning,
        )
        if dice.chance(chance):
            drawn.setdefault(place, []).append(writer.say("tones", tone))
    return drawn
