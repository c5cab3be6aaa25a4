"""Close reading of a study's enquiries: what its lenses show, returns, and the course of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.intervals import wilson
from workbench.compare.measure import COUNTED, UNEQUAL, measure
from workbench.compare.shares import compare_shares, protect_shares, shares
from workbench.lenses.attempts import answers_by_report, count_reports
from workbench.lenses.course import course_of_tone, rising_cases
from workbench.lenses.defamation import count_vocabulary
from workbench.lenses.lens import FOUND_COLUMNS, Lens, label_texts, load_lens
from workbench.lenses.returns import SIGNS, within_period
from workbench.lenses.risk import rank_at_risk
from workbench.lenses.typology import recorded_as, typology_table
from workbench.privacy.disclosure import protect_table
from workbench.report.heard import follow_once
from workbench.report.keeping import SafeRecords
from workbench.study import Study
from workbench.tone.aim import count_targets
from workbench.tone.score import tone_by_text
from workbench.tone.together import protect_together, tones_together

if TYPE_CHECKING:
    import pandas as pd

RETURNS = "returns"
"""The field of cases that return to an earlier matter of their period; labels are the signs."""

TYPOLOGY = "bullying"
"""The lens whose kinds are set against what was recorded."""

RECORDED = "recorded"
"""The field, for the release alone, of whether a case was recorded as the lens's matter."""

_NEARLY_EQUAL = 7
# Days by which periods may differ in length: leap years, and years that end on a week's last day.

SIGN_NAMES = {
    "copy": "The same words",
    "wording": "Nearly the same words",
    "enquirer": "Same enquirer of the same place",
    "address": "Same e-mail address",
    "account": "Same account named",
    "link": "Same link",
    "number": "Same telephone number",
}


@dataclass(frozen=True)
class Reading:
    """What a close reading found.

    ``found`` has the words that each lens found, by lens (see ``read_through``); ``returns`` the
    cases that come back (``find_returns``); ``hidden`` the spans that redaction hid, counted;
    ``at_risk`` the cases that read as somebody at risk, the gravest first; ``course`` each message
    of the enquirers, ``rising`` the cases in which they grow more pressing. Frames of lenses that
    the study does not ask for are empty.
    """

    found: Mapping[str, pd.DataFrame]
    returns: pd.DataFrame
    hidden: pd.DataFrame
    at_risk: pd.DataFrame
    course: pd.DataFrame
    rising: pd.DataFrame

    @property
    def lenses(self) -> tuple[Lens, ...]:
        """The lenses that were used, in the study's order."""
        return tuple(load_lens(name) for name in self.found)


def read_closely(records: SafeRecords, study: Study) -> Reading:
    """Follow the messages of each case, and list those that read as somebody at risk."""
    import pandas as pd

    signs = records.found.get("risk", pd.DataFrame(columns=pd.Index(FOUND_COLUMNS)))
    course = follow_once(records.log, staff=study.messages.staff)
    return Reading(
        found=records.found,
        returns=records.returns,
        hidden=records.hidden,
        at_risk=rank_at_risk(signs),
        course=course,
        rising=rising_cases(course),
    )


def with_readings(log: CaseLog, reading: Reading) -> CaseLog:
    """The log with a field for each lens, and one for the signs of a return within a period.

    What no case shows is a label of its field all the same, so that its absence is counted.
    """
    for lens in reading.lenses:
        labels = label_texts(reading.found[lens.name], lens)
        names = tuple(lens.names.values())
        log = log.with_labels(lens.name, labels, title=lens.title, several=True, order=names)
    back = within_period(reading.returns, log)
    pairs = [
        (case_id, SIGN_NAMES[sign])
        for case_id, signs in zip(back["case_id"], back["signs"], strict=True)
        for sign in SIGNS
        if sign in signs.split("; ")
    ]
    if not pairs:
        return log
    import pandas as pd

    frame = pd.DataFrame(pairs, columns=pd.Index(["case_id", "label"]))
    names = tuple(SIGN_NAMES.values())
    return log.with_labels(RETURNS, frame, title="Signs of a return", several=True, order=names)


