"""Jobs in processes of their own, in our environment or a peer's, so that none can harm another.

A peer's environment is made on demand under ``.peers/`` from ``benchmarks/peers/PACKAGE.txt``; its
stamp says from which pins. What cannot be installed, dies or runs out of time comes back as an
outcome with a ``problem``.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.clusterings.draws import AS_GIVEN, Draw
from benchmarks.clusterings.ways import Way
from workbench.files import write_json, write_text

ROOT = Path(__file__).resolve().parents[2]
PINS = ROOT / "benchmarks" / "peers"
PEERS = ROOT / ".peers"
MINUTE = 60
THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "NUMBA_NUM_THREADS",
    "RAYON_NUM_THREADS",
)
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "false"}


@dataclass(frozen=True)
class Task:
    """One clustering: a way, the number asked for (None: its own choice) and the copy."""

    way: Way
    number: int | None = None
    draw: Draw = AS_GIVEN
    seed: int = 1


@dataclass(frozen=True)
class Job:
    """Tasks of one module on one set, for one process.

    ``threads`` None leaves the number to the libraries; ``warm`` runs each way on a few texts
    before its clock starts; ``minutes`` is how long all tasks together may take.
    """

    inputs: Path
    tasks: tuple[Task, ...]
    threads: int | None = 1
    warm: bool = False
    minutes: float = 15
    name: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a task: labels ``(n,)``, seconds and MB, or a problem in a few words."""

    labels: np.ndarray | None = None
    seconds: float = float("nan")
    memory_before: float | None = None
    memory_peak: float | None = None
    problem: str = ""


@dataclass
class Environments:
    """Pythons by peer; a peer that cannot be installed is tried once and its reason kept."""

    problems: dict[str, str] = field(default_factory=dict)

    def prepare(self, peers: Sequence[str]) -> None:
        """Install what is missing, one peer after another."""
        for peer in peers:
            try:
                install(peer)
            except (OSError, subprocess.SubprocessError) as error:
                self.problems[peer] = f"not installed ({_reason(error)})"


def install(peer: str) -> None:
    """Make the environment of ``peer`` unless its stamp matches its pins."""
    pins = PINS / f"{peer}.txt"
    wanted = f"{sys.version_info[:2]} {hashlib.sha256(pins.read_bytes()).hexdigest()}\n"
    home = PEERS / peer
    stamp = home / "stamp.txt"
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    print(f"Installing {peer} into its own environment (up to 2 GB) ...", flush=True)
    write_text(PEERS / ".gitignore", "*\n")
    _call(sys.executable, "-m", "venv", "--clear", home)
    pip = [python_of(peer), "-m", "pip", "install", "--quiet", "--no-input"]
    index = os.environ.get("WORKBENCH_TORCH_INDEX")
    torch = re.search(r"^torch==\S+", pins.read_text(encoding="utf-8"), re.MULTILINE)
    if index and torch:
        _call(*pip, "--no-deps", "--index-url", index, torch[0])
    _call(*pip, "--requirement", pins)
    write_text(stamp, wanted)


def version_of(peer: str) -> str:
    """The version that ``peer`` is pinned to."""
    found = re.search(rf"^{peer}==(\S+)", (PINS / f"{peer}.txt").read_text("utf-8"), re.MULTILINE)
    return found[1] if found else "unknown"


def python_of(peer: str | None) -> Path:
    """The Python that runs a peer, ours for None."""
    if peer is None:
        return Path(sys.executable)
    return PEERS / peer / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def save_inputs(folder: Path, texts: list[str], vectors: np.ndarray) -> Path:
    """Put a set where workers read it: ``texts.json`` and ``vectors.npy``."""
    write_json(folder / "texts.json", texts)
    np.save(folder / "vectors.npy", vectors, allow_pickle=False)
    return folder


def run_all(
    jobs: Sequence[Job], environments: Environments, *, together: int
) -> Iterator[tuple[Job, list[Outcome]]]:
    """Run the jobs, ``together`` at a time, and give each with its outcomes as it ends.

    Peers with an environment of their own come first: they take longest.
    """
    slow_first = sorted(jobs, key=lambda job: job.tasks[0].way.peer is None)
    with ThreadPoolExecutor(together) as pool:
        waiting = {pool.submit(run_job, job, environments): job for job in slow_first}
        for done in as_completed(waiting):
            yield waiting[done], done.result()


def run_job(job: Job, environments: Environments) -> list[Outcome]:
    """One outcome a task. A process that dies is started again behind the task that it died of."""
    peer = job.tasks[0].way.peer
    if peer in environments.problems:
        return [Outcome(problem=environments.problems[peer])] * len(job.tasks)
    count = len(job.tasks)
    with TemporaryDirectory() as folder:
        out = Path(folder)
        write_json(out / "job.json", _describe(job, out))
        end = time.monotonic() + job.minutes * MINUTE
        while missing := _missing(out, count):
            problem = _work(job, out, end - time.monotonic())
            timed_out = time.monotonic() >= end
            # A process that died did so in the first task without a result.
            failed = _missing(out, count) if timed_out else _missing(out, count)[:1]
            for number in failed:
                write_json(out / f"{number}.json", {"problem": problem or "gave no result"})
            assert len(_missing(out, count)) < len(missing)
        return [_read(out / str(number)) for number in range(count)]


def _describe(job: Job, out: Path) -> dict[str, object]:
    """The job as its worker reads it."""
    tasks = [
        {
            "module": task.way.module,
            "function": task.way.function,
            "number": task.number,
            "seed": task.seed,
            "draw": asdict(task.draw),
        }
        for task in job.tasks
    ]
    return {"inputs": str(job.inputs), "out": str(out), "warm": job.warm, "tasks": tasks}


def _missing(out: Path, count: int) -> list[int]:
    return [number for number in range(count) if not (out / f"{number}.json").exists()]


def _work(job: Job, out: Path, seconds: float) -> str:
    """Run the worker; "" or, in a few words, how it ended badly."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environment = {**os.environ, **OFFLINE, "PYTHONPATH": path}
    if job.threads is not None:
        environment |= dict.fromkeys(THREADS, str(job.threads))
    peer = job.tasks[0].way.peer
    command = [python_of(peer), "-m", "benchmarks.clusterings.worker", out / "job.json"]
    with (out / "log.txt").open("wb") as log:
        try:
            code = subprocess.run(
                command,
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=log,
                timeout=max(seconds, 1),
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return f"stopped after {job.minutes:g} minutes"
        except OSError as error:
            return f"its process did not start ({error.strerror})"
    if code == 0:
        return ""
    last = (out / "log.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return f"its process ended with code {code} ({last[-1][:100] if last else 'no message'})"


def _read(stem: Path) -> Outcome:
    report = json.loads(stem.with_suffix(".json").read_text(encoding="utf-8"))
    if "problem" in report:
        return Outcome(problem=report["problem"])
    with np.load(stem.with_suffix(".npz"), allow_pickle=False) as archive:
        return Outcome(labels=archive["labels"], **report)


def _call(*command: str | Path) -> None:
    subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)


def _reason(error: Exception) -> str:
    said = getattr(error, "stderr", None) or str(error)
    return (said.strip().splitlines() or [type(error).__name__])[-1][:120]
