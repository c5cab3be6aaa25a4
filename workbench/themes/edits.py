"""The researcher's edits of themes: what each says, and the memory by which it is found again.

An edit names themes by number. When it is applied, anchors are added: which texts each of those
themes held. After a refit numbers mean something else, and the texts tell which theme is meant.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any, Literal, TypeAlias

from workbench.errors import WorkbenchError

Honoured: TypeAlias = Literal["yes", "partly", "no"]


def _today() -> str:
    return datetime.now(tz=UTC).astimezone().date().isoformat()


@dataclass(frozen=True)
class Anchor:
    """A theme as it was when it was edited.

    Number, level, whether that was the finest, label, and the ``text_id`` of its texts.
    """

    theme: int
    level: int
    finest: bool
    label: str
    members: tuple[Hashable, ...]


@dataclass(frozen=True, kw_only=True)
class Edit:
    """What every edit has: ``who`` made it, ``when`` (such as 2026-11-22; today) and ``why``.

    The rest is filled in when it is applied. ``anchors``: one a theme that it names. ``among``:
    the ``text_id`` of all texts there were. ``honoured`` and ``reason``: what became of it the
    last time; an edit that could not be honoured stays, and says why.
    """

    who: str = ""
    why: str = ""
    when: str = field(default_factory=_today)
    anchors: tuple[Anchor, ...] = ()
    among: tuple[Hashable, ...] = field(default=(), repr=False)
    honoured: Honoured = "yes"
    reason: str = ""

    def __post_init__(self) -> None:
        for own in fields(self):
            if own.name not in ("anchors", "among"):
                object.__setattr__(self, own.name, _as_plain(getattr(self, own.name)))
        try:
            date.fromisoformat(self.when)
        except (TypeError, ValueError):
            raise WorkbenchError(
                "'when' is the day of an edit: write it as year-month-day, such as 2026-11-22."
            ) from None

    @property
    def kind(self) -> str:
        """What the edit does, as the decisions file calls it."""
        return type(self).__name__.lower()

    @property
    def named(self) -> tuple[int, ...]:
        """The numbers of the themes that the edit names, as they were when it was made."""
        return (self.theme,) if hasattr(self, "theme") else ()

    @property
    def ids(self) -> tuple[Hashable, ...]:
        """The texts that the edit names one by one."""
        return ()


@dataclass(frozen=True)
class Rename(Edit):
    """Theme ``theme`` gets the name ``label``."""

    theme: int
    label: str


@dataclass(frozen=True)
class Merge(Edit):
    """Two or more ``themes`` of one level become one, with a new number.

    It stands under the parent of the largest; without a ``label`` keywords name it.
    """

    themes: tuple[int, ...]
    label: str = ""

    @property
    def named(self) -> tuple[int, ...]:
        """The themes to merge."""
        return self.themes


@dataclass(frozen=True)
class Split(Edit):
    """Theme ``theme`` becomes several, each with a new number.

    Either into ``groups`` of ``text_id`` that together hold each of its texts once, or into
    ``count`` parts found by k-means on the vectors, which are then kept as ``groups``. ``labels``
    name the parts in order; without them keywords do.
    """

    theme: int
    groups: tuple[tuple[Hashable, ...], ...] = ()
    count: int = 0
    labels: tuple[str, ...] = ()


@dataclass(frozen=True)
class Move(Edit):
    """The texts ``text_ids`` go to theme ``theme``, or to none with -1.

    In a theme that has sub-themes they go to the one with the nearest centre.
    """

    text_ids: tuple[Hashable, ...]
    theme: int

    @property
    def ids(self) -> tuple[Hashable, ...]:
        """The texts to move."""
        return self.text_ids


@dataclass(frozen=True)
class Pin(Edit):
    """The texts ``text_ids`` are in theme ``theme`` and stay with it in every refit."""

    text_ids: tuple[Hashable, ...]
    theme: int

    @property
    def ids(self) -> tuple[Hashable, ...]:
        """The texts that stay."""
        return self.text_ids


@dataclass(frozen=True)
class Lock(Edit):
    """Theme ``theme`` keeps its name and just its texts, in every refit, and takes no edits.

    New texts join it when its centre is the nearest of all themes', and only then.
    """

    theme: int


@dataclass(frozen=True)
class Unlock(Edit):
    """Theme ``theme`` takes edits again, and follows refits from now on."""

    theme: int


@dataclass(frozen=True)
class Note(Edit):
    """A remark on theme ``theme``; it changes nothing."""

    theme: int
    text: str


@dataclass(frozen=True)
class Undo(Edit):
    """The last ``count`` edits that still stand are taken back; they stay on record."""

    count: int = 1


_KINDS = (Rename, Merge, Split, Move, Pin, Lock, Unlock, Note, Undo)
KINDS: dict[str, type[Edit]] = {kind.__name__.lower(): kind for kind in _KINDS}


def find_standing(edits: Iterable[Edit]) -> list[int]:
    """The places, from 0, of the edits that no later ``Undo`` takes back."""
    standing: list[int] = []
    for place, edit in enumerate(edits):
        if isinstance(edit, Undo):
            del standing[max(len(standing) - edit.count, 0) :]
        else:
            standing.append(place)
    return standing


def _as_plain(value: Any) -> Any:
    """``value`` with lists and arrays as tuples, and numpy's numbers as Python's."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple | set | frozenset):
        return tuple(_as_plain(each) for each in value)
    return value
