"""The sentences that ship: well-formed, enough of each kind, and none of the blind test set."""

from __future__ import annotations

import csv
import re
from collections import Counter
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.tone.heads import Labelled, read_labelled
from workbench.tone.markers import TONES

FEWEST = 150
"""Of sentences that show a tone, and of near misses, in the tone's own file."""
WHOLE = ("enquiries-1", "enquiries-2")
SAME = 0.8
"""Two sentences that share so much of their stretches of three words count as one."""


def folder():
    return files("workbench.tone").joinpath("sentences")


def read_file(name: str) -> list[Labelled]:
    content = folder().joinpath(f"{name}.csv").read_text("utf-8")
    return read_labelled(content, file=f"{name}.csv")


def words_of(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.casefold().replace("’", "'"))


def stretches(text: str) -> frozenset[tuple[str, ...]]:
    """All stretches of three words; of a shorter sentence, the whole of it."""
    words = words_of(text)
    return frozenset(tuple(words[at : at + 3]) for at in range(max(1, len(words) - 2)))


def alike(one: frozenset, other: frozenset) -> float:
    """The share of stretches in common (Jaccard), 0 to 1."""
    return len(one & other) / len(one | other)


def test_there_is_a_file_for_each_tone_and_those_of_whole_enquiries():
    found = {entry.name for entry in folder().iterdir() if entry.name.endswith(".csv")}
    assert found == {f"{name}.csv" for name in (*TONES, *WHOLE)}


@pytest.mark.parametrize("name", [*TONES, *WHOLE])
def test_a_file_is_well_formed(name):
    content = folder().joinpath(f"{name}.csv").read_text("utf-8")
    assert content.startswith("text,tones,target\n")
    assert "\r" not in content
    rows = list(csv.reader(content.splitlines()))
    assert {len(row) for row in rows} == {3}
    for number, (text, tones, _) in enumerate(rows[1:], start=2):
        where = f"{name}.csv, row {number}"
        assert text == text.strip(), where
        assert words_of(text), where
        assert tones.split() == [tone for tone in TONES if tone in tones.split()], where
    assert len(read_file(name)) == len(rows) - 1


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_has_enough_sentences_and_near_misses(tone):
    shown = [tone in one.tones for one in read_file(tone)]
    assert sum(shown) >= FEWEST
    assert len(shown) - sum(shown) >= FEWEST


def test_no_sentence_stands_twice():
    counted = Counter(
        " ".join(one.text.casefold().split())
        for name in (*TONES, *WHOLE)
        for one in read_file(name)
    )
    assert [text for text, times in counted.items() if times > 1] == []


def test_none_of_the_blind_test_set_was_learnt_from(root: Path):
    """Its words are compared and nothing else: what is learnt from it can no longer be tested."""
    with (root / "benchmarks" / "tones" / "enquirers.csv").open(encoding="utf-8") as file:
        blind = [(row["id"], stretches(row["text"])) for row in csv.DictReader(file)]
    assert len(blind) == 600
    holding: dict[tuple[str, ...], list[int]] = {}
    for place, (_, own) in enumerate(blind):
        for stretch in own:
            holding.setdefault(stretch, []).append(place)
    found = []
    for name in (*TONES, *WHOLE):
        for row, one in enumerate(read_file(name), start=2):
            own = stretches(one.text)
            near = {place for stretch in own for place in holding.get(stretch, ())}
            found += [
                f"{name}.csv, row {row}: as {blind[place][0]}"
                for place in sorted(near)
                if alike(own, blind[place][1]) >= SAME
            ]
    assert found == [], "write these sentences anew, then learn and measure anew"


@given(st.lists(st.sampled_from("a page of the school is up again".split()), min_size=1))
def test_a_sentence_is_like_itself_whatever_its_capitals_and_marks(words):
    text = " ".join(words)
    assert alike(stretches(text), stretches(f"{text.upper()}!")) == 1
    assert alike(stretches(text), stretches("nothing of the kind")) == 0


def test_one_word_more_is_nearly_the_same_and_another_half_is_not():
    said = "we have told them of the page three times and they do nothing"
    assert alike(stretches(said), stretches(f"{said} still")) >= SAME
    assert alike(stretches(said), stretches(f"{said[:30]} but all is well now")) < SAME
