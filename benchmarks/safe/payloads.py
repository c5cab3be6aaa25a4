"""The payloads: texts that do something where they are shown as anything but text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TRAP = "https://trap.example"
"""Whatever is asked of this address was asked for by a payload."""

CALL = "hit"
"""The function that a payload which runs calls with its number."""

_FILE = Path(__file__).with_name("payloads.toml")
_LONG = "x" * 40_000


@dataclass(frozen=True)
class Payload:
    """One text, its class, and the number by which it is known when it does something."""

    number: int
    kind: str
    text: str


@cache
def read_payloads() -> tuple[Payload, ...]:
    """All payloads in order, numbered from 1."""
    kinds = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    listed = [(kind, text) for kind, texts in kinds.items() for text in texts]
    return tuple(
        Payload(number, kind, _fill(text, number))
        for number, (kind, text) in enumerate(listed, start=1)
    )


def numbers_in(text: str) -> set[int]:
    """The numbers of the payloads whose call or address stands in ``text``."""
    found = re.findall(rf"{CALL}\((\d+)\)|{re.escape(TRAP)}/(\d+)", text)
    return {int(one or other) for one, other in found}


def _fill(text: str, number: int) -> str:
    filled = text.replace("HIT", f"{CALL}({number})").replace("URL", f"{TRAP}/{number}")
    return filled.replace("LONG", _LONG)
