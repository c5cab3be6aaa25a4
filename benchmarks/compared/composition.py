"""Changes as they are and at an equal mix, on comments to two NHS trusts whose mix changed.

In 2022 far more of the comments went to one of the two trusts than in 2021. Beside ours, from the
same cases: marginal standardisation by logistic regression (statsmodels), once with every stratum
free (which must give our figure) and once with one change for all strata, and the
Cochran-Mantel-Haenszel test of statsmodels' StratifiedTable. Then the coverage of the interval by
simulation: composition_coverage.py.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.compared.composition_coverage import measure_coverage
from benchmarks.machine import Table, data_folder, need
from workbench.cases.log import CaseLog
from workbench.cases.read import read_cases
from workbench.compare.composition import standardise
from workbench.compare.mix import mix_change
from workbench.compare.say import CLEAR, FEW
from workbench.compare.strata import find_strata
from workbench.study import Study

FILE = "nhs_fft/v6framework_230831.csv.gz"
STUDY = Path(__file__).resolve().parents[1] / "nhs_fft" / "study.toml"
FIELD, YEARS = "coded_theme", ("2021", "2022")
TRUST, CROSSED, SERVICE = ["trust"], ["trust", "question"], ["trust", "service"]


def measure(*, quick: bool) -> Iterator[Table]:
    """One row a theme of the real comments, then one a setting of the simulation."""
    log = read_comments()
    themes = compare_themes(log)
    yield Table("compare_composition", themes, _settings(log, themes), kept=not quick)
    yield from measure_coverage(quick=quick)


def read_comments() -> CaseLog:
    """The comments as the study in benchmarks/nhs_fft reads them."""
    need(FILE)
    os.environ.setdefault("WORKBENCH_DATA", str(data_folder()))
    return read_cases(Study.load(STUDY))


def compare_themes(log: CaseLog) -> pd.DataFrame:
    """Every theme that ``FEW`` comments or more have in some year, the largest change first."""
    frames = {
        name: _changes(log, within)
        for name, within in (("trust", TRUST), ("question", CROSSED), ("service", SERVICE))
    }
    found = frames["trust"]
    found = found[found[["n", "reference_n"]].max(axis=1) >= FEW]
    rows = []
    for label, row in found.iterrows():
        peers = _peers(log, str(label))
        rows.append(
            {
                "theme": label,
                "n 2021": int(row["reference_n"]),
                "n 2022": int(row["n"]),
                "change": row["raw_difference"],
                "low": row["raw_low"],
                "high": row["raw_high"],
                "p adjusted": row["raw_p_adjusted"],
                "by trust": row["standardised_difference"],
                "by trust low": row["standardised_low"],
                "by trust high": row["standardised_high"],
                "by trust p adjusted": row["p_adjusted"],
                "due to mix": row["mix_difference"],
                "what becomes of it": judge(row),
                "by trust and question": frames["question"].loc[label, "standardised_difference"],
                "by trust and service": frames["service"].loc[label, "standardised_difference"],
                **peers,
            }
        )
    frame = pd.DataFrame(rows)
    return frame.sort_values("change", key=lambda c: -c.abs(), ignore_index=True)


def _changes(log: CaseLog, within: list[str]) -> pd.DataFrame:
    frame = standardise(log, FIELD, by="period", groups=YEARS, within=within)
    return frame[frame["reference"].notna()].set_index("label")


def judge(row: pd.Series[Any]) -> str:
    """What an equal mix makes of a change: one word or two, by the adjusted p and the sizes."""
    raw, equal = row["raw_difference"], row["standardised_difference"]
    if row["raw_p_adjusted"] >= CLEAR:
        return "never clear" if row["p_adjusted"] >= CLEAR else "appears"
    if row["p_adjusted"] < CLEAR:
        if raw * equal < 0:
            return "turns round"
        return "shrinks" if abs(equal) < abs(raw) / 2 else "stands"
    if raw * equal < 0:
        return "vanishes, sign turned"
    return "vanishes" if abs(equal) < abs(raw) / 2 else "no longer clear"


def _peers(log: CaseLog, label: str) -> dict[str, float]:
    """What statsmodels finds in the same cases, one row a case, without any count of ours."""
    import statsmodels.api as sm
    from statsmodels.stats.contingency_tables import StratifiedTable

    cases = log.cases[log.cases["period"].isin(YEARS)]
    recorded = cases["case_id"].isin(log.membership(FIELD)["case_id"])
    cases = cases[recorded]
    trusts = log.membership("trust").set_index("case_id")["label"]
    carried = log.membership(FIELD)
    has = cases["case_id"].isin(carried.loc[carried["label"] == label, "case_id"]).astype(float)
    later = (cases["period"] == YEARS[1]).astype(float)
    second = (cases["case_id"].map(trusts) == "NHFT").astype(float)
    plain = np.column_stack([np.ones(len(cases)), later, second])
    designs = {
        "logistic, free": np.column_stack([plain, later * second]),
        "logistic, one change": plain,
    }
    mix = np.array([second[later == year].mean() for year in (0, 1)]).mean()
    changes = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a trust without the theme has no finite log odds
        for name, design in designs.items():
            fit = sm.GLM(has.to_numpy(), design, family=sm.families.Binomial()).fit(maxiter=60)
            changes[name] = float(_standardised_change(fit, design.shape[1], mix))
        tables = pd.crosstab([second, later], has).reindex(columns=[0.0, 1.0], fill_value=0)
        stacked = [tables.loc[trust].to_numpy().T for trust in (0.0, 1.0)]
        kept = [table for table in stacked if table.sum(axis=1).min() > 0]
        p = float(StratifiedTable(kept).test_null_odds().pvalue)
    return {**changes, "Cochran-Mantel-Haenszel p": p}


def _standardised_change(fit: Any, width: int, mix: float) -> float:
    """The mean of a model's shares over the mix of trusts, later year less earlier."""
    change = 0.0
    for second, weight in ((0.0, 1 - mix), (1.0, mix)):
        cells = np.array([[1, year, second, year * second][:width] for year in (0.0, 1.0)])
        earlier, later = fit.predict(cells)
        change += weight * (later - earlier)
    return change


