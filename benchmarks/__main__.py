"""Run benchmarks by name, or all: print each table and write it under benchmarks/results/.

python -m benchmarks [NAME ...]
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.machine import Table, describe_machine
from workbench.files import write_csv, write_text

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "results"
NOT_BENCHMARKS = {"__init__", "__main__", "machine"}


def names() -> list[str]:
    """The benchmarks that there are: the modules of this folder."""
    return sorted(f.stem for f in FOLDER.glob("*.py") if f.stem not in NOT_BENCHMARKS)


def run(name: str) -> bool:
    """Run one benchmark; False where its data are absent. Tables are written as they fill."""
    last: dict[str, Table] = {}
    try:
        for table in _tables(name, import_module(f"benchmarks.{name}").main()):
            for done in last.keys() - {table.name}:
                _write(last[done])
            last[table.name] = table
            _write(table, state="this run was cut off, or is still going on: rows are missing")
    except FileNotFoundError as error:
        print(f"{name}: skipped ({error}).")
        return False
    for table in last.values():
        _write(table)
        text = table.frame.to_string(index=False, na_rep="", float_format="%.4g")
        print(f"\n{table.name}\n{text}")
    return True


def _write(table: Table, **more: str) -> None:
    if table.kept:
        write_csv(RESULTS / f"{table.name}.csv", table.frame)
        text = describe(table.name, table.frame, {**more, **table.settings})
        write_text(RESULTS / f"{table.name}.md", text)


def _tables(name: str, result: Any) -> Iterable[Table]:
    """What a benchmark returned as tables: a frame, a frame with settings, or tables in turn."""
    if isinstance(result, pd.DataFrame):
        return [Table(name, result)]
    return [Table(name, *result)] if isinstance(result, tuple) else result


def describe(name: str, frame: pd.DataFrame, settings: dict[str, Any]) -> str:
    """The result as Markdown: table, settings, machine; no date, so that reruns compare."""
    parts = [f"# {name}", _table(frame)]
    if settings:
        parts += ["## Settings", _list(settings)]
    return "\n\n".join([*parts, "## Machine", _list(describe_machine())]) + "\n"


def _table(frame: pd.DataFrame) -> str:
    lines = [list(frame.columns), ["---"] * len(frame.columns)]
    lines += [[_cell(value) for value in row] for row in frame.itertuples(index=False)]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def _cell(value: object) -> str:
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.4g}"
    return str(value).replace("|", "/")


def _list(entries: dict[str, Any]) -> str:
    return "\n".join(f"- {name}: {value}" for name, value in entries.items())


def main(wanted: list[str]) -> int:
    """Run the named benchmarks, or all; 2 for a name that there is not."""
    unknown = [name for name in wanted if name not in names()]
    if unknown:
        print(f"There is no benchmark '{unknown[0]}'. Known: {', '.join(names())}.")
        return 2
    for name in wanted or names():
        run(name)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
