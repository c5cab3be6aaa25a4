"""Lists and sheets of close reading: a notebook stores ids, signs and scores, never words."""

from __future__ import annotations

import json
from types import SimpleNamespace
from typing import Any, cast

import nbformat
import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from tests.charts.frames import make_study
from tests.explore.test_show import rows
from tests.lenses.test_risk import GRAVE, LESS, small_log
from tests.logs import NOTHING_HIDDEN
from workbench.explore import reading as shown
from workbench.explore.rerun import clean
from workbench.lenses.lens import load_lens, read_through
from workbench.lenses.risk import ConcernSheet, concern_sheet
from workbench.report.blocks import Quotes
from workbench.report.keeping import SafeRecords
from workbench.report.reading import Reading, read_closely

HOSTILE = "<b>C9</b> & <script>"
WORDS = ("wants to die", "too scared", "stab", "poster", "girl")


@pytest.fixture(scope="module")
def found() -> Reading:
    log = small_log()
    returns = pd.DataFrame(columns=["case_id", "earlier", "matter", "days", "signs"])
    study = make_study().model_copy(update={"lenses": ("risk",)})
    signs = read_through(log.cases.set_index("case_id")["text"], load_lens("risk"))
    return read_closely(SafeRecords(log, returns, {"risk": signs}, NOTHING_HIDDEN), study)


def reading_of(**frames: pd.DataFrame) -> Reading:
    return cast(Reading, SimpleNamespace(**frames))


def at_risk(*ids: str) -> pd.DataFrame:
    elements = [("self_harm", "afraid")] * len(ids)
    return pd.DataFrame({"text_id": list(ids), "elements": elements})


def stored(value: Any) -> str:
    """What a notebook keeps of a cell that shows ``value``."""
    if hasattr(value, "_repr_mimebundle_"):
        data = value._repr_mimebundle_()
    else:
        data = {"text/html": value._repr_html_(), "text/plain": repr(value)}
    cell = new_code_cell("show")
    cell.outputs = [new_output("execute_result", data=data, execution_count=1)]
    return nbformat.writes(clean(new_notebook(cells=[cell])))


def test_the_reading_list_has_ids_and_signs_and_no_words(found):
    listed = shown.reading_list(found)
    names = load_lens("risk").names
    (head, row) = rows(listed)
    assert head == ["Case", "Signs in its text"]
    assert row[0] == "C1"
    assert set(row[1].split("; ")) <= set(names.values())
    assert "The first 1 of 1 cases" in listed.markup
    assert not [word for word in WORDS if word in stored(listed)]


def test_the_gravest_stand_first_and_top_says_how_many():
    listed = shown.reading_list(reading_of(at_risk=at_risk("C5", "C1", "C3")), top=2)
    assert [row[0] for row in rows(listed)[1:]] == ["C5", "C1"]
    names = load_lens("risk").names
    assert rows(listed)[1][1] == f"{names['self_harm']}; {names['afraid']}"
    assert "The first 2 of 3 cases" in listed.markup


def test_ids_are_shown_as_they_are_written():
    listed = shown.reading_list(reading_of(at_risk=at_risk(HOSTILE)))
    assert rows(listed)[1][0] == HOSTILE
    assert "<script>" not in listed.markup
    assert "<b>C9" not in listed.markup


def test_an_empty_list_still_warns():
    listed = shown.reading_list(reading_of(at_risk=at_risk()))
    assert len(rows(listed)) == 1
    assert "may be grave" in listed.markup


def test_rising_cases_have_scores_and_reasons_and_no_words():
    rising = pd.DataFrame(
        {
            "case_id": ["C2", HOSTILE],
            "first": [0.0, 0.254],
            "highest": [0.5, 0.756],
            "message": [1, 3],
            "added": [("action", "risk"), ()],
        }
    )
    course = pd.DataFrame({"case_id": ["C2", "C2", "C7"], "message": [0, 1, 0]})
    listed = shown.rising_list(reading_of(rising=rising, course=course))
    assert rows(listed) == [
        ["Case", "First", "Most urgent later", "From message", "Reasons added"],
        ["C2", "0.00", "0.50", "1", "action; risk"],
        [HOSTILE, "0.25", "0.76", "3", ""],
    ]
    assert "<script>" not in listed.markup
    assert "The first 2 of 2 such cases; 1 cases have several" in listed.markup
    one = shown.rising_list(reading_of(rising=rising, course=course), top=1)
    assert len(rows(one)) == 2
    assert "The first 1 of 2" in one.markup


def test_rising_cases_of_a_log_are_listed_without_their_words(found):
    listed = shown.rising_list(found)
    assert len(rows(listed)) == 1 + len(found.rising)
    assert not [word for word in WORDS if word in stored(listed)]


def test_a_concern_sheet_is_on_the_screen_and_not_in_the_notebook():
    screen = shown.concern(concern_sheet("C1", small_log()))
    (page,) = screen.widget.children
    assert "wants to die" in page.value
    kept = stored(screen)
    assert "concern sheet" in kept
    assert not [word for word in (*WORDS, GRAVE, LESS, "C1") if word in kept]
    assert set(screen._repr_mimebundle_()) <= {
        "text/plain",
        "application/vnd.jupyter.widget-view+json",
    }
    assert "wants to die" not in json.dumps(screen._repr_mimebundle_())


def test_the_sheet_escapes_what_the_record_says():
    pairs = ((HOSTILE, HOSTILE),)
    many = (HOSTILE,)
    screen = shown.concern(ConcernSheet(HOSTILE, pairs, many, pairs, many, many, many, pairs))
    (page,) = screen.widget.children
    assert "<script>" not in page.value
    assert "<b>C9" not in page.value
    assert page.value.count("&lt;script&gt;") == 10


def test_a_block_that_may_hold_more_is_refused():
    with pytest.raises(TypeError, match="paragraphs, lists and tables"):
        shown._block(Quotes(()))
