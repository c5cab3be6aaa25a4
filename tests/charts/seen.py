"""How a browser draws figures: their words and marks, each with its colour and its ground."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Page
from plotly.graph_objects import Figure
from plotly.io.json import to_json_plotly


def seen(page: Page, figures: Mapping[str, Figure]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each figure's name, and its size, words and marks as ``_LOOK`` finds them once drawn.

    A word has its text, size and edges in pixels, and pairs of its colour and the ground beneath
    it; a mark its edges, its colours (edge and fill) and the ground that it stands on.
    """
    from plotly.offline import get_plotlyjs

    page.set_viewport_size({"width": 920, "height": 2400})
    page.set_content(f"<style>{_STYLE}</style><div id='plot'></div>")
    page.evaluate(get_plotlyjs())
    for name, figure in figures.items():
        plain = json.loads(to_json_plotly(figure.to_dict()))
        yield name, page.evaluate(_LOOK, plain)


# Everything can be hit, so that the page can be asked what lies beneath a point.
_STYLE = "body { margin: 0 } #plot * { pointer-events: all !important }"

_LOOK = r"""
async (figure) => {
  const plot = document.getElementById("plot");
  await Plotly.newPlot(plot, figure.data, figure.layout, {staticPlot: true});
  const edge = plot.getBoundingClientRect();
  const rgba = (colour, opacity) => {
    const parts = colour.match(/[\d.]+(e-?\d+)?/g) || [0, 0, 0, 0];
    const [red, green, blue, alpha = 1] = parts.map(Number);
    return colour === "none" ? [0, 0, 0, 0] : [red, green, blue, alpha * opacity];
  };
  const shown = (one) => {
    let opacity = 1;
    for (let at = one; at && at !== plot; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.visibility === "hidden" || style.display === "none") return 0;
      opacity *= Number(style.opacity);
    }
    return opacity;
  };
  const fill = (one) => {
    const style = getComputedStyle(one), hatched = style.fill.match(/url\("?#([^")]+)/);
    if (hatched) return stroke(document.getElementById(hatched[1]).querySelector("path"));
    return rgba(style.fill, Number(style.fillOpacity) * shown(one));
  };
  const stroke = (one) => {
    const style = getComputedStyle(one);
    if (!parseFloat(style.strokeWidth)) return [0, 0, 0, 0];
    return rgba(style.stroke, Number(style.strokeOpacity) * shown(one));
  };
  const over = (below, [red, green, blue, alpha]) =>
    [red, green, blue].map((part, at) => part * alpha + below[at] * (1 - alpha));
  const ground = (x, y, counts) =>
    document.elementsFromPoint(x, y).reverse()
      .filter((one) => one instanceof SVGGeometryElement && one.isPointInFill &&
        counts(one) && inside(one, x, y))
      .reduce((below, one) => over(below, fill(one)), [255, 255, 255]);
  const inside = (one, x, y) => {
    const point = new DOMPoint(x, y).matrixTransform(one.getScreenCTM().inverse());
    return one.isPointInFill(point);
  };
  const hex = (colour) =>
    "#" + colour.slice(0, 3).map((part) => Math.round(part).toString(16).padStart(2, "0")).join("");
  const words = [];
  for (const text of plot.querySelectorAll("text")) {
    const colour = fill(text), box = text.getBoundingClientRect();
    if (!text.textContent.trim() || !colour[3] || !box.width) continue;
    const grounds = [0.1, 0.3, 0.5, 0.7, 0.9].map((part) => ground(
      box.left + part * box.width, box.top + box.height / 2,
      (one) => !one.closest("text") && !one.closest(".js-line, .xerror, .yerror")));
    words.push({
      text: text.textContent, size: parseFloat(getComputedStyle(text).fontSize),
      left: box.left - edge.left, top: box.top - edge.top,
      right: box.right - edge.left, bottom: box.bottom - edge.top,
      pairs: grounds.map((own) => [hex(over(own, colour)), hex(own)]),
    });
  }
  const marks = [];
  const scenery = (one) => one.closest(".bglayer, .layer-below, .bg, .main-svg > rect");
  for (const mark of plot.querySelectorAll(
      ".trace .point path, .trace path.point, .trace .js-line, .trace .xerror, .trace .yerror")) {
    const line = mark.matches(".js-line, .xerror, .yerror");
    const matrix = mark.getScreenCTM(), length = mark.getTotalLength();
    if (!length || !shown(mark)) continue;
    const box = mark.getBoundingClientRect();
    const points = line
      ? [0.02, 0.25, 0.5, 0.75, 0.98].map((part) => mark.getPointAtLength(part * length))
          .map((point) => new DOMPoint(point.x, point.y).matrixTransform(matrix))
      : [{x: box.left + box.width / 2, y: box.top + box.height / 2}];
    for (const point of points) {
      const own = ground(point.x, point.y, scenery);
      const colours = [stroke(mark), line ? [0, 0, 0, 0] : fill(mark)];
      marks.push({
        kind: line ? "line" : "mark", ground: hex(own),
        colours: colours.filter((one) => one[3] > 0).map((one) => hex(over(own, one))),
        left: box.left - edge.left, top: box.top - edge.top,
        right: box.right - edge.left, bottom: box.bottom - edge.top,
      });
    }
  }
  const {width, height} = plot.querySelector(".main-svg");
  return {width: width.baseVal.value, height: height.baseVal.value, words, marks};
}
"""
