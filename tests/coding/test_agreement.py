"""Published values, what must hold for any codings, and what is settled."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from workbench.coding import (
    WHOLE_TEXT,
    by_unit,
    krippendorff_alpha,
    label_table,
    measure_agreement,
    settle,
)
from workbench.coding.agreement import cohen_kappa, gwet_ac1
from workbench.errors import WorkbenchError

pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=40)


def spread(table: Sequence[Sequence[int]]) -> tuple[list[int], list[int]]:
    """Two coders' judgements from their table of counts."""
    cells = [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]
    return [row for row, _ in cells], [column for _, column in cells]


def read(line: str) -> list[str | None]:
    return [None if mark == "." else mark for mark in line.split()]


def codings(
    judgements: dict[str, list[int | None]],
    *,
    dimension: str = "concern",
    texts: list[str] | None = None,
) -> pd.DataFrame:
    many = len(next(iter(judgements.values())))
    ids = texts or [f"C{number:03}" for number in range(many)]
    parts = [
        pd.DataFrame(
            {
                "text_id": ids,
                "sentence": range(many),
                "dimension": dimension,
                "coder": coder,
                "value": pd.array(values, dtype="Int64"),
                "note": "",
            }
        )
        for coder, values in judgements.items()
    ]
    return pd.concat(parts, ignore_index=True)


def test_alpha_gives_the_values_of_krippendorffs_handout() -> None:
    """Krippendorff (2011): two observers, dichotomous; two, nominal; four with gaps, nominal."""
    dichotomous = zip([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0], strict=True)
    assert krippendorff_alpha(list(dichotomous)) == pytest.approx(0.095, abs=5e-4)
    nominal = zip("aabbdcccedda", "babbbccceddd", strict=True)
    assert krippendorff_alpha(list(nominal)) == pytest.approx(0.692, abs=5e-4)
    observers = [
        read("1 2 3 3 2 1 4 1 2 . . ."),
        read("1 2 3 3 2 2 4 1 2 5 . 3"),
        read(". 3 3 3 2 3 4 2 2 5 1 ."),
        read("1 2 3 3 2 4 4 1 2 5 1 ."),
    ]
    gaps = list(zip(*observers, strict=True))
    assert krippendorff_alpha(gaps) == pytest.approx(0.743, abs=5e-4)


def test_kappa_gives_published_values() -> None:
    """Fleiss, Levin and Paik (2003), chapter 18: .68; and the usual 2 × 2 example: .40."""
    assert cohen_kappa(*spread([[75, 1, 4], [5, 4, 1], [0, 0, 10]])) == pytest.approx(
        0.68, abs=5e-3
    )
    assert cohen_kappa(*spread([[20, 5], [10, 15]])) == pytest.approx(0.4)


def test_ac1_keeps_its_head_where_kappa_loses_it() -> None:
    """Gwet (2002): 118 and 0 agreed, 7 not: kappa -.023, AC1 .941."""
    one, other = spread([[118, 5], [2, 0]])
    assert cohen_kappa(one, other) == pytest.approx(-0.0234, abs=5e-5)
    assert gwet_ac1(list(zip(one, other, strict=True))) == pytest.approx(0.9408, abs=5e-5)


@given(pairs)
def test_kappa_is_that_of_scikit_learn(units: list[tuple[int, int]]) -> None:
    one, other = zip(*units, strict=True)
    ours = cohen_kappa(one, other)
    if np.isnan(ours):
        assert len(set(one) | set(other)) == 1
    else:
        assert ours == pytest.approx(cohen_kappa_score(one, other))


@given(pairs, st.randoms())
def test_names_of_categories_and_order_change_nothing(
    units: list[tuple[int, int]], random: object
) -> None:
    named = [tuple("pqr"[value] for value in unit) for unit in reversed(units)]
    for measure in (krippendorff_alpha, gwet_ac1):
        one, other = measure(units), measure(named)
        assert one == pytest.approx(other, nan_ok=True)
        assert np.isnan(one) or one <= 1 + 1e-12


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(WorkbenchError, match="entry for each coder"):
        krippendorff_alpha([(1, 0), (1,)])


