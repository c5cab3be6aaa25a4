"""Which numbers in running text are figures, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.report.masking import own_text, place_of, sentences_of, without_comments
from workbench.report.typed_numbers import find_periods, find_typed_numbers


def figures(text: str) -> list[str]:
    return [number.text for number in find_typed_numbers(own_text(text))]


@pytest.mark.parametrize(
    "text",
    [
        "In 2022-23 and 2023–24, since 2019, in the 2020s, by May 2024",
        "On 1 March 2023, March 5, 2023, the 3rd of June, 2023-03-01 and 01/03/2023",
        "At 10:30 am, 9 am to 4 pm, round the clock, 24/7",
        "Year 9, Years 7 to 11, Years 7, 8 and 9 pupils, Key Stage 3, KS3",
        "Ring 999 or 101, 0808 800 5000, 0344 381 4772 or 0800 1111",
        "aged 11 to 18, a 13-year-old, under-18s, children under 13, ages 5 and 6",
        "the Defamation Act 2013 and the Online Safety Act 2023",
        "section 4, Part 2, page 12, Windows 11, COVID-19, 4chan",
        "the 95% interval and 95% confidence",
        "two years, three working hours, one of them, both, once, three of us",
        "1. one\n2. two\n\n## 3. A heading\n\nA note[^1] and `code 12` and [a link](https://a.example/12)",
        "> A quote with 12 cases in it\n\n<!-- 40 cases -->",
        "{{ share('x', 'y', period='2022-23') }} and {{ count('x', 'Year 9') }}",
        "wait and see, for a second, on the other hand, a hundred times",
    ],
)
def test_no_figure(text):
    assert figures(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("took 77.2% of 2,219 cases", ["77.2%", "2,219"]),
        ("12 cases, 7 schools and 5 pupils", ["12", "7", "5"]),
        ("rose by 3.1 points to 40 per cent", ["3.1", "40 per cent"]),
        ("2019 cases, in 12 of them", ["2019", "12"]),
        ("over 50 of them; under 12%", ["50", "12%"]),
        ("about forty primary schools", ["forty primary schools"]),
        (
            "two thirds of enquiries and half of the cases",
            ["two thirds of enquiries", "half of the cases"],
        ),
        ("one in five schools", ["one in five"]),
        ("a hundred cases and dozens of enquiries", ["a hundred cases", "dozens of enquiries"]),
        ("3/4 of schools, 1.5 labels, £500, 12k views", ["3/4", "1.5", "£500", "12k"]),
        ("Year 9: 45%", ["45%"]),
    ],
)
def test_figures(text, found):
    assert figures(text) == found


@given(st.integers(0, 99_999), st.sampled_from(["cases", "enquiries", "schools"]))
def test_any_count_before_a_unit_is_found_where_it_stands(n, unit):
    text = f"A line.\nThere were {n:,} {unit} of it."
    [number] = find_typed_numbers(own_text(text))
    assert place_of(text, number.start) == (2, 12)
    assert number.text == f"{n:,}"


@given(st.text(alphabet="ab {}<!->\n\"'`>#[]()1%.", max_size=80))
def test_masking_keeps_every_place(text):
    masked = own_text(text)
    assert len(masked) == len(text)
    assert [i for i, c in enumerate(masked) if c == "\n"] == [
        i for i, c in enumerate(text) if c == "\n"
    ]
    assert len(without_comments(text)) == len(text)


def test_sentences_end_where_they_end():
    text = "One of 2.5 points. Two (so). “Three.” {{ x }} is four.\n- five\n- six"
    masked = own_text(text)
    assert [masked[a:b].strip()[:4] for a, b in sentences_of(masked)] == [
        "One ",
        "Two ",
        "“Thr",
        "\ue000" * 4,
        "- fi",
        "- si",
    ]


def test_periods_are_found_by_name_and_as_school_years():
    assert find_periods("In 2021-22, and 2022–23", ["2022-23"]) == {"2021-22", "2022-23"}
    assert find_periods("the Summer wave", ["Summer"]) == {"Summer"}
