"""What the tests of safety run in a process of its own, where nothing can be reached.

python -m tests.safety.child report|notebook|reach FOLDER
"""

from __future__ import annotations

import os
import socket
import sys
import tempfile
from pathlib import Path

LABELS = 8
"""Of each field of the poisoned study: enough for every figure, few enough to be quick."""


def report(folder: Path) -> None:
    """Build a whole report of the poisoned study, and its redacted cases; no pictures."""
    from benchmarks.safe.poisoned import write_poisoned
    from workbench.charts import save
    from workbench.report.build import build_report
    from workbench.report.redacted import write_redacted

    save.find_browser = lambda: None
    study = write_poisoned(folder / "study", labels=LABELS)
    build_report(study, out=folder / "out")
    write_redacted(study, folder / "redacted")


def notebook(folder: Path) -> None:
    """Run a notebook that lies in ``folder``; its kernel speaks through a pipe, not a port."""
    import nbformat
    from jupyter_client.manager import AsyncKernelManager
    from nbclient import NotebookClient

    [path] = folder.glob("*.ipynb")
    read = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as short:  # a socket's path has 107 letters at most
        own = {"transport": "ipc", "ip": f"{short}/k", "connection_file": f"{short}/k.json"}
        kernel = AsyncKernelManager(kernel_name="python3", **own)
        where = {"metadata": {"path": str(folder)}}
        NotebookClient(read, km=kernel, timeout=120, resources=where).execute()
    nbformat.write(read, path)


def reach(folder: Path) -> None:
    """Try to reach another machine: what the guard is to refuse and to write down."""
    try:
        socket.create_connection(("192.0.2.1", 80), timeout=2)
    except OSError as error:
        (folder / "refused").write_text(f"{error.errno}", encoding="utf-8")


if __name__ == "__main__":
    os.environ["HF_HUB_OFFLINE"] = "0"  # the workbench itself must see to that
    {"report": report, "notebook": notebook, "reach": reach}[sys.argv[1]](Path(sys.argv[2]))
