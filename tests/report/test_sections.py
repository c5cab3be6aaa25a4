"""Each section has an id of its own that does not hang on its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.report.two_years import analysis_of, load_study, make_years
from workbench.report.blocks import Section
from workbench.report.comparing import comparison_tables
from workbench.report.comparison import comparison_sections
from workbench.report.sections import _IDS_OF_METHOD, _by_title, _ids_of_comparisons


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
        for name in ("comparison.py", "method.py")
    )
    titles = [
        *_IDS_OF_METHOD,
        *(t for t in _ids_of_comparisons(analysis) if t != "Heads and teachers"),
    ]
    assert len(titles) == 7
    assert all(re.search(re.escape(f'Section("{title}"'), sources) for title in titles)
