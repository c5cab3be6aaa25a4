"""Arrays kept between runs: named entries with a checksum, made again when corrupt or stale.

Nothing here is needed for a right answer: the folder may be deleted at any time. Entries are
plain NumPy archives behind one line that carries their SHA-256; pickled objects are refused.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import sys
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import ExportError
from workbench.files import delete_abandoned, write_bytes

if TYPE_CHECKING:
    import numpy as np

_FORMAT = b"workbench-cache-1 "
_SUFFIX = ".cache"

UNUSED_DAYS = 60
"""Entries that nothing has used for so long are deleted at the end of a report."""


def cache_folder() -> Path:
    """Where entries lie: ``WORKBENCH_CACHE``, else ``.cache`` of a checkout, else the user's.

    The folder is made if need be and is open to its owner alone (mode 0700): vectors of case
    texts tell something of the texts.
    """
    folder = _choose_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    except OSError as error:
        raise ExportError(
            f"The cache folder {folder} cannot be used ({error.strerror}). Set WORKBENCH_CACHE to "
            "a folder that you may write to."
        ) from None
    return folder


def save_arrays(name: str, arrays: Mapping[str, np.ndarray]) -> Path:
    """Keep ``arrays`` under ``name`` (letters, digits, ``-``, ``/``), replacing what was there."""
    import numpy as np

    if any(array.dtype.hasobject for array in arrays.values()):
        raise TypeError("only arrays of numbers and fixed-width text can be kept")
    buffer = io.BytesIO()
    np.savez(buffer, **dict(arrays))  # type: ignore[arg-type]  # its stub has a keyword of bool
    content = buffer.getvalue()
    digest = hashlib.sha256(content).hexdigest().encode()
    path = cache_folder() / _file_of(name)
    return write_bytes(path, _FORMAT + digest + b"\n" + content, private=True)


def load_arrays(name: str) -> dict[str, np.ndarray] | None:
    """What was kept under ``name``, or None where nothing usable is: absent, torn or altered.

    The folder may be one that can only be read.
    """
    import numpy as np

    path = _choose_folder() / _file_of(name)
    try:
        head, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # it is in use: `forget_unused` goes by this
    if head != _FORMAT + hashlib.sha256(content).hexdigest().encode():
        return None
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as archive:
            return {key: archive[key] for key in archive.files}
    except (ValueError, OSError, zipfile.BadZipFile):
        return None


def forget_unused(*, days: int = UNUSED_DAYS) -> int:
    """Delete entries that were neither written nor read for ``days``; how many there were."""
    before = time.time() - days * 86_400
    gone = 0
    folder = cache_folder()
    for room in (folder, *folder.rglob("*/")):
        delete_abandoned(room)
    for path in folder.rglob(f"*{_SUFFIX}"):
        try:
            if path.stat().st_mtime < before:
                path.unlink()
                gone += 1
        except OSError:
            continue  # somebody else uses it, or has just deleted it
    return gone


def _file_of(name: str) -> str:
    return f"{name}{_SUFFIX}"


def _choose_folder() -> Path:
    chosen = os.environ.get("WORKBENCH_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    checkout = Path(__file__).resolve().parents[1]
    if (checkout / "pyproject.toml").is_file():
        return checkout / ".cache"
    return _user_caches() / "casework-workbench"


def _user_caches() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
