"""The parts of a message: each character in one, whatever the mail program."""

from __future__ import annotations

import time
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.text.parts import PARTS, split_parts, split_texts

OWN = "A pupil has made an account that mocks two of our teachers."
OLD = "Could you send us the address of the page?"
BANNER = "CAUTION: This email came from outside the organisation. Do not click links."
OUTLOOK = "From: Pat Lee <p@x.example>\nSent: 3 May 2024 10:01\nTo: Al\nSubject: {}page\n"

HEADS = {
    "Outlook": OUTLOOK.format("RE: "),
    "Outlook 365": "_" * 32 + "\n" + OUTLOOK.format("RE: "),
    "stars": "*From:* Pat\n*Sent:* 3 May 2024\n*To:* Al\n*Subject:* RE: page\n",
    "Outlook 2003": "-----Original Message-----\n" + OUTLOOK.format("RE: "),
    "Gmail": "On Fri, 3 May 2024 at 10:01, Pat Lee <p@x.example> wrote:\n",
    "broken": "On Fri, 3 May 2024 at 10:01, Pat Lee <\np@x.example> wrote:\n",
    "curt": "Pat Lee <p@x.example> wrote:\n",
    "old Gmail": "2024-05-03 10:01 GMT+01:00 Pat Lee <p@x.example>:\n",
    "German Outlook": "Von: Pat\nGesendet: Freitag\nAn: Al\nBetreff: AW: Seite\n",
    "German Gmail": "Am Fr., 3. Mai 2024 um 10:01 Uhr schrieb Pat Lee <p@x.example>:\n",
    "German Outlook 2003": "-----Ursprüngliche Nachricht-----\n",
    "French Outlook": "De : Pat\nEnvoyé : vendredi\nÀ : Al\nObjet : RE: page\n",
    "French Apple": "Le 3 mai 2024 à 10:01, Pat Lee <p@x.example> a écrit\u00a0:\n",
    "Welsh Outlook": "Oddi wrth: Pat\nAnfonwyd: 3 Mai 2024\nAt: Al\nPwnc: RE: page\n",
}
MARKED = ("Gmail", "broken", "curt", "German Gmail", "French Apple")


def parts(text: str) -> list[tuple[str, str]]:
    return [(part, text[start:end].strip()) for start, end, part in split_parts(text)]


def own(text: str) -> list[str]:
    return [piece for part, piece in parts(text) if part == "own"]


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("words", [OWN, "Yes."])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_is_answered_is_quoted(head: str, words: str, ending: str) -> None:
    text = f"{words}\n\n{head}\n{OLD}\n".replace("\n", ending)
    assert own(text) == [words]
    assert parts(text)[-1] == ("quoted", OLD)
    assert {part for part, _ in parts(text)} <= {"own", "header", "quoted"}


@pytest.mark.parametrize("line", ["Pat Lee wrote:", "In message <5@x>, Pat Lee writes:"])
def test_whoever_wrote_what_is_marked_belongs_to_it(line: str) -> None:
    assert parts(f"{line}\n> {OLD}\n\n{OWN}\n") == [
        ("header", line),
        ("quoted", f"> {OLD}"),
        ("own", OWN),
    ]
    assert own(f"{line}\n{OLD}") == [f"{line}\n{OLD}"]


@pytest.mark.parametrize("name", MARKED)
def test_answers_below_and_between_marked_lines_are_own(name: str) -> None:
    assert own(f"{HEADS[name]}> {OLD}\n\n{OWN}\n") == [OWN]
    assert own(f"{HEADS[name]}> {OLD}\n\n{OWN}\n\n> {OLD}\n\nYes.\n") == [OWN, "Yes."]
    assert own(f"Dear Pat, see below for all answers.\n\n{HEADS[name]}> {OLD}\n\n{OWN}\n") == [
        "Dear Pat, see below for all answers.",
        OWN,
    ]


