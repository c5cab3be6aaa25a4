"""A round of labelling from draw to verdict, on sentences and on texts."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pandas as pd
import pytest

from tests.labelling.conftest import WORRIED, fill_in, judge
from workbench.errors import WorkbenchError
from workbench.labelling import draw_labels, read_labels, say_drawn, say_reading
from workbench.labelling.cases import default_folder, heads_for
from workbench.labelling.draw import guide
from workbench.study import Study, ToneFiles
from workbench.tone.heads import read_heads, shipped_heads
from workbench.tone.markers import TONES


def draw(study: Study, folder: Path, **options):
    chosen = {"tones": ("concern", "gratitude"), "sentences": 160, "coders": ("AB", "CD")}
    return draw_labels(study, **{**chosen, **options}, folder=folder)


def half_wrong(text: str, tone: str) -> int:
    """A coder who does not take fear for concern."""
    return 0 if tone == "concern" and WORRIED[2] in text else judge(text, tone)


def test_labels_lie_where_git_does_not_look(
    study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert default_folder(study) == tmp_path.resolve() / "labels"
    (tmp_path / "corpora" / "private").mkdir(parents=True)
    assert default_folder(study) == Path("corpora/private/invented/labels")
    own = study.model_copy(update={"folder": tmp_path.resolve() / "corpora/private/mine"})
    assert default_folder(own) == own.folder / "labels"


def test_what_is_drawn_is_handed_out_and_explained(study: Study, tmp_path: Path) -> None:
    drawn = draw(study, tmp_path / "labels")
    assert [path.name for path in drawn.sheets] == ["label-AB.xlsx", "label-CD.xlsx"]
    assert (drawn.units, drawn.whole) == (160, False)
    sheet = pd.read_csv(tmp_path / "labels" / "label-AB.csv", keep_default_na=False)
    assert list(sheet) == ["text_id", "sentence", "coder", "text", "concern", "gratitude", "note"]
    assert (sheet[["concern", "gratitude"]] == "").all().all()
    assert not sheet["text"].str.startswith("chance").any()
    said = say_drawn(drawn, study="my/study.toml")
    assert f"workbench label read my/study.toml {tmp_path / 'labels'}" in said
    assert "write 1 where\nthe sentence shows it, 0 where it does not" in said
    for path in (tmp_path / "labels").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_draw_is_the_same_again_and_is_never_overwritten(study: Study, tmp_path: Path) -> None:
    draw(study, tmp_path / "one")
    draw(study, tmp_path / "two")
    for name in ("sample.csv", "label-AB.csv", "label-AB.xlsx"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    with pytest.raises(WorkbenchError, match=r"holds a draw already.*--out"):
        draw(study, tmp_path / "one", coders=("EF",))


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"tones": ("concerned",)}, "no tone 'concerned'. Did you mean 'concern'"),
        ({"tones": ("concern", "concern")}, "each tone once"),
        ({"texts": 20}, "Say what to draw"),
        ({"sentences": None}, "Say what to draw"),
        ({"sentences": 0}, "at least one"),
        ({"coders": ("AB", "Agreed")}, "No coder can be called 'agreed'"),
    ],
)
def test_what_cannot_be_drawn_is_said(study: Study, tmp_path: Path, options, message) -> None:
    with pytest.raises(WorkbenchError, match=message):
        draw(study, tmp_path / "labels", **options)
    assert not (tmp_path / "labels").exists()


def test_the_guide_says_of_every_tone_what_counts() -> None:
    told = guide()
    assert list(told["tone"]) == list(TONES)
    assert (told.map(len) > 5).all().all()
    assert told.loc[1, "write 1 for"].count("\n• ") >= 1


def test_sentences_teach_heads_that_are_judged_on_what_was_held_out(
    study: Study, tmp_path: Path
) -> None:
    folder = tmp_path / "labels"
    draw(study, folder)
    fill_in(folder / "label-AB.csv")
    fill_in(folder / "label-CD.csv")
    reading = read_labels(study, folder)
    assert reading.coders == ("AB", "CD")
    assert reading.talk_over.empty
    assert "concern" in reading.learnt
    agreed = reading.agreement.set_index("dimension")
    assert list(agreed["alpha"]) == [1.0, 1.0]
    assert list(agreed["n"]) == [160, 160]
    overall = reading.evaluation.query("field == 'all'").set_index("dimension")
    assert overall.loc["concern", "auroc"] > 0.9
    assert set(reading.evaluation["field"]) == {"all", "period", "phase"}
    assert set(reading.evaluation.query("field == 'phase'")["group"]) == {"Primary", "Secondary"}
    heads, shipped = read_heads(folder / "heads.npz"), shipped_heads()
    assert heads.heads["concern"].curve != shipped.heads["concern"].curve
    assert heads.heads["urgency"].curve == shipped.heads["urgency"].curve
    said = say_reading(reading)
    assert re.search(r"Learnt anew: concern.*; measured on texts that were held out", said)
    assert re.search(r"^concern: (Fit|Not fit) to publish: ", said, re.MULTILINE)
    assert (folder / "summary.txt").read_text() == said + "\n"
    assert {path.name for path in reading.files} == {
        "agreement.csv",
        "evaluation.csv",
        "heads.npz",
        "summary.txt",
    }
    for path in reading.files:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_few_labels_teach_nothing_and_say_so(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    draw(study, folder, sentences=20, coders=("AB",))
    fill_in(folder / "label-AB.csv")
    reading = read_labels(study, folder)
    assert reading.learnt == ()
    assert not (folder / "heads.npz").exists()
    said = say_reading(reading)
    assert "Nobody checked anybody" in said
    assert "Not learnt anew, for fewer than 20 labels of yes or 20 of no: concern and" in said


def test_texts_give_shares_of_what_is_fit_and_marker_rates_of_the_rest(
    study: Study, tmp_path: Path
) -> None:
    folder = tmp_path / "labels"
    drawn = draw(study, folder, sentences=None, texts=90)
    assert (drawn.units, drawn.of, drawn.whole) == (90, 120, True)
    fill_in(folder / "label-AB.csv")
    fill_in(folder / "label-CD.csv")
    reading = read_labels(study, folder)
    fit = {tone for tone, verdict in reading.verdicts.items() if verdict.fit}
    assert "concern" in fit
    overall = reading.prevalence.query("field == 'all'").set_index("label")
    assert set(overall.index) == set(TONES)
    assert {tone for tone in TONES if overall.loc[tone, "method"] != "marker rate"} == fit
    concern = overall.loc["concern"]
    assert concern["low"] <= 40 / 120 <= concern["high"]
    assert (concern["labelled"], concern["base"]) == (90, 120)
    assert set(reading.prevalence["field"]) == {"all", "period", "phase"}
    written = pd.read_csv(folder / "prevalence.csv")
    assert list(written) == list(reading.prevalence)
    said = say_reading(reading)
    assert "How many texts show it" in said
    assert "In how many a marker fires (no prevalence)" in said


def test_heads_of_an_earlier_round_are_used_before_those_that_ship(
    study: Study, tmp_path: Path
) -> None:
    folder = tmp_path / "labels"
    draw(study, folder)
    fill_in(folder / "label-AB.csv")
    read_labels(study, folder)
    learnt = read_heads(folder / "heads.npz").heads["concern"].curve
    named = study.model_copy(update={"tone": ToneFiles(heads=folder / "heads.npz")})
    assert heads_for(named)[0].heads["concern"].curve == learnt
    assert heads_for(study, folder=folder)[0].heads["concern"].curve == learnt
    heads, called = heads_for(study, folder=tmp_path)
    assert (heads, called) == (shipped_heads(), "the heads that ship with the workbench")


def test_differences_are_talked_over_and_then_settled(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    draw(study, folder, sentences=None, texts=90)
    fill_in(folder / "label-AB.csv")
    fill_in(folder / "label-CD.csv", half_wrong)
    first = read_labels(study, folder)
    assert not first.verdicts["concern"].fit
    assert "coders differ on" in first.verdicts["concern"].why
    assert "Write what you agree on into the sheet label-agreed" in say_reading(first)
    overall = first.prevalence.query("field == 'all'").set_index("label")
    assert overall.loc["concern", "method"] == "marker rate"
    listed = pd.read_csv(folder / "talk-over.csv")
    assert set(listed["dimension"]) == {"concern"}
    assert listed["text"].str.contains(WORRIED[2], regex=False).all()
    assert len(listed) == 2 * first.talk_over["text_id"].nunique()
    for name in ("talk-over.csv", "label-agreed.csv", "label-agreed.xlsx"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600

    fill_in(folder / "label-agreed.csv")
    settled = read_labels(study, folder)
    assert settled.talk_over.empty
    assert settled.coders == ("AB", "CD")
    assert settled.agreement.equals(first.agreement)
    assert settled.verdicts["concern"].fit
    assert "what 'agreed' says holds" in say_reading(settled)
    assert (settled.evaluation["positives"].max()) > (first.evaluation["positives"].max())
