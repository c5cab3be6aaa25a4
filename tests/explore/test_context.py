"""A word in its contexts is shown on the screen and kept in no notebook."""

from __future__ import annotations

import json

from workbench.compare.context import in_context
from workbench.explore.context import show_context


def test_places_are_escaped_and_only_counted_in_what_is_kept() -> None:
    found = in_context(["A <b>fake</b> page", "Another fake & false one", "fake"], "fake")
    shown = show_context(found, most=2)
    markup = shown.widget.children[0].value
    assert "&lt;b&gt;" in markup
    assert "<b>fake</b>" in markup
    assert "false &amp;" not in markup
    assert "&amp; false" in markup
    assert repr(shown) == "2 of 3 places in 3 texts, shown in JupyterLab alone"
    stored = shown._repr_mimebundle_()
    assert "page" not in json.dumps(stored, default=str)


def test_nothing_found_is_said() -> None:
    assert repr(show_context(in_context(["text"], "absent"))).startswith("0 of 0 places")
