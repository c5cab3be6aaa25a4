"""The shipped heads are written where they are read, the same each time."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from workbench.tone import train
from workbench.tone.heads import learn_heads, read_heads, shipped_sentences
from workbench.tone.markers import TONES


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every tenth of the shipped sentences, with invented vectors, and a file of one's own."""
    few = shipped_sentences()[::10]
    monkeypatch.setattr(train, "shipped_sentences", lambda: few)
    monkeypatch.setattr("workbench.text.vectors.embed", invented_vectors)
    monkeypatch.setattr(train, "TARGET", tmp_path / "heads.npz")
    return train.TARGET


def invented_vectors(texts: list[str]) -> np.ndarray:
    rows = np.array([[len(text), text.count("e"), 1.0] for text in texts])
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_heads_are_written_where_the_package_reads_them() -> None:
    assert str(train.TARGET) == str(files("workbench.tone").joinpath("heads.npz"))


def test_what_is_written_are_the_heads_of_the_sentences(target: Path) -> None:
    train.main()
    found, expected = read_heads(target), learn_heads(train.shipped_sentences())
    for tone in TONES:
        assert found.heads[tone].cut == expected.heads[tone].cut
        assert found.heads[tone].curve == expected.heads[tone].curve
    assert found.views.words.terms == expected.views.words.terms


def test_twice_gives_the_same_bytes_and_a_file_that_all_may_read(target: Path) -> None:
    train.main()
    first = target.read_bytes()
    target.unlink()
    train.main()
    assert target.read_bytes() == first
    assert target.stat().st_mode & 0o044 == 0o044
