"""The tone of a study's enquiries, and the course of its messages, kept between runs.

What is kept are numbers, places in the texts and reasons by name: no words of a text.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from workbench.cases.log import CaseLog
from workbench.lenses.course import message_course
from workbench.report.keeping import Arrays, keep
from workbench.report.packing import pack_frames, unpack_frame
from workbench.tone.aim import aim_marked
from workbench.tone.heads import TARGETS
from workbench.tone.score import mark_spoken, urgency_of
from workbench.tone.spoken import Spoken, read_spoken
from workbench.tone.valence import score_valence

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

_CODE = ("text", "learning", "tone", "lenses", "report/heard.py")
_BETWEEN = "; "  # of reasons, which are plain words


@dataclass(frozen=True)
class Heard:
    """How the enquiries read: ``tones`` of ``mark_spoken``, aimed; ``valence``; ``urgency``."""

    tones: pd.DataFrame
    valence: pd.DataFrame
    urgency: pd.Series


def hear_once(texts: pd.Series) -> Heard:
    """The tone of ``texts`` (by id), or what an earlier run heard in the same texts."""
    ids = list(texts.index)
    content = [_as_bytes(ids), _as_bytes(texts)]
    kept = keep("tone", partial(_hear, texts), code=_CODE, content=content)
    return _unpack(kept, ids)


def _hear(texts: pd.Series) -> dict[str, np.ndarray]:
    import numpy as np

    ids = list(texts.index)
    spoken = read_spoken(list(texts))
    tones = aim_marked(mark_spoken(spoken, ids), spoken)
    scored = score_valence(texts).drop(columns="text_id")
    scored["urgency"] = urgency_of(spoken, ids).to_numpy()
    return {
        "sentences": np.stack([spoken.text, spoken.number, spoken.start, spoken.end]),
        "fired": spoken.fired,
        "targets": tones["target"].cat.codes.to_numpy(),
        **pack_frames({"texts": scored}),
    }


def _unpack(kept: Arrays, ids: Sequence[Hashable]) -> Heard:
    import pandas as pd

    text, number, start, end = kept["sentences"]
    spoken = Spoken(text, number, start, end, own=[], fired=kept["fired"], targets=[], reasons=[])
    aimed = pd.Categorical.from_codes(kept["targets"], categories=pd.Index(list(TARGETS)))
    tones = mark_spoken(spoken, ids).assign(target=aimed)
    valence = unpack_frame(kept["texts"])
    urgency = valence.pop("urgency").set_axis(pd.Index(ids, name="text_id"))
    valence.insert(0, "text_id", ids)
    return Heard(tones, valence, urgency)


def follow_once(log: CaseLog, *, staff: Iterable[str]) -> pd.DataFrame:
    """``message_course`` of ``log``, or what an earlier run found in the same messages."""
    staff = sorted(staff)
    cases = log.cases[["case_id", "date", "text"]]
    messages = log.messages[["case_id", "author", "sent", "text"]]
    read = pack_frames({"cases": cases, "messages": messages})
    content = [_as_bytes(staff), *(part.tobytes() for part in read.values())]
    kept = keep("course", partial(_follow, log, staff), code=_CODE, content=content)
    course = unpack_frame(kept["course"])
    return course.assign(reasons=course["reasons"].map(_reasons_in).astype(object))


def _follow(log: CaseLog, staff: list[str]) -> dict[str, np.ndarray]:
    course = message_course(log, staff=staff)
    told = course["reasons"].map(_BETWEEN.join).astype("str")
    return pack_frames({"course": course.assign(reasons=told)})


def _reasons_in(told: str) -> tuple[str, ...]:
    return tuple(told.split(_BETWEEN)) if told else ()


def _as_bytes(words: Iterable[object]) -> bytes:
    return repr([str(word) for word in words]).encode("utf-8", "backslashreplace")
