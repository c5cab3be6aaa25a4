"""The researcher's codebooks in the report: a section each, with shares, agreement and themes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from workbench.report.analysis import Analysis, safe_count
from workbench.report.behind import Behind, Sourced, behind_row, behind_rows
from workbench.report.blocks import Block, Paragraph, Quotes, Section, TableBlock
from workbench.report.coded import Coded
from workbench.report.coded_tables import BESIDE, CODES
from workbench.report.parts import slug
from workbench.report.tables import HIDDEN, count, share_with_limits
from workbench.report.voices import any_released, shown
from workbench.themes.codebook import FIRST
from workbench.themes.findings import summarise_alignment
from workbench.tone.prevalence import POWERED

if TYPE_CHECKING:
    import pandas as pd

    from workbench.charts.drawing import Drawing
    from workbench.study import Study

_KINDS = {
    "match": "The same in both",
    "theme without code": "The codebook may miss",
    "code without theme": "No theme of its own",
    "theme joins codes": "A theme joins codes",
    "code split": "A code is split over themes",
}
_BY_CODE = ("code", "label")


def place_codebooks(
    sections: Sequence[Section],
    analysis: Analysis,
    drawings: Mapping[str, Drawing],
    quotes: Mapping[str, Quotes],
) -> list[Section]:
    """``sections`` with one for each codebook: in B1 before the found themes, elsewhere after.

    A codebook stands in the section that it names, or at the end of Part B where the report has
    no such section. Its id is that of the section with "-codebook" ("b1-codebook"); a second one
    of the same section has its own name behind that.
    """
    placed = list(sections)
    for id_, name in name_sections(analysis).items():
        coded = analysis.coded[name]
        if f"{CODES}/{name}" not in analysis.tables:  # refused by disclosure control
            continue
        home = coded.book.section
        level = 2 if home == FIRST else 3
        title = f"{coded.book.title}: the researcher's codebook"
        blocks = (*_blocks(analysis, drawings, coded), *_spoken(analysis, coded, quotes))
        at = _place(placed, home)
        placed.insert(at, Section(title, level, tuple(blocks), id=id_))
    return placed


def name_sections(analysis: Analysis) -> dict[str, str]:
    """The id of each codebook's section, and the codebook's name, in the study's order."""
    found: dict[str, str] = {}
    for name, coded in analysis.coded.items():
        own = slug(coded.book.section, "codebook")
        found[own if own not in found else slug(own, name)] = name
    return found


def _place(sections: Sequence[Section], home: str) -> int:
    """Where a codebook's section goes: before B1, after all of another section, or after Part B."""
    ids = [section.id for section in sections]
    if home == FIRST and home in ids:
        return ids.index(home)
    at = ids.index(home) if home in ids else ids.index("b") if "b" in ids else len(ids) - 1
    top = sections[at].level
    end = at + 1
    while end < len(sections) and sections[end].level > top:
        end += 1
    return end


def _blocks(analysis: Analysis, drawings: Mapping[str, Drawing], coded: Coded) -> Iterator[Block]:
    frame = analysis.tables[f"{CODES}/{coded.name}"]
    yield Paragraph(_say_how(coded, frame))
    if coded.elsewhere:
        yield Paragraph(_say_elsewhere(coded, analysis.study))
    yield from shown(drawings, slug("codebook", coded.name))
    yield codes_table(coded, frame)
    if "f1" in frame.columns and frame["f1"].notna().any():
        yield told_table(coded, frame)
    aligned = analysis.tables.get(f"{BESIDE}/{coded.name}")
    if aligned is not None and len(aligned):
        yield Paragraph(
            "Beside the themes that were found in the texts alone: where both agree, what the "
            "codebook may miss, and which codes and themes split or join one another. A theme "
            "stands there by its sub-themes where all of these are firm, and whole otherwise."
        )
        yield from shown(drawings, slug("codebook", coded.name, "themes"))
        yield beside_table(coded, aligned)


