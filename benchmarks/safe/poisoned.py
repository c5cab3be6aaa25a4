"""A study in which everything that somebody else can write is a payload, with names planted in it.

It is for trying, not for reading: the names are made up and stand in its private columns too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.safe.payloads import Payload, read_payloads
from workbench.files import write_text
from workbench.study import Study

FIELDS = ("category", "platform", "phase", "enquirer", "route", "host")
"""Each takes a part of the payloads as its labels, so that all are labels of some field."""

SCHEMES = ("old", "new")

PLANTED = (
    ("Zebedee Quillfeather", "Thistledown Marsh Academy"),
    ("Ottoline Brackenbury", "Gorsewold Primary School"),
    ("Peregrine Oxenholme", "St Wistan's Catholic School"),
)
"""People and schools that the cases name, in three casings, and that nothing written may name."""

MARKS = ("quillfeather", "thistledown", "brackenbury", "gorsewold", "oxenholme", "wistan", "zqbox")
"""Words of those names and addresses that stand for nothing else."""

_YEARS = (("2022-23", date(2022, 9, 1)), ("2023-24", date(2023, 9, 1)))
_MATTERS = (
    "A fake profile of our school is online and pupils share it in every class.",
    "Somebody filmed a fight in the canteen and parents are very worried about it.",
    "We would like a talk on passwords for the new teachers in the autumn term.",
    "A parent writes lies about our staff in a group and threatens to go on.",
)
_FIRST = datetime(2022, 9, 5, 9, 30)


def write_poisoned(folder: Path, *, labels: int | None = None) -> Study:
    """Write the study's files into ``folder``: each payload is in the text of a case of its own.

    They stand in texts, subjects, labels and titles of fields, authors of messages, names of
    columns and of files, the study's title and its organisation. ``labels``: so many of them are
    labels of each field, at most; by default all are labels of some field.
    """
    payloads = read_payloads()
    known = {field: _labels(field, payloads)[:labels] for field in FIELDS}
    titles = [p.text for p in payloads if p.kind == "html"]
    names = {
        key: f"{text} {key}"
        for key, text in zip(("case", "day", "words", "about", *FIELDS), titles, strict=False)
    }
    rows = [_row(number, payload, known) for number, payload in enumerate(payloads)]
    file = "=cmd <img src=x onerror=hit(13)> & 'x'.csv"
    heading = [names[key] for key in ("case", "day", "words", "about", *FIELDS)]
    _write(folder / file, [*heading, "People", "School"], rows)
    said = [
        (row[0], row[1], titles[number % len(titles)], row[2]) for number, row in enumerate(rows)
    ]
    _write(folder / "messages.csv", ["case", "sent", "who", "said"], said)
    old, new = known["category"][0::2], known["category"][1::2]
    pairs = [(a, b, "exact", "") for a, b in zip(old, new, strict=True)]
    _write(folder / "walk.csv", ["earlier", "later", "relation", "note"], pairs)
    return Study.model_validate(_description(folder, file, names, titles, known))


def _row(number: int, own: Payload, known: dict[str, list[str]]) -> list[str]:
    """One case: the payload in text and subject, a label of each field, and who is named."""
    late = number % 2
    day = _FIRST + timedelta(days=365 * late + (number * 7) % 300)
    labels = []
    for field in FIELDS:
        possible = known[field][late::2] if field == "category" else known[field]
        labels.append(possible[(number // 2) % len(possible)])
    person, school = PLANTED[number % len(PLANTED)]
    cased = (str, str.lower, str.upper)[number // 3 % 3]
    text = (
        f"{_MATTERS[number % len(_MATTERS)]} {own.text} "
        f"{cased(f'Please write to {person} of {school}')}, zqbox{number}@marsh.example."
    )
    named = [person, school]
    return [f"K{number:04}", f"{day:%Y-%m-%d %H:%M}", text, own.text, *labels, *named]


def _labels(field: str, payloads: Sequence[Payload]) -> list[str]:
    """The payloads that are labels of ``field``: an even number of them.

    Those of a scheme are matched with the cells of a file, of which line ends are evened out.
    """
    own = [p.text.strip() for p in payloads[FIELDS.index(field) :: len(FIELDS)]]
    if field == "category":
        own = [text for text in own if text.isprintable()]
    return own[: len(own) // 2 * 2]


def _description(
    folder: Path,
    file: str,
    names: dict[str, str],
    titles: Sequence[str],
    known: dict[str, list[str]],
) -> dict[str, Any]:
    categories, years = known["category"], [name for name, _ in _YEARS]
    return {
        "name": "poisoned",
        "title": titles[0] + " title",
        "organisation": titles[5] + " organisation",
        "synthetic": True,
        "folder": folder,
        "columns": {
            "case_id": names["case"],
            "date": names["day"],
            "text": names["words"],
            "subject": names["about"],
        },
        "periods": [
            {"name": name, "start": start, "end": start + timedelta(days=364)}
            for name, start in _YEARS
        ],
        "sources": [
            {"path": file, "encoding": "utf-8", "delimiter": ","},
            {
                "path": "messages.csv",
                "holds": "messages",
                "columns": {"case_id": "case", "sent": "sent", "author": "who", "text": "said"},
            },
        ],
        "fields": {
            key: {"column": names[key], "label": f"{text} {key}", "one": f"{text} one"}
            | ({"scheme": dict(zip(years, SCHEMES, strict=True))} if key == "category" else {})
            for key, text in zip(FIELDS, titles[10:], strict=False)
        },
        "private": {
            "people": {"column": "People"},
            "school": {"column": "School", "entity": "SCHOOL"},
        },
        "schemes": {
            name: {"title": titles[20], "labels": [{"name": label} for label in categories[at::2]]}
            for at, name in enumerate(SCHEMES)
        },
        "crosswalks": [
            {"field": "category", "earlier": SCHEMES[0], "later": SCHEMES[1], "path": "walk.csv"}
        ],
        "comparisons": [
            {
                "title": titles[3],
                "by": "phase",
                "groups": known["phase"][:2],
                "fields": ["platform", "enquirer"],
            }
        ],
        "standardise": ["enquirer"],
        "lenses": ["bullying", "defamation", "attempts", "risk"],
        "contacts": [{"name": titles[7], "details": titles[8]}],
        "disclosure": {"exempt": True, "reason": titles[9]},
        "release": {"approve": "automatic"},
        "messages": {"staff": titles[: len(titles) // 2]},
        "hours": {"start": "10:00", "end": "16:00", "reply_within": 3},
    }


def _write(path: Path, heading: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    write_text(path, text.getvalue())
