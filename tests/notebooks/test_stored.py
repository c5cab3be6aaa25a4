"""What is stored in the notebooks: all outputs, none of them large, and no code of their own."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NAMES = (
    "01_cases",
    "02_themes",
    "03_tone_and_urgency",
    "04_year_on_year",
    "05_primary_and_secondary",
    "06_report",
)
LARGEST = 400_000  # bytes
WIDGET_STATE = "application/vnd.jupyter.widget-state+json"

every_notebook = pytest.mark.parametrize(
    "path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem
)


def read(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(path, as_version=4)


def code_cells(notebook: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]


def plain_python(source: str) -> ast.Module:
    """The cell as Python, its ``%magic`` and ``!shell`` lines left out."""
    lines = source.splitlines()
    return ast.parse("\n".join(line for line in lines if not line.startswith(("%", "!"))))


@pytest.mark.parametrize("name", NAMES)
def test_is_there(name):
    assert (FOLDER / f"{name}.ipynb").is_file()


@every_notebook
def test_is_valid(path):
    nbformat.validate(read(path))


@every_notebook
def test_was_run_from_top_to_bottom(path):
    counts = [cell.execution_count for cell in code_cells(read(path))]
    assert counts == list(range(1, len(counts) + 1))


@every_notebook
def test_outputs_are_stored(path):
    """nbval passes a notebook stripped of its outputs, so they are asked for here.

    A cell that ends in an expression shows something.
    """
    shown = 0
    for cell in code_cells(read(path)):
        body = plain_python(cell.source).body
        ends_in_expression = bool(body) and isinstance(body[-1], ast.Expr)
        silenced = cell.source.rstrip().endswith(";")
        if ends_in_expression and not silenced:
            assert cell.outputs, f"cell {cell.execution_count} shows nothing"
        shown += bool(cell.outputs)
    assert shown > 0


@every_notebook
def test_no_output_is_an_error(path):
    outputs = [output for cell in code_cells(read(path)) for output in cell.outputs]
    assert not [output for output in outputs if output.output_type == "error"]


@every_notebook
def test_cells_define_nothing(path):
    definitions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    for cell in code_cells(read(path)):
        nodes = ast.walk(plain_python(cell.source))
        found = [node for node in nodes if isinstance(node, definitions)]
        assert not found, f"cell {cell.execution_count} defines {found[0].name}"


@every_notebook
def test_no_widget_state(path):
    notebook = read(path)
    assert "widgets" not in notebook.metadata
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    assert not [output for output in outputs if WIDGET_STATE in output.get("data", {})]


@every_notebook
def test_is_small(path):
    assert path.stat().st_size < LARGEST
