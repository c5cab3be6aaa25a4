"""The labelling widget in a browser: by keyboard alone, by ear, and when nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect, sync_playwright

from tests.explore.test_label import Window, sheet_of, study, window  # noqa: F401
from tests.labelling.test_sitting import TEXTS, cells
from workbench.browser import find_browser

pytestmark = pytest.mark.browser

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DRAW = """
async (code) => {
  const listeners = [];
  const model = {
    on: (_, listen) => listeners.push(listen),
    off: () => {},
    send: async (message) => {
      const view = await window.toDesk(message);
      if (view !== null) listeners.forEach((listen) => listen(view));
    },
  };
  const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
  (await import(url)).default.render({ model, el: document.querySelector("main") });
}
"""


@pytest.fixture
def page(window: Window) -> Iterator[Page]:  # noqa: F811
    """The widget's own script and styles on a page, at the coder's desk."""
    room = files("workbench.explore")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(viewport={"width": 800, "height": 900})
        page.clock.install()
        page.expose_function("toDesk", lambda message: window.ask(**message))
        style = room.joinpath("label.css").read_text("utf-8")
        page.set_content(
            f'<html lang="en-GB"><title>Labels</title><style>{style}</style><main><h1>Labels</h1>'
        )
        page.evaluate(DRAW, room.joinpath("label.js").read_text("utf-8"))
        expect(page.get_by_text("0 of 4 labelled")).to_be_visible()
        yield page
        chromium.close()


def button(page: Page, name: str):
    return page.get_by_role("button", name=name, exact=True)


def test_all_is_reached_by_tab_named_and_seen(page: Page) -> None:
    page.locator("body").click(position={"x": 1, "y": 1})
    reached = []
    for _ in range(13):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                """() => {
                  const at = document.activeElement;
                  return [
                    at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent,
                    getComputedStyle(at).outlineStyle,
                    at.hasAttribute("data-lm-suppress-shortcuts"),
                  ];
                }"""
            )
        )
    answers = ("Yes", "No", "Unsure")
    assert [name for name, _, _ in reached] == [
        TEXTS[0],
        *(f"concern: {answer}" for answer in answers),
        "What counts as concern, and what does not",
        *(f"urgency: {answer}" for answer in answers),
        "What counts as urgency, and what does not",
        "Note (if you wish)",
        "◂ Back",
        "Next ▸",
        "First unlabelled",
    ]
    assert {line for _, line, _ in reached} == {"solid"}
    assert all(ours for _, _, ours in reached)  # else "x" on a button would cut the cell


def test_a_sheet_is_labelled_by_keyboard(page: Page, study) -> None:  # noqa: F811
    button(page, "concern: Yes").focus()
    page.keyboard.press("Enter")
    expect(button(page, "concern: Yes")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("status")).to_have_text("Saved: concern, yes.")
    expect(button(page, "concern: Yes")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(page, "concern: Yes")).to_have_attribute("aria-pressed", "false")
    button(page, "concern: No").press("Space")
    button(page, "urgency: Unsure").press("Space")
    expect(page.get_by_text("1 of 4 labelled")).to_be_visible()
    page.get_by_label("Note (if you wish)").press_sequentially("is <b>it</b>?")
    button(page, "Next ▸").press("Enter")  # before the pause after which a note is saved
    expect(page.get_by_text("Sentence 2 of 4")).to_be_visible()
    expect(page.locator(".wb-text")).to_be_focused()
    expect(page.locator(".wb-text")).to_have_text(TEXTS[1])
    expect(page.get_by_label("Note (if you wish)")).to_have_value("")
    assert cells(sheet_of(study))[1][4:] == ["0", "", "is <b>it</b>? [unsure: urgency]"]
    button(page, "◂ Back").press("Enter")
    expect(page.get_by_label("Note (if you wish)")).to_have_value("is <b>it</b>?")
    button(page, "First unlabelled").press("Enter")
    expect(page.get_by_text("Sentence 2 of 4")).to_be_visible()


def test_a_note_is_saved_when_typing_pauses(page: Page, study) -> None:  # noqa: F811
    note = page.get_by_label("Note (if you wish)")
    note.press_sequentially("unclear")
    page.clock.fast_forward(1000)
    expect(page.get_by_role("status")).to_have_text("Saved: note.")
    expect(note).to_have_value("unclear")
    assert cells(sheet_of(study))[1][-1] == "unclear"


def test_axe_finds_nothing(page: Page) -> None:
    page.get_by_text("What counts as concern").click()
    button(page, "concern: No").click()
    expect(page.get_by_role("status")).to_have_text("Saved: concern, no.")
    found = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
    assert [one["id"] for one in found] == []


def test_silence_is_told_and_no_answer_shows_as_given(
    page: Page,
    window: Window,  # noqa: F811
) -> None:
    window.ask = lambda **_: None  # as when the kernel has stopped
    button(page, "concern: Yes").click()
    page.clock.fast_forward(5000)
    expect(page.get_by_role("status")).to_contain_text("Not saved yet")
    expect(button(page, "concern: Yes")).to_have_attribute("aria-pressed", "false")
