"""The hand-written fragments: how their files are read, and how they are dealt out.

A file holds slots (`== what`), one fragment a line. A tag in front (`<staff,primary>`) says for
which cases a fragment fits; `[a|b]` are alternatives, `{school}` a place to fill.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbench.demo.dice import Dice
from workbench.errors import WorkbenchError

FOLDER = Path(__file__).parent / "fragments"
_TAGS = re.compile(r"^<([^>]*)>\s*")
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
FIELD = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, eq=False)
class Fragment:
    """One hand-written line: its text, the tags that restrict it, the fields it fills.

    A fragment is itself and no other (compared by identity), which makes look-ups quick.
    """

    text: str
    tags: frozenset[str]
    fields: frozenset[str]


def parse_fragment(line: str) -> Fragment:
    """Take the tags off a line: "<staff,primary> Our ..." -> Fragment."""
    match = _TAGS.match(line)
    tags = frozenset(tag.strip() for tag in match[1].split(",")) if match else frozenset()
    text = line[match.end() :] if match else line
    return Fragment(text, tags, frozenset(FIELD.findall(text)))


@cache
def read_bank(name: str) -> dict[str, tuple[Fragment, ...]]:
    """Read fragments/<name>.txt -> slot: its fragments, in the order of the file.

    Raises WorkbenchError when the file is missing or a line stands before the first slot.
    """
    path = FOLDER / f"{name}.txt"
    if not path.exists():
        raise WorkbenchError(f"The fragment file {path.name} is missing from {FOLDER.name}/.")
    slots: dict[str, list[Fragment]] = {}
    current: list[Fragment] | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("=="):
            current = slots.setdefault(line.strip("= "), [])
        elif current is None:
            raise WorkbenchError(f"{path.name}, line {number}: put a slot (== name) above it.")
        else:
            current.append(parse_fragment(line))
    return {slot: _distinct(lines) for slot, lines in slots.items()}


def _distinct(fragments: list[Fragment]) -> tuple[Fragment, ...]:
    return tuple({(f.text, f.tags): f for f in fragments}.values())


def choose_words(text: str, dice: Dice) -> str:
    """Settle every `[a|b]` of a fragment and mend the spaces that an empty choice leaves."""
    settled = _CHOICE.sub(lambda match: dice.pick(match[1].split("|")), text)
    return re.sub(r" +([,.;:?!])", r"\1", re.sub(r" {2,}", " ", settled)).strip()


class Deck:
    """Deals fragments so that use is spread evenly and no fragment comes twice in one text."""

    def __init__(self) -> None:
        self._uses: dict[tuple[str, str, Fragment], int] = defaultdict(int)

    def draw(
        self,
        bank: str,
        slot: str,
        dice: Dice,
        *,
        fits: Callable[[Fragment], bool],
        taken: set[Fragment],
    ) -> Fragment | None:
        """One fitting fragment not in `taken` (which it joins), among the least used; or None."""
        choices: Sequence[Fragment] = [
            fragment
            for fragment in read_bank(bank).get(slot, ())
            if fragment not in taken and fits(fragment)
        ]
        if not choices:
            return None
        # The noise keeps the order of draws from being foreseeable; a tagged fragment that
        # fits rarely would otherwise be drawn each time that it fits at all.
        least = min(self._uses[bank, slot, fragment] for fragment in choices)
        fresh = [f for f in choices if self._uses[bank, slot, f] <= least + 1 + len(choices) // 30]
        chosen = dice.pick(fresh)
        self._uses[bank, slot, chosen] += 1
        taken.add(chosen)
        return chosen
