"""Subject lines in title case: ordinary words stay, names are hidden as in any other line."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from tests.small import STUDY
from workbench.privacy import redact
from workbench.privacy.headlines import doubt_capitals, is_headline, is_ordinary
from workbench.privacy.identifier import Identifier, Reading
from workbench.privacy.names import Name
from workbench.privacy.recognise import WAYS, make_keep, search_cases
from workbench.study import Study

USING = "TikTok Account Using School Name"
FRAMES = (
    "Complaint About {}",
    "TikTok Account Using {} Name",
    "Fake TikTok Account For {}",
    "Message From {}",
    "Concern Regarding A Video Posted At {}",
    "{} Instagram Account Reported",
    "Account Impersonating {} Staff",
    "Help Needed With Account Using {}",
)
SCHOOLS = (
    "Oakfield Primary School",
    "Green Lane Primary School",
    "Bright Futures School",
    "The Link School",
    "Bright Learning School",
    "Good Shepherd School",
    "Great Barr Academy",
    "St Mary's",
    "Five Acre Wood School",
)
PEOPLE = ("Sarah Thompson", "Mr Young", "Joy Page", "Mrs Wisdom", "Mark Price", "Grace")


def hidden(
    subject: str, *texts: str, names: tuple[Name, ...] = (), heading: bool = True
) -> list[str]:
    """What is hidden in a subject line of a case with these texts."""
    readings = [Reading.of(subject, subject=heading), *map(Reading.of, texts)]
    found = search_cases([(readings, names)], keep=make_keep([]), ways=WAYS)[0][0]
    return [subject[one.start : one.end] for one in found]


@pytest.mark.parametrize(
    "line",
    [
        USING,
        "FW: TikTok Account Using School Name",
        "***CAUTION: EMAIL ORIGINATED OUTSIDE*** YouTube Account Using School Name",
        "Fake TikTok Account For St Teilo's",
        "Video of a Teacher Posted Without Her Consent",
    ],
)
def test_headlines(line: str) -> None:
    assert is_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Help",
        "2 3 4",
        "TikTok account using school name",
        "TIKTOK ACCOUNT USING SCHOOL NAME",
        "Green Lane Primary School",
        "Sarah Thompson",
        "Message from Sarah Thompson of Oakfield Primary School",
        "Account of Grace",
    ],
)
def test_no_headlines(line: str) -> None:
    """A name by itself has capitals of its own: they say nothing of the case of the line."""
    assert not is_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        USING,
        "FW: Instagram Account Using School Name",
        "Fake Video Targeting School Staff Reported To TikTok",
        "Assault On Pupil",
    ],
)
def test_ordinary_words_of_a_headline_stay(line: str) -> None:
    assert hidden(line) == []


def test_only_a_subject_line_is_read_so() -> None:
    assert hidden(USING, heading=False) == ["Account Using School"]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", [*SCHOOLS, *PEOPLE])
def test_names_in_a_headline_are_hidden_as_in_any_line(frame: str, name: str) -> None:
    line = frame.format(name)
    assert hidden(line) == hidden(line, heading=False)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Complaint About Oakfield Primary School", "Oakfield Primary School"),
        ("Complaint About Green Lane Primary School", "Green Lane Primary School"),
        ("Message From Sarah Thompson", "Sarah Thompson"),
        ("Video Of Mrs Wisdom", "Mrs Wisdom"),
    ],
)
def test_real_names_in_headlines_are_hidden(line: str, name: str) -> None:
    assert hidden(line) == [name]


def test_a_name_of_the_cases_fields_is_hidden_whatever_its_words() -> None:
    school = Name("Account Using School", "SCHOOL")
    assert hidden(USING, names=(school,)) == ["Account Using School"]


def test_a_name_that_another_text_of_the_case_has_is_hidden() -> None:
    text = "I am the head of Account Using School, a small one."
    assert hidden(USING, text) == ["Account Using School"]
    assert hidden(USING, "An account is using the school name.") == []


def test_other_evidence_than_capitals_is_not_doubted() -> None:
    ways = {"field", "study", "list", "cue", "pattern", "shape", "model"}
    found = [Identifier(7, 27, "SCHOOL", "account using", way) for way in sorted(ways)]
    kept = {one.found_by for one in doubt_capitals(USING, found, frozenset())}
    assert kept == ways - {"shape", "model"}
    assert doubt_capitals(USING, found, {("SCHOOL", "account using")}) == found
    assert doubt_capitals(USING.lower(), found, frozenset()) == found


@pytest.mark.parametrize("word", ["sarah", "thompson", "oakfield", "green", "grace", "barking"])
def test_no_name_is_ordinary(word: str) -> None:
    assert not is_ordinary(word)


@given(
    st.lists(
        st.sampled_from(
            "TikTok Account Using School Name Fake Video About Oakfield Primary Sarah For St "
            "Teilo's Bright Learning Academy a of the posted REPORTED".split()
        ),
        max_size=9,
    ),
    st.booleans(),
)
def test_nothing_more_is_hidden_and_only_ordinary_words_are_spared(
    words: list[str], model: bool
) -> None:
    line = " ".join(words)
    ends = [at for at, sign in enumerate(f"{line} ") if sign == " "]
    starts = [0, *(end + 1 for end in ends[:-1])]
    way = "model" if model else "shape"
    found = [
        Identifier(start, end, "SCHOOL", "", way) for start in starts for end in ends if start < end
    ]
    kept = doubt_capitals(line, found, frozenset())
    assert [one for one in found if one in kept] == kept
    spared = [line[one.start : one.end] for one in found if one not in kept]
    assert is_headline(line) or not spared
    assert not any(name in span for span in spared for name in ("Oakfield", "Sarah", "Teilo"))


def test_a_log_keeps_the_words_of_its_subjects_and_redacts_no_more_a_second_time(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("study")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    study = Study.load(folder)
    subjects = [USING, "Complaint About Oakfield Primary School", "Message From Sarah Thompson"]
    log = make_log([{"subject": subject, "text": "Please help."} for subject in subjects])
    once = redact(log, study)
    assert once.cases["subject"].tolist() == [
        USING,
        "Complaint About [SCHOOL 1]",
        "Message From [PERSON 1]",
    ]
    pd.testing.assert_frame_equal(redact(once, study).cases, once.cases)
