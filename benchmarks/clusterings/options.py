"""What to leave out of a run while working on it, from the environment.

``WORKBENCH_BENCH_QUICK=1``: few texts and draws, nothing written; ``WORKBENCH_BENCH_SETS`` and
``WORKBENCH_BENCH_WAYS``: names, separated by commas (ways by the start of their names);
``WORKBENCH_BENCH_PARTS``: of quality, stability, later, speed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from benchmarks.clusterings.ways import WAYS, Draws, Way

PARTS = ("quality", "stability", "later", "speed")


@dataclass(frozen=True)
class Options:
    """What is run: everything, unless the environment says less."""

    quick: bool = False
    sets: tuple[str, ...] = ()
    ways: tuple[Way, ...] = WAYS
    parts: tuple[str, ...] = PARTS

    @property
    def whole(self) -> bool:
        """Whether a table holds all sets and ways on all texts, and so may be kept."""
        return not self.quick and not self.sets and self.ways == WAYS

    @property
    def texts(self) -> int | None:
        """Most texts of a set, None for all."""
        return 600 if self.quick else None

    def draws(self, way: Way) -> Draws:
        """Copies to try ``way`` on."""
        assert way.draws is not None
        return Draws(1, 1, 1) if self.quick else way.draws


def read_options() -> Options:
    """The options that the environment asks for."""
    starts = _names("WORKBENCH_BENCH_WAYS")
    ways = tuple(way for way in WAYS if not starts or way.name.startswith(starts))
    return Options(
        quick=os.environ.get("WORKBENCH_BENCH_QUICK") == "1",
        sets=_names("WORKBENCH_BENCH_SETS"),
        ways=ways,
        parts=_names("WORKBENCH_BENCH_PARTS") or PARTS,
    )


def _names(variable: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in os.environ.get(variable, "").split(",") if name.strip())
