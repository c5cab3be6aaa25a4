"""Crosswalks: files that say which label of one scheme answers to which of a later one.

A crosswalk has the columns ``earlier``, ``later``, ``relation`` and, if wanted, ``note``. The
relation is read from the earlier label to the later one, as in SKOS (W3C 2009, mapping
properties):

- ``exact``: both labels mean the same; neither has another link;
- ``narrower``: the later label covers a part of the earlier one, as where a label was split;
- ``broader``: the later label covers the earlier one and more, as where labels were joined;
- ``none``: the label has no counterpart; the other side is empty.

A question mark behind a relation (``narrower?``) says that it holds only in part or is unsure. It
makes the comparison doubtful, and ``note`` must then give the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.cases.tables import read_table
from workbench.errors import WorkbenchError, place, suggest

if TYPE_CHECKING:
    import pandas as pd

    from workbench.study import Crosswalk, Study

EXACT, BROADER, NARROWER, NONE = "exact", "broader", "narrower", "none"
RELATIONS = (EXACT, BROADER, NARROWER, NONE)
DOUBT = "?"
"""Behind a relation: it holds only in part or is unsure."""

SIDES = ("earlier", "later")


@dataclass(frozen=True)
class SchemeUse:
    """A scheme as one side of a crosswalk: the field and the periods that were recorded by it."""

    scheme: str
    field: str
    periods: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def span(self) -> str:
        """The periods in words: ``2022-23``, or ``2021-22 and 2022-23``."""
        return " and ".join(self.periods)


@dataclass(frozen=True)
class Crosswalking:
    """A crosswalk that was read and checked: two schemes and the links between their labels.

    ``links`` has one row a link: ``earlier``, ``later`` ("" on the empty side of ``none``),
    ``relation`` (one of ``RELATIONS``), ``doubted`` and ``note``; its index is the file's row.
    """

    field: str
    title: str
    earlier: SchemeUse
    later: SchemeUse
    links: pd.DataFrame
    file: str

    @property
    def sides(self) -> tuple[tuple[str, SchemeUse], ...]:
        """Both schemes with the name of their column, the earlier first."""
        return (("earlier", self.earlier), ("later", self.later))


def read_crosswalk(study: Study, field: str, *, later: str | None = None) -> Crosswalking:
    """The crosswalk that the study gives for ``field``; ``later`` names the later scheme.

    The schemes may stand in two fields: each is looked for in ``field`` first, then in the others.
    Raises ``WorkbenchError`` that names the file, the row, the column and the mend; labels that
    no row mentions are no error here, see ``check_crosswalk``.
    """
    return _read(study, find_entry(study, field, later=later))


def read_crosswalks(study: Study) -> list[Crosswalking]:
    """All crosswalks of the study, in its order; raises as ``read_crosswalk`` does."""
    return [_read(study, entry) for entry in study.crosswalks]


def find_entry(study: Study, field: str, *, later: str | None = None) -> Crosswalk:
    """The one table under [[crosswalks]] that is meant; ``WorkbenchError`` where it is not one."""
    own = [entry for entry in study.crosswalks if entry.field == field]
    if not own:
        known = list(dict.fromkeys(entry.field for entry in study.crosswalks))
        raise WorkbenchError(
            f"The study gives no crosswalk for the field '{field}'.{suggest(field, known)} "
            "Name its file under [[crosswalks]] in study.toml."
        )
    schemes = [entry.later for entry in own]
    if later is None and len(own) > 1:
        raise WorkbenchError(
            f"The field '{field}' has {len(own)} crosswalks. Say which with later=, the name of "
            f"the later scheme: {', '.join(schemes)}."
        )
    wanted = later if later is not None else schemes[0]
    if wanted not in schemes:
        raise WorkbenchError(
            f"The field '{field}' has no crosswalk to the scheme '{wanted}'."
            f"{suggest(wanted, schemes)}"
        )
    return own[schemes.index(wanted)]


def check_crosswalk(crosswalking: Crosswalking) -> pd.DataFrame:
    """The holes of a crosswalk: labels of either scheme that no row mentions, none if it is whole.

    One row a label: ``side`` (earlier or later), ``scheme``, ``label``, in the schemes' order.
    """
    import pandas as pd

    rows = [
        (side, use.scheme, label)
        for side, use in crosswalking.sides
        for label in use.labels
        if label not in set(crosswalking.links[side])
    ]
    return pd.DataFrame(rows, columns=pd.Index(["side", "scheme", "label"]), dtype="str")


def require_whole(crosswalking: Crosswalking) -> None:
    """Raise ``WorkbenchError`` that lists the holes of a crosswalk, if it has any."""
    holes = check_crosswalk(crosswalking)
    if holes.empty:
        return
    said = [
        f"{', '.join(part['label'])} (column '{side}')"
        for side, part in holes.groupby("side", sort=False)
    ]
    raise WorkbenchError(
        f"{crosswalking.file} has holes: no row mentions {'; '.join(said)}. Add a row for each, "
        f"with the relation '{NONE}' and one side empty where it has no counterpart; or compare "
        "with allow_holes=True, which takes them as not comparable."
    )


def _read(study: Study, entry: Crosswalk) -> Crosswalking:
    earlier, later = (_use(study, entry, name) for name in (entry.earlier, entry.later))
    _check_order(study, earlier, later)
    path = study.locate(entry.path)
    return Crosswalking(
        field=entry.field,
        title=study.fields[earlier.field].label,
        earlier=earlier,
        later=later,
        links=_read_links(path, earlier, later),
        file=path.name,
    )


def _use(study: Study, entry: Crosswalk, name: str) -> SchemeUse:
    """Where the scheme ``name`` is in use: in the crosswalk's own field, or in another."""
    for field in dict.fromkeys((entry.field, *study.fields)):
        given = study.fields.get(field)
        periods = [p.name for p in study.periods if given and given.scheme_for(p.name) == name]
        scheme = study.scheme(field, periods[0]) if periods else None
        if scheme is not None:
            return SchemeUse(name, field, tuple(periods), scheme.names)
    raise WorkbenchError(
        f"study.toml: [[crosswalks]] names the scheme '{name}', by which no field is recorded in "
        f"any period. Name it under 'scheme' of [fields.{entry.field}]."
    )


