"""Themes against a codebook: the counts, the relations and what they come to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from workbench.errors import WorkbenchError
from workbench.themes.alignment import MET, align_codebook
from workbench.themes.codebook import Code, Codebook
from workbench.themes.findings import KINDS, summarise_alignment
from workbench.themes.found import Themes

BOOK = Codebook(
    "Small",
    (
        Code("1", "Accounts"),
        Code("1.1", "Fake accounts", parent="1"),
        Code("1.2", "Stolen accounts", parent="1"),
        Code("2", "Training"),
        Code("3", "Pictures"),
    ),
)


def make_themes(found, *, main=1) -> Themes:
    """Themes of which the text in place i carries sub-theme ``found[i]`` (-1: none)."""
    numbers = sorted({theme for theme in found if theme >= 0})
    rows = [(100 + place, -1, 0, f"Main {place}") for place in range(main)]
    rows += [(theme, 100 + theme % main, 1, f"Theme {theme}") for theme in numbers]
    frame = pd.DataFrame(rows, columns=["theme", "parent", "level", "label"])
    return Themes(
        assignments=pd.DataFrame({"text_id": range(len(found)), "theme": found}),
        themes=frame,
        levels=frame.loc[frame["level"] > 0, ["theme", "parent"]],
        centres=np.zeros((len(frame), 1), dtype=np.float32),
        members=np.zeros((1, len(found)), dtype=np.int32),
    )


def coded(*lists) -> pd.DataFrame:
    """Codings in rows: the codes of each text, ``()`` for one that bears none."""
    rows = [(text, code, 1) for text, codes in enumerate(lists) for code in codes]
    rows += [(text, "2", 0) for text, codes in enumerate(lists) if not codes]
    return pd.DataFrame(rows, columns=["text_id", "code", "value"])


def cell(frame, theme, code):
    [row] = frame[(frame["theme"] == theme) & (frame["code"] == code)].to_dict("records")
    return row


def says(frame, kind):
    found = summarise_alignment(frame)
    return found[found["kind"] == kind]


FOUND = [0] * 30 + [1] * 30 + [2] * 30 + [-1] * 10


def test_each_cell_counts_the_texts_in_both():
    lists = [("1.1",)] * 20 + [("2",)] * 25 + [("1.1", "2")] * 5 + [()] * 50
    frame = align_codebook(make_themes(FOUND), coded(*lists), BOOK)
    assert list(frame["theme"].unique()) == [0, 1, 2, -1]
    assert list(frame["code"].unique()) == ["1.1", "1.2", "2", "3"]
    one = cell(frame, 1, "2")
    assert (one["n"], one["size"], one["total"], one["base"]) == (20, 30, 30, 100)
    assert (one["share_of_theme"], one["share_of_code"]) == pytest.approx((2 / 3, 2 / 3))
    assert (one["expected"], one["lift"]) == pytest.approx((9, 20 / 9))
    assert (one["low"], one["high"]) == pytest.approx((0.4878, 0.8077), abs=1e-4)
    assert one["relation"] == "same"


def test_probabilities_count_as_expected_texts():
    chances = pd.DataFrame(0.25, index=range(100), columns=[code.code for code in BOOK.codes])
    frame = align_codebook(make_themes(FOUND), chances, BOOK)
    assert set(frame.loc[frame["theme"] == 1, "n"]) == {7.5}
    assert frame["lift"].to_numpy() == pytest.approx(1)
    assert not frame["relation"].isin(MET).any()
    assert "about 25 texts" not in " ".join(says(frame, "code without theme")["says"])
    uneven = align_codebook(make_themes(FOUND), chances * 0.9, BOOK)
    assert "(about 22 texts)" in says(uneven, "code without theme")["says"].iloc[0]


def test_main_themes_stand_against_the_outermost_codes():
    lists = [("1.1",)] * 20 + [("1.2",)] * 20 + [("2",)] * 60
    found = make_themes(FOUND, main=2)
    frame = align_codebook(found, coded(*lists), BOOK, level=0)
    assert list(frame["code"].unique()) == ["1", "2", "3"]
    assert cell(frame, 100, "1")["n"] == 30
    assert cell(frame, 101, "1")["n"] == 10


def test_a_theme_that_the_codebook_lacks_is_found_out():
    lists = [("1.1",)] * 30 + [("2",)] * 30 + [("3",)] * 30 + [("1.2",)] * 10
    frame = align_codebook(make_themes(FOUND), coded(*lists), BOOK)
    assert not len(says(frame, "theme without code"))
    assert list(says(frame, "match")["code"]) == ["1.1", "2", "3"]
    lacking = replace(BOOK, codes=BOOK.codes[:-1])
    rows = coded(*lists[:60], *[()] * 30, *lists[90:])
    frame = align_codebook(make_themes(FOUND), rows, lacking)
    missed = says(frame, "theme without code")
    assert list(missed["theme"]) == [2]
    assert "may miss what theme 'Theme 2' (30 texts) is about" in missed["says"].iloc[0]
    assert missed["share"].iloc[0] == 0


def test_a_code_spread_evenly_has_no_theme_of_its_own():
    lists = [("1.1",) if place % 5 == 0 else ("2",) for place in range(100)]
    frame = align_codebook(make_themes(FOUND), coded(*lists), BOOK)
    assert "1.1" in set(says(frame, "code without theme")["code"])
    assert set(frame.loc[frame["code"] == "1.1", "relation"]) == {"apart", "in no theme"}


def test_a_split_code_names_its_themes_and_their_sum():
    lists = [("1.1",)] * 60 + [("3",)] * 40
    found = says(align_codebook(make_themes(FOUND), coded(*lists), BOOK), "code split")
    assert list(found["code"]) == ["1.1"]
    row = found.iloc[0]
    assert (row["n"], row["share"], row["high"]) == pytest.approx((60, 1, 1))
    assert 0.9 < row["low"] < 1
    assert "over 2 themes" in row["says"]
    assert "'Theme 0' 50.0%" in row["says"]


def test_a_theme_that_joins_codes_names_them():
    lists = [("1.1",)] * 15 + [("1.2",)] * 15 + [("3",)] * 70
    found = says(align_codebook(make_themes(FOUND), coded(*lists), BOOK), "theme joins codes")
    assert list(found["theme"]) == [0]
    assert "'Fake accounts' 50.0%" in found["says"].iloc[0]
    assert "'Stolen accounts' 50.0%" in found["says"].iloc[0]


def test_a_code_that_most_texts_bear_can_still_meet_a_theme():
    lists = [("1.1",)] * 29 + [()] + [("1.1",) if place % 3 else () for place in range(70)]
    frame = align_codebook(make_themes(FOUND), coded(*lists), BOOK)
    assert cell(frame, 0, "1.1")["lift"] < 1.4
    assert cell(frame, 0, "1.1")["relation"] == "theme within code"


@pytest.mark.parametrize(
    ("inside", "outside", "relation"),
    [
        ((216, 300), (350, 700), "theme within code"),
        ((180, 300), (350, 700), "apart"),  # odds of 1.5 to 1: above chance, but not by much
        ((4, 10), (16, 90), "apart"),  # odds of 3 to 1, but too few texts to be sure
        ((20, 100), (90, 3000), "apart"),  # sure and far, but a small part of either
        ((20, 100), (20, 3000), "code within theme"),
    ],
)
def test_meeting_is_clear_far_and_no_trifle(inside, outside, relation):
    themes = make_themes([0] * inside[1] + [1] * outside[1])
    bearing = [("3",)] * inside[0] + [()] * (inside[1] - inside[0])
    bearing += [("3",)] * outside[0] + [()] * (outside[1] - outside[0])
    frame = align_codebook(themes, coded(*bearing), BOOK)
    assert cell(frame, 0, "3")["relation"] == relation


def test_a_code_that_is_a_small_part_of_a_large_theme_is_not_its_own():
    themes = make_themes([0] * 100 + [1] * 100)
    frame = align_codebook(themes, coded(*[("3",)] * 20, *[()] * 180), BOOK)
    assert cell(frame, 0, "3")["relation"] == "code within theme"
    assert not len(says(frame, "match"))
    assert "3" in set(says(frame, "code without theme")["code"])
    assert 0 in set(says(frame, "theme without code")["theme"])


def test_little_is_said_of_little():
    found = make_themes([0] * 5 + [1] * 50)
    frame = align_codebook(found, coded(*[("1.1",)] * 5, *[("2",)] * 47, *[("3",)] * 3), BOOK)
    few = says(frame, "too few")
    assert set(few["theme"].dropna()) == {0}
    assert set(few["code"].dropna()) == {"1.1", "1.2", "3"}
    assert few[["share", "low", "high"]].isna().all(axis=None)


def test_texts_without_codings_are_no_part_of_the_base():
    frame = align_codebook(make_themes(FOUND), coded(*[("1.1",)] * 40), BOOK)
    assert set(frame["base"]) == {40}
    assert cell(frame, 2, "1.1")["size"] == 0
    assert np.isnan(cell(frame, 2, "1.1")["share_of_theme"])
    assert "Too few texts in theme 'Theme 2' are coded" in " ".join(says(frame, "too few")["says"])


def test_rows_with_probabilities_say_the_same_as_a_table():
    random = np.random.default_rng(4)
    leaves = [code.code for code in BOOK.leaves]
    table = pd.DataFrame(random.random((100, 4)), columns=leaves).rename_axis("text_id")
    rows = table.reset_index().melt("text_id", var_name="code", value_name="probability")
    whole = table.reindex(columns=[code.code for code in BOOK.codes], fill_value=0.0)
    themes = make_themes(FOUND)
    assert_frame_equal(align_codebook(themes, rows, BOOK), align_codebook(themes, whole, BOOK))


@given(
    st.lists(st.tuples(st.integers(-1, 3), st.integers(0, 15)), min_size=1, max_size=60),
    st.randoms(use_true_random=False),
)
def test_shares_hold_together_in_any_order_of_texts(drawn, random):
    leaves = [code.code for code in BOOK.leaves]
    lists = [[code for bit, code in enumerate(leaves) if mask >> bit & 1] for _, mask in drawn]
    if all(theme < 0 for theme, _ in drawn):
        drawn = [(0, drawn[0][1]), *drawn[1:]]
    found = [theme for theme, _ in drawn]
    themes, rows = make_themes(found), coded(*lists)
    frame = align_codebook(themes, rows, BOOK)
    assert (
        frame.groupby("code")["n"].sum().to_dict()
        == frame.groupby("code")["total"].first().to_dict()
    )
    assert frame.drop_duplicates("theme")["size"].sum() == len(drawn)
    known = frame[frame["size"] > 0]
    assert (known["low"] <= known["share_of_theme"] + 1e-12).all()
    assert (known["share_of_theme"] <= known["high"] + 1e-12).all()
    meets = frame[frame["relation"].isin(MET)]
    assert (meets["lift"] > 1).all()
    assert (meets["theme"] >= 0).all()
    order = random.sample(range(len(drawn)), len(drawn))
    turned = replace(themes, assignments=themes.assignments.iloc[order].reset_index(drop=True))
    shuffled = rows.sample(frac=1, random_state=random.randrange(1000))
    assert_frame_equal(align_codebook(turned, shuffled, BOOK), frame)
    findings = summarise_alignment(frame)
    assert set(findings["kind"]) <= set(KINDS)
    assert not findings["says"].str.contains("nan").any()


def test_what_cannot_be_aligned_is_refused():
    themes = make_themes(FOUND)
    with pytest.raises(WorkbenchError, match="no text_id in common"):
        align_codebook(themes, coded(("1.1",)).assign(text_id="elsewhere"), BOOK)
    with pytest.raises(WorkbenchError, match=r"code '1\.1'"):
        align_codebook(themes, pd.DataFrame({"1": [0.5]}), BOOK)
    rows = pd.DataFrame({"text_id": [0, 1], "code": ["1.1", "9"], "probability": [0.5, 0.5]})
    with pytest.raises(WorkbenchError, match="row 2: 'code' is not in the codebook"):
        align_codebook(themes, rows, BOOK)
    with pytest.raises(WorkbenchError, match="not from 0 to 1"):
        align_codebook(themes, rows.assign(code="1.1", probability=[0.5, 7.0]), BOOK)
    with pytest.raises(WorkbenchError, match="'text_id'"):
        align_codebook(themes, rows.drop(columns="text_id"), BOOK)
    with pytest.raises(WorkbenchError, match="no themes at level 5"):
        align_codebook(themes, coded(("1.1",)), BOOK, level=5)