def reading_tables(
    log: CaseLog, reading: Reading, tones: pd.DataFrame, study: Study
) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables of the close reading under the study's disclosure rule, by name.

    ``lens/NAME`` (elements by period), ``typology``, ``answers``, ``told_reports``,
    ``vocabulary``, ``returns``, ``targets``, ``together`` and ``tone_messages``. ``tones`` are
    marked and aimed sentences; the last three leave out the log's ``notes``.
    """
    rule = study.disclosure
    for lens in reading.lenses:
        frame = _by_period(log, lens.name)
        if len(frame):
            names = lens.names
            inner = {one.name: names[one.within] for one in lens.elements if one.within}
            safe = protect_shares(frame, rule=rule)
            yield f"lens/{lens.name}", safe.assign(within=safe["label"].map(inner))
    recorded = find_recorded(log, study)
    if recorded is not None:
        kinds = load_lens(TYPOLOGY).names.values()
        table = typology_table(log.membership(TYPOLOGY), recorded, kinds=tuple(kinds))
        yield "typology", protect_table(table, rule=rule, counts=("n", "base"), interval=wilson)
    if "attempts" in reading.found:
        answers = answers_by_report(reading.found["attempts"])
        yield "answers", protect_table(answers, rule=rule, counts=("n", "base"), interval=wilson)
        told = count_reports(log.cases.set_index("case_id")["text"])
        yield "told_reports", protect_table(told, rule=rule, counts=("n", "base"), interval=wilson)
    if "defamation" in reading.found:
        words = count_vocabulary(reading.found["defamation"], base=len(log))
        yield "vocabulary", protect_table(words, rule=rule, counts=("n", "base"), interval=wilson)
    if RETURNS in log.fields:
        yield "returns", protect_shares(_returns(log, study), rule=rule)
    targets = count_targets(tones)
    yield "targets", protect_table(targets, rule=rule, counts=("n", "base"), interval=wilson)
    shown = tone_by_text(tones).set_index("text_id")
    yield "together", protect_together(tones_together(shown), rule=rule)
    messages = course_of_tone(reading.course[~reading.course["case_id"].isin(log.notes)])
    if messages["message"].nunique() > 1:
        yield (
            "tone_messages",
            protect_table(messages, rule=rule, counts=("n", "base"), interval=wilson),
        )


def find_recorded(log: CaseLog, study: Study) -> pd.DataFrame | None:
    """Which cases were recorded as what the lens of ``TYPOLOGY`` describes (``recorded_as``).

    None where the study does not say which labels mean it, or no case has such a field.
    """
    wishes = study.lens.get(TYPOLOGY)
    if wishes is None or TYPOLOGY not in log.fields:
        return None
    known = {name: labels for name, labels in wishes.recorded.items() if name in log.fields}
    found = recorded_as(log, known) if known else None
    return None if found is None or found.empty else found


def look_back_equally(study: Study, periods: Sequence[str]) -> bool:
    """Whether the cases of all ``periods`` look back equally far: those are equally long."""
    days = [(one.end - one.start).days for one in study.periods if one.name in periods]
    return max(days) - min(days) <= _NEARLY_EQUAL


def _returns(log: CaseLog, study: Study) -> pd.DataFrame:
    """Returns by period; side by side without a comparison where one period is the longer."""
    frame = _by_period(log, RETURNS)
    if look_back_equally(study, log.periods):
        return frame
    notes = [f"{note}; {UNEQUAL}" if note else UNEQUAL for note in frame["note"]]
    return measure(frame[list(COUNTED)].assign(note=notes))


def _by_period(log: CaseLog, field: str) -> pd.DataFrame:
    if log.membership(field).empty:
        return log.membership(field).iloc[:0]
    if len(log.periods) > 1:
        return compare_shares(log, field, by="period", base="all")
    return shares(log, field, base="all")
