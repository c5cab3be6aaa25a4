"""The demonstration's prose: every expression reads, no figure is typed, every section is known."""

from __future__ import annotations

import pytest

from workbench.report.masking import EXPRESSION, own_text, without_comments
from workbench.report.onepage import ONE_PAGE
from workbench.report.pieces import Pieces
from workbench.report.prose import make_environment
from workbench.report.typed_numbers import find_typed_numbers
from workbench.report.values import Values
from workbench.report.written import ORDER
from workbench.study import Study
from workbench.themes.codebook import Codebook

NAMES = {"period", "earlier", "title", "organisation"}


@pytest.fixture(scope="module")
def demo(root):
    return Study.load(root / "corpora" / "demo")


@pytest.fixture(scope="module")
def files(demo):
    found = sorted(demo.prose_folder.glob("*.md"))
    assert len(found) >= 20
    return {path.stem: path.read_text(encoding="utf-8") for path in found}


def test_every_part_of_the_outline_has_prose(files):
    assert {"summary", "a", "b1", "b2", "b3", "b4", "b5", "b6", "c1", "c2", "c3"} <= set(files)
    assert {"d1", "glossary", "counting", "limits"} <= set(files)


def test_every_file_is_of_a_section(files, demo):
    fields = {f"a-{name.replace('_', '-')}" for name in demo.fields}
    books = [Codebook.load(demo.locate(path)) for path in demo.codebooks.values()]
    fields |= {f"{book.section}-codebook" for book in books}
    assert set(files) <= {*ORDER, *fields, "risk", ONE_PAGE}


def test_no_figure_is_typed(files):
    for name, text in files.items():
        found = [number.text for number in find_typed_numbers(own_text(text))]
        assert found == [], name


def test_every_expression_reads_and_names_what_there_is(files):
    functions = {name for name in (*dir(Values), *dir(Pieces)) if not name.startswith("_")}
    environment = make_environment()
    for name, text in files.items():
        for match in EXPRESSION.finditer(without_comments(text)):
            environment.compile_expression(match[1].strip())
            first = match[1].strip().partition("(")[0]
            assert first in functions | NAMES, (name, match[0])


def test_every_finding_of_the_summary_points_somewhere(files):
    findings = files["summary"].split("\n- ")[1:]
    assert len(findings) >= 6
    assert all("ref(" in finding for finding in findings)


def test_the_page_for_a_website_says_what_it_must(files):
    page = files[ONE_PAGE]
    assert "invented" in page
    assert "contacts()" in page
    assert len(EXPRESSION.sub("", page).split()) <= 260


def test_labels_and_fields_are_those_of_the_study(files, demo):
    import re

    called = re.compile(r'(?:share|count|base|interval|change|say)\("(\w+)"')
    found = {field for text in files.values() for field in called.findall(text)}
    assert found <= {*demo.fields, *demo.lenses, "theme", "subtheme", "tone", "returns"}
