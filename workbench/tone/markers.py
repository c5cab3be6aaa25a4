"""Markers: reviewed patterns, one TOML file a dimension, and where they fire in texts.

A marker is a regular expression for lower-case text, matched from the start of a word. Fired
markers are dropped where they are negated ("not urgent"), and where the words are someone else's:
inside quotation marks, or after words such as "the comment reads".
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import Sentence, own_sentences
from workbench.tone.voices import fold, is_negated, is_reported, quoted_spans

if TYPE_CHECKING:
    import pandas as pd

TONES = (
    "politeness",
    "concern",
    "urgency",
    "frustration",
    "helplessness",
    "protectiveness",
    "expectation",
    "bluntness",
    "aggression",
    "gratitude",
)
"""The dimensions of tone, in the order in which tables show them."""

# Harsh words that are told of someone else ("she was called an idiot") are not the enquirer's.
_DROPPED_WHEN_REPORTED = frozenset(("bluntness", "aggression"))
_KEYS = frozenset(("id", "pattern", "target", "negation", "reason", "tone"))


@dataclass(frozen=True)
class Marker:
    """One reviewed pattern.

    ``target`` is at whom the tone is directed, where the words themselves say so; ``reason`` is
    the reason for urgency it gives. ``negatable`` markers do not fire when negated; ``tone`` is
    False for a reason that is not a tone.
    """

    id: str
    dimension: str
    pattern: str
    target: str = ""
    reason: str = ""
    negatable: bool = True
    tone: bool = True


@dataclass(frozen=True)
class Fired:
    """A marker that fired in a text: in which sentence (from 0), from ``start`` to ``end``."""

    marker: Marker
    sentence: int
    start: int
    end: int


def find_markers(texts: Texts) -> pd.DataFrame:
    """Every marker that fires: one row each.

    Columns ``text_id``, ``sentence``, ``start``, ``end`` (places in the text as given),
    ``dimension``, ``marker``, ``target``, ``reason`` (empty where a marker has none).
    """
    import pandas as pd

    given, ids = as_texts(texts)
    rows = [
        (ids[row], hit.sentence, hit.start, hit.end, hit.marker.dimension, hit.marker.id,
         hit.marker.target, hit.marker.reason)
        for row, text in enumerate(given)
        for hit in fire(text, own_sentences(text))
    ]  # fmt: skip
    columns = ["text_id", "sentence", "start", "end", "dimension", "marker", "target", "reason"]
    return pd.DataFrame(rows, columns=columns)


def fire(text: str, sentences: list[Sentence], *, only: str | None = None) -> list[Fired]:
    """The markers that fire in the given sentences of ``text``, by dimension and place.

    ``only`` names one dimension to look for.
    """
    if not sentences:
        return []
    copy = fold(text)
    quoted = quoted_spans(copy, [(piece.start, piece.end) for piece in sentences])
    starts = [piece.start for piece in sentences]
    hits = []
    for dimension, expression, markers in _expressions():
        if only is not None and dimension != only:
            continue
        for match in expression.finditer(copy):
            marker = markers[match.lastgroup or ""]
            place = bisect_right(starts, match.start()) - 1
            if place < 0 or match.end() > sentences[place].end or match.end() == match.start():
                continue
            if _is_own(copy, sentences[place].start, match, marker, quoted):
                hits.append(Fired(marker, place, match.start(), match.end()))
    return hits


def _is_own(
    copy: str, begin: int, match: re.Match[str], marker: Marker, quoted: list[tuple[int, int]]
) -> bool:
    """Whether the words are the enquirer's own and stand unnegated."""
    if any(start <= match.start() < end for start, end in quoted):
        return False
    before = copy[begin : match.start()]
    if marker.negatable and is_negated(before):
        return False
    return marker.dimension not in _DROPPED_WHEN_REPORTED or not is_reported(before)


@cache
def load_markers() -> tuple[Marker, ...]:
    """All markers of all dimensions, checked, in the order of ``TONES``."""
    folder = files("workbench.tone").joinpath("markers")
    shared: dict[str, str] = tomllib.loads(folder.joinpath("words.toml").read_text("utf-8"))
    return tuple(
        marker
        for name in TONES
        for marker in read_markers(
            folder.joinpath(f"{name}.toml").read_text("utf-8"), shared, file=f"{name}.toml"
        )
    )


def read_markers(content: str, shared: dict[str, str], *, file: str) -> list[Marker]:
    """Read one dimension's TOML; ``shared`` fills ``{name}`` in patterns.

    Raises ``WorkbenchError`` that names the file and the marker at fault.
    """
    table = tomllib.loads(content)
    return [_read_marker(entry, table["dimension"], shared, file) for entry in table["markers"]]


def _read_marker(
    entry: dict[str, Any], dimension: str, shared: dict[str, str], file: str
) -> Marker:
    unknown = set(entry) - _KEYS
    where = f"{file}, marker '{entry.get('id', '?')}'"
    if unknown:
        raise WorkbenchError(f"{where}: unknown key '{min(unknown)}'. Known: {sorted(_KEYS)}.")
    pattern = entry["pattern"]
    for name, words in shared.items():
        pattern = pattern.replace("{" + name + "}", words)
    try:
        groups = re.compile(pattern).groups
    except re.error as error:
        raise WorkbenchError(f"{where}: the pattern cannot be read ({error}). Mend it.") from None
    if groups:
        raise WorkbenchError(f"{where}: write (?:...) instead of (...) in the pattern.")
    return Marker(
        id=entry["id"],
        dimension=dimension,
        pattern=pattern,
        target=entry.get("target", ""),
        reason=entry.get("reason", ""),
        negatable=entry.get("negation", "dropped") != "kept",
        tone=entry.get("tone", True),
    )


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str], dict[str, Marker]], ...]:
    """One expression for a dimension, or for each kind of reason where it has some."""
    return tuple(_compile(group) for group in _groups(load_markers()))


def _groups(markers: Iterable[Marker]) -> Iterator[list[Marker]]:
    found: dict[tuple[str, str], list[Marker]] = {}
    for marker in markers:
        # Apart, so that a deadline does not hide the risk that the same words name.
        found.setdefault((marker.dimension, marker.reason), []).append(marker)
    yield from found.values()


def _compile(markers: list[Marker]) -> tuple[str, re.Pattern[str], dict[str, Marker]]:
    names = {f"m{number}": marker for number, marker in enumerate(markers)}
    body = "|".join(f"(?P<{name}>(?:{marker.pattern})(?!\\w))" for name, marker in names.items())
    return markers[0].dimension, re.compile(rf"(?<![\w'])(?:{body})"), names
