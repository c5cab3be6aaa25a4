"""Quotes: what the search for identifiers found is kept, by text and by the study's terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.charts.frames import make_study
from workbench.cache import cache_folder
from workbench.report import quoting
from workbench.report.quoting import _kinds_once
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
