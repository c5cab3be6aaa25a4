"""One table alone: what explains a gap, and which words a gateway adds."""

from __future__ import annotations

import pytest

from tests.compare.printed import Row, make_claims, make_printed
from workbench.compare.lint import lint

YEAR = "2022-23"
CASES: Row = (YEAR, "period", "Cases analysed", "year", 100, None)


def table(*counts: int, title: str = "Phase", **more: int) -> list[Row]:
    rows: list[Row] = [
        (YEAR, "Table 1", title, f"Label {n}", count, None) for n, count in enumerate(counts)
    ]
    return [CASES, *rows, *((YEAR, "Table 1", title, name, n, None) for name, n in more.items())]


def found(rows: list[Row], *claims: dict[str, object]) -> list[str]:
    return lint(make_printed(rows), make_claims(*claims))["rule"].tolist()


@pytest.mark.parametrize(
    ("rows", "rules"),
    [
        (table(60, 40), []),
        (table(60, 30), ["rows miss the total"]),
        (table(60, 30, Unknown=10), []),
        (table(60, 30, Total=90), []),
        (table(60, 30, Total=100), ["own total missed"]),
        (table(60, 30, title="Top two phases"), []),
        (table(60), []),
        (table(60, 50), ["rows exceed the total"]),
        (table(60, 50, title="Issues (several may apply)"), []),
        (table(60, 30, title="Issues (several may apply)"), ["several yet too few"]),
        (table(101, 5), ["rows exceed the total", "part exceeds the whole"]),
        (table(60, 41)[1:], []),  # how many cases there are is not printed
    ],
)
def test_sums(rows: list[Row], rules: list[str]) -> None:
    assert found(rows) == rules


def test_a_claim_can_say_that_several_labels_apply() -> None:
    said = {"report": YEAR, "kind": "several", "title": "phase"}
    assert found(table(60, 50), said) == []
    assert found(table(60, 30), said) == ["several yet too few"]
    assert found(table(60, 50), {**said, "report": "2021-22"}) == ["rows exceed the total"]


def words(**counts: int) -> list[Row]:
    title = "Top words in subject lines"
    return [(YEAR, "Table 5", title, word, n, None) for word, n in counts.items()]


@pytest.mark.parametrize(
    ("rows", "label"),
    [
        (words(Account=900, Caution=61, Outside=60, Originated=59), "Caution, Outside, Originated"),
        (words(Account=900, External=61, Outside=20), "External"),
        (words(Account=900, Outside=61, Warning=60, Email=30), None),
    ],
)
def test_words_of_gateways(rows: list[Row], label: str | None) -> None:
    findings = lint(make_printed(rows))
    assert findings["label"].tolist() == ([label] if label else [])


def test_the_study_can_name_further_banner_words() -> None:
    findings = lint(make_printed(words(Account=900, Extern=61)), banners=["extern"])
    assert findings["label"].tolist() == ["Extern"]


@pytest.mark.parametrize(
    ("shares", "rules"),
    [
        (("33.3", "33.3", "33.3"), []),
        (("33", "33", "33"), []),
        (("30", "30", "30"), ["percentages miss 100"]),
        (("60", "60", "5"), ["percentages miss 100"]),
    ],
)
def test_percentages_alone_sum_to_100_as_far_as_they_are_rounded(
    shares: tuple[str, ...], rules: list[str]
) -> None:
    rows: list[Row] = [
        (YEAR, "T", "Route", f"Label {n}", None, share) for n, share in enumerate(shares)
    ]
    assert found(rows) == rules
