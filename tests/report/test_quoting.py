"""Quotes: what the search for identifiers found is kept, by text and by the study's terms."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.charts.frames import make_study
from workbench.cache import cache_folder
from workbench.report import quoting
from workbench.report.quoting import _kinds_once, choose
from workbench.study import Study

SAID = ("Then Kelly Whitlock filmed it.", "Nobody has answered us.", "We rang 07700 900123.")


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Study:
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    plain = make_study()
    rule = plain.redaction.model_copy(update={"names": ("lists",)})
    return plain.model_copy(update={"redaction": rule})


def count_searches(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    calls: list[str] = []
    own = quoting.kinds_in
    monkeypatch.setattr(quoting, "kinds_in", lambda text, **k: calls.append(text) or own(text, **k))
    return calls


def test_the_same_quotes_are_searched_once(study, monkeypatch):
    calls = count_searches(monkeypatch)
    first = _kinds_once([*SAID, SAID[0]], study)
    assert first == {SAID[0]: ("person",), SAID[1]: (), SAID[2]: ("phone",)}
    assert _kinds_once(list(reversed(SAID)), study) == first
    assert sorted(calls) == sorted(SAID)


def test_other_quotes_terms_or_ways_are_searched_anew(study, monkeypatch):
    calls = count_searches(monkeypatch)
    _kinds_once(SAID, study)
    _kinds_once(SAID[:2], study)
    kept = study.redaction.model_copy(update={"keep": ("Kelly Whitlock",)})
    spared = _kinds_once(SAID, study.model_copy(update={"redaction": kept}))
    assert spared[SAID[0]] == ()
    bare = study.redaction.model_copy(update={"names": ()})
    _kinds_once(SAID, study.model_copy(update={"redaction": bare}))
    assert len(calls) == 3 + 2 + 3 + 3


def test_a_torn_entry_clears_nothing(study, monkeypatch):
    calls = count_searches(monkeypatch)
    _kinds_once(SAID, study)
    (entry,) = (cache_folder() / "quotes").glob("*")
    entry.write_bytes(entry.read_bytes()[:-5])
    assert _kinds_once(SAID, study)[SAID[0]] == ("person",)
    assert len(calls) == 6


def test_no_quote_is_kept(study):
    _kinds_once(SAID, study)
    (entry,) = (cache_folder() / "quotes").glob("*")
    assert b"phone" in entry.read_bytes()
    for word in (b"Kelly", b"Nobody", b"07700"):
        assert word not in entry.read_bytes()


def offered(*rows: tuple[str, str, str, bool]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["key", "case_id", "text", "approved"])
    return frame.assign(why="because")


def test_no_sentence_and_no_case_is_quoted_twice_in_the_report():
    twice = "Nobody at the platform has answered any of us."
    chosen = choose(
        offered(
            ("theme/1", "A", twice, True),
            ("theme/1", "B", "We rang [PERSON 1] about the page on Monday.", True),
            ("tone/concern", "C", twice, True),
            ("tone/concern", "D", "We rang [PERSON 7] about the page on Monday.", True),
            ("tone/concern", "A", "Something else altogether is told here.", True),
            ("tone/concern", "E", "I worry for the younger children most of all.", True),
        )
    )
    assert [quote.case_id for quote in chosen["theme/1"].items] == ["A", "B"]
    assert [quote.case_id for quote in chosen["tone/concern"].items] == ["E"]


def test_places_that_no_quote_fills_say_why():
    chosen = choose(
        offered(
            ("tone/concern", "A", "Held words.", False),
            ("tone/concern", "B", "I worry for the younger children.", True),
            ("tone/concern", "C", "Other held words.", False),
        )
    )
    assert [(quote.case_id, quote.approved) for quote in chosen["tone/concern"].items] == [
        ("B", True), ("A", False),
    ]  # fmt: skip
