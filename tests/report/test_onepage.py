"""The one-page summary: checked as the report is, one page long, and linked to the report."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report.prose_study import (
    CLOSED,
    PROSE,
    QUOTES,
    Small,
    analyse_small,
    draw_small,
    ledger_of,
    sections_of,
    write_small,
)
from tests.report.test_pdf import inflate, pages
from workbench.charts.drawing import SavedDrawing
from workbench.errors import WorkbenchError
from workbench.report.blocks import FigureBlock, Prose, Section
from workbench.report.claims import VALUE
from workbench.report.documents import Document, check_length, documents_of, writers_of
from workbench.report.faults import STOPPING, stop_at
from workbench.report.ledger import check_strict, find_stale
from workbench.report.onepage import ONE_PAGE, UNTITLED
from workbench.report.written import Written, with_prose

FILE = "one-page.md"
PAGE = """# What came in {{ period }}

There were {{ cases(period) }} cases, and {{ share("platform", "TikTok") }} name TikTok. Months:
{{ ref("cases-per-month") }}; what is drawn here: {{ ref("platform") }}; more: {{ ref("a-role") }}.

{{ figure("platform") }}

## Where to get help

{{ contacts() }}
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="450"><rect width="9"/></svg>'


@pytest.fixture(scope="module")
def parts(tmp_path_factory):
    analysis = analyse_small(Small(tmp_path_factory.mktemp("page") / "study").write())
    drawings = draw_small(analysis)
    return sections_of(analysis, drawings), analysis, drawings


def write(parts, folder: Path, page: str, prose: dict[str, str] = PROSE) -> Written:
    """The report of the same cases with ``page`` as its one-page summary."""
    sections, analysis, drawings = parts
    folder.mkdir()
    for name, text in {**prose, FILE: page}.items():
        (folder / name).write_text(text, encoding="utf-8")
    study = analysis.study.model_copy(update={"prose": str(folder)})
    changed = type(analysis)(**{**vars(analysis), "study": study})
    return with_prose(sections, changed, drawings, QUOTES, collect=True)


@pytest.fixture(scope="module")
def written(parts, tmp_path_factory):
    return write(parts, tmp_path_factory.mktemp("clean") / "prose", PAGE)


def words_of(written: Written) -> str:
    blocks = [block for section in written.page.sections for block in section.blocks]
    return "\n\n".join(block.markdown for block in blocks if isinstance(block, Prose))


def test_it_has_no_fault_and_is_no_section(written):
    assert [str(fault) for fault in written.faults] == []
    assert ONE_PAGE not in {section.id for section in written.sections}
    assert written.page.title == "What came in 2023-24"
    assert [section.title for section in written.page.sections] == ["", "Where to get help"]
    kinds = [type(block) for section in written.page.sections for block in section.blocks]
    assert kinds == [Prose, FigureBlock, Prose]


def test_a_study_without_it_has_none_and_is_the_same(parts, written):
    study = parts[1].study
    bare = write_small(study)
    assert bare.page is None
    assert check_length(None, study) == []
    [report] = documents_of(study, bare)
    assert report.markdown({}) == documents_of(study, written)[0].markdown({})


def test_its_values_are_claims_with_their_place(written):
    own = [c for c in written.claims if c.section == ONE_PAGE and c.kind == VALUE]
    assert [(c.what, c.place.rpartition(":")[0]) for c in own] == [
        ("cases", "prose/one-page.md:3"),
        ("share", "prose/one-page.md:3"),
    ]
    assert own[1].printed == "68.8%"
    assert own[1].inputs == written.hashes["all"]
    captions = [c for c in written.claims if c.section == ONE_PAGE and c.kind != VALUE]
    assert all(c.frame == "shares-platform" for c in captions)


