"""The tables of an analysis by name, which say why one is not among them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NoReturn

from workbench.errors import WorkbenchError, suggest

if TYPE_CHECKING:
    import pandas as pd


class Tables(dict[str, "pd.DataFrame"]):
    """Frames by name. ``tables["x"]`` raises ``WorkbenchError`` where there is none of that name.

    ``refused`` gives for the tables that disclosure control refused the reason.
    """

    def __init__(self, frames: Mapping[str, pd.DataFrame], refused: Mapping[str, str]) -> None:
        super().__init__(frames)
        self._refused = dict(refused)

    def __missing__(self, name: str) -> NoReturn:
        if name in self._refused:
            raise WorkbenchError(
                f"The table '{name}' was refused by disclosure control: {self._refused[name]}. "
                "Leave out what rests on it."
            )
        raise WorkbenchError(
            f"This study gives no table '{name}'.{suggest(name, list(self))} "
            "list(analysis.tables) names them all."
        )
