"""Cases coded by both schemes: how far the schemes agree, and the change corrected for them.

Where a sample of later cases was coded once more by the earlier scheme, the later period can be
estimated as that scheme would have recorded it, and then compared with the earlier period.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbench.cases.log import CaseLog
from workbench.coding.agreement import measure_agreement
from workbench.coding.sample import WHOLE_TEXT
from workbench.compare.crosswalk import SIDES, Crosswalking, require_whole
from workbench.compare.intervals import share, wilson
from workbench.compare.scheme_blocks import JOINT, Block, find_blocks, list_blocks
from workbench.compare.schemes import BLOCK_COLUMNS, labels_given
from workbench.compare.shares import Base
from workbench.errors import WorkbenchError
from workbench.learning.powered import estimate_share
from workbench.privacy.disclosure import protect_counts
from workbench.study import Disclosure

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

AGREEMENT = tuple(
    f"{name}{end}" for name in ("agreement", "kappa", "ac1") for end in ("", "_low", "_high")
)

SCHEME_COLUMNS = (
    "label",
    *BLOCK_COLUMNS,
    "coded",
    "coded_earlier",
    "coded_later",
    *AGREEMENT,
    "group",
    "n",
    "base",
    "share",
    "reference",
    "reference_n",
    "reference_base",
    "reference_share",
    "difference",
    "corrected",
    "corrected_low",
    "corrected_high",
    "corrected_difference",
    "corrected_difference_low",
    "corrected_difference_high",
    "note",
)
"""The columns of ``compare_schemes``, which says what each holds."""

FEW_CODED = 100
"""Fewer double-coded cases than this are noted as few."""


def compare_schemes(
    log: CaseLog, crosswalking: Crosswalking, coded: pd.DataFrame, *, base: Base = "recorded"
) -> pd.DataFrame:
    """How far two schemes agree on cases coded by both, and the change that is left without them.

    ``coded`` as from ``read_double_coded``: a simple random draw of the later cases, coded by the
    earlier scheme as it was applied then. One row a block that has earlier labels:

    - ``coded``, double-coded cases; ``coded_earlier`` and ``coded_later``, the share of them that
      bear the block by either scheme; ``agreement`` (of the schemes about the block), ``kappa``
      (Cohen) and ``ac1`` (Gwet), with 95% intervals, as in ``coding.agreement``;
    - ``n``, ``base`` and ``share`` of the later cases (``group``) by their own scheme, those of
      the earlier ones (``reference``, ``reference_n``, ...) by theirs, and ``difference`` of the
      two as it stands; missing where the later scheme has no counterpart;
    - ``corrected``, the share of the later cases under the earlier scheme: prediction-powered,
      from the codings, sharpened by what all cases were given by the later scheme (see
      ``learning.powered.estimate_share``); ``corrected_difference``, it minus the reference's
      share; both with 95% intervals, in [0, 1] and [-1, 1].

    ``base="recorded"`` counts cases with any label, ``"all"`` every case. Raises
    ``WorkbenchError`` for holes in the crosswalk and for coded cases not of the later periods.
    """
    import numpy as np
    import pandas as pd

    require_whole(crosswalking)
    given = labels_given(log, crosswalking)
    before, after = (_cases_of(log, crosswalking, given, side, base) for side in SIDES)
    bearing_before, bearing_after = (
        _bearing(given, side, cases) for side, cases in zip(SIDES, (before, after), strict=True)
    )
    used, astray = _usable(log, crosswalking, coded, after)
    place_of_used = after.get_indexer(pd.Index(used["case_id"]))
    blocks = [block for block in find_blocks(crosswalking) if block.earlier]
    agreed = _agree(used, blocks)
    rows = []
    for block in blocks:
        by_later = np.zeros(len(after))
        by_later[bearing_after.get(block.name, [])] = 1.0
        truth = np.full(len(after), np.nan)
        truth[place_of_used] = _bears(used["earlier"], block.earlier)
        reference_n = len(bearing_before.get(block.name, []))
        rows.append(
            {
                "label": block.name,
                **agreed[block.name],
                **_count(by_later if block.later else None, len(after), reference_n, len(before)),
                **correct_share(
                    truth, by_later, reference_n=reference_n, reference_base=len(before)
                ),
            }
        )
    frame = pd.DataFrame(
        rows, columns=pd.Index([n for n in SCHEME_COLUMNS if n not in BLOCK_COLUMNS])
    )
    frame = frame.merge(list_blocks(crosswalking), on="label", how="left", validate="1:1")
    spans = {"group": crosswalking.later.span, "reference": crosswalking.earlier.span}
    return frame.assign(**spans, note=_note(len(used), astray))[list(SCHEME_COLUMNS)]


def protect_corrected(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """The frame of `compare_schemes` under disclosure control, without rows of a hidden count.

    Shares and differences are those of the rounded counts; intervals move with them. How many of
    the double-coded cases bear a block is left out, as it is a count of few.
    """
    if rule.exempt:
        return frame.copy()
    counts = ("n", "base", "reference_n", "reference_base")
    safe = frame.assign(**{name: protect_counts(frame[name], rule=rule) for name in counts})
    safe = safe[safe[list(counts)].notna().all(axis=1)].drop(
        columns=["coded_earlier", "coded_later"]
    )
    safe = safe.astype(dict.fromkeys(counts, "float64"))
    moved = safe["reference_n"] / safe["reference_base"] - safe["reference_share"]
    safe["share"] = safe["n"] / safe["base"]
    safe["reference_share"] += moved
    safe["difference"] = safe["share"] - safe["reference_share"]
    for name in ("", "_low", "_high"):
        safe[f"corrected_difference{name}"] -= moved
    return safe.reset_index(drop=True)


def _cases_of(
    log: CaseLog, crosswalking: Crosswalking, given: pd.DataFrame, side: str, base: Base
) -> pd.Index:
    """The cases of a side's periods: all, or those with a label."""
    import pandas as pd

    use = dict(crosswalking.sides)[side]
    recorded = given.loc[given["side"] == side, "case_id"].drop_duplicates()
    every = log.cases.loc[log.cases["period"].isin(use.periods), "case_id"]
    counted: pd.Index = pd.Index(recorded if base == "recorded" else every)
    return counted