def test_the_report_does_not_list_its_values(parts, written):
    report, page = documents_of(parts[1].study, written)
    told = report.sections[-1].blocks[0].frame
    assert len(told) > 0
    assert not told["Where it stands"].str.contains("one-page").any()
    assert "claims" not in {section.id for section in page.sections}


def test_what_is_on_the_page_is_linked_there_and_all_else_in_the_report(written):
    said = words_of(written)
    assert "[Figure 1](#fig-1){.ref}" in said
    assert "[Figure 1 in the report](report.html#fig-1){.ref}" in said
    assert "[“Role” in the report](report.html#section-5){.ref}" in said
    assert written.sections[4].id == "a-role"


def test_contacts_are_those_of_the_study(written, parts, tmp_path):
    assert "- **Police:** 999\n- **A line to call:** 0300 123 4567" in words_of(written)
    sections, analysis, drawings = parts
    none = analysis.study.model_copy(update={"contacts": ()})
    (tmp_path / FILE).write_text(PAGE, encoding="utf-8")
    lone = replace_study(analysis, none.model_copy(update={"prose": str(tmp_path)}))
    [fault] = with_prose(sections, lone, drawings, QUOTES, collect=True).faults
    assert (fault.kind, fault.line) == ("value", 10)
    assert "contacts" in fault.message


def replace_study(analysis, study):
    return type(analysis)(**{**vars(analysis), "study": study})


