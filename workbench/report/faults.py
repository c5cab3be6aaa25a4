"""What is wrong in a report's prose, with its place, so that all of it can be mended at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from workbench.errors import WorkbenchError

if TYPE_CHECKING:
    import pandas as pd

Kind = Literal[
    "value",  # a live value that cannot be had: unknown name, label, period, wrong arguments
    "reference",  # a link to a figure, table or section that the report does not have
    "typed number",  # a figure typed by hand
    "period",  # a value of one period in a sentence about another
    "quote",  # words of a case that nobody has released
    "disclosure",  # something that disclosure control hides or refuses
    "markup",  # what the report's Markdown does not take
    "length",  # a one-page summary that runs over its page
    "alt text",  # a figure that does not say what it shows
    "stale",  # input that has changed since the report was made
]
STOPPING = ("value", "reference", "disclosure", "markup")
"""Kinds with which no report is written, strict or not: there would be a hole in a sentence."""


@dataclass(frozen=True)
class Fault:
    """One fault. ``line`` and ``column`` count from 1; 0 where there is no such place."""

    kind: Kind
    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        at = f", line {self.line}, column {self.column}" if self.line else ""
        return f"{self.file}{at}: {self.message}"


class ProseError(WorkbenchError):
    """A live value cannot be given; ``kind`` says of which kind the fault is."""

    def __init__(self, message: str, kind: Kind = "value") -> None:
        super().__init__(message)
        self.kind = kind


def list_faults(faults: Iterable[Fault]) -> pd.DataFrame:
    """The faults as a frame, one row each: kind, file, line, column and message."""
    import pandas as pd

    rows = [(f.kind, f.file, f.line, f.column, f.message) for f in faults]
    heads = ["kind", "file", "line", "column", "message"]
    return pd.DataFrame(rows, columns=pd.Index(heads))


def stop_at(faults: Iterable[Fault], *, strict: bool = False) -> None:
    """Raise one ``WorkbenchError`` that lists ``faults``: all if ``strict``, else ``STOPPING``."""
    found = [fault for fault in faults if strict or fault.kind in STOPPING]
    if not found:
        return
    many = "1 fault" if len(found) == 1 else f"{len(found)} faults"
    listed = "\n".join(f"- {fault}" for fault in found)
    raise WorkbenchError(f"The prose of the report has {many}:\n{listed}")
