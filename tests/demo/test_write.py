"""Writing the corpus anew gives the same bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from workbench import demo


def test_regenerates_byte_for_byte(tmp_path: Path, demo_folder: Path) -> None:
    """In another process with another hash seed, so that no set or hash order can matter."""
    code = "import sys; from workbench import demo; demo.write(sys.argv[1])"
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "4711"},
        cwd=demo_folder.parents[1],
    )
    written = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(written) >= 16
    assert {path.name for path in (tmp_path / "codebooks").iterdir()} == {
        path.name for path in (demo_folder / "codebooks").iterdir()
    }
    for path in written:
        name = path.relative_to(tmp_path)
        assert path.read_bytes() == (demo_folder / name).read_bytes(), f"{name} differs"


def test_seed_is_fixed() -> None:
    assert demo.SEED == 20260901
