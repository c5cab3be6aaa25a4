"""Pages opened in Chromium, and what they did there that a text must not do."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.safe.payloads import CALL
from workbench.browser import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Page

_HERE = re.compile(r"(file|data|blob|about|chrome-error):")
_WAIT = 150  # milliseconds for what runs late

# What a reader does: point at everything, put the focus on it, open what is folded.
_TOUCH = """() => {
  for (const element of document.querySelectorAll('body *')) {
    for (const kind of ['mouseover', 'mouseenter', 'focus', 'toggle'])
      element.dispatchEvent(new Event(kind, {bubbles: kind === 'mouseover'}));
    if (element.tagName === 'DETAILS') element.open = true;
    if (element.matches('a, button, summary')
        && /^(javascript|vbscript):/i.test(element.getAttribute('href') || ''))
      element.click();
  }
}"""

# Every point of every trace gets its hover label, as the pointer would ask for it. plotly lets 50
# milliseconds pass between two labels, so the clock is put forward.
_HOVER = """most => {
  const shown = new Set();
  const now = Date.now;
  let later = 0;
  Date.now = () => now() + (later += 1000);
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    plot._fullData.forEach((trace, curve) => {
      const count = (plot.calcdata[curve] || []).length;
      const step = Math.max(1, Math.floor(count / most));
      for (let point = 0; point < count; point += step) {
        try {
          window.Plotly.Fx.hover(plot, [{curveNumber: curve, pointNumber: point}]);
        } catch (error) { continue; }
        for (const label of document.querySelectorAll('.hoverlayer')) shown.add(label.innerHTML);
      }
    });
  }
  Date.now = now;
  return [...shown];
}"""

# As the browser has parsed it: what could run, and what points outside.
_FAULTS = """() => {
  const found = [];
  const inStyle = /url\\(\\s*["']?\\s*(https?:|\\/\\/)/i;
  const outside = /^\\s*(https?:|\\/\\/|javascript:|vbscript:|ftp:|mailto:)/i;
  const names = ['href', 'xlink:href', 'src', 'srcset', 'data', 'action', 'formaction', 'poster',
    'background', 'ping', 'cite', 'manifest', 'srcdoc'];
  for (const element of document.querySelectorAll('*')) {
    for (const attribute of element.attributes) {
      if (/^on/i.test(attribute.name)) found.push(element.tagName + ' ' + attribute.name);
      if (names.includes(attribute.name) && outside.test(attribute.value))
        found.push(element.tagName + ' ' + attribute.name + ' ' + attribute.value);
      if (attribute.name === 'style' && inStyle.test(attribute.value))
        found.push(element.tagName + ' style ' + attribute.value);
    }
    if (/^(iframe|object|embed|base|form|link|frame|applet)$/i.test(element.tagName)
        || (element.tagName === 'META' && /refresh/i.test(element.httpEquiv)))
      found.push(element.tagName);
  }
  return found;
}"""


@dataclass
class Caught:
    """What pages did: numbers of payloads that ran, addresses asked for, and faults of markup."""

    ran: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    labels: set[str] = field(default_factory=set)

    @property
    def nothing(self) -> bool:
        """Whether nothing ran, nothing was asked for and no markup came through."""
        return not (self.ran or self.asked or self.faults)


class Trap:
    """One open browser; each page that it looks at is closed again."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser

    def look_at(self, path: Path, *, hover: int = 0) -> Caught:
        """Open a file as a reader would, touch everything, and hover over ``hover`` points."""
        with self._page() as (page, caught):
            page.goto(path.resolve().as_uri())
            self._touch(page, caught, hover=hover)
        return caught

    def set_as_html(self, texts: Iterable[str], *, scripts: bool = False) -> Caught:
        """Set each text as the HTML of an element, as JupyterLab sets a widget's or an output's.

        With ``scripts`` they stand in a page of their own instead, where scripts would run too.
        """
        with self._page() as (page, caught):
            listed = list(texts)
            if scripts:
                page.set_content("".join(f"<div>{text}</div>" for text in listed))
            else:
                page.set_content("<main></main>")
                page.evaluate(
                    """texts => texts.forEach(text => {
                      const element = document.createElement('div');
                      element.innerHTML = text;
                      document.querySelector('main').append(element);
                    })""",
                    listed,
                )
            self._touch(page, caught)
        return caught

    def draw(self, figure: dict[str, Any], script: Path, *, hover: int) -> Caught:
        """Draw a plotly figure (data, layout, config) as JupyterLab does, and hover over it."""
        with self._page() as (page, caught):
            page.set_content("<main></main>")
            page.add_script_tag(path=script)
            page.evaluate(
                "figure => Plotly.newPlot(document.querySelector('main'), figure)", figure
            )
            self._touch(page, caught, hover=hover)
        return caught

    @contextmanager
    def _page(self) -> Iterator[tuple[Page, Caught]]:
        caught = Caught()
        context = self._browser.new_context(bypass_csp=True)  # it would hide what came through
        context.expose_function(CALL, lambda *numbers: caught.ran.add(f"{numbers}"))
        page = context.new_page()
        page.on("dialog", lambda dialog: (caught.ran.add("dialog"), dialog.dismiss()))
        page.on("popup", lambda popup: caught.asked.add(f"a window: {popup.url}"))

        def answer(route: Any) -> None:
            if _HERE.match(route.request.url):
                route.continue_()
            else:
                caught.asked.add(route.request.url)
                route.abort()

        context.route("**/*", answer)
        try:
            yield page, caught
        finally:
            context.close()

    def _touch(self, page: Page, caught: Caught, *, hover: int = 0) -> None:
        from playwright.sync_api import Error

        try:
            caught.faults += page.evaluate(_FAULTS)
            page.evaluate(_TOUCH)
            if hover:
                caught.labels |= set(page.evaluate(_HOVER, hover))
        except Error:  # the page went elsewhere under our hands
            caught.asked.add("another page")
        page.wait_for_timeout(_WAIT)


@contextmanager
def open_trap() -> Iterator[Trap]:
    """A headless Chromium that records what its pages try."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_browser()),
            args=["--no-sandbox", "--disable-gpu", "--allow-file-access-from-files"],
        )
        try:
            yield Trap(browser)
        finally:
            browser.close()
