"""A sweep: does any planted identifier stand in anything that a run has written?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.safe.exports import texts_of, words_of
from benchmarks.safe.planted import Planted, Run

KINDS = {
    ".html": "HTML",
    ".svg": "SVG",
    ".png": "PNG metadata",
    ".docx": "docx",
    ".pdf": "PDF titles and alternative texts",
    ".xlsx": "xlsx",
    ".csv": "CSV",
    ".ipynb": "ipynb",
    ".json": "JSON",
    ".txt": "logs",
    ".log": "logs",
}


@dataclass(frozen=True)
class Hit:
    """A planted identifier that stands in a file, and how often."""

    file: Path
    run: Run
    kind: str
    times: int


def sweep(files: Iterable[Path], planted: Planted) -> Iterator[Hit]:
    """Every identifier that stands in one of ``files``; a text seen twice in a file counts once."""
    by_first: dict[str, list[Run]] = defaultdict(list)
    for run in planted.runs:
        by_first[run[0]].append(run)
    for file in files:
        times: Counter[Run] = Counter()
        for text in set(texts_of(file)):
            times |= Counter(_runs_in(words_of(text), by_first))
        for run, count in sorted(times.items()):
            yield Hit(file, run, planted.runs[run], count)


def file_kind(path: Path) -> str:
    """What a file is called in the table."""
    return KINDS.get(path.suffix.lower(), path.suffix or "other")


def _runs_in(words: list[str], by_first: Mapping[str, list[Run]]) -> Iterator[Run]:
    for place, word in enumerate(words):
        for run in by_first.get(word, ()):
            if tuple(words[place : place + len(run)]) == run:
                yield run
