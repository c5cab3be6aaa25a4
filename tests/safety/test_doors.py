"""One door for each hazard, found in the code itself: writers of files, and no pickle anywhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.safety.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = sorted((ROOT / "workbench").rglob("*.py"))
CODE = [*PACKAGE, *sorted((ROOT / "benchmarks").rglob("*.py")), ROOT / "run.py"]

WRITER = "workbench/files.py"
TO_TEMPORARY = {
    # pandoc's helpers: styles and templates, never a word of a case, in a folder that is deleted.
    "workbench/report/render.py": {"write_bytes", "write_text"},
    # BERTopic writes its own files into a temporary folder; they are then written through the door.
    "workbench/themes/bertopic.py": {"save"},
}
_OF_PATHS = {"write_text", "write_bytes", "touch", "symlink_to", "hardlink_to"}
_OF_SYSTEM = {"rename", "replace", "copy", "copy2", "copyfile", "copytree", "move", "mkstemp"}
_OF_FRAMES = {
    "to_csv",
    "to_parquet",
    "to_feather",
    "to_excel",
    "to_json",
    "to_pickle",
    "to_hdf",
    "to_stata",
    "to_sql",
}
_OF_OTHERS = {"dump", "savez", "savez_compressed", "savetxt", "tofile", "write_image", "write_html"}
_PICKLES = {"pickle", "cPickle", "dill", "joblib", "shelve", "marshal", "cloudpickle"}


def calls(path: Path) -> Iterator[tuple[ast.Call, str, str]]:
    """Every call in a file, with the name that is called and what it is called on."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield node, function.attr, ast.unparse(function.value)
            elif isinstance(function, ast.Name):
                yield node, function.id, ""


def opens_to_write(node: ast.Call, on: str) -> bool:
    """Whether a call of ``open`` may write, by the mode that it gives."""
    place = 1 if on in ("", "io") else 0
    given = [
        *node.args[place : place + 1],
        *(word.value for word in node.keywords if word.arg == "mode"),
    ]
    modes = [str(one.value) for one in given if isinstance(one, ast.Constant)]
    return any(re.fullmatch("[rbtwax+]+", mode) and set("wax+") & set(mode) for mode in modes)


def writes(path: Path) -> Iterator[str]:
    """The calls in a file that put something on the disk past the one writer."""
    allowed = TO_TEMPORARY.get(path.relative_to(ROOT).as_posix(), set())
    for node, name, on in calls(path):
        past = (
            (name == "open" and on != "os" and opens_to_write(node, on)),
            (name in _OF_PATHS and on not in ("", "files")),
            (name in _OF_SYSTEM and on in ("os", "shutil", "tempfile")),
            (name in _OF_FRAMES | _OF_OTHERS and bool(node.args) and not _in_memory(node.args[0])),
            (name == "save" and on != "" and bool(node.args)),
        )
        if name not in allowed and any(past):
            yield f"{path.name}:{node.lineno} {name}"


def _in_memory(target: ast.expr) -> bool:
    """Whether something is written to a buffer, by its name."""
    return isinstance(target, ast.Name) and target.id in ("buffer", "file")


@pytest.mark.parametrize(
    "line",
    [
        'open("a", "w")',
        'path.open("wb")',
        'path.open(mode="a")',
        'path.write_text("x")',
        "frame.to_csv(path)",
        "np.savez(path, a=1)",
        "json.dump(value, handle)",
        "figure.write_image(path)",
        "model.save(path)",
        "os.replace(path, other)",
    ],
)
def test_a_writer_past_the_door_is_found(line, tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    file = tmp_path / "a.py"
    file.write_text(line)
    assert len(list(writes(file))) == 1


@pytest.mark.parametrize(
    "line", ['open("a")', 'path.open("rb")', "frame.to_csv(index=False)", 'text.replace("a", "b")']
)
def test_reading_is_no_writing(line, tmp_path, monkeypatch):
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    file = tmp_path / "a.py"
    file.write_text(line)
    assert not list(writes(file))


def test_files_are_written_by_the_one_writer():
    own = [path for path in PACKAGE if path != ROOT / WRITER]
    assert len(own) > 150
    assert [where for path in own for where in writes(path)] == []
    assert list(writes(ROOT / WRITER))


def pickles(path: Path) -> Iterator[str]:
    """Where a file of code could make or read a pickle."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        if {name.split(".")[0] for name in names} & _PICKLES:
            yield f"{path.name}:{node.lineno} import"
    safe = {("load", "np"): ("allow_pickle", "False"), ("load", "torch"): ("weights_only", "True")}
    for node, name, on in calls(path):
        options = {str(word.arg): ast.unparse(word.value) for word in node.keywords}
        needed, value = safe.get((name, on), ("allow_pickle", "False"))
        wrong = options.get(needed, value if (name, on) not in safe else "") != value
        if wrong or name in ("read_pickle", "to_pickle"):
            yield f"{path.name}:{node.lineno} {name}"


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import pickle", 1),
        ("from joblib import dump", 1),
        ("np.load(path)", 1),
        ("np.load(path, allow_pickle=True)", 1),
        ("np.savez(path, allow_pickle=True)", 1),
        ("torch.load(path)", 1),
        ("pd.read_pickle(path)", 1),
        ("np.load(path, allow_pickle=False)", 0),
        ("tomllib.load(file)", 0),
    ],
)
def test_what_could_unpickle_is_found(line, found, tmp_path):
    file = tmp_path / "a.py"
    file.write_text(line)
    assert len(list(pickles(file))) == found


def test_nothing_is_pickled():
    assert len(CODE) > 200
    assert [where for path in CODE for where in pickles(path)] == []


def pickled(content: bytes) -> bool:
    """Whether a file is a pickle, or an archive that holds one, by its first and last bytes."""
    starts = content[:2] in {bytes((0x80, version)) for version in range(2, 6)}
    inside = b"data.pkl" in content or any(
        content[at : at + 2] in {bytes((0x80, version)) for version in range(2, 6)}
        for at in _members(content)
    )
    return (starts and content.endswith(b".")) or inside


def _members(content: bytes) -> Iterator[int]:
    """Where the arrays of a NumPy archive say that their objects are pickled."""
    at = content.find(b"'descr': '|O'")
    while at >= 0:
        yield content.find(b"\n", at) + 1
        at = content.find(b"'descr': '|O'", at + 1)


def test_a_pickle_is_told(tmp_path):
    import io

    import numpy as np
    import torch

    buffer = io.BytesIO()
    np.savez(buffer, a=np.array([{}], dtype=object))
    assert pickled(buffer.getvalue())
    buffer = io.BytesIO()
    torch.save({"a": 1}, buffer)
    assert pickled(buffer.getvalue())
    assert not pickled(b"plain")


def test_a_run_leaves_no_pickle(poisoned: Run):
    left = [path for path in poisoned.folder.rglob("*") if path.is_file()]
    assert len(left) > 100
    assert [path.name for path in left if pickled(path.read_bytes())] == []
    assert [path.name for path in left if path.suffix in (".pkl", ".pickle", ".joblib")] == []


def test_what_ships_is_no_pickle():
    shipped = [path for path in (ROOT / "workbench").rglob("*.npz") if path.is_file()]
    assert shipped
    assert [path.name for path in shipped if pickled(path.read_bytes())] == []
