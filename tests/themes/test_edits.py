from collections import Counter
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from tests.themes.nested import an_edit, make_texts
from workbench.errors import WorkbenchError
from workbench.themes import ThemeSettings, find_themes
from workbench.themes.edits import (
    Edit,
    Lock,
    Merge,
    Move,
    Note,
    Pin,
    Rename,
    Split,
    Undo,
    Unlock,
    find_standing,
)
from workbench.themes.found import NO_THEME
from workbench.themes.replay import edit_themes, undo

TEXTS, VECTORS = make_texts()
DATA = {"texts": TEXTS, "vectors": VECTORS}
DAY = "2026-11-22"


@pytest.fixture(scope="module")
def themes():
    found = find_themes(TEXTS, vectors=VECTORS, settings=ThemeSettings(main=2, sub=4, smallest=4))
    assert found.depth == 3
    return found


def edit(themes, *edits):
    return edit_themes(themes, edits, **DATA)


def texts_of(themes, theme):
    level = int(themes.themes.set_index("theme")["level"][theme])
    inside = (themes.at_level(level) == theme).to_numpy()
    return themes.assignments["text_id"][inside].tolist()


def at(themes, level):
    return themes.themes.loc[themes.themes["level"] == level, "theme"].tolist()


def parent_of(themes, theme):
    return int(themes.themes.set_index("theme")["parent"][theme])


def row(themes, theme):
    return themes.themes.set_index("theme").loc[theme]


def assert_alike(one, other):
    """The same frames, centres and clusterings, to the last bit."""
    for name in ("assignments", "themes", "levels"):
        assert_frame_equal(getattr(one, name), getattr(other, name))
    np.testing.assert_array_equal(one.centres, other.centres)
    np.testing.assert_array_equal(one.members, other.members)


def assert_sound(themes):
    """What holds of all themes, edited or not."""
    frame, count = themes.themes, len(themes.assignments)
    placed = (themes.assignments["theme"] != NO_THEME).sum()
    unplaced = themes.assignments["state"] == "unplaced"
    assert unplaced.sum() == count - placed
    assert frame["theme"].is_unique
    assert frame["label"].str.strip().ne("").all()
    assert (frame["size"] > 0).all()
    assert ((frame["low"] <= frame["share"]) & (frame["share"] <= frame["high"])).all()
    assert np.allclose(frame["share"], frame["size"] / count)
    for level in range(themes.depth):
        own = themes.at_level(level)
        sizes = own[own != NO_THEME].value_counts().to_dict()
        assert sizes == frame[frame["level"] == level].set_index("theme")["size"].to_dict()
        assert sum(sizes.values()) == placed
    below = frame[frame["level"] > 0]
    depth = frame.set_index("theme")["level"]
    assert (depth[below["parent"]].to_numpy() == below["level"].to_numpy() - 1).all()
    assert_frame_equal(themes.levels, below[["theme", "parent"]].reset_index(drop=True))
    assert themes.centres.shape == (len(frame), VECTORS.shape[1])
    assert np.allclose(np.linalg.norm(themes.centres, axis=1), 1, atol=1e-5)
    assert themes.members.shape == themes.found.members.shape if themes.found else True
    finest = {NO_THEME, *at(themes, themes.depth - 1)}
    assert set(np.unique(themes.members)) <= finest
    assert ((themes.members == NO_THEME) == unplaced.to_numpy()).all()


def test_an_edit_of_today_says_so_and_another_day_is_checked():
    assert len(Rename(0, "Ours").when) == len(DAY)
    assert Merge([np.int64(3), 4], when=DAY).themes == (3, 4)
    assert Merge((3, 4), when=DAY).kind == "merge"
    with pytest.raises(WorkbenchError, match="year-month-day"):
        Rename(0, "Ours", when="22.11.2026")


