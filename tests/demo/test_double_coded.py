"""The double-coded sample is drawn from the later year and follows the crosswalk, with errors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

from tests.demo.conftest import Rows
from workbench.demo.double_coded import AGREES, SIZE, double_code


def test_two_hundred_cases_with_their_recorded_labels(
    demo_rows: Callable[[str], Rows], cases: dict[str, Rows]
) -> None:
    rows = demo_rows("double_coded.csv")
    recorded = {row["Case ID"]: row["Categories"] for row in cases["2023-24"]}
    assert len(rows) == SIZE == len({row["case_id"] for row in rows})
    assert all(row["later"] == recorded[row["case_id"]] != "" for row in rows)
    assert [row["case_id"] for row in rows] == sorted(row["case_id"] for row in rows)


def test_the_coder_mostly_keeps_to_the_crosswalk(demo_rows: Callable[[str], Rows]) -> None:
    links = {(row["earlier"], row["later"]) for row in demo_rows("crosswalk.csv") if row["earlier"]}
    rows = demo_rows("double_coded.csv")
    first = [(row["earlier"].split("; "), row["later"].split("; ")) for row in rows]
    follows = [any((e, l) in links for e in old for l in new) for old, new in first]  # noqa: E741
    assert AGREES <= sum(follows) / SIZE < 1
    numbers = Counter(len(old) for old, _ in first)
    assert set(numbers) == {1, 2}
    assert numbers[1] > 0.9 * SIZE


def test_another_seed_draws_other_cases(demo_folder: Path) -> None:
    later = {f"K{n}": ["Racism"] if n % 2 else ["Students Under 13"] for n in range(300)}
    counts = {"Hate Speech": 6, "Other": 122}
    walk = demo_folder / "crosswalk.csv"
    one, other = (double_code(later, counts, walk, seed) for seed in (1, 2))
    assert one == double_code(later, counts, walk, 1)
    assert {row[0] for row in one} != {row[0] for row in other}
    racism = [row[1] for row in one if row[2] == "Racism"]
    assert sum("Hate Speech" in label for label in racism) >= 0.85 * len(racism)
