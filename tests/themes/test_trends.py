import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.themes.drawn import draw_themes
from workbench.errors import WorkbenchError
from workbench.themes.trends import theme_trends

# Three sub-themes, of which the first two belong to one main theme.
PARENTS = [0, 0, 1]
LIMITS = ["low", "low_cases", "share", "high_cases", "high"]


def test_counts_are_those_of_the_themes_and_bases_hold_the_unplaced():
    themes = draw_themes([0, 0, 1, 2, -1, 2], parents=PARENTS)
    months = pd.Series(["b", "a", "a", "a", "a", None])
    frame = theme_trends(themes, months, level=1)
    assert list(frame["theme"].unique()) == [2, 3, 4, -1]
    assert list(frame["group"].unique()) == ["a", "b"]
    wide = frame.pivot(index="theme", columns="group", values="n")
    assert wide.loc[[2, 3, 4, -1], "a"].to_list() == [1, 1, 1, 1]
    assert wide.loc[[2, 3, 4, -1], "b"].to_list() == [1, 0, 0, 0]
    assert frame.groupby("group")["base"].unique().explode().to_dict() == {"a": 4, "b": 1}
    main = theme_trends(themes, months, level=0).set_index(["theme", "group"])
    assert main.loc[(0, "a"), "n"] == 2
    assert main.loc[(-1, "a"), "share"] == 0.25


def test_a_text_of_several_groups_counts_once_in_each():
    themes = draw_themes([0, 0, 2], parents=PARENTS)
    platforms = pd.Series(["x", "y", "x", "x", "y"], index=[0, 0, 0, 1, 2])
    frame = theme_trends(themes, platforms).set_index(["theme", "group"])
    assert frame.loc[(0, "x"), ["n", "base"]].to_list() == [2, 2]
    assert frame.loc[(0, "y"), ["n", "base"]].to_list() == [1, 2]


def test_groups_keep_the_order_of_categories_and_of_months():
    themes = draw_themes([0, 2, 1], parents=PARENTS)
    kinds = pd.Series(pd.Categorical(["p", "s", "s"], categories=["s", "none", "p"], ordered=True))
    assert list(theme_trends(themes, kinds)["group"].unique()) == ["s", "p"]
    months = pd.Series(pd.PeriodIndex(["2024-01", "2023-09", "2023-10"], freq="M"))
    found = theme_trends(themes, months)["group"].unique()
    assert list(found.astype(str)) == ["2023-09", "2023-10", "2024-01"]


@given(st.data())
def test_limits_enclose_each_other_and_no_order_of_rows_matters(data):
    size = data.draw(st.integers(1, 25))
    place = st.lists(st.integers(-1, 2), min_size=size, max_size=size)
    finest = np.array(data.draw(place))
    members = np.array([data.draw(place) for _ in range(3)])
    members[:, finest == -1] = -1
    months = np.array(data.draw(st.lists(st.integers(1, 3), min_size=size, max_size=size)))
    level = data.draw(st.integers(0, 1))

    def trends(order):
        themes = draw_themes(
            finest[order], parents=PARENTS, members=members[:, order], ids=np.array(order)
        )
        periods = pd.Series(months, index=range(size))
        return theme_trends(themes, periods, level=level, draws=100)

    frame = trends(np.arange(size))
    assert (frame[LIMITS].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert frame[LIMITS].ge(0).all(axis=None)
    assert frame[LIMITS].le(1).all(axis=None)
    np.testing.assert_allclose(frame.groupby("group")["share"].sum(), 1)
    order = np.array(data.draw(st.permutations(range(size))))
    pd.testing.assert_frame_equal(frame, trends(order))


def test_clusterings_that_agree_add_nothing_and_those_that_do_not_widen():
    random = np.random.default_rng(3)
    finest = random.integers(0, 3, size=600)
    agreed = draw_themes(finest, parents=PARENTS, members=np.tile(finest, (10, 1)))
    moved = np.tile(finest, (10, 1))
    for member in moved:
        member[random.random(600) < random.uniform(0, 0.5)] = 0
    months = pd.Series(np.arange(600) % 2)
    alike = theme_trends(agreed, months, level=1, draws=4000)
    np.testing.assert_allclose(alike["low"], alike["low_cases"], atol=0.01)
    np.testing.assert_allclose(alike["high"], alike["high_cases"], atol=0.01)
    apart = theme_trends(draw_themes(finest, parents=PARENTS, members=moved), months, level=1)
    width, cases = apart["high"] - apart["low"], apart["high_cases"] - apart["low_cases"]
    assert (width > 1.3 * cases)[apart["theme"] != -1].all()
    # The main theme of the first two is less in doubt than either of them.
    main = theme_trends(draw_themes(finest, parents=PARENTS, members=moved), months, level=0)
    first = main[main["theme"] == 0]
    assert (first["high"] - first["low"]).max() < width[apart["theme"].isin([2, 3])].max()


def test_intervals_hold_the_true_share_where_the_clustering_itself_is_in_doubt():
    """400 studies of 80 cases: where a theme ends differs from clustering to clustering."""
    random = np.random.default_rng(8)
    studies, cases, truth = 400, 80, 0.3
    study = np.repeat(np.arange(studies), cases)
    # A case has the theme where it lies below a border; a clustering puts the border elsewhere.
    lies = random.random(studies * cases)
    borders = truth + random.normal(scale=0.05, size=(31, studies))
    found = (lies > borders[:, study]).astype(int)
    themes = draw_themes(found[0], parents=[0, 1], members=found[1:])
    frame = theme_trends(themes, pd.Series(study), level=1).query("theme == 2")
    covered = ((frame["low"] <= truth) & (truth <= frame["high"])).mean()
    by_cases = ((frame["low_cases"] <= truth) & (truth <= frame["high_cases"])).mean()
    assert covered >= 0.93
    assert by_cases < covered - 0.05


def test_without_doubt_about_themes_small_shares_are_covered_too():
    random = np.random.default_rng(9)
    study = np.repeat(np.arange(600), 40)
    rare = (random.random(len(study)) > 0.03).astype(int)
    frame = theme_trends(draw_themes(rare, parents=[0, 1]), pd.Series(study), level=1)
    frame = frame[frame["theme"] == 2]
    assert (frame["n"] == 0).any()
    assert ((frame["low"] <= 0.03) & (frame["high"] >= 0.03)).mean() >= 0.93


def test_draws_and_seed_decide():
    finest = np.arange(60) % 3
    themes = draw_themes(finest, parents=PARENTS, members=[finest, np.roll(finest, 1)])
    months = pd.Series(np.zeros(60, dtype=int))
    one = theme_trends(themes, months)
    pd.testing.assert_frame_equal(one, theme_trends(themes, months))
    assert (one["low"] != theme_trends(themes, months, seed=2)["low"]).any()


def test_what_cannot_be_counted_is_said():
    themes = draw_themes([0, 1, 2], parents=PARENTS)
    with pytest.raises(WorkbenchError, match="text_id"):
        theme_trends(themes, pd.Series(["a"], index=["unknown"]))
    with pytest.raises(WorkbenchError, match="100 draws"):
        theme_trends(themes, pd.Series(["a"] * 3), draws=10)
    with pytest.raises(WorkbenchError, match="no themes at level 2"):
        theme_trends(themes, pd.Series(["a"] * 3), level=2)
