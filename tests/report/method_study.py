"""An analysis as far as the method statement reads it, for tests of methods and standards."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from tests.logs import NOTHING_HIDDEN
from tests.report.two_years import STUDY, load_study, make_years
from workbench.report.blocks import Bullets, Paragraph, Quotes, Section, TableBlock
from workbench.report.method import method_sections
from workbench.report.sections import _IDS_OF_METHOD, _by_title
from workbench.report.standards import standards_section
from workbench.study import Study
from workbench.themes.found import ThemeSettings
from workbench.themes.partition import BORDERLINE

CODINGS = "[method]\ncodings = 'codings.csv'\n"
RETURNS = pd.DataFrame(columns=pd.Index(["case_id", "signs"]))


def study_with(folder: Path, more: str = "", *, change: tuple[str, str] = ("", "")) -> Study:
    """The study of two years with ``more`` at its end, and one thing changed."""
    return load_study(folder, STUDY.replace(*change) + more)


def analysis_with(study: Study, *, returns: pd.DataFrame = RETURNS, **parts: Any) -> Any:
    """What the method statement reads of an analysis."""
    log = make_years()
    themes = SimpleNamespace(
        settings=ThemeSettings(seed=study.seed, main=(5, 9)),
        members=range(64),
        themes=pd.DataFrame({"level": [0, 0, 1], "stability": [0.9, 0.5, 0.9]}),
        assignments=pd.DataFrame({"state": [BORDERLINE] * 30}),
    )
    reading = SimpleNamespace(lenses=(), returns=returns, hidden=NOTHING_HIDDEN)
    release = pd.DataFrame({"withheld": [0], "outcome": ["released"]})
    given = {"study": study, "log": log, "themes": themes, "reading": reading}
    given |= {"tables": {}, "release": release, "gaps": (), "refused": {}, "coded": {}}
    given |= {"continued": None}
    return SimpleNamespace(**{**given, **parts})


def sections_with(study: Study, quotes: dict[str, Quotes] | None = None, **parts: Any) -> Any:
    """The sections of the method statement with the standards, by their ids."""
    analysis = analysis_with(study, **parts)
    named = [Section("About this report", 1, id="about"), Section("Themes found", 2, id="b1")]
    named += _by_title(method_sections(analysis), _IDS_OF_METHOD)
    standards = standards_section(analysis, named, quotes or {})
    return {section.id: section for section in (*named, standards)}


def words_of(*sections: Section) -> str:
    """All that the sections print."""
    told = []
    for section in sections:
        told.append(section.title)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                told.append(block.text)
            elif isinstance(block, Bullets):
                told += block.items
            elif isinstance(block, TableBlock):
                told += [block.title, block.note, *map(str, block.frame.columns)]
                told += list(block.frame.astype(str).to_numpy().ravel())
    return "\n".join(told)


def answers_of(section: Section) -> dict[str, str]:
    """What the table of the standards answers, by item."""
    [table] = [block for block in section.blocks if isinstance(block, TableBlock)]
    return dict(zip(table.frame["Standard item"], table.frame["Where or what"], strict=True))


def write_codings(folder: Path, rows: list[tuple[str, str, str]]) -> None:
    """Codings in ``codings.csv``: rows of case, code and coder."""
    pd.DataFrame(rows, columns=["case_id", "code", "coder"]).to_csv(
        folder / "codings.csv", index=False
    )


def code_both(folder: Path, *, cases: int = 40, differ: int = 8) -> None:
    """Two coders who give one code to the first half of cases, and differ on some."""
    rows = []
    for number in range(cases):
        first = "1.1" if number < cases // 2 else "2.1"
        second = first if number >= differ else "2.1"
        rows += [(f"C{number}", first, "AB"), (f"C{number}", second, "CD")]
    write_codings(folder, rows)
