"""The report section by section, beside what is doubtful in the prose of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError, suggest
from workbench.explore.show import OnScreen
from workbench.privacy.escape import escape

if TYPE_CHECKING:
    from workbench.report.build import Report
    from workbench.report.faults import Fault

_START = '<section id="section-{}"'
_NEXT = re.compile(r"<section |</section>")
_HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
_INDENT = "\u2003"  # an em space, which a list does not swallow


@dataclass(frozen=True)
class Part:
    """One section to read: ``page`` is HTML that stands by itself, as it stands in the report."""

    name: str
    title: str
    level: int
    page: str
    faults: tuple[Fault, ...]


def parts_of(report: Report) -> tuple[Part, ...]:
    """The sections of a report in their order, each without those below it.

    ``faults`` are those of the section's own prose. Raises ``WorkbenchError`` where the page of the
    report is no longer the one that was written.
    """
    whole = report.html.read_text(encoding="utf-8")
    head = _HEAD.search(whole)
    if head is None:
        raise WorkbenchError(f"{report.html.name} has changed since it was written. {_AGAIN}")
    parts = []
    for number, section in enumerate(report.sections, start=1):
        if not section.title:
            continue  # it stands in the one before
        body = _cut(whole, number, report.html.name)
        page = f'<!DOCTYPE html><html lang="en-GB">{head[0]}<body>{body}</body></html>'
        own = tuple(fault for fault in report.faults if PurePath(fault.file).stem == section.id)
        parts.append(Part(section.id, section.title, section.level, page, own))
    return tuple(parts)


def read_report(report: Report, *, first: str | None = None) -> OnScreen:
    """Choose a section and read it as it stands, with what is doubtful in its prose below.

    ``first`` is the file of the section to begin with, such as "b1". Sections hold quotes, so a
    notebook stores their number alone. Raises ``WorkbenchError`` for a section that is not there.
    """
    from ipywidgets import HTML, Button, Dropdown, HBox, Layout, VBox

    parts = parts_of(report)
    chooser = Dropdown(
        options=[(_entry(part), place) for place, part in enumerate(parts)],
        value=_place(parts, first),
        description="Section",
        layout=Layout(width="46rem", max_width="100%"),
    )
    view, said = HTML(), HTML()
    back, on = Button(description="◂ Back"), Button(description="Next ▸")

    def show(_: Any = None) -> None:
        part = parts[chooser.value]
        view.value, said.value = _frame(part), _say(part)
        back.disabled, on.disabled = chooser.value == 0, chooser.value == len(parts) - 1

    def turn(by: int) -> None:
        chooser.value = min(max(chooser.value + by, 0), len(parts) - 1)

    chooser.observe(show, names="value")
    back.on_click(lambda _: turn(-1))
    on.on_click(lambda _: turn(1))
    show()
    words = f"{len(parts)} sections, {_say_faults(parts)}, shown in JupyterLab alone"
    controls = HBox([chooser, back, on], layout=Layout(flex_flow="wrap"))
    return OnScreen(VBox([controls, view, said]), words)


_AGAIN = "Build the report again."


def _cut(whole: str, number: int, name: str) -> str:
    """A section's own part of the page: up to the next section, above or below it."""
    start = whole.find(_START.format(number))
    inner = whole.find(">", start) + 1
    end = _NEXT.search(whole, inner) if start >= 0 else None
    if end is None:
        raise WorkbenchError(f"{name} has changed since it was written. {_AGAIN}")
    return f"<main>{whole[inner : end.start()]}</main>"


def _place(parts: Sequence[Part], name: str | None) -> int:
    names = [part.name for part in parts]
    if name is None:
        return 0
    if name not in names:
        known = [one for one in names if one]
        raise WorkbenchError(f"This report has no section '{name}'.{suggest(name, known)}")
    return names.index(name)


def _entry(part: Part) -> str:
    doubt = f" ({_say_faults([part])})" if part.faults else ""
    return f"{_INDENT * (part.level - 1)}{part.title}{doubt}"


def _say_faults(parts: Sequence[Part]) -> str:
    many = sum(len(part.faults) for part in parts)
    return f"{many} {'fault' if many == 1 else 'faults'} in prose"


def _frame(part: Part) -> str:
    """The section in a frame of its own, where its styles reach nothing else and nothing runs."""
    return (
        f'<iframe sandbox title="{escape(part.title)}" srcdoc="{escape(part.page)}" '
        'style="width:100%;height:34rem;border:1px solid var(--jp-border-color2,#d9d9d9)">'
        "</iframe>"
    )


def _say(part: Part) -> str:
    if not part.faults:
        return "<div>Nothing in the prose of this section is doubtful.</div>"
    items = "".join(f"<li>{escape(str(fault))}</li>" for fault in part.faults)
    return f"<b>Doubtful in this section's prose</b><ul>{items}</ul>"
