"""The concern sheet of one case: what it tells of a risk, on a page to pass on."""

from __future__ import annotations

import re
from pathlib import Path

from workbench.errors import ExportError, WorkbenchError
from workbench.lenses.risk import ConcernSheet, concern_sheet
from workbench.report.blocks import Block, Bullets, Paragraph, Section, TableBlock
from workbench.report.keeping import SafeRecords
from workbench.report.markdown import to_markdown
from workbench.report.render import render_docx
from workbench.study import Study

BANNER = "Confidential. Names are hidden; the case record holds them."
_AID = (
    "Made from the words of the record by listed signs. It is an aid for whoever takes the matter "
    "on, and no assessment: read the whole record before you act, and act at once where somebody "
    "is in danger."
)


def sheet_of(case_id: str, records: SafeRecords, study: Study) -> ConcernSheet:
    """The concern sheet of a case of the study; see ``lenses.risk.concern_sheet``."""
    return concern_sheet(
        case_id,
        records.log,
        study=study,
        returns=records.returns,
        answered_by=study.messages.staff,
    )


def sheet_sections(sheet: ConcernSheet) -> list[Section]:
    """The sheet as sections, each with what the record tells, or that it tells nothing."""
    return [
        Section("Where to refer", 1, (Paragraph(_AID, style="note"), *_pairs(sheet.refer_to))),
        Section("Signs, in the words of the record", 1, _signs(sheet)),
        Section("Times", 1, _pairs(sheet.times)),
        Section("Platforms", 1, _list(sheet.platforms, none="None is named.")),
        Section("Who is spoken of", 1, _list(sheet.affected, none="Nobody is named by role.")),
        Section("Isolated or repeated", 1, _list(sheet.patterns, none="Nothing is told.")),
        Section(
            "Still to find out", 1, _list(sheet.to_find_out, none="The record answers all we ask.")
        ),
    ]


def write_concern_sheet(sheet: ConcernSheet, path: Path | str, *, synthetic: bool = False) -> Path:
    """Write the sheet as a Word document, open to its owner alone.

    Raises ``ExportError`` for a file that is no .docx.
    """
    target = Path(path)
    if target.suffix.lower() != ".docx":
        raise ExportError(f"{target.name} is not a Word document. Give a name that ends in .docx.")
    content = to_markdown(
        sheet_sections(sheet),
        title=f"Concern sheet: case {sheet.case_id}",
        banner="Synthetic data: the case is invented." if synthetic else BANNER,
        pictures={},
    )
    return render_docx(content, target.resolve(), private=True)


def sheet_name(case_id: str) -> str:
    """The name of a case's sheet as a file; no identifier leads out of its folder."""
    return f"concern-{re.sub(r'[^A-Za-z0-9._-]+', '-', case_id)}.docx"


def check_case(case_id: str, study: Study) -> None:
    """Raise ``WorkbenchError`` where the study has no lens that reads for risk."""
    if "risk" not in study.lenses:
        raise WorkbenchError(
            f'Case {case_id}: this study does not read for risk. Add lenses = ["risk"] to its '
            "study.toml."
        )


def _pairs(pairs: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    items = tuple(f"{what}: {how}" for what, how in pairs)
    return _list(items, none="The study names nobody.")


def _list(items: tuple[str, ...], *, none: str) -> tuple[Block, ...]:
    return (Bullets(items),) if items else (Paragraph(none),)


def _signs(sheet: ConcernSheet) -> tuple[Block, ...]:
    import pandas as pd

    if not sheet.key_words:
        return (Paragraph("No listed sign of a risk stands in the record."),)
    frame = pd.DataFrame(list(sheet.key_words), columns=pd.Index(["Sign", "Words"]))
    return (TableBlock("Signs of a risk", frame, widths=(1.5, 3.0)),)
