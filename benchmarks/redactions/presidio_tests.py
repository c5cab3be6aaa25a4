"""The cases that Presidio's own tests pass or fail by, and who finds them."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd

from benchmarks.machine import need
from benchmarks.redactions.measures import cover, interval
from benchmarks.redactions.ours import Span

OUT_OF_SCOPE = {
    "CREDIT_CARD": "bank cards are not among what redaction promises to hide",
    "IP": "machines' addresses are not among what redaction promises to hide",
    "UK_DRIVING_LICENCE": "driving licences are not among what redaction promises to hide",
    "UK_PASSPORT": "passports are not among what redaction promises to hide",
}
KINDS = {
    "EMAIL": ("EMAIL", "EMAIL_ADDRESS"),
    "PHONE": ("PHONE", "PHONE_NUMBER"),
    "UK_NHS": ("NHS NUMBER", "NHS"),
    "UK_NINO": ("NI NUMBER", "NI"),
    "UK_POSTCODE": ("POSTCODE",),
    "UK_VEHICLE_REGISTRATION": ("VEHICLE", "PLATE"),
    "URL": ("LINK",),
    "IP": ("IP_ADDRESS",),
}
"""What systems call the kind of identifier that an entity's tests are about, beside its name."""

COUNTRIES = "numbers of other countries, which redaction for the UK does not promise"


@dataclass(frozen=True)
class Case:
    """One text of a test; where something should be found (none: nothing should)."""

    entity: str
    text: str
    spans: tuple[tuple[int, int], ...]


def read_cases() -> list[Case]:
    """The cases; where a test says how many but not where, the whole text is the span."""
    lines = need("presidio_uk_tests/cases.jsonl").read_text(encoding="utf-8").splitlines()
    return [_case(json.loads(line)) for line in lines]


def tabulate(cases: list[Case], found: dict[str, list[list[Span]]]) -> pd.DataFrame:
    """One row an entity and system: spans hidden of those expected, and false alarms.

    A false alarm is a text without anything to find of which a letter or digit is hidden; some of
    them are hidden as the very kind that the test is about.
    """
    rows = []
    for entity in [*sorted({case.entity for case in cases} - set(OUT_OF_SCOPE)), *OUT_OF_SCOPE]:
        for part in _parts(entity):
            chosen = [at for at, case in enumerate(cases) if _belongs(case, entity, part)]
            for system, spans in found.items():
                rows.append(_row(f"{entity}{part}", system, [(cases[at], spans[at])
                                                             for at in chosen]))  # fmt: skip
    return pd.DataFrame(rows)


def _case(row: dict[str, object]) -> Case:
    text, places = str(row["text"]), row["positions"]
    if isinstance(places, list):
        return Case(str(row["entity"]), text, tuple((start, end) for start, end in places))
    whole = ((0, len(text)),) if row["expected_len"] else ()
    return Case(str(row["entity"]), text, whole)


def _parts(entity: str) -> tuple[str, ...]:
    return (", British", ", other") if entity == "PHONE" else ("",)


def _belongs(case: Case, entity: str, part: str) -> bool:
    british = "+44" in case.text
    return case.entity == entity and part in ("", ", British" if british else ", other")


def _row(entity: str, system: str, pairs: list[tuple[Case, list[Span]]]) -> dict[str, object]:
    hidden = expected = alarms = wrong = negatives = 0
    own = {entity, *KINDS.get(entity.split(",")[0], ())}
    for case, spans in pairs:
        covered = cover(case.text, spans)
        expected += len(case.spans)
        hidden += sum(covered.share(start, end) == 1 for start, end in case.spans)
        if not case.spans:
            negatives += 1
            alarms += covered.share(0, len(case.text)) > 0
            wrong += any(kind in own for *_, kind in spans)
    (low, high), (alarm_low, alarm_high) = interval(hidden, expected), interval(alarms, negatives)
    reason = COUNTRIES if entity == "PHONE, other" else OUT_OF_SCOPE.get(entity, "")
    return {"entity": entity, "system": system, "expected": expected, "hidden": hidden,
            "share": hidden / expected if expected else float("nan"), "low": low, "high": high,
            "nothing to find": negatives, "false alarms": alarms, "alarms low": alarm_low,
            "alarms high": alarm_high, "as that kind": wrong, "out of scope": reason}  # fmt: skip
