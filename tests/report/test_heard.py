"""Tone and the course of messages: kept as heard, and heard again when anything differs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.cache import cache_folder
from workbench.cases.columns import MESSAGE_COLUMNS
from workbench.cases.log import CaseLog
from workbench.lenses.course import message_course
from workbench.report import heard
from workbench.report.heard import follow_once, hear_once
from workbench.tone.aim import aim_marked
from workbench.tone.score import mark_spoken, score_urgency
from workbench.tone.spoken import read_spoken
from workbench.tone.valence import score_valence

WORDS = (
    "Please help. We are worried about her, very worried, and need it removed today.",
    "This is pathetic! TikTok has done NOTHING AT ALL FOR US and you are useless.",
    "Thank you for the quokka poster.",
    "",
    "She has said that she wants to die. Please reply as soon as possible.",
)


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pd.Series:
    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path))
    ids = [f"C{number}" for number in range(len(WORDS))]
    return pd.Series(list(WORDS), index=pd.Index(ids, name="case_id"), dtype="str")


@pytest.fixture
def log(texts: pd.Series) -> CaseLog:
    rows = [
        {"case_id": name, "date": pd.Timestamp("2023-10-02"), "text": text}
        for name, text in texts.items()
    ]
    sent = [
        ("C2", pd.Timestamp("2023-10-03"), "enquirer", WORDS[4]),
        ("C2", pd.Timestamp("2023-10-04"), "helpline", WORDS[0]),
    ]
    messages = pd.DataFrame(sent, columns=[column.name for column in MESSAGE_COLUMNS])
    typed = messages.astype({column.name: column.dtype for column in MESSAGE_COLUMNS})
    return replace(make_log(rows), redacted=True, messages=typed)


def count_readings(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    calls: list[int] = []
    own = getattr(heard, name)
    monkeypatch.setattr(heard, name, lambda *a, **k: calls.append(1) or own(*a, **k))
    return calls


def test_what_is_kept_is_what_is_heard(texts, monkeypatch):
    calls = count_readings(monkeypatch, "read_spoken")
    first, second = hear_once(texts), hear_once(texts)
    assert calls == [1]
    ids, spoken = list(texts.index), read_spoken(list(texts))
    tones = aim_marked(mark_spoken(spoken, ids), spoken)
    assert tones["target"].notna().any()
    assert (tones["evidence"].map(len) > 1).any()
    for one in (first, second):
        pd.testing.assert_frame_equal(one.tones, tones, check_exact=True)
        pd.testing.assert_frame_equal(one.valence, score_valence(texts), check_exact=True)
        pd.testing.assert_series_equal(one.urgency, score_urgency(texts), check_exact=True)


def test_other_words_ids_or_order_are_heard_anew(texts, monkeypatch):
    calls = count_readings(monkeypatch, "read_spoken")
    hear_once(texts)
    hear_once(texts.rename({"C0": "D0"}))
    hear_once(texts.replace(WORDS[2], "Thank you."))
    hear_once(texts.iloc[::-1])
    assert len(calls) == 4


def test_a_torn_entry_is_heard_again(texts, monkeypatch):
    calls = count_readings(monkeypatch, "read_spoken")
    whole = hear_once(texts)
    (entry,) = (cache_folder() / "tone").glob("*")
    entry.write_bytes(entry.read_bytes()[:-20])
    pd.testing.assert_frame_equal(hear_once(texts).tones, whole.tones)
    assert len(calls) == 2


def test_no_words_are_kept(texts, log):
    hear_once(texts)
    follow_once(log, staff=["helpline"])
    for room in ("tone", "course"):
        (entry,) = (cache_folder() / room).glob("*")
        content = entry.read_bytes()
        for word in (b"quokka", b"worried", b"pathetic", b"reply", b"TikTok"):
            assert word not in content


def test_the_course_is_kept_as_it_was_followed(log, monkeypatch):
    calls = count_readings(monkeypatch, "message_course")
    plain = message_course(log, staff=["helpline"])
    assert plain["reasons"].map(len).max() > 1
    for _ in range(2):
        kept = follow_once(log, staff=["helpline"])
        pd.testing.assert_frame_equal(kept, plain, check_exact=True)
    assert len(calls) == 1


def test_other_staff_or_messages_are_followed_anew(log, monkeypatch):
    calls = count_readings(monkeypatch, "message_course")
    assert len(follow_once(log, staff=["helpline"])) == len(WORDS) + 1
    assert len(follow_once(log, staff=[])) == len(WORDS) + 2
    assert len(follow_once(replace(log, messages=log.messages.iloc[:0]), staff=[])) == len(WORDS)
    later = log.cases["date"] + pd.Timedelta(days=1)
    follow_once(replace(log, cases=log.cases.assign(date=later)), staff=[])
    assert len(calls) == 4
