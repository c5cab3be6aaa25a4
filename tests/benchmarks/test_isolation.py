from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from benchmarks.clusterings import isolation
from benchmarks.clusterings.draws import Draw
from benchmarks.clusterings.isolation import Environments, Job, Task, run_all, run_job, save_inputs
from benchmarks.clusterings.ways import Way

FAKES = """
import os, time
import numpy as np

def places(texts, vectors, *, number, seed):
    return np.array([int(text) for text in texts])

def fail(texts, vectors, *, number, seed):
    raise RuntimeError("no such luck")

def die(texts, vectors, *, number, seed):
    os._exit(3)

def sleep(texts, vectors, *, number, seed):
    time.sleep(60)
"""


@pytest.fixture
def inputs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    modules = tmp_path / "modules"
    modules.mkdir()
    (modules / "fake_ways.py").write_text(FAKES, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(modules))
    folder = tmp_path / "inputs"
    return save_inputs(folder, [str(n) for n in range(6)], np.eye(6, dtype=np.float32))


def way(function: str) -> Way:
    return Way(function, "fake_ways", function)


def test_a_way_that_fails_or_dies_leaves_the_others(inputs: Path) -> None:
    functions = ("places", "fail", "die", "places")
    tasks = tuple(Task(way(function)) for function in functions)
    first, failed, died, last = run_job(Job(inputs, tasks), Environments())
    for outcome in (first, last):
        assert outcome.labels is not None
        assert outcome.labels.tolist() == list(range(6))
        assert outcome.seconds >= 0
    assert failed.problem == "RuntimeError: no such luck"
    assert "code 3" in died.problem
    assert died.labels is None


def test_a_job_out_of_time_says_so_for_each_task_left(inputs: Path) -> None:
    tasks = (Task(way("sleep")), Task(way("places")))
    outcomes = run_job(Job(inputs, tasks, minutes=1 / 60), Environments())
    assert ["stopped after" in outcome.problem for outcome in outcomes] == [True, True]


def test_workers_apply_the_draw_of_each_task(inputs: Path) -> None:
    draw = Draw("shuffle", 5)
    jobs = [Job(inputs, (Task(way("places"), draw=draw),))]
    ((_, (outcome,)),) = run_all(jobs, Environments(), together=1)
    assert outcome.labels is not None
    assert outcome.labels.tolist() == draw.apply(np.eye(6))[0].tolist()


def test_a_peer_that_cannot_be_installed_is_a_problem_not_an_end(
    inputs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*command: object) -> None:
        raise subprocess.CalledProcessError(1, "pip", stderr="one\nno matching distribution\n")

    monkeypatch.setattr(isolation, "PEERS", tmp_path / "peers")
    monkeypatch.setattr(isolation, "_call", refuse)
    environments = Environments()
    environments.prepare(["evoc"])
    evoc = Way("EVoC", "benchmarks.peers.evoc", peer="evoc")
    (outcome,) = run_job(Job(inputs, (Task(evoc),)), environments)
    assert outcome.problem == "not installed (no matching distribution)"
    assert (tmp_path / "peers" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_an_environment_is_made_once_and_again_when_its_pins_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(isolation, "PEERS", tmp_path / "peers")
    monkeypatch.setattr(isolation, "PINS", tmp_path)
    monkeypatch.setattr(isolation, "_call", lambda *command: calls.append(command))
    (tmp_path / "one.txt").write_text("tree==1\n", encoding="utf-8")
    isolation.install("one")
    made = len(calls)
    assert made == 2
    isolation.install("one")
    assert len(calls) == made
    (tmp_path / "one.txt").write_text("tree==2\n", encoding="utf-8")
    isolation.install("one")
    assert len(calls) == 2 * made
