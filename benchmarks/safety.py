"""What gets out: payloads through every renderer, writers under duress, caches, and the sweep.

One table a part: ``safety_payloads``, ``safety_kills``, ``safety_refusals``, ``safety_caches``,
``safety_sweep``. ``python -m benchmarks.safety sweep`` runs one part, and so does
``WORKBENCH_BENCH_PARTS=sweep``; ``WORKBENCH_SWEEP=figures/demo`` sweeps a folder that is there.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from benchmarks.machine import Table
from benchmarks.safe import demo_run, flips, renderers
from benchmarks.safe.payloads import numbers_in, read_payloads
from benchmarks.safe.trap import open_trap
from benchmarks.tones.options import read_options

KILLS = 100
REFUSALS = 10
_OWN_DISK = ("unshare", "-rm")


def payloads() -> Iterator[Table]:
    """The payloads through every renderer and export, opened where they render."""
    told = sum(bool(numbers_in(p.text)) for p in read_payloads())
    kinds = pd.Series([p.kind for p in read_payloads()]).value_counts(sort=False)
    settings = {
        "payloads": ", ".join(f"{count} {kind}" for kind, count in kinds.items()),
        "payloads (column)": f"of the {told} that can be told apart by a number, those that stand "
        "in what was written: redaction takes addresses out of texts, and figures show the "
        "labels that are most frequent",
        "executions": "scripts that ran and dialogues that opened in headless Chromium, content "
        "security policies set aside, everything pointed at, hovered over and given the focus",
        "live formulas": "formulas, fields and objects in the files themselves; in a CSV, cells "
        "that begin as a formula does",
        "outside": "addresses that were asked for, or that a document links to",
        "markup": "attributes that run, addresses and frames in the page as the browser parsed it",
        "contrast": "the same payloads where nothing is escaped: the trap works",
    }
    rows: list[tuple[object, ...]] = []
    with open_trap() as trap, tempfile.TemporaryDirectory() as folder:
        for results in (
            renderers.unescaped(trap),
            renderers.documents(trap, Path(folder)),
            renderers.notebooks(trap, Path(folder)),
            renderers.report(trap, Path(folder)),
        ):
            for result in results:
                rows.append(result.row())
                columns = pd.Index(renderers.COLUMNS)
                yield Table("safety_payloads", pd.DataFrame(rows, columns=columns), settings)


def kills() -> Iterator[Table]:
    """Writers killed at random moments."""
    settings = {
        "kills": "SIGKILL to a process that writes the file again and again, at a moment drawn "
        "evenly from three times as long as one write takes",
        "in mid-write": "kills that left a temporary file behind",
        "left": "temporary files after a write that comes an hour later",
    }
    yield Table("safety_kills", pd.DataFrame(_torn("kill", KILLS)), settings)


def refusals() -> Iterator[Table]:
    """Writers on a full disk, on one that is read-only, and in a folder that others own."""
    rows = []
    for way, before in (("full", _OWN_DISK), ("read-only", _OWN_DISK), ("forbidden", ())):
        if not before or shutil.which(before[0]):
            rows += [{"where": way, **row} for row in _torn(way, REFUSALS, *before)]
    settings = {
        "full, read-only": "a small disk of its own, filled to the last byte or mounted anew",
        "told plainly": "an ExportError that names the file and the mend",
        "kept": "the file that was there before is there, whole",
        "left": "temporary files",
    }
    yield Table("safety_refusals", pd.DataFrame(rows), settings)


def caches() -> Iterator[Table]:
    """Flipped bits in everything that a report keeps."""
    rows = []
    settings = {
        "flips": f"of one bit, in entries in turn; told: the entry is not used ({flips.FLIPS})",
        "wrong": "files of the report, built again with a flipped bit in every entry of the kind, "
        "that differ by a byte from the first",
        "seconds": "for that second report",
    }
    for row in flips.flips():
        rows.append(row)
        yield Table("safety_caches", pd.DataFrame(rows), settings)


def sweep() -> Iterator[Table]:
    """The demonstration's planted identifiers, looked for in everything that a run writes."""
    frame, hits, planted = demo_run.sweep_demo()
    kinds = pd.Series(planted.runs.values()).value_counts()
    settings = {
        "looked for": ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
        + "; whole identifiers and the single words of names, in any casing",
        "left out": ", ".join(f"{count} for {why}" for why, count in planted.left_out.items()),
        "files": "a whole run of the demonstration: report, figures, tables, label sheets, "
        f"{demo_run.CONCERNS} concern sheets, what the commands said; and the notebooks as stored",
        "found": "; ".join(demo_run.say_hits(hits)) or "none",
    }
    kept = "WORKBENCH_SWEEP" not in os.environ
    yield Table("safety_sweep", frame, settings, kept=kept)


PARTS: dict[str, Callable[[], Iterator[Table]]] = {
    "payloads": payloads,
    "kills": kills,
    "refusals": refusals,
    "caches": caches,
    "sweep": sweep,
}


def main() -> Iterator[Table]:
    """The tables of each part."""
    for part in read_options(tuple(PARTS)).parts:
        yield from PARTS[part]()


def _torn(way: str, times: int, *before: str) -> list[dict[str, object]]:
    """What ``benchmarks.safe.torn`` prints: it forks, and so runs by itself."""
    command = [*before, sys.executable, "-m", "benchmarks.safe.torn", way, str(times)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


if __name__ == "__main__":
    from benchmarks.__main__ import run

    os.environ["WORKBENCH_BENCH_PARTS"] = ",".join(sys.argv[1:])
    run("safety")
