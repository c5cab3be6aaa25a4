from __future__ import annotations

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from workbench.errors import WorkbenchError
from workbench.explore import rerun

WIDGET = "application/vnd.jupyter.widget-view+json"


@pytest.fixture
def write(tmp_path):
    def write(*sources):
        path = tmp_path / "one.ipynb"
        cells = [new_markdown_cell("# One"), *(new_code_cell(source) for source in sources)]
        nbformat.write(new_notebook(cells=cells), path)
        return path

    return write


def test_runs_in_its_own_folder_and_stores_what_is_shown(write):
    path = write("from pathlib import Path", "Path('one.ipynb').is_file()")
    rerun.rerun(path)
    notebook = nbformat.read(path, as_version=4)
    assert [cell.id for cell in notebook.cells] == ["cell-1", "cell-2", "cell-3"]
    assert notebook.cells[2].outputs[0].data["text/plain"] == "True"
    assert [cell.execution_count for cell in notebook.cells[1:]] == [1, 2]
    assert notebook.metadata.kernelspec.name == "python3"


def test_twice_gives_the_same_bytes(write):
    path = write("1 + 1", "print('words')")
    first = rerun.rerun(path).read_bytes()
    assert rerun.rerun(path).read_bytes() == first
    assert first.endswith(b"}\n")


def test_a_failing_cell_leaves_the_file_alone(write):
    path = write("1 / 0")
    before = path.read_bytes()
    with pytest.raises(WorkbenchError, match="ZeroDivisionError"):
        rerun.rerun(path)
    assert path.read_bytes() == before


def test_widgets_warnings_and_times_are_not_stored():
    view = {WIDGET: {"model_id": "1f"}, "text/plain": "A map"}
    cell = new_code_cell("x", metadata={"tags": ["parameters"], "execution": {"a": "1"}})
    cell.outputs = [
        new_output("stream", name="stderr", text="/home/me/x.py: a warning"),
        new_output("stream", name="stdout", text="words"),
        new_output("execute_result", data=view, metadata={"m": 1}, execution_count=1),
    ]
    notebook = new_notebook(cells=[cell], metadata={"widgets": {"state": {}}})
    cleaned = rerun.clean(notebook)
    assert set(cleaned.metadata) == {"kernelspec", "language_info"}
    assert cleaned.cells[0].metadata == {"tags": ["parameters"]}
    kept = json.loads(json.dumps(cleaned.cells[0].outputs))
    assert [output["output_type"] for output in kept] == ["stream", "execute_result"]
    assert kept[1]["data"] == {"text/plain": "A map"}
    nbformat.validate(cleaned)
