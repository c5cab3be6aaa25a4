"""Bad inputs read by the workbench and, in the same run, by pandas as it comes.

Two tables: ``reading`` by family and in all, ``reading_classes`` by class. 1,000 inputs, drawn in
turn from all classes. WORKBENCH_BAD_INPUTS sets another number; of more, such as 10000, there is
one table, ``reading_long``, without pandas.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from benchmarks.bad_inputs.judging import Score, judge, ours, pandas_defaults
from benchmarks.bad_inputs.making import CLASSES
from benchmarks.machine import Table

USUAL = 1000
ALL = "all"
PANDAS = (
    f"{pd.__version__}, read_csv, read_excel (calamine), read_json, read_parquet, to_datetime, all "
    "with their defaults. Rows that then lack an identifier, date or text count as set aside. It "
    "is not run on inputs that may end its process (its inputs are fewer)"
)


def main() -> Iterator[Table]:
    """The two tables, at the end."""
    count = int(os.environ.get("WORKBENCH_BAD_INPUTS", USUAL))
    rows = list(measure(count))
    frame = pd.DataFrame(rows)
    settings: dict[str, Any] = {
        "inputs": f"{count:,}, over {len(CLASSES)} classes",
        "seeds": f"0 to {(count - 1) // len(CLASSES)} of each class",
        "rows": f"{int(frame.loc[frame['reader'] == 'workbench', 'rows'].sum()):,} planted",
        "tracebacks": "errors other than a clear refusal; for pandas any error on a file that can "
        "be read",
        "rows lost": "neither kept nor set aside with a reason",
        "characters lost": "of identifiers and texts that were kept but are not what was written",
        "wrong dates": "kept with another day or time than was meant",
        "needless": "good rows that were set aside, or were in a file that was refused",
        "let in": "rows, or whole files, that no reader should take",
    }
    if count <= USUAL:
        settings["pandas"] = PANDAS
    columns = ["inputs", "rows", *asdict(Score())]
    total = frame.assign(family=ALL)
    both = pd.concat([frame, total]).groupby(["family", "reader"], sort=False)[columns].sum()
    name = "reading" if count <= USUAL else "reading_long"
    yield Table(name, both.reset_index(), settings, kept=count >= USUAL)
    if count > USUAL:
        return
    classes = frame.groupby(["family", "class", "reader"], sort=False)[columns].sum()
    yield Table("reading_classes", classes.reset_index(), settings, kept=count >= USUAL)


def measure(count: int) -> Iterator[dict[str, Any]]:
    """One row an input and reader."""
    names = list(CLASSES)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(count):
            label = names[number % len(names)]
            family, maker = CLASSES[label]
            made = maker(Random(f"{label} {number // len(names)}"))
            for reader, read in (("workbench", ours), ("pandas", pandas_defaults)):
                if reader == "pandas" and (count > USUAL or not made.safe):
                    continue
                outcome = read(made, folder)
                score = judge(made, outcome)
                if reader == "workbench" and any(asdict(score).values()):
                    print(f"{label}, seed {number // len(names)}: {score} {outcome.crash}")
                yield {
                    "family": family,
                    "class": label,
                    "reader": reader,
                    "inputs": 1,
                    "rows": len(made.records),
                    **asdict(score),
                }
    print(f"{count} inputs in {time.monotonic() - began:.0f} s")