# What stands in place of the month's link, of which kind its fault is, and a word of the message.
MONTHS = '{{ ref("cases-per-month") }}'
FAULTS = {
    "a number typed": ("about 77.2%", "typed number", "77.2%"),
    "a number in words": ("forty cases", "typed number", "forty"),
    "a label unknown": ('{{ share("platform", "TikTokk") }}', "value", "TikTok"),
    "a link to nowhere": ('{{ ref("no-such") }}', "reference", "no-such"),
    "a link typed": ("Figure 7", "reference", "Figure 7"),
    "a quote not released": (
        '{{ quote("C1", saying="Somebody put up") }}',
        "quote",
        "not released",
    ),
    "words of a case": (
        "Somebody put up a page that makes fun of our staff and we",
        "quote",
        "words or more",
    ),
    "what is generated": ("\n\n{{ generated() }}\n\n", "markup", "figure"),
    "a picture": ("![x](y.png)", "markup", "pictures"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_told_with_file_and_line(parts, tmp_path, name):
    wrong, kind, word = FAULTS[name]
    assert MONTHS in PAGE
    sections, analysis, drawings = parts
    if "not released" in name:
        strict = analysis.study.release.model_copy(update={"max_words": 3})
        study = analysis.study.model_copy(update={"release": strict})
        parts = sections, replace_study(analysis, study), drawings
    found = write(parts, tmp_path / "prose", PAGE.replace(MONTHS, wrong), {}).faults
    assert [fault.kind for fault in found] == [kind], found
    assert found[0].file == "prose/one-page.md"
    assert found[0].line == (6 if "\n" in wrong else 4)
    assert word in found[0].message
    with pytest.raises(WorkbenchError, match=r"prose/one-page\.md, line \d"):
        stop_at(check_strict(found, study=analysis.study), strict=True)


def test_a_hidden_share_is_a_fault_here_too(tmp_path):
    page = '# P\n\n{{ share("platform", "Discord", period="2022-23") }}\n'
    small = Small(tmp_path / "study", disclosure=CLOSED, prose={FILE: page})
    [fault] = write_small(small.write()).faults
    assert (fault.kind, fault.line) == ("disclosure", 3)


def test_a_report_is_stale_once_the_page_has_changed_come_or_gone(tmp_path):
    small = Small(tmp_path / "study", prose={**PROSE, FILE: PAGE})
    study = small.write()
    ledger = ledger_of(study, write_small(study))
    assert find_stale(ledger, study) == []
    path = tmp_path / "study" / "prose" / FILE
    path.write_text(PAGE + "More.\n", encoding="utf-8")
    [changed] = find_stale(ledger, study)
    assert str(changed).startswith("prose/one-page.md: prose/one-page.md has changed")
    path.unlink()
    [gone] = find_stale(ledger, study)
    assert "is gone" in gone.message


def test_more_than_one_page_is_a_fault_that_says_how_many(parts, written, tmp_path):
    study = parts[1].study
    assert check_length(written.page, study) == []
    long = write(parts, tmp_path / "prose", PAGE + "\n\nMany words of no great weight." * 90)
    [fault] = check_length(long.page, study)
    assert (fault.kind, fault.file) == ("length", "prose/one-page.md")
    assert "3 pages" in fault.message
    assert fault.kind not in STOPPING
    stop_at([fault])
    with pytest.raises(WorkbenchError, match="3 pages"):
        stop_at(check_strict([fault], study=study), strict=True)


def test_the_height_of_its_figure_counts(parts, written):
    [section, *rest] = written.page.sections
    shown = next(block for block in section.blocks if isinstance(block, FigureBlock))
    tall = type(shown.drawing.figure)(layout={"width": 900, "height": 1150})
    figure = FigureBlock(replace(shown.drawing, figure=tall))
    blocks = tuple(figure if block is shown else block for block in section.blocks)
    page = replace(written.page, sections=(replace(section, blocks=blocks), *rest))
    [fault] = check_length(page, parts[1].study)
    assert "2 pages" in fault.message


def save(drawings, folder: Path) -> list[SavedDrawing]:
    for name in drawings:
        (folder / f"{name}.svg").write_text(SVG, encoding="utf-8")
    paths = {name: folder / f"{name}.svg" for name in drawings}
    return [SavedDrawing(one, folder, paths[one.name], None, folder) for one in drawings.values()]


def test_its_documents_are_short_and_the_same_each_time(parts, written, tmp_path):
    page = documents_of(parts[1].study, written)[1]
    saved = save(parts[2], tmp_path)
    writers = writers_of(page, saved, tmp_path, reference=None)
    assert sorted(writers) == ["summary.docx", "summary.html", "summary.pdf"]
    first = {name: make().read_bytes() for name, make in writers.items()}
    assert {name: make().read_bytes() for name, make in writers.items()} == first
    html = " ".join(first["summary.html"].decode().split())
    assert "<title>What came in 2023-24</title>" in html
    assert html.count("<h1") == 1
    assert "<nav" not in html
    assert "Demonstration on synthetic data" in html
    assert 'alt="In words."' in html
    outside = set(re.findall(r'(?:src|href)="(?!data:|#)([^"]+)"', html))
    assert outside == {"report.html#fig-1", "report.html#section-5"}
    pdf = inflate(tmp_path / "summary.pdf")
    assert pages(pdf) == 1
    assert "pdfuaid" in pdf
    assert not re.search(r"/S/TOC\b", pdf)


def test_without_pictures_there_is_no_pdf(parts, written, tmp_path):
    page = documents_of(parts[1].study, written)[1]
    assert sorted(writers_of(page, [], tmp_path, reference=None)) == [
        "summary.docx",
        "summary.html",
    ]
    bare = replace(page, sections=page.sections[1:])
    assert "summary.pdf" in writers_of(bare, [], tmp_path, reference=None)


def test_a_page_without_a_heading_still_has_a_title(parts, tmp_path):
    page = write(parts, tmp_path / "prose", "Only words.\n").page
    assert page.title == UNTITLED
    assert [section.title for section in page.sections] == [""]


def test_the_notice_stands_once_on_a_single_page_and_at_the_foot_of_many():
    section = (Section("In short", 1),)
    one = Document("summary", "In short", "", "Invented.", section, contents=False)
    many = Document("report", "Long", "", "Invented.", section)
    assert (one.footer, many.footer) == ("", "Invented.")
    assert one.markdown({}).count("Invented") == many.markdown({}).count("Invented") == 1
