"""Pseudonyms of a whole study: keyed, alike in every case, and the key kept apart."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.small import STUDY
from workbench.errors import ExportError, WorkbenchError
from workbench.privacy.identifier import Identifier
from workbench.privacy.keyed import KeyedPseudonyms, read_key, write_map
from workbench.privacy.patterns import PLACEHOLDER
from workbench.study import Study

HILL = Identifier(0, 4, "PERSON", "jane hill")
posix = pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX")


def make(folder: Path, key: str = "redaction.key") -> Study:
    redaction = f'\n[redaction]\npseudonyms = "study"\nkey = "{key}"\n'
    (folder / "study.toml").write_text(STUDY + redaction, encoding="utf-8")
    return Study.load(folder)


def test_one_key_one_pseudonym() -> None:
    one, other = KeyedPseudonyms(b"a" * 32), KeyedPseudonyms(b"b" * 32)
    assert one.of(HILL) == KeyedPseudonyms(b"a" * 32).of(HILL) != other.of(HILL)
    assert PLACEHOLDER.fullmatch(one.of(HILL))
    assert one.of(Identifier(0, 4, "SCHOOL", "jane hill"))[-13:] != one.of(HILL)[-13:]


def test_two_of_the_same_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.privacy.keyed.DIGITS", 1)
    given = KeyedPseudonyms(b"a" * 32)
    people = (Identifier(0, 1, "PERSON", str(number)) for number in range(11))
    with pytest.raises(WorkbenchError, match="same pseudonym"):
        list(map(given.of, people))


@posix
def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    study = make(tmp_path)
    key = read_key(study)
    assert len(key) == 32
    assert (tmp_path / "redaction.key").stat().st_mode & 0o777 == 0o600
    assert read_key(study) == key


@posix
def test_a_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    study = make(tmp_path)
    read_key(study)
    (tmp_path / "redaction.key").chmod(0o644)
    with pytest.raises(WorkbenchError, match="others may read"):
        read_key(study)


@posix
def test_what_is_no_key_is_refused_and_left(tmp_path: Path) -> None:
    study = make(tmp_path)
    (tmp_path / "redaction.key").write_text("secret")
    (tmp_path / "redaction.key").chmod(0o600)
    with pytest.raises(WorkbenchError, match="64 hexadecimal") as caught:
        read_key(study)
    assert "secret" not in str(caught.value)
    assert (tmp_path / "redaction.key").read_text() == "secret"


@pytest.mark.parametrize("folder", ["figures", "Figures/sub", "out/figures"])
def test_nothing_lies_among_figures(tmp_path: Path, folder: str) -> None:
    with pytest.raises(ExportError, match="figures"):
        read_key(make(tmp_path, f"{folder}/redaction.key"))
    with pytest.raises(ExportError, match="figures"):
        write_map([("[PERSON 1]", "Jane")], tmp_path / folder / "map.csv")
    assert not (tmp_path / folder).exists()


@posix
def test_a_map_is_for_its_owner_alone(tmp_path: Path) -> None:
    path = write_map([("[B 2]", 'x "y"'), ("[A 1]", "z"), ("[A 1]", "z")], tmp_path / "map.csv")
    assert path.read_text() == '"pseudonym","original"\n"[A 1]","z"\n"[B 2]","x ""y"""\n'
    assert path.stat().st_mode & 0o777 == 0o600
