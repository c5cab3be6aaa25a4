"""Each kind of file that the workbench writes, in two versions, and how each is read back."""

from __future__ import annotations

import csv
import json
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LARGE = 300_000  # bytes: long enough to be caught in the middle
ROWS = 2_000


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    ``write`` writes version 0 or 1 into a folder; ``read`` tells the version that is there and
    raises where it is neither, whole.
    """

    write: Callable[[Path, int], object]
    read: Callable[[Path], int]


def _write_bytes(folder: Path, version: int) -> None:
    from workbench.files import write_bytes

    write_bytes(folder / "a.bin", bytes([version]) * LARGE)


def _read_bytes(folder: Path) -> int:
    content = (folder / "a.bin").read_bytes()
    assert content == content[:1] * LARGE
    return content[0]


def _write_csv(folder: Path, version: int) -> None:
    import pandas as pd

    from workbench.files import write_csv

    write_csv(folder / "a.csv", pd.DataFrame({"text": [f"version {version}"] * ROWS}))


def _read_csv(folder: Path) -> int:
    with (folder / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == ROWS + 1
    assert len({*map(tuple, rows[1:])}) == 1
    return int(rows[1][0][-1])


def _write_json(folder: Path, version: int) -> None:
    from workbench.files import write_json

    write_json(folder / "a.json", {"versions": [version] * ROWS})


def _read_json(folder: Path) -> int:
    versions = json.loads((folder / "a.json").read_text("utf-8"))["versions"]
    assert versions == versions[:1] * ROWS
    return int(versions[0])


def _write_figure(folder: Path, version: int) -> None:
    import pandas as pd
    from plotly.graph_objects import Figure

    from workbench.charts.drawing import Drawing
    from workbench.charts.save import save_drawings

    frame = pd.DataFrame({"n": [version] * 50})
    figure = Figure({"data": [{"y": [version] * 50}]})
    drawing = Drawing("a", figure, frame, title=f"Version {version}", alt="A line")
    save_drawings([drawing], folder, browser=False)


def _read_figure(folder: Path) -> int:
    page = (folder / "a.html").read_text("utf-8")
    assert page.rstrip().endswith("</html>")
    with (folder / "a.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 51
    return int("Version 1" in page)


def _write_docx(folder: Path, version: int) -> None:
    from workbench.report.render import render_docx

    render_docx(f"# Version {version}\n", folder / "a.docx", private=True)


def _read_docx(folder: Path) -> int:
    with zipfile.ZipFile(folder / "a.docx") as document:
        assert document.testzip() is None
        return int(b"Version 1" in document.read("word/document.xml"))


def _write_workbook(folder: Path, version: int) -> None:
    import pandas as pd

    from workbench.files import write_bytes
    from workbench.report.workbook import make_workbook

    frame = pd.DataFrame({"version": [version] * 200})
    write_bytes(folder / "a.xlsx", make_workbook({"table": frame}, title="Tables"))


def _read_workbook(folder: Path) -> int:
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(str(folder / "a.xlsx")).get_sheet_by_index(1).to_python()
    versions = [row[0] for row in rows[2:]]
    assert versions == versions[:1] * 200
    return int(versions[0])


def _write_cache(folder: Path, version: int) -> None:
    import numpy as np

    from workbench import cache

    cache._choose_folder = lambda: folder
    cache.save_arrays("a/b", {"values": np.full(LARGE // 8, version, dtype=np.int64)})


def _read_cache(folder: Path) -> int:
    from workbench import cache

    cache._choose_folder = lambda: folder
    kept = cache.load_arrays("a/b")
    assert kept is not None
    assert len(set(kept["values"].tolist())) == 1
    return int(kept["values"][0])


def _write_decisions(folder: Path, version: int) -> None:
    from workbench.themes.decisions import write_decisions
    from workbench.themes.edits import Note

    note = Note(theme=version, text="seen", who="AB", why="", when="2024-01-01")
    write_decisions(folder / "decisions.toml", [note] * 300)


def _read_decisions(folder: Path) -> int:
    from workbench.themes.decisions import read_decisions

    edits = read_decisions(folder / "decisions.toml")
    assert edits == edits[:1] * 300
    return int(edits[0].theme)  # type: ignore[attr-defined]


def _write_plainly(folder: Path, version: int) -> None:
    (folder / "a.bin").write_bytes(bytes([version]) * LARGE)


def _write_plain_csv(folder: Path, version: int) -> None:
    import pandas as pd

    pd.DataFrame({"text": [f"version {version}"] * ROWS}).to_csv(folder / "a.csv", index=False)


KINDS = {
    "bytes": Kind(_write_bytes, _read_bytes),
    "CSV": Kind(_write_csv, _read_csv),
    "JSON": Kind(_write_json, _read_json),
    "figure": Kind(_write_figure, _read_figure),
    "docx": Kind(_write_docx, _read_docx),
    "xlsx": Kind(_write_workbook, _read_workbook),
    "cache entry": Kind(_write_cache, _read_cache),
    "decisions": Kind(_write_decisions, _read_decisions),
}
CONTRAST = {
    "contrast: Path.write_bytes": Kind(_write_plainly, _read_bytes),
    "contrast: to_csv": Kind(_write_plain_csv, _read_csv),
}
