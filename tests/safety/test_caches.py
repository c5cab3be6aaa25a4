"""A cache entry that was altered is told, and made again: the answer is never wrong."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.safety.conftest import Run
from workbench.cache import load_arrays
from workbench.text.vectors import embed

KINDS = (
    *("vectors", "records", "themes", "tone", "course", "tables"),
    *("quotes", "heard", "workbook"),
)
FLIPS = 40


@pytest.fixture
def own_cache(poisoned: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what a report has kept, in use."""
    folder = tmp_path / "cache"
    shutil.copytree(poisoned.cache, folder)
    monkeypatch.setenv("WORKBENCH_CACHE", str(folder))
    return folder


def flip(path: Path, random: random.Random) -> None:
    """Turn one bit of a file around, anywhere in it."""
    content = bytearray(path.read_bytes())
    place = random.randrange(len(content))
    content[place] ^= 1 << random.randrange(8)
    path.write_bytes(content)


def test_a_report_keeps_entries_of_each_kind(poisoned: Run):
    kept = {path.relative_to(poisoned.cache).parts[0] for path in poisoned.cache.rglob("*.cache")}
    assert kept == set(KINDS)
    assert {path.suffix for path in poisoned.cache.rglob("*") if path.is_file()} == {".cache"}


@pytest.mark.parametrize("kind", KINDS)
def test_any_bit_that_flips_is_told(own_cache: Path, kind: str):
    entries = sorted((own_cache / kind).rglob("*.cache"))
    dice = random.Random(kind)
    for turn in range(FLIPS):
        path = entries[turn % len(entries)]
        name = path.relative_to(own_cache).with_suffix("").as_posix()
        whole = path.read_bytes()
        assert load_arrays(name) is not None
        flip(path, dice)
        assert load_arrays(name) is None
        path.write_bytes(whole)


def test_vectors_of_a_damaged_shelf_are_made_again(own_cache: Path):
    texts = ["The boiler has failed.", "A page pretends to be ours.", "A talk about passwords."]
    first = embed(texts)
    dice = random.Random(1)
    for path in (own_cache / "vectors").rglob("*.cache"):
        flip(path, dice)
    assert np.array_equal(embed(texts), first)
    assert np.array_equal(embed(texts), first)
