"""Where a report answers the items of two standards of qualitative research, SRQR and COREQ.

The items stand in ``standards.toml``. What was run answers some of them, the study's [method]
others; what nobody has stated is said to be so, and how to state it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from workbench.report.agreed import read_agreed
from workbench.report.analysis import safe_count
from workbench.report.blocks import Paragraph, Quotes, Section, TableBlock
from workbench.report.links import owns
from workbench.report.method import STATED, stated
from workbench.report.prose import read_prose_files
from workbench.report.tables import count

if TYPE_CHECKING:
    from workbench.report.analysis import Analysis
    from workbench.study import Study

TITLE = "Reporting standards: where this report answers"
NOT_STATED = "Not stated"
_STANDARDS = {"srqr": "SRQR", "coreq": "COREQ"}
_HEADING = re.compile(r"\s*#[ \t]+([^{}\n]+)\n")


@dataclass(frozen=True)
class Topic:
    """What one or several items ask, and what answers them (see ``standards.toml``)."""

    items: Mapping[str, tuple[int, ...]]
    asks: str = ""
    says: str = ""
    stated: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    prose: str = ""
    why: str = ""

    @property
    def name(self) -> str:
        """The items by number: "SRQR 9; COREQ 2–5"."""
        return "; ".join(f"{_STANDARDS[one]} {_numbers(own)}" for one, own in self.items.items())


@cache
def read_standards() -> tuple[tuple[Topic, ...], tuple[Topic, ...]]:
    """The topics that a study of records can meet, and those outside it."""
    content = tomllib.loads(files("workbench.report").joinpath("standards.toml").read_text("utf-8"))
    return tuple(map(_topic, content["topics"])), tuple(map(_topic, content["outside"]))


def standards_section(
    analysis: Analysis, sections: Sequence[Section], quotes: Mapping[str, Quotes]
) -> Section:
    """The items with their answers, those unstated, and those that a study of records cannot meet.

    ``sections`` are all others of the report, by which answers are named.
    """
    import pandas as pd

    study = analysis.study
    titles = _titles(sections, study)
    facts, told = _facts(analysis, quotes), stated(study)
    topics, outside = read_standards()
    rows = [(topic.name, topic.asks, _answer(topic, titles, facts, told)) for topic in topics]
    columns = pd.Index(["Standard item", "What it asks", "Where or what"])
    missing = unstated(study)
    table = TableBlock(
        title=TITLE,
        frame=pd.DataFrame(rows, columns=columns),
        widths=(1.3, 2.3, 3.4),
        note=f"What is not stated can be added to the study: {_listed(missing)}."
        if missing
        else "",
        name="standards",
        leads={title: name for name, title in titles.items()},
    )
    before = Paragraph(
        "Two standards say what a report of qualitative research should tell: SRQR (O'Brien and "
        "others 2014) and COREQ (Tong and others 2007). What their items ask is put in our own "
        "words."
    )
    without = "; ".join(f"{topic.name}: {topic.why}" for topic in outside)
    after = Paragraph(f"Items that do not apply. {without}.", style="note")
    return Section(TITLE, 2, (before, table, after), id="standards")


def unstated(study: Study) -> tuple[str, ...]:
    """What a person has yet to state: keys such as "method.ethics", files as "prose/summary.md".

    In the order in which the table asks for it; empty where all is stated.
    """
    told, written = stated(study), {file.id for file in read_prose_files(study)}
    topics, _ = read_standards()
    keys = [key for topic in topics for key in topic.stated if key not in told]
    prose = [topic.prose for topic in topics if topic.prose and topic.prose not in written]
    return (
        *(f"method.{key}" for key in keys),
        *(f"{study.prose or 'prose'}/{name}.md" for name in prose),
    )


def _listed(missing: Sequence[str]) -> str:
    """In words: "in its description, under method: funding; as prose of its own: summary"."""
    keys = [name.removeprefix("method.") for name in missing if name.startswith("method.")]
    prose = [PurePath(name).stem for name in missing if not name.startswith("method.")]
    told = [f"in its description, under method: {'; '.join(map(_word_of, keys))}"] if keys else []
    if prose:
        told.append(f"as prose of its own: {', '.join(prose)}")
    return "; ".join(told)


def _word_of(key: str) -> str:
    """What the report calls a key of [method], and the key where that is another word."""
    words = STATED[key].lower()
    return words if words == key else f"{words} (“{key}”)"


def _topic(entry: Mapping[str, Any]) -> Topic:
    items = {one: tuple(entry[one]) for one in _STANDARDS if one in entry}
    rest: dict[str, Any] = {name: own for name, own in entry.items() if name not in _STANDARDS}
    listed = {name: tuple(own) for name, own in rest.items() if isinstance(own, list)}
    return Topic(items=items, **{**rest, **listed})


def _numbers(own: Sequence[int]) -> str:
    """``[2, 3, 4, 8]`` as "2–4, 8"."""
    runs: list[list[int]] = []
    for number in sorted(own):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs
    )


def _titles(sections: Sequence[Section], study: Study) -> dict[str, str]:
    """The title of each section by id; the heading of its file where she wrote one."""
    titles = {section.id: section.title for section in sections if section.id}
    for file in read_prose_files(study):
        heading = _HEADING.match(f"{file.text}\n")
        if heading or file.id not in titles:
            titles[file.id] = heading[1].strip() if heading else file.id.capitalize()
    return titles


def _answer(
    topic: Topic, titles: Mapping[str, str], facts: Mapping[str, str], told: Mapping[str, str]
) -> str:
    """What answers a topic: words, the sections that hold more, and what is not stated."""
    given = [key for key in topic.stated if key in told]
    missing = [STATED[key].lower() for key in topic.stated if key not in told]
    places = ["approach"] if given else []
    places += [*topic.sections, *([topic.prose] if topic.prose else [])]
    found = [_find(place, titles) for place in places]
    named = ", ".join(dict.fromkeys(f"“{title}”" for title in found if title))
    parts = [topic.says.format(**facts), f"See {named}." if named else ""]
    known = [part for part in parts if part]
    if known and missing:
        known.append(f"{NOT_STATED}: {', '.join(missing)}.")
    return " ".join(known) or f"{NOT_STATED}."


def _find(place: str, titles: Mapping[str, str]) -> str:
    """The title of a section, or of the first below it."""
    below = (title for name, title in titles.items() if owns(place, name))
    return titles.get(place) or next(below, "")


def _facts(analysis: Analysis, quotes: Mapping[str, Quotes]) -> dict[str, str]:
    """What the run answers by itself."""
    study = analysis.study
    names = list(analysis.log.periods)
    shown = any(quote.approved for spoken in quotes.values() for quote in spoken.items)
    return {
        "organisation": study.organisation or study.title,
        "periods": " and ".join([", ".join(names[:-1]), names[-1]]) if names[1:] else names[0],
        "cases": f"{count(safe_count(len(analysis.log), study))} cases",
        "control": "left as they are" if study.disclosure.exempt else "hidden and others rounded",
        "coders": _say_coders(study),
        "quotes": (
            "Beside themes, tones and readings, redacted, under numbers whose key is not published."
            if shown
            else "No quotation is released in this report."
        ),
    }


def _say_coders(study: Study) -> str:
    """How many people coded by hand; under a reflexive approach those who analysed."""
    agreed = read_agreed(study)
    if agreed is not None:
        return f"{agreed.coders} {'person' if agreed.coders == 1 else 'people'}."
    if study.method.reflexive:
        return "The researchers themselves."
    if study.tone.prevalence or study.tone.heads:
        return "People labelled a sample; their number is not stated."
    return "Themes and markers are the workbench's; labels of the records stand as they came."
