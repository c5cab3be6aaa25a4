"""Every count printed in the two reports is met by the corpus on disk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest

from workbench.demo.subjectlines import STOP

Rows = list[dict[str, str]]
Printed = Callable[[str, str], dict[str, int]]

FIELDS = [
    ("2022-23", "Route of enquiry", "Route"),
    ("2022-23", "Type of enquirer", "Enquirer"),
    ("2022-23", "Institutional type", "Phase"),
    ("2022-23", "Type of platform hosting concerning content", "Host type"),
    ("2022-23", "Social media platforms hosting concerning content", "Platform"),
    ("2022-23", "Nature of enquiries", "Categories"),
    ("2023-24", "Nature of enquiries", "Categories"),
    ("2023-24", "Top issues (a case can have several)", "Top issues"),
]


def count_labels(rows: Rows, column: str) -> Counter[str]:
    return Counter(label for row in rows for label in row[column].split("; ") if label)


@pytest.mark.parametrize(("year", "title", "column"), FIELDS)
def test_printed_counts_are_met(
    cases: dict[str, Rows], printed: Printed, year: str, title: str, column: str
) -> None:
    wanted = {label: count for label, count in printed(year, title).items() if count}
    assert wanted, "the published table was not found"
    assert dict(count_labels(cases[year], column)) == wanted


def test_cases_a_year(cases: dict[str, Rows]) -> None:
    assert (len(cases["2022-23"]), len(cases["2023-24"])) == (2678, 2219)
    ids = [row["Case ID"] for rows in cases.values() for row in rows]
    assert len(set(ids)) == len(ids)


def test_gaps_of_the_first_year(cases: dict[str, Rows]) -> None:
    """The rows of the printed tables fall short of 2,678; the record has the same gaps."""
    rows = cases["2022-23"]
    assert sum(not row["Route"] for row in rows) == 153
    assert sum(not row["Enquirer"] for row in rows) == 156
    assert sum(bool(row["Platform"]) for row in rows) == 862
    assert sum(bool(row["Phase"]) for row in rows) == 2254


def test_routes_and_platform_of_the_second_year(cases: dict[str, Rows]) -> None:
    rows = cases["2023-24"]
    routes = count_labels(rows, "Route")
    assert {route: round(100 * n / len(rows)) for route, n in routes.items()} == {
        "Online channels": 94,
        "Phone": 6,
    }
    assert round(100 * count_labels(rows, "Platform")["TikTok"] / len(rows)) == 76


@pytest.mark.parametrize("year", ["2022-23", "2023-24"])
def test_share_referred(cases: dict[str, Rows], year: str) -> None:
    referred = sum(row["Referred for takedown"] == "Yes" for row in cases[year])
    assert round(100 * referred / len(cases[year]), 1) == 68.8


def test_takedowns(cases: dict[str, Rows], demo_rows: Callable[[str], Rows]) -> None:
    rows = demo_rows("takedowns.csv")
    second = [row for row in rows if row["Case ID"].startswith("P23")]
    reported = sum(int(row["URLs reported"]) for row in second)
    removed = sum(int(row["URLs removed"]) for row in second)
    assert reported == 4064
    assert round(100 * removed / reported, 1) == 94.2
    referred = {
        row["Case ID"] for r in cases.values() for row in r if row["Referred for takedown"] == "Yes"
    }
    assert {row["Case ID"] for row in rows} == referred
    assert all(int(row["URLs removed"]) <= int(row["URLs reported"]) for row in rows)


@pytest.mark.parametrize("year", ["2022-23", "2023-24"])
@pytest.mark.parametrize("token", [r"\w+", r"[^\W\d_]+(?:['’-][^\W\d_]+)*", r"\S+"])
def test_subject_words(cases: dict[str, Rows], printed: Printed, year: str, token: str) -> None:
    """The printed top twenty is the top twenty, to the count, under any usual tokeniser."""
    wanted = {
        word.lower(): n
        for word, n in printed(year, "Top 20 words in email subject headings").items()
    }
    assert len(wanted) == 20
    counts = Counter(
        word.strip(".,:;!?()*-'\"").lower()
        for row in cases[year]
        for word in re.findall(token, row["Subject"])
    )
    if token != r"\S+":
        assert {word: counts[word] for word in wanted} == wanted
    others = {w: n for w, n in counts.items() if w and w not in wanted and w not in STOP}
    assert max(others.values()) < min(wanted.values())


def test_gateway_banners_only_in_first_years_subjects(cases: dict[str, Rows]) -> None:
    caution = [row for row in cases["2023-24"] if "caution" in row["Subject"].lower()]
    assert not caution


def test_march_2023_stands_out(cases: dict[str, Rows]) -> None:
    months = Counter(row["Received"][:7] for row in cases["2022-23"])
    march = months.pop("2023-03")
    assert march > 1.25 * max(months.values())
    assert months["2023-08"] == min(months.values())


def test_primary_and_secondary_differ_as_reported(cases: dict[str, Rows]) -> None:
    """Harmful content weighs more in primary, reputation and bullying in secondary."""
    rows = cases["2022-23"]

    def share(phase: str, category: str) -> float:
        group = [row["Categories"].split("; ") for row in rows if row["Phase"] == phase]
        return sum(category in labels for labels in group) / len(group)

    for category in ("Potentially Harmful Content", "Hate Speech"):
        assert share("Primary", category) > share("Secondary", category)
    for category in ("Online Reputation", "Cyberbullying"):
        assert share("Primary", category) < share("Secondary", category)
