"""The one-page summary: prose of its own that stands beside the report, as for a website.

Its file is checked as that of any section is, and is no section: nothing in it is generated, and
its figures and tables are counted by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from workbench.report.blocks import Section
from workbench.report.faults import ProseError

ONE_PAGE = "one-page"
"""The stem of its file, and what its claims have as their section."""

UNTITLED = "Summary"


@dataclass(frozen=True)
class OnePage:
    """What stands on the page: ``name`` of its file, ``title``, and sections.

    The first section has no heading of its own: the title is the page's.
    """

    name: str
    title: str
    sections: tuple[Section, ...]


def page_of(name: str, sections: Sequence[Section]) -> OnePage:
    """The page of the file ``name``; the title of its first section becomes its own."""
    first, *rest = sections
    return OnePage(name, first.title, (replace(first, title=""), *rest))


def names_on_page(names: Mapping[str, Any]) -> dict[str, Any]:
    """What an expression on the page may use, of what one in a section may."""
    return {**names, "generated": _refuse_generated}


def _refuse_generated() -> None:
    raise ProseError(
        "the workbench writes no part of this page by itself. Put in figure(...) or table(...).",
        "markup",
    )
