"""Whether two clean builds of the demonstration's report are the same bytes, and their time.

The two builds share nothing but the code: each has its own copy of the study, its own empty cache,
its own hash seed, time zone, language and number of threads. A third build follows on the caches
of the second: the whole report as a researcher has it made again after changing a sentence.
Seconds are those of one machine on one day; only their ratio carries over to another.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.machine import Table

ROOT = Path(__file__).resolve().parents[1]
CORPORA = ROOT / "corpora"
STUDY = ("demo", "published")
FIRST = {"PYTHONHASHSEED": "1", "TZ": "Europe/London", "LC_ALL": "C.UTF-8", "OMP_NUM_THREADS": "2"}
OTHER = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland", "LC_ALL": "C", "OMP_NUM_THREADS": "1"}
WARM_BUILDS = 3


def main() -> Iterator[Table]:
    """Two tables: files by kind and how many are the same; seconds of each build."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        places = (folder / "one", folder / "a second place")
        for place in places:
            for name in STUDY:  # no other study: what lies in corpora/private stays there
                shutil.copytree(CORPORA / name, place / "corpora" / name)
        seconds = [("clean, first place", _build(places[0], "clean", FIRST))]
        seconds.append(("clean, second place", _build(places[1], "clean", OTHER)))
        seconds += [
            (f"warm, second place, {number}", _build(places[1], "warm", OTHER))
            for number in range(1, WARM_BUILDS + 1)
        ]
        first, second = _digests(places[0] / "clean"), _digests(places[1] / "clean")
        warm = _digests(places[1] / "warm")
        yield Table("building_bytes", _by_kind(first, second, warm))
    frame = pd.DataFrame(seconds, columns=pd.Index(["build", "seconds"]))
    frame["times the first"] = frame["seconds"] / frame["seconds"].iloc[0]
    frame["seconds"] = frame["seconds"].round(1)
    yield Table("building_time", frame, {"study": "demonstration", "warm builds": WARM_BUILDS})


def _build(place: Path, out: str, settings: dict[str, str]) -> float:
    """Seconds that one report takes, from the command to its end."""
    command = [sys.executable, "-m", "workbench", "report", str(place / "corpora" / "demo")]
    variables: dict[str, Any] = {
        **os.environ,
        **settings,
        "WORKBENCH_CACHE": str(place / "cache"),
        "PYTHONPATH": str(ROOT),
    }
    start = time.perf_counter()
    subprocess.run(
        [*command, "--strict", "--quiet", "--out", str(place / out)],
        cwd=place,
        env=variables,
        check=True,
        timeout=900,
    )
    return time.perf_counter() - start


def _digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def _by_kind(*builds: dict[str, str]) -> pd.DataFrame:
    """A row a kind of file; a file that one build lacks counts as different."""
    first, second, warm = builds
    every = sorted({name for build in builds for name in build})
    frame = pd.DataFrame(
        {
            "kind of file": [Path(name).suffix.removeprefix(".") or name for name in every],
            "files": 1,
            "same in both clean builds": [first.get(name) == second.get(name) for name in every],
            "same again when warm": [second.get(name) == warm.get(name) for name in every],
        }
    )
    return frame.groupby("kind of file", sort=True).sum().reset_index()
