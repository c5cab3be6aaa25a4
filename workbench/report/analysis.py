"""One pass over a study: from its files to the frames that figures and report are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.intervals import wilson
from workbench.compare.seasons import cases_per_month
from workbench.compare.shares import Base, compare_shares, protect_shares
from workbench.compare.takedowns import takedown_summary
from workbench.lenses.lens import LENSES
from workbench.privacy.disclosure import protect_counts, protect_table
from workbench.progress import SILENT, Progress
from workbench.report.comparing import comparison_tables
from workbench.report.gaps import find_gaps
from workbench.report.heard import hear_once
from workbench.report.inputs import input_files
from workbench.report.keeping import keep, read_safely
from workbench.report.labelled import protect_estimates, read_prevalence
from workbench.report.packing import digest, pack_frames, unpack_frame
from workbench.report.printed import printed_tables
from workbench.report.reading import (
    RETURNS,
    Reading,
    read_closely,
    reading_tables,
    with_readings,
)
from workbench.report.refusals import read_refused, say_refused
from workbench.report.releasing import Released, release_tables
from workbench.report.schemes import scheme_tables
from workbench.report.theming import find_themes_once
from workbench.report.timing import time_tables
from workbench.report.wording_tables import word_tables
from workbench.study import Study
from workbench.text.vectors import embed
from workbench.themes.found import Themes, ThemeSettings
from workbench.tone.score import tone_by_text

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_TABLE, _STATUS = "table/", "status"
# Folders of the package on which the tables depend.
_CODE = (
    "cases",
    "coding",
    "compare",
    "dates.py",
    "learning",
    "lenses",
    "privacy",
    "report",
    "study",
    "text",
    "themes",
    "tone",
)

THEME, SUBTHEME, TONE = "theme", "subtheme", "tone"
"""The fields that the analysis adds to a log."""


@dataclass(frozen=True)
class Analysis:
    """Everything computed of a study. ``log`` is redacted and carries themes and tones as fields.

    ``vectors`` has one unit row a case, ``places`` two coordinates a case for the theme map.
    ``tables`` are tidy frames, already under disclosure control, by name: ``shares/FIELD``,
    ``coverage/FIELD``, ``months``, ``takedowns``, ``urgency``, ``tone_months``, ``theme_months``,
    and those that ``comparison_tables``, ``scheme_tables``, ``time_tables``, ``word_tables``,
    ``printed_tables`` and ``reading_tables`` name. ``release`` records what was checked before they
    may leave together (see ``release_tables``). ``gaps`` says in words what could not be computed,
    and why.
    """

    study: Study
    log: CaseLog
    vectors: np.ndarray
    places: np.ndarray
    themes: Themes
    tones: pd.DataFrame
    valence: pd.DataFrame
    urgency: pd.Series
    reading: Reading
    tables: Mapping[str, pd.DataFrame]
    release: pd.DataFrame
    gaps: tuple[str, ...]

    @property
    def refused(self) -> dict[str, str]:
        """The tables that disclosure control refused, each with the reason; none is in them."""
        return read_refused(self.release)


def analyse(study: Study, *, progress: Progress = SILENT) -> Analysis:
    """Read, redact, and analyse every case of ``study``.

    The same files give the same result. Raises ``WorkbenchError`` for input that cannot be used.
    """
    import pandas as pd

    records = read_safely(study, progress=progress)
    log = records.log
    texts = texts_of(log)
    vectors = embed(texts, progress=progress)
    settings = theme_settings(study)
    themes, places = find_themes_once(texts, vectors=vectors, settings=settings, progress=progress)
    progress.begin("Reading the tone")
    heard = hear_once(texts)
    progress.begin("Reading closely")
    reading = read_closely(records, study)
    log = with_readings(with_findings(log, themes, heard.tones), reading)
    progress.begin("Counting and comparing")
    made = Analysis(
        study=study,
        log=log,
        vectors=vectors,
        places=places,
        themes=themes,
        tones=heard.tones,
        valence=heard.valence,
        urgency=heard.urgency,
        reading=reading,
        tables={},
        release=pd.DataFrame(),
        gaps=find_gaps(log, study),
    )
    released = _count_once(made, progress)
    made = replace(made, tables=released.tables, release=released.status)
    return replace(made, gaps=(*made.gaps, *say_refused(made)))


def _count_once(made: Analysis, progress: Progress) -> Released:
    """The tables that may leave, or those that an earlier run made of the same study and themes."""
    themes = pack_frames({"themes": made.themes.themes, "placed": made.themes.assignments})
    described = made.study.model_dump_json(exclude={"folder", "prose", "method"}).encode()
    files = [path for _, path in sorted(input_files(made.study).items())]
    content = [
        digest(files=files, content=[described]).encode(),
        *(part.tobytes() for part in themes.values()),
        made.tones["target"].cat.codes.to_numpy().tobytes(),
    ]
    kept = keep("tables", partial(_count, made, progress), code=_CODE, content=content)
    frames = {name: unpack_frame(array) for name, array in kept.items()}
    status = frames.pop(_STATUS)
    return Released({name.removeprefix(_TABLE): frame for name, frame in frames.items()}, status)


def _count(made: Analysis, progress: Progress) -> dict[str, np.ndarray]:
    log, study = made.log, made.study
    bins = bin_urgency(made.urgency)
    tables = {
        "themes": protect_sizes(made.themes, study),
        **make_tables(log, study),
        **dict(reading_tables(log, made.reading, made.tones, study)),
        "urgency": count_urgency(bins, log, study),
        **_estimates(study),
    }
    progress.begin("Checking that no small count can be worked out")
    released = release_tables(
        tables, log, study, of_all=lambda name: base_of(name) == "all", more={"urgency": bins}
    )
    frames = {f"{_TABLE}{name}": frame for name, frame in released.tables.items()}
    frames[_STATUS] = released.status
    return pack_frames({name: frame.reset_index(drop=True) for name, frame in frames.items()})


def _estimates(study: Study) -> dict[str, pd.DataFrame]:
    """``prevalence``: shares of tones from labelled cases, where the study has them."""
    found = read_prevalence(study)
    if found is None:
        return {}
    return {"prevalence": protect_estimates(found, rule=study.disclosure)}


def texts_of(log: CaseLog) -> pd.Series:
    """The enquiries by case: a Series of texts, indexed by ``case_id``."""
    return log.cases.set_index("case_id")["text"]


def theme_settings(study: Study) -> ThemeSettings:
    """What the study asks of the themes, as settings."""
    return ThemeSettings(
        main=study.themes.main,
        sub=study.themes.sub,
        finest=study.themes.finest,
        unplaced=study.themes.unplaced,
        stop=study.words.stop,
        seed=study.seed,
    )


def with_findings(log: CaseLog, themes: Themes, tones: pd.DataFrame) -> CaseLog:
    """The log with main themes, sub-themes and tones as further fields."""
    ids = {"text_id": "case_id"}
    main = themes.labels_at(0).rename(columns=ids)
    sub = themes.labels_at(1).rename(columns=ids)
    wide = tone_by_text(tones).melt(id_vars="text_id", var_name="label", value_name="shown")
    shown = wide[wide["shown"].astype(bool)].rename(columns=ids)
    shown = shown.assign(label=shown["label"].str.capitalize())
    log = log.with_labels(THEME, main, title="Main theme")
    log = log.with_labels(SUBTHEME, sub, title="Sub-theme")
    return log.with_labels(TONE, shown, title="Tone", several=True)


def make_tables(log: CaseLog, study: Study) -> dict[str, pd.DataFrame]:
    """Every table of the report under the study's disclosure rule, by name."""
    rule = study.disclosure
    apart = {*LENSES, RETURNS}  # these have tables of their own
    recorded = [name for name in log.fields if len(log.membership(name)) and name not in apart]
    found = [name for name in recorded if base_of(name) == "all"]
    tables = comparison_tables(log, study, fields=recorded, found=found)
    tables |= scheme_tables(log, study)
    tables |= time_tables(log, study)
    tables["months"] = protect_table(cases_per_month(log, study), rule=rule)
    for name in (TONE, THEME):
        monthly = compare_shares(log, name, by="month", base="all")
        tables[f"{name}_months"] = protect_shares(monthly, rule=rule)
    tables |= word_tables(log, study)
    tables |= printed_tables(log, study)
    if len(log.takedowns):
        tables["takedowns"] = protect_table(
            takedown_summary(log), rule=rule, counts=("n", "base", "cases"), interval=wilson
        )
    return tables


