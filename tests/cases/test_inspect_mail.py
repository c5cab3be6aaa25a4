"""A mailbox looked at for the first time: what it prints must read the mailbox."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest

from workbench.cases.inspect_mail import inspect_mail
from workbench.cases.read import read_cases
from workbench.errors import SourceError
from workbench.study import Study


def write_mail(folder: Path, name: str, sender: str, to: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, f"About {name}"
    message["Date"] = "Fri, 03 May 2024 10:00:00 +0100"
    message["Message-ID"] = f"<{name}@mail.example>"
    message.set_content(f"A page mocks our school, {name}.")
    (folder / f"{name}.eml").write_bytes(message.as_bytes())


def test_what_it_prints_reads_the_mailbox(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.mkdir()
    for name, sender in (("a", "jo@one.example"), ("b", "kim@two.example")):
        write_mail(box, name, sender, "team@helpline.example")
    (tmp_path / "study.toml").write_text(inspect_mail(box), "utf-8")
    study = Study.load(tmp_path)
    assert study.messages.addresses == ("@helpline.example",)
    assert len(read_cases(study)) == 2


def test_a_folder_without_mail_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no mail", "utf-8")
    with pytest.raises(SourceError, match="no mail"):
        inspect_mail(tmp_path)
