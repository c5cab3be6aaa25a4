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
from workbench.compare.say_schemes import claimed_change, say_corrected, say_through
from workbench.compare.scheme_blocks import APART, list_blocks
from workbench.compare.schemes import compare_through, labels_per_case, protect_through
from workbench.privacy.disclosure import protect_table
from workbench.report.behind import Sourced, behind_row, behind_said
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, TableBlock
from workbench.report.tables import count
from workbench.study import Study

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

THROUGH, BLOCKS, CORRECTED, PER_CASE = "through", "blocks", "corrected", "labels-per-case"

MOST_NAMED = 3
"""The most blocks that a title names."""


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
        title = _finding(analysis, number, frame)
        note = (
            "Shares of the cases with the field, and of all labels given, with 95% intervals. "
            "Blocks are groups of labels that stand for one another."
        )
        said = alt_scheme_change(frame)
        yield Drawing(f"crosswalk-{number}", figure, frame, title, said, note)


def scheme_blocks(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Block]:
    """What the report says of each crosswalk, labels per case first."""
    blocks: list[Block] = []
    per_case = {
        key: frame for key, frame in analysis.tables.items() if key.startswith(f"{PER_CASE}/")
    }
    if per_case:
        blocks.append(Paragraph(_say_per_case(per_case, analysis.study)))
    for number, frame in _numbered(analysis, THROUGH):
        source = f"{BLOCKS}/{number}"
        table = _blocks_table(analysis.tables[source], _title(analysis, number), source=source)
        blocks.append(table)
        name = f"crosswalk-{number}"
        if name in drawings:
            blocks.append(FigureBlock(drawings[name]))
        joint = frame[frame["reference"].notna() & (frame["comparability"] != APART)]
        key = f"{THROUGH}/{number}"
        said = (
            Sourced(say_through(row, twice), behind_said(row, frame=key))
            for row, twice in _with_twice(analysis, number, joint)
        )
        blocks.append(Bullets(tuple(said)))
        corrected = analysis.tables.get(f"{CORRECTED}/{number}")
        if corrected is not None:
            told = corrected[corrected["comparability"] != APART]
            if len(told):
                blocks.append(Paragraph(_CORRECTED))
                blocks.append(Bullets(tuple(_say_corrected(told, f"{CORRECTED}/{number}"))))
    return blocks


_CORRECTED = (
    "Some cases of the later period were coded by the earlier scheme too. They tell how the whole "
    "later period would have been recorded, had the scheme not changed; a change that is left then "
    "is one of the cases rather than of the scheme. Where that differs from the change through the "
    "crosswalk, go by the cases that were coded twice."
)


def _say_corrected(told: pd.DataFrame, key: str) -> Iterator[Sourced]:
    """Each row in words, on the cases coded twice and on those of the earlier scheme."""
    for _, row in told.iterrows():
        before = behind_row(row, "reference_share", frame=key, by=("label", "reference"))
        yield Sourced(say_corrected(row), before, behind_row(row, "corrected", frame=key))


def _with_twice(
    analysis: Analysis, number: int, frame: pd.DataFrame
) -> Iterator[tuple[pd.Series, pd.Series | None]]:
    """Each row with that of the same block on the cases coded twice, where there is one."""
    corrected = analysis.tables.get(f"{CORRECTED}/{number}")
    twice = {} if corrected is None else {row["label"]: row for _, row in corrected.iterrows()}
    for _, row in frame.iterrows():
        yield row, twice.get(row["label"])


def _finding(analysis: Analysis, number: int, frame: pd.DataFrame) -> str:
    """What of a crosswalk can be claimed, with the scheme to which it leads."""
    later = _scheme_title(analysis.study, analysis.study.crosswalks[number - 1].later)
    known = [
        (str(row["label"]), claimed_change(row, twice))
        for row, twice in _with_twice(analysis, number, frame[frame["reference"].notna()])
    ]
    moved = [f"{label} {'rose' if way > 0 else 'fell'}" for label, way in known if way]
    periods = " to ".join(dict.fromkeys(frame["group"]))
    through = f"through the crosswalk to “{later}”"
    if not moved:
        return f"No change from {periods} can be claimed {through}"
    others = f" and {len(moved) - MOST_NAMED} more changed" if len(moved) > MOST_NAMED else ""
    named = ", ".join(moved[:MOST_NAMED])
    return f"{named}{others} from {periods} {through}; no other change can be claimed"


def _say_per_case(frames: Mapping[str, pd.DataFrame], study: Study) -> Sourced:
    rows = [
        (key, row)
        for key, frame in frames.items()
        for row in frame.dropna(subset=["labels"]).to_dict("records")
    ]
    said = "; ".join(
        f"{row['per_case']:.2f} in {row['group']} "
        f"({_scheme_title(study, key.removeprefix(f'{PER_CASE}/'))})"
        for key, row in rows
    )
    columns = {"n": "", "base": "cases", "low": "low", "high": "high"}
    behind = (behind_row(row, "per_case", frame=key, by=("group",), **columns) for key, row in rows)
    return Sourced(
        f"The schemes give different numbers of labels a case: {said}. A scheme that gives more "
        "labels raises every share of cases; the share of all labels given stands beside it.",
        *behind,
    )


def _blocks_table(blocks: pd.DataFrame, title: str, *, source: str) -> TableBlock:
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
        widths=(1.2, 1.6, 2.0, 1.1, 2.3),
        source=source,
    )


def _numbered(analysis: Analysis, kind: str) -> Iterator[tuple[int, pd.DataFrame]]:
    for key, frame in analysis.tables.items():
        if key.startswith(f"{kind}/"):
            yield int(key.removeprefix(f"{kind}/")), frame


def _title(analysis: Analysis, number: int) -> str:
    entry = analysis.study.crosswalks[number - 1]
    return " to ".join(_scheme_title(analysis.study, one) for one in (entry.earlier, entry.later))


def _scheme_title(study: Study, name: str) -> str:
    found = study.schemes[name]
    return found if isinstance(found, str) else found.title or name