def _say_how(coded: Coded, frame: pd.DataFrame) -> Sourced:
    """How many codes there are, who coded, and what the counts are worth."""
    inner, outer = len(coded.book.leaves), len(coded.book.children(""))
    size = f"{inner} codes" if inner == outer else f"{inner} codes under {outer}"
    asked = f" It asks of each enquiry: {coded.book.question}" if coded.book.question else ""
    first = f"The researcher's codebook “{coded.book.title}” has {size}.{asked}"
    people = frame[frame["method"] == POWERED]
    of = f"{CODES}/{coded.name}"
    sized = Behind(of, (), "codes", n=inner)
    if people.empty:
        return Sourced(
            f"{first} Nobody has coded a case by it yet. A model suggests a code where a sentence "
            "is like the codebook's own lines, so every count below is of suggestions: it says "
            "where to start reading, and is no prevalence. How often the suggestions are right was "
            "not measured, and where the model is in doubt it abstains.",
            sized,
        )
    labelled = people["labelled"].max()
    text = (
        f"{first} People coded {count(labelled)} of the {count(people['base'].max())} cases by it. "
        "The shares rest on their codings, joined with what a model that learns from these says "
        "of all cases (prediction-powered estimates): mistakes of the model widen the intervals "
        "and do not shift the shares. On texts for which a code is about as likely as not, the "
        "model abstains."
    )
    if len(people) < len(frame):
        text += (
            " Codes that nobody gave have the rate at which the model suggests them, which is no "
            "prevalence."
        )
    row = people.iloc[0]
    behind = Behind(of, (), "labelled", n=_number(labelled), base=_number(row["base"]))
    return Sourced(text, sized, behind)


def _say_elsewhere(coded: Coded, study: Study) -> Sourced:
    """How many cases were coded that the study does not hold."""
    n = safe_count(coded.elsewhere, study)
    said = (
        "A few cases were" if n is None else "One case was" if n == 1 else f"{count(n)} cases were"
    )
    text = (
        f"{said} coded that this study does not hold, or could not use; their codings are left "
        "out. See that their numbers are written as in the records."
    )
    return Sourced(text, Behind("codings", (("codebook", coded.name),), "left out", n=n))


def codes_table(coded: Coded, frame: pd.DataFrame) -> TableBlock:
    """Codes with cases, share and interval, codings of people, and how often the model abstains."""
    import pandas as pd

    powered = frame["method"] == POWERED
    rows = list(zip(frame["share"], frame["low"], frame["high"], strict=True))
    columns: dict[str, list[str]] = {"Code": _names(frame)}
    of = f"{CODES}/{coded.name}"
    cells = {}
    if powered.any():
        columns["Share of cases (95% interval)"] = [
            share_with_limits(*row, missing=HIDDEN) if own else "–"
            for row, own in zip(rows, powered, strict=True)
        ]
        columns["Coded by people"] = [
            count(n) if own else "–" for n, own in zip(frame["given"], powered, strict=True)
        ]
        cells = {
            "Share of cases (95% interval)": behind_rows(
                frame, "share", frame=of, by=_BY_CODE, n="", base="base"
            ),
            "Coded by people": behind_rows(
                frame, "given", frame=of, by=_BY_CODE, n="given", base="labelled"
            ),
        }
    columns["Suggested for"] = [count(n) for n in frame["suggested"]]
    columns["Abstained on"] = [count(n) for n in frame["abstained"]]
    for head, name in (("Suggested for", "suggested"), ("Abstained on", "abstained")):
        cells[head] = behind_rows(frame, name, frame=of, by=_BY_CODE, n=name, base="base")
    base = count(frame["base"].max())
    note = f"Of {base} cases; a case can bear several codes. “Suggested for” counts what the model "
    note += "would code, and is no prevalence; “abstained on” what it leaves to a person."
    return TableBlock(
        title=f"{coded.book.title}: codes" if powered.any() else f"{coded.book.title}: suggestions",
        frame=pd.DataFrame(columns),
        numeric=tuple(columns)[1:],
        widths=(3.0, *((1.8, 1.0) if powered.any() else ()), 1.0, 1.0),
        note=Sourced(note, Behind(of, (), "base", base=_number(frame["base"].max()))),
        name=slug("codebook", coded.name),
        source=of,
        cells=cells,
    )


