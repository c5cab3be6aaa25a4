"""What a run has written, so that the next one leaves nothing stale beside its report."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from workbench.files import write_json

MANIFEST = "manifest.json"


def keep_only(folder: Path, written: Iterable[Path]) -> Path:
    """Record ``written`` in the folder's manifest; remove what an earlier run alone had written.

    A figure left over from other data or settings would stand beside a report that does not know
    it. Files that no run has written are never touched.
    """
    names = sorted(path.relative_to(folder).as_posix() for path in written)
    for name in set(_earlier(folder)) - set(names):
        stale = (folder / name).resolve()
        if folder in stale.parents and stale.is_file():
            stale.unlink()
    return write_json(folder / MANIFEST, {"files": names})


def _earlier(folder: Path) -> list[str]:
    """The names in the manifest of the run before; none where it cannot be read."""
    try:
        content = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    names = content.get("files") if isinstance(content, dict) else None
    return [name for name in names or [] if isinstance(name, str)]
