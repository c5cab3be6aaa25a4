"""One report of a study of payloads, built where nothing can be reached, for all tests here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from benchmarks.safe.trap import Trap, open_trap

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """A child's folder, how it ended, and what it tried to reach: a line a try."""

    folder: Path
    code: int
    said: str
    tried: tuple[str, ...]

    @property
    def out(self) -> Path:
        """Where it wrote its report."""
        return self.folder / "out"

    @property
    def cache(self) -> Path:
        """Where it kept what it may use again."""
        return self.folder / "cache"


@cache
def no_network() -> tuple[str, ...]:
    """The command that runs another without a network, where this system has one."""
    command = ("unshare", "-rn")
    if shutil.which(command[0]) is None:
        return ()
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else ()


def run_offline(what: str, folder: Path) -> Run:
    """Run a part of ``tests.safety.child``: connections are refused, and with them the network."""
    log = folder / "tried.txt"
    path = [str(ROOT / "tests" / "safety" / "offline"), str(ROOT)]
    own = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    done = subprocess.run(
        [*no_network(), sys.executable, "-m", "tests.safety.child", what, str(folder)],
        env={
            **own,
            "PYTHONPATH": os.pathsep.join(path),
            "WORKBENCH_CACHE": str(folder / "cache"),
            "WORKBENCH_OFFLINE_LOG": str(log),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    tried = log.read_text("utf-8").splitlines() if log.exists() else []
    return Run(folder, done.returncode, done.stdout + done.stderr, tuple(tried))


@pytest.fixture(scope="session")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The report of the poisoned study, with its cache."""
    run = run_offline("report", tmp_path_factory.mktemp("poisoned"))
    assert run.code == 0, run.said[-3000:]
    return run


@pytest.fixture(scope="module")  # left open, it would keep other files from their browsers
def trap() -> Iterator[Trap]:
    """An open browser that records what pages try."""
    with open_trap() as opened:
        yield opened
