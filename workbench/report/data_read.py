"""What became of each row that was read, what was hidden in the texts, which cases return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.cases.counts import count_rows
from workbench.report.analysis import Analysis, safe_count
from workbench.report.blocks import Block, Paragraph, TableBlock
from workbench.report.tables import count, file_name, problems_table
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

WAYS = {
    "pattern": "by its shape",
    "field": "by the case's own fields",
    "study": "by the study's list",
    "list": "by lists of names",
    "shape": "by the shape of a school's name",
    "cue": "by the words around it",
    "model": "by a model of names",
}
"""How an identifier became known, in words (``privacy.identifier.FOUND_BY``)."""


def data_blocks(analysis: Analysis) -> tuple[Block, ...]:
    """The rows of each file, those set aside with the reason, returns, and what was hidden."""
    log, study = analysis.log, analysis.study
    blocks: list[Block] = [rows_table(count_rows(log), study)]
    blocks.append(
        problems_table(log.problems) if len(log.problems) else Paragraph("Every row could be used.")
    )
    blocks.append(Paragraph(_say_links(analysis)))
    if len(analysis.reading.hidden):
        blocks.append(hidden_table(analysis.reading.hidden, study))
    return tuple(blocks)


def rows_table(rows: pd.DataFrame, study: Study) -> TableBlock:
    """Rows in, kept and set aside, file by file (``count_rows``), under the study's rule."""
    printed = rows.assign(
        source=rows["source"].map(file_name),
        **{name: _safe(rows[name], study) for name in ("rows", "kept", "set_aside")},
    )
    columns = ["File", "Holds", "Read as", "Rows", "Kept", "Set aside"]
    note = "Rows in = rows kept + rows set aside; no row is dropped without its reason."
    if not study.disclosure.exempt:
        note += " Small counts are hidden and others rounded, so the printed ones may not add up."
    return TableBlock(
        title="What was read",
        frame=printed.set_axis(columns, axis=1),
        numeric=("Rows", "Kept", "Set aside"),
        widths=(1.8, 1.0, 2.4, 0.7, 0.7, 0.8),
        note=note,
    )


def hidden_table(hidden: pd.DataFrame, study: Study) -> TableBlock:
    """What redaction hid, by kind and by how it became known (``count_redactions``)."""
    printed = hidden.assign(
        kind=hidden["kind"].str.capitalize().replace(_KINDS),
        found_by=hidden["found_by"].map(WAYS),
        n=_safe(hidden["n"], study),
        cases=_safe(hidden["cases"], study),
    )
    columns = ["What", "Known", "Places", "Cases"]
    return TableBlock(
        title="What was hidden in the texts",
        frame=printed[["kind", "found_by", "n", "cases"]].set_axis(columns, axis=1),
        numeric=("Places", "Cases"),
        widths=(1.4, 2.4, 0.8, 0.8),
        note=(
            "The same person, school or address has the same pseudonym throughout a case. No "
            "redaction finds every name; quotes are checked again before they are printed."
        ),
    )


_KINDS = {
    "Bank": "Bank or card number",
    "Email": "E-mail address",
    "Licence": "Driving licence",
    "Vehicle": "Vehicle plate",
    "Ip address": "IP address",
    "Ni number": "NI number",
    "Nhs number": "NHS number",
    "Birth date": "Date of birth",
    "Handle": "Account name",
    "Link": "Web address",
    "Phone": "Telephone number",
}


def _say_links(analysis: Analysis) -> str:
    returns, study = analysis.reading.returns, analysis.study
    if returns.empty:
        return "No case is tied to an earlier one by a name, an address or its wording."
    signs = returns["signs"].str.split("; ")
    copies = int(signs.map(lambda own: "copy" in own).sum())
    near = int(signs.map(lambda own: "wording" in own).sum())
    return (
        f"{_count(len(returns), study)} cases are tied to an earlier one; {_count(copies, study)} "
        f"of them repeat its words and {_count(near, study)} nearly so. They stay in all counts: "
        "each is an enquiry that was made."
    )


def _safe(counts: pd.Series, study: Study) -> list[str]:
    return [_count(int(value), study) for value in counts]


def _count(value: int, study: Study) -> str:
    return count(safe_count(value, study))
