"""The figures of the researcher's codebooks: shares by code and period, and beside the themes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts.alt import alt_alignment
from workbench.charts.alt_codes import alt_codes
from workbench.charts.coded import codes
from workbench.charts.drawing import Drawing
from workbench.compare.say import percent
from workbench.report.analysis import Analysis
from workbench.report.behind import Sourced, behind_bases
from workbench.report.coded import Coded
from workbench.report.coded_tables import BESIDE, CODES, PERIODS
from workbench.report.parts import slug
from workbench.report.tables import count
from workbench.report.titles import title_of_shares
from workbench.themes.alignment import FEWEST, MET
from workbench.tone.prevalence import POWERED

if TYPE_CHECKING:
    import pandas as pd


def draw_codebooks(analysis: Analysis) -> Iterator[Drawing]:
    """For each codebook its shares, and how it sits beside the found themes where people coded."""
    for name, coded in analysis.coded.items():
        source = f"{PERIODS}/{name}"
        source = source if source in analysis.tables else f"{CODES}/{name}"
        frame = analysis.tables.get(source)
        if frame is None:  # refused by disclosure control
            continue
        title = title_of_codes(frame, coded.book.title)
        figure = codes(frame, groups=analysis.log.periods, estimated=POWERED)
        said = alt_codes(frame, what=coded.book.title, estimated=POWERED)
        stem = slug("codebook", name)
        note = _say_base(coded, frame, source)
        yield Drawing(stem, figure, frame, title, said, note, source=source)
        aligned = analysis.tables.get(f"{BESIDE}/{name}")
        if aligned is not None and len(aligned):
            title = title_of_alignment(aligned, coded.book.title)
            yield Drawing(
                slug(stem, "themes"),
                charts.alignment(aligned[(aligned["theme"] >= 0) | (aligned["size"] >= FEWEST)]),
                aligned,
                title,
                alt_alignment(aligned),
                "Cases with a code are expected from the model's probabilities.",
                source=f"{BESIDE}/{name}",
            )


def title_of_codes(frame: pd.DataFrame, label: str) -> str:
    """Which outermost code leads, with its share; of suggestions, which is suggested most often."""
    outer = frame[(frame["depth"] == 0) & frame["share"].notna()]
    powered = outer[outer["method"] == POWERED]
    if len(powered):
        return title_of_shares(powered, label)
    if outer.empty or not outer["share"].gt(0).any():
        return f"{label}: nothing is suggested"
    last = str(list(outer["group"])[-1])
    own = outer[outer["group"].astype(str) == last]
    first = own.sort_values(["share", "label"], ascending=[False, True], kind="stable").iloc[0]
    return (
        f"{label}: most often suggested in {last} is “{first['label']}”, for "
        f"{percent(first['share'])} of cases"
    )


def title_of_alignment(aligned: pd.DataFrame, label: str) -> str:
    """How many of the found themes meet a code of the codebook."""
    placed = aligned[aligned["theme"] != -1]
    met = placed.loc[placed["relation"].isin(MET), "theme"].nunique()
    themes = placed["theme"].nunique()
    return f"{label}: {met or 'none'} of {themes} firm themes clearly meet a code"


def _say_base(coded: Coded, frame: pd.DataFrame, source: str) -> Sourced:
    bases = frame.groupby("group", sort=False)["base"].max()
    told = "; ".join(f"{group}: {count(base)} cases" for group, base in bases.items())
    if (frame["method"] == POWERED).any():
        how = "Shares are estimated from cases that people coded and what a model says of all."
        if (frame["method"] != POWERED).any():
            how += " Hollow dots are codes that nobody gave: how often the model suggests them."
    else:
        how = "Rates at which a model suggests a code, which are no prevalences."
    return Sourced(
        f"Base: {told}. {how} A case can bear several.", *behind_bases(frame, frame=source)
    )
