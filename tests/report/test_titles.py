"""Titles of figures: the first thing that a frame shows, and no more than it shows."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.compare.intervals import wilson
from workbench.compare.shares import EVERYONE
from workbench.report.titles import (
    title_of_arrivals,
    title_of_messages,
    title_of_months,
    title_of_replies,
    title_of_shares,
    title_of_stability,
    title_of_takedowns,
    title_of_targets,
    title_of_together,
    title_of_urgency,
)


def shares_of(counts: dict[str, dict[str, int]], *, base: int = 1000, cases: int = 1000):
    """A comparison frame as far as titles read it: counts by group and label."""
    rows = [
        (label, group, n, base, cases, n / base, *(float(end[0]) for end in wilson([n], [base])))
        for group, own in counts.items()
        for label, n in own.items()
    ]
    columns = ["label", "group", "n", "base", "cases", "share", "low", "high"]
    return pd.DataFrame(rows, columns=pd.Index(columns))


YEARS = ("2022-23", "2023-24")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        (
            {"TikTok": 797, "X": 100},
            {"TikTok": 829, "X": 90},
            "Platform: TikTok leads with 82.9% in 2023-24, after 79.7% in 2022-23",
        ),
        (
            {"TikTok": 100, "X": 300},
            {"TikTok": 400, "X": 90},
            "Platform: TikTok leads with 40.0% in 2023-24; most in 2022-23 was X (30.0%)",
        ),
        (
            {"TikTok": 100, "X": 300},
            {"TikTok": 301, "X": 300},
            "Platform: no clear lead in 2023-24 (TikTok 30.1%, X 30.0%)",
        ),
        ({"Yes": 707, "No": 293}, {"Yes": 701, "No": 299},
         "Platform: yes for 70.1% in 2023-24, after 70.7% in 2022-23"),
        ({"A, b": 900}, {"A, b": 950},
         "Platform: “A, b” leads with 95.0% in 2023-24, after 90.0% in 2022-23"),
    ],
)  # fmt: skip
def test_the_leader_is_named_with_its_share_where_it_leads_clearly(first, second, said):
    frame = shares_of(dict(zip(YEARS, (first, second), strict=True)))
    assert title_of_shares(frame, "Platform") == said


def test_the_base_is_said_where_many_cases_lack_the_field():
    frame = shares_of({"2023-24": {"A": 300, "B": 90}}, base=500)
    said = title_of_shares(frame, "Host")
    assert said == "Host: A leads with 60.0% of cases with it recorded in 2023-24"
    answers = shares_of({EVERYONE: {"Yes": 300, "No": 200}}, base=500)
    assert title_of_shares(answers, "Sent on") == "Sent on: yes for 60.0% of cases with it recorded"


def test_hidden_and_few_counts_lead_nothing():
    few = shares_of({"2023-24": {"A": 4, "B": 0}}, base=4)
    assert "no clear lead" in title_of_shares(few, "Host")
    hidden = few.assign(share=float("nan"))
    assert title_of_shares(hidden, "Host") == "Host"


@given(st.dictionaries(st.sampled_from("ABCDE"), st.integers(0, 500), min_size=1))
def test_a_title_names_a_leader_only_if_none_other_has_a_larger_share(counts):
    said = title_of_shares(shares_of({EVERYONE: counts}), "Field")
    if "leads" in said:
        name = said.removeprefix("Field: ")[0]
        assert counts[name] == max(counts.values())
        assert list(counts.values()).count(counts[name]) == 1


def test_targets_that_two_tones_share_are_named_once():
    frame = shares_of(
        {
            "Frustration": {"The platform": 825, "The helpline": 90},
            "Bluntness": {"The platform": 503, "The helpline": 363},
            "Aggression": {"The platform": 100, "Whoever posted": 700},
        }
    )
    assert title_of_targets(frame) == (
        "Frustration (82.5%) and bluntness (50.3%) are most often directed at the platform; "
        "aggression (70.0%) at whoever posted"
    )
    assert title_of_targets(frame.head(0)) == "At whom tones are directed"


def test_takedowns_name_the_most_reported_and_the_least_removed_of_many():
    rows = [
        ("2022-23", "TikTok", 10, 1000), ("2023-24", "TikTok", 967, 1000),
        ("2023-24", "WhatsApp", 17, 45), ("2023-24", "Tiny", 0, 3),
    ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=pd.Index(["period", "platform", "n", "base"]))
    frame["share"] = frame["n"] / frame["base"]
    assert title_of_takedowns(frame) == (
        "TikTok removed 96.7% of 1,000 addresses reported in 2023-24, WhatsApp 37.8% of 45"
    )
    assert title_of_takedowns(frame.head(1)).endswith("reported in 2022-23")


def test_replies_arrivals_and_urgency_tell_the_last_period():
    summary = pd.DataFrame(
        {"group": YEARS, "median": [2.0, 1.86], "aim": [3.0, 3.0], "share": [0.7, 0.74]}
    )
    assert title_of_replies(summary) == (
        "Half of first replies came within 1.9 staffed hours, 74.0% within the aim of 3 in 2023-24"
    )
    assert "aim" not in title_of_replies(summary.assign(aim=float("nan")))
    assert title_of_replies(None) == "How soon enquiries had a first reply"
    staffed = shares_of(
        {"2022-23": {"In staffed hours": 535}, "2023-24": {"In staffed hours": 536}}
    )
    assert title_of_arrivals(staffed) == (
        "Enquiries by weekday and hour: 53.6% arrived in staffed hours in 2023-24, "
        "after 53.5% in 2022-23"
    )
    bins = pd.DataFrame({"bin": ["no sign", "strong"], "period": "2023-24", "share": [0.78, 0.012]})
    assert title_of_urgency(bins) == (
        "Of the enquiries of 2023-24, 78.0% show no sign of urgency and 1.2% a strong one"
    )


def test_tones_together_and_themes_that_hold():
    pairs = pd.DataFrame(
        {
            "one": ["frustration", "urgency", "concern"],
            "other": ["helplessness", "bluntness", "aggression"],
            "n": [200, 90, 2], "lift": [1.5, 1.8, 9.0], "p_adjusted": [0.001, 0.001, 0.001],
        }
    )  # fmt: skip
    assert title_of_together(pairs).startswith("Urgency and bluntness show together 1.8 times")
    none = title_of_together(pairs.assign(p_adjusted=0.5))
    assert none == "No two tones show together clearly more often than by chance"
    themes = pd.DataFrame({"theme": [0, 1, 2], "level": [0, 0, 1], "stability": [0.8, 0.6, 0.9]})
    assert title_of_stability(themes).startswith("1 of 2 main themes comes back firmly")


def months_of(*rows, base=200):
    """Months set against September 2022: label, month, share, difference and p."""
    names = ["label", "group", "share", "difference", "p_adjusted"]
    frame = pd.DataFrame(rows, columns=names)
    n = (frame["share"] * base).round()
    return frame.assign(reference="2022-09", base=base, n=n, low=0.0, high=1.0)


def test_the_month_that_differs_most_surely_is_named_with_where_it_came_from():
    frame = months_of(
        ("Films, fights", "2023-03", 0.32, 0.17, 0.0004),
        ("Pages", "2023-03", 0.38, -0.14, 0.02),
        ("Pages", "2022-09", 0.52, float("nan"), float("nan")),
    )
    assert title_of_months(frame, "Themes") == (
        "Themes: “Films, fights” rose clearly from 15.0% in September 2022 to 32.0% in March 2023"
    )
    fell = title_of_months(frame.iloc[1:], "Themes")
    assert fell == "Themes: Pages fell clearly from 52.0% in September 2022 to 38.0% in March 2023"


def test_months_without_a_clear_difference_few_or_hidden_claim_nothing():
    frame = months_of(("Films", "2023-03", 0.32, 0.17, 0.2))
    none = title_of_months(frame, "Themes")
    assert none == "Themes: no month differs clearly from September 2022"
    few = months_of(("Films", "2023-03", 0.32, 0.17, 0.001), base=20)
    assert title_of_months(few, "Themes") == "Themes"
    hidden = frame.assign(p_adjusted=float("nan"))
    assert title_of_months(hidden, "Themes") == "Themes"


def test_messages_say_how_many_tones_clearly_show_less_or_more():
    rows = [
        ("0", "concern", 0.21, 0.19, 0.23, 900),
        ("0", "thanks", 0.10, 0.08, 0.12, 900),
        ("0", "urgency", 0.12, 0.10, 0.14, 900),
        ("1", "concern", 0.05, 0.03, 0.07, 300),
        ("1", "thanks", 0.30, 0.26, 0.34, 300),
        ("1", "urgency", 0.11, 0.08, 0.15, 300),
        ("2", "concern", 0.90, 0.60, 0.99, 5),
    ]
    names = ["message", "dimension", "share", "low", "high", "base"]
    frame = pd.DataFrame(rows, columns=names)
    assert title_of_messages(frame) == (
        "From the enquiry to message 1, 1 of 3 tones shows clearly less often, 1 more often"
    )
    none = frame.assign(low=0.0, high=1.0)
    assert "none of 3 tones show clearly less often, none more often" in title_of_messages(none)
    alone = frame[frame["message"] == "0"]
    assert title_of_messages(alone) == "Tones from message to message"
