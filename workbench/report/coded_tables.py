"""What codebooks count: shares of codes, how well they are told, and how they lie beside themes.

A share is estimated from the codes that people gave to some of the cases, joined with what the
model says of all (prediction-powered inference); a code that nobody gave has a suggestion rate,
which is no prevalence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.coding.agreement import cohen_kappa
from workbench.compare.intervals import wilson
from workbench.learning.measures import calibration_error, draw_weights, f1, interval
from workbench.privacy.disclosure import protect_counts, protect_table
from workbench.report.coded import Coded
from workbench.report.labelled import protect_estimates
from workbench.study import Disclosure, Study
from workbench.themes.alignment import align_codebook
from workbench.themes.found import NO_THEME
from workbench.themes.learning import FEWEST
from workbench.tone.prevalence import EVERYONE, estimate_prevalence, marker_rates

if TYPE_CHECKING:
    import pandas as pd

    from workbench.themes.found import Themes

CODES, PERIODS, BESIDE, ASKS = "codebook", "codebook-periods", "codebook-themes", "codebook-asks"
"""The tables, each followed by "/" and the name of the codebook."""

SUGGESTED = "suggestion rate"
NOT_PREVALENCE = "a suggestion rate, not a prevalence: the model misses some texts, misreads others"

_DRAWS = 500
_MEASURES = ("f1", "f1_low", "f1_high", "kappa", "calibration")


def codebook_tables(
    coded: Mapping[str, Coded], themes: Themes, shown: pd.DataFrame, log: CaseLog, study: Study
) -> dict[str, pd.DataFrame]:
    """Tables of every codebook under the study's disclosure rule.

    ``shown`` are the main themes and sub-themes that a report prints (`printed_themes`). For each
    codebook: ``codebook/NAME``, a row a code, with its share, ``labelled`` cases, those ``given``
    the code by people, ``suggested``, ``abstained``, and how well it is told; under a reflexive
    approach without the last. ``codebook-periods/NAME``, the shares by period, where there are
    several. ``codebook-themes/NAME`` sets a codebook of people's codings beside the themes (as
    `align_codebook`), ``codebook-asks/NAME`` one that ``asks`` beside the main themes.
    """
    tables = {}
    rule = study.disclosure
    periods = log.cases.set_index("case_id")["period"]
    for name, own in coded.items():
        whole = _with_counts(_shares(own, None), own)
        if not study.method.reflexive:
            whole = whole.merge(measure_codes(own, seed=study.seed), on="code", how="left")
        tables[f"{CODES}/{name}"] = _protect(whole, rule)
        if len(log.periods) > 1:
            tables[f"{PERIODS}/{name}"] = protect_estimates(_shares(own, periods), rule=rule)
        if len(own.given) and shown["firm"].any():
            units = as_units(themes, shown)
            aligned = align_codebook(units, own.chances, own.book, level=1)
            aligned = aligned[aligned["code"].isin(own.learnt_codes)].reset_index(drop=True)
            tables[f"{BESIDE}/{name}"] = _protect_aligned(aligned, rule)
        if own.book.asks and (shown["level"] == 0).any():
            frame = count_asks(own, themes, shown)
            counts = ("n", "base", "reference_n", "reference_base")
            tables[f"{ASKS}/{name}"] = protect_table(
                frame, rule=rule, counts=counts, interval=wilson
            )
    return tables


def measure_codes(coded: Coded, *, seed: int) -> pd.DataFrame:
    """How well suggestions go with people's codes: one row a code that enough texts bear.

    ``f1`` with ``f1_low`` and ``f1_high`` (95% percentile bootstrap over texts), Cohen's ``kappa``
    and ``calibration``, the expected calibration error (0 to 1, less is better): all of texts that
    people coded, each as if it had been left out of what the model learnt from.
    """
    import numpy as np
    import pandas as pd

    rows = []
    draws = draw_weights(len(coded.given), draws=_DRAWS, seed=seed) if len(coded.given) else None
    for code in coded.judged:
        truth = coded.given[code].to_numpy()
        if draws is None or not FEWEST <= truth.sum() <= len(truth) - FEWEST:
            continue
        chances = coded.chances.loc[coded.given.index, code].to_numpy()
        said = coded.at_cut(code).loc[coded.given.index].to_numpy()
        low, high = interval([f1(said, truth, weights) for weights in draws])
        agreed = cohen_kappa(list(said.astype(int)), list(truth.astype(int)))
        error = calibration_error(np.minimum(chances, 1), truth)
        rows.append((code, f1(said, truth), low, high, agreed, error))
    return pd.DataFrame(rows, columns=pd.Index(("code", *_MEASURES)))


def count_asks(coded: Coded, themes: Themes, shown: pd.DataFrame) -> pd.DataFrame:
    """How often each leaf code is suggested in each main theme of ``shown``, and in all others.

    Columns ``theme``, ``label`` (of the theme), ``code``, ``name``; ``n`` of ``base`` texts of the
    theme, with ``share``, ``low`` and ``high`` (Wilson's at 95%); ``reference_n``,
    ``reference_base`` and ``reference_share`` of all texts elsewhere.
    """
    import pandas as pd

    within = themes.at_level(0).set_axis(themes.assignments["text_id"]).reindex(coded.chances.index)
    rows = []
    main = shown[shown["level"] == 0]
    for theme, label in zip(main["theme"], main["label"], strict=True):
        inside = (within == theme).to_numpy()
        for code in coded.book.leaves:
            said = coded.applied[code.code].to_numpy()
            sizes = (said & inside).sum(), inside.sum(), (said & ~inside).sum(), (~inside).sum()
            rows.append((theme, label, code.code, code.name, *map(int, sizes)))
    names = ["theme", "label", "code", "name", "n", "base", "reference_n", "reference_base"]
    frame = pd.DataFrame(rows, columns=pd.Index(names))
    low, high = wilson(frame["n"], frame["base"])
    elsewhere = frame["reference_n"] / frame["reference_base"].where(frame["reference_base"] > 0)
    own = frame["n"] / frame["base"]
    return frame.assign(share=own, low=low, high=high, reference_share=elsewhere)


def _shares(coded: Coded, periods: pd.Series | None) -> pd.DataFrame:
    """Shares of every code, in the codebook's order: estimated, or the rate of suggestions."""
    import pandas as pd

    groups = None if periods is None else periods.reindex(coded.chances.index)
    people = coded.judged
    rest = [code.code for code in coded.book.codes if code.code not in people]
    parts = []
    if people:
        parts.append(estimate_prevalence(coded.chances, coded.given[people], groups=groups))
    if rest:
        rates = marker_rates(coded.applied[rest], groups=groups)
        parts.append(rates.assign(method=SUGGESTED, note=NOT_PREVALENCE))
    frame = pd.concat(parts, ignore_index=True).rename(columns={"label": "code"})
    book = coded.book.table()[["code", "name", "parent", "depth"]].rename(columns={"name": "label"})
    both = book.reset_index(names="place").merge(frame, on="code", how="left")
    both = both.sort_values(["place", "group"], kind="stable")
    both["group"] = both["group"].fillna(EVERYONE)
    return both.drop(columns="place").reset_index(drop=True)


def _with_counts(frame: pd.DataFrame, coded: Coded) -> pd.DataFrame:
    """The shares with how many cases people gave each code, and what the model says of them."""
    given = coded.given.sum() if len(coded.given) else coded.applied.iloc[:0].sum()
    counts = {"given": given, "suggested": coded.applied.sum(), "abstained": coded.abstained.sum()}
    return frame.assign(
        **{name: frame["code"].map(own).fillna(0).astype("int64") for name, own in counts.items()}
    )


def _protect(frame: pd.DataFrame, rule: Disclosure) -> pd.DataFrame:
    """Estimates under ``rule``; measures on so few cases that it hides them are left out."""
    safe = protect_estimates(frame, rule=rule)
    if rule.exempt:
        return safe
    for name in ("given", "suggested", "abstained"):
        safe[name] = protect_counts(frame[name], rule=rule)
    known = [name for name in _MEASURES if name in safe.columns]
    safe.loc[safe["given"].isna(), known] = float("nan")
    return safe


def as_units(themes: Themes, shown: pd.DataFrame) -> Themes:
    """The firm themes on one level: sub-themes where all of a theme's are firm, else the theme.

    So each case stands once, and none is lost because its sub-theme is not firm. Cases of main
    themes that are not firm are in none.
    """
    import pandas as pd

    firm = shown[shown["firm"]]
    loose = set(shown.loc[(shown["level"] == 1) & ~shown["firm"], "parent"])
    split = set(shown.loc[shown["level"] == 1, "parent"]) - loose
    own = firm[((firm["level"] == 0) & ~firm["theme"].isin(split)) | firm["parent"].isin(split)]
    names = dict(zip(own["theme"], own["theme"], strict=True))
    units = themes.at_level(1).map(names).fillna(themes.at_level(0).map(names)).fillna(NO_THEME)
    placed = themes.assignments[["text_id"]].assign(theme=units.astype("int64").to_numpy())
    rows = own.assign(level=1, parent=NO_THEME).reset_index(drop=True)
    none = pd.DataFrame({"theme": [], "parent": []})
    return replace(themes, assignments=placed, themes=rows, levels=none)


def _protect_aligned(frame: pd.DataFrame, rule: Disclosure) -> pd.DataFrame:
    """Sizes rounded and themes of few left out; an expected share gives no count away."""
    if rule.exempt:
        return frame
    safe = frame.assign(n=frame["n"].round(), total=frame["total"].round())
    for name in ("n", "total", "size", "base"):
        hidden = protect_counts(safe[name].astype("int64"), rule=rule)
        safe[name] = hidden.astype("float64")
    few = safe["size"].isna() | safe["total"].isna()
    return safe[~few].assign(n=safe["n"].fillna(0.0)).reset_index(drop=True)
