"""Writers under duress: killed at random moments, on a full disk, in folders not theirs to write.

python -m benchmarks.safe.torn kill|full|read-only|forbidden TIMES [KIND ...]

prints a JSON object a kind. It runs as a process of its own, since it forks; ``full`` and
``read-only`` need a mount of their own: ``unshare -rm`` gives one, to root and others alike.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.safe.writers import CONTRAST, KINDS, Kind
from workbench.errors import ExportError
from workbench.files import ABANDONED_AFTER, PART

_SEED = 7


def kill(kind: Kind, folder: Path, times: int) -> dict[str, Any]:
    """Kill a writer ``times`` times: how often a file was torn, and what was left behind."""
    kind.write(folder, 0)
    start = time.perf_counter()
    kind.write(folder, 1)
    span = 3 * (time.perf_counter() - start)
    moments = random.Random(_SEED)
    torn = mid = 0
    for _ in range(times):
        before = len(_parts(folder))
        _kill_one(kind, folder, moments.uniform(0, span))
        mid += len(_parts(folder)) > before
        try:
            kind.read(folder)
        except Exception:  # noqa: BLE001  (whatever a torn file makes of its reader)
            torn += 1
            kind.write(folder, 0)
    return {"kills": times, "torn": torn, "in mid-write": mid, "left": _tidied(kind, folder)}


def _kill_one(kind: Kind, folder: Path, after: float) -> None:
    """Kill a process that writes, ``after`` seconds into its writing.

    It says when it begins: a slow fork would otherwise die before it has written anything.
    """
    begun, begin = os.pipe()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            kind.write(folder, 0)
            os.write(begin, b".")
            version = 0
            while True:
                kind.write(folder, version := 1 - version)
        os._exit(1)
    os.close(begin)
    os.read(begun, 1)
    os.close(begun)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def _tidied(kind: Kind, folder: Path) -> int:
    """How many left-over files there are after a write that comes an hour later."""
    for path in _parts(folder):
        long_ago = time.time() - ABANDONED_AFTER - 60
        os.utime(path, (long_ago, long_ago))
    kind.write(folder, 0)
    return len(_parts(folder))


def refuse(kind: Kind, folder: Path, times: int, spoil: Callable[[Path], object]) -> dict[str, Any]:
    """Write where it cannot be done: refusals told plainly, versions kept, litter."""
    kind.write(folder, 0)
    spoil(folder)
    told = kept = 0
    for _ in range(times):
        try:
            kind.write(folder, 1)
        except ExportError:
            told += 1
        kept += kind.read(folder) == 0
    return {"tries": times, "told plainly": told, "kept": kept, "left": len(_parts(folder))}


def _fill(folder: Path) -> None:
    """Take the last byte of the disk that ``folder`` is on."""
    with contextlib.suppress(OSError), (folder / "filler").open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def _lock(folder: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(_mount_of(folder))], check=True)


def _mount_of(folder: Path) -> Path:
    return next(path for path in (folder, *folder.parents) if path.is_mount())


def _forbid(folder: Path) -> None:
    """Nobody but root may write there, and we are nobody."""
    for path in (folder, *(p for p in folder.rglob("*") if p.is_dir())):
        path.chmod(0o555)
    for path in (p for p in folder.rglob("*") if p.is_file()):
        path.chmod(0o644)
    if os.geteuid() == 0:
        os.seteuid(65_534)


def _parts(folder: Path) -> list[Path]:
    return [path for path in folder.rglob(f".*{PART}") if path.is_file()]


@contextlib.contextmanager
def _disk(way: str) -> Iterator[Path]:
    """A folder to write to: on a small disk of its own where that is what is tried."""
    folder = Path(tempfile.mkdtemp())
    own = way in ("full", "read-only")
    if own:
        mount = ["mount", "-t", "tmpfs", "-o", "size=8m", "none", str(folder)]
        subprocess.run(mount, check=True)
    try:
        yield folder
    finally:
        if os.geteuid() != os.getuid():
            os.seteuid(os.getuid())
        if own:
            subprocess.run(["umount", str(folder)], check=True)
        shutil.rmtree(folder, ignore_errors=True)


def main(way: str, times: int, names: list[str]) -> None:
    """Try one way on the kinds named, or on all; print what came of each."""
    known = {**KINDS, **CONTRAST} if way == "kill" else KINDS
    spoil = {"full": _fill, "read-only": _lock, "forbidden": _forbid}
    for name in names or list(known):
        with _disk(way) as folder:
            if way == "kill":
                found = kill(known[name], folder, times)
            else:
                found = refuse(known[name], folder, times, spoil[way])
        print(json.dumps({"file": name, **found}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
