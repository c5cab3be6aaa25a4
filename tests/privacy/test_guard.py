"""Linked tables on their way out: what an intruder could work out, and what the guard does."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import ExportError
from workbench.privacy.attack_tables import (
    bound_counts,
    check_release,
    connect_cells,
    interval_of,
)
from workbench.privacy.disclosure import protect_counts
from workbench.privacy.guard import RefusalError, _given_away
from workbench.privacy.linked import LEFT, Links, where
from workbench.privacy.linked_tables import (
    EXEMPT,
    MENDED,
    RELEASED,
    WITHHELD,
    Layout,
    describe_release,
    protect_linked,
    read_cells,
)
from workbench.study import Disclosure

RULE = Disclosure()
SMALL = Disclosure(hide_up_to=2, round_to=3, uncertain=2)
ONE = Links(
    single=frozenset({"period", "kind", "area"}), complete=frozenset({"period", "kind", "area"})
)
SEVERAL = Links()
LAYOUTS = {"years": Layout("kind", by="period", of_all=True), "all": Layout("kind", of_all=True)}


def tables(counts: np.ndarray) -> dict[str, pd.DataFrame]:
    """Labels by period with the bases, and both years together; ``counts`` is labels by years."""
    years = [
        (f"label {row}", f"year {year}", counts[row, year], counts[:, year].sum())
        for row, year in product(*map(range, counts.shape))
    ]
    whole = [(f"label {row}", "", own.sum(), counts.sum()) for row, own in enumerate(counts)]
    columns = ["label", "group", "n", "base"]
    return {
        "years": pd.DataFrame(years, columns=columns),
        "all": pd.DataFrame(whole, columns=columns),
    }


def one_column(*counts: int) -> dict[str, pd.DataFrame]:
    return {"years": tables(np.array(counts)[:, None])["years"]}


@given(st.integers(0, 400), st.integers(0, 12), st.integers(1, 9))
def test_the_interval_is_all_that_prints_alike(count: int, hide: int, step: int) -> None:
    rule = Disclosure(hide_up_to=hide, round_to=step)
    printed = protect_counts(pd.Series(range(450)), rule=rule)
    alike = printed.isna() if pd.isna(printed[count]) else (printed == printed[count]).fillna(False)
    assert interval_of(count, rule=rule) == (alike.idxmax(), alike[::-1].idxmax())


@st.composite
def few(draw: st.DrawFn) -> np.ndarray:
    labels, years = draw(st.integers(2, 3)), draw(st.integers(1, 2))
    return np.array([[draw(st.integers(0, 5)) for _ in range(years)] for _ in range(labels)])


def printed_sums(cells: pd.DataFrame, shape: tuple[int, int]) -> np.ndarray:
    """Which of the counts of a table each printed count adds up: a row a cell of ``cells``."""
    rows = []
    for one in cells["where"]:
        conditions = dict(one)
        chosen = np.ones(shape, dtype=np.int64)
        for place, name in enumerate(("kind", "period")):
            if conditions.get(name, "").startswith(("label", "year")):
                number = int(conditions[name].split()[1])
                chosen *= (np.indices(shape)[place] == number).astype(np.int64)
        rows.append(chosen.ravel())
    return np.array(rows)


@settings(max_examples=15)
@given(few(), st.booleans())
def test_bounds_are_those_of_every_table_that_prints_alike(counts: np.ndarray, both: bool) -> None:
    frames = tables(counts)
    cells = read_cells(frames if both else {"years": frames["years"]}, LAYOUTS)
    sums = printed_sums(cells, counts.shape)
    assert (sums @ counts.ravel() == cells["count"].to_numpy(dtype=np.int64)).all()
    ends = np.array([interval_of(int(n), rule=SMALL) for n in cells["count"]])
    inner = [interval_of(int(n), rule=SMALL) for n in counts.ravel()]
    others = np.array(list(product(*(range(low, high + 1) for low, high in inner)))) @ sums.T
    alike = others[((others >= ends[:, 0]) & (others <= ends[:, 1])).all(axis=1)]
    found = bound_counts(cells, rule=SMALL, links=ONE)
    assert found["least"].tolist() == alike.min(axis=0).tolist()
    assert found["largest"].tolist() == alike.max(axis=0).tolist()
    apart = alike.max(axis=0) - alike.min(axis=0)
    hidden = cells["count"].to_numpy(dtype=np.int64) <= SMALL.hide_up_to
    breaches = check_release(cells, rule=SMALL, links=ONE)
    told = breaches[breaches["reason"].str.contains("hidden count")]
    assert len(told) == len(
        {one for one, h, a in zip(cells["where"], hidden, apart, strict=True) if h and a < 2}
    )


# Six labels print 20 and the rest of 115 is hidden: they can be 18 each at least, 117 in all at
# most, so that no more than 9 are left; with 13 and 13 of 27 no more than 1 is.
PINNED = one_column(13, 13, 1, 0)


def test_a_hidden_count_that_totals_give_away_is_found_and_mended() -> None:
    cells = read_cells(PINNED, LAYOUTS)
    breaches = check_release(cells, rule=RULE, links=ONE)
    told = breaches.loc[breaches["reason"].str.contains("hidden"), "counted"].tolist()
    assert told == ["kind 'label 2', period 'year 0'", "kind 'label 3', period 'year 0'"]
    done = protect_linked(PINNED, LAYOUTS, rule=RULE, links=ONE)
    safe = done.frames["years"]
    assert safe["n"].isna().tolist() == [True, False, True, True]
    assert safe["share"].isna().tolist()[0] if "share" in safe else True
    assert safe["note"].str.contains(WITHHELD).tolist() == [True, False, False, False]
    (row,) = done.status.to_dict("records")
    assert (row["outcome"], row["hidden"], row["withheld"]) == (MENDED, 2, 1)
    assert row["narrowest"] >= RULE.uncertain
    assert "narrower than 3" in row["reason"]
    assert "27" not in row["reason"]
    assert describe_release(done.status, rule=RULE) == (
        "The one table was attacked as somebody could who knows this rule: no hidden "
        "count can be pinned to an interval narrower than 3. For that, 1 further figure was "
        "withheld in 1 table."
    )


def test_what_needs_no_mend_is_as_protected_by_itself() -> None:
    frames = one_column(40, 30, 3)
    done = protect_linked(frames, LAYOUTS, rule=RULE, links=ONE)
    assert done.frames["years"]["n"].tolist() == [40, 30, pd.NA]
    assert done.status["outcome"].tolist() == [RELEASED]
    assert done.status["reason"].tolist() == [""]
    assert describe_release(done.status, rule=RULE).endswith(
        "No further figure had to be withheld for that."
    )


def test_all_but_a_few_is_a_small_count_too() -> None:
    # Without rounding 98 of 100 leave 2 of them; labels that are no parts of the base.
    rule = Disclosure(round_to=1)
    frame = pd.DataFrame({"label": ["a", "b"], "group": "year 0", "n": [98, 30], "base": [100] * 2})
    found = check_release(read_cells({"years": frame}, LAYOUTS), rule=rule, links=SEVERAL)
    assert found["counted"].tolist() == ["kind 'a', period 'year 0'"]
    assert "all others, a small count" in found["reason"].iloc[0]
    done = protect_linked({"years": frame}, LAYOUTS, rule=rule, links=SEVERAL)
    assert done.frames["years"]["n"].isna().tolist() == [True, False]


def test_a_slice_is_attacked_with_its_total() -> None:
    # Exact counts of all and of one phase leave 2 in the other.
    rule = Disclosure(round_to=1)
    whole = pd.DataFrame({"label": ["a", "b"], "group": "year 0", "n": [40, 50], "base": [90, 90]})
    part = whole.assign(n=[38, 30], base=68)
    layouts = {**LAYOUTS, "slice": Layout("kind", "period", (("phase", "primary"),), of_all=True)}
    links = Links(ONE.single | {"phase"}, ONE.complete | {"phase"})
    alone = check_release(read_cells({"years": whole}, layouts), rule=rule, links=links)
    assert alone.empty
    both = check_release(
        read_cells({"years": whole, "slice": part}, layouts), rule=rule, links=links
    )
    assert both["counted"].tolist() == ["kind 'a', period 'year 0'"]
    assert "parts leave of it" in both["reason"].iloc[0]


def test_a_group_of_one_label_is_that_label() -> None:
    # 28 print 30 and 11 print 10: the third area has 28 - 12 - 12 = 4 at least, so its label too.
    areas = pd.DataFrame({"label": ["x", "y", "z"], "group": "", "n": [6, 11, 11], "base": 28})
    kinds = pd.DataFrame({"label": ["a"], "group": "", "n": [6], "base": 28})
    layouts = {"areas": Layout("area", of_all=True), "kinds": Layout("kind", of_all=True)}
    links = Links(ONE.single, ONE.complete, {("kind", "a"): ("area", "x")})
    cells = read_cells({"areas": areas, "kinds": kinds}, layouts)
    found = bound_counts(cells, rule=RULE, links=links).set_index(["table", "column", "row"])
    assert found.loc[("areas", "n", 0), ["least", "largest"]].tolist() == [4, 7]
    assert found.loc[("kinds", "n", 0), ["least", "largest"]].tolist() == [4, 7]


def test_a_label_that_a_slice_does_not_list_is_not_known_to_be_none() -> None:
    whole = pd.DataFrame({"label": ["a", "b", "c"], "group": "", "n": [90, 40, 9], "base": 139})
    part = pd.DataFrame({"label": ["a", "b"], "group": "", "n": [13, 13], "base": 26})
    layouts = {
        "all": Layout("kind", of_all=True),
        "slice": Layout("kind", within=(("phase", "primary"),), of_all=True),
    }
    links = Links(ONE.single | {"phase"}, ONE.complete | {"phase"})
    cells = read_cells({"all": whole, "slice": part}, layouts)
    found = check_release(cells, rule=RULE, links=links)
    assert found["counted"].tolist() == ["phase 'primary'"]  # 27 less 13 and 13 leave 1 at most
    assert "parts leave of it" in found["reason"].iloc[0]


def test_a_report_that_is_out_cannot_be_mended() -> None:
    with pytest.raises(ExportError) as told:
        protect_linked(PINNED, LAYOUTS, rule=RULE, links=ONE, fixed=["years"])
    said = str(told.value)
    assert "The table 'years' cannot be exported. kind 'label 2', period 'year 0'" in said
    assert "narrower than 3" in said
    assert "Leave out" in said


def test_a_rule_that_pins_every_hidden_count_is_refused() -> None:
    with pytest.raises(ExportError, match="Write a larger 'hide_up_to'"):
        protect_linked(one_column(40, 1), LAYOUTS, rule=Disclosure(hide_up_to=2), links=ONE)


def test_an_exempt_study_passes_with_its_reason() -> None:
    rule = Disclosure(exempt=True, reason="The cases are invented.")
    done = protect_linked(PINNED, LAYOUTS, rule=rule, links=ONE)
    pd.testing.assert_frame_equal(done.frames["years"], PINNED["years"])
    (row,) = done.status.to_dict("records")
    assert (row["outcome"], row["reason"], row["hidden"]) == (EXEMPT, "The cases are invented.", 0)
    assert check_release(read_cells(PINNED, LAYOUTS), rule=rule, links=ONE).empty
    assert "exception recorded for this study" in describe_release(done.status, rule=rule)


def test_a_table_without_layout_is_named() -> None:
    with pytest.raises(ExportError, match=r"'yaers' has no layout.*Did you mean 'years'"):
        read_cells({"yaers": PINNED["years"]}, LAYOUTS)


COUNTS = st.integers(2, 5).flatmap(
    lambda labels: st.lists(
        st.lists(st.integers(0, 30), min_size=2, max_size=2), min_size=labels, max_size=labels
    )
)


@settings(max_examples=15)
@given(COUNTS)
def test_released_tables_never_breach_whatever_the_order(counts: list[list[int]]) -> None:
    frames = tables(np.array(counts))
    done = protect_linked(frames, LAYOUTS, rule=RULE, links=ONE)
    cells = read_cells(frames, LAYOUTS)
    held = {
        one
        for table, row, column, one, n in cells.itertuples(index=False)
        if n > RULE.hide_up_to and pd.isna(done.frames[table].at[row, column])
    }
    plain = {ONE.plain(one) for one in held}
    assert check_release(cells, rule=RULE, links=ONE, withheld=plain).empty
    assert sum(done.status["withheld"]) == sum(ONE.plain(one) in plain for one in cells["where"])
    shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in frames.items()}
    again = protect_linked(dict(reversed(shuffled.items())), LAYOUTS, rule=RULE, links=ONE)
    for name, frame in done.frames.items():
        pd.testing.assert_frame_equal(again.frames[name].sort_index(), frame, check_dtype=False)


def test_a_refusal_names_the_tables_without_which_the_rest_may_leave() -> None:
    # Two labels of 7 in a total of 14 that stands in a text: each is 6 or 7, and both are hidden.
    text = pd.DataFrame({"label": ["year 0"], "n": [14], "base": [14]})
    layouts = {"years": Layout("kind", "period", of_all=True), "text": Layout("period")}
    frames = {"years": one_column(7, 7)["years"], "text": text}
    with pytest.raises(RefusalError) as told:
        protect_linked(frames, layouts, rule=RULE, links=ONE, fixed=["text"])
    assert told.value.tables == ("years",)
    left = protect_linked({"text": text}, layouts, rule=RULE, links=ONE, fixed=["text"])
    assert left.frames["text"]["n"].tolist() == [15]


def test_what_parts_leave_is_given_away_by_the_parts() -> None:
    # Exact counts of all and of one phase leave 2 in the other: neither table can be changed here.
    rule = Disclosure(round_to=1)
    whole = pd.DataFrame({"label": ["a", "b"], "group": "year 0", "n": [40, 50], "base": [90, 90]})
    frames = {"years": whole, "slice": whole.assign(n=[38, 30], base=68)}
    layouts = {**LAYOUTS, "slice": Layout("kind", "period", (("phase", "primary"),), of_all=True)}
    links = Links(ONE.single | {"phase"}, ONE.complete | {"phase"})
    with pytest.raises(RefusalError) as told:
        protect_linked(frames, layouts, rule=rule, links=links, fixed=[*frames])
    assert told.value.tables == ()
    net = connect_cells(read_cells(frames, layouts), rule=rule, links=links, exact=None)
    [left] = [place for place, (kind, _) in net.unsaid.items() if kind == LEFT]
    counted = {place: one for one, place in net.places.items()}
    assert [counted[place] for place in _given_away(net, left)] == [
        where(("period", "year 0"), ("kind", "a"), ("phase", "primary"))
    ]
