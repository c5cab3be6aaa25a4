"""The offline model: the known weights or none, only where a capital is unexplained."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest

from workbench.errors import WorkbenchError
from workbench.privacy import model
from workbench.privacy.recognise import find_identifiers

pytestmark = pytest.mark.skipif(find_spec(model.PACKAGE) is None, reason="the model is absent")


def folder() -> Path:
    spec = find_spec(model.PACKAGE)
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent / f"{model.PACKAGE}-3.8.0"


def test_the_weights_are_the_known_ones() -> None:
    model.check_weights(folder())


@pytest.mark.parametrize("name", ["ner/model", "tokenizer"])
def test_other_weights_are_refused(tmp_path: Path, name: str) -> None:
    for known in model.SHA256:
        (tmp_path / known).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder() / known, tmp_path / known)
    model.check_weights(tmp_path)
    content = bytearray((tmp_path / name).read_bytes())
    content[len(content) // 2] ^= 1
    (tmp_path / name).write_bytes(content)
    with pytest.raises(WorkbenchError, match=f"{name} of the package"):
        model.check_weights(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(WorkbenchError, match="Install version"):
        model.check_weights(tmp_path)


def test_a_missing_package_is_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    model.load_model.cache_clear()
    monkeypatch.setattr(model, "PACKAGE", "no_such_model")
    with pytest.raises(WorkbenchError, match="no-such-model"):
        model.load_model()


def test_names_that_no_list_has() -> None:
    text = "Yesterday the pupils said that Zorbel Quimsby had filmed the whole lesson."
    alone = [one.found_by for one in find_identifiers(text, ways=("lists",))]
    both = find_identifiers(text, ways=("lists", "model"))
    assert "model" not in alone
    assert [(text[one.start : one.end], one.kind) for one in both] == [("Zorbel Quimsby", "PERSON")]


def test_it_is_not_loaded_for_plain_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    read = model.load_model()
    calls: list[int] = []

    def count(texts: Iterable[str], **more: object) -> tuple[str, ...]:
        calls.append(len(list(texts)))
        return ()

    monkeypatch.setattr(read.language, "pipe", count)
    assert find_identifiers("The pupils were told. They went home on Monday.") == []
    assert sum(calls) == 0


@pytest.mark.parametrize(
    "text", ["Pupil Instagram account", "Pupil Twitter account", "Defamatory Instagram account"]
)
def test_words_of_helplines_are_no_names(text: str) -> None:
    """Dictionaries and the model lack them; the lists of what is said of accounts have them."""
    assert find_identifiers(text) == []


def test_a_school_of_shouted_words_is_none_by_their_capitals() -> None:
    """All in capitals, the model takes many words for organisations; so only shapes tell."""
    text = "WE HAD A ZORBEL QUIMBLE ACADEMY YESTERDAY"
    said, accept = "ZORBEL QUIMBLE ACADEMY", model._accepted
    assert accept(said, 9, "ORG", text) is None
    assert accept(said.title(), 9, "ORG", text.title()) is not None
    assert accept(said, 9, "PERSON", text) is not None