def told_table(coded: Coded, frame: pd.DataFrame) -> TableBlock:
    """How well the model's suggestions go with the codings of people, code by code."""
    import pandas as pd

    of = f"{CODES}/{coded.name}"
    known = frame[frame["f1"].notna()].reset_index(drop=True)
    columns = {
        "Code": _names(known),
        "F1 (95% interval)": [
            f"{value:.2f} ({low:.2f}–{high:.2f})"
            for value, low, high in zip(known["f1"], known["f1_low"], known["f1_high"], strict=True)
        ],
        "Kappa": [f"{value:.2f}" for value in known["kappa"]],
        "Calibration error": [f"{value:.3f}" for value in known["calibration"]],
        "Coded by people": [count(n) for n in known["given"]],
    }
    measures = {"F1 (95% interval)": "f1", "Kappa": "kappa", "Calibration error": "calibration"}
    told = {
        head: behind_rows(known, name, frame=of, by=_BY_CODE, n="", base="labelled")
        for head, name in measures.items()
    }
    told["Coded by people"] = behind_rows(
        known, "given", frame=of, by=_BY_CODE, n="given", base="labelled"
    )
    labelled = known["labelled"].max()
    note = (
        f"On the {count(labelled)} cases that people coded, each as if the model had not learnt "
        "from it. F1 is 1 where the model finds all cases with the code and no other; kappa is "
        "Cohen's, of model and people; the calibration error is how far its probabilities lie "
        "from what people gave, from 0 (none) to 1. Codes given to fewer than five different "
        "texts are left out."
    )
    return TableBlock(
        title=f"{coded.book.title}: how well the model finds what people coded",
        frame=pd.DataFrame(columns),
        numeric=tuple(columns)[1:],
        widths=(3.0, 1.6, 0.7, 1.1, 1.0),
        note=Sourced(note, Behind(of, (), "labelled", base=_number(labelled))),
        name=slug("codebook", coded.name, "agreement"),
        source=of,
        cells=told,
    )


def beside_table(coded: Coded, aligned: pd.DataFrame) -> TableBlock:
    """What an alignment of codes and found themes comes to, a row a finding."""
    import pandas as pd

    found = summarise_alignment(aligned)
    found = found[found["kind"].isin(_KINDS)].reset_index(drop=True)
    of = f"{BESIDE}/{coded.name}"
    size = found["n"] / found["share"].where(found["share"] > 0)
    rows = found.assign(base=size).to_dict("records")
    behind = tuple(
        behind_row(row, "share", frame=of, by=("kind", "label", "name"), n="", base="")
        for row in rows
    )
    base = _number(aligned["base"].max())
    return TableBlock(
        title=f"{coded.book.title}: beside the found themes",
        frame=pd.DataFrame({"What": found["kind"].map(_KINDS), "Finding": found["says"]}),
        widths=(1.4, 5.0),
        note=Sourced(
            f"Of {count(base)} cases. Numbers of cases with a code are expected from the model's "
            "probabilities, and the intervals do not hold what the clustering leaves open. Codes "
            "that too few cases were given to learn them are left out.",
            Behind(of, (), "base", base=base),
        ),
        name=slug("codebook", coded.name, "themes"),
        source=of,
        cells={"Finding": behind},
    )


def _spoken(analysis: Analysis, coded: Coded, quotes: Mapping[str, Quotes]) -> Iterator[Block]:
    """Released quotes under each outermost code of a codebook by which somebody coded."""
    if not any_released(analysis.study):
        return
    for code in coded.book.children(""):
        found = quotes.get(f"codebook/{coded.name}/{code.code}")
        if found and found.items:
            yield Paragraph(f"In the enquirers' words: {code.name}")
            yield found


def _names(frame: pd.DataFrame) -> list[str]:
    return [
        f"{'– ' * int(depth)}{label}"
        for label, depth in zip(frame["label"], frame["depth"], strict=True)
    ]


def _number(value: object) -> float | None:
    import pandas as pd

    return None if pd.isna(value) else float(value)  # type: ignore[call-overload,arg-type]
