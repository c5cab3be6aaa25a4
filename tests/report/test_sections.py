"""Each section has an id of its own that does not hang on its place."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.report.two_years import STUDY, analysis_of, load_study, make_years
from workbench.report.blocks import Section
from workbench.report.comparing import comparison_tables
from workbench.report.comparison import comparison_sections
from workbench.report.sections import _IDS_OF_METHOD, _by_title, _ids_of_comparisons, _opening


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    study = load_study(tmp_path_factory.mktemp("study"))
    tables = comparison_tables(make_years(), study, fields=["role", "platform"], found=[])
    return analysis_of(study, make_years(), tables)


def test_comparisons_are_known_by_what_they_compare(analysis):
    found = _by_title(comparison_sections(analysis, {}), _ids_of_comparisons(analysis))
    assert [section.id for section in found] == ["c", "c1", "c2", "c3"]


def test_schemes_are_numbered_among_the_apparatus():
    titles = ["Part D. Apparatus", "Descriptions: A", "Descriptions: B", "Methods", "Limits"]
    found = _by_title([Section(title, 2) for title in titles], _IDS_OF_METHOD)
    assert [section.id for section in found] == ["d", "d1-1", "d1-2", "method", "limits"]


def test_every_title_that_an_id_goes_by_is_written_somewhere(root, analysis):
    sources = "".join(
        Path(root / "workbench" / "report" / name).read_text(encoding="utf-8")
        for name in ("anywhere.py", "comparison.py", "method.py")
    )
    titles = [
        *_IDS_OF_METHOD,
        *(t for t in _ids_of_comparisons(analysis) if t != "Heads and teachers"),
    ]
    assert len(titles) == 10
    assert all(re.search(re.escape(f'Section("{title}"'), sources) for title in titles)


def test_what_is_left_out_is_told_in_front_and_listed_behind(tmp_path):
    study = load_study(tmp_path)
    whole = SimpleNamespace(study=study, log=make_years(), gaps=())
    assert [len(section.blocks) for section in _opening(whole)] == [1]
    problems = pd.DataFrame({"source": ["cases.csv"] * 1941})
    log = replace(make_years(), problems=problems)
    lacking = SimpleNamespace(study=study, log=log, gaps=("A1: no field.",))
    [section] = _opening(lacking)
    assert section.blocks[1].text == (
        "1,941 rows of the records could not be used and 1 part of a usual report cannot be "
        "given; “Data and exclusions” lists them."
    )
    assert "A1" not in section.blocks[0].text


def test_a_rounded_report_says_so_in_front(tmp_path):
    rounded = STUDY.replace('exempt = true\nreason = "made up"', "round_to = 5")
    told = []
    for text in (STUDY, rounded):
        made = SimpleNamespace(study=load_study(tmp_path, text), log=make_years(), gaps=())
        told.append(_opening(made)[0].blocks[0].text)
    assert "rounded" not in told[0]
    assert "all others rounded" in told[1]
