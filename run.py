"""The commands of the workbench, for a machine with nothing but Python 3.11 or newer.

    python run.py report [STUDY]   analyse a study, export its figures, write the report
    python run.py lab              open the notebooks in JupyterLab
    python run.py test             all checks and tests
    python run.py bench [NAME]     the benchmarks, or the one named
    python run.py setup            only make the environment

Each makes the folder .venv first, or brings it up to date, when pyproject.toml, constraints.txt
or Python have changed since. Only the standard library is used here.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "workbench-stamp.txt"
LOG = VENV / "workbench-setup.log"
OLDEST_PYTHON = (3, 11)
DEMO = "corpora/demo/study.toml"

# Models come with the packages: nothing is looked up on the network while the workbench runs.
OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "PYTHONUTF8": "1",
}


class SetupError(Exception):
    """The environment could not be made; the message says what to do."""


# --- the commands ---------------------------------------------------------------------------


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; 1 if the environment could not be made."""
    parser = build_parser()
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command not in ("report", "bench"):
        parser.error(f"unrecognised arguments: {' '.join(rest)}")
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        print(f"This is Python {python_version()}; the workbench needs {wanted} or newer.")
        return 1
    try:
        set_up()
    except SetupError as problem:
        print(f"\n{problem}", file=sys.stderr)
        return 1
    if options.command == "lab":
        return call(venv_python(), "-m", "workbench", "lab")
    if options.command == "bench":
        return call(venv_python(), "-m", "benchmarks", *options.name, *rest)

    browser = ensure_browser()
    if options.command == "report":
        return report(options.study, rest, browser)
    if options.command == "test":
        return run_checks(browser)
    print("Ready. Try: python run.py report")
    return 0


