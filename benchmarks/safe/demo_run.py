"""One whole run of the demonstration, with everything it can write, and the sweep over it."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from benchmarks.safe.exports import files_in
from benchmarks.safe.planted import Planted, read_planted
from benchmarks.safe.sweep import Hit, file_kind, sweep
from workbench.cases.read import read_cases
from workbench.study import Study

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "corpora" / "demo"
CONCERNS = 10
"""So many concern sheets are written, of the first cases."""

PRIVATE = "redacted texts, private"
"""Said of sheets that hold whole texts for those who may read the cases."""


def sweep_demo() -> tuple[pd.DataFrame, list[Hit], Planted]:
    """A row a kind of file: how many, hits, different identifiers; the hits; what was looked for.

    ``WORKBENCH_SWEEP`` names a folder to sweep instead, such as figures/demo.
    """
    study = Study.load(DEMO)
    planted = planted_in(study)
    given = os.environ.get("WORKBENCH_SWEEP")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(given) if given else Path(folder)
        if not given:
            run_demo(out)
        files = [*files_in(out), *sorted((ROOT / "notebooks").glob("*.ipynb"))]
        hits = list(sweep(files, planted))
        kinds = {file: _kind(file) for file in files}
    rows = []
    for kind in sorted(set(kinds.values())):
        own = [hit for hit in hits if kinds[hit.file] == kind]
        files_of_kind = sum(name == kind for name in kinds.values())
        rows.append((kind, files_of_kind, len(own), len({hit.run for hit in own})))
    columns = ["kind of file", "files", "hits", "identifiers"]
    return pd.DataFrame(rows, columns=pd.Index(columns)), hits, planted


def planted_in(study: Study) -> Planted:
    """What to look for of the demonstration, without the words of its labels."""
    log = read_cases(study)
    printed = [label for name in log.fields for label in log.order_of(name)]
    return read_planted(study.folder, printed=printed)


def run_demo(folder: Path) -> None:
    """Everything that the commands write of the demonstration, and what they say."""
    first = pd.read_csv(DEMO / "cases-2023-24.csv", dtype=str)["Case ID"].head(CONCERNS)
    commands = [
        ("report", [str(DEMO), "--out", str(folder / "report")]),
        *(
            ("label", ["draw", str(DEMO), "--coders", "AB", *drawn, "--out", str(folder / name)])
            for name, drawn in (
                ("labels-sentences", ("--sentences", "200")),
                ("labels-texts", ("--texts", "100")),
            )
        ),
        *(
            ("concern", [str(DEMO), case, "--out", str(folder / "concern" / f"{case}.docx")])
            for case in first
        ),
    ]
    for number, (name, arguments) in enumerate(commands):
        done = subprocess.run(
            [sys.executable, "-m", "workbench", name, *arguments],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        log = folder / "logs" / f"{number:02}-{name}.log"
        log.parent.mkdir(exist_ok=True)
        log.write_text(done.stdout + done.stderr, encoding="utf-8")


def say_hits(hits: list[Hit]) -> Iterator[str]:
    """Where each identifier that was found stands."""
    for run in sorted({hit.run for hit in hits}):
        own = [hit for hit in hits if hit.run == run]
        names = ", ".join(sorted({hit.file.name for hit in own}))
        yield f"{' '.join(run)} ({own[0].kind}): {names}"


def _kind(file: Path) -> str:
    private = file.parent.name == "concern" or file.parent.name.startswith("labels-")
    return f"{file_kind(file)} ({PRIVATE})" if private else file_kind(file)
