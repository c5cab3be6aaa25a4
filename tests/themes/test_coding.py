import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import WorkbenchError
from workbench.text.vectors import embed
from workbench.themes.accepted import SUGGESTER
from workbench.themes.codebook import Code, Codebook
from workbench.themes.coding import COLUMNS, apply_codebook, roll_up, suggest_codes

BOOK = Codebook(
    "Pets and gardens",
    (
        Code("1", "Animals", definition="Animals that live with people."),
        Code("1.1", "Dogs", "1", "Dogs and puppies.", examples=("Our puppy barks all night.",)),
        Code("1.2", "Cats", "1", "Cats and kittens.", examples=("The cat scratched the sofa.",)),
        Code("2", "Gardens", "", "Plants, lawns and soil.", examples=("The roses have greenfly.",)),
    ),
)
LEAVES = ["1.1", "1.2", "2"]
WORDS = {
    "1.1": ("dog", "puppy", "lead", "kennel", "bark"),
    "1.2": ("cat", "kitten", "litter", "whiskers", "purr"),
    "2": ("lawn", "rose", "spade", "hedge", "compost"),
}


@pytest.fixture(scope="module", autouse=True)
def _own_cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_CACHE", str(tmp_path_factory.mktemp("kept")))
        yield


@pytest.fixture(scope="module")
def coded():
    """90 texts, a third on each leaf, every fifth on the next leaf as well; and their codings."""
    random = np.random.default_rng(3)
    texts, rows = {}, []
    for number in range(90):
        own = LEAVES[number % 3]
        codes = [own] + ([LEAVES[(number + 1) % 3]] if number % 5 == 0 else [])
        lines = [
            "We saw the {} and then the {} there.".format(*random.choice(WORDS[code], 2))
            for code in codes
        ]
        texts[f"t{number}"] = f"Note {number}. " + " ".join(lines)
        rows += [(f"t{number}", code, 1) for code in codes]
    series = pd.Series(texts)
    return series, embed(series), pd.DataFrame(rows, columns=["text_id", "code", "value"])


def truth_of(codings, ids):
    table = codings.pivot_table(index="text_id", columns="code", values="value", fill_value=0)
    return table.reindex(index=ids, columns=LEAVES, fill_value=0).to_numpy()


def test_the_codebook_alone_places_plain_texts():
    texts = pd.Series(
        ["My dog barks at the puppy.", "A kitten and a cat.", "Compost for the lawn.", " "],
        index=["a", "b", "c", "d"],
    )
    chances = apply_codebook(texts, BOOK)
    assert list(chances.index) == ["a", "b", "c", "d"]
    assert chances.index.name == "text_id"
    assert list(chances.columns) == ["1", "1.1", "1.2", "2"]
    assert chances[LEAVES].iloc[:3].idxmax(axis=1).to_list() == LEAVES
    assert (chances.loc["d"] == 0).all()
    assert chances.loc["c", "1"] < 0.5 < chances.loc["a", "1"]


def test_codings_teach_what_the_codebook_does_not_say(coded):
    texts, vectors, codings = coded
    vague = Codebook("Letters", tuple(Code(code.code, f"Kind {code.code}") for code in BOOK.leaves))
    half = texts.index[:45]
    known = codings[codings["text_id"].isin(half)]
    chances = apply_codebook(texts, vague, vectors=vectors, codings=known).to_numpy()[45:]
    truth = truth_of(codings, texts.index)[45:]
    alone = apply_codebook(texts, vague, vectors=vectors).to_numpy()[45:]
    assert ((chances > 0.5) == truth).mean() > 0.9
    assert np.abs(chances - truth).mean() < 0.25 < np.abs(alone - truth).mean()


def test_probabilities_match_how_often_codes_apply(coded):
    """Codes given by chance: nobody could foresee them, least of all from the coding itself."""
    texts, vectors, codings = coded
    random = np.random.default_rng(8)
    noisy = codings.assign(code=random.choice(LEAVES, len(codings))).drop_duplicates()
    chances = apply_codebook(texts, BOOK, vectors=vectors, codings=noisy)[LEAVES].to_numpy()
    assert chances.mean(axis=0) == pytest.approx(truth_of(noisy, texts.index).mean(axis=0), abs=0.1)
    assert chances.max() < 0.7


def test_the_order_of_rows_changes_nothing(coded):
    texts, vectors, codings = coded
    order = np.random.default_rng(4).permutation(len(texts))
    straight = apply_codebook(texts, BOOK, vectors=vectors, codings=codings)
    mixed = apply_codebook(
        texts.iloc[order],
        BOOK,
        vectors=vectors[order],
        codings=codings.sample(frac=1, random_state=2),
    )
    pd.testing.assert_frame_equal(mixed.loc[straight.index], straight, check_exact=True)


def test_a_text_is_placed_whatever_stands_beside_it(coded):
    texts, vectors, _ = coded
    some = apply_codebook(texts.iloc[:7], BOOK, vectors=vectors[:7])
    every = apply_codebook(texts, BOOK, vectors=vectors)
    pd.testing.assert_frame_equal(some, every.iloc[:7], atol=2e-6, rtol=0)


