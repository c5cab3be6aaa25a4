"""The shipped heads are written where they are read, the same each time."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from workbench.errors import WorkbenchError
from workbench.tone import aim, train
from workbench.tone.heads import hash_heads, learn_heads, read_heads, shipped_sentences
from workbench.tone.markers import TONES

TEST = """text,tones,target
They ignore every report. Nothing has been done.,frustration,platform
You never answer my messages and it is ridiculous.,frustration bluntness,helpline
Thank you.,gratitude,
"""


@pytest.fixture
def target(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every tenth of the shipped sentences, with invented vectors, and a file of one's own."""
    few = shipped_sentences()[::10]
    monkeypatch.setattr(train, "shipped_sentences", lambda: few)
    monkeypatch.setattr("workbench.text.vectors.embed", invented_vectors)
    monkeypatch.setattr(train, "TARGET", tmp_path / "heads.npz")
    monkeypatch.setattr(train, "CARD", tmp_path / "aim.json")
    (tmp_path / "test.csv").write_text(TEST, encoding="utf-8")
    return train.TARGET


def invented_vectors(texts: list[str]) -> np.ndarray:
    rows = np.array([[len(text), text.count("e"), 1.0] for text in texts])
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def test_heads_are_written_where_the_package_reads_them() -> None:
    assert str(train.TARGET) == str(files("workbench.tone").joinpath("heads.npz"))


def test_what_is_written_are_the_heads_of_the_sentences(target: Path) -> None:
    train.main([str(target.with_name("test.csv"))])
    found, expected = read_heads(target), learn_heads(train.shipped_sentences())
    for tone in TONES:
        assert found.heads[tone].cut == expected.heads[tone].cut
        assert found.heads[tone].curve == expected.heads[tone].curve
    assert found.views.words.terms == expected.views.words.terms


def test_twice_gives_the_same_bytes_and_a_file_that_all_may_read(target: Path) -> None:
    train.main([str(target.with_name("test.csv"))])
    first = target.read_bytes()
    target.unlink()
    train.main([str(target.with_name("test.csv"))])
    assert target.read_bytes() == first
    assert target.stat().st_mode & 0o044 == 0o044


def test_the_card_is_of_these_heads_and_counts_only_sentences_with_a_target(target: Path) -> None:
    train.main([str(target.with_name("test.csv"))])
    card = json.loads(train.CARD.read_text("utf-8"))
    assert card["heads"] == hash_heads(target)
    assert card["n"] == 2
    assert card["marked"] <= 2
    assert card["marked_right"] <= min(card["right"], card["marked"])


def test_sentences_to_measure_on_must_be_named(target: Path) -> None:
    with pytest.raises(WorkbenchError, match="Name one file"):
        train.main([])
    assert not target.exists()


def test_the_card_that_ships_is_of_the_heads_that_ship(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = aim.shipped_aim()
    assert measured is not None
    assert 0 < measured.marked_right <= measured.marked < measured.n
    assert measured.right <= measured.n
    monkeypatch.setattr(aim, "hash_heads", lambda path: "of other heads")
    assert aim.shipped_aim() is None
