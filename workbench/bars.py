"""Progress on the terminal: the stage, how far it is, and the time left."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)


class Bars:
    """A ``workbench.progress.Progress`` that draws one bar a stage on the error stream."""

    def __init__(self, console: Console | None = None) -> None:
        self._bars = Progress(
            SpinnerColumn(finished_text="✓"),
            TextColumn("{task.description:<28}"),
            BarColumn(bar_width=28),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("left"),
            TimeRemainingColumn(),
            console=console or Console(stderr=True),
        )
        self._stage: TaskID | None = None
        self._open_ended = False

    def __enter__(self) -> Bars:
        self._bars.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._finish()
        self._bars.stop()

    def begin(self, stage: str, total: int | None = None) -> None:
        """Close the present stage and show the next one, of ``total`` steps where known."""
        self._finish()
        self._open_ended = total is None
        self._stage = self._bars.add_task(stage, total=1 if total is None else total)

    def advance(self, count: int = 1) -> None:
        """Move the bar of the present stage on."""
        if self._stage is not None and not self._open_ended:
            self._bars.advance(self._stage, count)

    def _finish(self) -> None:
        if self._stage is not None:
            total = self._bars.tasks[self._stage].total
            self._bars.update(self._stage, completed=total or 1)
