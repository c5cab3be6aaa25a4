"""Invented replies as mail programs write them: what is the writer's own stands beside each.

Every reply is one of ``OWN`` set into each form of ``CLIENTS`` in each style that the client
knows: above what is quoted, below it, or between its lines. Nobody wrote or got any of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

QUOTED = (
    "Thank you for getting in touch with us.",
    "Could you send us the address of the page?",
    "We will then ask the platform to take it down.",
)
OWN = (
    ("The page is still there this morning, and two more pupils have found it.",
     "Parents have begun to ring the office about it."),
    ("Yes please.",),
    ("On Monday he wrote: I will post more of them.", "We have kept a copy of that, dated 3 May."),
    ("From what we know the account belongs to a former pupil.",
     "Subject to your advice we would like to report it today."),
    ("Here is what they put under the photo:", "- everyone hates you", "- leave our school"),
)  # fmt: skip
SIGNATURES = (
    "",
    "Kind regards\nAl Moss\nDeputy Head\nExample School\n01632 960 001",
    "-- \nAl Moss\nExample School",
)


@dataclass(frozen=True)
class Client:
    """A mail program in one language: what it puts above the mail answered, how it marks lines.

    ``foot`` stands below the reply; ``marks_head`` says that the head itself is marked.
    """

    name: str
    language: str
    head: str
    mark: str = ""
    foot: str = ""
    marks_head: bool = False


_RULE = "_" * 32
_ADDRESS = "Pat Lee <pat@helpline.example>"
_TO = "Al Moss <al@school.example>"


def _outlook(sent: str) -> str:
    return f"From: {_ADDRESS}\nSent: {sent}\nTo: {_TO}\nSubject: RE: The page\n"


CLIENTS = (
    Client("Outlook", "English", _outlook("03 May 2024 10:01")),
    Client("Outlook 365", "English", f"{_RULE}\n" + _outlook("Friday, May 3, 2024 10:01:22 AM")),
    Client("Outlook with stars", "English",
           f"*From:* {_ADDRESS}\n*Sent:* 03 May 2024 10:01\n*To:* Al Moss\n"
           "*Subject:* RE: The page\n"),
    Client("Outlook 2003", "English",
           "-----Original Message-----\n" + _outlook("03 May 2024 10:01")),
    Client("Outlook for iOS", "English",
           f"{_RULE}\n" + _outlook("Friday, May 3, 2024 10:01 AM"),
           foot="Get Outlook for iOS<https://aka.ms/o0ukef>"),
    Client("Gmail", "English", f"On Fri, 3 May 2024 at 10:01, {_ADDRESS} wrote:\n", "> "),
    Client("Gmail, broken line", "English",
           "On Fri, 3 May 2024 at 10:01, Pat Lee from the helpline <\n"
           "pat@helpline.example> wrote:\n", "> "),
    Client("Apple Mail", "English", f"On 3 May 2024, at 10:01, {_ADDRESS} wrote:\n", "> "),
    Client("iPhone", "English", f"On 3 May 2024, at 10:01, {_ADDRESS} wrote:\n", "> ",
           foot="Sent from my iPhone", marks_head=True),
    Client("Thunderbird", "English", "On 03/05/2024 10:01, Pat Lee wrote:", "> "),
    Client("Yahoo", "English", f"On Friday, 3 May 2024 at 10:01:22 BST, {_ADDRESS} wrote:  \n"),
    Client("Outlook", "German",
           f"Von: {_ADDRESS}\nGesendet: Freitag, 3. Mai 2024 10:01\nAn: {_TO}\n"
           "Betreff: AW: The page\n"),
    Client("Outlook 2003", "German",
           f"-----Ursprüngliche Nachricht-----\nVon: {_ADDRESS}\n"
           "Gesendet: Freitag, 3. Mai 2024 10:01\nAn: Al Moss\nBetreff: AW: The page\n"),
    Client("Gmail", "German", f"Am Fr., 3. Mai 2024 um 10:01 Uhr schrieb {_ADDRESS}:\n", "> "),
    Client("Thunderbird", "German", "Am 03.05.24 um 10:01 schrieb Pat Lee:", "> "),
    Client("iPhone", "German", f"Am 03.05.2024 um 10:01 schrieb {_ADDRESS}:\n", "> ",
           foot="Von meinem iPhone gesendet", marks_head=True),
    Client("Outlook", "French",
           f"De : {_ADDRESS}\nEnvoyé : vendredi 3 mai 2024 10:01\nÀ : {_TO}\n"
           "Objet : RE: The page\n"),
    Client("Gmail", "French", f"Le ven. 3 mai 2024 à 10:01, {_ADDRESS} a écrit :\n", "> "),
    Client("Apple Mail", "French", f"Le 3 mai 2024 à 10:01, {_ADDRESS} a écrit :\n", "> "),
    Client("Outlook", "Welsh",
           f"Oddi wrth: {_ADDRESS}\nAnfonwyd: 03 Mai 2024 10:01\nAt: {_TO}\n"
           "Pwnc: RE: The page\n"),
)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """One invented mail: its text, the writer's own lines, and these with the signature."""

    client: Client
    style: str
    text: str
    own: str
    signed: str


def make_replies() -> Iterator[Reply]:
    """Each own text in each client's form and styles; signatures taken in turn."""
    at = 0
    for client in CLIENTS:
        for style in ("above", *(("below", "between") if client.mark else ())):
            for own in OWN:
                yield _reply(client, style, own, SIGNATURES[at % len(SIGNATURES)])
                at += 1


def _reply(client: Client, style: str, own: tuple[str, ...], signature: str) -> Reply:
    marked = [client.mark + line for line in QUOTED]
    head = client.head.rstrip("\n")
    if client.marks_head:
        head = "\n".join(f"> {line}" for line in head.splitlines())
    ends = [part for part in (signature, client.foot) if part]
    if style == "above":
        blocks = ["\n".join(own), *ends, "\n".join([head, "", *marked])]
    elif style == "below":
        blocks = ["\n".join([head, *marked]), "\n".join(own), *ends]
    else:
        between = [
            part for pair in zip(marked, [*own, "", ""], strict=False) for part in pair if part
        ]
        rest = list(own[len(QUOTED) :])
        blocks = [f"{head}\n{between[0]}", *between[1:], *rest, *ends]
    text, words = "\n\n".join(blocks) + "\n", "\n".join(own)
    return Reply(client, style, text, words, "\n".join([words, *ends]))
