"""Part C of a report: what differs between years, between groups, and anywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from workbench import charts
from workbench.charts import alt_composition, alt_pairs
from workbench.charts.drawing import Drawing
from workbench.charts.titles import title_of_change, title_of_contrast
from workbench.compare.say import FEW, is_clear, percent, points, say
from workbench.compare.say_composition import say_standardised
from workbench.compare.shares import schemes_differ
from workbench.report.blocks import Block, Bullets, FigureBlock, Paragraph, Section, TableBlock
from workbench.report.comparing import EQUAL_MIX, GROUPS, MIX, REST, SHARES
from workbench.report.parts import slug
from workbench.report.schemes import draw_schemes, scheme_blocks
from workbench.report.wording import word_blocks

if TYPE_CHECKING:
    import pandas as pd

    from workbench.report.analysis import Analysis

MOST_CLEAR, MOST_UNCLEAR = 8, 3
"""The sentences of one comparison: of its clear differences, and of those that come nearest."""

MOST_ROWS = 20
FEW_LABELS = 10
"""A slope of so many labels or fewer is read at a glance; more stand as a dumbbell."""

_CAREFUL = (
    "A difference is called higher or lower only where chance alone would rarely make it, after "
    "allowing for all comparisons made between the same groups; the interval says how large it may "
    "be. Where no difference is clear, the sentence says how large one would have had to be for "
    "these cases to show it, four times in five. A difference in what was recorded is not always "
    "a difference in what happened."
)


def draw_comparisons(analysis: Analysis) -> Iterator[Drawing]:
    """The figures of Part C: crosswalks, changes, changes at an equal mix, groups."""
    yield from draw_schemes(analysis)
    yield from _draw_changes(analysis)
    yield from _draw_groups(analysis)


def comparison_sections(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    """The sections of Part C, as far as the records allow."""
    sections = [*_years(analysis, drawings), *_groups(analysis, drawings), *_anywhere(analysis)]
    if not sections:
        return []
    return [Section("Part C. Comparisons", 1, (Paragraph(_CAREFUL),)), *sections]


def changed_fields(analysis: Analysis) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Fields that both of the last two periods recorded alike: name, what one is, their frame."""
    pair = analysis.study.two_periods
    if pair is None or not set(pair) <= set(analysis.log.periods):
        return
    for key, frame in analysis.tables.items():
        name = key.removeprefix(f"{SHARES}/")
        hidden = name in analysis.study.fields and not analysis.study.fields[name].report
        if key == name or hidden or schemes_differ(analysis.log, name):
            continue
        both = frame[frame["group"].isin(pair)]
        if both["difference"].notna().any() and both["reference"].dropna().eq(pair[0]).all():
            yield name, _one(analysis, name), both.reset_index(drop=True)


def _one(analysis: Analysis, name: str) -> str:
    """What one label of a field is called in a sentence."""
    field = analysis.study.fields.get(name)
    return (field.one if field else "") or analysis.log.title_of(name).lower()


def _draw_changes(analysis: Analysis) -> Iterator[Drawing]:
    periods = analysis.log.periods
    for name, one, frame in changed_fields(analysis):
        title = title_of_change(frame, what=one)
        note = _note(frame)
        if frame["label"].nunique() <= FEW_LABELS:
            figure, said = charts.slope(frame), alt_pairs.alt_slope(frame, what=one)
        else:
            figure = charts.dumbbell(frame, groups=periods, order="change")
            said = alt_pairs.alt_dumbbell(frame, what=one)
        yield Drawing(slug("change", name), figure, frame, title, said, note)
        equal = analysis.tables.get(f"{EQUAL_MIX}/{name}")
        if equal is not None and _mix_moved(analysis) and name in _asked(analysis):
            title = f"{analysis.log.title_of(name)}: the change as it is, and at an equal mix"
            said = alt_composition.alt_standardised(equal, what=one)
            figure = charts.standardised(equal)
            yield Drawing(slug("equal-mix", name), figure, equal, title, said, note)


def _draw_groups(analysis: Analysis) -> Iterator[Drawing]:
    for number, period, name, frame in _compared(analysis):
        one = _one(analysis, name)
        groups = analysis.study.comparisons[number - 1].groups
        title = f"{period}: {title_of_contrast(frame, what=one)}"
        stem = slug("groups", str(number), period, name)
        said = alt_pairs.alt_contrast(frame, what=one)
        figure = charts.contrast(frame, groups=groups)
        yield Drawing(stem, figure, frame, title, said, _note(frame))


def _compared(analysis: Analysis) -> Iterator[tuple[int, str, str, pd.DataFrame]]:
    for key, frame in analysis.tables.items():
        if key.startswith(f"{GROUPS}/") and frame["difference"].notna().any():
            _, number, period, name = key.split("/", maxsplit=3)
            yield int(number), period, name, frame


def _note(frame: pd.DataFrame) -> str:
    bases = frame.groupby("group", sort=False)["base"].max()
    known = "; ".join(f"{group} {int(n):,}" for group, n in bases.items() if n == n)
    return f"Base: cases with the field, {known}. Intervals are 95%."


def _asked(analysis: Analysis) -> set[str]:
    """The fields that the study's comparisons ask of, or all."""
    asked = {name for c in analysis.study.comparisons for name in c.fields}
    return asked or {key.removeprefix(f"{SHARES}/") for key in analysis.tables}


def _mix_moved(analysis: Analysis) -> bool:
    mix = analysis.tables.get(MIX)
    return mix is not None and bool((mix["warning"] != "").any())


