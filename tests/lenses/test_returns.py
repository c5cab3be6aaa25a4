from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.cases.log import empty_log
from workbench.errors import WorkbenchError
from workbench.lenses.returns import SIGNS, chains, count_links, find_returns, within_period

LONG = (
    "the account that mocks our deputy head has come back under a new name this week and the "
    "pupils in year nine have all begun to follow it again"
)


def log_of(texts, *, people=(), schools=()):
    ids = [f"C{n}" for n in range(len(texts))]
    cases = pd.DataFrame(
        {
            "case_id": ids,
            "period": "2023-24",
            "date": pd.date_range("2023-09-01", periods=len(texts), freq="D"),
            "subject": None,
            "text": texts,
            "source": "cases.csv",
            "row": range(2, len(texts) + 2),
        }
    )
    private = {
        name: pd.DataFrame({"case_id": ids[: len(values)], "label": values})
        for name, values in (("person", people), ("school", schools))
        if values
    }
    return replace(empty_log(), cases=cases, private=private)


def test_the_same_person_of_the_same_school_comes_back():
    log = log_of(
        ["One.", "Two.", "Three.", "Four."],
        people=["A. Reed", "A. Reed", "B. Hall", "a.  reed"],
        schools=["Elm School", "Oak School", "Elm School", "elm school"],
    )
    found = find_returns(log)
    assert found.to_dict("records") == [
        {"case_id": "C3", "earlier": "C0", "matter": "C0", "days": 3, "signs": "enquirer"}
    ]


def test_handles_links_and_addresses_tie_cases_and_kept_terms_do_not():
    texts = ["See @elm.tea.page please", "Nothing", "It is @ELM.tea.page", "Write to a@b.example"]
    found = find_returns(log_of([*texts, "a@b.example again"]), keep=["a@b.example"])
    assert found[["case_id", "earlier", "signs"]].to_numpy().tolist() == [["C2", "C0", "account"]]


def test_nearly_the_same_words_tie_cases_and_other_words_do_not():
    found = find_returns(log_of([LONG, "Something else altogether is the matter.", LONG + " now"]))
    assert found[["case_id", "earlier", "signs"]].to_numpy().tolist() == [["C2", "C0", "wording"]]


def test_a_copy_ties_whatever_its_case_and_spaces_and_however_many_there_are():
    texts = [LONG, LONG.upper(), LONG.replace(" ", "\n ")] + [LONG] * 20
    found = find_returns(log_of(texts))
    assert found["signs"].tolist() == ["copy"] * 22
    assert found["earlier"].tolist() == [f"C{n}" for n in range(22)]
    assert set(found["matter"]) == {"C0"}


def test_a_bare_word_beside_an_account_ties_nothing_for_it_may_be_a_first_name():
    texts = ["An account called ashleigh posts again", "The account of ashleigh is back"]
    assert find_returns(log_of(texts)).empty
    with_sign = [text.replace("ashleigh", "ashleigh_07") for text in texts]
    assert find_returns(log_of(with_sign))["signs"].tolist() == ["account"]


def test_a_short_note_is_no_copy_of_another():
    assert find_returns(log_of(["Please call me back."] * 2)).empty


def test_only_cases_of_the_same_period_are_looked_back_to():
    log = log_of(["@a_page_one", "@a_page_one", "@a_page_one", "@b_page_two"])
    cases = log.cases.assign(period=["2022-23", "2022-23", "2023-24", "2023-24"])
    years = replace(log, cases=cases)
    found = find_returns(years)
    assert found["case_id"].tolist() == ["C1", "C2"]
    assert within_period(found, years)["case_id"].tolist() == ["C1"]
    counted = count_links(found, years).query("sign == 'account'")
    assert dict(zip(counted["period"], counted["n"], strict=True)) == {"2022-23": 1, "2023-24": 0}


def test_links_are_counted_by_sign_and_once_in_all():
    log = log_of([LONG, LONG, "see @elm.tea.page", "again @elm.tea.page", LONG + " @elm.tea.page"])
    found = find_returns(log)
    counted = count_links(found, log)
    assert counted["sign"].tolist() == [*SIGNS, "any sign"]
    told = dict(zip(counted["sign"], counted["n"], strict=True))
    assert told == dict.fromkeys(SIGNS, 0) | {"copy": 1, "account": 2, "any sign": 3}
    assert set(counted["period"]) == {"2023-24"}
    assert set(counted["base"]) == {5}


def test_what_many_cases_hold_ties_none():
    assert find_returns(log_of(["Ask @bigplatform_help"] * 20)).empty


def test_a_matter_is_named_by_its_first_case_and_holds_the_whole_chain():
    log = log_of(["@first_page", "x", "@first_page @second_page", "@second_page"])
    found = find_returns(log)
    assert list(chains(found)) == [("C0", ["C0", "C2", "C3"])]
    assert found["earlier"].tolist() == ["C0", "C2"]


def test_a_redacted_log_is_refused():
    with pytest.raises(WorkbenchError, match="Give the log as read_cases"):
        find_returns(replace(log_of(["x"]), redacted=True))


@given(st.permutations(range(5)))
def test_the_order_of_the_rows_does_not_matter(order):
    log = log_of(["@a_page_one", LONG, "@a_page_one", LONG, "plain"])
    shuffled = replace(log, cases=log.cases.iloc[list(order)].reset_index(drop=True))
    pd.testing.assert_frame_equal(find_returns(log), find_returns(shuffled))
