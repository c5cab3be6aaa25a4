"""The one writer of files: a reader sees the old file or the new one, never half of either.

Each write goes to a temporary file in the same folder, is flushed to the disk (fsync) and then
renamed over the target, so that a kill, a full disk or a lost battery at any moment leaves no
torn file.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import ExportError

if TYPE_CHECKING:
    import pandas as pd


def write_bytes(path: Path | str, data: bytes, *, private: bool = False) -> Path:
    """Write ``data`` to ``path`` whole or not at all, making its folder where needed.

    ``private`` gives the file mode 0600 (the owner alone); otherwise 0644.
    """
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
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
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
    return target


def write_text(path: Path | str, text: str, *, private: bool = False) -> Path:
    """Write ``text`` as UTF-8 with its line endings as they are."""
    return write_bytes(path, text.encode("utf-8"), private=private)


def write_json(path: Path | str, value: Mapping[str, Any] | Sequence[Any]) -> Path:
    """Write ``value`` as indented JSON, in the order given, with a closing newline."""
    return write_text(path, json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def write_csv(path: Path | str, frame: pd.DataFrame) -> Path:
    """Write ``frame`` without its index as CSV: UTF-8, LF, every field quoted.

    Everything is quoted because an unquoted field that holds a lone carriage return is torn by
    readers. Missing values become empty fields; floats keep at most ten significant digits.
    """
    import csv

    text = frame.to_csv(
        index=False, quoting=csv.QUOTE_ALL, lineterminator="\n", float_format="%.10g"
    )
    return write_text(path, text)
