"""The small study, written out and loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.small import HEADING, ROWS, STUDY
from workbench.study import Study


@pytest.fixture
def make_study(tmp_path: Path) -> Callable[..., Study]:
    """Write cases (rows of CSV below the usual heading) and load the study over them."""

    def make(rows: list[str] | None = None, *, toml: str = STUDY, heading: str = HEADING) -> Study:
        lines = [heading, *(ROWS if rows is None else rows)]
        (tmp_path / "cases.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (tmp_path / "study.toml").write_text(toml, encoding="utf-8")
        return Study.load(tmp_path)

    return make
