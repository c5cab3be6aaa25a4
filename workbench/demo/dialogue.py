"""The messages after the enquiry: the helpline's replies and the enquirer's news."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from workbench.demo.calendar import CLOSE, OPEN, add_working, is_holiday
from workbench.demo.dice import Dice
from workbench.demo.layout import lay_out, section
from workbench.demo.matter import REPORTABLE
from workbench.demo.segments import Segment
from workbench.demo.writer import Piece, Writer


@dataclass(frozen=True)
class Message:
    """One later message of a case's dialogue; `author` is enquirer or helpline."""

    sent: datetime
    author: str
    text: str


def write_dialogue(
    practitioner: Writer, enquirer: Writer, *, referred: bool, removed: bool
) -> list[Message]:
    """At least one reply; for a third of the cases more. `removed` says how a referral ended."""
    dice, scene = practitioner.dice, practitioner.scene
    messages = []
    now = scene.received
    if _is_closed(now) and dice.chance(0.3):
        notice = practitioner.say("replies", "out_of_hours")
        if notice:
            messages.append(Message(now + timedelta(minutes=1), "helpline", notice.text))
    now = add_working(now, _reply_minutes(dice))
    messages.append(Message(now, "helpline", _first_reply(practitioner, referred=referred)))
    for _ in range(dice.weighted({0: 0.66, 1: 0.26, 2: 0.08})):
        now = now + timedelta(minutes=dice.between(12, 60 * 52))
        now = now.replace(hour=max(7, min(21, now.hour)))
        slot = _follow_up(dice, removed=removed, reportable=scene.subject in REPORTABLE)
        text = _enquirer_message(enquirer, slot)
        if not text:
            break
        messages.append(Message(now, "enquirer", text))
        now = add_working(now, _reply_minutes(dice))
        messages.append(Message(now, "helpline", _later_reply(practitioner, slot, removed=removed)))
    return messages


def _is_closed(moment: datetime) -> bool:
    return moment.weekday() >= 5 or not OPEN <= moment.hour < CLOSE or is_holiday(moment.date())


def _reply_minutes(dice: Dice) -> int:
    """Staffed minutes to a reply: mostly under the three hours that the helpline aims for."""
    return dice.weighted(
        {25: 0.16, 60: 0.24, 110: 0.24, 170: 0.18, 260: 0.11, 480: 0.07}
    ) + dice.between(-20, 40)


def _first_reply(writer: Writer, *, referred: bool) -> str:
    dice, scene = writer.dice, writer.scene
    pieces = [writer.say("replies", "first_reply")]
    if scene.subject in REPORTABLE and scene.platform:
        if referred:
            pieces.append(writer.say("replies", "escalated"))
            if dice.chance(0.35):
                pieces.append(writer.say("replies", "ask_links"))
        else:
            pieces.append(writer.say("replies", "ask_links"))
    if scene.subject != "offremit" and (len(pieces) < 3 or dice.chance(0.45)):
        pieces.append(writer.say("replies", "advice"))
    return _letter(writer, pieces)


def _later_reply(writer: Writer, slot: str, *, removed: bool) -> str:
    dice = writer.dice
    if slot in {"thanks_closed"}:
        return _letter(writer, [])
    outcome = (
        "outcome_pending"
        if dice.chance(0.35)
        else "outcome_removed"
        if removed
        else "outcome_refused"
    )
    pieces = [writer.say("replies", outcome if slot == "chase" else "escalated")]
    if slot not in {"chase", "more_links"} or dice.chance(0.5):
        pieces.append(writer.say("replies", "advice"))
    return _letter(writer, pieces)


def _letter(writer: Writer, pieces: list[Piece | None]) -> str:
    dice, given = writer.dice, writer.scene.author.given
    greeting = Piece(
        (Segment(dice.pick(("Dear ", "Hello ", "Hi ", "Good morning "))), Segment(f"{given},"))
    )
    closing = writer.say("replies", "closing")
    signed = writer.say("replies", "signature_line")
    parts = [section(greeting), section(*pieces, closing), section(signed)]
    return lay_out(parts, gap=dice.pick(("\n\n", "\n"))).text


def _follow_up(dice: Dice, *, removed: bool, reportable: bool) -> str:
    if not reportable:
        return "followup"
    weights = {
        "followup": 4.0,
        "more_links": 2.0,
        "chase": 1.5,
        "update_worse": 1.0,
        "update_returned": 0.7,
    }
    return dice.weighted(weights | ({"thanks_closed": 1.5} if removed else {}))


def _enquirer_message(writer: Writer, slot: str) -> str:
    dice = writer.dice
    first = writer.tell("followup") if slot == "followup" else writer.say("replies", slot)
    if first is None:
        return ""
    pieces: list[Piece | None] = [first]
    if dice.chance(0.22):
        pieces.append(writer.tell("detail"))
    if slot in {"chase", "update_worse", "update_returned"} and dice.chance(0.4):
        pieces.append(
            writer.say(
                "tones",
                dice.pick(
                    ("frustration_platform", "helplessness", "urgency", "frustration_helpline")
                ),
            )
        )
    elif dice.chance(0.3):
        pieces.append(
            writer.say(
                "tones", "gratitude" if slot in {"thanks_closed", "followup"} else "politeness"
            )
        )
    greeting = writer.say("common", "greeting") if dice.chance(0.4) else None
    name = writer.write("{author_given}") if dice.chance(0.6) else None
    return lay_out(
        [section(greeting), section(*pieces), section(name)], gap=dice.pick(("\n\n", "\n"))
    ).text
