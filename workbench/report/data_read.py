"""What became of each row that was read, what was hidden in the texts, which cases return."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.cases.counts import count_rows
from workbench.report.analysis import Analysis, safe_count
from workbench.report.behind import Behind, Sourced
from workbench.report.blocks import Block, Bullets, Paragraph, TableBlock
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
    """The rows of each file, those set aside with the reason, returns, what was hidden, gaps."""
    log, study = analysis.log, analysis.study
    blocks: list[Block] = [rows_table(count_rows(log), study)]
    blocks.append(_set_aside(log.problems))
    blocks.append(Paragraph(_say_links(analysis)))
    if len(analysis.reading.hidden):
        blocks.append(hidden_table(analysis.reading.hidden, study))
    if analysis.gaps:
        blocks += [Paragraph("What these records do not allow:"), Bullets(analysis.gaps)]
    return tuple(blocks)


def _set_aside(problems: pd.DataFrame) -> Block:
    """Rows set aside by reason; what to do about them stands in problems.csv, for the author."""
    if problems.empty:
        return Paragraph("Every row could be used.")
    table = problems_table(problems)
    return replace(table, frame=table.frame.drop(columns="What to do"), widths=(1.8, 1.2, 2.6, 0.6))


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
        source="rows",
        cells={
            head: _behind(rows, name, "rows", by={"source": file_name}, base="rows", study=study)
            for head, name in (("Rows", "rows"), ("Kept", "kept"), ("Set aside", "set_aside"))
        },
    )


def hidden_table(hidden: pd.DataFrame, study: Study) -> TableBlock:
    """What redaction hid, by kind and by how it became known (``count_redactions``)."""
    printed = hidden.assign(
        kind=hidden["kind"].map(_kind),
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
        source="redaction",
        cells={
            head: _behind(
                hidden, name, "redaction", by={"kind": _kind, "found_by": WAYS.get}, study=study
            )
            for head, name in (("Places", "n"), ("Cases", "cases"))
        },
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


def _behind(
    rows: pd.DataFrame,
    column: str,
    frame: str,
    *,
    by: Mapping[str, Callable[[str], str | None]],
    study: Study,
    base: str = "",
) -> tuple[Behind, ...]:
    """What is behind a column of counts, row by row, under the study's rule."""
    return tuple(
        Behind(
            frame,
            tuple((name, str(read(str(row[name])))) for name, read in by.items()),
            column,
            n=safe_count(int(row[column]), study),
            base=safe_count(int(row[base]), study) if base else None,
        )
        for row in rows.to_dict("records")
    )


def _kind(name: str) -> str:
    """A kind of identifier in words."""
    return _KINDS.get(name.capitalize(), name.capitalize())


def _say_links(analysis: Analysis) -> str:
    returns, study = analysis.reading.returns, analysis.study
    if "returns" in analysis.refused:
        return "Cases that are tied to an earlier one stay in all counts."
    if returns.empty:
        return "No case is tied to an earlier one by a name, an address or its wording."
    signs = returns["signs"].str.split("; ")
    copies = int(signs.map(lambda own: "copy" in own).sum())
    near = int(signs.map(lambda own: "wording" in own).sum())
    same, alike = in_words(copies, study), in_words(near, study)
    repeat = f"; {same} of them repeat its words and {alike} nearly so"
    n, base = (safe_count(one, study) for one in (len(returns), len(analysis.log)))
    return Sourced(
        f"{in_words(len(returns), study).capitalize()} cases are tied to an earlier one"
        f"{repeat if copies or near else ''}. They stay in all counts: each is an enquiry that was "
        "made.",
        Behind("links", (), "cases", n=n, base=base),
    )


def in_words(value: int, study: Study) -> str:
    """A count in a sentence, under the study's rule: "few" where it is hidden, "none" for 0."""
    safe = safe_count(value, study)
    return "few" if safe is None else "none" if not safe else count(safe)


def _safe(counts: pd.Series, study: Study) -> list[str]:
    return [_count(int(value), study) for value in counts]


def _count(value: int, study: Study) -> str:
    return count(safe_count(value, study))
