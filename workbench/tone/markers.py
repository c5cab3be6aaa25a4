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
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.text.sentences import Sentence, own_sentences
from workbench.tone.lookup import Lookup
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


@dataclass(frozen=True)
class Lexicon:
    """Markers ready to be looked for.

    ``groups`` are the markers of a dimension, or of one reason of it, and ``lookup`` finds them
    by the group's number. Words of the dimensions in ``told_of_others`` do not count where they
    are reported; where ``own_words`` is False, quoted words count as any others do.
    """

    markers: tuple[Marker, ...]
    groups: tuple[tuple[Marker, ...], ...]
    lookup: Lookup
    told_of_others: frozenset[str] = frozenset()
    own_words: bool = True

    @cached_property
    def order(self) -> dict[str, int]:
        """The place of each dimension."""
        return {group[0].dimension: number for number, group in enumerate(self.groups)}


def make_lexicon(
    markers: Iterable[Marker],
    *,
    told_of_others: frozenset[str] = frozenset(),
    own_words: bool = True,
) -> Lexicon:
    """Make ``markers`` ready to be looked for together."""
    known = tuple(markers)
    groups = tuple(_groups(known))
    lookup = Lookup([[marker.pattern for marker in group] for group in groups])
    return Lexicon(known, groups, lookup, told_of_others, own_words)


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


def fire(
    text: str,
    sentences: list[Sentence],
    *,
    lexicon: Lexicon | None = None,
    only: str | None = None,
) -> list[Fired]:
    """The markers that fire in the given sentences of ``text``, by dimension and place.

    ``lexicon`` is by default that of the tones; ``only`` names one dimension to look for.
    """
    looked = lexicon or _tone_lexicon()
    copy = fold(text)
    spans = [(piece.start, piece.end) for piece in sentences]
    quoted = quoted_spans(copy, spans) if looked.own_words and spans else []
    return fire_folded(copy, sentences, quoted, lexicon=looked, only=only)


def fire_folded(
    copy: str,
    sentences: list[Sentence],
    quoted: list[tuple[int, int]],
    *,
    lexicon: Lexicon | None = None,
    only: str | None = None,
) -> list[Fired]:
    """``fire`` for a text that is folded and whose ``quoted`` spans are known."""
    looked = lexicon or _tone_lexicon()
    if not sentences:
        return []
    starts = [piece.start for piece in sentences]
    hits = []
    for number, which, start, end in looked.lookup.find(copy):
        marker = looked.groups[number][which]
        if only is not None and marker.dimension != only:
            continue
        place = bisect_right(starts, start) - 1
        if place < 0 or end > sentences[place].end:
            continue
        told = marker.dimension in looked.told_of_others
        before, after = copy[sentences[place].start : start], copy[end : sentences[place].end]
        if any(first <= start < last for first, last in quoted):
            continue
        if marker.negatable and is_negated(before):
            continue
        if not (told and is_reported(before, after)):
            hits.append(Fired(marker, place, start, end))
    return sorted(hits, key=lambda hit: (looked.order[hit.marker.dimension], hit.start))


@cache
def load_markers() -> tuple[Marker, ...]:
    """All markers of all dimensions, checked, in the order of ``TONES``."""
    folder = files("workbench.tone").joinpath("markers")
    return tuple(
        marker
        for name in TONES
        for marker in read_markers(
            folder.joinpath(f"{name}.toml").read_text("utf-8"), shared_words(), file=f"{name}.toml"
        )
    )


@cache
def shared_words() -> dict[str, str]:
    """Lists of words that patterns share: what ``{name}`` in a pattern stands for."""
    content = files("workbench.tone").joinpath("markers", "words.toml").read_text("utf-8")
    words: dict[str, str] = tomllib.loads(content)
    return words


def read_markers(content: str, shared: dict[str, str], *, file: str) -> list[Marker]:
    """Read one dimension's TOML; ``shared`` fills ``{name}`` in patterns.

    Raises ``WorkbenchError`` that names the file and the marker at fault.
    """
    table = tomllib.loads(content)
    return [read_marker(entry, table["dimension"], shared, file=file) for entry in table["markers"]]


def read_marker(
    entry: dict[str, Any], dimension: str, shared: dict[str, str], *, file: str
) -> Marker:
    """One marker of ``dimension`` from its entry in a TOML file; errors as ``read_markers``."""
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
def _tone_lexicon() -> Lexicon:
    return make_lexicon(load_markers(), told_of_others=_DROPPED_WHEN_REPORTED)


def _groups(markers: Iterable[Marker]) -> Iterator[tuple[Marker, ...]]:
    found: dict[tuple[str, str], list[Marker]] = {}
    for marker in markers:
        # Apart, so that a deadline does not hide the risk that the same words name.
        found.setdefault((marker.dimension, marker.reason), []).append(marker)
    yield from map(tuple, found.values())
