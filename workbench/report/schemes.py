"""Where a field's scheme changed between the periods: what of it can be compared, and how far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench import charts
from workbench.cases.log import CaseLog
from workbench.charts.alt_schemes import alt_scheme_change
from workbench.charts.drawing import Drawing
from workbench.compare.crosswalk import Crosswalking, read_crosswalks
from workbench.compare.double_coded import read_double_coded
from workbench.compare.doubled import compare_schemes, protect_corrected
from workbench.compare.say_schemes import say_corrected, say_through
from workbench.compare.scheme_blocks import APART, list_blocks
from workbench.compare.schemes import compare_through, labels_per_case, protect_through
from workbench.privacy.disclosure import protect_table
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, TableBlock
from workbench.report.tables import count
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

THROUGH, BLOCKS, CORRECTED, PER_CASE = "through", "blocks", "corrected", "labels-per-case"


def scheme_tables(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    """Tables of each crosswalk of the study, numbered from 1, under its disclosure rule.

    ``labels-per-case/FIELD``; and by crosswalk ``blocks/N``, ``through/N`` and, where cases were
    coded by both schemes, ``corrected/N``.
    """
    tables: dict[str, pd.DataFrame] = {}
    for number, crosswalking in enumerate(read_crosswalks(study), start=1):
        if not _both_recorded(log, crosswalking):
            continue
        rule = study.disclosure
        for _, use in crosswalking.sides:
            given = labels_per_case(log, use.field)
            given = given[given["group"].isin(use.periods) & (given["recorded"] > 0)]
            key = f"{PER_CASE}/{use.scheme}"
            safe = protect_table(given, rule=rule, counts=("labels", "cases", "recorded"))
            if not rule.exempt:
                safe["per_case"] = (safe["labels"] / safe["cases"]).astype("float64")
            tables[key] = safe
        tables[f"{BLOCKS}/{number}"] = list_blocks(crosswalking)
        through = compare_through(log, crosswalking)
        tables[f"{THROUGH}/{number}"] = protect_through(through, rule=rule)
        if study.crosswalks[number - 1].double_coded:
            coded = read_double_coded(study, crosswalking)
            corrected = compare_schemes(log, crosswalking, coded)
            tables[f"{CORRECTED}/{number}"] = protect_corrected(corrected, rule=rule)
    return tables


def _both_recorded(log: CaseLog, crosswalking: Crosswalking) -> bool:
    """Whether some case was recorded by each of the two schemes."""
    periods = log.cases.set_index("case_id")["period"]
    return all(
        log.membership(use.field)["case_id"].map(periods).isin(use.periods).any()
        for _, use in crosswalking.sides
    )


def draw_schemes(analysis: Analysis) -> Iterator[Drawing]:
    """One figure a crosswalk: its blocks of labels in both periods, of cases and of labels."""
    for number, frame in _numbered(analysis, THROUGH):
        periods = list(dict.fromkeys(frame["group"]))
        figure = charts.scheme_change(frame, groups=periods)
        title = f"Through the crosswalk: {_title(analysis, number)}, {' and '.join(periods)}"
        note = (
            "Shares of the cases with the field, and of all labels given, with 95% intervals. "
            "Blocks are groups of labels that stand for one another."
        )
        said = alt_scheme_change(frame)
        yield Drawing(f"crosswalk-{number}", figure, frame, title, said, note)


def scheme_blocks(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Block]:
    """What the report says of each crosswalk, labels per case first."""
    blocks: list[Block] = []
    per_case = [frame for key, frame in analysis.tables.items() if key.startswith(f"{PER_CASE}/")]
    if per_case:
        blocks.append(Paragraph(_say_per_case(per_case)))
    for number, frame in _numbered(analysis, THROUGH):
        blocks.append(
            _blocks_table(analysis.tables[f"{BLOCKS}/{number}"], _title(analysis, number))
        )
        name = f"crosswalk-{number}"
        if name in drawings:
            blocks.append(FigureBlock(drawings[name]))
        joint = frame[frame["reference"].notna() & (frame["comparability"] != APART)]
        blocks.append(Bullets(tuple(say_through(row) for _, row in joint.iterrows())))
        corrected = analysis.tables.get(f"{CORRECTED}/{number}")
        if corrected is not None:
            told = corrected[corrected["comparability"] != APART]
            if len(told):
                blocks.append(Paragraph(_CORRECTED))
                blocks.append(Bullets(tuple(say_corrected(row) for _, row in told.iterrows())))
    return blocks


_CORRECTED = (
    "Some cases of the later period were coded by the earlier scheme too. They tell how the whole "
    "later period would have been recorded, had the scheme not changed; a change that is left then "
    "is one of the cases rather than of the scheme. Where that differs from the change through the "
    "crosswalk, go by the cases that were coded twice."
)


def _say_per_case(frames: list[pd.DataFrame]) -> str:
    known = [frame.dropna(subset=["labels"]) for frame in frames]
    rows = [row for frame in known for row in frame.itertuples(index=False)]
    said = "; ".join(f"{row.per_case:.2f} in {row.group}" for row in rows)
    return (
        f"The schemes give different numbers of labels a case: {said}. A scheme that gives more "
        "labels raises every share of cases; the share of all labels given stands beside it."
    )


def _blocks_table(blocks: pd.DataFrame, title: str) -> TableBlock:
    """Which labels stand for one another, and how well; labels without counterpart in one row."""
    import pandas as pd

    joint = blocks[blocks["comparability"] != APART]
    alone = blocks[blocks["comparability"] == APART]
    rows = joint[["label", "earlier_labels", "later_labels", "comparability", "why"]]
    rest = {
        "label": "No counterpart",
        "earlier_labels": "; ".join(filter(None, alone["earlier_labels"])),
        "later_labels": "; ".join(filter(None, alone["later_labels"])),
        "comparability": APART,
        "why": f"{count(len(alone))} labels of one scheme alone",
    }
    printed = pd.concat([rows, pd.DataFrame([rest])]) if len(alone) else rows
    heads = ["Block", "Earlier labels", "Later labels", "Comparable", "Why not exactly"]
    return TableBlock(
        title=f"Labels that stand for one another: {title}",
        frame=printed.set_axis(heads, axis=1).reset_index(drop=True),
        widths=(1.3, 1.8, 2.1, 1.3, 1.7),
    )


def _numbered(analysis: Analysis, kind: str) -> Iterator[tuple[int, pd.DataFrame]]:
    for key, frame in analysis.tables.items():
        if key.startswith(f"{kind}/"):
            yield int(key.removeprefix(f"{kind}/")), frame


def _title(analysis: Analysis, number: int) -> str:
    entry = analysis.study.crosswalks[number - 1]
    names = []
    for scheme in (entry.earlier, entry.later):
        found = analysis.study.schemes[scheme]
        names.append(found if isinstance(found, str) else found.title or scheme)
    return " to ".join(names)
