"""The lenses' patterns against sentences of our own, and against the codebook they follow."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pandas as pd
import pytest

from tests.lenses.sentences import sentences_of
from workbench.lenses.lens import LENSES, load_lens, read_through

FEWEST_SHOWN = 12
FEWEST_NEAR = 8


def shown(name: str) -> pd.DataFrame:
    """The sentences of a lens: element, text, shows, and whether the lens finds it so."""
    said = pd.DataFrame(sentences_of(name))
    found = read_through(said["text"], load_lens(name))
    hits = set(zip(found["text_id"], found["element"], strict=True))
    return said.assign(found=[(row, element) in hits for row, element in said["element"].items()])


@pytest.mark.parametrize("name", LENSES)
def test_each_element_has_enough_sentences(name: str) -> None:
    counts = pd.DataFrame(sentences_of(name)).groupby("element")["shows"].agg(["sum", "size"])
    assert set(counts.index) == {element.id for element in load_lens(name).elements}
    assert (counts["sum"] >= FEWEST_SHOWN).all()
    assert (counts["size"] - counts["sum"] >= FEWEST_NEAR).all()


@pytest.mark.parametrize("name", LENSES)
def test_no_sentence_is_missed_or_found_wrongly(name: str) -> None:
    table = shown(name)
    wrong = table[table["shows"] != table["found"]]
    assert list(wrong["text"]) == []


def test_bullying_follows_the_codebook(root: Path) -> None:
    content = (root / "corpora/demo/codebooks/bullying.toml").read_text("utf-8")
    codes = [(code["code"], code["name"]) for code in tomllib.loads(content)["codes"]]
    assert codes == list(load_lens("bullying").names.items())


def test_most_examples_of_the_codebook_are_found(root: Path) -> None:
    # Written by others, before the patterns, and meant to be hard; below this something broke.
    codes = tomllib.loads((root / "corpora/demo/codebooks/bullying.toml").read_text("utf-8"))
    examples = pd.DataFrame(
        [(code["code"], line) for code in codes["codes"] for line in code["examples"]],
        columns=["code", "text"],
    )
    found = read_through(examples["text"], load_lens("bullying"))
    hits = set(zip(found["text_id"], found["element"], strict=True))
    right = sum((row, code) in hits for row, code in examples["code"].items())
    assert right >= 0.75 * len(examples)


@pytest.mark.parametrize(
    "calm",
    [
        "Thank you for the lovely training day.",
        "We had a cyber attack on the server.",
        "You killed it with that assembly.",
        "No child is at risk and nobody is in danger.",
        "Do you have a lesson about knife crime, grooming and suicide?",
    ],
)
def test_calm_words_read_as_no_risk(calm: str) -> None:
    assert read_through([calm], load_lens("risk")).empty
