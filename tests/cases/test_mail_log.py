"""Mail in a study: each is a case, a message, or set aside with its reason."""

from __future__ import annotations

import random
import tarfile
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import pytest

from workbench.cases.log import CaseLog
from workbench.cases.mail_log import PEOPLE, list_mails
from workbench.cases.read import read_cases
from workbench.errors import SourceError, StudyError
from workbench.privacy.redact import redact
from workbench.study import Study

STUDY = """
name = "mail"
title = "A mailbox"
organisation = "Example Helpline"
[columns]
case_id = "Case"
date = "Received"
text = "Enquiry"
[[periods]]
name = "2023-24"
start = 2023-09-01
end = 2024-08-31
[messages]
staff = ["helpline", "duty"]
addresses = ["@helpline.example"]
[redaction]
names = []
[[sources]]
path = "mailbox"
"""
JANE, HELP = "Jane Carrow <jane.carrow@school.example>", "Team <team@helpline.example>"
BST = timezone(timedelta(hours=1))


def mail(
    own: str,
    text: str,
    *,
    day: float = 0,
    answers: str = "",
    subject: str = "A page",
    sender: str = JANE,
    to: str = HELP,
    **more: str,
) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(datetime(2024, 5, 3, 10, tzinfo=BST) + timedelta(days=day))
    if own:
        message["Message-ID"] = f"<{own}>"
    if answers:
        message["In-Reply-To"] = f"<{answers}>"
    for name, value in more.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    return message.as_bytes()


THREAD = [
    mail("a@x", "Please help us with a page."),
    mail("b@x", "Dear Jane Carrow, we can.", day=1, answers="a@x", sender=HELP, to=JANE),
    mail("c@x", "Thank you!", day=2, answers="b@x", subject="Re: A page"),
]

