"""Progress on the terminal: stages end full, and an error leaves them as they are."""

from __future__ import annotations

import io

from rich.console import Console

from workbench.bars import Bars


def draw(*, fail: bool) -> str:
    out = io.StringIO()
    console = Console(file=out, width=120, force_terminal=True, color_system=None)
    try:
        with Bars(console) as bars:
            bars.begin("Reading", 3)
            bars.advance(2)
            if fail:
                raise RuntimeError
            bars.begin("Thinking")
            bars.advance(5)
    except RuntimeError:
        pass
    return out.getvalue()


def test_every_stage_ends_full() -> None:
    last = draw(fail=False).rsplit("Reading", maxsplit=1)[-1]
    assert "3/3" in last
    assert "1/1" in last


def test_a_stage_that_failed_is_not_shown_as_done() -> None:
    assert "2/3" in draw(fail=True).rsplit("Reading", maxsplit=1)[-1]
