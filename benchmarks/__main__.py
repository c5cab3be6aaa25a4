"""Run benchmarks by name, or all: print each table and write it under benchmarks/results/.

python -m benchmarks [NAME ...]
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pandas as pd

from benchmarks.machine import describe_machine
from workbench.files import write_csv, write_text

FOLDER = Path(__file__).resolve().parent
NOT_BENCHMARKS = {"__init__", "__main__", "machine"}


def names() -> list[str]:
    """The benchmarks that there are: the modules of this folder."""
    return sorted(f.stem for f in FOLDER.glob("*.py") if f.stem not in NOT_BENCHMARKS)


def run(name: str) -> bool:
    """Run one benchmark; False where its data are absent."""
    try:
        result = import_module(f"benchmarks.{name}").main()
    except FileNotFoundError as error:
        print(f"{name}: skipped ({error}).")
        return False
    frame, settings = result if isinstance(result, tuple) else (result, {})
    print(f"\n{name}\n{frame.to_string(index=False)}")
    results = FOLDER / "results"
    write_csv(results / f"{name}.csv", frame)
    write_text(results / f"{name}.md", describe(name, frame, settings))
    return True


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
    return str(value)


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
