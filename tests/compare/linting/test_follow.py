"""Shares against their counts: which base they are of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compare.printed import Row, make_printed
from workbench.compare.lint import lint
from workbench.compare.linting.follow import follows

YEAR, OTHER = "2022-23", "2023-24"
COUNTS = {"Secondary": 2157, "Primary": 79, "College": 18}
CASES, OTHERS = 2678, 2219


def table(base: float, *, decimals: int = 2) -> list[Row]:
    rows: list[Row] = [
        (YEAR, "period", "Cases", "year", CASES, None),
        (OTHER, "period", "Cases", "year", OTHERS, None),
        *((YEAR, "Table 9", "Kinds", kind, n, None) for kind, n in (("A", 1900), ("B", 100))),
    ]
    for label, n in COUNTS.items():
        rows.append((YEAR, "Table 2", "Phase", label, n, f"{100 * n / base:.{decimals}f}"))
    return rows


def findings(rows: list[Row], *, bases: list[int | None] | None = None) -> list[tuple[str, str]]:
    frame = lint(make_printed(rows, bases=bases))
    frame = frame[frame["rule"] == "share does not follow"]
    return list(zip(frame["label"], frame["finding"], strict=True))


@given(
    st.integers(1, 5000).flatmap(lambda base: st.tuples(st.just(base), st.integers(0, base))),
    st.integers(0, 8),
)
def test_a_share_as_printed_follows(pair: tuple[int, int], decimals: int) -> None:
    """Whatever the digits; and no longer once its last digit is changed by one and a half."""
    base, count = pair
    printed = round(100 * count / base, decimals)
    assert follows(count, printed, decimals, base)
    assert not follows(count, printed + 1.5 * 10.0**-decimals, decimals, base)


@pytest.mark.parametrize("base", [CASES, sum(COUNTS.values())])
def test_shares_of_all_cases_or_of_those_recorded_are_sound(base: int) -> None:
    assert findings(table(base)) == []


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (OTHERS, "It would follow from the 2,219 cases of 2023-24."),
        (2000, "It would follow from the rows of Table 9 (Kinds) (2,000)."),
        (2345, "It would need a base of 2,345 to 2,345, which is printed nowhere."),
    ],
)
def test_a_whole_table_of_another_base_is_one_finding(base: int, words: str) -> None:
    found = findings(table(base, decimals=3))
    assert [label for label, _ in found] == [""]
    assert words in found[0][1]


def test_one_row_of_another_base_is_named() -> None:
    rows = table(CASES)
    rows[-2] = (*rows[-2][:5], f"{100 * 79 / 2254:.2f}")
    found = findings(rows)
    assert [label for label, _ in found] == ["Primary"]
    assert "79 is 2.95% of all cases (2,678), not the printed 3.50%" in found[0][1]
    assert "It would follow from the sum of the rows (2,254)." in found[0][1]


def test_a_stated_base_is_held_to() -> None:
    rows = table(CASES)
    stated = [None] * 4 + [CASES, CASES, 2254]
    assert [label for label, _ in findings(rows, bases=stated)] == ["College"]


def test_no_base_at_all_gives_one_range_or_none() -> None:
    rows = table(CASES)
    for place, share in ((-1, "50"), (-2, "60"), (-3, "10")):
        rows[place] = (*rows[place][:5], share)
    assert findings(rows)[0][1].endswith("No one base reproduces it.")
