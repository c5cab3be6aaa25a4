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
