"""The demonstration corpus as it lies on disk, read with nothing but the standard library."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "corpora" / "demo"
PUBLISHED = ROOT / "corpora" / "published"
YEARS = ("2022-23", "2023-24")
Rows = list[dict[str, str]]


def read_rows(path: Path) -> Rows:
    """A CSV file as a list of dictionaries of strings."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def cases() -> dict[str, Rows]:
    """School year -> its cases."""
    return {year: read_rows(DEMO / f"cases-{year}.csv") for year in YEARS}


@pytest.fixture(scope="session")
def texts(cases: dict[str, Rows]) -> dict[str, str]:
    """Case id -> enquiry, both years."""
    return {row["Case ID"]: row["Enquiry"] for year in YEARS for row in cases[year]}


@pytest.fixture(scope="session")
def truth() -> Callable[[str], Rows]:
    """A function that reads one table of the planted truth."""
    return lambda name: read_rows(DEMO / "truth" / f"{name}.csv")


@pytest.fixture(scope="session")
def printed() -> Callable[[str, str], dict[str, int]]:
    """A function (year, title) -> label: count as printed in the report of that year."""

    def read(year: str, title: str) -> dict[str, int]:
        rows = read_rows(PUBLISHED / f"figures_{year.replace('-', '_')}.csv")
        return {
            row["label"]: int(row["count"])
            for row in rows
            if row["report"] == year and row["title"] == title and row["count"]
        }

    return read


@pytest.fixture(scope="session")
def demo_folder() -> Path:
    """corpora/demo."""
    return DEMO


@pytest.fixture(scope="session")
def demo_rows() -> Callable[[str], Rows]:
    """A function that reads one table of corpora/demo."""
    return lambda name: read_rows(DEMO / name)