def test_each_dimension_has_its_measures_with_intervals() -> None:
    random = np.random.default_rng(1)
    truth = random.integers(0, 2, 200)
    other = np.where(random.random(200) < 0.1, 1 - truth, truth)
    frame = pd.concat(
        [
            codings({"AB": list(truth), "CD": list(other)}),
            codings({"AB": [1, 0, None], "CD": [1, None, None]}, dimension="urgency"),
        ]
    )
    found = measure_agreement(frame, draws=300).set_index("dimension")
    row = found.loc["concern"]
    assert row["n"] == 200
    assert row["agreement"] == pytest.approx((truth == other).mean())
    assert row["kappa"] == pytest.approx(cohen_kappa_score(truth, other))
    for name in ("agreement", "kappa", "alpha", "ac1"):
        assert row[f"{name}_low"] < row[name] < row[f"{name}_high"]
    # The usual standard error of kappa here is .042; a bootstrap should come near it.
    assert row["kappa_high"] - row["kappa_low"] == pytest.approx(4 * 0.042, rel=0.25)
    assert row["share AB"] == pytest.approx(truth.mean())
    assert found.loc["urgency", "n"] == 1
    assert found.loc["urgency", "note"] == "few units with two coders: 1"
    assert np.isnan(found.loc["urgency", "kappa"])


def test_sentences_of_one_text_are_drawn_together() -> None:
    """Ten texts of twenty like sentences are worth ten, not two hundred."""
    agreeing = np.repeat([1, 1, 1, 1, 1, 1, 1, 0, 0, 0], 20)
    frame = {"AB": [1] * 200, "CD": list(agreeing)}
    alone = measure_agreement(codings(frame), draws=300)
    texts = [f"T{number // 20}" for number in range(200)]
    together = measure_agreement(codings(frame, texts=texts), draws=300)
    width = [
        float((found["agreement_high"] - found["agreement_low"]).iloc[0])
        for found in (alone, together)
    ]
    assert width[1] > 3 * width[0]


def test_the_order_of_codings_changes_nothing() -> None:
    random = np.random.default_rng(2)
    frame = codings({"AB": list(random.integers(0, 2, 50)), "CD": list(random.integers(0, 2, 50))})
    mixed = frame.sample(frac=1, random_state=1)
    pd.testing.assert_frame_equal(
        measure_agreement(frame, draws=50), measure_agreement(mixed, draws=50)
    )


def test_more_than_two_coders() -> None:
    frame = codings({"A": [1, 1, 0, 0], "B": [1, 1, 0, 1], "C": [None, 1, 0, 0]})
    row = measure_agreement(frame, draws=50).iloc[0]
    assert row["n"] == 4
    assert row["agreement"] == pytest.approx((1 + 1 + 1 + 1 / 3) / 4)


def test_settling_parts_what_is_agreed_from_what_is_not() -> None:
    frame = codings({"AB": [1, 0, 1, None, None], "CD": [1, 1, None, 0, None]})
    labels, talk_over = settle(frame)
    assert labels["text_id"].tolist() == ["C000", "C002", "C003"]
    assert labels["value"].tolist() == [1, 1, 0]
    assert labels["coders"].tolist() == [2, 1, 1]
    assert talk_over["coder"].tolist() == ["AB", "CD"]
    assert set(talk_over["text_id"]) == {"C001"}


def test_what_the_talk_decided_holds() -> None:
    frame = pd.concat(
        [codings({"AB": [1, 0, 1], "CD": [1, 1, 0]}), codings({"agreed": [None, 0, None]})]
    )
    labels, talk_over = settle(frame, arbiter="agreed")
    assert dict(zip(labels["text_id"], labels["value"], strict=True)) == {"C000": 1, "C001": 0}
    assert set(talk_over["text_id"]) == {"C002"}


def test_labels_lie_in_a_table_by_unit() -> None:
    labels, _ = settle(
        pd.concat([codings({"AB": [1, 0]}), codings({"AB": [None, 1]}, dimension="urgency")])
    )
    table = label_table(labels)
    assert list(table.columns) == ["concern", "urgency"]
    assert table.loc[("C001", 1)].tolist() == [0, 1]
    assert np.isnan(table.loc[("C000", 0), "urgency"])
    whole = label_table(labels.assign(sentence=WHOLE_TEXT))
    assert whole.index.tolist() == ["C000", "C001"]
    assert by_unit(labels).index.names == ["text_id", "sentence"]