@pytest.mark.parametrize(
    "head",
    [
        OUTLOOK.format("FW: "),
        "---------- Forwarded message ---------\n" + OUTLOOK.format("Re: "),
        "-------- Weitergeleitete Nachricht --------\nBetreff: Seite\nVon: Pat\n",
        "-------- Message transféré --------\nSujet : page\n",
        "Begin forwarded message:\n\n> From: Pat\n> Subject: Re: page\n> Date: 3 May 2024\n>\n> ",
        "Anfang der weitergeleiteten Nachricht:\n\n",
        "Début du message transféré :\n\n",
    ],
)
def test_what_is_passed_on_is_forwarded(head: str) -> None:
    found = parts(
        f"Please see what a parent sent to us.\n\n{head}\n{OWN}\n".replace("\n> \n", "\n> ")
    )
    assert found[0] == ("own", "Please see what a parent sent to us.")
    assert found[1][0] == "header"
    assert found[-1][0] == "forwarded"
    assert found[-1][1].endswith(OWN)


def test_every_part_at_once() -> None:
    text = (
        f"{BANNER}\n\n{OWN}\n\nKind regards\nAl Moss\nHead\n\n"
        "This email and any attachments are confidential and intended for one.\n\n"
        f"{OUTLOOK.format('FW: ')}\nIt mocks us all, every day.\n\nBest wishes\nPat\n"
    )
    assert [part for part, _ in parts(text)] == [
        "banner", "own", "signature", "disclaimer", "header", "forwarded", "signature",
    ]  # fmt: skip
    assert set(PARTS) == {
        "own", "banner", "quoted", "forwarded", "signature", "disclaimer", "header",
    }  # fmt: skip


@pytest.mark.parametrize(
    "line",
    [
        "You don't often get email from jane@x.example. Learn why this is important",
        "[EXTERNAL EMAIL] Do not open attachments.",
        "Warning: External sender. Never click links.",
    ],
)
def test_banners(line: str) -> None:
    assert parts(f"{line}\n\n{OWN}") == [("banner", line), ("own", OWN)]


@pytest.mark.parametrize(
    "text",
    [
        OWN,
        "On Monday he wrote: I will post more of them.",
        "From what we know the page is new.\nSubject to advice we wait.",
        "De temps en temps, on rit.\nA demain",
        "From: a parent\nThe page is back.",
    ],
)
def test_own_words_that_look_like_more_stay_own(text: str) -> None:
    assert parts(text) == [("own", text)]


PIECES = st.sampled_from(
    [OWN, OLD, BANNER, *HEADS.values(), "> ", "\n", "\r\n", " ", "\n\n", "Kind regards\n", "--\n",
     "P.S. One more.\n", "Sent from my iPhone\n", "Begin forwarded message:\n", "\u00a0", "’"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=12).map("".join)))
def test_the_parts_put_together_are_the_text(text: str) -> None:
    found = split_parts(text)
    at = 0
    for start, end, part in found:
        assert start == at < end
        assert part in PARTS
        at = end
    assert at == len(text)
    assert all(one.part != other.part for one, other in pairwise(found))


def test_many_texts_at_once() -> None:
    texts = pd.Series([f"{OWN}\n> {OLD}", "", OWN], index=["a", "b", "c"])
    frame = split_texts(texts)
    assert frame[["text_id", "part"]].values.tolist() == [
        ["a", "own"],
        ["a", "quoted"],
        ["c", "own"],
    ]
    assert frame.groupby("text_id")["text"].agg("".join).to_dict() == {"a": texts["a"], "c": OWN}
    assert split_texts([]).columns.tolist() == ["text_id", "part", "start", "end", "text"]


@pytest.mark.parametrize(
    "piece",
    [" ", "\n", "> a\n", "regards\n", "best ", "caution:\n", "[EXTERNAL] ", "From: a\nSent: b\n",
     "On xxxxxxxx\n", "<a@b.c> wrote:\n", "please do not click ", "_", "schrieb "],
)  # fmt: skip
def test_text_made_to_stall_takes_time_in_proportion(piece: str) -> None:
    def seconds(size: int) -> float:
        start = time.process_time()
        split_parts(piece * (size // len(piece)))
        return time.process_time() - start

    # Ten times as much may take some tens of times as long, and not a hundred.
    assert seconds(100_000) < 50 * max(seconds(10_000), 0.01)
