"""Close reading of a study's enquiries: what its lenses show, returns, and the course of cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.compare.intervals import wilson
from workbench.compare.shares import compare_shares, protect_shares, shares
from workbench.lenses.attempts import answers_by_report, count_reports
from workbench.lenses.course import course_of_tone, rising_cases
from workbench.lenses.defamation import count_vocabulary
from workbench.lenses.lens import FOUND_COLUMNS, Lens, label_texts, load_lens
from workbench.lenses.returns import SIGNS
from workbench.lenses.risk import rank_at_risk
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
"""The field of cases that return to an earlier matter; its labels say by what sign."""

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
    """The log with a field for each lens, and one for the signs of a return."""
    for lens in reading.lenses:
        labels = label_texts(reading.found[lens.name], lens)
        log = log.with_labels(lens.name, labels, title=lens.title, several=True)
    pairs = [
        (case_id, SIGN_NAMES[sign])
        for case_id, signs in zip(reading.returns["case_id"], reading.returns["signs"], strict=True)
        for sign in SIGNS
        if sign in signs.split("; ")
    ]
    if not pairs:
        return log
    import pandas as pd

    frame = pd.DataFrame(pairs, columns=pd.Index(["case_id", "label"]))
    return log.with_labels(RETURNS, frame, title="Signs of a return", several=True)


def reading_tables(
    log: CaseLog, reading: Reading, tones: pd.DataFrame, study: Study
) -> Iterator[tuple[str, pd.DataFrame]]:
    """The tables of the close reading under the study's disclosure rule, by name.

    ``lens/NAME`` (elements by period), ``answers``, ``told_reports``, ``vocabulary``, ``returns``,
    ``targets``, ``together`` and ``tone_messages``. ``tones`` are marked and aimed sentences.
    """
    rule = study.disclosure
    for lens in reading.lenses:
        frame = _by_period(log, lens.name)
        if len(frame):
            names = lens.names
            inner = {one.name: names[one.within] for one in lens.elements if one.within}
            safe = protect_shares(frame, rule=rule)
            yield f"lens/{lens.name}", safe.assign(within=safe["label"].map(inner))
    if "attempts" in reading.found:
        answers = answers_by_report(reading.found["attempts"])
        yield "answers", protect_table(answers, rule=rule, counts=("n", "base"), interval=wilson)
        told = count_reports(log.cases.set_index("case_id")["text"])
        yield "told_reports", protect_table(told, rule=rule, counts=("n", "base"), interval=wilson)
    if "defamation" in reading.found:
        words = count_vocabulary(reading.found["defamation"], base=len(log))
        yield "vocabulary", protect_table(words, rule=rule, counts=("n", "base"), interval=wilson)
    if RETURNS in log.fields:
        yield "returns", protect_shares(_by_period(log, RETURNS), rule=rule)
    targets = count_targets(tones)
    yield "targets", protect_table(targets, rule=rule, counts=("n", "base"), interval=wilson)
    shown = tone_by_text(tones).set_index("text_id")
    yield "together", protect_together(tones_together(shown), rule=rule)
    messages = course_of_tone(reading.course)
    if messages["message"].nunique() > 1:
        yield (
            "tone_messages",
            protect_table(messages, rule=rule, counts=("n", "base"), interval=wilson),
        )


def _by_period(log: CaseLog, field: str) -> pd.DataFrame:
    if log.membership(field).empty:
        return log.membership(field).iloc[:0]
    if len(log.periods) > 1:
        return compare_shares(log, field, by="period", base="all")
    return shares(log, field, base="all")