def test_a_theme_is_renamed_and_nothing_else(themes):
    renamed = edit(themes, Rename(3, "Our own name", who="A", why="clearer"))
    assert row(renamed, 3)["label"] == "Our own name"
    frame = renamed.themes.assign(label=themes.themes["label"])
    assert_frame_equal(frame, themes.themes)
    assert_frame_equal(renamed.assignments, themes.assignments)
    assert (renamed.edits[0].who, renamed.edits[0].why) == ("A", "clearer")
    assert renamed.found is themes
    assert row(themes, 3)["label"] != "Our own name"


@pytest.mark.parametrize("level", [0, 1, 2])
def test_merged_themes_are_one_with_a_new_number(themes, level):
    first, second = at(themes, level)[:2]
    merged = edit(themes, Merge([first, second], label="Both"))
    new = int(themes.themes["theme"].max()) + 1
    assert texts_of(merged, new) == sorted(
        texts_of(themes, first) + texts_of(themes, second), key=list(TEXTS.index).index
    )
    assert row(merged, new)["label"] == "Both"
    assert not {first, second} & set(merged.themes["theme"])
    assert set(at(merged, level)) == {new, *at(themes, level)} - {first, second}
    assert_sound(merged)


def test_merged_under_the_parent_of_the_largest(themes):
    finest = at(themes, 2)
    apart = next(own for own in finest if parent_of(themes, own) != parent_of(themes, finest[0]))
    one, other = sorted([finest[0], apart], key=lambda own: (-row(themes, own)["size"], own))
    merged = edit(themes, Merge([other, one]))
    new = merged.themes["theme"].max()
    assert parent_of(merged, new) == parent_of(themes, one)


def test_clusterings_vote_for_what_became_of_their_theme(themes):
    first, second = at(themes, 2)[:2]
    merged = edit(themes, Merge([first, second]))
    new = int(merged.themes["theme"].max())
    wanted = np.where(np.isin(themes.members, [first, second]), new, themes.members)
    np.testing.assert_array_equal(merged.members, wanted)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_a_theme_is_split_into_the_groups_given(themes, level):
    theme = at(themes, level)[0]
    members = texts_of(themes, theme)
    groups = [members[::3], [own for own in members if own not in members[::3]]]
    split = edit(themes, Split(theme, groups, labels=["One", "Two"]))
    found = split.themes[split.themes["label"].isin(["One", "Two"])]
    assert {tuple(texts_of(split, own)) for own in found["theme"]} == set(map(tuple, groups))
    assert set(found["parent"]) == {parent_of(themes, theme)}
    assert theme not in set(split.themes["theme"])
    assert_sound(split)


def test_a_split_by_count_parts_what_differs_and_keeps_the_groups(themes):
    camera, album = (texts_of(themes, own) for own in at(themes, 2)[:2])
    merged = edit(themes, Merge(at(themes, 2)[:2]))
    theme = int(merged.themes["theme"].max())
    split = edit(merged, Split(theme, count=2))
    groups = {frozenset(group) for group in split.edits[-1].groups}
    assert groups == {frozenset(camera), frozenset(album)}
    assert {frozenset(texts_of(split, theme + part)) for part in (1, 2)} == groups


def test_a_split_by_count_keeps_sub_themes_whole(themes):
    split = edit(themes, Split(0, count=2))
    assert at(split, 2) == at(themes, 2) or set(at(split, 2)) == set(at(themes, 2))
    assert len(at(split, 0)) == len(at(themes, 0)) + 1
    assert_sound(split)


def test_moved_texts_are_core_and_certain(themes):
    source, target = at(themes, 2)[0], at(themes, 2)[-1]
    chosen = texts_of(themes, source)[:3]
    moved = edit(themes, Move(chosen, target))
    rows = moved.assignments.set_index("text_id").loc[chosen]
    assert (rows["theme"] == target).all()
    assert (rows["state"] == "core").all()
    assert (rows["strength"] == 1).all()
    others = ~themes.assignments["text_id"].isin(chosen)
    assert_frame_equal(moved.assignments[others], themes.assignments[others])
    assert row(moved, source)["size"] == row(themes, source)["size"] - 3
    assert row(moved, source)["label"] == row(themes, source)["label"]
    assert_sound(moved)


