"""The check against printed reports: in time's order, in grammatical words, with reasons."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.compare.printed import make_printed
from tests.logs import make_log
from workbench.compare.published import CELL_COLUMNS, compare_published
from workbench.report.blocks import Bullets, Paragraph, TableBlock
from workbench.report.printed import CELLS, FINDINGS, printed_sections
from workbench.study import Study
from workbench.study.parts import Disclosure, Published

FINDING_COLUMNS = ("severity", "rule", "report", "table", "label", "finding")


def told(verdicts: dict[str, list[str]]):
    """The sections for cells with these verdicts by report, in this order."""
    rows = [
        (report, "T1", "Words", f"{report} {verdict}", "count", 5.0, 4, 9, "", 4.0, -1.0, verdict)
        for report, own in verdicts.items()
        for verdict in own
    ]
    cells = pd.DataFrame(rows, columns=pd.Index(CELL_COLUMNS[:-1])).assign(reason="why")
    empty = pd.DataFrame(columns=pd.Index(FINDING_COLUMNS))
    return printed_sections(SimpleNamespace(tables={CELLS: cells, FINDINGS: empty}))


def test_verdicts_are_counted_report_by_report_in_the_order_of_time():
    section, words = told(
        {
            "2022-23": ["equal", "equal", "differs", "differs"],
            "2020-21": ["not countable"],
            "2023-24": ["equal", "differs"],
        }
    )
    lead, lines, table = section.blocks
    assert isinstance(lead, Paragraph)
    assert isinstance(lines, Bullets)
    assert isinstance(table, TableBlock)
    assert "Reports on 2020-21, 2022-23 and 2023-24 were printed before" in lead.text
    assert lines.items == (
        "2020-21: 1 is not countable.",
        "2022-23: 2 are equal, 2 differ.",
        "2023-24: 1 is equal, 1 differs.",
    )
    assert [place[:7] for place in table.frame["Printed where"]] == [
        "2020-21", "2022-23", "2022-23", "2023-24",
    ]  # fmt: skip
    assert [one.title for one in (section, words)] == [
        "Check against the printed reports",
        "Where printed figures need a word",
    ]


def test_reports_that_no_year_names_stay_as_the_files_have_them():
    section, _ = told({"Spring": ["equal"], "Autumn": ["differs"]})
    assert [line.split(":")[0] for line in section.blocks[1].items] == ["Spring", "Autumn"]


def test_without_printed_figures_there_is_no_section():
    assert printed_sections(SimpleNamespace(tables={})) == []


@pytest.mark.parametrize(
    ("redacted", "printed", "said"),
    [
        (True, 3, "the cases give 1 fewer: names were taken out of the subject lines first"),
        (False, 3, "the cases give 1 fewer"),
        (True, 1, "the cases give 1 more"),
    ],
)
def test_a_word_count_that_differs_says_by_how_much_and_that_names_were_hidden(
    redacted, printed, said
):
    log = replace(
        make_log(
            [{"case_id": f"C{n}", "subject": "Account name", "period": "2022-23"} for n in (1, 2)]
        ),
        redacted=redacted,
    )
    study = Study.model_construct(
        fields={},
        disclosure=Disclosure(exempt=True, reason="invented"),
        published=Published(fields={"Words": "subject words"}),
    )
    rows = make_printed([("2022-23", "T5", "Words", "Account", printed, None)])
    [why] = compare_published(log, study, printed=rows)["reason"]
    assert why.startswith(said)
    assert ("names" in why) == (redacted and printed > 2)
