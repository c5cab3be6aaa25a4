"""Bits turned around in what a report keeps: told and made again, or a wrong answer?"""

from __future__ import annotations

import os
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.safe.poisoned import write_poisoned
from workbench.cache import load_arrays
from workbench.report.build import build_report

LABELS = 8
FLIPS = 200
_SEED = 11


def flips() -> Iterator[dict[str, Any]]:
    """A row a kind of entry: flips of one bit that were told, and reports that came out otherwise.

    After every entry of a kind has a flipped bit the report is built again; each file of it must
    have the bytes that it had.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["WORKBENCH_CACHE"] = str(folder / "cache")
        study = write_poisoned(folder / "study", labels=LABELS)
        build_report(study, out=folder / "out")
        first = _bytes_of(folder / "out")
        for kind in sorted(path.name for path in (folder / "cache").iterdir() if path.is_dir()):
            entries = sorted((folder / "cache" / kind).rglob("*.cache"))
            told = sum(_flip_is_told(folder / "cache", entries, turn) for turn in range(FLIPS))
            for number, path in enumerate(entries):
                _flip(path, random.Random(number))
            start = time.perf_counter()
            build_report(study, out=folder / "out")
            seconds = time.perf_counter() - start
            again = _bytes_of(folder / "out")
            wrong = {key for key in {*first, *again} if first.get(key) != again.get(key)}
            yield {
                "kept": kind,
                "entries": len(entries),
                "flips": FLIPS,
                "told": told,
                "files compared": len(first),
                "wrong": len(wrong),
                "which": ", ".join(sorted(wrong)),
                "seconds": seconds,
            }
        del os.environ["WORKBENCH_CACHE"]


def _flip_is_told(cache: Path, entries: list[Path], turn: int) -> bool:
    path = entries[turn % len(entries)]
    whole = path.read_bytes()
    _flip(path, random.Random(_SEED * turn))
    told = load_arrays(path.relative_to(cache).with_suffix("").as_posix()) is None
    path.write_bytes(whole)
    return told


def _flip(path: Path, dice: random.Random) -> None:
    content = bytearray(path.read_bytes())
    content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)


def _bytes_of(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
