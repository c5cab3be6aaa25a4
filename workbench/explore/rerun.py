"""Run the notebooks anew and store what they show.

``python -m workbench.explore.rerun [FILE ...]``, for those who maintain the notebooks. What
differs from run to run or from machine to machine is not stored: widgets and their state, times,
warnings.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workbench.errors import WorkbenchError
from workbench.files import write_text

NOTEBOOKS = Path("notebooks")
LONGEST = 600
"""Seconds that one cell may take."""

_WIDGET = "application/vnd.jupyter.widget-view+json"
_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def main(arguments: Sequence[str]) -> int:
    """Run the notebooks given, or all; returns the exit code."""
    paths = [Path(name) for name in arguments] or sorted(NOTEBOOKS.glob("*.ipynb"))
    for path in paths:
        sys.stderr.write(f"{path}\n")
        rerun(path)
    return 0


def rerun(path: Path | str) -> Path:
    """Run the notebook at ``path`` in its own folder and write it back with its outputs.

    Raises ``WorkbenchError`` where a cell fails; the file is then left as it was.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    target = Path(path)
    notebook: Any = nbformat.read(target, as_version=4)  # type: ignore[no-untyped-call]
    os.environ["HF_HUB_OFFLINE"] = "1"
    client = NotebookClient(
        notebook,
        timeout=LONGEST,
        kernel_name="python3",
        resources={"metadata": {"path": str(target.parent)}},
        store_widget_state=False,
        record_timing=False,
    )
    try:
        client.execute()
    except CellExecutionError as error:
        raise WorkbenchError(
            f"{target}: a cell failed with {error.ename}. Run it in JupyterLab to see where."
        ) from None
    text: str = nbformat.writes(clean(notebook))  # type: ignore[no-untyped-call]
    return write_text(target, text.rstrip("\n") + "\n")


def clean(notebook: Any) -> Any:
    """The notebook (changed in place) without what belongs to one run alone.

    A widget's view is dropped for the words beside it: without its state nothing could draw it.
    """
    notebook.metadata = {"kernelspec": _KERNEL, "language_info": {"name": "python"}}
    for number, cell in enumerate(notebook.cells, start=1):
        cell.id = f"cell-{number}"
        tags = cell.metadata.get("tags")
        cell.metadata = {"tags": tags} if tags else {}
        if cell.cell_type == "code":
            cell.outputs = [_clean(output) for output in cell.outputs if not _passing(output)]
    return notebook


def _passing(output: Any) -> bool:
    return bool(output.output_type == "stream" and output.name == "stderr")


def _clean(output: Any) -> Any:
    if "data" in output:
        output.data.pop(_WIDGET, None)
        output.metadata = {}
    return output


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
