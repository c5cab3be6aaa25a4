"""What changed at a glance: counts and the largest change, read off the tables of Part C."""

from __future__ import annotations

import pytest

from tests.report.two_years import analysis_of, load_study, make_years
from workbench.report.blocks import Paragraph, TableBlock
from workbench.report.comparing import comparison_tables
from workbench.report.comparison import changed_fields
from workbench.report.glance import NAME, glance_blocks


@pytest.fixture(scope="module")
def analysis(tmp_path_factory):
    study, log = load_study(tmp_path_factory.mktemp("study")), make_years()
    tables = comparison_tables(log, study, fields=["role", "platform", "kind"], found=[])
    return analysis_of(study, log, tables)


def test_each_field_stands_with_its_counts_and_its_largest_change(analysis):
    lead, table, note = glance_blocks(analysis, list(changed_fields(analysis)))
    assert isinstance(table, TableBlock)
    assert table.name == NAME
    rows = table.frame.set_index("Field")
    assert list(rows.index) == ["Role", "Platform"]
    assert list(rows.loc["Role"])[:3] == ["2", "2", "–"]  # the mix itself has no equal mix
    # B rises as it is and not at an equal mix: that is how the cases were made.
    assert list(rows.loc["Platform"])[:3] == ["2", "2", "0"]
    assert rows.loc["Platform", "Largest clear change"].endswith("; not clear at an equal mix)")
    assert rows.loc["Role", "Largest clear change"].startswith(("Head −20.0 (", "Teacher +20.0 ("))
    assert isinstance(lead, Paragraph)
    assert "4 labels of 2 fields were compared; 4 of them changed clearly, in 2" in lead.text
    assert "Kind of matter was recorded by schemes that differ" in note.text


def test_what_is_behind_each_cell_is_named(analysis):
    _, table, _ = glance_blocks(analysis, list(changed_fields(analysis)))
    assert {len(own) for own in table.cells.values()} == {len(table.frame)}
    assert [one.n for one in table.cells["Clear"]] == [2, 2]
    assert table.cells["Largest clear change"][0].frame == "shares/role"


def test_without_a_clear_change_it_says_so(analysis):
    dull = [
        (name, one, frame.assign(p_adjusted=1.0)) for name, one, frame in changed_fields(analysis)
    ]
    lead, table, _ = glance_blocks(analysis, dull)
    assert lead.text.endswith("2 fields were compared; none of them changed clearly.")
    assert set(table.frame["Largest clear change"]) == {"–"}
    assert glance_blocks(analysis, []) == []