def _bearing(given: pd.DataFrame, side: str, cases: pd.Index) -> dict[str, np.ndarray]:
    """For each block, where the cases that bear it by their own scheme stand in ``cases``."""
    import pandas as pd

    own = given.loc[given["side"] == side, ["case_id", "block"]].drop_duplicates()
    places = cases.get_indexer(pd.Index(own["case_id"]))
    return {str(name): places[rows] for name, rows in own.groupby("block").indices.items()}


def _usable(
    log: CaseLog, crosswalking: Crosswalking, coded: pd.DataFrame, after: pd.Index
) -> tuple[pd.DataFrame, int]:
    """The coded cases that the base counts, and how many it does not.

    Cases that the study does not hold (they may have been set aside) are not counted; those of
    another period are refused, as they cannot have been coded by the later scheme.
    """
    periods = log.cases.set_index("case_id")["period"].reindex(coded["case_id"])
    wrong = (periods.notna() & ~periods.isin(crosswalking.later.periods)).to_numpy()
    if wrong.any():
        raise WorkbenchError(
            f"The double-coded sample, row {coded.index[wrong][0]}: this is no case of "
            f"{crosswalking.later.span} ({int(wrong.sum())} such rows in all). Double-code cases "
            "of the later scheme only."
        )
    inside = coded["case_id"].isin(after)
    return coded[inside].sort_values("case_id"), int((~inside).sum())


