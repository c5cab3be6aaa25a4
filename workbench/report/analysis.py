"""One pass over a study: from its files to the frames that figures and report are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.cases.notes import find_notes
from workbench.compare.intervals import wilson
from workbench.compare.seasons import cases_per_month
from workbench.compare.shares import Base, compare_shares, coverage, protect_shares
from workbench.compare.takedowns import takedown_summary
from workbench.lenses.lens import LENSES
from workbench.privacy.disclosure import protect_counts, protect_table
from workbench.progress import SILENT, Progress
from workbench.report.coded import Coded, code_once
from workbench.report.coded_tables import codebook_tables
from workbench.report.comparing import comparison_tables
from workbench.report.fielded import SUBTHEME as SUBTHEME
from workbench.report.fielded import THEME as THEME
from workbench.report.fielded import TONE as TONE
from workbench.report.fielded import (
    own_words,
    protect_sizes,
    with_findings,
    with_firm_themes,
)
from workbench.report.gaps import find_gaps
from workbench.report.heard import hear_once
from workbench.report.inputs import input_files
from workbench.report.keeping import keep, read_safely, texts_of
from workbench.report.kept_themes import find_or_continue
from workbench.report.labelled import protect_estimates, read_prevalence
from workbench.report.packing import digest, pack_frames, unpack_frame
from workbench.report.printed import printed_tables
from workbench.report.reading import (
    RECORDED,
    RETURNS,
    Reading,
    find_recorded,
    read_closely,
    reading_tables,
    with_readings,
)
from workbench.report.refusals import read_refused, say_refused
from workbench.report.releasing import Released, release_tables
from workbench.report.schemes import scheme_tables
from workbench.report.tabled import Tables
from workbench.report.theming import edit_themes_once, printed_themes, read_edits, theme_settings
from workbench.report.timing import time_tables
from workbench.report.wording_tables import word_tables
from workbench.study import Study
from workbench.text.vectors import embed
from workbench.themes.found import Themes
from workbench.themes.kept import Continued

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


@dataclass(frozen=True)
class Analysis:
    """Everything computed of a study. ``log`` is redacted and carries themes and tones as fields.

    ``vectors`` has one unit row a case, ``places`` two coordinates a case for the theme map.
    ``tones`` are those of the enquirers' own words, without the log's ``notes``; ``valence`` and
    ``urgency`` are of all cases, since they order a reading list.
    ``tables`` are tidy frames, already under disclosure control, by name: ``shares/FIELD``,
    ``coverage/FIELD``, ``months``, ``takedowns``, ``urgency``, ``tone_months``, ``theme_months``,
    and those that ``comparison_tables``, ``scheme_tables``, ``time_tables``, ``word_tables``,
    ``printed_tables``, ``codebook_tables`` and ``reading_tables`` name. ``release`` records what
    was checked before they may leave together (see ``release_tables``). ``gaps`` says in words what
    could not be computed, and why. ``coded`` has the study's codebooks by name, as applied to the
    texts; ``edits`` what became of each of the researcher's decisions about themes
    (`edit_themes_once`); ``continued`` how kept themes went on, where the study keeps some.
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
    coded: Mapping[str, Coded] = field(default_factory=dict)
    edits: pd.DataFrame | None = None
    continued: Continued | None = None

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
    themes, places, continued = find_or_continue(
        study, texts, vectors=vectors, settings=settings, progress=progress
    )
    edits = None
    if decided := read_edits(study):
        themes, edits = edit_themes_once(themes, decided, texts, vectors)
    progress.begin("Reading the tone")
    heard = hear_once(texts)
    log = replace(log, notes=find_notes(log, study))
    progress.begin("Applying codebooks")
    coded = code_once(study, texts, vectors, skip=log.notes)
    tones = own_words(heard.tones, log)
    progress.begin("Reading closely")
    reading = read_closely(records, study)
    shown = printed_themes(themes, study)
    log = with_readings(with_findings(log, themes, tones, shown), reading)
    progress.begin("Counting and comparing")
    made = Analysis(
        study=study,
        log=log,
        vectors=vectors,
        places=places,
        themes=themes,
        tones=tones,
        valence=heard.valence,
        urgency=heard.urgency,
        reading=reading,
        tables={},
        release=pd.DataFrame(),
        gaps=find_gaps(log, study),
        coded=coded,
        edits=edits,
        continued=continued,
    )
    released = _count_once(made, progress)
    tables = Tables(released.tables, read_refused(released.status))
    made = replace(made, tables=tables, release=released.status)
    return replace(made, gaps=(*made.gaps, *say_refused(made)))


