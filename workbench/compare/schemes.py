"""Two periods compared through a crosswalk between their category schemes.

Shares of cases cannot be compared as they stand where one scheme gives a case more labels than
the other: any of six labels is carried by more cases than the one label that they replaced. So
labels per case are shown first, and shares of labels stand beside shares of cases.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.crosswalk import Crosswalking, require_whole
from workbench.compare.intervals import newcombe, share, wilson
from workbench.compare.measure import COMPARISON_COLUMNS, NOT_OFFERED
from workbench.compare.scheme_blocks import JOINT, Block, find_blocks, list_blocks
from workbench.compare.shares import SCHEMES_DIFFER, Base, compare_shares, protect_shares
from workbench.errors import WorkbenchError
from workbench.privacy.disclosure import protect_counts
from workbench.study import Disclosure

if TYPE_CHECKING:
    import pandas as pd

BLOCK_COLUMNS = ("earlier_labels", "later_labels", "comparability", "why")

LABEL_COLUMNS = (
    "labels",
    "all_labels",
    "design",
    "labels_per_case",
    "reference_labels_per_case",
    "share_of_labels",
    "share_of_labels_low",
    "share_of_labels_high",
    "reference_share_of_labels",
    "difference_of_labels",
    "difference_of_labels_low",
    "difference_of_labels_high",
)

THROUGH_COLUMNS = (*COMPARISON_COLUMNS, *BLOCK_COLUMNS, *LABEL_COLUMNS)
"""The columns of a comparison through a crosswalk; `compare_through` says what each holds."""

LEAST_DESIGN = 0.1
"""The design effect is never taken to be less: labels that always come together vary little from
case to case, and would seem too certain."""

MUCH = 1.2
"""Labels per case that differ by more than this factor are said to differ much."""

PER_CASE = "the schemes give different numbers of labels a case, so see the shares of labels too"
"""Noted where shares of cases differ by the scheme alone."""


def labels_per_case(log: CaseLog, field: str, *, by: str = "period") -> pd.DataFrame:
    """How many labels of ``field`` a case carries in each group: to be read before any share.

    One row a group of ``by``, in order: ``group``; ``cases``; ``recorded``, those with any label;
    ``labels``, all labels given; ``per_case``, labels over all cases of the group, with Student's
    95% interval ``low``, ``high`` (missing for fewer than two cases).
    """
    import numpy as np
    import pandas as pd
    from scipy.stats import t

    members = log.membership(by).drop_duplicates().rename(columns={"label": "group"})
    number = log.membership(field).drop_duplicates()["case_id"].value_counts()
    members["labels"] = number.reindex(members["case_id"], fill_value=0).to_numpy()
    counted = members.groupby("group")["labels"]
    frame = pd.DataFrame(
        {
            "cases": counted.size(),
            "recorded": counted.agg(np.count_nonzero),
            "labels": counted.sum(),
            "per_case": counted.mean(),
        }
    )
    reach = t.ppf(0.975, frame["cases"] - 1) * counted.std() / np.sqrt(frame["cases"])
    frame["low"] = (frame["per_case"] - reach).clip(lower=0)
    frame["high"] = frame["per_case"] + reach
    present = [group for group in log.order_of(by) if group in frame.index]
    return frame.loc[present].rename_axis("group").reset_index()


def compare_through(
    log: CaseLog, crosswalking: Crosswalking, *, base: Base = "recorded", allow_holes: bool = False
) -> pd.DataFrame:
    """The share of each comparable block in each period, against the first period.

    A comparison frame (see ``compare_shares``) with a row a block and period; a case counts once
    for a block however many of its labels it carries. Further columns:

    - ``earlier_labels``, ``later_labels`` (parted by "; "), ``comparability`` and ``why``: see
      ``find_blocks``. What is not comparable has no difference;
    - ``labels``, how many of the ``all_labels`` given in the period are the block's;
      ``share_of_labels`` with its 95% interval; ``difference_of_labels``, this share minus the
      reference's (``reference_share_of_labels``), in [-1, 1], with its interval;
    - ``labels_per_case``, all labels over all cases, and ``reference_labels_per_case``;
    - ``design``, the design effect: how much wider it makes the interval's variance that labels
      come by the case. Intervals are Wilson's and Newcombe's on ``all_labels / design`` (Korn and
      Graubard 1998, Survey Methodology 24). They come out as a bootstrap over cases does where
      that can be trusted, and hold for rare labels too, where it does not.

    Raises ``WorkbenchError`` for holes in the crosswalk, unless ``allow_holes``; and where cases
    carry labels of neither scheme.
    """
    if not allow_holes:
        require_whole(crosswalking)
    blocks = find_blocks(crosswalking)
    given = labels_given(log, crosswalking)
    derived, name = _with_blocks(log, crosswalking, blocks, given)
    groups = [*crosswalking.earlier.periods, *crosswalking.later.periods]
    frame = compare_shares(derived, name, by="period", groups=groups, base=base)
    frame = frame.merge(list_blocks(crosswalking), on="label", how="left", validate="m:1")
    names = [block.name for block in blocks]
    counted = weigh_labels(given, groups, names)
    frame = frame.merge(counted, on=["label", "group"], how="left", validate="1:1")
    frame["labels"] = frame["labels"].astype("int64")
    totals = given["group"].value_counts()
    frame["all_labels"] = totals.reindex(frame["group"], fill_value=0).to_numpy()
    frame["note"] = _plain_notes(frame["note"])
    return _measure_labels(frame)


def protect_through(frame: pd.DataFrame, *, rule: Disclosure) -> pd.DataFrame:
    """A comparison through a crosswalk under disclosure control, as in ``protect_shares``.

    Counts of labels are protected like those of cases, and all else is computed anew from them.
    """
    if rule.exempt:
        return frame.copy()
    safe = protect_shares(frame[list(COMPARISON_COLUMNS)], rule=rule)
    kept = frame[[*BLOCK_COLUMNS, "labels", "all_labels", "design"]].reset_index(drop=True)
    kept["labels"] = protect_counts(kept["labels"], rule=rule).mask(safe["n"].isna())
    kept["all_labels"] = protect_counts(kept["all_labels"], rule=rule)
    kept["design"] = kept["design"].round(1).clip(lower=LEAST_DESIGN).mask(kept["labels"].isna())
    safe["note"] = _plain_notes(safe["note"])
    return _measure_labels(safe.join(kept))


def labels_given(log: CaseLog, crosswalking: Crosswalking) -> pd.DataFrame:
    """Every label that cases were given by either scheme: case_id, group (period), side, block.

    One row a case and label. Raises ``WorkbenchError`` where labels are of neither scheme.
    """
    import pandas as pd

    periods = log.membership("period").rename(columns={"label": "group"})
    blocks = find_blocks(crosswalking)
    block_of = {
        side: {label: block.name for block in blocks for label in getattr(block, side)}
        for side, _ in crosswalking.sides
    }
    parts = []
    for side, use in crosswalking.sides:
        own = periods[periods["group"].isin(use.periods)]
        part = log.membership(use.field).drop_duplicates().merge(own, on="case_id")
        part["block"] = part["label"].map(block_of[side])
        unknown = part["block"].isna()
        if unknown.any():
            raise WorkbenchError(
                f"{part.loc[unknown, 'case_id'].nunique()} cases of {use.span} carry a label of "
                f"the field '{use.field}' that is not in the scheme '{use.scheme}'. Mend the "
                "labels, add them to the scheme, or map them under 'renamed'."
            )
        parts.append(part.assign(side=side)[["case_id", "group", "side", "block"]])
    return pd.concat(parts, ignore_index=True)


def _with_blocks(
    log: CaseLog, crosswalking: Crosswalking, blocks: Collection[Block], given: pd.DataFrame
) -> tuple[CaseLog, str]:
    """The log with the blocks as a field, each offered in the periods whose scheme has it."""
    name = f"{crosswalking.field} through {crosswalking.file}"
    carried = given[["case_id", "block"]].drop_duplicates().rename(columns={"block": "label"})
    derived = log.with_labels(name, carried, title=crosswalking.title, several=True)
    orders = {
        period: tuple(block.name for block in blocks if getattr(block, side))
        for side, use in crosswalking.sides
        for period in use.periods
    }
    info = replace(derived.fields[name], orders=orders)
    return replace(derived, fields={**derived.fields, name: info}), name


def weigh_labels(
    given: pd.DataFrame, groups: Collection[str], names: Collection[str]
) -> pd.DataFrame:
    """label, group, labels and design effect of every block in every period.

    ``given`` has one row a label given: case_id, group, block. The design effect says how many
    labels tell as much as one drawn by itself, since those of one case hang together: the variance
    of the share over that of independent labels (ratio estimator over cases; Cochran 1977, 6.13).
    """
    import pandas as pd

    whole = given["case_id"].value_counts()
    own = given.groupby(["group", "block", "case_id"]).size().rename("labels").reset_index()
    all_own = whole.reindex(own["case_id"]).to_numpy()
    own["square"], own["cross"] = own["labels"] ** 2, own["labels"] * all_own
    every = pd.MultiIndex.from_product([groups, names], names=["group", "block"])
    sums = own.groupby(["group", "block"])[["labels", "square", "cross"]].sum()
    sums = sums.reindex(every, fill_value=0).astype("float64")
    period = given.drop_duplicates("case_id").set_index("case_id")["group"]
    by_case = pd.DataFrame({"group": period, "all": whole.reindex(period.index)})
    by_case["square"] = by_case["all"] ** 2
    totals = by_case.groupby("group").agg(
        cases=("all", "size"), all=("all", "sum"), square=("square", "sum")
    )
    of = totals.reindex(sums.index.get_level_values("group")).set_axis(sums.index)
    part = sums["labels"] / of["all"]
    left = sums["square"] - 2 * part * sums["cross"] + part**2 * of["square"]
    variance = left * of["cases"] / (of["cases"] - 1) / of["all"] ** 2
    known = (part > 0) & (part < 1) & (left > 1e-9)
    # Where none or all labels are the block's, no more is known than that of each case.
    effective = (part * (1 - part) / variance.where(known)).where(known, of["cases"])
    design = (of["all"] / effective).clip(lower=LEAST_DESIGN)
    found = pd.DataFrame({"labels": sums["labels"], "design": design}).reset_index()
    return found.rename(columns={"block": "label"})


def _measure_labels(frame: pd.DataFrame) -> pd.DataFrame:
    """Shares of labels, intervals and differences from counts of labels and design effects."""
    import numpy as np

    frame = frame.reset_index(drop=True)
    columns = ("labels", "all_labels", "design", "cases")
    labels, every, design, cases = (
        frame[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in columns
    )
    first = (~frame["label"].duplicated()).to_numpy()
    at = np.flatnonzero(first)[np.cumsum(first) - 1]  # where the reference of each row stands
    offered = ~frame["note"].str.contains(NOT_OFFERED, regex=False).to_numpy(dtype=bool)
    compared = ~first & offered & offered[at]
    part = np.where(offered, np.minimum(share(labels, every), 1.0), np.nan)
    effective = np.where(np.isnan(part), 0.0, every / design)
    low, high = wilson(np.nan_to_num(part) * effective, effective)
    counts = np.nan_to_num(part) * effective
    apart = newcombe(counts, effective, counts[at], effective[at])
    rate = share(every, cases)
    found = {
        "labels_per_case": rate,
        "reference_labels_per_case": np.where(first, np.nan, rate[at]),
        "share_of_labels": part,
        "share_of_labels_low": low,
        "share_of_labels_high": high,
        "reference_share_of_labels": np.where(first, np.nan, part[at]),
        "difference_of_labels": np.where(compared, part - part[at], np.nan),
        "difference_of_labels_low": np.where(compared, apart[0], np.nan),
        "difference_of_labels_high": np.where(compared, apart[1], np.nan),
    }
    frame = frame.assign(**found)
    much = compared & (np.maximum(rate, rate[at]) > MUCH * np.minimum(rate, rate[at]))
    frame["note"] = [
        JOINT.join(filter(None, (note, PER_CASE if warn else "")))
        for note, warn in zip(frame["note"], much, strict=True)
    ]
    return frame[list(THROUGH_COLUMNS)]


def _plain_notes(notes: pd.Series) -> pd.Series:
    """Notes without what goes without saying here, or is said anew."""
    import pandas as pd

    said = (SCHEMES_DIFFER, PER_CASE)
    kept = [[part for part in note.split(JOINT) if part not in said] for note in notes]
    return pd.Series([JOINT.join(parts) for parts in kept], index=notes.index, dtype="str")
