"""How long work reports where it stands, without knowing who listens."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Anything that can be told of stages and steps: a bar, a log, nothing."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """A new stage starts, of ``total`` steps where that is known."""

    def advance(self, count: int = 1) -> None:
        """``count`` more steps of the present stage are done."""


class Silent:
    """The listener that says nothing."""

    def begin(self, stage: str, total: int | None = None) -> None:
        """Say nothing of the stage."""

    def advance(self, count: int = 1) -> None:
        """Say nothing of the steps."""


SILENT = Silent()
