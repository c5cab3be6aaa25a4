"""The one writer of files: a reader sees the old file or the new one, never half of either.

Each write goes to a temporary file in the same folder, is flushed to the disk (fsync) and then
renamed over the target, so that a kill, a full disk or a lost battery at any moment leaves no
torn file. What a killed write leaves is hidden (``.NAME.XXXX.part``), open to its owner alone, and
is deleted by a later write to that folder.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import ExportError

if TYPE_CHECKING:
    import pandas as pd


PART = ".part"
"""How the name of a file ends that is still being written; readers leave such files alone."""

ABANDONED_AFTER = 3600
"""Seconds after which nobody can still be writing to one: a write takes seconds."""

_LONGEST = 60  # letters of the target's name in the temporary one: names end at 255 bytes


def write_bytes(path: Path | str, data: bytes, *, private: bool = False) -> Path:
    """Write ``data`` to ``path`` whole or not at all, making its folder where needed.

    ``private`` gives the file mode 0600 (the owner alone); otherwise 0644. Of two writers at once
    the later one wins, whole. Raises ``ExportError`` where nothing can be written there; what
    stood there before is then untouched.
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        delete_abandoned(target.parent)
        handle, temporary = tempfile.mkstemp(
            dir=target.parent, prefix=f".{target.name[:_LONGEST]}.", suffix=PART
        )
    except OSError as error:
        raise ExportError(
            f"{target} cannot be written ({error.strerror}). Choose a folder that you may write to."
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o600 if private else 0o644)
        os.replace(temporary, target)
    except OSError as error:
        raise ExportError(
            f"{target} cannot be written ({error.strerror}); any earlier version is untouched. "
            "Close programs that hold the file open and make room on the disk."
        ) from None
    finally:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
    return target


def delete_abandoned(folder: Path) -> None:
    """Delete what writes to ``folder`` left that were killed ``ABANDONED_AFTER`` seconds ago."""
    before = time.time() - ABANDONED_AFTER
    with contextlib.suppress(OSError):  # somebody else tidies up too, or we may not
        for entry in os.scandir(folder):
            abandoned = entry.name.startswith(".") and entry.name.endswith(PART)
            if abandoned and entry.stat().st_mtime < before:
                os.unlink(entry.path)


def write_text(path: Path | str, text: str, *, private: bool = False) -> Path:
    """Write ``text`` as UTF-8 with its line endings as they are."""
    return write_bytes(path, text.encode("utf-8"), private=private)


def write_json(path: Path | str, value: Mapping[str, Any] | Sequence[Any]) -> Path:
    """Write ``value`` as indented JSON, in the order given, with a closing newline."""
    return write_text(path, json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


FLOATS = "%.10g"
"""How floats are written: the digits beyond hang on the number of threads that added them up."""


def write_csv(path: Path | str, frame: pd.DataFrame, *, private: bool = False) -> Path:
    """Write ``frame`` without its index as CSV: UTF-8, LF, every field quoted.

    Everything is quoted because an unquoted field that holds a lone carriage return is torn by
    readers. Missing values become empty fields; floats keep at most ten significant digits.
    ``private`` keeps the file to its owner.
    """
    import csv

    text = frame.to_csv(
        index=False, quoting=csv.QUOTE_ALL, lineterminator="\n", float_format=FLOATS
    )
    return write_text(path, text, private=private)
