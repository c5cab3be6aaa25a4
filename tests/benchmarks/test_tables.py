from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from benchmarks import __main__ as runner
from benchmarks.clusterings import speed, stability
from benchmarks.clusterings.draws import Draw
from benchmarks.clusterings.isolation import Outcome
from benchmarks.clusterings.options import read_options
from benchmarks.clusterings.quality import COLUMNS, OWN, TRUE, Judge
from benchmarks.clusterings.sets import LabelledSet
from benchmarks.clusterings.ways import BERTOPIC, OURS, WAYS, Draws
from benchmarks.machine import Table


def small_set() -> LabelledSet:
    truth = np.array(["tea", "rail", "sea"] * 20)
    texts = [f"{name} {name}s and more {name}" for name in truth]
    vectors = np.eye(3, dtype=np.float32)[np.arange(60) % 3]
    return LabelledSet("small", texts, np.where(np.arange(60) < 57, truth, ""), vectors)


def test_a_row_says_how_far_ours_is_ahead_and_why_a_way_did_not_run() -> None:
    judge = Judge(small_set())
    perfect = np.arange(60) % 3
    judge.take((OURS.name, OWN), Outcome(perfect))
    judge.take((BERTOPIC.name, OWN), Outcome(np.where(np.arange(60) < 30, perfect, -1)))
    judge.take((BERTOPIC.name, TRUE), Outcome(problem="out of luck"))
    frame = pd.DataFrame(judge.rows(WAYS), columns=COLUMNS).set_index(["way", "number"])
    ours, peer = frame.loc[(OURS.name, OWN)], frame.loc[(BERTOPIC.name, OWN)]
    assert (ours["ARI"], ours["NMI"], ours["themes"], ours["unplaced"]) == (1, 1, 3, 0)
    assert np.isnan(ours["ours ahead"])
    assert peer["unplaced"] == 0.5
    assert peer["ARI"] < 0.6
    assert peer["ARI filled"] == 1
    assert peer["ours ahead"] == pytest.approx(1 - peer["ARI"])
    assert peer["ahead low"] > 0
    assert frame.loc[(BERTOPIC.name, TRUE), "note"] == "not run: out of luck"


def test_stability_compares_each_copy_on_the_rows_it_keeps() -> None:
    base, vectors = np.arange(40) % 4, np.ones((40, 2))

    def found(draw: Draw, labels: np.ndarray) -> tuple[Draw, Outcome]:
        rows, _ = draw.apply(vectors)
        return draw, Outcome(labels[rows])

    other = np.where(np.arange(40) < 20, base, 0)
    row = stability.compare(
        base,
        [
            found(Draw(), base),
            found(Draw("shuffle", 1), base),
            found(Draw("shuffle", 2), other),
            found(Draw("drop", 1, 0.05), base),
            found(Draw("drop", 1, 0.2), other),
            found(Draw("drop", 2, 0.2), base),
        ],
        vectors,
    )
    assert (row["shuffles"], row["identical"]) == (2, 1)
    assert row["drop 5% ARI"] == 1
    assert row["drop 20% min"] < row["drop 20% ARI"] < 1
    assert np.isnan(row["noise ARI"])


def test_the_plan_holds_every_kind_of_copy() -> None:
    kinds = [(draw.kind, draw.share) for draw in stability.plan(Draws(3, 2, 2))]
    assert kinds.count(("given", 0.0)) == 1
    assert kinds.count(("shuffle", 0.0)) == 3
    assert kinds.count(("noise", 0.0)) == 2
    assert kinds.count(("drop", 0.05)) == kinds.count(("drop", 0.2)) == 2


def test_growth_is_the_exponent() -> None:
    assert speed.growth([1000, 2000, 8000], [3.0, 12.0, 192.0]) == pytest.approx(2)
    assert np.isnan(speed.growth([1000], [3.0]))


def test_ratios_are_to_bertopic_and_memory_above_the_start() -> None:
    def outcome(seconds: float) -> Outcome:
        return Outcome(np.zeros(1), seconds, 100.0, 130.0)

    runs = {
        (size, way): [outcome(seconds), outcome(2 * seconds)]
        for size in (1000, 4000)
        for way, seconds in zip(speed.WAYS, (size / 1000, size / 100, size / 200), strict=True)
    }
    runs[4000, OURS] = [Outcome(problem="dead"), outcome(8.0)]
    frame = speed.table(runs).set_index(["texts", "way"])
    assert frame.loc[(1000, OURS.name), "time ratio"] == pytest.approx(0.1)
    assert frame.loc[(4000, OURS.name), "time ratio"] == pytest.approx(0.2)
    assert frame.loc[(4000, OURS.name), "ratio low"] == pytest.approx(0.1)
    assert frame.loc[(1000, BERTOPIC.name), "growth"] == pytest.approx(1)
    assert frame.loc[(1000, OURS.name), "extra MB"] == 30


def test_tables_are_written_as_they_fill_and_a_part_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: list[list[str]] = []

    def main() -> Iterator[Table]:
        frame = pd.DataFrame({"way": ["a | b"], "ARI": [0.5]})
        yield Table("whole", frame.iloc[:0])
        seen.append(sorted(file.name for file in tmp_path.iterdir()))
        assert "still going on" in (tmp_path / "whole.md").read_text(encoding="utf-8")
        yield Table("whole", frame, {"set": "small"})
        yield Table("part", frame, kept=False)

    monkeypatch.setattr(runner, "RESULTS", tmp_path)
    monkeypatch.setattr(runner, "import_module", lambda name: SimpleNamespace(main=main))
    assert runner.run("any")
    assert seen == [["whole.csv", "whole.md"]]
    assert not (tmp_path / "part.csv").exists()
    written = (tmp_path / "whole.md").read_text(encoding="utf-8")
    assert "| a / b | 0.5 |" in written
    assert "still going on" not in written
    assert "part" in capsys.readouterr().out


def test_the_environment_says_what_to_leave_out(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUICK", "SETS", "WAYS", "PARTS"):
        monkeypatch.delenv(f"WORKBENCH_BENCH_{name}", raising=False)
    assert read_options().whole
    monkeypatch.setenv("WORKBENCH_BENCH_WAYS", "workbench, Topeax")
    options = read_options()
    assert {way.name.split(",")[0] for way in options.ways} == {"workbench", "Topeax"}
    assert not options.whole
    monkeypatch.delenv("WORKBENCH_BENCH_WAYS")
    monkeypatch.setenv("WORKBENCH_BENCH_QUICK", "1")
    assert not read_options().whole
    assert read_options().draws(OURS) == Draws(1, 1, 1)
