"""A run removes what an earlier run alone had written, and nothing else."""

from __future__ import annotations

from pathlib import Path

from workbench.files import write_json, write_text
from workbench.report.manifest import MANIFEST, keep_only


def test_stale_files_go_and_a_persons_own_stay(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    old = [write_text(folder / name, "x") for name in ("a.csv", "tables/b.csv")]
    own = write_text(folder / "my notes.md", "x")
    keep_only(folder, old)
    keep_only(folder, [old[0]])
    assert old[0].exists()
    assert not old[1].exists()
    assert own.exists()


def test_a_manifest_cannot_reach_outside_and_a_broken_one_does_no_harm(tmp_path: Path) -> None:
    folder, outside = tmp_path / "out", write_text(tmp_path / "outside.txt", "x")
    write_json(folder / MANIFEST, {"files": ["../outside.txt", 7]})
    keep_only(folder, [])
    assert outside.exists()
    write_text(folder / MANIFEST, "{")
    kept = write_text(folder / "a.csv", "x")
    keep_only(folder, [kept])
    assert kept.exists()
