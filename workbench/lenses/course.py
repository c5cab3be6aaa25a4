"""The course of a case: how each message of the enquirer reads, and cases that grow pressing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from workbench.compare.intervals import share, wilson
from workbench.errors import WorkbenchError
from workbench.text.inputs import as_texts
from workbench.tone.markers import TONES
from workbench.tone.score import mark_spoken, tone_by_text, urgency_of
from workbench.tone.spoken import read_spoken

if TYPE_CHECKING:
    import pandas as pd

    from workbench.cases.log import CaseLog

RISE = 0.25
"""By how much urgency (0 to 1) must rise over the first message for a case to be listed. Chosen
by hand: what one more reason of the least weight adds to a first message without any."""
RISK = "risk"
"""The reason for urgency that lists a case whenever it appears after the first message."""
LAST = 4
"""Messages from this number on are taken together."""
COURSE_COLUMNS = ("case_id", "message", "sent", "urgency_score", *TONES, "reasons")


def message_course(log: CaseLog, *, staff: Iterable[str]) -> pd.DataFrame:
    """How each message of the enquirer reads: one row a message, each case's in order of time.

    The enquiry is message 0 of its case. Messages by authors in ``staff``
    (``study.messages.staff``) are left out, those without an author are taken as the enquirer's.
    Columns as ``COURSE_COLUMNS``: ``case_id``, ``message`` (from 0), ``sent``, ``urgency_score``
    (0 to 1, from its reasons, as ``score_urgency``), one boolean column a tone (whether a marker
    fires), ``reasons`` (a tuple of the reasons for urgency, by name). Cases keep their order.
    """
    import pandas as pd

    sent = _arrange(log, frozenset(staff))
    given, rows = as_texts(list(sent["text"]))
    spoken = read_spoken(given)
    tones = tone_by_text(mark_spoken(spoken, rows)).set_index("text_id")
    reasons: dict[Any, set[str]] = {}
    for row, reason, _, _ in spoken.reasons:
        reasons.setdefault(row, set()).add(reason)
    course = pd.concat(
        [
            sent[["case_id", "message", "sent"]],
            urgency_of(spoken, rows).rename("urgency_score").reset_index(drop=True),
            tones.reindex(rows, fill_value=False).reset_index(drop=True),
        ],
        axis=1,
    )
    course["reasons"] = pd.Series(
        [tuple(sorted(reasons.get(row, ()))) for row in rows], dtype=object
    )
    return course


def _arrange(log: CaseLog, staff: frozenset[str]) -> pd.DataFrame:
    """case_id, message, sent and text of what the enquirers wrote."""
    import pandas as pd

    place = {case_id: number for number, case_id in enumerate(log.cases["case_id"])}
    first = log.cases.rename(columns={"date": "sent"})[["case_id", "sent", "text"]].assign(later=0)
    theirs = log.messages[~log.messages["author"].isin(staff)]
    theirs = theirs[theirs["case_id"].isin(place)][["case_id", "sent", "text"]].assign(later=1)
    sent = pd.concat([first, theirs], ignore_index=True) if len(theirs) else first
    # The enquiry opens its case whatever the clocks say; some are written down by day alone.
    sent = sent.assign(place=sent["case_id"].map(place)).sort_values(
        ["place", "later", "sent"], kind="stable", ignore_index=True
    )
    return sent.assign(message=sent.groupby("place").cumcount())


def course_of_tone(course: pd.DataFrame) -> pd.DataFrame:
    """How often each tone shows in first and in later messages: one row a message and tone.

    ``course`` comes from ``message_course``; cases with one message of the enquirer alone are left
    out. Columns ``message`` ("0" to "3" and "4+"), ``dimension``, ``n`` (cases whose message shows
    a marker of the tone), ``base`` (cases with such a message), ``share`` = n / base, ``low``,
    ``high`` (Wilson's 95% interval). "4+" is the last message of a case that has a message 4, so
    that each case counts once in each row. The cases become fewer from message to message, and
    those that write on may differ from those that do not: read no more from it than that.
    """
    import pandas as pd

    _check(course, ("case_id", "message", *TONES))
    counts = course.groupby("case_id")["message"].transform("size")
    several = course[counts > 1]
    final = several.groupby("case_id")["message"].transform("max")
    kept = several[(several["message"] < LAST) | (several["message"] == final)]
    number = kept["message"].clip(upper=LAST)
    base = number.value_counts().sort_index()
    rows = [
        (f"{at}+" if at == LAST else str(at), tone, int(kept.loc[number == at, tone].sum()), size)
        for tone in TONES
        for at, size in base.items()
    ]
    frame = pd.DataFrame(rows, columns=pd.Index(["message", "dimension", "n", "base"]))
    frame = frame.astype({"message": "str", "dimension": "str", "n": "int64", "base": "int64"})
    low, high = wilson(frame["n"], frame["base"])
    return frame.assign(share=share(frame["n"], frame["base"]), low=low, high=high)


def rising_cases(course: pd.DataFrame) -> pd.DataFrame:
    """Cases that grow more pressing: one row a case, the most pressing first.

    A case is listed where the urgency of a later message lies at least ``RISE`` above that of the
    first, or where a reason for risk appears that the first does not give. Columns ``case_id``,
    ``first`` and ``highest`` (urgency of the first and of the most urgent later message, 0 to 1),
    ``message`` (the first one that meets either condition), ``added`` (a tuple of the reasons that
    later messages give and the first does not).

    A reading aid: it goes by words and by thresholds that nobody measured. Risk may build up in
    words that it does not know, and a case that is not listed may be grave.
    """
    import pandas as pd

    _check(course, ("case_id", "message", "urgency_score", "reasons"))
    rows = []
    for case_id, part in course.groupby("case_id", sort=False):
        messages = list(zip(part["message"], part["urgency_score"], part["reasons"], strict=True))
        (_, first, given), later = messages[0], messages[1:]
        rising = [
            number
            for number, urgency, reasons in later
            # Both are rounded to six places; without the hair, .25 over .5 could fall short.
            if urgency - first >= RISE - 1e-9 or (RISK in reasons and RISK not in given)
        ]
        if rising:
            added = sorted({reason for _, _, own in later for reason in own} - set(given))
            highest = max(urgency for _, urgency, _ in later)
            rows.append((case_id, first, highest, rising[0], tuple(added)))
    columns = pd.Index(["case_id", "first", "highest", "message", "added"])
    listed = pd.DataFrame(rows, columns=columns)
    return listed.sort_values(
        ["highest", "first", "case_id"],
        ascending=[False, True, True],
        kind="stable",
        ignore_index=True,
    )


def _check(course: pd.DataFrame, needed: Iterable[str]) -> None:
    missing = [name for name in needed if name not in course.columns]
    if missing:
        raise WorkbenchError(
            f"The course of messages has no column '{missing[0]}'. Make it with message_course()."
        )
