"""``workbench lint``: exit code 1 where statements contradict each other, and only there."""

from __future__ import annotations

from pathlib import Path

from tests.test_cli import run

HEAD = "report,table,title,label,count,percent_as_printed,note\n"
PERIOD = "2022-23,period,Cases,year,10,,\n"


def test_published_reports_contradict_themselves(root: Path) -> None:
    done = run("lint", root / "corpora" / "published")
    assert done.returncode == 1
    assert "one share two ways" in done.stdout
    assert "Sextortion" in done.stdout
    assert "Findings: 2 contradictions, 7 unexplained, 7 cautions, 1 not checked." in done.stdout


def test_sound_figures_and_a_sentence(tmp_path: Path) -> None:
    rows = "2022-23,T1,Phase,Primary,4,40,\n2022-23,T1,Phase,Secondary,6,60,\n"
    (tmp_path / "figures.csv").write_text(HEAD + PERIOD + rows)
    (tmp_path / "draft.md").write_text("Primary has 45% of all cases.\n")
    done = run("lint", tmp_path)
    assert (done.returncode, "No findings." in done.stdout) == (0, True)
    done = run("lint", tmp_path, "--prose", tmp_path / "draft.md")
    assert (done.returncode, "table against sentence" in done.stdout) == (1, True)
    done = run("lint", tmp_path, "--prose", tmp_path / "draft.md", "--period", "2023-24")
    assert (done.returncode, "1 not checked" in done.stdout) == (0, True)


def test_a_fault_in_a_file_is_one_paragraph(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text(HEAD + "2022-23,T1,Phase,Primary,four,,\n")
    done = run("lint", tmp_path)
    assert done.returncode == 2
    assert "figures.csv, row 2, column 'count'" in done.stderr.replace("\n", "")
    assert "Traceback" not in done.stderr
