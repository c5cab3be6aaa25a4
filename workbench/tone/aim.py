"""At whom frustration, bluntness and aggression are directed, where markers show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from workbench.tone.heads import DIRECTED, TARGETS, ToneHeads, hash_heads, shipped_heads
from workbench.tone.markers import TONES
from workbench.tone.spoken import Spoken, read_spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    import pandas as pd

    from workbench.tone.heads import Labelled

NAMES = {
    "platform": "The platform",
    "helpline": "The helpline",
    "poster": "Whoever posted",
    "school": "The school",
    "other": "Somebody else",
}
"""The targets as tables print them."""


@dataclass(frozen=True)
class AimMeasured:
    """How often the direction is right, in labelled sentences that the heads did not learn from.

    ``right`` of ``n`` sentences that direct a tone at somebody; ``marked_right`` of ``marked``,
    those of them in which a marker of a directed tone fires, as `aim_marked` reads them.
    """

    n: int
    right: int
    marked: int
    marked_right: int


def measure_aim(labelled: Sequence[Labelled], *, heads: ToneHeads | None = None) -> AimMeasured:
    """Aim the labelled sentences that have a target, and count how often it is the right one."""
    import numpy as np

    from workbench.text.vectors import embed

    used = heads or shipped_heads()
    directed = [one for one in labelled if one.target]
    spoken = read_spoken([one.text for one in directed], whole=True)
    found = used.aim(used.views.blocks(spoken, embed(spoken.own)))
    right = np.array([a == one.target for a, one in zip(found, directed, strict=True)])
    marked = _marked(spoken)
    return AimMeasured(len(directed), int(right.sum()), int(marked.sum()), int(right[marked].sum()))


def shipped_aim() -> AimMeasured | None:
    """What ``workbench.tone.train`` measured of the shipped heads; None if of other heads."""
    folder = files("workbench.tone")
    with as_file(folder.joinpath("heads.npz")) as path:
        own = hash_heads(path)
    card = json.loads(folder.joinpath("aim.json").read_text("utf-8"))
    return AimMeasured(**card) if card.pop("heads") == own else None


def aim_marked(
    marked: pd.DataFrame, spoken: Spoken, *, heads: ToneHeads | None = None
) -> pd.DataFrame:
    """The frame of ``mark_spoken`` with ``target`` where a marker of a directed tone fires.

    Only those sentences get a vector, which is quick. ``spoken`` is what ``marked`` was made of.
    """
    import numpy as np
    import pandas as pd

    from workbench.text.vectors import embed

    used = heads or shipped_heads()
    columns = [TONES.index(tone) for tone in DIRECTED]
    fired = _fired(spoken)
    rows = np.flatnonzero(_marked(spoken))
    codes = np.full(fired.shape, -1)
    if len(rows):
        some = take_sentences(spoken, rows)
        blocks = used.views.blocks(some, embed(some.own))
        found = np.array([TARGETS.index(name) for name in used.aim(blocks)])
        for column in columns:
            codes[rows, column] = np.where(fired[rows, column], found, -1)
    numbers: list[int] = codes.ravel().tolist()
    target = pd.Categorical.from_codes(numbers, categories=pd.Index(list(TARGETS)))
    return marked.assign(target=target)


def _fired(spoken: Spoken) -> np.ndarray:
    """Which markers fire: sentences × tones."""
    import numpy as np

    fired = np.zeros((len(spoken), len(TONES)), dtype=bool)
    fired[spoken.fired[:, 0], spoken.fired[:, 1]] = True
    return fired


def _marked(spoken: Spoken) -> np.ndarray:
    """In which sentences a marker of a directed tone fires."""
    import numpy as np

    columns = [TONES.index(tone) for tone in DIRECTED]
    return np.asarray(_fired(spoken)[:, columns].any(axis=1))


def take_sentences(spoken: Spoken, rows: np.ndarray) -> Spoken:
    """Some of the sentences, without what fired in them."""
    return Spoken(
        spoken.text[rows],
        spoken.number[rows],
        spoken.start[rows],
        spoken.end[rows],
        [spoken.own[row] for row in rows],
        spoken.fired[:0],
        [],
        [],
    )


def count_targets(marked: pd.DataFrame) -> pd.DataFrame:
    """How many texts direct a tone at whom: one row a target (``label``) and tone (``group``).

    ``n`` texts of ``base``, those in which a marker of the tone fires; ``share`` with Wilson's 95%
    interval ``low`` to ``high``; ``note``. A text may direct a tone at several.
    """
    import pandas as pd
    from statsmodels.stats.proportion import proportion_confint

    aimed = marked[marked["target"].notna()]
    rows = []
    for tone in DIRECTED:
        own = aimed[aimed["dimension"] == tone]
        base = own["text_id"].nunique()
        for target in TARGETS:
            n = own.loc[own["target"] == target, "text_id"].nunique()
            share, limits = float("nan"), (float("nan"), float("nan"))
            if base:
                share, limits = n / base, proportion_confint(n, base, method="wilson")
            rows.append((NAMES[target], tone.capitalize(), n, base, share, *limits, ""))
    columns = ["label", "group", "n", "base", "share", "low", "high", "note"]
    return pd.DataFrame(rows, columns=pd.Index(columns))