def test_a_doubtful_text_that_is_pinned_is_no_longer_in_doubt(themes):
    theme, other = at(themes, 2)[0], at(themes, 2)[-1]
    chosen = texts_of(themes, theme)[0]
    place = list(TEXTS.index).index(chosen)
    members = themes.members.copy()
    members[:, place] = other
    rows = themes.assignments.assign(
        state=themes.assignments["state"].where(TEXTS.index != chosen, "borderline"),
        strength=themes.assignments["strength"].where(TEXTS.index != chosen, 0.0),
    )
    doubtful = replace(themes, members=members, assignments=rows)
    pinned = edit(doubtful, Pin([chosen], theme))
    assert pinned.assignments.loc[place, ["theme", "state", "strength"]].to_list() == [
        theme,
        "core",
        1,
    ]
    assert (pinned.members[:, place] == theme).all()
    # Where no edit put it, it stays as doubtful as it was.
    merged = edit(doubtful, Merge([at(themes, 2)[1], at(themes, 2)[2]]))
    assert merged.assignments["state"][place] == "borderline"
    assert (merged.members[:, place] == other).all()


def test_a_text_moved_to_a_main_theme_goes_to_the_nearest_below(themes):
    chosen = texts_of(themes, at(themes, 2)[-1])[0]
    moved = edit(themes, Move([chosen], 0))
    place = list(TEXTS.index).index(chosen)
    below = [own for own in at(themes, 2) if parent_of(themes, parent_of(themes, own)) == 0]
    rows = [list(themes.themes["theme"]).index(own) for own in below]
    nearest = below[int((themes.centres[rows] @ VECTORS[place]).argmax())]
    assert moved.assignments["theme"][place] == nearest


def test_texts_are_taken_out_of_all_themes(themes):
    out = edit(themes, Move(["C3"], NO_THEME))
    kept = out.assignments.set_index("text_id").loc["C3"]
    assert kept[["theme", "state", "strength"]].to_list() == [NO_THEME, "unplaced", 0]
    assert out.unplaced == pytest.approx(themes.unplaced + 1 / len(TEXTS))
    assert_sound(out)


def test_a_theme_without_texts_goes(themes):
    source, target = at(themes, 2)[:2]
    moved = edit(themes, Move(texts_of(themes, source), target))
    assert source not in set(moved.themes["theme"])
    assert_sound(moved)


