"""What a new study starts with."""

from __future__ import annotations

import csv

import pytest

from tests.report.prose_study import Small, write_small
from workbench.errors import WorkbenchError
from workbench.report.documents import check_length
from workbench.report.masking import EXPRESSION, own_text
from workbench.report.onepage import ONE_PAGE
from workbench.report.prose import make_environment
from workbench.report.starting import write_new_study
from workbench.report.typed_numbers import find_typed_numbers
from workbench.report.written import ORDER
from workbench.study import Study


def test_the_starting_set_is_a_study_that_loads(tmp_path):
    written = write_new_study(tmp_path / "Our helpline", title='The "year" in brief')
    study = Study.load(tmp_path / "Our helpline")
    assert study.name == "Our-helpline"
    assert study.title == "The 'year' in brief"
    assert study.prose_folder == tmp_path / "Our helpline" / "prose"
    assert {path.suffix for path in written} == {".toml", ".md"}


def test_nothing_is_overwritten(tmp_path):
    write_new_study(tmp_path)
    (tmp_path / "study.toml").unlink()
    (tmp_path / "prose" / "a.md").write_text("Mine.", encoding="utf-8")
    with pytest.raises(WorkbenchError, match=r"prose/a\.md"):
        write_new_study(tmp_path)
    assert (tmp_path / "prose" / "a.md").read_text(encoding="utf-8") == "Mine."
    assert not (tmp_path / "study.toml").exists()


def test_the_prose_is_of_known_sections_reads_and_holds_no_figure(tmp_path):
    for path in write_new_study(tmp_path):
        if path.suffix != ".md":
            continue
        text = path.read_text(encoding="utf-8")
        assert path.stem in {*ORDER, ONE_PAGE}
        assert "<!--" in text
        assert find_typed_numbers(own_text(text)) == []
        for match in EXPRESSION.finditer(text):
            make_environment().compile_expression(match[1].strip())


def test_the_parts_that_need_no_texts_are_written_for_another_study(tmp_path):
    write_new_study(tmp_path / "new")
    kept = ("a.md", "b.md", "glossary.md", "one-page.md")
    prose = {name: (tmp_path / "new" / "prose" / name).read_text("utf-8") for name in kept}
    study = Small(tmp_path / "study", prose=prose).write()
    written = write_small(study)
    assert [str(fault) for fault in written.faults] == []
    assert written.page is not None
    assert check_length(written.page, study) == []


def test_somebody_to_call_is_named(tmp_path):
    write_new_study(tmp_path)
    assert Study.load(tmp_path).contacts


def test_its_columns_are_those_that_a_file_needs(tmp_path):
    write_new_study(tmp_path)
    with (tmp_path / "cases.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["Case ID", "Date", "Enquiry"], ["A1", "2023-10-01", "Help."]])
    from workbench.cases.read import read_cases

    assert len(read_cases(Study.load(tmp_path))) == 1
