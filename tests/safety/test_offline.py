"""A report, and a notebook's kernel, open no connection: none is tried where none is possible."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from tests.safety.conftest import Run, no_network, run_offline

CELLS = (
    "from workbench import Study, charts, embed, explain, find_themes, read_cases, redact, "
    "score_tone\nfrom workbench.explore.show import begin, overview\nbegin()",
    "study = Study.load('study'); log = redact(read_cases(study), study); overview(log)",
    "charts.shares",
    "import numpy as np\nvectors = embed(list(log.cases['text'])); np.linalg.norm(vectors[0])",
)
"""What notebooks do first, in small: the kernel is one of its own, guarded like the rest."""


def test_the_guard_refuses_and_writes_down(tmp_path: Path):
    run = run_offline("reach", tmp_path)
    assert run.code == 0, run.said
    assert (tmp_path / "refused").read_text("utf-8") == "101"
    assert any("192.0.2.1" in line for line in run.tried)


def test_a_report_tries_no_connection(poisoned: Run):
    assert poisoned.tried == ()
    assert (poisoned.out / "report.docx").is_file()
    assert (poisoned.out / "report.html").is_file()


def test_there_is_no_network_where_this_is_tried():
    """Where the system can, connections are not only refused by us: there is nothing to reach."""
    if not no_network():
        pytest.skip("'unshare' is not here or not allowed; connections are refused in Python alone")
    assert no_network() == ("unshare", "-rn")


def test_a_notebook_tries_no_connection(tmp_path: Path):
    from tests.small import HEADING, ROWS, STUDY

    (tmp_path / "study").mkdir()
    (tmp_path / "study" / "study.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "study" / "cases.csv").write_text("\n".join([HEADING, *ROWS]), encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(cell) for cell in CELLS]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "a.ipynb")
    run = run_offline("notebook", tmp_path)
    assert run.code == 0, run.said[-2000:]
    assert run.tried == ()
    shown = nbformat.read(tmp_path / "a.ipynb", as_version=4).cells
    assert all(cell.execution_count for cell in shown)
    assert "0.99" in shown[-1].outputs[0].data["text/plain"] or "1.0" in str(shown[-1].outputs)