def test_arguments_are_left_as_they_were(coded):
    texts, vectors, codings = coded
    before = texts.copy(), vectors.copy(), codings.copy()
    suggest_codes(texts, BOOK, vectors=vectors, codings=codings)
    assert texts.equals(before[0])
    assert (vectors == before[1]).all()
    assert codings.equals(before[2])


def test_rare_codes_stay_with_the_codebook(coded):
    """They are then as frequent as coders found them, give or take ten texts' worth of doubt."""
    texts, vectors, codings = coded
    dogs = codings[codings["code"] == "1.1"].iloc[:4]
    rest = codings[codings["code"] != "1.1"]
    known = pd.concat([dogs, rest])
    few = apply_codebook(texts, BOOK, vectors=vectors, codings=known)
    none = apply_codebook(texts, BOOK, vectors=vectors)
    assert few["1.1"].rank().equals(none["1.1"].rank())
    assert not few["2"].rank().equals(none["2"].rank())
    listed = known["text_id"].unique()
    expected = (4 + 10 * none.loc[listed, "1.1"].mean()) / (len(listed) + 10)
    assert few.loc[listed, "1.1"].mean() == pytest.approx(expected, abs=1e-4)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0, 1), min_size=4, max_size=4))
def test_a_theme_is_at_least_as_likely_as_what_is_under_it(values):
    frame = pd.DataFrame([values], columns=["1", "1.1", "1.2", "2"])
    rolled = roll_up(frame, BOOK).iloc[0]
    assert max(values[:3]) - 1e-9 <= rolled["1"] <= min(1, sum(values[:3])) + 1e-9
    assert rolled[LEAVES].to_list() == values[1:]


def test_a_theme_rolls_up_through_every_depth():
    deep = Codebook("Deep", (Code("a", "A"), Code("b", "B", "a"), Code("c", "C", "b")))
    frame = pd.DataFrame([[0.5, 0.5, 0.5]], columns=["a", "b", "c"])
    assert roll_up(frame, deep).iloc[0].to_list() == [0.875, 0.75, 0.5]


def test_suggestions_name_their_coder_and_their_sentence(coded):
    texts, vectors, codings = coded
    found = suggest_codes(texts, BOOK, vectors=vectors, codings=codings)
    assert tuple(found.columns) == COLUMNS
    assert set(found["coder"]) == {SUGGESTER}
    assert len(found) == len(texts) * len(LEAVES)
    told = found[found["decision"] == "apply"]
    truth = codings.set_index(["text_id", "code"]).index
    assert pd.MultiIndex.from_frame(told[["text_id", "code"]]).isin(truth).mean() > 0.9
    for row in told.itertuples():
        sentence = texts[row.text_id][row.start : row.end]
        assert any(word in sentence for word in WORDS[row.code])
    assert found.loc[found["decision"] == "no", "sentence"].isna().all()


def test_suggestions_follow_the_probabilities(coded):
    texts, vectors, codings = coded
    found = suggest_codes(texts, BOOK, vectors=vectors, codings=codings)
    table = found.pivot_table(index="text_id", columns="code", values="probability")
    chances = apply_codebook(texts, BOOK, vectors=vectors, codings=codings)[LEAVES]
    assert np.allclose(table.loc[chances.index].to_numpy(), chances.to_numpy())
    lowest = found[found["decision"] == "apply"].groupby("code")["probability"].min()
    unsure = found[found["decision"] == "abstain"].groupby("code")["probability"].max()
    highest = found[found["decision"] == "no"].groupby("code")["probability"].max()
    assert (lowest > highest).all()
    assert (unsure < lowest.reindex(unsure.index)).all()


def test_sentences_are_placed_one_by_one():
    texts = ["We have a puppy that barks. The lawn needs compost.", "> quoted"]
    found = suggest_codes(texts, BOOK, level="sentence", keep=("apply", "abstain"))
    best = found.sort_values("probability").groupby("sentence").tail(1).set_index("sentence")
    assert best["code"].to_dict() == {0: "1.1", 1: "2"}
    assert [texts[0][row.start : row.end] for row in best.sort_index().itertuples()] == [
        "We have a puppy that barks.",
        "The lawn needs compost.",
    ]


def test_nothing_to_place_gives_empty_frames():
    assert apply_codebook([], BOOK).shape == (0, 4)
    assert suggest_codes([], BOOK).empty
    assert suggest_codes(["", " "], BOOK, level="sentence").empty
    assert set(suggest_codes(["", " "], BOOK)["decision"]) == {"no"}


def test_vectors_must_go_with_the_texts(coded):
    texts, vectors, codings = coded
    for wrong in (vectors[1:], vectors[:, :16]):
        with pytest.raises(WorkbenchError, match="vectors have the shape"):
            apply_codebook(texts, BOOK, vectors=wrong, codings=codings)


@pytest.mark.parametrize("options", [{"level": "cases"}, {"keep": ("aply",)}])
def test_a_misspelt_choice_is_explained(options):
    with pytest.raises(WorkbenchError, match=r"Did you mean '(case|apply)'"):
        suggest_codes(["A dog."], BOOK, **options)
