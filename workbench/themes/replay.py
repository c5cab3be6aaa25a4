"""Edits replayed: the themes that they mean are found by their texts, in whatever fit.

The first application is a replay too, on the fit in which the edit was made. So what is undone,
redone or carried over to a new fit goes one way.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workbench.errors import WorkbenchError
from workbench.text.inputs import Texts, as_texts
from workbench.themes.anchoring import anchor_edit
from workbench.themes.division import Division
from workbench.themes.edits import Edit, Undo, find_standing
from workbench.themes.matching import Scene
from workbench.themes.redescribe import divide_as_found, redescribe
from workbench.themes.steps import Outcome, apply_edit

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from workbench.themes.found import Themes

REPORT_COLUMNS = (
    "edit",
    "kind",
    "who",
    "when",
    "themes",
    "now",
    "honoured",
    "reason",
    "absent",
)


def edit_themes(
    themes: Themes, edits: Edit | Iterable[Edit], *, texts: Texts, vectors: np.ndarray
) -> Themes:
    """``themes`` with ``edits`` applied in order, after those that they carry already.

    ``texts`` and ``vectors`` are those that the themes were found in. Themes that no edit touches
    keep number, figures and label; a theme that is made gets the next number. Nothing given is
    changed. Raises ``WorkbenchError`` for an edit that cannot be made, and then makes none.
    """
    new = (edits,) if isinstance(edits, Edit) else tuple(edits)
    return _run(themes, (*themes.edits, *new), texts, vectors)[0]


def undo(
    themes: Themes,
    *,
    texts: Texts,
    vectors: np.ndarray,
    count: int = 1,
    who: str = "",
    why: str = "",
) -> Themes:
    """``themes`` as they were before the last ``count`` edits that stand.

    Partition, numbers, labels and figures are just those there were. The edits stay on record
    in ``edits``, followed by the ``Undo``. Raises ``WorkbenchError`` when fewer stand.
    """
    standing = len(find_standing(themes.edits))
    if not 1 <= count <= standing:
        raise WorkbenchError(
            f"{standing} edits stand, so {count} cannot be undone. Give a 'count' from 1 to "
            f"{standing}."
            if standing
            else "No edit stands, so there is none to undo."
        )
    step = Undo(count, who=who, why=why)
    return edit_themes(themes, step, texts=texts, vectors=vectors)


def replay_edits(
    themes: Themes, edits: Iterable[Edit], *, texts: Texts, vectors: np.ndarray
) -> tuple[Themes, pd.DataFrame]:
    """``edits`` made on an earlier fit, replayed on ``themes``, a new fit; and what became of them.

    A theme is found again when the Jaccard index of its texts and those of a theme of the new fit
    is above one half, among texts that both fits know: then no other can be meant (below that a
    cluster counts as dissolved, Hennig 2007). Merged, split, moved, pinned and locked texts go
    where the edit has them, whatever the new fit says of them. Texts new to the edit go where the
    new fit puts them; with a theme that edits divide, to the part with the nearest centre; and
    they join a locked theme only when its centre is the nearest of all.

    No edit is dropped: one that cannot be honoured stays in ``edits`` with its reason. The report
    has one row an edit: ``edit`` (from 1), ``kind``, ``who``, ``when``, ``themes`` (numbers when
    the edit was made), ``now`` (numbers in this fit), ``honoured`` (yes, partly, no, undone),
    ``reason``, ``absent`` (how many of the texts that it rests on are not here).

    Edits that were never applied name themes of ``themes`` itself; one of those that cannot be
    made raises ``WorkbenchError``.
    """
    return _run(themes, (*themes.edits, *edits), texts, vectors)


def _run(
    themes: Themes, edits: Sequence[Edit], texts: Texts, vectors: np.ndarray
) -> tuple[Themes, pd.DataFrame]:
    found = themes.found or themes
    given, ids = as_texts(texts)
    _check(found, ids, vectors)
    scene = Scene.of(ids, vectors, themes.themes)
    division = divide_as_found(found)
    standing = set(find_standing(edits))
    done: list[Edit] = []
    rows = []
    for place, edit in enumerate(edits):
        now: tuple[int, ...] = ()
        if place in standing:
            edit, outcome = _take(edit, division, scene)
            division, now = outcome.division, outcome.now
        done.append(edit)
        said = edit.honoured if place in standing or isinstance(edit, Undo) else "undone"
        rows.append(_report(place, edit, said, now, scene))
    edited = redescribe(found, division, given, vectors) if standing else found
    return replace(edited, edits=tuple(done), found=found if done else None), _frame(rows)


def _take(edit: Edit, division: Division, scene: Scene) -> tuple[Edit, Outcome]:
    """One edit applied; one made just now must be possible."""
    new = not edit.among
    if new:
        edit = anchor_edit(edit, division, scene)
    outcome = apply_edit(edit, division, scene)
    if new and outcome.honoured != "yes":
        raise WorkbenchError(f"The edit '{edit.kind}' cannot be made: {outcome.reason}.")
    return replace(edit, honoured=outcome.honoured, reason=outcome.reason), outcome


def _check(found: Themes, ids: list[Any], vectors: np.ndarray) -> None:
    if ids != found.assignments["text_id"].to_list() or len(vectors) != len(ids):
        raise WorkbenchError(
            "These are not the texts that the themes were found in. Give the same texts in the "
            "same order, with their vectors."
        )
    if len(set(ids)) < len(ids):
        raise WorkbenchError("Several texts share one text_id. Give each text its own.")


def _report(
    place: int, edit: Edit, honoured: str, now: tuple[int, ...], scene: Scene
) -> tuple[Any, ...]:
    rests_on = {*edit.ids, *(own for anchor in edit.anchors for own in anchor.members)}
    return (
        place + 1,
        edit.kind,
        edit.who,
        edit.when,
        ", ".join(map(str, edit.named)),
        ", ".join(map(str, now)),
        honoured,
        edit.reason,
        sum(own not in scene.row_of for own in rests_on),
    )


def _frame(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(rows, columns=list(REPORT_COLUMNS))
