"""The report section by section: as it stands, with its faults, and nothing of it stored."""

from __future__ import annotations

import html
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbench.errors import WorkbenchError
from workbench.explore.sections import parts_of, read_report
from workbench.report.blocks import Paragraph, Section
from workbench.report.faults import Fault
from workbench.report.markdown import to_markdown
from workbench.report.render import render_html

SECTIONS = (
    Section("Part A & more", 1, (Paragraph("Of the whole part."),), "a"),
    Section("Platforms", 2, (Paragraph('Said <b>so</b> by "someone".'),), "a-platform"),
    Section("", 2, (Paragraph("Below the same heading."),), "more"),
    Section("Part B", 1, (Paragraph("The end."),), "b"),
)
FAULTS = (
    Fault("typed number", "prose/a-platform.md", 3, 1, "37 is typed by hand."),
    Fault("value", "study.toml", 0, 0, "Of no section."),
)


@pytest.fixture
def report(tmp_path: Path) -> SimpleNamespace:
    markdown = to_markdown(SECTIONS, title="A report", pictures={})
    path = render_html(markdown, tmp_path / "report.html")
    return SimpleNamespace(html=path, sections=SECTIONS, faults=FAULTS)


def words(part_page: str) -> str:
    body = part_page.partition("<main>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_each_section_is_cut_out_as_it_stands(report):
    parts = parts_of(report)
    assert [(part.name, part.level) for part in parts] == [("a", 1), ("a-platform", 2), ("b", 1)]
    assert [words(part.page) for part in parts] == [
        "Part A & more Of the whole part.",
        'Platforms Said <b>so</b> by "someone". Below the same heading.',
        "Part B The end.",
    ]
    assert all("<style" in part.page and "default-src" in part.page for part in parts)


def test_faults_stand_with_the_section_whose_prose_has_them(report):
    assert [part.faults for part in parts_of(report)] == [(), FAULTS[:1], ()]


def test_a_section_is_chosen_and_turned_to(report):
    shown = read_report(report, first="a-platform")
    controls, view, said = shown.widget.children
    chooser, back, on = controls.children
    assert [name.strip() for name, _ in chooser.options] == [
        "Part A & more",
        "Platforms (1 fault in prose)",
        "Part B",
    ]
    assert "37 is typed by hand." in said.value
    assert 'title="Platforms"' in view.value
    on.click()
    assert 'title="Part B"' in view.value
    assert (back.disabled, on.disabled) == (False, True)
    assert "Nothing" in said.value
    back.click()
    back.click()
    assert chooser.value == 0
    assert back.disabled


def test_the_frame_runs_nothing_and_holds_the_page_escaped(report):
    view = read_report(report).widget.children[1].value
    assert "<iframe sandbox title=" in view
    inside = re.fullmatch(r'<iframe [^<>"]*("[^<>"]*"[^<>"]*)*></iframe>', view)
    assert inside, "no quote or tag of the page ends the attribute"
    assert html.unescape(view).count("<main>") == 1


def test_a_notebook_stores_the_number_of_sections_alone(report):
    stored = read_report(report)._repr_mimebundle_()
    assert stored["text/plain"] == "3 sections, 1 fault in prose, shown in JupyterLab alone"
    assert "whole part" not in str(stored)


def test_what_is_not_there_is_told(report):
    with pytest.raises(WorkbenchError, match=r"no section 'a-platfrom'.*a-platform"):
        read_report(report, first="a-platfrom")
    text = report.html.read_text(encoding="utf-8")
    for changed in (text.replace("section-2", "sect-2"), "", "<head></head>"):
        report.html.write_text(changed, encoding="utf-8")
        with pytest.raises(WorkbenchError, match="changed since it was written"):
            parts_of(report)
