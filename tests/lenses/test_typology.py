"""What is described against what was recorded: every case in one cell, gaps left out."""

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.compare.intervals import wilson
from workbench.lenses.typology import (
    ANY_KIND,
    KIND,
    NO_KIND,
    NOT_DESCRIBED,
    NOT_RECORDED,
    OTHERWISE,
    SO,
    recorded_as,
    typology_table,
)

KINDS = ("Shaming", "Doxxing", "Stalking")
# case, category, kinds described
CASES = (
    ("A", ["Bullying"], ["Shaming"]),
    ("B", ["Peer bullying", "Other"], ["Shaming", "Doxxing"]),
    ("C", ["Other"], ["Shaming"]),
    ("D", ["Bullying"], []),
    ("E", ["Other"], []),
    ("F", [], ["Doxxing"]),
)


def log_and_described():
    rows = [
        {"case_id": name, "period": "2023-24", "date": "2023-10-01", "category": labels}
        for name, labels, _ in CASES
    ]
    pairs = [(name, kind) for name, _, kinds in CASES for kind in kinds]
    return make_log(rows), pd.DataFrame(pairs, columns=["case_id", "label"])


def test_a_case_is_recorded_so_by_any_of_the_labels_and_one_without_the_field_is_left_out():
    log, _ = log_and_described()
    found = recorded_as(log, {"category": ("Bullying", "Peer bullying")})
    assert dict(zip(found["case_id"], found["label"], strict=True)) == {
        "A": SO, "B": SO, "C": OTHERWISE, "D": SO, "E": OTHERWISE,
    }  # fmt: skip


def test_each_kind_any_none_and_what_either_misses_are_counted():
    log, described = log_and_described()
    recorded = recorded_as(log, {"category": ("Bullying", "Peer bullying")})
    table = typology_table(described, recorded, kinds=KINDS)
    assert table[["row", "name", "n", "base"]].to_numpy().tolist() == [
        [KIND, "Shaming", 2, 3],
        [KIND, "Doxxing", 1, 1],
        [KIND, "Stalking", 0, 0],
        [ANY_KIND, "Any of these", 2, 3],
        [NO_KIND, "None of these", 1, 2],
        [NOT_DESCRIBED, "Recorded so, none described", 1, 3],
        [NOT_RECORDED, "Described, not recorded so", 1, 3],
    ]
    assert table["share"].iloc[0] == pytest.approx(2 / 3)
    assert table["low"].iloc[0] == pytest.approx(wilson([2], [3])[0][0])
    assert pd.isna(table["share"].iloc[2])
    both = table.set_index("row").loc[[ANY_KIND, NO_KIND]]
    assert both["base"].sum() == len(recorded)
    assert both["n"].sum() == (recorded["label"] == SO).sum()


def test_the_order_of_cases_does_not_matter():
    log, described = log_and_described()
    recorded = recorded_as(log, {"category": ("Bullying",)})
    turned = typology_table(described.iloc[::-1], recorded.iloc[::-1], kinds=KINDS)
    pd.testing.assert_frame_equal(turned, typology_table(described, recorded, kinds=KINDS))
