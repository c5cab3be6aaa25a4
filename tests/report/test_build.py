"""The whole road on a small study: from a file to the documents."""

from __future__ import annotations

import csv
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.traced import contradictions, share_with_base
from workbench.errors import WorkbenchError
from workbench.report.build import Report, build_report
from workbench.report.claims import CELL, SENTENCE
from workbench.report.ledger import read_ledger
from workbench.study import Study

STUDY = """
name = "small"
title = "A small study"

[columns]
case_id = "Case"
date = "Received"
text = "Enquiry"

[[periods]]
name = "2023"
start = 2023-01-01
end = 2023-12-31

[[sources]]
path = "cases.csv"

[fields.site]
column = "Site"
label = "Site"

[private.people]
column = "Who"
"""
PAGE = """# The year

A number that is typed: 123 cases. {{ ref("site") }}

{{ figure("site") }}
"""
MATTERS = (
    "The boiler in the hall has failed again and the rooms are cold.",
    "Somebody put up a page that pretends to be our library.",
    "We would like a talk about passwords for the new trainees.",
)
ENDINGS = (
    "Please call {who} today.",
    "It has been going on for {n} weeks.",
    "Write to {who} at box{n}@mill.example if you can.",
    "We asked {n} times and heard nothing back.",
)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    """A study of ninety invented cases and two bad rows, and its report, without a browser."""
    folder = tmp_path_factory.mktemp("study")
    with (folder / "cases.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Case", "Received", "Enquiry", "Site", "Who"])
        for n in range(90):
            who = f"Zebedee Quill{n}"
            text = f"{MATTERS[n % 3]} {ENDINGS[n % 4].format(who=who, n=n + 2)}"
            site = ["North", "South", ""][n % 3]
            writer.writerow([f"K{n}", f"2023-{n % 12 + 1:02}-03", text, site, who])
        writer.writerow(["K1", "2023-02-02", "The same number again.", "North", ""])
        writer.writerow(["K99", "some day", "No date at all.", "North", ""])
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "prose").mkdir()
    (folder / "prose" / "one-page.md").write_text(PAGE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.charts.save.find_browser", lambda: None)
        patch.setenv("WORKBENCH_CACHE", str(folder / "cache"))
        report = build_report(Study.load(folder), out=folder / "out")
    return folder, report


def exported(folder: Path) -> dict[str, str]:
    """Everything that the run wrote, as text."""
    texts = {}
    for path in (folder / "out").rglob("*"):
        if path.suffix in (".docx", ".xlsx"):
            with zipfile.ZipFile(path) as document:
                parts = [name for name in document.namelist() if name.endswith(".xml")]
                texts[path.name] = "".join(document.read(name).decode() for name in parts)
        elif path.is_file() and path.name != "plotly.min.js":
            texts[path.name] = path.read_text(encoding="utf-8")
    return texts


def test_documents_figures_and_tables_are_written(built: tuple[Path, Report]) -> None:
    folder, report = built
    assert report.docx.exists()
    assert report.html.exists()
    assert report.problems == 2
    assert not report.pictures
    names = {saved.drawing.name for saved in report.figures}
    assert {"cases-per-month", "shares-site", "theme-sizes", "theme-map", "tones"} <= names
    assert all(saved.html.exists() and saved.csv.exists() for saved in report.figures)
    assert (folder / "out" / "tables" / "months.csv").exists()


def test_every_figure_and_the_workbook_bear_their_sensitivity(built: tuple[Path, Report]) -> None:
    folder, report = built
    label = "Counts of 7 or fewer hidden, others rounded to 5"
    assert {saved.drawing.label for saved in report.figures} == {label}
    texts = exported(folder)
    for saved in report.figures:
        assert texts[saved.html.name].count(label) == 2, saved.drawing.name  # drawn, and told
    assert label in texts["tables.xlsx"]
    assert texts["figures.html"].count(label) == len(report.figures)


def test_the_one_page_summary_stands_beside_the_report(built: tuple[Path, Report]) -> None:
    folder, report = built
    assert {path.name for path in report.summary} == {"summary.docx", "summary.html"}
    assert all(path.exists() for path in report.summary)
    assert [(fault.kind, fault.file, fault.line) for fault in report.faults] == [
        ("typed number", "prose/one-page.md", 3)
    ]
    listed = (folder / "out" / "manifest.json").read_text(encoding="utf-8")
    assert "summary.html" in listed


def test_what_is_missing_is_said(built: tuple[Path, Report]) -> None:
    _, report = built
    page = report.html.read_text(encoding="utf-8")
    assert any("field 'platform'" in gap for gap in report.gaps)
    assert any("one period only" in gap for gap in report.gaps)
    assert "no browser was found" in " ".join(page.split())
    assert "could not be used" in page


def test_names_and_addresses_stand_in_nothing_exported(built: tuple[Path, Report]) -> None:
    folder, _ = built
    for name, text in exported(folder).items():
        assert "Quill" not in text, name
        assert "mill.example" not in text, name
        assert "The same number again" not in text, name


def test_small_counts_are_hidden_and_quotes_wait(built: tuple[Path, Report]) -> None:
    folder, report = built
    page = " ".join(report.html.read_text(encoding="utf-8").split())
    assert "not released" in page
    months = (folder / "out" / "tables" / "months.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(months.splitlines()))
    assert {row["n"] for row in rows} <= {"", "10"}  # seven or eight a month


def test_the_same_study_gives_the_same_documents(built: tuple[Path, Report]) -> None:
    folder, report = built
    before = {path.name: path.read_bytes() for path in (report.docx, report.html)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.charts.save.find_browser", lambda: None)
        patch.setenv("WORKBENCH_CACHE", str(folder / "other-cache"))
        again = build_report(Study.load(folder), out=folder / "out")
    assert {path.name: path.read_bytes() for path in (again.docx, again.html)} == before


def test_the_summary_goes_with_its_prose_and_strict_refuses_a_long_one(
    built: tuple[Path, Report],
) -> None:
    folder, report = built
    page, out = folder / "prose" / "one-page.md", folder / "out"
    written = {path: path.read_bytes() for path in out.iterdir() if path.is_file()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.charts.save.find_browser", lambda: None)
        patch.setenv("WORKBENCH_CACHE", str(folder / "cache"))
        page.write_text("# The year\n\n" + "Words of little weight. " * 600, encoding="utf-8")
        with pytest.raises(WorkbenchError, match=r"one-page\.md: it comes out at \d pages"):
            build_report(Study.load(folder), out=out, strict=True)
        assert {path: path.read_bytes() for path in out.iterdir() if path.is_file()} == written
        page.unlink()
        bare = build_report(Study.load(folder), out=out, strict=True)
    assert bare.summary == ()
    assert not list(out.glob("summary.*"))
    assert not any(path.exists() for path in report.summary)


def test_every_claim_of_a_whole_report_rests_on_a_table_or_a_named_source(built):
    folder, report = built
    tables = {path.stem for path in (folder / "out" / "tables").glob("*.csv")}
    claims = [
        replace(claim, frame=claim.frame.replace("/", "-"))
        for claim in read_ledger(report.ledger).claims
    ]
    assert contradictions(claims, tables) == []
    assert share_with_base(claims, CELL) > 0.5
    assert share_with_base(claims, SENTENCE) > 0.7
    assert all(claim.name for claim in claims)
