"""Blocks part the labels, and their grades claim no more than the links say."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.compare.crosswalks import EARLIER, LATER, make_crosswalking, swapped
from workbench.compare.scheme_blocks import GRADES, find_blocks, list_blocks

LINKS = st.lists(
    st.tuples(
        st.sampled_from(EARLIER), st.sampled_from(LATER), st.sampled_from(["narrower", "broader"])
    ),
    max_size=8,
    unique_by=lambda link: link[:2],
)


@pytest.mark.parametrize(
    ("links", "members", "grade", "why"),
    [
        ([("A", "V", "exact")], ("A", "V"), "exact", ""),
        ([("A", "V", "narrower"), ("A", "W", "narrower")], ("A", "VW"), "as a group", ""),
        ([("A", "V", "broader"), ("B", "V", "broader")], ("AB", "V"), "as a group", ""),
        ([("A", "V", "narrower")], ("A", "V"), "doubtful", "covers only a part"),
        ([("A", "V", "broader")], ("A", "V"), "doubtful", "covers more"),
        (
            [("A", "V", "narrower"), ("A", "W", "broader")],
            ("A", "VW"),
            "doubtful",
            "not all of its links say 'narrower'",
        ),
        (
            [("A", "V", "narrower"), ("A", "W", "narrower"), ("B", "W", "narrower")],
            ("AB", "VW"),
            "doubtful",
            "parts of several labels",
        ),
        (
            [("A", "V", "narrower"), ("A", "W", "narrower", "new heading")],
            ("A", "VW"),
            "doubtful",
            r"W \(new heading\)",
        ),
        (
            [("A", "V", "broader", "unsure"), ("B", "V", "broader", "unsure")],
            ("AB", "V"),
            "doubtful",
            r"^A, B \(unsure\)$",
        ),
        ([("A", "V", "exact", "a catch-all")], ("A", "V"), "doubtful", r"^V \(a catch-all\)$"),
        ([("A", "", "none")], ("A", ""), "not comparable", "no counterpart .* of 2023-24$"),
        ([("", "V", "none")], ("", "V"), "not comparable", "no counterpart .* of 2022-23$"),
    ],
)
def test_grades_follow_from_the_links(links, members, grade, why) -> None:
    blocks = find_blocks(make_crosswalking(links))
    named = {("".join(block.earlier), "".join(block.later)): block for block in blocks}
    block = named[members]
    assert block.comparability == grade
    assert re.search(why, block.why)
    assert bool(block.why) == (grade in GRADES[2:])


@given(LINKS)
def test_every_label_is_in_one_block(links) -> None:
    blocks = find_blocks(make_crosswalking(links))
    assert sorted(label for block in blocks for label in block.earlier) == sorted(EARLIER)
    assert sorted(label for block in blocks for label in block.later) == sorted(LATER)
    block_of = {("e", x): b.name for b in blocks for x in b.earlier}
    block_of |= {("l", x): b.name for b in blocks for x in b.later}
    assert all(block_of["e", one] == block_of["l", other] for one, other, _ in links)
    assert len({block.name for block in blocks}) == len(blocks)


@given(LINKS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(links, random) -> None:
    mixed = list(links)
    random.shuffle(mixed)
    assert find_blocks(make_crosswalking(mixed)) == find_blocks(make_crosswalking(links))


@given(LINKS)
def test_read_the_other_way_the_blocks_are_the_same(links) -> None:
    walk = make_crosswalking(links)
    there = {(b.earlier, b.later, b.comparability) for b in find_blocks(walk)}
    back = {(b.later, b.earlier, b.comparability) for b in find_blocks(swapped(walk))}
    assert there == back


def test_labels_that_no_row_mentions_are_not_comparable() -> None:
    blocks = find_blocks(make_crosswalking([("A", "V", "exact")], whole=False))
    assert {b.comparability for b in blocks if b.name != "A"} == {"not comparable"}
    assert blocks[1].why == "no row of the crosswalk mentions it"


def test_blocks_that_would_be_called_alike_are_told_apart() -> None:
    same = ("Other", "Sexting")
    walk = make_crosswalking([("Sexting", "Sexting", "exact")], same, same)
    assert [block.name for block in find_blocks(walk)] == [
        "Sexting", "Other (2022-23)", "Other (2023-24)",
    ]  # fmt: skip


def test_the_table_of_blocks_starts_with_those_that_compare() -> None:
    links = [("C", "Y", "exact"), ("B", "V", "broader"), ("D", "V", "broader")]
    table = list_blocks(make_crosswalking(links))
    assert table["label"].tolist() == ["V", "C", "A", "W", "X", "Z"]
    assert table.loc[0, ["earlier_labels", "later_labels"]].tolist() == ["B; D", "V"]