def _agree(used: pd.DataFrame, blocks: list[Block]) -> dict[str, dict[str, Any]]:
    """Agreement of the two codings about each block; blocks of one scheme alone have none."""
    import pandas as pd

    found: dict[str, dict[str, Any]] = {
        block.name: {
            "coded": len(used),
            "coded_earlier": _bears(used["earlier"], block.earlier).mean() if len(used) else None,
            "coded_later": _bears(used["later"], block.later).mean()
            if len(used) and block.later
            else None,
        }
        for block in blocks
    }
    unit = {"text_id": used["case_id"].to_numpy(), "sentence": WHOLE_TEXT}
    parts = [
        pd.DataFrame({**unit, "dimension": block.name, "coder": side, "value": values})
        for block in blocks
        if block.later and len(used)
        for side, values in (
            ("earlier", _bears(used["earlier"], block.earlier)),
            ("later", _bears(used["later"], block.later)),
        )
    ]
    if parts:
        measured = measure_agreement(pd.concat(parts, ignore_index=True)).set_index("dimension")
        for name, row in measured[list(AGREEMENT)].iterrows():
            found[str(name)].update(zip(AGREEMENT, row, strict=True))
    return found


def _bears(cells: pd.Series, labels: tuple[str, ...]) -> np.ndarray:
    """1 for each case that was given any of ``labels``, else 0."""
    import numpy as np

    wanted = set(labels)
    return np.array([float(bool(wanted & set(cell))) for cell in cells])


def _count(
    by_later: np.ndarray | None, base: int, reference_n: int, reference_base: int
) -> dict[str, Any]:
    """Both periods as they were recorded; ``by_later`` None where the later scheme has nothing."""
    n = float("nan") if by_later is None else int(by_later.sum())
    last, first = float(share(n, base)), float(share(reference_n, reference_base))
    return {
        "n": n,
        "base": base,
        "share": last,
        "reference_n": reference_n,
        "reference_base": reference_base,
        "reference_share": first,
        "difference": last - first,
    }


def correct_share(
    truth: np.ndarray, by_later: np.ndarray, *, reference_n: int, reference_base: int
) -> dict[str, float]:
    """The later share under the earlier scheme, and its change against the reference's.

    One entry a later case: ``truth`` is 1 or 0 by the earlier scheme, NaN where not coded,
    ``by_later`` 1 or 0 by its own. The result has the columns of ``compare_schemes`` from
    ``corrected`` on; it is empty where nothing was coded.
    """
    import numpy as np

    coded = ~np.isnan(truth)
    if not coded.any():
        return {}
    bands = _bands(by_later, coded)
    estimate = estimate_share(truth, by_later, weights=np.ones(len(truth)), bands=bands)
    first = float(share(reference_n, reference_base))
    low, high = (float(limit[0]) for limit in wilson([reference_n], [reference_base]))
    change = estimate.share - first
    return {
        "corrected": estimate.share,
        "corrected_low": estimate.low,
        "corrected_high": estimate.high,
        "corrected_difference": change,
        # Newcombe's square-and-add rule, for any two estimates that have intervals.
        "corrected_difference_low": change - np.hypot(estimate.share - estimate.low, high - first),
        "corrected_difference_high": change + np.hypot(estimate.high - estimate.share, first - low),
    }


def _bands(by_later: np.ndarray, coded: np.ndarray) -> np.ndarray:
    """Cases that bear the block by their own scheme apart from the others, if some of each were
    coded: in a simulation the intervals of rare blocks held so, and not where few were joined.
    """
    import numpy as np

    kinds, own = np.unique(by_later, return_inverse=True)
    both_coded = len(np.unique(by_later[coded])) == len(kinds)
    return own if both_coded else np.zeros_like(own)


def _note(coded: int, astray: int) -> str:
    notes = []
    if coded < FEW_CODED:
        notes.append(f"only {coded} double-coded cases")
    if astray:
        notes.append(
            f"{astray} double-coded cases have nothing recorded, or are not in the study, and are "
            "not counted"
        )
    return JOINT.join(notes)
