import os
import stat
import sys

import numpy as np
import pytest

from workbench.cache import cache_folder, forget_unused, load_arrays, save_arrays


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
