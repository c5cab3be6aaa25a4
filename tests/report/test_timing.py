"""Cases a school day, arrivals and first replies in the report."""

from __future__ import annotations

import pytest

from tests.report.two_years import STUDY, analysis_of, load_study, make_years
from workbench.report.blocks import Bullets, Paragraph, TableBlock
from workbench.report.timing import (
    draw_rates,
    draw_times,
    rate_blocks,
    time_sections,
    time_tables,
)

LOG = make_years()


@pytest.fixture
def analysis(tmp_path):
    study = load_study(tmp_path)
    return analysis_of(study, LOG, time_tables(LOG, study))


def test_tables_follow_what_the_study_gives(analysis, tmp_path):
    assert set(analysis.tables) == {
        "rates",
        "rate-ratios",
        "arrivals",
        "staffed",
        "replies",
        "reply-curve",
    }
    bare = STUDY[: STUDY.index("[[calendar.terms]]")]
    assert set(time_tables(LOG, load_study(tmp_path, bare))) == {"arrivals"}


def test_dates_without_a_time_tell_no_arrivals(tmp_path):
    from dataclasses import replace

    cases = LOG.cases.assign(date=LOG.cases["date"].dt.normalize())
    assert "arrivals" not in time_tables(replace(LOG, cases=cases), load_study(tmp_path))


def test_figures_and_words_stand_together(analysis):
    drawings = {d.name: d for d in (*draw_rates(analysis), *draw_times(analysis))}
    assert set(drawings) == {"cases-per-school-day", "arrivals", "first-replies"}
    blocks = rate_blocks(analysis, drawings)
    said = [line for block in blocks if isinstance(block, Bullets) for line in block.items]
    assert any("a school day in term in 2022-23" in line for line in said)
    [section] = time_sections(analysis, drawings)
    texts = [block.text for block in section.blocks if isinstance(block, Paragraph)]
    assert texts[0] == (
        "In staffed hours: 100.0% (400 of 400) in 2022-23, 0.0% (0 of 400) in 2023-24."
    )
    assert "a first reply within 3 staffed hours" in texts[1]
    [table] = [block for block in section.blocks if isinstance(block, TableBlock)]
    assert table.frame["Period"].tolist() == ["2022-23", "2023-24"]
    assert "Within 3 hours" in table.frame.columns
    assert table.frame["Within 3 hours"].tolist()[0].startswith("100.0%")