def build_parser() -> argparse.ArgumentParser:
    """The command line: one command, and what it works on."""
    parser = argparse.ArgumentParser(prog="run.py", description="The casework workbench.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    command = commands.add_parser("report", help="analyse a study and write its report")
    command.add_argument("study", nargs="?", help=f"a study.toml (default: {DEMO})")
    commands.add_parser("lab", help="open the notebooks in JupyterLab")
    commands.add_parser("test", help="all checks and tests")
    command = commands.add_parser("bench", help="the benchmarks")
    command.add_argument("name", nargs="*", help="one benchmark (default: all)")
    commands.add_parser("setup", help="make the environment, nothing more")
    return parser


def report(study: str | None, options: Sequence[str], browser: Path | None) -> int:
    """Run ``workbench report``; say at the end what a missing browser left out."""
    code = call(venv_python(), "-m", "workbench", "report", study_path(study), *options)
    if browser is None:
        print(f"\nThe static pictures are missing. {browser_module().how_to_install()}")
    return code


def study_path(study: str | None, *, here: Path | None = None) -> str:
    """The study as seen from the project's folder, where commands run; the demo if none is named.

    ``here`` is the folder the researcher typed the command in, by default the current one.
    """
    if study is None:
        return DEMO
    path = (here or Path.cwd()) / study
    try:
        return path.relative_to(ROOT).as_posix()
    except ValueError:
        return str(path)


class Check(NamedTuple):
    """One of the checks of ``python run.py test``: its name, and what Python is to run."""

    name: str
    arguments: tuple[str, ...]


CHECKS = (
    Check("ruff check", ("-m", "ruff", "check", ".")),
    Check("ruff format", ("-m", "ruff", "format", "--check", ".")),
    Check("mypy", ("-m", "mypy")),
    Check("import-linter", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
    # A file's tests stay together, so that what they share is made once.
    Check("tests", ("-m", "pytest", "-n", "auto", "--maxprocesses=4", "--dist=loadfile", "tests")),
    Check(
        "notebooks",
        ("-m", "pytest", "--nbval", "--nbval-current-env", "notebooks"),
    ),
)


def run_checks(browser: Path | None) -> int:
    """Run every check, even after one failed; print a summary; 0 only if all passed."""
    extra = {}
    if os.environ.get("CI") == "true":
        extra["WORKBENCH_REQUIRE_BROWSER"] = "1"
    elif browser is None:
        print("Tests that need a browser are skipped.")
    lines, failed = [], False
    for check in CHECKS:
        print(f"\n== {check.name}", flush=True)
        start = time.monotonic()
        code = call(venv_python(), *check.arguments, extra=extra)
        verdict = "passed" if code == 0 else f"FAILED (exit code {code})"
        lines.append(f"{check.name:14} {time.monotonic() - start:6.0f} s  {verdict}")
        failed = failed or code != 0
    print("\n== summary", *lines, sep="\n", flush=True)
    return int(failed)


def call(*command: str | Path, extra: Mapping[str, str] | None = None) -> int:
    """Run a program in the project's folder and return its exit code.

    Ctrl-C is the program's to answer: JupyterLab asks before it stops.
    """
    environment = {**os.environ, **OFFLINE, **(extra or {})}
    browser = browser_module().find_browser()
    if browser:
        environment["BROWSER_PATH"] = str(browser)
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment)
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return process.wait()
    finally:
        signal.signal(signal.SIGINT, before)


# --- the environment ------------------------------------------------------------------------


def set_up() -> None:
    """Make .venv, or bring it up to date, unless its stamp says that it is."""
    wanted = stamp(
        pyproject=(ROOT / "pyproject.toml").read_bytes(),
        constraints=(ROOT / "constraints.txt").read_bytes(),
        python=python_version(),
        place=str(ROOT),
    )
    found = STAMP.read_text(encoding="utf-8") if STAMP.exists() else None
    action = next_step(found, wanted, usable=venv_python().exists())
    if action == "nothing":
        return
    if action == "make anew" and Path(sys.prefix) == VENV:
        raise SetupError("Run this with the Python outside .venv: .venv has to be made anew.")

    fresh = found is None or action == "make anew"
    what = "Setting up (about 3 minutes, 3 GB)" if fresh else "Bringing the packages up to date"
    print(f"{what} ...", flush=True)
    start = time.monotonic()
    STAMP.unlink(missing_ok=True)
    make_venv(clear=action == "make anew")
    LOG.write_text("", encoding="utf-8")
    if fresh and sys.platform == "linux" and "WORKBENCH_TORCH_INDEX" not in os.environ:
        print("  (several GB more on some Linux systems: 'Torch on Linux' in CONTRIBUTING.md)")
    for what, arguments in install_steps(os.environ.get("WORKBENCH_TORCH_INDEX")):
        print(f"  {what} ...", flush=True)
        install(what, arguments)
    STAMP.write_text(wanted, encoding="utf-8")
    print(f"Set up in {time.monotonic() - start:.0f} seconds.", flush=True)


def stamp(*, pyproject: bytes, constraints: bytes, python: str, place: str) -> str:
    """What an environment was made from: Python, place and packages, a line each.

    Of pyproject only what decides the packages counts, so that a change to the settings of a
    tool installs nothing.
    """
    import hashlib
    import json
    import tomllib

    settings = tomllib.loads(pyproject.decode("utf-8"))
    deciding = [settings.get("build-system"), settings["project"]]
    text = json.dumps(deciding, sort_keys=True).encode("utf-8") + constraints
    return f"python {python}\nplace {place}\npackages {hashlib.sha256(text).hexdigest()}\n"


def next_step(found: str | None, wanted: str, *, usable: bool) -> str:
    """What to do with .venv: "nothing", "update" it in place or "make anew".

    ``found`` is the stamp it carries (None: set-up never ended), ``usable`` whether its Python
    is there. An environment cannot be moved or given another Python: it is made anew.
    """
    if not usable:
        return "make anew"
    if found is None:
        return "update"
    if found == wanted:
        return "nothing"
    return "update" if found.splitlines()[:2] == wanted.splitlines()[:2] else "make anew"


def install_steps(torch_index: str | None) -> list[tuple[str, list[str]]]:
    """The pip installs in order, each with its name.

    torch comes first and alone, so that ``torch_index`` (WORKBENCH_TORCH_INDEX) can name a place
    that holds the CPU build and little else; what torch needs comes with the rest.
    """
    torch = ["torch", "--no-deps"]
    if torch_index:
        torch += ["--index-url", torch_index]
    return [
        ("torch, the engine of the language model", torch),
        ("the other packages", ["--editable", ".[dev]"]),
    ]


def make_venv(*, clear: bool) -> None:
    """Create .venv with pip in it; ``clear`` empties it first."""
    command = [sys.executable, "-m", "venv", str(VENV)] + (["--clear"] if clear else [])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SetupError(
            f"Python could not make the folder {VENV.name}:\n{tail(done.stdout + done.stderr)}\n"
            "On Debian and Ubuntu, install the package 'python3-venv' and try again."
        )


def install(what: str, arguments: Sequence[str]) -> None:
    """Run pip with the constraints; its output goes to a log, whose end is shown on failure."""
    command = [venv_python(), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    command += ["--constraint", "constraints.txt", *arguments]
    with LOG.open("ab") as log:
        code = subprocess.call(command, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    if code != 0:
        raise SetupError(
            f"Setting up stopped at {what}. The end of pip's log:\n\n"
            f"{tail(LOG.read_text(encoding='utf-8', errors='replace'))}\n\n"
            f"The whole log is in {LOG}. Set-up needs the network and about 3 GB of disk; "
            "it goes on from here when you run the same command again."
        )


def venv_python() -> Path:
    """The Python of .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def python_version() -> str:
    """The Python that runs this, such as ``3.11``; a newer patch release changes nothing."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def tail(text: str, *, lines: int = 15) -> str:
    """The last lines of a program's output."""
    return "\n".join(text.strip().splitlines()[-lines:])


# --- the browser that draws the static pictures ---------------------------------------------


def ensure_browser() -> Path | None:
    """Chrome or Chromium, installed where that is ours to do; None, with a notice, otherwise."""
    find_browser = browser_module().find_browser
    if find_browser() is None and may_install():
        install_chromium()
    browser = find_browser()
    if browser is None:
        print(
            "No Chrome or Chromium was found, so there will be no static pictures. "
            f"{browser_module().how_to_install()}",
            flush=True,
        )
    return browser


def may_install() -> bool:
    """Whether this is Debian or a relative of it and we are root."""
    return (
        sys.platform == "linux"
        and os.geteuid() == 0
        and Path("/etc/debian_version").exists()
        and shutil.which("apt-get") is not None
        and "BROWSER_PATH" not in os.environ
    )


def install_chromium() -> None:
    """Install Debian's chromium with a font to draw with; a failure is told, not fatal."""
    print("Installing Chromium for the static pictures (about a minute) ...", flush=True)
    packages = ["chromium", "fonts-liberation"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        done = subprocess.run(
            ["apt-get", *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            print(f"apt-get {arguments[0]} failed:\n{tail(done.stdout + done.stderr, lines=5)}")


def browser_module() -> ModuleType:
    """workbench/browser.py, loaded by its path since the package is not installed yet."""
    name = "workbench_browser"
    if name not in sys.modules:
        from importlib.util import module_from_spec, spec_from_file_location

        spec = spec_from_file_location(name, ROOT / "workbench" / "browser.py")
        sys.modules[name] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
