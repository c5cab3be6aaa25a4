"""Every item of SRQR and COREQ stands once, and is answered by what was run or stated."""

from __future__ import annotations

import pytest

from tests.report.method_study import answers_of, sections_with, study_with, words_of
from workbench.report.blocks import Quote, Quotes
from workbench.report.markdown import to_markdown
from workbench.report.method import STATED
from workbench.report.standards import _numbers, read_standards, unstated
from workbench.report.written import ORDER

ALL_STATED = "[method]\napproach = 'codebook'\n" + "".join(
    f"{name} = 'Said.'\n" for name in STATED if name != "approach"
)


@pytest.mark.parametrize(("standard", "size"), [("srqr", 21), ("coreq", 32)])
def test_every_item_stands_once(standard, size):
    topics, outside = read_standards()
    items = [item for one in (*topics, *outside) for item in one.items.get(standard, ())]
    assert sorted(items) == list(range(1, size + 1))


def test_what_answers_an_item_exists():
    topics, outside = read_standards()
    assert {key for topic in topics for key in topic.stated} <= set(STATED)
    known = {*ORDER, "approach", "agreement", "standards"}
    assert {name for topic in topics for name in topic.sections} <= known
    assert {topic.prose for topic in topics if topic.prose} <= set(ORDER)
    assert all(topic.why and not topic.asks for topic in outside)
    assert all(topic.asks for topic in topics)
    for topic in topics:
        assert topic.says or topic.stated or topic.sections or topic.prose, topic.name


@pytest.mark.parametrize(
    ("own", "said"), [([3], "3"), ([2, 3], "2, 3"), ([2, 3, 4, 8], "2–4, 8"), ([1, 7], "1, 7")]
)
def test_items_are_named_by_their_runs(own, said):
    assert _numbers(own) == said


def test_what_nobody_stated_is_said_quietly_with_its_mend(tmp_path):
    study = study_with(tmp_path)
    section = sections_with(study)["standards"]
    answers = answers_of(section)
    assert answers["SRQR 21"] == "Not stated."
    assert answers["SRQR 9"].endswith("Not stated: ethical review, consent.")
    assert "method.ethics" not in "".join(answers.values())
    told = words_of(section)
    assert "in its description, under method: what the study asks (“question”); approach;" in told
    assert "as prose of its own: summary" in told
    assert "study.toml" not in told
    assert "method.funding" in unstated(study)
    assert "prose/summary.md" in unstated(study)


def test_a_study_that_states_all_has_nothing_left_to_state(tmp_path):
    (tmp_path / "prose").mkdir()
    (tmp_path / "prose" / "summary.md").write_text("# In short\n\nIt rose.\n", encoding="utf-8")
    study = study_with(tmp_path, ALL_STATED)
    assert unstated(study) == ()
    section = sections_with(study)["standards"]
    assert "ot stated" not in words_of(section)
    assert "[method]" not in words_of(section)
    assert answers_of(section)["SRQR 2"] == "See “In short”."
    assert answers_of(section)["SRQR 21"] == "See “Approach and authors”."


def test_a_part_that_is_stated_names_what_is_not(tmp_path):
    study = study_with(tmp_path, "[method]\nethics = 'Reviewed.'\n")
    answer = answers_of(sections_with(study)["standards"])["SRQR 9"]
    assert "“Approach and authors”" in answer
    assert answer.endswith("Not stated: consent.")


def test_answers_name_only_sections_that_the_report_has(tmp_path):
    answers = answers_of(sections_with(study_with(tmp_path))["standards"])
    assert answers["SRQR 19"] == "See “Limits”."
    assert "Agreement of coders" not in "".join(answers.values())
    assert answers["COREQ 25"] == "See “Themes found”."  # the schemes describe no label


def test_the_sections_that_answers_name_are_links(tmp_path):
    sections = sections_with(study_with(tmp_path))
    text = to_markdown(sections.values(), title="A report", pictures={})
    at = 1 + list(sections).index("limits")
    assert f"[“Limits”](#section-{at}){{.ref}}" in text
    table = text[text.index("{#tbl-", text.index("Reporting standards")) :]
    named = [line for line in table.splitlines() if "See “" in line]
    assert named == []  # none is left that is no link


def test_items_on_interviews_are_left_out_with_their_reason(tmp_path):
    told = words_of(sections_with(study_with(tmp_path))["standards"])
    assert "COREQ 1, 7, 15, 17–21: they ask how interviews were held" in told
    assert "SRQR 1" in told


def test_quotes_are_claimed_only_where_released(tmp_path):
    study = study_with(tmp_path)
    held, shown = (Quotes((Quote("C1", "Words.", ok, "why"),)) for ok in (False, True))
    item = "SRQR 17; COREQ 29"
    assert answers_of(sections_with(study, {"theme/1": held})["standards"])[item] == (
        "No quotation is released in this report."
    )
    told = answers_of(sections_with(study, {"theme/1": shown})["standards"])[item]
    assert "redacted" in told
