"""Subject words, with the warnings of mail gateways and without."""

from __future__ import annotations

import pytest

from tests.compare.test_seasons import STUDY
from tests.logs import make_log
from workbench.compare.words import drop_banner, subject_words
from workbench.study import Words

BANNERS = ("caution", "outside", "originated", "external")
LISTED = STUDY.model_copy(update={"words": Words(stop=("please",), banners=("Caution", "outside"))})


def test_subject_words_are_ranked_and_banners_marked() -> None:
    log = make_log(
        [
            {"subject": "CAUTION: fake account"},
            {"subject": "Please help: account, account"},
            {"subject": None},
        ]
    )
    frame = subject_words(log, LISTED).set_index("word")
    assert frame.loc["account", ["rank", "n", "cases"]].tolist() == [1, 3, 2]
    assert frame.loc["caution", "banner"]
    assert not frame.loc["fake", "banner"]
    assert "please" not in frame.index


def test_words_without_banners_are_what_enquirers_wrote() -> None:
    rows = [{"subject": "Caution: email from outside - Fake email"}] * 2
    rows = [*rows, {"subject": "Fight outside school"}, {"subject": "Fake school"}]
    frame = subject_words(make_log(rows), LISTED).set_index("word")
    assert frame.loc["email", ["n", "n_without", "cases_without"]].tolist() == [4, 2, 2]
    assert frame.loc["outside", ["n", "n_without"]].tolist() == [3, 1]
    assert frame.loc["caution", "n_without"] == 0
    assert frame["rank_without"].isna().tolist() == (frame["n_without"] == 0).tolist()
    assert frame.loc["fake", ["rank", "rank_without"]].tolist() == [2, 1]


def test_ranking_without_banners_fills_the_table_with_other_words() -> None:
    rows = [{"subject": "Caution outside: fake account"}] * 3
    rows.append({"subject": "School page"})
    log = make_log(rows)
    shown = subject_words(log, LISTED, top=2)
    assert shown["word"].tolist() == ["account", "caution"]
    own = subject_words(log, LISTED, top=3, banners=False)
    assert own["word"].tolist() == ["account", "fake", "page"]
    assert own["rank_without"].tolist() == [1, 2, 3]
    assert list(own.columns) == list(shown.columns)


def test_no_subjects_give_an_empty_table() -> None:
    frame = subject_words(make_log([{"subject": None}]), LISTED)
    assert frame.empty
    assert "n_without" in frame


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("***CAUTION: EMAIL ORIGINATED OUTSIDE*** Help", "Help"),
        ("(Caution: this email originated from outside) our school", "our school"),
        ("(CAUTION - originated outside [PLACE 1]) Fake account", "Fake account"),
        ("CAUTION: Originated outside the trust - Video of staff", "Video of staff"),
        ("CAUTION OUTSIDE ORIGINATED Removal of videos", "Removal of videos"),
        ("Originated outside - caution: Account", "Account"),
        ("[EXTERNAL] fake account", "fake account"),
        ("Caution: fake account", "fake account"),
        ("fake account (external)", "fake account"),
        ("CAUTION external sender: Posts", "Posts"),
        ("CAUTION: originated outside", ""),
        ("Fight outside school", "Fight outside school"),
        ("External exam leaked", "External exam leaked"),
        ("Video (outside school) of staff", "Video (outside school) of staff"),
        ("Use caution with this page", "Use caution with this page"),
    ],
)
def test_warnings_go_and_enquirers_words_stay(line: str, left: str) -> None:
    assert drop_banner(line, BANNERS) == left


def test_a_reply_keeps_its_mark() -> None:
    assert drop_banner("Re: [External] Help", BANNERS).split() == ["Re", "Help"]


def test_without_listed_banners_nothing_goes() -> None:
    assert drop_banner("CAUTION: originated outside", ()) == "CAUTION: originated outside"


def test_a_pseudonym_beside_a_warning_stays_whole() -> None:
    line = "Originated outside - caution: [SCHOOL 1] page"
    assert drop_banner(line, ["caution", "outside", "originated"]) == "[SCHOOL 1] page"
