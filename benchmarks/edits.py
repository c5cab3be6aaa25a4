"""Fifty edits of found themes, then a refit with a tenth of new cases: what becomes of the edits.

Banking77 test; new cases from Banking77 train. Edits are drawn at random among those that a
researcher might make, on all levels, and applied one after another. Beside what the report of the
replay says stands a check of its own, by the texts alone: whether they still lie together, apart or
beside their companions as they did when all edits were made.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.machine import need
from workbench.errors import WorkbenchError
from workbench.text import embed
from workbench.themes.agreement import compare_partitions
from workbench.themes.discover import find_themes
from workbench.themes.edits import Edit, Lock, Merge, Move, Note, Pin, Rename, Split
from workbench.themes.found import NO_THEME, Themes
from workbench.themes.replay import edit_themes, replay_edits, undo

SEEDS = range(3)
ROUND = ("rename", "rename", "merge", "split", "move", "move", "move", "pin", "lock", "note")
ROUNDS = 5
NEW = 0.1
UNDONE_AT_ONCE = 5
KINDS = ("rename", "merge", "split", "move", "pin", "lock", "note")


def main() -> tuple[pd.DataFrame, dict[str, Any]]:
    """One row a kind of edit, over all draws; then one for undoing, one a draw for agreement."""
    data = _Data()
    themes = find_themes(data.known, vectors=data.vectors_of(data.known))
    runs = [run(data, themes, seed) for seed in SEEDS]
    edits = pd.concat([frame for frame, _ in runs], ignore_index=True)
    return summarise(edits, [undone for _, undone in runs]), {
        "texts": f"{len(data.known):,} of Banking77 test; the refit has "
        f"{int(NEW * len(data.known))} new ones of its train part",
        "edits": f"{ROUNDS * len(ROUND)} a draw, {len(SEEDS)} draws; {ROUNDS} times "
        + ", ".join(ROUND),
        "yes, partly, no": "what the report of the replay says",
        "checked": "edits that can be checked by the texts when all are made: not notes, nor names "
        "of themes that were merged or split since",
        "held": "of those checked, the share that holds in the refit by the texts alone: merged, "
        "split and locked ones divided just as before, moved and pinned ones in the theme of most "
        "of their companions, a name on a theme with a Jaccard index above .5",
        "held without replay": "the same in the plain refit",
        "undo": f"{UNDONE_AT_ONCE} edits, then {2 * UNDONE_AT_ONCE} and so on: 'yes' where all "
        "frames, centres and members are again what they were; then all edits after the refit, "
        "against the plain refit",
    }


class _Data:
    """The texts by id, with vectors."""

    def __init__(self) -> None:
        parts = []
        for name in ("test", "train"):
            table = pd.read_csv(need(f"banking77/{name}.csv"), dtype=str)
            parts.append(table["text"].set_axis([f"{name}-{row}" for row in range(len(table))]))
        self.known, self.spare = parts
        every = pd.concat(parts)
        self._vectors = embed(every.to_list())
        self._row_of = pd.Series(np.arange(len(every)), index=every.index)

    def vectors_of(self, texts: pd.Series) -> np.ndarray:
        return self._vectors[self._row_of[texts.index]]


def run(data: _Data, themes: Themes, seed: int) -> tuple[pd.DataFrame, list[bool]]:
    """What became of each edit of one draw; whether each undoing was exact."""
    random = np.random.default_rng(seed)
    own = {"texts": data.known, "vectors": data.vectors_of(data.known)}
    states = list(_make_edits(themes, random, own))
    edited = states[-1]
    undone = [
        _same(undo(edited, **own, count=count), states[-1 - count])
        for count in range(UNDONE_AT_ONCE, len(states), UNDONE_AT_ONCE)
    ]
    new = data.spare.sample(int(NEW * len(data.known)), random_state=seed)
    texts = pd.concat([data.known, new])
    later = {"texts": texts, "vectors": data.vectors_of(texts)}
    plain = find_themes(texts, vectors=later["vectors"])
    refit, report = replay_edits(plain, edited.edits, **later)
    undone.append(_same(undo(refit, **later, count=len(edited.edits)), plain))
    held = [holds(edit, edited, refit) for edit in edited.edits]
    before = [
        None if isinstance(edit, Rename) else holds(edit, edited, plain) for edit in edited.edits
    ]
    print(f"edits, draw {seed}: {report['honoured'].value_counts().to_dict()}", flush=True)
    for line in report.loc[report["honoured"] != "yes", ["kind", "reason"]].itertuples(index=False):
        print(f"  {line.kind}: {line.reason}", flush=True)
    frame = report[["kind", "honoured", "reason"]].assign(
        held=held,
        before=before,
        draw=seed,
        replayed=_agree(edited, refit),
        plain=_agree(edited, plain),
    )
    return frame, undone


def _make_edits(
    themes: Themes, random: np.random.Generator, own: dict[str, Any]
) -> Iterator[Themes]:
    """The themes, and the themes after each further edit; one that a lock forbids is drawn anew."""
    yield themes
    for kind in ROUND * ROUNDS:
        while True:
            try:
                themes = edit_themes(themes, draw_edit(kind, themes, random), **own)
                break
            except WorkbenchError as error:
                if "locked" not in str(error):
                    raise
        yield themes


def draw_edit(kind: str, themes: Themes, random: np.random.Generator) -> Edit:
    """An edit of ``kind``: of any level, with the nearest theme where another is needed."""
    frame = themes.themes
    finest = frame["level"] == themes.depth - 1
    deep = kind in ("move", "pin")
    pool = frame[(frame["size"] > 1) & (finest if deep else True)]
    theme = int(random.choice(pool["theme"]))
    level = int(frame.set_index("theme")["level"][theme])
    inside = (themes.at_level(level) == theme).to_numpy()
    members = themes.assignments["text_id"][inside].to_numpy()
    some = random.choice(members, size=min(len(members), random.integers(1, 6)), replace=False)
    if kind == "merge":
        return Merge([theme, _nearest(themes, theme, level)])
    if kind == "move":
        target = NO_THEME if random.random() < 0.1 else _nearest(themes, theme, level)
        return Move(some, target)
    return {
        "rename": lambda: Rename(theme, f"Name {random.integers(10**9)}"),
        "split": lambda: Split(theme, count=2),
        "pin": lambda: Pin(some, theme),
        "lock": lambda: Lock(theme),
        "note": lambda: Note(theme, "To be looked at again."),
    }[kind]()


def _nearest(themes: Themes, theme: int, level: int) -> int:
    frame = themes.themes.reset_index(drop=True)
    rows = frame.index[(frame["level"] == level) & (frame["theme"] != theme)]
    own = frame.index[frame["theme"] == theme][0]
    return int(frame["theme"][rows[(themes.centres[rows] @ themes.centres[own]).argmax()]])


def holds(edit: Edit, edited: Themes, refit: Themes) -> bool | None:
    """Whether ``refit`` has the texts of an edit as ``edited`` had them; None: nothing to check."""
    level = edit.anchors[0].level if edit.anchors else edited.depth - 1
    old, new = (_by_id(themes, level) for themes in (edited, refit))
    if isinstance(edit, Rename | Note):
        return _is_named(edit, edited, refit) if isinstance(edit, Rename) else None
    if isinstance(edit, Move | Pin):
        return all(_is_beside(own, old, new) for own in edit.ids)
    rows = [own for anchor in edit.anchors for own in anchor.members]
    table = pd.crosstab(old[rows], new[rows]).to_numpy() > 0
    return bool((table.sum(axis=0) == 1).all() and (table.sum(axis=1) == 1).all())


def _is_beside(text: Any, old: pd.Series, new: pd.Series) -> bool:
    if old[text] == NO_THEME:
        return bool(new[text] == NO_THEME)
    companions = old.index[(old == old[text]) & (old.index != text)]
    return bool(not len(companions) or new[text] == new[companions].value_counts().idxmax())


def _is_named(edit: Rename, edited: Themes, refit: Themes) -> bool | None:
    if edit.label not in set(edited.themes["label"]):
        return None
    if edit.label not in set(refit.themes["label"]):
        return False
    one, other = (_ids_of(themes, edit.label) for themes in (edited, refit))
    known = set(edited.assignments["text_id"])
    return len(one & other) / len(one | (other & known)) > 0.5


def _ids_of(themes: Themes, label: str) -> set[Any]:
    row = themes.themes[themes.themes["label"] == label].iloc[0]
    own = _by_id(themes, int(row["level"]))
    return set(own.index[own == row["theme"]])


def _by_id(themes: Themes, level: int) -> pd.Series:
    return themes.at_level(level).set_axis(themes.assignments["text_id"].to_list())


def _agree(edited: Themes, refit: Themes) -> float:
    """Adjusted Rand index of the finest themes of the texts that both have."""
    one, other = (_by_id(themes, themes.depth - 1) for themes in (edited, refit))
    return compare_partitions(one.to_numpy() + 1, other[one.index].to_numpy() + 1)


def _same(one: Themes, other: Themes) -> bool:
    frames = all(
        getattr(one, name).equals(getattr(other, name))
        for name in ("assignments", "themes", "levels")
    )
    arrays = ((one.centres, other.centres), (one.members, other.members))
    return frames and all(np.array_equal(*pair) for pair in arrays)


def summarise(edits: pd.DataFrame, undone: list[list[bool]]) -> pd.DataFrame:
    """One row a kind, then all edits, undoing, and the agreement of each draw."""
    groups = [(kind, edits[edits["kind"] == kind]) for kind in KINDS]
    rows: list[dict[str, Any]] = []
    for kind, group in [*groups, ("all", edits)]:
        said = group["honoured"].value_counts()
        reported = (group["reason"] != "") | (group["honoured"] == "yes")
        checked = group["held"].notna()
        rows.append(
            {
                "kind": kind,
                "edits": len(group),
                **{name: int(said.get(name, 0)) for name in ("yes", "partly", "no")},
                "honoured or reported": int(reported.sum()),
                "checked": int(checked.sum()),
                "held": group.loc[checked, "held"].astype(float).mean(),
                "held without replay": group.loc[checked, "before"].astype(float).mean(),
            }
        )
    steps = [step for draw in undone for step in draw]
    rows.append({"kind": "undo", "edits": len(steps), "yes": sum(steps), "no": steps.count(False)})
    for draw, group in edits.groupby("draw"):
        figures = {"held": group["replayed"].iloc[0], "held without replay": group["plain"].iloc[0]}
        rows.append({"kind": f"ARI to the edited themes, draw {draw}", **figures})
    return pd.DataFrame(rows)
