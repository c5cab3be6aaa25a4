"""The one writer of files: whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pandas as pd
import pytest

from workbench import files
from workbench.errors import ExportError


def test_a_failure_leaves_the_old_file_and_no_litter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = files.write_text(tmp_path / "a.txt", "old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ExportError, match="No space left"):
        files.write_text(target, "new and longer")
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_folders_are_made_and_private_files_are_private(tmp_path: Path) -> None:
    path = files.write_bytes(tmp_path / "a" / "b.bin", b"\x00\r\n", private=True)
    assert path.read_bytes() == b"\x00\r\n"
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_csv_survives_a_lone_carriage_return(tmp_path: Path) -> None:
    frame = pd.DataFrame({"text": ["one\rtwo", 'say "so"', ""], "n": [1, 2, 3]})
    path = files.write_csv(tmp_path / "a.csv", frame)
    with path.open(newline="", encoding="utf-8") as file:
        back = pd.read_csv(file, dtype=str, keep_default_na=False, lineterminator="\n")
    assert back["text"].tolist() == frame["text"].tolist()


def left_behind(folder: Path, *, seconds: float) -> Path:
    """What a write that was killed so long ago has left."""
    path = folder / f".a.txt.abc123{files.PART}"
    path.write_text("half")
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))
    return path


def test_what_a_killed_write_left_goes_with_a_later_one(tmp_path: Path) -> None:
    old = left_behind(tmp_path, seconds=files.ABANDONED_AFTER + 60)
    other = tmp_path / f"mine{files.PART}"
    other.write_text("not ours")
    os.utime(other, (1, 1))
    files.write_text(tmp_path / "b.txt", "new")
    assert not old.exists()
    assert other.exists()


def test_what_may_still_be_written_stays(tmp_path: Path) -> None:
    young = left_behind(tmp_path, seconds=60)
    files.write_text(tmp_path / "b.txt", "new")
    assert young.exists()


def test_what_is_being_written_is_hidden_and_open_to_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []

    def look(_: int) -> None:
        [path] = tmp_path.iterdir()
        seen.append((path.name, stat.S_IMODE(path.stat().st_mode)))

    monkeypatch.setattr(os, "fsync", look)
    files.write_text(tmp_path / "a.txt", "secret")
    [(name, mode)] = seen
    assert name.startswith(".a.txt.")
    assert name.endswith(files.PART)
    if os.name == "posix":
        assert mode == 0o600


def test_a_name_as_long_as_a_folder_takes_can_be_written(tmp_path: Path) -> None:
    path = files.write_text(tmp_path / ("n" * 251 + ".txt"), "x")
    assert path.read_text() == "x"


def test_of_two_writers_at_once_one_wins_whole(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    target, size = tmp_path / "a.bin", 100_000
    files.write_bytes(target, b"0" * size)
    with ThreadPoolExecutor(4) as pool:
        writes = [
            pool.submit(files.write_bytes, target, str(turn % 4).encode() * size)
            for turn in range(80)
        ]
        while not all(write.done() for write in writes):
            content = target.read_bytes()
            assert content == content[:1] * size
    assert [write.result() for write in writes] == [target] * 80
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]


@pytest.mark.parametrize("name", ["folder", "file/below"])
def test_a_target_that_cannot_be_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExportError, match="cannot be written"):
        files.write_text(tmp_path / name, "x")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["file", "folder"]
