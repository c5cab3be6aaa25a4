"""Two reports side by side: what repeats by chance, and what does not compare."""

from __future__ import annotations

import numpy as np
import pytest

from tests.compare.printed import Row, make_claims, make_printed
from workbench.compare.lint import lint
from workbench.compare.linting.years import UNLIKELY, repeat_chance

ONE, TWO = "2022-23", "2023-24"
CASES: list[Row] = [
    (ONE, "period", "Cases", "year", 2678, None),
    (TWO, "period", "Cases", "year", 2219, None),
]


def rules(rows: list[Row], name: str) -> list[tuple[str, str]]:
    found = lint(make_printed([*CASES, *rows]))
    found = found[found["rule"] == name]
    return list(zip(found["label"], found["finding"], strict=True))


def test_the_chance_of_a_repeat_is_that_of_a_simulation() -> None:
    dice = np.random.default_rng(1)
    for count in (3, 40):
        one, two = dice.poisson(count, (2, 200_000))
        assert repeat_chance(count, None, 0, None) >= (one == two).mean() - 0.005
    share, sizes = 0.688, (2678, 2219)
    for decimals in (0, 1):
        shares = [np.round(100 * dice.binomial(n, share, 200_000) / n, decimals) for n in sizes]
        seen = (shares[0] == shares[1]).mean()
        found = repeat_chance(None, 68.8, decimals, sizes)
        assert found == pytest.approx(seen, rel=0.1)


def test_a_share_without_a_known_base_says_nothing() -> None:
    assert repeat_chance(None, 68.8, 1, None) == 1
    assert repeat_chance(None, 100, 1, (10, 10)) == 1


def shares(title: str, *pairs: tuple[str, str, str]) -> list[Row]:
    return [
        (year, "T", title, label, None, share)
        for label, *both in pairs
        for year, share in zip((ONE, TWO), both, strict=True)
    ]


def test_a_fine_share_repeated_is_found_and_a_coarse_one_is_not() -> None:
    assert [
        label
        for label, _ in rules(shares("Answered", ("Yes, so", "68.8", "68.8")), "repeated unchanged")
    ] == ["Yes, so"]
    assert rules(shares("Answered", ("Yes, so", "69", "69")), "repeated unchanged") == []
    assert rules(shares("Answered", ("Yes, so", "68.8", "68.9")), "repeated unchanged") == []


def test_one_repeat_among_many_figures_is_no_wonder() -> None:
    others = [(f"Other {n}", f"{60 + n / 10}", f"{70 + n / 10}") for n in range(20)]
    assert rules(shares("Kinds", *others, ("Label", "90.1", "90.1")), "repeated unchanged") == []
    two = shares("Kinds", *others[:1], ("One", "41.1", "41.1"), ("Two", "43.3", "43.3"))
    found = rules(two, "repeated unchanged")
    assert [label for label, _ in found] == [""]
    assert found[0][1].startswith("2 of 3 figures are the same")


def test_a_copied_column_is_found_though_its_counts_are_small() -> None:
    counts = [3, 5, 2, 8, 9, 4, 7, 6, 11, 12]
    rows: list[Row] = [
        (year, "T", "Kinds (several)", f"Label {n}", n, None) for year in (ONE, TWO) for n in counts
    ]
    found = rules(rows, "repeated unchanged")
    assert [label for label, _ in found] == [""]
    assert found[0][1].startswith("10 of 10 figures are the same")


def test_chance_repeats_are_seldom_reported() -> None:
    """Two years of the same true rates: at most one table in twenty is remarked on."""
    dice = np.random.default_rng(2)
    rates = np.array([900, 600, 400, 300, 200, 120, 60, 30, 12, 5])
    flagged = 0
    for _ in range(60):
        rows: list[Row] = [
            (year, "T", "Kinds (several)", f"Label {place}", int(n), None)
            for year in (ONE, TWO)
            for place, n in enumerate(dice.poisson(rates))
        ]
        flagged += bool(rules(rows, "repeated unchanged"))
    assert flagged <= 60 * UNLIKELY + 3


def platforms(tiktok: int, rest: int) -> list[Row]:
    counts = {"TikTok": tiktok, "Snapchat": rest}
    return [(ONE, "Table 4", "Platforms", name, n, None) for name, n in counts.items()]


@pytest.mark.parametrize(
    ("tiktok", "rest", "share", "found"),
    [
        (687, 175, "76", True),
        (687, 175, "20", False),  # lower whatever the base
        (687, 175, "95", False),  # higher whatever the base
        (2000, 600, "76", False),  # hardly any is missing
    ],
)
def test_a_share_of_an_open_base_is_found_only_where_the_base_matters(
    tiktok: int, rest: int, share: str, *, found: bool
) -> None:
    summary: Row = (TWO, "summary", "Platform share", "TikTok", None, share)
    assert bool(rules([*platforms(tiktok, rest), summary], "different bases")) is found


def test_names_that_mean_many_things_are_not_joined() -> None:
    rows = [(*row[:3], "Other", *row[4:]) for row in platforms(687, 175)[:1]]
    summary: Row = (TWO, "summary", "Share of others", "Other", None, "76")
    assert rules([*rows, *platforms(10, 9)[1:], summary], "different bases") == []


def schemes(*, several: tuple[int, ...]) -> list[Row]:
    first = zip(("Reputation", "Bullying"), (1230, 1426), strict=True)
    second = zip(("Reputation", "Peer bullying", "Logo"), several, strict=True)
    return [
        *((ONE, "Table 6", "Nature", label, n, None) for label, n in first),
        *((TWO, "Table 5", "Nature (several)", label, n, None) for label, n in second),
    ]


def test_schemes_that_give_more_labels_a_case_are_found() -> None:
    found = rules(schemes(several=(1717, 1500, 1200)), "labels per case")
    assert [label for label, _ in found] == ["Reputation"]
    for words in ("0.99 labels a case", "1.99", "45.9% to 77.4% of cases", "46.3% to 38.9%"):
        assert words in found[0][1]
    assert rules(schemes(several=(1000, 900, 500)), "labels per case") == []


def test_two_bases_in_one_report_are_a_caution_not_a_contradiction() -> None:
    said = {"report": TWO, "kind": "share", "title": "Platform", "label": "TikTok"}
    one = {**said, "where": "summary", "percent": 76, "base": "cases"}
    two = {**said, "where": "chapter", "percent": 83, "base": "recorded"}
    printed = make_printed(CASES)
    both = lint(printed, make_claims(one, two))
    assert both["rule"].tolist() == ["two bases in one report"]
    assert lint(printed, make_claims(one, {**two, "base": ""}))["rule"].tolist() == [
        "one share two ways"
    ]
