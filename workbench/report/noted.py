"""What a report says of the cases whose text a practitioner wrote, in which no tone is read."""

from __future__ import annotations

from workbench.report.analysis import Analysis, safe_count
from workbench.report.behind import Behind, Sourced
from workbench.report.tables import count

ALL = "all cases"
OWN = "the cases in the enquirer's own words"


def tone_base(analysis: Analysis) -> str:
    """What shares of tones are of, in words."""
    return OWN if analysis.log.notes else ALL


def say_notes(analysis: Analysis) -> Sourced | None:
    """How many cases tones are read in, and how many notes are left out; None without notes."""
    log, study = analysis.log, analysis.study
    if not log.notes:
        return None
    sizes = (len(log) - len(log.notes), len(log.notes), len(log))
    own, left_out, base = (safe_count(n, study) for n in sizes)
    labels = [
        f"{log.title_of(field)}: {label}" for field, names in study.notes.items() for label in names
    ]
    return Sourced(
        f"Tones are read in the {count(own)} enquiries in the enquirer's own words. "
        f"{count(left_out)} texts are a practitioner's notes ({'; '.join(labels)}) and are left "
        "out of every count of tones. A case of which this is not recorded stays in.",
        Behind("cases", (), "in the enquirer's own words", n=own, base=base),
        Behind("cases", (), "practitioner's notes", n=left_out, base=base),
    )
