"""Bad inputs of every class are read right, and the judge sees it when they are not."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from benchmarks.bad_inputs import FAMILIES
from benchmarks.bad_inputs.judging import Kept, Outcome, Score, judge, ours
from benchmarks.bad_inputs.making import CLASSES, Input

# Made of hundreds of megabytes; the benchmark reads them too.
LARGE = {"gzip bomb", "zip bomb: many large parts"}


def make(name: str, seed: int) -> Input:
    return CLASSES[name][1](Random(f"test {name} {seed}"))


def test_there_are_classes_enough() -> None:
    assert len(CLASSES) >= 40
    assert len({module.__name__ for module in FAMILIES}) == len(FAMILIES)


@pytest.mark.parametrize("name", sorted(CLASSES.keys() - LARGE))
def test_nothing_goes_wrong(tmp_path: Path, name: str) -> None:
    made = make(name, 0)
    outcome = ours(made, tmp_path)
    assert judge(made, outcome) == Score(), outcome.crash


@pytest.mark.parametrize("name", ["leading noughts", "tabs", "identifiers as numbers"])
def test_the_judge_sees_what_is_wrong(tmp_path: Path, name: str) -> None:
    made = make(name, 0)
    right = ours(made, tmp_path)
    row = made.records[0].row
    kept = right.kept[row]

    def score(**what: object) -> Score:
        return judge(made, replace(right, **what))  # type: ignore[arg-type]

    others = {number: each for number, each in right.kept.items() if number != row}
    assert score(kept=others) == Score(rows_lost=1)
    assert score(kept=others, aside=right.aside | {row}) == Score(needless=1)
    assert score(refused=True).needless == len(made.records)
    assert score(crash="KeyError") == Score(tracebacks=1)
    assert score(miscounted=1) == Score(rows_lost=1)
    assert kept.date is not None
    later = {row: replace(kept, date=kept.date + timedelta(days=1))}
    assert score(kept=right.kept | later) == Score(wrong_dates=1)
    shorter = {row: replace(kept, text=kept.text[:-3])}
    assert score(kept=right.kept | shorter) == Score(characters_lost=3)


def test_the_judge_sees_what_was_let_in(tmp_path: Path) -> None:
    made = make("years of two digits", 0)
    bad = next(record for record in made.records if record.fate == "aside")
    right = ours(made, tmp_path)
    taken = Kept(bad.case_id, None, bad.text)
    score = judge(made, replace(right, kept=right.kept | {bad.row: taken}))
    assert score == Score(let_in=1)
    assert judge(make("a workbook cut off", 0), Outcome({})) == Score(let_in=1)


@pytest.mark.parametrize("name", ["broken UTF-8 in single rows", "years of two digits", "tabs"])
def test_inputs_are_the_same_every_time(name: str) -> None:
    assert make(name, 3) == make(name, 3)
    assert asdict(make(name, 3)) != asdict(make(name, 4))
