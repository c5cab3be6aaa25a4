"""The command: one clear paragraph and exit code 2 for what the researcher can mend."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.small import HEADING, ROWS, STUDY


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "workbench", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


def test_a_study_that_is_not_there(tmp_path: Path) -> None:
    done = run("report", tmp_path / "nowhere.toml")
    assert done.returncode == 2
    assert "nowhere.toml does not exist" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_a_wrong_key_and_a_wrong_column(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("\n".join([HEADING, *ROWS]))
    (tmp_path / "study.toml").write_text("titel = 'x'\n" + STUDY)
    done = run("report", tmp_path)
    assert (done.returncode, "Did you mean 'title'" in done.stderr) == (2, True)
    (tmp_path / "study.toml").write_text(STUDY.replace('text = "Enquiry"', 'text = "Enquiries"'))
    done = run("report", tmp_path, "--quiet")
    assert (done.returncode, "no column 'Enquiries'" in done.stderr) == (2, True)


def test_inspect_prints_a_study(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("\n".join([HEADING, *ROWS]))
    done = run("inspect", tmp_path / "cases.csv")
    assert done.returncode == 0
    assert 'case_id = "Case"' in done.stdout
    assert "Somebody filmed" not in done.stdout


def test_labels_are_drawn_and_asked_for(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("\n".join([HEADING, *ROWS]))
    (tmp_path / "study.toml").write_text(STUDY)
    labels = tmp_path / "labels"
    done = run("label", "draw", tmp_path, "--tones", "worry", "--texts", "2", "--coders", "AB")
    assert (done.returncode, "There is no tone 'worry'" in done.stderr) == (2, True)
    ask = ("--tones", "concern, urgency", "--sentences", "2", "--coders", "AB, CD", "--out", labels)
    done = run("label", "draw", tmp_path, *ask)
    assert (done.returncode, done.stdout.count("label-")) == (0, 2)
    assert f"workbench label read {tmp_path} {labels}" in done.stdout
    assert (labels / "label-CD.xlsx").is_file()
    done = run("label", "read", tmp_path, labels)
    assert (done.returncode, "None of the sheets" in done.stderr) == (2, True)
    assert "Traceback" not in done.stderr


def test_themes_that_are_kept_are_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("\n".join([HEADING, *ROWS]))
    (tmp_path / "study.toml").write_text(STUDY)
    (tmp_path / "themes-kept.npz").write_bytes(b"kept")
    done = run("keep-themes", tmp_path)
    assert (done.returncode, "say --anew" in " ".join(done.stderr.split())) == (2, True)
    assert (tmp_path / "themes-kept.npz").read_bytes() == b"kept"


def test_the_package_is_quick_to_import() -> None:
    heavy = "pandas torch bertopic plotly sklearn scipy statsmodels sentence_transformers"
    code = f"import sys, workbench; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_public_name_is_there() -> None:
    import workbench

    for name in workbench.__all__:
        assert getattr(workbench, name) is not None


def test_a_concern_sheet_needs_a_study_that_reads_for_risk_and_a_known_case(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("\n".join([HEADING, *ROWS]))
    (tmp_path / "study.toml").write_text(STUDY)
    case = ROWS[0].split(",")[0]
    done = run("concern", tmp_path, case)
    assert (done.returncode, 'lenses = ["risk"]' in done.stderr) == (2, True)
    (tmp_path / "study.toml").write_text('lenses = ["risk"]\n' + STUDY)
    done = run("concern", tmp_path, f"{case}x")
    assert (done.returncode, f"There is no case '{case}x'" in done.stderr) == (2, True)
    out = tmp_path / "sheet.docx"
    assert run("concern", tmp_path, case, "--out", out).returncode == 0
    assert out.read_bytes().startswith(b"PK")
