"""Printed figures as tables: how many hold, why others do not, and what the linter found."""

from __future__ import annotations

import pandas as pd

from tests.compare.printed import make_printed
from tests.explore.test_show import rows
from workbench.compare.lint import lint
from workbench.explore.printed import findings, verdicts


def cells(*verdict: str) -> pd.DataFrame:
    rows = [("2022-23", f"Label {n}", said, "a reason") for n, said in enumerate(verdict)]
    return pd.DataFrame(rows, columns=["report", "label", "verdict", "reason"])


def test_every_cell_is_counted_and_the_rest_explained():
    shown = verdicts(cells("equal", "differs", "equal"))
    assert rows(shown) == [["Report", "Differs", "Equal"], ["2022-23", "1", "2"]]
    assert "Not equal: 2022-23, Label 1: a reason." in shown._repr_html_()


def test_a_long_list_of_reasons_ends_in_a_count():
    note = verdicts(cells(*["differs"] * 5), most=2)._repr_html_()
    assert "Label 1" in note
    assert "Label 2" not in note
    assert "3 more are not equal." in note
    assert "Not equal" not in verdicts(cells("equal"))._repr_html_()


def test_findings_say_where_they_are():
    table = [("2022-23", "period", "Cases analysed", "year", 100, None)]
    table += [("2022-23", "Table 1", "Role", name, n, None) for name, n in (("<b>", 101), ("y", 5))]
    shown = findings(lint(make_printed(table)))
    assert rows(shown)[0] == ["Kind", "Rule", "Where", "What"]
    told = {row[1]: row[2] for row in rows(shown)[1:]}
    assert told["rows exceed the total"] == "2022-23, Table 1 (Role)"
    assert told["part exceeds the whole"] == "2022-23, Table 1 (Role): <b>"
    assert "<b></td>" not in shown._repr_html_()
