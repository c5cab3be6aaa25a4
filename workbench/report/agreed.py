"""How far coders agree, where two of them or more labelled the same cases of a study."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.cases.tables import read_table
from workbench.coding import WHOLE_TEXT, measure_agreement
from workbench.errors import WorkbenchError, suggest
from workbench.report.behind import behind_rows
from workbench.report.blocks import TableBlock
from workbench.report.tables import HIDDEN
from workbench.study import Disclosure, Study
from workbench.themes.accepted import SUGGESTER

if TYPE_CHECKING:
    import pandas as pd

_MEASURES = {"agreement": "Agreement", "kappa": "Kappa", "alpha": "Alpha", "ac1": "AC1"}
_CODER = "share "  # the columns of ``measure_agreement`` that name a coder


@dataclass(frozen=True)
class Agreed:
    """``frame`` as of ``measure_agreement``, empty without a second coder; how many ``coders``."""

    frame: pd.DataFrame
    coders: int


def read_agreed(study: Study) -> Agreed | None:
    """What the study's labels say of its coders; None where it has no labels, or is reflexive.

    Tones come from the agreement.csv of ``workbench label read``, codes from the codings of
    [method]. Raises ``WorkbenchError`` that names file and column.
    """
    import pandas as pd

    if study.method.reflexive:
        return None
    found = []
    if study.tone.agreement is not None:
        found.append(_read_measured(study.tone.agreement))
    if study.method.codings is not None:
        found.append(_measure_codings(study.locate(study.method.codings), seed=study.seed))
    if not found:
        return None
    frames = [one.frame for one in found if len(one.frame)]
    frame = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
    return Agreed(frame, max(one.coders for one in found))


def agreement_table(frame: pd.DataFrame, *, rule: Disclosure) -> TableBlock:
    """``measure_agreement`` as printed; rows on so few units that the rule hides them say so."""
    import pandas as pd

    few = pd.Series(False, index=frame.index) if rule.exempt else frame["n"] <= rule.hide_up_to
    known = frame.mask(few, axis=0).assign(dimension=frame["dimension"])
    columns: dict[str, list[str]] = {
        "Tone or code": [str(name).capitalize() for name in frame["dimension"]],
        "Units": list(frame["n"].map("{:,.0f}".format).mask(few, HIDDEN)),
    }
    for name, title in _MEASURES.items():
        columns[title] = [
            "–" if hidden else _interval(row, name)
            for (_, row), hidden in zip(frame.iterrows(), few, strict=True)
        ]
    return TableBlock(
        title="How far coders agree",
        frame=pd.DataFrame(columns),
        numeric=tuple(columns)[1:],
        widths=(1.8, 0.7, *(1.5 for _ in _MEASURES)),
        note=(
            "Units are those that two coders or more judged, each without knowing of the other. "
            "Agreement is the share of pairs of coders that say the same; kappa is Cohen's, alpha "
            "Krippendorff's for nominal categories, AC1 Gwet's: 1 is full agreement, and 0 what "
            "chance would give. In brackets 95% bootstrap intervals over texts. Where a label is "
            "rare, kappa and alpha are low even if coders seldom differ, which AC1 is not."
        ),
        name="agreement",
        source="agreement",
        cells={
            "Units": behind_rows(known, "n", frame="agreement", by=("dimension",)),
            **{
                title: behind_rows(known, name, frame="agreement", by=("dimension",), base="n")
                for name, title in _MEASURES.items()
            },
        },
    )


def _interval(row: pd.Series[Any], name: str) -> str:
    value, low, high = row[name], row[f"{name}_low"], row[f"{name}_high"]
    return "–" if value != value else f"{value:.2f} ({low:.2f}–{high:.2f})"


def _read_measured(path: Path) -> Agreed:
    """The file that ``workbench label read`` wrote."""
    import pandas as pd

    frame = read_table(path).frame.reset_index(drop=True)
    numbers = ["n", *(f"{name}{end}" for name in _MEASURES for end in ("", "_low", "_high"))]
    for name in ("dimension", *numbers):
        if name not in frame.columns:
            raise WorkbenchError(
                f"{path} has no column '{name}'. Give the agreement.csv that 'workbench label "
                "read' wrote."
            )
    values = frame[numbers].apply(pd.to_numeric, errors="coerce")
    coders = sum(str(name).startswith(_CODER) for name in frame.columns)
    return Agreed(pd.concat([frame[["dimension"]], values], axis=1).dropna(subset=["n"]), coders)


def _measure_codings(path: Path, *, seed: int) -> Agreed:
    """Each code on the cases that two people or more coded; what is not given does not apply."""
    import pandas as pd

    frame = read_table(path).frame
    for name in ("case_id", "code", "coder"):
        if name not in frame.columns:
            raise WorkbenchError(
                f"{path} has no column '{name}'.{suggest(name, list(frame.columns))} The codings "
                "of [method] need case_id, code and coder."
            )
    given = frame[frame["coder"] != SUGGESTER][["case_id", "code", "coder"]].drop_duplicates()
    coders = given["coder"].nunique()
    judged = given[["case_id", "coder"]].drop_duplicates()
    both = judged.groupby("case_id")["coder"].transform("size") >= 2
    if not both.any():
        return Agreed(pd.DataFrame(), coders)
    codes = pd.DataFrame({"code": sorted(given["code"].unique())})
    all_told = (
        judged[both]
        .merge(codes, how="cross")
        .merge(given.assign(value=1), on=["case_id", "code", "coder"], how="left")
    )
    codings = all_told.rename(columns={"case_id": "text_id", "code": "dimension"}).assign(
        sentence=WHOLE_TEXT, value=all_told["value"].fillna(0).astype("Int64")
    )
    used = codings.groupby("dimension")["value"].transform("max") > 0
    return Agreed(measure_agreement(codings[used], seed=seed), coders)
