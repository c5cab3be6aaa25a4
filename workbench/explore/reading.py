"""Reading lists and concern sheets as a notebook shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.explore.show import OnScreen, Shown, table
from workbench.lenses.lens import load_lens
from workbench.privacy.escape import escape
from workbench.report.blocks import Block, Bullets, Paragraph, TableBlock
from workbench.report.concern import sheet_sections

if TYPE_CHECKING:
    import pandas as pd

    from workbench.lenses.risk import ConcernSheet
    from workbench.report.reading import Reading

_SHEET = "max-width:760px;line-height:1.5"


def reading_list(reading: Reading, *, top: int = 10) -> Shown:
    """The cases that read as somebody at risk, the gravest first: ids and signs, no words."""
    import pandas as pd

    names = load_lens("risk").names
    rows = [
        (str(case_id), "; ".join(names[element] for element in elements))
        for case_id, elements in reading.at_risk[["text_id", "elements"]]
        .head(top)
        .itertuples(index=False)
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(["Case", "Signs in its text"]))
    note = (
        f"The first {len(rows)} of {len(reading.at_risk)} cases with a sign. A case that is not "
        "listed may be grave."
    )
    return table(frame, title="To be read first", note=note)


def rising_list(reading: Reading, *, top: int = 10) -> Shown:
    """The cases that grow more pressing from message to message: ids, scores, reasons added."""
    import pandas as pd

    shown = reading.rising.head(top)
    frame = pd.DataFrame(
        {
            "Case": shown["case_id"].astype("str"),
            "First": shown["first"].map("{:.2f}".format),
            "Most urgent later": shown["highest"].map("{:.2f}".format),
            "From message": shown["message"].astype("str"),
            "Reasons added": ["; ".join(added) for added in shown["added"]],
        }
    )
    several = int((reading.course.groupby("case_id")["message"].size() > 1).sum())
    note = (
        f"The first {len(shown)} of {len(reading.rising)} such cases; {several:,} cases have "
        "several messages of the enquirer."
    )
    return table(frame, title="Cases that grow more pressing", note=note)


def concern(sheet: ConcernSheet) -> OnScreen:
    """A concern sheet, to read on the screen: it quotes the record, so no notebook stores it."""
    from ipywidgets import HTML, VBox

    parts = [
        f"<h4>{escape(section.title)}</h4>{''.join(map(_block, section.blocks))}"
        for section in sheet_sections(sheet)
    ]
    page = HTML(f'<div style="{_SHEET}">{"".join(parts)}</div>')
    return OnScreen(VBox([page]), "A concern sheet, shown in JupyterLab alone")


def _block(block: Block) -> str:
    if isinstance(block, Bullets):
        return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in block.items)}</ul>"
    if isinstance(block, TableBlock):
        return _rows(block.frame)
    if isinstance(block, Paragraph):
        return f"<p>{escape(block.text)}</p>"
    raise TypeError("a concern sheet holds paragraphs, lists and tables alone")


def _rows(frame: pd.DataFrame) -> str:
    lines = (
        f"<li><b>{escape(str(first))}</b>: {escape(str(second))}</li>"
        for first, second in frame.itertuples(index=False)
    )
    return f"<ul>{''.join(lines)}</ul>"
