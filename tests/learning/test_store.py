from __future__ import annotations

import io
import stat
import sys

import numpy as np
import pytest

from tests.learning.rows import make_rows
from workbench.errors import WorkbenchError
from workbench.learning import (
    fit_classes,
    fit_columns,
    fit_head,
    fit_scale,
    fit_words,
    read_parts,
    save_parts,
)

ROWS = make_rows(60)
TEXTS = ["Could you help?", "could you look?", "stop it"]


@pytest.fixture(scope="module")
def parts():
    names = np.where(ROWS.labels == 1, "yes", "no")
    return {
        "head": fit_head(ROWS.blocks, ROWS.labels),
        "scale": fit_scale(ROWS.blocks, ROWS.values),
        "classes": fit_classes(ROWS.blocks, names, names=("no", "yes")),
        "words": fit_words(TEXTS),
        "columns": fit_columns(ROWS.blocks["dense"]),
    }


def test_what_was_written_is_read_to_the_last_bit(parts, tmp_path):
    read = read_parts(save_parts(tmp_path / "heads.npz", parts))
    assert list(read) == list(parts)
    for name, ask in {
        "head": lambda head: head.contributions(ROWS.blocks),
        "scale": lambda scale: scale.values(ROWS.blocks),
        "classes": lambda classes: classes.chances(ROWS.blocks),
        "words": lambda words: words.table(TEXTS).toarray(),
        "columns": lambda columns: columns.table(ROWS.blocks["dense"]),
    }.items():
        assert (ask(read[name]) == ask(parts[name])).all(), name
    assert (read["head"].cut, read["head"].band) == (parts["head"].cut, parts["head"].band)
    assert read["classes"].name(ROWS.blocks) == parts["classes"].name(ROWS.blocks)


def test_chances_of_single_labelled_rows_are_not_kept(parts, tmp_path):
    read = read_parts(save_parts(tmp_path / "heads.npz", parts))
    assert len(parts["head"].held_out) == 60
    assert [len(read[name].held_out) for name in ("head", "scale", "classes")] == [0, 0, 0]


def test_the_same_parts_make_the_same_file(parts, tmp_path):
    one, other = (save_parts(tmp_path / name, parts).read_bytes() for name in ("a.npz", "b.npz"))
    assert one == other


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such modes")
def test_the_file_is_its_owners_alone_unless_told(parts, tmp_path):
    def mode(**options):
        file = save_parts(tmp_path / "heads.npz", {"columns": parts["columns"]}, **options)
        return stat.S_IMODE(file.stat().st_mode)

    assert mode() == 0o600
    assert mode(private=False) == 0o644


def test_a_file_that_is_missing_torn_or_other_is_refused(parts, tmp_path):
    whole = save_parts(tmp_path / "heads.npz", parts).read_bytes()
    other = io.BytesIO()
    np.savez(other, numbers=np.ones(3))
    for name, content in {
        "torn": whole[:-200],
        "text": b"heads",
        "other": other.getvalue(),
    }.items():
        (tmp_path / name).write_bytes(content)
        with pytest.raises(WorkbenchError, match=name):
            read_parts(tmp_path / name)
    with pytest.raises(WorkbenchError, match="absent"):
        read_parts(tmp_path / "absent.npz")