Make = Callable[..., Study]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Write mails into the folder of a study and load it."""

    def write(mails: list[bytes], toml: str = STUDY, folder: str = "mailbox") -> Study:
        (tmp_path / folder).mkdir(exist_ok=True)
        for at, data in enumerate(mails):
            (tmp_path / folder / f"{at:03}.eml").write_bytes(data)
        (tmp_path / "study.toml").write_text(toml, encoding="utf-8")
        return Study.load(tmp_path)

    return write


def accounted(log: CaseLog) -> int:
    return len(log.cases) + len(log.messages) + len(log.problems)


def test_a_thread_is_one_case_with_its_messages(make: Make) -> None:
    log = read_cases(make([*THREAD, mail("d@x", "Another matter.", subject="Bullying")]))
    assert log.cases["text"].str.strip().tolist() == [
        "Please help us with a page.",
        "Another matter.",
    ]
    assert log.cases["subject"].tolist() == ["A page", "Bullying"]
    assert log.cases["date"].astype(str).tolist() == ["2024-05-03 10:00:00"] * 2
    assert log.cases["period"].tolist() == ["2023-24"] * 2
    assert log.cases["row"].tolist() == [1, 4]
    assert log.messages["author"].tolist() == ["helpline", "enquirer"]
    assert log.messages["case_id"].unique().tolist() == [log.cases["case_id"][0]]
    assert log.problems.empty
    assert log.sources[["source", "format", "rows", "kept", "set_aside"]].values.tolist() == [
        ["mailbox", "folder of e-mail", 4, 4, 0]
    ]


def test_the_order_of_files_changes_neither_cases_nor_messages(make: Make, tmp_path: Path) -> None:
    mails = [*THREAD, mail("d@x", "Another matter."), mail("", "No identifier."), THREAD[0]]
    first = read_cases(make(mails))
    random.Random(1).shuffle(mails)
    again = read_cases(make(mails))
    for one, other in ((first.cases, again.cases), (first.messages, again.messages)):
        kept = [name for name in one.columns if name != "row"]
        assert one[kept].equals(other[kept])
    (tmp_path / "mailbox" / "000.eml").unlink()
    assert len(read_cases(Study.load(tmp_path)).problems) in (0, 1)


def test_a_copy_is_counted_once_and_says_where_the_other_is(make: Make) -> None:
    log = read_cases(make([*THREAD, THREAD[0], mail("", "Same."), mail("", "Same.")]))
    assert len(log.cases) == 2
    assert log.problems["row"].tolist() == [4, 6]
    assert log.problems["reason"].tolist() == [
        "the same mail stands at mailbox, row 1",
        "the same mail stands at mailbox, row 5",
    ]
    assert accounted(log) == 6


@pytest.mark.parametrize(
    ("mails", "reason"),
    [
        ([mail("x@x", "Dear all", sender=HELP, to=JANE)], "its thread holds no enquiry"),
        (
            [mail("x@x", "I am away.", Auto_Submitted="auto-replied")],
            "its thread holds no enquiry",
        ),
        ([mail("x@x", "Old", day=-900)], "the date lies outside every period"),
        ([b"From: a@x\r\nDate: 3/5/24\r\n\r\nHi"], "no date that can be read"),
        ([mail("x@x", " ", subject="")], "it holds no text"),
        ([mail("x@x", " ", answers="a@x")], "it holds no text"),
        ([mail("x@x", "x" * 1_000_001)], "more than 1,000,000 characters"),
        ([b"junk"], "it has no headers"),
    ],
)
def test_what_cannot_be_used_is_set_aside_with_its_reason(
    make: Make, mails: list[bytes], reason: str
) -> None:
    log = read_cases(make([*THREAD, *mails]))
    assert len(log.cases) == 1
    assert reason in log.problems["reason"].iloc[0]
    assert log.problems["mend"].str.len().gt(5).all()
    assert accounted(log) == len(THREAD) + len(mails)


def test_the_rest_of_a_thread_goes_with_the_mail_that_opens_it(make: Make) -> None:
    old = [mail("o@x", "Old", day=-900), mail("p@x", "Newer", answers="o@x")]
    log = read_cases(make([*THREAD, *old]))
    assert [reason[:20] for reason in log.problems["reason"]] == [
        "the date lies outsid",
        "its case cannot be u",
    ]


def test_a_picture_under_a_subject_is_a_case(make: Make) -> None:
    log = read_cases(make([mail("a@x", "", subject="Is this account real?")]))
    assert log.cases["text"].tolist() == ["Is this account real?"]


TABLE = STUDY.replace('[[sources]]\npath = "mailbox"', "") + (
    '[[sources]]\npath = "cases.csv"\n[fields.kind]\ncolumn = "Kind"\nlabel = "Kind"\n'
)
JOINED = '[[sources]]\npath = "mailbox"\ncase_pattern = "\\\\[(P[0-9]+)\\\\]"\nholds = "{holds}"\n'
ROWS = "Case,Received,Enquiry,Kind\nP1,2024-05-02,Please help,Bullying\n"


@pytest.mark.parametrize(("holds", "cases"), [("messages", ["P1"]), ("cases", ["P1", "P9"])])
def test_mails_join_the_cases_of_a_table(
    make: Make, tmp_path: Path, holds: str, cases: list[str]
) -> None:
    (tmp_path / "cases.csv").write_text(ROWS)
    mails = [
        mail("a@x", "First", subject="Re: [P1] page"),
        mail("b@x", "Second", day=1, answers="a@x", subject="Re: page", sender=HELP),
        mail("c@x", "Other", subject="[P9] bullying"),
        mail("d@x", "None", subject="Hello"),
    ]
    log = read_cases(make(mails, TABLE + JOINED.format(holds=holds)))
    assert log.messages[["case_id", "author"]].values.tolist() == [
        ["P1", "enquirer"],
        ["P1", "helpline"],
    ]
    assert log.cases["case_id"].tolist()[: len(cases)] == cases
    assert log.membership("kind")["case_id"].tolist() == ["P1"]
    if holds == "messages":
        assert log.problems["reason"].str[:30].tolist() == [
            "no usable case has this identi",
            "no case's identifier stands in",
        ]
    assert accounted(log) == 5


def test_two_mailboxes_make_one_thread(make: Make, tmp_path: Path) -> None:
    make(THREAD[1:2], folder="sent")
    study = make([THREAD[0], THREAD[2]], STUDY + '[[sources]]\npath = "sent"\n')
    log = read_cases(study)
    assert len(log.cases) == 1
    assert log.messages["author"].tolist() == ["helpline", "enquirer"]
    assert log.sources["rows"].tolist() == [2, 1]


@pytest.mark.parametrize(
    ("toml", "error"),
    [
        (STUDY.replace('addresses = ["@helpline.example"]', ""), "addresses are the helpline's"),
        (TABLE + '[[sources]]\npath = "mailbox"\nholds = "messages"\n', "'case_pattern'"),
        (TABLE + '[[sources]]\npath = "mailbox"\nholds = "takedowns"\n', "holds takedowns"),
        (STUDY + '[fields.kind]\ncolumn = "Kind"\nlabel = "Kind"\n', "mail .* has no columns"),
    ],
)
def test_what_the_study_must_say(make: Make, tmp_path: Path, toml: str, error: str) -> None:
    (tmp_path / "cases.csv").write_text(ROWS)
    with pytest.raises(StudyError, match=error):
        read_cases(make(THREAD, toml))


def test_a_mailbox_without_any_case_says_why(make: Make) -> None:
    with pytest.raises(SourceError, match=r"No usable case.*holds no enquiry"):
        read_cases(make([THREAD[1]]))


def test_names_of_mail_are_hidden_in_its_texts(make: Make) -> None:
    study = make(
        [
            *THREAD,
            mail("d@x", "carrow and JANE wrote; jane.carrow@school.example", answers="c@x", day=3),
        ]
    )
    log = read_cases(study)
    assert log.private[PEOPLE]["label"].unique().tolist() == ["Jane Carrow"]
    safe = redact(log, study)
    texts = " ".join([*safe.cases["text"], *safe.messages["text"]]).casefold()
    assert "jane" not in texts
    assert "carrow" not in texts
    assert "[person 1]" in texts


def test_the_researcher_sees_which_file_each_mail_is(make: Make) -> None:
    charset = mail("e@x", "words").replace(b'charset="utf-8"', b'charset="klingon"')
    study = make([*THREAD, THREAD[0], charset, b"junk"])
    log = read_cases(study)
    mails = list_mails(study, log)
    assert mails["file"].tolist() == [f"{at:03}.eml" for at in range(6)]
    assert mails["problem"].notna().tolist() == [False, False, False, True, False, True]
    assert "klingon is unknown" in mails["notes"][4]
    assert log.sources["encoding"].tolist() == ["charset as declared, 1 in doubt"]
    assert mails["case_id"][:3].nunique() == 1


def test_a_sample_of_real_mail(workbench_data: Path, make: Make, tmp_path: Path) -> None:
    archive = workbench_data / "spamassassin_raw" / "spamassassin_raw_eml.tar.gz"
    if not archive.is_file():
        pytest.skip("spamassassin_raw is not among the data sets")
    study = make([], STUDY.replace("2023-09-01", "1990-01-01"))
    with tarfile.open(archive) as files:
        for at, member in enumerate(files):
            content = files.extractfile(member) if at % 20 == 0 and member.isfile() else None
            if content is not None:
                (tmp_path / "mailbox" / f"{at:05}.eml").write_bytes(content.read())
    log = read_cases(study)
    rows = len(list((tmp_path / "mailbox").iterdir()))
    assert rows > 250
    assert accounted(log) == rows
    assert len(log.problems) < 0.02 * rows
