"""A table that disclosure control refuses is left out everywhere; what is left is safe."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.logs import make_log
from tests.report.test_build import ENDINGS, MATTERS
from tests.report.two_years import load_study
from workbench.cases.log import CaseLog
from workbench.errors import ExportError, WorkbenchError
from workbench.privacy.attack_tables import check_release
from workbench.privacy.linked_tables import REFUSED, describe_release
from workbench.report.analysis import Analysis, analyse, base_of, make_tables
from workbench.report.build import Report, build_report
from workbench.report.comparing import comparison_tables
from workbench.report.drawings import draw
from workbench.report.refusals import (
    GIVEN_AWAY,
    RESTS,
    find_refused,
    record_refused,
    say_refused,
    with_resting,
)
from workbench.report.releasing import Counter, _fields, links_of, read_report, release_tables
from workbench.report.sections import write_sections
from workbench.study import Study

STUDY = """
name = "thin"
title = "A thin second year"
[columns]
case_id = "Case"
date = "Received"
text = "Enquiry"
[[periods]]
name = "2022"
start = 2022-01-01
end = 2022-12-31
[[periods]]
name = "2023"
start = 2023-01-01
end = 2023-12-31
[[sources]]
path = "cases.csv"
[fields.site]
column = "Site"
label = "Site"
[fields.way]
column = "Way"
label = "Way in"
"""
THIN = {"North": 7, "South": 7}
"""Fourteen cases print 15, so 13 at least: of two labels with at most 7 each has 6 or 7."""


def rows_of() -> list[dict[str, str]]:
    rows = [
        {"date": f"2022-{n % 12 + 1:02}-03", "site": ("South", "North")[n % 3 > 0]}
        for n in range(120)
    ]
    sites = [site for site, size in THIN.items() for _ in range(size)]
    rows += [{"date": f"2023-{n % 4 + 1:02}-05", "site": site} for n, site in enumerate(sites)]
    return [{"way": ("Mail", "Phone")[n % 5 == 0], **row} for n, row in enumerate(rows)]


def write_study(folder: Path) -> Study:
    folder.mkdir(exist_ok=True)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    with (folder / "cases.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["Case", "Received", "Enquiry", "Site", "Way"])
        for n, row in enumerate(rows_of()):
            text = f"{MATTERS[n % 3]} {ENDINGS[n % 4].format(who='me', n=n + 2)}"
            writer.writerow([f"K{n}", row["date"], text, row["site"], row["way"]])
    return Study.load(folder)


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    return write_study(tmp_path_factory.mktemp("thin") / "study")


@pytest.fixture(scope="module")
def analysis(study: Study) -> Analysis:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_CACHE", str(study.folder / "cache"))
        return analyse(study)


@pytest.fixture(scope="module")
def built(study: Study, analysis: Analysis) -> tuple[Path, Report]:
    """The report without a browser; an earlier run had let the table leave."""
    out = study.folder / "out"
    (out / "tables").mkdir(parents=True)
    (out / "tables" / "shares-site.csv").write_text("of an earlier run", encoding="utf-8")
    (out / "manifest.json").write_text('{"files": ["tables/shares-site.csv"]}', encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workbench.charts.save.find_browser", lambda: None)
        return out, build_report(study, out=out, analysis=analysis)


def make_cases() -> CaseLog:
    return make_log(
        [{"case_id": f"K{n}", "period": row["date"][:4], **row} for n, row in enumerate(rows_of())]
    )


def test_a_thin_year_has_its_table_refused_and_no_other_of_records(analysis: Analysis) -> None:
    assert analysis.refused["shares/site"] == GIVEN_AWAY
    assert not any("way" in name for name in analysis.refused)
    assert set(analysis.refused).isdisjoint(analysis.tables)
    assert "shares/way" in analysis.tables


def test_what_is_left_was_checked_anew(analysis: Analysis, study: Study) -> None:
    people = Counter(analysis.log.cases["case_id"], _fields(analysis.log, study))
    tables = {name: own for name, own in analysis.tables.items() if name != "urgency"}
    rule, links = study.disclosure, links_of(analysis.log, people)
    of_all = {"of_all": lambda name: base_of(name) == "all"}
    left = read_report(tables, analysis.log, people, rule=rule, **of_all)
    held = {
        links.plain(one)
        for table, row, column, one, n in left.itertuples(index=False)
        if table in tables and n > rule.hide_up_to and pd.isna(tables[table].at[row, column])
    }
    options = {"rule": rule, "links": links, "exact": people}
    assert check_release(left, **options, withheld=held).empty
    whole = make_tables(analysis.log, study)
    cells = read_report(whole, analysis.log, people, rule=rule, **of_all)
    assert "shares/site" in set(check_release(cells, **options)["table"])


def test_nothing_of_it_is_written_by_any_path(built: tuple[Path, Report]) -> None:
    out, report = built
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert not [name for name in names if "shares-site" in name or "change-site" in name]
    assert "tables/shares-way.csv" in names
    tables = pd.read_csv(out / "disclosure.csv").set_index("table")
    assert tables.loc["shares/site", "outcome"] == REFUSED
    assert tables.loc["shares/site", ["counts", "hidden", "withheld"]].tolist() == [0, 0, 0]
    assert not tables["reason"].astype(str).str.contains("North").any()
    with zipfile.ZipFile(out / "tables.xlsx") as book:
        cells = "".join(book.read(one).decode() for one in book.namelist() if "xml" in one)
    assert "shares/site" not in cells
    assert "shares/way" in cells
    texts = [*out.rglob("*.csv"), *out.rglob("*.html"), out / "ledger.json"]
    told = {path.name: path.read_text("utf-8") for path in texts if path.name != "disclosure.csv"}
    assert not [name for name, text in told.items() if "North" in text or "South" in text]
    with zipfile.ZipFile(io.BytesIO(report.docx.read_bytes())) as document:
        assert b"North" not in document.read("word/document.xml")


def test_its_section_says_so_without_the_numbers(built: tuple[Path, Report]) -> None:
    out, report = built
    page = " ".join((out / "report.html").read_text("utf-8").split())
    start = page.index("<h2>Site</h2>")
    section = page[start : page.index("</section>", start)]
    assert "Site: withheld by disclosure control" in section
    assert not any(sign.isdigit() for sign in section.removeprefix("<h2>").replace("h2", ""))
    assert any(gap.startswith("Site: withheld by disclosure control") for gap in report.gaps)
    assert "left out of the report altogether" in page


def test_strict_names_each(study: Study, analysis: Analysis, tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError) as told:
        build_report(study, out=tmp_path, analysis=analysis, strict=True)
    for name in analysis.refused:
        assert f"- {name}: this table was refused by disclosure control" in str(told.value)
    assert "North" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_prose_that_asks_for_it_is_told_file_and_line(
    study: Study, analysis: Analysis, tmp_path: Path
) -> None:
    lines = ('{{ share("site", "North") }}', '{{ figure("site") }}', "{{ cases() }}")
    (tmp_path / "a-site.md").write_text("# Site\n\n" + "\n\n".join(lines), encoding="utf-8")
    changed = study.model_copy(update={"prose": str(tmp_path)})
    with pytest.raises(WorkbenchError) as told:
        build_report(changed, out=tmp_path / "out", analysis=replace(analysis, study=changed))
    said = str(told.value)
    assert "2 faults" in said
    assert said.count("the table 'shares/site' was refused by disclosure control") == 2
    assert "a-site.md, line 3, column 1" in said
    assert "a-site.md, line 5, column 1" in said


def test_where_the_totals_of_the_text_tell_the_whole_report_is_refused(tmp_path: Path) -> None:
    study = load_study(tmp_path, STUDY + "[disclosure]\nround_to = 1\n")
    rows = [
        {"case_id": f"K{n}", "period": period, "date": f"{period}-02-03", "site": "North"}
        for n, period in enumerate(["2022"] * 90 + ["2023"] * 4)
    ]
    log = make_log(rows)
    with pytest.raises(ExportError, match="the report's text"):
        release_tables({}, log, study, of_all=lambda name: False)


def test_the_order_of_tables_does_not_matter(study: Study) -> None:
    log = make_cases()
    tables = comparison_tables(log, study, fields=["site", "way"], found=[])
    done = release_tables(tables, log, study, of_all=lambda name: base_of(name) == "all")
    turned = dict(reversed(tables.items()))
    again = release_tables(turned, log, study, of_all=lambda name: base_of(name) == "all")
    assert set(done.tables) == set(again.tables)
    assert "shares/site" not in done.tables
    told = describe_release(done.status, rule=study.disclosure)
    assert "1 other table was left out of the report altogether" in told


def test_what_rests_on_a_refused_table_goes_with_it() -> None:
    tables = ["coverage/site", "shares/site", "shares/way", "mix", "printed/cells", "words"]
    assert with_resting(["coverage/site"], tables) == {
        "coverage/site": GIVEN_AWAY,
        "shares/site": RESTS,
        "mix": RESTS,
        "printed/cells": RESTS,
    }
    assert with_resting(["urgency"], ["urgency", "mix"]) == {"urgency": GIVEN_AWAY}


@pytest.mark.parametrize(
    "name", ["themes", "shares/tone", "months", "tone_months", "theme_months", "urgency", "returns"]
)
def test_a_report_can_do_without_any_table(analysis: Analysis, name: str) -> None:
    refused = {**analysis.refused, **with_resting([name], analysis.tables)}
    kept = {key: frame for key, frame in analysis.tables.items() if key not in refused}
    status = record_refused(analysis.release[analysis.release["table"].isin(list(kept))], refused)
    lacking = replace(analysis, tables=kept, release=status)
    before = {drawing.name for drawing in draw(analysis)}
    drawings = {drawing.name: drawing for drawing in draw(lacking)}
    assert all(find_refused(figure, refused) for figure in before - set(drawings))
    sections = write_sections(lacking, drawings, {})
    told = {getattr(block, "text", "") for one in sections for block in one.blocks}
    assert set(say_refused(lacking)) <= told