def protect_sizes(themes: Themes, study: Study) -> pd.DataFrame:
    """Main themes and sub-themes with their sizes under the study's disclosure rule."""
    told = themes.themes[themes.themes["level"] <= 1].reset_index(drop=True)
    sized = told.assign(base=len(themes.assignments))
    return protect_table(sized, rule=study.disclosure, counts=("size", "base"), interval=wilson)


URGENCY_BINS = ("no sign", "slight", "some", "strong")
_EDGES = (-0.001, 0.0, 0.34, 0.67, 1.0)


def bin_urgency(urgency: pd.Series) -> pd.DataFrame:
    """How urgent each case reads, of four steps: case_id, label.

    "no sign" is a score of 0, "slight" up to a third, "some" up to two thirds, "strong" above.
    """
    import pandas as pd

    steps = pd.cut(urgency.to_numpy(), bins=list(_EDGES), labels=list(URGENCY_BINS))
    return pd.DataFrame({"case_id": urgency.index, "label": steps.astype("str")})


def count_urgency(bins: pd.DataFrame, log: CaseLog, study: Study) -> pd.DataFrame:
    """Cases by how urgent they read: bin, period, n, base, share, in order of urgency."""
    import pandas as pd

    periods = log.cases.set_index("case_id")["period"]
    counted = pd.crosstab(bins["label"], periods[bins["case_id"]].to_numpy(), colnames=["period"])
    counted = counted.reindex(list(URGENCY_BINS), fill_value=0).rename_axis(index="bin")
    frame = counted.reset_index().melt(id_vars="bin", var_name="period", value_name="n")
    frame["bin"] = frame["bin"].astype("str")
    frame["base"] = frame.groupby("period")["n"].transform("sum")
    frame["share"] = frame["n"] / frame["base"]
    return protect_table(frame, rule=study.disclosure, interval=wilson)


def safe_count(count: int, study: Study) -> int | None:
    """A single count under the study's disclosure rule; None where it is hidden."""
    import pandas as pd

    if study.disclosure.exempt:
        return count
    safe = protect_counts(pd.Series([count]), rule=study.disclosure).iloc[0]
    return None if pd.isna(safe) else int(safe)


def safe_share(n: int, base: int, study: Study) -> float | None:
    """A share of counts under the study's disclosure rule; None where one of them is hidden."""
    part, whole = safe_count(n, study), safe_count(base, study)
    return None if part is None or not whole else min(1.0, part / whole)


def base_of(name: str) -> Base:
    """What a field's shares are of: themes and tones of all cases, others of those recorded."""
    return "all" if name in (THEME, SUBTHEME, TONE, RETURNS, *LENSES) else "recorded"