def test_a_locked_theme_takes_no_edit_until_it_is_unlocked(themes):
    theme, other = at(themes, 2)[:2]
    locked = edit(themes, Lock(theme))
    assert_alike(locked, edit(themes, Note(theme, "x")))
    for attempt in (
        Rename(theme, "New"),
        Merge([theme, other]),
        Split(theme, count=2),
        Move(texts_of(themes, theme)[:1], other),
        Move(texts_of(themes, other)[:1], theme),
    ):
        with pytest.raises(WorkbenchError, match=f"theme {theme}, which is locked; unlock"):
            edit(locked, attempt)
    freed = edit(locked, Unlock(theme), Rename(theme, "New"))
    assert row(freed, theme)["label"] == "New"


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (Rename(99, "New"), "no theme 99"),
        (Rename(0, " "), "theme 0 is empty"),
        (Note(99, "x"), "no theme 99"),
        (Merge([6]), "two or more themes, each once"),
        (Merge([6, 6]), "two or more themes, each once"),
        (Merge([0, 6]), r"0 and 6 are of different levels \(0 and 2\)"),
        (Split(6), "theme 6, give either 'groups'"),
        (Split(6, count=1), "splits into 2 to 12 parts"),
        (Split(6, count=500), "splits into 2 to 12 parts"),
        (Split(6, [["C0"], ["C1"]]), "each text of theme 6 once"),
        (Move(["C999"], 6), "no text 'C999'"),
        (Move([], 6), "names no texts"),
        (Pin(["C70"], 6), "'C70' is not in theme 6"),
        (Unlock(6), "theme 6 is not locked"),
        (Move(list(TEXTS.index), NO_THEME), "leave no text in any theme"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_done(themes, attempt, message):
    with pytest.raises(WorkbenchError, match=message):
        edit(themes, Rename(1, "First"), attempt)


def test_other_texts_than_those_of_the_themes_are_refused(themes):
    with pytest.raises(WorkbenchError, match="not the texts"):
        edit_themes(themes, Rename(0, "x"), texts=TEXTS[::-1], vectors=VECTORS[::-1])
    with pytest.raises(WorkbenchError, match="not the texts"):
        edit_themes(themes, Rename(0, "x"), texts=TEXTS, vectors=VECTORS[:5])


def test_an_undo_is_an_entry_and_takes_back_what_stands(themes):
    once = edit(themes, Rename(0, "One"))
    twice = edit(once, Rename(0, "Two"))
    back = undo(twice, **DATA, who="B", why="hasty")
    assert_alike(back, once)
    assert [own.kind for own in back.edits] == ["rename", "rename", "undo"]
    assert (back.edits[-1].who, back.edits[-1].why) == ("B", "hasty")
    further = edit(back, Merge(at(back, 2)[:2]))
    assert_alike(undo(further, **DATA), once)
    assert_alike(undo(further, **DATA, count=2), themes)
    with pytest.raises(WorkbenchError, match="from 1 to 2"):
        undo(further, **DATA, count=3)
    with pytest.raises(WorkbenchError, match="none to undo"):
        undo(themes, **DATA)


@given(st.lists(st.one_of(st.none(), st.integers(1, 4)), max_size=12))
def test_edits_stand_as_on_a_pile(steps):
    edits = [Note(0, str(place)) if own is None else Undo(own) for place, own in enumerate(steps)]
    pile = []
    for place, own in enumerate(edits):
        pile = pile[: -own.count] if isinstance(own, Undo) else [*pile, place]
    assert find_standing(edits) == pile


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_is_edited_stays_sound_and_is_undone_exactly(themes, data):
    states = [themes]
    for _ in range(data.draw(st.integers(1, 6))):
        before = states[-1]
        attempt = data.draw(an_edit(before))
        made = attempted(before, attempt)
        if made is None:
            continue
        states.append(made)
        assert_sound(states[-1])
        assert len(states[-1].assignments) == len(TEXTS)
        assert_series_equal(states[-1].assignments["text_id"], themes.assignments["text_id"])
    last = states[-1]
    for count in range(1, len(states)):
        assert_alike(undo(last, **DATA, count=count), states[-1 - count])
    if len(states) > 1:
        at_once = edit(themes, *(plain(own) for own in last.edits))
        pd.testing.assert_series_equal(at_once.assignments["theme"], last.assignments["theme"])
        assert_frame_equal(at_once.levels, last.levels)


def attempted(themes, attempt):
    """The themes edited, or None where a lock is in the way."""
    try:
        return edit(themes, attempt)
    except WorkbenchError:
        assert any(isinstance(own, Lock) for own in themes.edits)
        return None


def plain(made: Edit) -> Edit:
    """An edit as it was before it was first applied."""
    values = {
        name: value
        for name, value in vars(made).items()
        if name not in ("anchors", "among", "honoured", "reason")
    }
    return type(made)(**values)


def test_untouched_themes_keep_everything(themes):
    first, second = at(themes, 2)[-2:]
    merged = edit(themes, Merge([first, second]))
    kept = themes.themes[themes.themes["theme"].isin(merged.themes["theme"])]
    known = [own for own in kept["theme"] if texts_of(merged, own) == texts_of(themes, own)]
    assert len(known) >= 3
    columns = [name for name in themes.themes.columns if name != "parent"]
    one, other = (own.themes.set_index("theme").loc[known] for own in (themes, merged))
    assert_frame_equal(one[columns[1:]], other[columns[1:]])
    assert Counter(merged.themes["label"]).most_common(1)[0][1] == 1
