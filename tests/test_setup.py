"""run.py, and the three files that say which packages the workbench stands on."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

import run

ROOT = Path(__file__).resolve().parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CONSTRAINTS = (ROOT / "constraints.txt").read_text(encoding="utf-8")
UNPINNED = {"pip", "setuptools", "wheel"}  # the installers, which come with Python's own venv


def pins() -> dict[str, Version]:
    lines = [line for line in CONSTRAINTS.splitlines() if line and not line.startswith("#")]
    pairs = [line.split("==") for line in lines]
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def wanted() -> list[Requirement]:
    """What pyproject.toml asks for, the development extra too."""
    project = PYPROJECT["project"]
    texts = project["dependencies"] + project["optional-dependencies"]["dev"]
    return [Requirement(text) for text in texts]


def needed(requirements: list[Requirement]) -> set[str]:
    """All packages that ``requirements`` bring on this system, by way of others too."""
    found: set[str] = set()
    waiting = list(requirements)
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        found.add(name)
        for text in metadata.requires(name) or []:
            further = Requirement(text)
            applies = further.marker is None or any(
                further.marker.evaluate({"extra": extra}) for extra in {"", *requirement.extras}
            )
            if applies and canonicalize_name(further.name) not in found:
                waiting.append(further)
    return found


# --- the three files ------------------------------------------------------------------------


def test_each_constraint_is_one_plain_pin():
    for line in CONSTRAINTS.splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[0-9][0-9a-z.]*", line)


def test_no_constraint_brings_a_graphics_card_build():
    assert not [name for name in pins() if re.search("nvidia|cuda|triton|cupy", name)]
    assert "+" not in CONSTRAINTS


def test_every_dependency_is_pinned_within_its_bounds():
    pinned = pins()
    for requirement in wanted():
        version = pinned[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version), requirement


def test_what_the_dependencies_bring_is_pinned_too():
    assert needed(wanted()) - set(pins()) - UNPINNED == set()


def test_the_packages_in_use_are_the_pinned_ones():
    pinned = pins()
    differing = {
        name: metadata.version(name)
        for name in needed(wanted()) - UNPINNED
        if Version(metadata.version(name)).public != str(pinned[name])
    }
    assert differing == {}


def test_environment_yml_asks_for_the_same():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    *packages, from_pip = environment["dependencies"]
    assert packages == ["python=3.11", "pip"]
    assert from_pip == {"pip": ["-c constraints.txt", "-e .[dev]"]}
    oldest = ".".join(map(str, run.OLDEST_PYTHON))
    assert environment["name"] == PYPROJECT["project"]["name"]
    assert PYPROJECT["project"]["requires-python"] == f">={oldest}"
    assert packages[0] == f"python={oldest}"


def test_run_and_ci_name_the_same_files():
    _, rest = run.install_steps(None)
    assert rest[1] == ["--editable", ".[dev]"]
    ci = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "run.py test" in ci
    assert "set -euo pipefail" in ci


# --- run.py ---------------------------------------------------------------------------------


def test_run_needs_only_the_standard_library():
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    modules = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            modules |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            modules.add(node.module.split(".")[0])
    assert modules <= set(sys.stdlib_module_names)


@pytest.mark.parametrize("command", ["report", "test", "lab", "bench", "setup"])
def test_every_command_is_in_the_help(command):
    done = subprocess.run(
        [sys.executable, "-I", "-S", "run.py", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert re.search(rf"^ +{command} ", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("arguments", [[], ["tset"], ["test", "--frobnicate"]])
def test_a_wrong_command_is_refused_before_anything_is_made(arguments, monkeypatch):
    monkeypatch.setattr(run, "set_up", lambda: pytest.fail("set-up began"))
    with pytest.raises(SystemExit) as refusal:
        run.main(arguments)
    assert refusal.value.code == 2


@pytest.fixture
def calls(monkeypatch):
    """What main() runs, with set-up and the browser taken as done."""
    made = []

    def record(*command, extra=None):
        made.append(([str(part) for part in command[1:]], dict(extra or {})))
        return 0

    monkeypatch.setattr(run, "set_up", lambda: None)
    monkeypatch.setattr(run, "ensure_browser", lambda: Path("chromium"))
    monkeypatch.setattr(run, "call", record)
    monkeypatch.delenv("CI", raising=False)
    return made


def test_report_takes_the_demo_by_default(calls):
    assert run.main(["report"]) == 0
    assert calls == [(["-m", "workbench", "report", "corpora/demo/study.toml"], {})]


def test_report_takes_a_study_and_passes_options_on(calls):
    study = str(ROOT / "corpora" / "mine" / "study.toml")
    run.main(["report", study, "--quiet"])
    assert calls[0][0] == ["-m", "workbench", "report", "corpora/mine/study.toml", "--quiet"]


def test_report_says_what_a_missing_browser_left_out(calls, monkeypatch, capsys):
    monkeypatch.setattr(run, "ensure_browser", lambda: None)
    assert run.main(["report"]) == 0
    assert "static pictures are missing" in capsys.readouterr().out


def test_lab_and_bench(calls):
    run.main(["lab"])
    run.main(["bench", "themes"])
    run.main(["bench"])
    assert [arguments for arguments, _ in calls] == [
        ["-m", "workbench", "lab"],
        ["-m", "benchmarks", "themes"],
        ["-m", "benchmarks"],
    ]


def test_test_runs_every_check(calls):
    assert run.main(["test"]) == 0
    assert [arguments for arguments, _ in calls] == [list(check.arguments) for check in run.CHECKS]


@pytest.mark.parametrize("failing", range(len(run.CHECKS)))
def test_one_failed_check_fails_the_run_but_stops_none(monkeypatch, capsys, failing):
    codes = iter([int(number == failing) for number in range(len(run.CHECKS))])
    monkeypatch.setattr(run, "call", lambda *_, **__: next(codes))
    assert run.run_checks(Path("chromium")) == 1
    assert next(codes, "all were run") == "all were run"
    assert capsys.readouterr().out.count("FAILED") == 1


def test_on_ci_the_browser_is_required(calls, monkeypatch):
    monkeypatch.setenv("CI", "true")
    run.main(["test"])
    assert {extra.get("WORKBENCH_REQUIRE_BROWSER") for _, extra in calls} == {"1"}


def test_a_failed_set_up_is_one_message_and_exit_code_1(monkeypatch, capsys):
    def fail():
        raise run.SetupError("No room on the disk.")

    monkeypatch.setattr(run, "set_up", fail)
    assert run.main(["report"]) == 1
    assert capsys.readouterr().err.strip() == "No room on the disk."


def test_programs_run_offline_and_their_exit_code_comes_back():
    code = "import os, sys; sys.exit(7 if os.environ['HF_HUB_OFFLINE'] == '1' else 0)"
    assert run.call(sys.executable, "-c", code) == 7


def test_a_study_elsewhere_keeps_its_full_path(tmp_path):
    assert run.study_path("a/study.toml", here=ROOT / "corpora") == "corpora/a/study.toml"
    assert run.study_path("study.toml", here=tmp_path) == str(tmp_path / "study.toml")
    assert run.study_path(None) == "corpora/demo/study.toml"


# --- the stamp ------------------------------------------------------------------------------

TOML = b'[project]\nname = "x"\ndependencies = ["pandas"]\n'
MADE_FROM = {"pyproject": TOML, "constraints": b"pandas==3", "python": "3.11", "place": "/a"}


def test_nothing_to_do_while_the_stamp_matches():
    stamp = run.stamp(**MADE_FROM)
    assert run.next_step(stamp, run.stamp(**MADE_FROM), usable=True) == "nothing"


@pytest.mark.parametrize(
    ("change", "step"),
    [
        ({"constraints": b"pandas==4"}, "update"),
        ({"pyproject": TOML.replace(b"pandas", b"numpy")}, "update"),
        ({"pyproject": TOML + b"[tool.ruff]\nline-length = 100\n"}, "nothing"),
        ({"python": "3.12"}, "make anew"),
        ({"place": "/b"}, "make anew"),
    ],
)
def test_what_a_change_asks_for(change, step):
    before, after = run.stamp(**MADE_FROM), run.stamp(**{**MADE_FROM, **change})
    assert run.next_step(before, after, usable=True) == step


def test_an_environment_without_python_is_made_anew():
    stamp = run.stamp(**MADE_FROM)
    assert run.next_step(stamp, stamp, usable=False) == "make anew"


@given(text=st.text())
def test_a_missing_or_damaged_stamp_never_counts_as_done(text):
    wanted = run.stamp(**MADE_FROM)
    assert run.next_step(None, wanted, usable=True) == "update"
    if text != wanted:
        assert run.next_step(text, wanted, usable=True) in ("update", "make anew")


def test_torch_comes_first_and_from_where_the_variable_says():
    (_, plain), _ = run.install_steps(None)
    (_, from_index), _ = run.install_steps("the-cpu-index")
    assert plain == ["torch", "--no-deps"]
    assert from_index == ["torch", "--no-deps", "--index-url", "the-cpu-index"]


def test_a_failed_install_shows_the_end_of_the_log(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "LOG", tmp_path / "setup.log")
    monkeypatch.setattr(run, "venv_python", lambda: Path(sys.executable))
    with pytest.raises(run.SetupError, match="stopped at a package") as problem:
        run.install("a package", ["--no-index", "no-such-package-anywhere"])
    assert "no-such-package-anywhere" in str(problem.value)
    assert "run the same command again" in str(problem.value)
