"""The page that the report is on screens: axe-core finds nothing (WCAG 2.2 AA), on any width."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from workbench.browser import find_browser
from workbench.charts.drawing import Drawing
from workbench.report.blocks import (
    Bullets,
    FigureBlock,
    Paragraph,
    Quote,
    Quotes,
    Section,
    TableBlock,
)
from workbench.report.markdown import to_markdown
from workbench.report.render import convert, render_html

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="300" viewBox="0 0 900 300">'
    '<rect width="90" height="40"/></svg>'
)
DRAWING = Drawing(
    "a", go.Figure(), pd.DataFrame({"n": [1]}), "Most came in March", "A line of cases", "Base: 1."
)
LONG = "Child Sexual Exploitation/Grooming, misunderstandings and telecommunications"
TABLE = TableBlock(
    "What it covers, in a caption that is long enough to run over two lines on small screens",
    pd.DataFrame(
        [[LONG, "2,024", "80.3% (78.7% to 81.8%)", "1,609", "74.9% (73.0% to 76.7%)", LONG]] * 3,
        columns=["Label", "Cases 2022-23", "Share 2022-23", "Cases 2023-24", "Share", "Why not"],
    ),
    numeric=("Cases 2022-23", "Share 2022-23", "Cases 2023-24", "Share"),
    note="Base: 1 case.",
)
WORDS = TableBlock("Words alone", pd.DataFrame([[LONG] * 5] * 2, columns=list("ABCDE")))
PICTURE = Path("a.svg")
SECTIONS = [
    Section(
        "Part A. Figures",
        1,
        (Paragraph("Words."), Paragraph("5f" * 32, "note"), Paragraph("A finding.", "key")),
    ),
    Section("Cases", 2, (FigureBlock(DRAWING), TABLE, WORDS, Bullets(("One", "Two")))),
    Section("Theme", 3, (Quotes((Quote("C1", "We asked twice.", True, ""),)),)),
]


@pytest.fixture(scope="module")
def markdown() -> str:
    return to_markdown(
        SECTIONS,
        title="A report of enquiries, 2023-24",
        subtitle="A helpline",
        banner="All made up.",
        pictures={"a": PICTURE},
    )


@pytest.fixture(scope="module")
def report(markdown: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("page")
    (folder / "a.svg").write_text(SVG, encoding="utf-8")
    return render_html(markdown, folder / "report.html", footer="All made up.")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page without contents, as the one-page summary is."""
    folder = tmp_path_factory.mktemp("short")
    (folder / "a.svg").write_text(SVG, encoding="utf-8")
    sections = [
        Section("", 0, (Paragraph("Words."), FigureBlock(DRAWING))),
        Section("Where to get help", 1, (Bullets(("One", "Two")),)),
    ]
    markdown = to_markdown(sections, title="A page", banner="Made up.", pictures={"a": PICTURE})
    return render_html(markdown, folder / "summary.html", footer="Made up.", contents=False)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(find_browser()), args=["--no-sandbox"])
        yield opened
        opened.close()


def violations(page: Page, tags: list[str]) -> list[str]:
    run: dict[str, Any] = {"runOnly": {"type": "tag", "values": tags}}
    found = Axe().run(page, options=run).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 768, 320])
def test_axe_finds_nothing(browser: Browser, report: Path, width: int, scheme: Any) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(report.as_uri())
    assert violations(page, WCAG) == []
    assert violations(page, ["best-practice"]) == []
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_in_a_short_page(
    browser: Browser, short: Path, width: int, scheme: Any
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(short.as_uri())
    assert violations(page, [*WCAG, "best-practice"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heads = "[...document.querySelectorAll('h1, h2')].map(one => one.tagName + one.textContent)"
    assert page.evaluate(heads) == ["H1A page", "H2Where to get help"]
    page.close()


def test_axe_would_find_a_fault(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelector('figure img').removeAttribute('aria-label')")
    page.evaluate("document.querySelector('figure img').removeAttribute('alt')")
    page.evaluate("document.querySelector('.note').style.color = '#bbb'")
    said = " ".join(violations(page, WCAG))
    assert "color-contrast" in said
    assert "alt" in said
    page.close()


@pytest.mark.parametrize("width", [1280, 768, 360, 320])
def test_the_page_never_scrolls_sideways(browser: Browser, report: Path, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(report.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    beyond = "[...document.querySelectorAll('table, th, td')].filter(one => "
    beyond += "one.getBoundingClientRect().right > innerWidth || one.scrollWidth > one.clientWidth)"
    assert page.evaluate(f"{beyond}.map(one => one.textContent)") == []
    page.close()


def test_the_keyboard_comes_to_the_report_first(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    page.goto(report.as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()


def test_links_are_large_enough_to_hit(browser: Browser, report: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(report.as_uri())
    lines = (
        "[...document.querySelectorAll('nav li')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(page.evaluate(lines)) >= 24
    page.close()


def test_print_is_light_and_leaves_no_column_out(browser: Browser, report: Path) -> None:
    page = browser.new_page(color_scheme="dark")
    page.goto(report.as_uri())
    page.emulate_media(media="print", color_scheme="dark")
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.querySelector('nav')).display") == "none"
    assert page.evaluate("getComputedStyle(document.querySelector('thead')).display") == (
        "table-header-group"
    )
    page.close()


def test_each_figure_gets_a_link_that_scrolls_it(markdown: str) -> None:
    with as_file(files("workbench.report") / "page.lua") as filter_:
        made = convert(markdown, "--to=html5", "--wrap=none", f"--lua-filter={filter_}").decode()
    assert made.count('<div class="drawing">') == 1
    assert '<a href="#fig-1" class="sideways">' in made
    assert '<figure id="fig-1">' in made
