"""A study of two made-up years, with a crosswalk, terms and staffed hours, for tests of Part C."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from tests.logs import make_log
from workbench.cases.log import CaseLog, FieldInfo
from workbench.study import Study

STUDY = """
name = "two"
title = "Two years"
standardise = ["role"]
[columns]
case_id = "id"
date = "day"
text = "words"
[[periods]]
name = "2022-23"
start = 2022-09-01
end = 2023-08-31
[[periods]]
name = "2023-24"
start = 2023-09-01
end = 2024-08-31
[[sources]]
path = "cases.csv"
[fields.role]
column = "role"
label = "Role"
[fields.platform]
column = "platform"
label = "Platform"
[fields.kind]
column = "kind"
label = "Kind of matter"
one = "kind"
many = true
scheme = { "2022-23" = "old", "2023-24" = "new" }
[schemes.old]
title = "Kinds of 2022-23"
labels = [{ name = "Bullying" }, { name = "Other" }]
[schemes.new]
title = "Kinds of 2023-24"
labels = [{ name = "Of staff" }, { name = "Of pupils" }]
[[crosswalks]]
field = "kind"
earlier = "old"
later = "new"
path = "crosswalk.csv"
[[comparisons]]
title = "Heads and teachers"
by = "role"
groups = ["Head", "Teacher"]
fields = ["platform", "kind"]
[[calendar.terms]]
name = "Autumn 2022"
start = 2022-09-01
end = 2022-12-16
[[calendar.terms]]
name = "Autumn 2023"
start = 2023-09-01
end = 2023-12-21
[hours]
start = 10:00:00
end = 16:00:00
reply_within = 3
[disclosure]
exempt = true
reason = "made up"
"""
CROSSWALK = """earlier,later,relation,note
Bullying,Of staff,narrower,
Bullying,Of pupils,narrower,
Other,,none,
"""


def load_study(folder: Path, text: str = STUDY) -> Study:
    """The study, with its files in ``folder``."""
    (folder / "study.toml").write_text(text, encoding="utf-8")
    (folder / "crosswalk.csv").write_text(CROSSWALK, encoding="utf-8")
    return Study.load(folder)


def make_years() -> CaseLog:
    """In each role 20% of the cases are on B in both years, or 60%; but fewer heads come later.

    So B rises as it is, and does not where the mix is held equal.
    """
    rows = []
    for period, date, sizes, kinds in (
        ("2022-23", "2022-10-05 11:00", {"Head": 100, "Teacher": 300}, (["Bullying"], ["Other"])),
        (
            "2023-24",
            "2023-10-04 17:00",
            {"Head": 20, "Teacher": 380},
            (["Of staff", "Of pupils"], []),
        ),
    ):
        for role, size in sizes.items():
            on_b = size // 5 if role == "Head" else size * 3 // 5
            rows += [
                {
                    "case_id": f"{period}-{role}-{number:03d}",
                    "period": period,
                    "date": date,
                    "role": role,
                    "platform": "B" if number < on_b else "A",
                    "kind": kinds[number % 4 == 0],
                }
                for number in range(size)
            ]
    orders = {"2022-23": ("Bullying", "Other"), "2023-24": ("Of staff", "Of pupils")}
    fields = {"kind": FieldInfo("kind", "Kind of matter", several=True, orders=orders)}
    log = make_log(rows, fields)
    sent = pd.to_datetime(log.cases["date"]) + pd.Timedelta(hours=1)
    messages = pd.DataFrame(
        {"case_id": log.cases["case_id"], "sent": sent, "author": "helpline", "text": "Thank you."}
    )
    return replace(log, messages=messages.astype({"author": "str", "text": "str"}))


def analysis_of(study: Study, log: CaseLog, tables: dict[str, pd.DataFrame]) -> Any:
    """What the sections read of an analysis."""
    return SimpleNamespace(study=study, log=log, tables=tables, refused={})
