"""What lint finds in the published reports, in planted errors, and in clean tables: nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.compare.printed import Row, make_claims, make_printed
from tests.compare.test_published import FIELDS
from workbench.compare.lint import FINDING_COLUMNS, RULES, has_contradictions, lint, lint_rules
from workbench.compare.linting.claims import read_claims
from workbench.compare.linting.findings import SEVERITIES
from workbench.compare.published import read_published

Found = tuple[str, str, str]

NATURE = "Table 6 (Nature of enquiries)"
PLATFORMS = "Table 4 (Social media platforms hosting concerning content)"
WORDS = "Table 5 (Top 20 words in email subject headings)"
BOTH = "2022-23 and 2023-24"
REFERRED = "Referred to a platform for takedown"

# What each note says, as (rule, report, table); None where it names no contradiction.
NOTES: dict[str, Found | None] = {
    "the two routes sum to 2,525, not 2,678": (
        "rows miss the total",
        "2022-23",
        "channel (Route of enquiry)",
    ),
    "the rows sum to 2,522, not 2,678": (
        "rows miss the total",
        "2022-23",
        "Table 1 (Type of enquirer)",
    ),
    "Designated Safeguarding Lead": None,
    "Multi-Academy Trust": None,
    "named for a part of the cases only": ("rows miss the total", "2022-23", PLATFORMS),
    "an e-mail gateway banner": ("banner words", "2022-23", WORDS),
    "the same share is printed in both reports": ("repeated unchanged", BOTH, REFERRED),
    "rows sum to 2,656, fewer than": ("several yet too few", "2022-23", NATURE),
    "there were none this year": ("table against sentence", "2022-23", NATURE),
    "Instagram was the predominant platform": None,
    "printed as 76% of cases in the summary and conclusions": (
        "one share two ways",
        "2023-24",
        "Platform share",
    ),
    "says over 4000": None,  # 4,064 is over 4,000
}


@pytest.fixture(scope="module")
def printed(root: Path) -> pd.DataFrame:
    return read_published(sorted((root / "corpora" / "published").glob("figures_*.csv")))


@pytest.fixture(scope="module")
def claims(root: Path) -> pd.DataFrame:
    return read_claims(root / "corpora" / "published" / "claims.csv")


@pytest.fixture(scope="module")
def findings(printed: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    return lint(printed, claims)


def places(findings: pd.DataFrame) -> list[Found]:
    return list(findings[["rule", "report", "table"]].itertuples(index=False, name=None))


def test_every_contradiction_noted_is_found(printed: pd.DataFrame, findings: pd.DataFrame) -> None:
    for note in printed.loc[printed["note"] != "", "note"].unique():
        meant = [found for words, found in NOTES.items() if words in note]
        assert len(meant) == 1, f"say in NOTES what this note means: {note}"
        if meant[0] is not None:
            assert places(findings).count(meant[0]) == 1, note


@pytest.mark.parametrize(
    ("rule", "label", "numbers"),
    [
        ("different bases", "TikTok", ["25.7%", "79.7%", "93.5%", "76%", "2,678", "862"]),
        ("labels per case", "Online Reputation", ["0.99", "45.9%", "77.4%", "46.3%", "48.5%"]),
        ("labels per case", "Sexual Harassment", ["0.99", "2.46"]),
        ("small groups", "Primary", ["79", "2,157", "0.32", "4.6%"]),
        ("selection", "TikTok", ["more readily"]),
    ],
)
def test_the_further_traps_are_found(
    findings: pd.DataFrame, rule: str, label: str, numbers: list[str]
) -> None:
    rows = findings[(findings["rule"] == rule) & (findings["label"] == label)]
    assert len(rows)
    assert all(number in rows.iloc[0]["finding"] for number in numbers)


def test_nothing_else_is_found(findings: pd.DataFrame) -> None:
    """Each finding is a note or a known trap; tables without a note that fall short are two."""
    assert findings["rule"].value_counts().to_dict() == {
        "rows miss the total": 5,
        "labels per case": 2,
        "selection": 2,
        "one share two ways": 1,
        "table against sentence": 1,
        "several yet too few": 1,
        "repeated unchanged": 1,
        "different bases": 1,
        "banner words": 1,
        "small groups": 1,
        "not checked": 1,
    }
    assert list(dict.fromkeys(findings["severity"])) == list(SEVERITIES)
    assert has_contradictions(findings)


def test_the_notes_are_never_read(
    printed: pd.DataFrame, claims: pd.DataFrame, findings: pd.DataFrame
) -> None:
    for changed in (
        printed.assign(note=""),
        printed.assign(note="rows sum to 1, none this year, 12%"),
        printed.drop(columns=["note", "file", "row"]),
    ):
        pd.testing.assert_frame_equal(lint(changed, claims), findings)
    pd.testing.assert_frame_equal(lint(printed, claims.assign(comment="")), findings)


def test_the_order_of_the_rows_plays_no_part(
    printed: pd.DataFrame, claims: pd.DataFrame, findings: pd.DataFrame
) -> None:
    turned = lint(printed[::-1], claims[::-1])
    order = ["rule", "report", "table", "label"]
    one, other = (
        frame.sort_values(order)[[*order, "printed", "against"]].reset_index(drop=True)
        for frame in (turned, findings)
    )
    banner = one["rule"] == "banner words"  # lists its words as printed
    one.loc[banner, "label"] = other.loc[banner, "label"]
    pd.testing.assert_frame_equal(one, other)


def test_the_study_joins_titles_of_one_field(
    printed: pd.DataFrame, claims: pd.DataFrame, findings: pd.DataFrame
) -> None:
    """The words of [published.fields] bring no further finding, and take none away."""
    with_fields = lint(printed, claims, fields=FIELDS, banners=["caution"])
    assert sorted(places(with_fields)) == sorted(places(findings))


def test_rules_are_listed_for_the_researcher() -> None:
    rules = lint_rules()
    assert list(rules.columns) == ["rule", "severity", "explanation", "advice"]
    assert rules["rule"].is_unique
    assert len(rules) == len(RULES)
    assert (rules["explanation"].str.len() > 30).all()
    assert set(rules["severity"]) == set(SEVERITIES)


# Clean tables, and what happens when one thing in them is wrong.

YEARS = ("2021-22", "2022-23")
LABELS = ("Bullying", "Image sharing", "Impersonation", "Threats")


def as_percent(count: int, cases: int, decimals: int) -> str:
    return f"{100 * count / cases:.{decimals}f}"


@st.composite
def clean_rows(draw: st.DrawFn) -> list[Row]:
    """Two years: a table of one label a case, one of several, and one of words.

    Counts are even in the one year and odd in the other, so that none repeats by chance.
    """
    decimals = draw(st.integers(0, 3))
    rows: list[Row] = []
    for number, year in enumerate(YEARS):
        parts = draw(
            st.lists(st.integers(40, 900), min_size=5, max_size=5, unique=True).map(
                lambda counts, odd=number: [2 * count + odd for count in counts]
            )
        )
        cases = sum(parts)
        several = [parts[place] + parts[(place + 1) % 4] for place in range(4)]
        rows.append((year, "period", "Cases analysed", "whole year", cases, None))
        for label, count in zip([*LABELS, "Not recorded"], parts, strict=True):
            share = as_percent(count, cases, decimals)
            rows.append((year, "Table 1", "Main issue", label, count, share))
        rows += [
            (
                year,
                "Table 2",
                "All issues (several allowed)",
                f"{label} of pupils",
                count + number,
                None,
            )
            for label, count in zip(LABELS, several, strict=True)
        ]
        rows += [
            (year, "Table 3", "Top words in subject lines", word, count + number, None)
            for word, count in (("Account", 2 * cases), ("School", 2 * parts[0]), ("Outside", 52))
        ]
    return rows


@settings(max_examples=25)
@given(clean_rows())
def test_clean_tables_give_no_finding(rows: list[Row]) -> None:
    findings = lint(make_printed(rows))
    assert findings.empty, findings["finding"].tolist()


def change(
    rows: list[Row], place: int, *, count: int | None = None, percent: str | None = None
) -> list[Row]:
    report, table, title, label, old_count, old_percent = rows[place]
    new = (report, table, title, label, count if count is not None else old_count, percent)
    return [*rows[:place], (*new[:5], percent or old_percent), *rows[place + 1 :]]


def fewer(rows: list[Row]) -> list[Row]:
    return change(rows, 5, count=(rows[5][4] or 0) - 7)


def more(rows: list[Row]) -> list[Row]:
    return change(rows, 5, count=(rows[5][4] or 0) + 7)


def wrong_share(rows: list[Row]) -> list[Row]:
    return change(rows, 2, percent=str(float(rows[2][5] or 0) + 3))


def too_many(rows: list[Row]) -> list[Row]:
    return change(rows, 7, count=(rows[0][4] or 0) + 1)


def below_zero(rows: list[Row]) -> list[Row]:
    return change(rows, 6, count=-3)


def above_hundred(rows: list[Row]) -> list[Row]:
    return [*rows, ("2021-22", "summary", "Share answered", "Answered", None, "101")]


def twice(rows: list[Row]) -> list[Row]:
    return [*rows, (*rows[7][:3], rows[7][3].upper(), rows[7][4], None)]


def wrong_total(rows: list[Row]) -> list[Row]:
    return [*rows, (*rows[1][:3], "Total", (rows[0][4] or 0) - 1, None)]


def same_again(rows: list[Row]) -> list[Row]:
    first = next(row for row in rows if row[3] == "Account")
    place = [place for place, row in enumerate(rows) if row[3] == "Account"][1]
    return change(rows, place, count=first[4])


def banner(rows: list[Row]) -> list[Row]:
    return [*rows, ("2021-22", "Table 3", "Top words in subject lines", "Caution", 50, None)]


def two_ways(rows: list[Row]) -> list[Row]:
    return [
        *rows,
        ("2022-23", "summary", "Share answered", "Answered", None, "80"),
        ("2022-23", "Table 9", "Share answered", "Answered", None, "81.2"),
    ]


def short_percents(rows: list[Row]) -> list[Row]:
    shares = (("Web", "60"), ("Phone", "35"))
    return [*rows, *(("2022-23", "Table 8", "Route", way, None, p) for way, p in shares)]


@pytest.mark.parametrize(
    ("plant", "rule"),
    [
        (fewer, "rows miss the total"),
        (more, "rows exceed the total"),
        (wrong_share, "share does not follow"),
        (too_many, "part exceeds the whole"),
        (below_zero, "impossible figure"),
        (above_hundred, "impossible figure"),
        (twice, "label twice"),
        (wrong_total, "own total missed"),
        (same_again, "repeated unchanged"),
        (banner, "banner words"),
        (two_ways, "one share two ways"),
        (short_percents, "percentages miss 100"),
    ],
)
@settings(max_examples=4)
@given(rows=clean_rows())
def test_one_planted_error_is_found(
    plant: Callable[[list[Row]], list[Row]], rule: str, rows: list[Row]
) -> None:
    assert rule in set(lint(make_printed(plant(rows)))["rule"])
    assert rule not in set(lint(make_printed(rows))["rule"])


@settings(max_examples=10)
@given(rows=clean_rows(), gap=st.integers(1, 50))
def test_a_sentence_is_held_against_its_table(rows: list[Row], gap: int) -> None:
    report, _, title, label, count, _ = rows[2]
    said = {"report": report, "kind": "count", "title": title, "label": label, "n": count}
    right = make_claims(
        said,
        {**said, "n": (count or 0) - 1, "how": "over"},
        {"report": report, "kind": "first", "title": title, "label": commonest(rows, title)},
    )
    wrong = make_claims({**said, "n": (count or 0) + gap})
    assert lint(make_printed(rows), right).empty
    found = lint(make_printed(rows), wrong)
    assert found["rule"].tolist() == ["table against sentence"]
    assert found[["printed", "against"]].to_numpy().tolist() == [[(count or 0) + gap, count]]


def commonest(rows: list[Row], title: str) -> str:
    first = [row for row in rows if row[0] == YEARS[0] and row[2] == title]
    return max(first, key=lambda row: row[4] or 0)[3]


def test_an_empty_table_and_a_wrong_frame() -> None:
    findings = lint(make_printed([]))
    assert findings.empty
    assert tuple(findings.columns) == FINDING_COLUMNS
    assert not has_contradictions(findings)
    with pytest.raises(Exception, match="not printed figures: report, table"):
        lint(pd.DataFrame({"title": ["x"]}))
