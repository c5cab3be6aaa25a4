"""Writers that are killed, out of room or not allowed leave whole files, and say so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.safe.writers import CONTRAST, KINDS
from tests.safety.conftest import no_network

ROOT = Path(__file__).resolve().parents[2]
QUICK = ["bytes", "CSV", "JSON", "cache entry", "decisions"]

posix = pytest.mark.skipif(os.name != "posix", reason="Windows cannot fork, nor kill like this.")


def duress(way: str, times: int, kinds: list[str], *before: str) -> dict[str, dict[str, int]]:
    """What came of each kind of file, from a process of its own that may fork."""
    done = subprocess.run(
        [*before, sys.executable, "-m", "benchmarks.safe.torn", way, str(times), *kinds],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return {one.pop("file"): one for one in found}


@posix
def test_a_hundred_kills_tear_no_file():
    found = duress("kill", 20, QUICK)
    assert list(found) == QUICK
    assert sum(one["kills"] for one in found.values()) == 100
    assert [one["torn"] for one in found.values()] == [0] * len(QUICK)
    assert sum(one["in mid-write"] for one in found.values()) > 10  # some came at a bad moment
    assert [one["left"] for one in found.values()] == [0] * len(QUICK)


@posix
def test_plain_writing_is_torn_by_the_same_kills():
    assert sum(one["torn"] for one in duress("kill", 25, list(CONTRAST)).values()) > 0


def _all_told_and_kept(found: dict[str, dict[str, int]]) -> None:
    assert list(found) == list(KINDS)
    for name, one in found.items():
        assert one["told plainly"] == one["kept"] == one["tries"] > 0, name
        assert one["left"] == 0, name


@pytest.mark.parametrize("way", ["full", "read-only"])
def test_a_disk_that_takes_nothing_is_told_and_loses_nothing(way):
    if not no_network():
        pytest.skip("A small disk of its own needs 'unshare', which is not here or not allowed.")
    _all_told_and_kept(duress(way, 2, list(KINDS), "unshare", "-rm"))


@posix
def test_a_folder_that_others_own_is_told_and_loses_nothing():
    _all_told_and_kept(duress("forbidden", 2, list(KINDS)))
