"""What practitioners wrote is left out of tones, is never quoted as an enquirer's, and is told."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.logs import make_log
from tests.report.two_years import load_study, make_years
from workbench.report.analysis import bin_urgency, count_urgency
from workbench.report.comparing import comparison_tables
from workbench.report.faults import ProseError
from workbench.report.fielded import own_words
from workbench.report.noted import ALL, OWN, say_notes, tone_base
from workbench.report.pieces import Pieces
from workbench.report.values import Values
from workbench.study import Disclosure

LOG = make_log([{"case_id": f"C{n}", "role": "Call" if n < 30 else "Letter"} for n in range(100)])
NOTED = replace(LOG, notes=frozenset(f"C{n}" for n in range(30)))
EXEMPT = Disclosure(exempt=True, reason="Invented.")


def analysis_of(log, rule=EXEMPT):
    study = SimpleNamespace(notes={"role": ("Call",)}, disclosure=rule)
    return SimpleNamespace(log=log, study=study)


def test_the_report_says_how_many_are_read_and_how_many_left_out() -> None:
    said = say_notes(analysis_of(NOTED))
    assert said is not None
    assert said.startswith("Tones are read in the 70 enquiries in the enquirer's own words.")
    assert "30 texts are a practitioner's notes (Role: Call)" in said
    assert [(one.n, one.base) for one in said.behind] == [(70, 100), (30, 100)]
    assert say_notes(analysis_of(LOG)) is None
    assert (tone_base(analysis_of(NOTED)), tone_base(analysis_of(LOG))) == (OWN, ALL)


def test_numbers_are_rounded_where_the_study_rounds() -> None:
    log = replace(LOG, notes=frozenset(f"C{n}" for n in range(28)))
    said = say_notes(analysis_of(log, Disclosure()))
    assert said is not None
    assert "the 70 enquiries" in said
    assert "30 texts" in said


def test_notes_are_in_no_count_of_urgency() -> None:
    scores = pd.Series(0.0, index=LOG.cases["case_id"])
    bins = own_words(bin_urgency(scores), NOTED, name="case_id")
    frame = count_urgency(bins, NOTED, SimpleNamespace(disclosure=EXEMPT))
    assert set(frame["base"]) == {70}
    assert own_words(bins, LOG, name="case_id") is bins


def test_a_note_is_not_quoted() -> None:
    pieces = Pieces.__new__(Pieces)
    object.__setattr__(pieces, "log", NOTED)
    with pytest.raises(ProseError, match="practitioner's note"):
        pieces._find_words("C1", "x")


def test_live_changes_say_what_an_equal_mix_does_not_bear_out(tmp_path) -> None:
    study, log = load_study(tmp_path), make_years()
    tables = comparison_tables(log, study, fields=["role", "platform", "kind"], found=[])
    values = Values(study, log, tables)
    change = values.change("platform", "B")
    assert change.startswith("rose from ")
    assert change.endswith(" (not clear at an equal mix)")
    assert "mix" not in values.change("platform", "B", mix=False)
    assert values.say("platform", "B").endswith("is not clear at an equal mix of the cases.")
    assert "mix" not in values.change("role", "Head")
