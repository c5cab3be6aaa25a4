"""Which of a study's fields are reported, in which parts, and under which names.

Prose and figures both go by this, so that a figure stands in the section that speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.compare.shares import NOT_OFFERED, SCHEMES_DIFFER
from workbench.report.analysis import Analysis
from workbench.report.tables import base_note

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class FieldShares:
    """The shares of one field: ``whole`` for all groups, ``parts`` one a scheme of its labels.

    ``note`` says base and gaps.
    """

    name: str
    label: str
    whole: pd.DataFrame
    parts: tuple[pd.DataFrame, ...]
    note: str


def reported_fields(analysis: Analysis) -> Iterator[FieldShares]:
    """The fields that the study wants reported and some case has, in the study's order."""
    for name, field in analysis.study.fields.items():
        frame = analysis.tables.get(f"shares/{name}")
        if frame is None or not field.report:
            continue
        key = f"coverage/{name}"
        note = base_note(analysis.tables[key], several=field.several, source=key)
        yield FieldShares(name, field.label, frame, tuple(split_by_scheme(frame)), note)


def refused_fields(analysis: Analysis) -> Iterator[str]:
    """The fields of which disclosure control refused the shares, in the study's order."""
    for name, field in analysis.study.fields.items():
        if field.report and f"shares/{name}" in analysis.refused:
            yield name


def one_of(analysis: Analysis, name: str) -> str:
    """What one label of a field is called in a sentence."""
    field = analysis.study.fields.get(name)
    return (field.one if field else "") or analysis.log.title_of(name).lower()


def slug(*parts: str) -> str:
    """Words as the stem of a file: lower case, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", "-".join(parts).lower()).strip("-")


def shares_name(field: str, place: int) -> str:
    """The name of the figure of a field's shares; ``place`` counts the field's schemes from 1."""
    return slug("shares", field) if place == 1 else slug("shares", field, str(place))


def of_groups(title: str, part: pd.DataFrame, frame: pd.DataFrame) -> str:
    """``title``, with the groups named where ``part`` holds fewer of them than ``frame``."""
    shown = part["group"].drop_duplicates()
    return title if len(shown) == frame["group"].nunique() else f"{title} ({', '.join(shown)})"


def split_by_scheme(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """The frame as it is, or one frame a group where groups were recorded by different schemes.

    Schemes differ where they are noted to, or where no label was offered to all groups. Groups
    without any label are left out.
    """
    used = [g for g, part in frame.groupby("group", sort=False) if _any_counted(part)]
    frame = frame[frame["group"].isin(used)]
    absent = frame["note"].str.contains(NOT_OFFERED, regex=False)
    shared = (~absent).groupby(frame["label"]).transform("all").any()
    differ = frame["note"].str.contains(SCHEMES_DIFFER, regex=False).any()
    if shared and not differ:
        return [frame]
    offered = frame[~absent]
    return [offered[offered["group"] == group] for group in used]


def _any_counted(part: pd.DataFrame) -> bool:
    return bool((part["base"].fillna(1) > 0).any())
