"""No stored output repeats what an enquirer wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import nbformat
import pytest

from tests.notebooks.test_stored import FOLDER, code_cells
from workbench.cases.read import read_cases
from workbench.study import Study

RUN = 6  # words in a row: a shorter run may be said by anybody


def runs(text: str) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return zip(*(words[start:] for start in range(RUN)), strict=False)


@pytest.fixture(scope="module")
def written() -> set[tuple[str, ...]]:
    """Every run of words in the demonstration's enquiries and subject lines."""
    cases = read_cases(Study.load(FOLDER.parent / "corpora" / "demo")).cases
    texts = [*cases["text"], *cases["subject"].dropna()]
    return {run for text in texts for run in runs(text)}


def test_a_run_of_an_enquiry_would_be_found(written):
    text = read_cases(Study.load(FOLDER.parent / "corpora" / "demo")).texts[0]
    assert written.intersection(runs(f"Table: {text}"))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.ipynb")), ids=lambda path: path.stem)
def test_outputs_hold_no_case_text(path, written):
    notebook = nbformat.read(path, as_version=4)
    shown = json.dumps([cell.outputs for cell in code_cells(notebook)], ensure_ascii=False)
    assert not written.intersection(runs(shown))