def _count_once(made: Analysis, progress: Progress) -> Released:
    """The tables that may leave, or those that an earlier run made of the same study and themes."""
    themes = pack_frames({"themes": made.themes.themes, "placed": made.themes.assignments})
    coded = [
        pack_frames({"chances": own.chances.reset_index(), "given": own.given.reset_index()})
        for own in made.coded.values()
    ]
    described = made.study.model_dump_json(exclude={"folder", "prose", "method"}).encode()
    files = [path for _, path in sorted(input_files(made.study).items())]
    content = [
        digest(files=files, content=[described]).encode(),
        *(part.tobytes() for part in themes.values()),
        *(part.tobytes() for own in coded for part in own.values()),
        repr(made.study.method.reflexive).encode(),
        made.tones["target"].cat.codes.to_numpy().tobytes(),
    ]
    kept = keep("tables", partial(_count, made, progress), code=_CODE, content=content)
    frames = {name: unpack_frame(array) for name, array in kept.items()}
    status = frames.pop(_STATUS)
    return Released({name.removeprefix(_TABLE): frame for name, frame in frames.items()}, status)


def _count(made: Analysis, progress: Progress) -> dict[str, np.ndarray]:
    log, study = made.log, made.study
    bins = own_words(bin_urgency(made.urgency), log, name="case_id")
    shown = printed_themes(made.themes, study)
    tables = {
        "themes": protect_sizes(shown, len(log), study),
        **make_tables(log, study, firm=with_firm_themes(log, shown)),
        **codebook_tables(made.coded, made.themes, shown, log, study),
        **dict(reading_tables(log, made.reading, made.tones, study)),
        "urgency": count_urgency(bins, log, study),
        **_estimates(study),
    }
    progress.begin("Checking that no small count can be worked out")
    recorded = find_recorded(log, study)
    more = {"urgency": bins} | ({} if recorded is None else {RECORDED: recorded})
    released = release_tables(
        tables, log, study, of_all=lambda name: base_of(name) == "all", more=more
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


def make_tables(
    log: CaseLog, study: Study, *, firm: CaseLog | None = None
) -> dict[str, pd.DataFrame]:
    """Every table of the report under the study's disclosure rule, by name.

    ``firm`` is the log with those themes alone that are to be compared (default: all).
    """
    rule = study.disclosure
    firm = firm or log
    apart = {*LENSES, RETURNS}  # these have tables of their own
    recorded = [name for name in firm.fields if len(firm.membership(name)) and name not in apart]
    found = [name for name in recorded if base_of(name) == "all"]
    tables = comparison_tables(firm, study, fields=recorded, found=found)
    for name in {THEME, SUBTHEME} & set(recorded):  # of all themes: the rest are placed too
        gaps = coverage(log, name, by="period")
        counts = ("cases", "recorded", "missing")
        tables[f"coverage/{name}"] = protect_table(gaps, rule=rule, counts=counts)
    tables |= scheme_tables(log, study)
    tables |= time_tables(log, study)
    tables["months"] = protect_table(cases_per_month(log, study), rule=rule)
    for name in (TONE, THEME):
        monthly = compare_shares(firm, name, by="month", base="all")
        tables[f"{name}_months"] = protect_shares(monthly, rule=rule)
    tables |= word_tables(log, study)
    tables |= printed_tables(log, study)
    if len(log.takedowns):
        tables["takedowns"] = protect_table(
            takedown_summary(log), rule=rule, counts=("n", "base", "cases"), interval=wilson
        )
    return tables


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