def _years(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    blocks: list[Block] = [*scheme_blocks(analysis, drawings), *_mix(analysis)]
    for name, _, frame in changed_fields(analysis):
        blocks += _figure(drawings, slug("change", name))
        blocks.append(Bullets(sentences(frame)))
        equal = analysis.tables.get(f"{EQUAL_MIX}/{name}")
        if equal is not None and _mix_moved(analysis):
            blocks += _figure(drawings, slug("equal-mix", name))
            blocks += _turned(equal)
    for key in ("keyness/subjects", "keyness/enquiries"):
        blocks += word_blocks(analysis, drawings, key)
    return [Section("Year on year", 2, tuple(blocks))] if blocks else []


def _mix(analysis: Analysis) -> list[Block]:
    """How the make-up of the cases moved between the periods, before any of it is compared."""
    mix = analysis.tables.get(MIX)
    if mix is None:
        return []
    warned = [str(said) for said in mix["warning"] if said]
    titles = ", ".join(analysis.log.title_of(str(name)).lower() for name in mix["field"])
    if not warned:
        text = f"The mix of the cases ({titles}) hardly moved between the periods."
        return [Paragraph(text)]
    text = (
        "The mix of the cases moved between the periods, so that a change in a share may be one of "
        "who came rather than of what they wrote. Shares are therefore also set side by side at an "
        f"equal mix ({titles})."
    )
    return [Paragraph(text), Bullets(tuple(warned))]


def _turned(equal: pd.DataFrame) -> list[Block]:
    """Sentences for the labels of which an equal mix says otherwise than the plain shares do."""
    known = equal[equal["raw_difference"].notna() & equal["standardised_difference"].notna()]
    plain, held = known["raw_p_adjusted"] < 0.05, known["p_adjusted"] < 0.05
    turned = (known["raw_difference"] > 0) != (known["standardised_difference"] > 0)
    otherwise = known[(plain != held) | (plain & held & turned)]
    if otherwise.empty:
        same = "the same differences are" if plain.any() else "no difference is"
        return [Paragraph(f"At an equal mix {same} clear.", style="note")]
    return [Bullets(tuple(say_standardised(row) for _, row in otherwise.iterrows()))]


def _groups(analysis: Analysis, drawings: Mapping[str, Drawing]) -> list[Section]:
    sections = []
    for number, comparison in enumerate(analysis.study.comparisons, start=1):
        blocks: list[Block] = []
        for own, period, name, frame in _compared(analysis):
            if own == number:
                blocks += _figure(drawings, slug("groups", str(number), period, name))
                blocks.append(Bullets(sentences(frame)))
        for key in analysis.tables:
            if key.startswith(f"keyness/{number}/"):
                blocks += word_blocks(analysis, drawings, key)
        if blocks:
            sections.append(Section(comparison.title, 2, tuple(blocks)))
    return sections


def _anywhere(analysis: Analysis) -> list[Section]:
    """Every grouping against all other cases: only what is clear, the largest first."""
    import pandas as pd

    sections = []
    for key, frame in analysis.tables.items():
        if not key.startswith(f"{REST}/"):
            continue
        period = key.removeprefix(f"{REST}/")
        clear = frame[is_clear(frame)]
        ranked = clear.loc[clear["effect"].abs().sort_values(ascending=False, kind="stable").index]
        text = (
            f"Every group of {period} with enough cases was set against all other cases: "
            f"{len(frame):,} comparisons, of which {len(clear):,} are clear after correction for "
            "all of them. This shows where to look; who writes may account for what is written."
        )
        blocks: list[Block] = [Paragraph(text)]
        if len(ranked):
            told = [_told(analysis, row) for _, row in ranked.head(MOST_ROWS).iterrows()]
            heads = ("Group", "Carries", "In the group", "In all others", "Points (95% interval)")
            title = f"Where groups differ most clearly, {period}"
            if len(ranked) > MOST_ROWS:
                title += f": the first {MOST_ROWS} of {len(ranked)}"
            table = pd.DataFrame(told, columns=pd.Index(heads))
            widths = (2.0, 2.0, 1.0, 1.0, 1.6)
            blocks.append(TableBlock(title, table, numeric=heads[2:], widths=widths))
        sections.append(Section("Any other grouping", 2, tuple(blocks)))
    return sections


def _told(analysis: Analysis, row: pd.Series) -> tuple[str, ...]:
    low, high = points(row["difference_low"]), points(row["difference_high"])
    return (
        f"{row['group']} ({analysis.log.title_of(row['by']).lower()})",
        f"{row['label']} ({_one(analysis, row['field'])})",
        percent(row["share"]),
        percent(row["reference_n"] / row["reference_base"]),
        f"{points(row['difference'])} ({low} to {high})",
    )


def _figure(drawings: Mapping[str, Drawing], name: str) -> tuple[Block, ...]:
    return (FigureBlock(drawings[name]),) if name in drawings else ()


def sentences(frame: pd.DataFrame) -> tuple[str, ...]:
    """The rows of a comparison that say most, in words: the clear ones, then the nearest to it."""
    rows = frame[frame["difference"].notna()].sort_values("p_adjusted", kind="stable")
    clear = is_clear(rows)
    enough = rows[["n", "reference_n"]].max(axis=1) >= FEW
    near = rows[~clear & enough].head(MOST_UNCLEAR)
    shown = [*rows[clear].head(MOST_CLEAR).iterrows(), *near.iterrows()]
    said = [say(row) for _, row in shown]
    left, more = len(rows) - len(said), max(int(clear.sum()) - MOST_CLEAR, 0)
    if left == 1:
        said.append(f"1 more was compared{', and differs clearly' if more else ', not clear'}.")
    elif left:
        also = f"{more} of them with a clear difference" if more else "none of them clear"
        said.append(f"{left} more were compared, {also}.")
    return tuple(said) or ("Too few cases to compare.",)
