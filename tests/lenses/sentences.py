"""Sentences of our own for each lens: what must show an element, and what comes near."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from workbench.lenses.lens import load_lens

OPENINGS = {
    "defamation": "We think that this is defamation.",
    "attempts": "It has been reported to the platform.",
}
"""What goes before the sentences of elements that count only within another."""


class Said(NamedTuple):
    """A sentence, the element it belongs to, and whether it must show that element."""

    element: str
    text: str
    shows: bool


@cache
def sentences_of(lens: str) -> tuple[Said, ...]:
    """The sentences of a lens, in the order of the file."""
    content = Path(__file__).with_name("sentences").joinpath(f"{lens}.toml").read_text("utf-8")
    within = {element.id for element in load_lens(lens).elements if element.within}
    said = []
    for element, lists in tomllib.loads(content).items():
        opening = f"{OPENINGS[lens]} " if element in within else ""
        for kind in ("fires", "misses"):
            said += [
                Said(element, opening + line, kind == "fires") for line in lists[kind].splitlines()
            ]
    return tuple(said)
