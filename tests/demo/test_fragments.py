"""Fragments: how a line is read, and that the hand-written files keep to the format."""

from __future__ import annotations

import re

import pytest

from workbench.demo import plan
from workbench.demo.dice import Dice
from workbench.demo.fragments import FOLDER, Deck, choose_words, parse_fragment, read_bank
from workbench.demo.scene import _DRAW, IDENTIFIERS
from workbench.errors import WorkbenchError

BANKS = sorted(path.stem for path in FOLDER.glob("*.txt"))
TAGS = {
    "staff", "public", "other", "primary", "secondary", "video", "TikTok", "Instagram", "Snapchat",
    "Facebook", "Twitter", "YouTube", "WhatsApp", "Discord",
}  # fmt: skip


def test_parse_fragment() -> None:
    fragment = parse_fragment("<staff, primary> A pupil at {school} saw [it|them].")
    assert fragment.text == "A pupil at {school} saw [it|them]."
    assert fragment.tags == {"staff", "primary"}
    assert fragment.fields == {"school"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[really |]bad", {"really bad", "bad"}),
        (
            "It is [|still ]up [now|].",
            {"It is up now.", "It is up.", "It is still up now.", "It is still up."},
        ),
    ],
)
def test_choose_words(text: str, wanted: set[str]) -> None:
    assert {choose_words(text, Dice(seed)) for seed in range(60)} == wanted


def test_missing_bank_is_named() -> None:
    with pytest.raises(WorkbenchError, match=r"nosuch\.txt"):
        read_bank("nosuch")


@pytest.mark.parametrize("name", BANKS)
def test_files_keep_to_the_format(name: str) -> None:
    for slot, fragments in read_bank(name).items():
        for fragment in fragments:
            where = f"{name}, {slot}: {fragment.text[:40]}"
            assert fragment.tags <= TAGS, where
            assert fragment.fields <= set(_DRAW), where
            assert not re.search(r"[\[\]]|^<\w", re.sub(r"\[[^\[\]]*\]", "", fragment.text)), where
            assert not re.search(r"[{}]", re.sub(r"\{\w+\}", "", fragment.text)), where


@pytest.mark.parametrize("subject", sorted(plan.year_table("2022-23")["subjects"]))
def test_every_subject_has_its_bank(subject: str) -> None:
    slots = read_bank(subject)
    assert {"what", "detail", "ask", "phone", "short", "followup"} <= set(slots)
    assert subject in read_bank("subjects")


def test_identifying_fields_can_be_drawn() -> None:
    assert set(IDENTIFIERS) <= set(_DRAW)


def test_deck_spreads_its_use() -> None:
    deck, counts = Deck(), dict.fromkeys((f.text for f in read_bank("glue")["links"]), 0)
    for number in range(len(counts) * 10):
        drawn = deck.draw("glue", "links", Dice(number), fits=lambda _: True, taken=set())
        assert drawn is not None
        counts[drawn.text] += 1
    assert min(counts.values()) >= 8


def test_deck_gives_none_rather_than_repeat() -> None:
    deck, taken = Deck(), set(read_bank("glue")["links"])
    assert deck.draw("glue", "links", Dice(1), fits=lambda _: True, taken=taken) is None