def _check_order(study: Study, earlier: SchemeUse, later: SchemeUse) -> None:
    starts = {period.name: period.start for period in study.periods}
    if max(starts[name] for name in earlier.periods) >= min(starts[name] for name in later.periods):
        raise WorkbenchError(
            f"study.toml: [[crosswalks]] calls the scheme '{earlier.scheme}' the earlier one, but "
            f"it is in use in {earlier.span}, and '{later.scheme}' in {later.span}. Swap them, or "
            "name schemes of which one follows the other."
        )


def _read_links(path: Path, earlier: SchemeUse, later: SchemeUse) -> pd.DataFrame:
    """The rows of a crosswalk's file, each checked by itself and against the others."""
    table = read_table(path)
    for column in (*SIDES, "relation"):
        if column not in table.frame.columns:
            raise WorkbenchError(
                f"{path} has no column '{column}'. A crosswalk has the columns earlier, later, "
                "relation and note."
            )
    for bad in table.bad_rows:
        raise WorkbenchError(f"{place(path, row=bad.row)}: {bad.reason}; {bad.mend}.")
    frame = table.frame.reindex(columns=[*SIDES, "relation", "note"], fill_value="")
    links = frame.copy()
    for column in (*SIDES, "relation", "note"):
        links[column] = links[column].str.split().str.join(" ")
    written = links["relation"].str.lower()
    links["doubted"] = written.str.endswith(DOUBT)
    links["relation"] = written.str.removesuffix(DOUBT).str.strip()
    faults = [
        *_row_faults(links, {"earlier": earlier, "later": later}),
        *_pair_faults(links),
    ]
    if faults:
        row, column, fault = min(faults, key=lambda found: found[0])
        more = f" There are {len(faults) - 1} further faults." if len(faults) > 1 else ""
        raise WorkbenchError(f"{place(path, row=row, column=column)}: {fault}{more}")
    return links.reindex(columns=[*SIDES, "relation", "doubted", "note"])


Fault = tuple[int, str, str]
"""Row, column, and what is wrong with how to mend it."""


def _row_faults(links: pd.DataFrame, uses: dict[str, SchemeUse]) -> Iterator[Fault]:
    """What is wrong with rows by themselves."""
    for row, earlier, later, relation, doubted, note in links[
        [*SIDES, "relation", "doubted", "note"]
    ].itertuples(name=None):
        if relation not in RELATIONS or (doubted and relation == NONE):
            yield row, "relation", f"this is no relation.{suggest(relation, list(RELATIONS))}"
        elif not earlier and not later:
            yield row, "earlier", "both sides are empty. Name a label on one side at least."
        elif relation == NONE and earlier and later:
            yield (
                row,
                "relation",
                "'none' says that a label has no counterpart. Leave one side empty, or say how "
                "the two labels are related.",
            )
        elif relation != NONE and not (earlier and later):
            empty = "later" if earlier else "earlier"
            yield row, empty, f"the counterpart is missing. Name it, or write '{NONE}'."
        if doubted and not note:
            yield row, "note", f"a relation with '{DOUBT}' needs its reason. Write it here."
        for side, label in (("earlier", earlier), ("later", later)):
            if label and label not in uses[side].labels:
                hint = suggest(label, list(uses[side].labels))
                yield row, side, f"this is no label of the scheme '{uses[side].scheme}'.{hint}"


def _pair_faults(links: pd.DataFrame) -> Iterator[Fault]:
    """What is wrong between rows: links given twice, labels that cannot have several."""
    filled = links[(links[list(SIDES)] != "").any(axis=1)]
    for row in filled.index[filled.duplicated(subset=list(SIDES))]:
        yield int(row), "later", "this link stands in an earlier row already. Keep one of them."
    single = filled[~filled.duplicated(subset=list(SIDES))]
    for side in SIDES:
        named = single[single[side] != ""]
        several = named[named[side].duplicated(keep=False)]
        for relation in (EXACT, NONE):
            for row in several.index[several["relation"] == relation]:
                yield (
                    int(row),
                    side,
                    f"this label is '{relation}' here and has another link besides. Take one out, "
                    f"or use '{BROADER}' and '{NARROWER}'.",
                )