def _settings(log: CaseLog, themes: pd.DataFrame) -> dict[str, Any]:
    mix = mix_change(log, ["trust", "service", "question"], by="period", groups=YEARS)
    sizes = log.cases["period"].value_counts()
    strata = {name: len(find_strata(log, names).names) for name, names in _NAMED.items()}
    warned = {
        f"mix by {row.field}": f"distance {row.distance:.3f}, Cramér's V {row.cramers_v:.3f} "
        f"({row.cramers_low:.3f} to {row.cramers_high:.3f}), p adjusted "
        f"{'.0005 or less' if row.p_adjusted <= 0.0005 else round(row.p_adjusted, 4)}. "
        f"{row.warning}"
        for row in mix.itertuples()
    }
    clear = themes[themes["p adjusted"] < CLEAR]
    became = clear["what becomes of it"].value_counts()
    apart = {
        name: (themes["by trust"] - themes[name]).abs().max()
        for name in ("logistic, free", "logistic, one change")
    }
    return {
        "data": f"nhs_fft, comments of {YEARS[0]} ({sizes[YEARS[0]]:,}) and {YEARS[1]} "
        f"({sizes[YEARS[1]]:,}), themes coded by people; themes with {FEW} comments or more in "
        "some year",
        **warned,
        "clear as they are": f"{len(clear)} of {len(themes)} themes; at an equal mix of trusts: "
        + "; ".join(f"{word}: {count}" for word, count in became.items()),
        "clear at an equal mix": int((themes["by trust p adjusted"] < CLEAR).sum()),
        "farthest from ours": "; ".join(f"{name}: {gap:.1g}" for name, gap in apart.items()),
        "change": "share of 2022 less that of 2021, with Newcombe's 95% interval; p after "
        "Benjamini-Hochberg over all themes, as everywhere here",
        "by trust": "the change at an equal mix (the mean of both years' mixes), with its interval",
        "due to mix": "what the different mixes add: change = by trust + due to mix",
        "what becomes of it": f"clear is an adjusted p under {CLEAR}; 'shrinks' and 'vanishes' to "
        "less than half",
        "strata": "; ".join(f"{name}: {number}" for name, number in strata.items()),
        "logistic": "marginal standardisation to the same mix by hand: 'free' lets each trust "
        "have its own change, 'one change' has the same log odds ratio in both",
        "versions": f"statsmodels {version('statsmodels')}, scipy {version('scipy')}",
    }


_NAMED = {"trust": TRUST, "trust and question": CROSSED, "trust and service": SERVICE}
