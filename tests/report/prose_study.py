"""A small study of two made-up years on disk, with prose, for tests of claims and their ledger."""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import plotly.graph_objects as go

from tests.report.two_years import analysis_of
from workbench.cases.read import read_cases
from workbench.charts.drawing import Drawing
from workbench.compare.seasons import cases_per_month
from workbench.privacy.disclosure import protect_table
from workbench.report.blocks import Bullets, FigureBlock, Paragraph, Quote, Quotes, Section
from workbench.report.comparing import comparison_tables
from workbench.report.comparison import sentences
from workbench.report.ledger import Ledger
from workbench.report.parts import reported_fields
from workbench.report.sections import field_tables
from workbench.report.tables import months_table
from workbench.report.written import Written, with_prose
from workbench.study import Study

STUDY = """
name = "two"
title = "Two years"
organisation = "A helpline"
synthetic = true
[columns]
case_id = "id"
date = "day"
text = "words"
[[periods]]
name = "2022-23"
start = 2022-09-01
end = 2023-08-31
[[periods]]
name = "2023-24"
start = 2023-09-01
end = 2024-08-31
[[sources]]
path = "cases.csv"
[fields.role]
column = "role"
label = "Role"
[fields.platform]
column = "platform"
label = "Platform"
many = true
[[comparisons]]
title = "Heads and teachers"
by = "role"
groups = ["Head", "Teacher"]
fields = ["platform"]
[disclosure]
{disclosure}
[release]
approve = "automatic"
[[contacts]]
name = "Police"
details = "999"
[[contacts]]
name = "A line to call"
details = "0300 123 4567"
"""
OPEN = 'exempt = true\nreason = "made up"'
CLOSED = "hide_up_to = 7\nround_to = 5"
PLATFORMS = ("TikTok", "Instagram", "Snapchat", "Discord")
ROLES = ("Head", "Teacher")
PERIODS = {"2022-23": ("2022-10-05", 60), "2023-24": ("2023-11-07", 80)}

PROSE = {
    "summary.md": """# Summary

In {{ period }} there were {{ cases(period) }} cases, after {{ cases(earlier) }} the year before.

- **One service leads.** {{ share("platform", "TikTok", counts=True) }} of the cases with a platform
  name TikTok ({{ interval("platform", "TikTok") }}, a 95% interval): {{ ref("platform") }}.
- Instagram stood in {{ count("platform", "Instagram") }} of {{ base("platform") }} cases, and it
  {{ change("platform", "Instagram") }}.
""",
    "a.md": """# Part A, and more

Pupils of Year 9 wrote in May 2023, on 3 March and 24/7. Ring 999 or 0300 123 4567.
The Act of 2003 is no figure, and nor is the 2nd of it. Some were aged 11 to 16; one was under 13.

1. The busiest month was {{ busiest() }}.
2. {{ say("platform", "TikTok") }}

{{ generated() }}

<!-- Here the writer notes that 12 cases {{ nothing() }} are to be read again. -->
## Heads and teachers

Of heads, {{ share("platform", "TikTok", role="Head") }} name it, and of teachers
{{ share("platform", "TikTok", role="Teacher") }}.
""",
    "a-platform.md": """Most often it was {{ top("platform", 1) }}, in
{{ share("platform", top("platform", 1)) }} of cases; the table has {{ rows("months") }} months.

{{ table("platform") }}

{{ quotes("theme/1") }}

One wrote {{ quote("C1") }}, and another:

{{ quote("C2", saying="took it down") }}
""",
}
WORDS = "Somebody put up a page that makes fun of our staff and we reported it. They took it down."


@dataclass
class Small:
    """A study in ``folder`` with its rows (id, day, words, role, platform), to be spoilt."""

    folder: Path
    disclosure: str = OPEN
    rows: list[dict[str, str]] = field(default_factory=list)
    prose: dict[str, str] = field(default_factory=lambda: dict(PROSE))

    def __post_init__(self) -> None:
        dice = random.Random(5)
        weights = {"2022-23": (30, 20, 8, 2), "2023-24": (60, 10, 8, 2)}
        for period, (day, size) in PERIODS.items():
            for number in range(size):
                platform = dice.choices(PLATFORMS, weights[period])[0]
                role = ROLES[number % 3 == 0]
                row = {"id": f"C{len(self.rows)}", "day": day, "words": WORDS}
                self.rows.append({**row, "role": role, "platform": platform})

    def write(self) -> Study:
        """Write all files and read the study's description."""
        self.folder.mkdir(parents=True, exist_ok=True)
        text = STUDY.replace("{disclosure}", self.disclosure)
        (self.folder / "study.toml").write_text(text, encoding="utf-8")
        with (self.folder / "cases.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, ["id", "day", "words", "role", "platform"])
            writer.writeheader()
            writer.writerows(self.rows)
        prose = self.folder / "prose"
        prose.mkdir(exist_ok=True)
        for name, words in self.prose.items():
            (prose / name).write_text(words, encoding="utf-8")
        return Study.load(self.folder)


def analyse_small(study: Study) -> Any:
    """What the prose reads of an analysis: the study, its log and the tables of its fields."""
    log = replace(read_cases(study), redacted=True)
    tables = comparison_tables(log, study, fields=["role", "platform"], found=[])
    tables["months"] = protect_table(cases_per_month(log, study), rule=study.disclosure)
    return analysis_of(study, log, tables)


def draw_small(analysis: Any) -> dict[str, Drawing]:
    """Two drawings without anything drawn."""
    named = {"shares-platform": "shares/platform", "cases-per-month": "months"}
    return {
        name: Drawing(name, go.Figure(), analysis.tables[key], f"What {name} shows", "In words.")
        for name, key in named.items()
    }


def sections_of(analysis: Any, drawings: dict[str, Drawing]) -> list[Section]:
    """Sections as the workbench generates them, in little."""
    [role, platform] = reported_fields(analysis)
    changes = Bullets(sentences(analysis.tables["shares/platform"], source="shares/platform"))
    shown = FigureBlock(drawings["shares-platform"])
    return [
        Section("About this report", 1, (Paragraph("All of it."),), id="about"),
        Section("Part A", 1, (FigureBlock(drawings["cases-per-month"]), _months(analysis)), id="a"),
        Section("Role", 2, tuple(field_tables(role)), id="a-role"),
        Section("Platform", 2, (shown, *field_tables(platform)), id="a-platform"),
        Section("Part C", 1, (Paragraph("With care."),), id="c"),
        Section("Year on year", 2, (shown, changes), id="c1"),
    ]


def _months(analysis: Any) -> Any:
    return replace(months_table(analysis.tables["months"]), name="months")


QUOTES = {
    "theme/1": Quotes(
        (
            Quote("C1", "They took it down.", True, "approved"),
            Quote("C3", "Words that nobody has cleared.", False, "nobody has cleared them"),
        )
    )
}


def write_small(study: Study, *, collect: bool = True) -> Written:
    """The report of the study, as far as it goes."""
    analysis = analyse_small(study)
    drawings = draw_small(analysis)
    sections = sections_of(analysis, drawings)
    return with_prose(sections, analysis, drawings, QUOTES, collect=collect)


def ledger_of(study: Study, written: Written) -> Ledger:
    return Ledger(study.name, written.hashes, written.claims)
