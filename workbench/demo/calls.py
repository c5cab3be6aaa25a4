"""Notes of calls, in the practitioner's voice."""

from __future__ import annotations

from workbench.demo.layout import Text, lay_out, section
from workbench.demo.matter import REPORTABLE
from workbench.demo.writer import Writer, ended

_CALLERS = (
    "caller", "call from", "rang", "phoned", "spoke", "called", "head",
    "teacher", "dsl", "mum", "mother", "father", "parent", "pupil",
    "officer", "technician", "governor", "manager", "deputy", "lead", "nurse",
    "assistant", "tutor", "enquirer", "school", "lady", "man ", "librarian",
    "ta ", "union", "call ",
)  # fmt: skip


def write_phone_note(writer: Writer) -> Text:
    """A practitioner's note of a call."""
    dice = writer.dice
    note = writer.tell("phone")
    words = note.text.split() if note else []
    told_who = bool(words) and _names_caller(" ".join(words[:9]))
    opening = None if told_who else writer.say("common", "phone_open")
    middle = [
        writer.say("common", "phone_middle") for _ in range(dice.weighted({0: 2, 1: 4, 2: 3}))
    ]
    closes = 0 if writer.scene.subject not in REPORTABLE else dice.weighted({0: 3, 1: 4, 2: 1})
    close = [writer.say("common", "phone_close") for _ in range(closes)]
    pieces = [p if p is None else ended(p) for p in (opening, note, *middle, *close)]
    if dice.chance(0.25):
        return lay_out([section(*pieces[:2]), section(*pieces[2:])], gap="\n")
    return lay_out([section(*pieces)])


def _names_caller(start: str) -> bool:
    return any(mark in start.lower() for mark in _CALLERS)
