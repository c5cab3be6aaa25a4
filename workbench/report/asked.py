"""What enquirers ask for in each theme, and whether a theme gathers by how it was recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbench.compare.say import percent
from workbench.report.analysis import Analysis, safe_count, safe_share
from workbench.report.behind import Behind, Sourced, behind_rows
from workbench.report.blocks import Block, TableBlock
from workbench.report.coded import Coded
from workbench.report.coded_tables import ASKS
from workbench.report.parts import slug
from workbench.report.tables import count, share_with_limits

if TYPE_CHECKING:
    import pandas as pd

MOST_ASKS, FEWEST_ASKS = 5, 10
"""Codes that a theme's table of what is asked shows, and the cases that each is suggested for."""

GATHERED = 0.8
"""From this share of the notes of a label on, a theme that holds them gathers by recording."""


def asks_of(analysis: Analysis, theme: int, label: str) -> list[Block]:
    """What is suggested to be asked for in a main theme: the codes that stand out, a table a book.

    Only of codebooks that ask; nothing where no code stands out.
    """
    blocks: list[Block] = []
    for name, coded in analysis.coded.items():
        frame = analysis.tables.get(f"{ASKS}/{name}")
        if frame is None:
            continue
        own = frame[(frame["theme"] == theme) & (frame["n"] >= FEWEST_ASKS)]
        own = own[own["reference_share"].notna() & (own["low"] > own["reference_share"])]
        gain = own["share"] - own["reference_share"]
        own = own.loc[gain.sort_values(ascending=False, kind="stable").index].head(MOST_ASKS)
        if len(own):
            blocks.append(_asks_table(coded, own.reset_index(drop=True), theme, label))
    return blocks


def _asks_table(coded: Coded, own: pd.DataFrame, theme: int, label: str) -> TableBlock:
    import pandas as pd

    of = f"{ASKS}/{coded.name}"
    by = ("label", "name")
    shares = [
        share_with_limits(*row) for row in zip(own["share"], own["low"], own["high"], strict=True)
    ]
    columns = {
        coded.book.title: list(own["name"]),
        "Suggested for": [count(n) for n in own["n"]],
        "Of the theme (95% interval)": shares,
        "Of all other cases": [f"{100 * share:.1f}%" for share in own["reference_share"]],
    }
    cells = {
        "Suggested for": behind_rows(own, "n", frame=of, by=by),
        "Of the theme (95% interval)": behind_rows(own, "share", frame=of, by=by),
        "Of all other cases": behind_rows(own, "reference_share", frame=of, by=by),
    }
    return TableBlock(
        title=f"What enquirers ask: {label}",
        frame=pd.DataFrame(columns),
        numeric=tuple(columns)[1:],
        widths=(2.6, 1.0, 1.8, 1.2),
        note=(
            "Codes that are suggested clearly more often here than elsewhere. They are suggestions "
            "of a model, and no prevalence: they may be wrong in the same way throughout a theme."
        ),
        name=slug("asks", coded.name, str(theme)),
        source=of,
        cells=cells,
    )


def say_recorded(analysis: Analysis, theme: int) -> Sourced | None:
    """That a theme gathers by how enquiries were recorded: most notes of one label lie in it.

    None where no label of the study's ``notes`` has `GATHERED` of its cases in the theme, or where
    most of all cases lie there anyway.
    """
    log, study = analysis.log, analysis.study
    if not study.notes:
        return None
    within = set(analysis.themes.assignments["text_id"][analysis.themes.at_level(0) == theme])
    for name, labels in study.notes.items():
        carried = log.membership(name)
        for label in labels:
            own = set(carried.loc[carried["label"] == label, "case_id"])
            both = len(own & within)
            if not own or both < GATHERED * len(own) or 2 * len(within) > len(log):
                continue
            n, base, size = (safe_count(one, study) for one in (both, len(own), len(within)))
            share, part = safe_share(both, len(own), study), safe_share(both, len(within), study)
            if n is None or base is None or share is None or part is None:
                continue
            where = f"{log.title_of(name)}: {label}"
            return Sourced(
                "This theme gathers by how an enquiry was recorded, at least in part. "
                f"{percent(share)} of the texts that practitioners wrote down ({where}; {count(n)} "
                f"of {count(base)}) lie in it and make up {percent(part)} of it. Such notes are "
                "alike in wording, "
                "whatever the matter, so its size says little about what enquirers have in common.",
                Behind("assignments", ((name, label),), "in the theme", n=n, base=base),
                Behind("assignments", ((name, label),), "of the theme", n=n, base=size),
            )
    return None
