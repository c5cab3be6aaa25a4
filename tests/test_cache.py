import os
import stat
import sys
from pathlib import Path

import numpy as np
import pytest

from workbench.cache import cache_folder, forget_unused, load_arrays, save_arrays
from workbench.files import PART


@pytest.fixture(autouse=True)
def _own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "kept"))


def test_what_is_kept_comes_back():
    arrays = {"names": np.array(["a", "bc"]), "values": np.eye(2, dtype=np.float32)}
    save_arrays("some/entry", arrays)
    found = load_arrays("some/entry")
    assert found is not None
    assert set(found) == {"names", "values"}
    assert found["names"].tolist() == ["a", "bc"]
    assert (found["values"] == np.eye(2)).all()


def test_what_was_never_kept_is_none():
    assert load_arrays("absent") is None


@pytest.mark.parametrize(
    "damage", [lambda b: b[:-7], lambda b: b[:90] + b"?" + b[91:], lambda _: b""]
)
def test_a_damaged_entry_is_none(damage):
    file = save_arrays("entry", {"values": np.arange(50)})
    file.write_bytes(damage(file.read_bytes()))
    assert load_arrays("entry") is None


def test_objects_are_refused():
    with pytest.raises(TypeError):
        save_arrays("entry", {"values": np.array([{}], dtype=object)})


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_owner_can_read():
    file = save_arrays("entry", {"values": np.arange(3)})
    assert stat.S_IMODE(cache_folder().stat().st_mode) == 0o700
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_environment_chooses_the_folder(tmp_path):
    assert cache_folder() == tmp_path / "kept"
    assert cache_folder().is_dir()


def test_what_nobody_uses_is_forgotten():
    old, used = (save_arrays(name, {"values": np.arange(3)}) for name in ("a/old", "a/used"))
    for file in (old, used):
        os.utime(file, (1, 1))
    assert load_arrays("a/used") is not None
    assert forget_unused() == 1
    assert not old.exists()
    assert load_arrays("a/used") is not None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_folder_that_can_only_be_read_is_read(monkeypatch):
    save_arrays("entry", {"values": np.arange(3)})

    def refuse(*_, **__):
        raise PermissionError(1, "Operation not permitted")

    for name in ("utime", "chmod"):
        monkeypatch.setattr(os, name, refuse)
    found = load_arrays("entry")
    assert found is not None
    assert found["values"].tolist() == [0, 1, 2]


def test_nothing_is_made_by_looking():
    assert load_arrays("a/b") is None
    assert not Path(os.environ["WORKBENCH_CACHE"]).exists()


def test_what_killed_writes_left_is_forgotten_too():
    kept = save_arrays("a/b", {"values": np.arange(3)})
    left = kept.parent / f".b.cache.xyz{PART}"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    assert forget_unused() == 0
    assert [path.name for path in kept.parent.iterdir()] == ["b.cache"]


def test_every_bit_counts():
    file = save_arrays("entry", {"values": np.arange(4)})
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << place % 8
        file.write_bytes(damaged)
        assert load_arrays("entry") is None
