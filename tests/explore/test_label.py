"""The labelling widget, driven as the browser drives it: by messages."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.labelling.test_sitting import TEXTS, TONES, cells, hand_out
from workbench.coding import write_sample
from workbench.errors import WorkbenchError
from workbench.explore.label import label_sample, practise
from workbench.explore.show import OnScreen
from workbench.study import Study

STUDY = """
name = "invented"
title = "An invented study"

[columns]
case_id = "Case"
date = "Received"
text = "Enquiry"

[[periods]]
name = "2022-23"
start = 2022-09-01
end = 2023-08-31

[[sources]]
path = "cases.csv"
"""


@pytest.fixture
def study(tmp_path: Path) -> Study:
    (tmp_path / "study.toml").write_text(STUDY)
    (tmp_path / "cases.csv").write_text("Case,Received,Enquiry\nA1,2022-10-01,Help\n")
    study = Study.load(tmp_path)
    sheet = hand_out(study.folder / "labels")
    drawn = pd.DataFrame(
        [row[:2] for row in cells(sheet)[1:]], columns=pd.Index(["text_id", "sentence"])
    )
    write_sample(drawn.assign(stratum="all", inclusion=0.5), sheet.parent / "sample.csv")
    return study


class Window:
    """What a browser would know of the widget: its last message."""

    def __init__(self, shown: OnScreen) -> None:
        self.shown, self.view = shown, {}
        self.shown.widget.send = self._take
        self.ask(do="open")

    def _take(self, message: dict) -> None:
        self.view = json.loads(json.dumps(message))

    def ask(self, **message) -> dict:
        self.shown.widget._handle_custom_msg(message, [])
        return self.view

    def answer(self, tone: str, value: str) -> dict:
        return self.ask(do="answer", unit=self.view["at"], tone=tone, value=value)


@pytest.fixture
def window(study: Study) -> Window:
    return Window(label_sample(study, coder="AB"))


def sheet_of(study: Study, coder: str = "AB") -> Path:
    return study.folder / "labels" / f"label-{coder}.csv"


def test_a_unit_is_shown_escaped_with_what_the_tones_mean(window: Window) -> None:
    view = window.view
    assert view["text"] == TEXTS[0]
    assert (view["place"], view["progress"]) == ("Sentence 1 of 4", "0 of 4 labelled")
    assert [tone["name"] for tone in view["tones"]] == ["Concern", "Urgency"]
    assert view["tones"][0]["definition"].startswith("The writer&#x27;s own worry")
    assert view["tones"][1]["yes"].startswith("• urgent, immediately")
    assert view["tones"][1]["no"].startswith("• no hurry")
    assert view["answers"] == {"concern": "", "urgency": ""}
    window.ask(do="go", to=3)
    assert window.view["text"] == "He said &quot;no&quot;"


def test_an_answer_is_in_the_sheet_at_once(study: Study, window: Window) -> None:
    view = window.answer("concern", "yes")
    assert view["answers"]["concern"] == "yes"
    assert (view["said"], view["alert"]) == ("Saved: concern, yes.", False)
    assert cells(sheet_of(study))[1][4:] == ["1", "", ""]
    view = window.answer("urgency", "unsure")
    assert (view["progress"], view["at"]) == ("1 of 4 labelled", 0)
    window.answer("concern", "")
    assert cells(sheet_of(study))[1][4:] == ["", "", "[unsure: urgency]"]
    assert window.view["labelled"] == 0


def test_a_coder_goes_back_on_and_to_what_is_open(window: Window) -> None:
    for tone in TONES:
        window.answer(tone, "no")
    assert window.ask(do="go", to=2)["place"] == "Sentence 3 of 4"
    assert window.ask(do="open-next")["at"] == 1
    assert window.ask(do="go", to=0)["answers"] == {"concern": "no", "urgency": "no"}
    assert window.ask(do="go", to=-1)["at"] == 0
    assert window.ask(do="go", to=9)["at"] == 3
    for unit in (1, 2, 3):
        window.ask(do="go", to=unit)
        for tone in TONES:
            window.answer(tone, "no")
    assert window.ask(do="open-next")["said"] == "Every sentence is labelled."


def test_a_note_is_kept(study: Study, window: Window) -> None:
    view = window.ask(do="note", unit=0, value="<b>quoted</b>, I think")
    assert view["note"] == "<b>quoted</b>, I think"  # for the box, which reads no markup
    assert not view["noteWaits"]
    assert cells(sheet_of(study))[1][-1] == "<b>quoted</b>, I think"


def test_opened_again_it_goes_on(study: Study, window: Window) -> None:
    for tone in TONES:
        window.answer(tone, "yes")
    again = Window(label_sample(study, coder="AB"))
    assert (again.view["at"], again.view["progress"]) == (1, "1 of 4 labelled")


def test_a_coder_sees_nobody_elses_answers(study: Study, window: Window) -> None:
    window.answer("concern", "yes")
    window.ask(do="note", unit=0, value="mine alone")
    other = Window(label_sample(study, coder="CD"))
    assert other.view["answers"] == {"concern": "", "urgency": ""}
    assert "mine alone" not in json.dumps(other.view)
    assert not {"chance", "probability", "stratum", "inclusion"} & set(other.view)
    assert cells(sheet_of(study, "CD"))[1][4:] == ["", "", ""]


def test_two_windows_do_not_overwrite_each_other(study: Study, window: Window) -> None:
    other = Window(label_sample(study, coder="AB"))
    window.answer("concern", "yes")
    view = other.answer("concern", "no")
    assert view["alert"]
    assert view["said"].startswith("Not saved: ‘concern’ was answered ‘yes’ elsewhere.")
    assert view["answers"]["concern"] == "yes"
    assert cells(sheet_of(study))[1][4] == "1"
    assert not other.answer("concern", "no")["alert"]
    assert cells(sheet_of(study))[1][4] == "0"


def test_a_note_that_cannot_be_saved_stays_in_its_box(study: Study, window: Window) -> None:
    path = sheet_of(study)
    whole = path.read_bytes()
    path.unlink()
    view = window.ask(do="note", unit=0, value="long thought")
    assert view["said"].startswith("Not saved. ")
    assert "cannot be read" in view["said"]
    window.ask(do="go", to=1)
    assert window.view["note"] == ""
    view = window.ask(do="go", to=0)
    assert (view["note"], view["noteWaits"]) == ("long thought", True)
    path.write_bytes(whole)
    view = window.ask(do="note", unit=0, value="long thought")
    assert (view["noteWaits"], view["alert"]) == (False, False)
    assert cells(path)[1][-1] == "long thought"


def test_an_answer_that_cannot_be_saved_does_not_show_as_given(
    study: Study, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise WorkbenchError("The disk is full.")

    monkeypatch.setattr("workbench.labelling.sitting.write_bytes", refuse)
    view = window.answer("concern", "yes")
    assert (view["said"], view["alert"]) == ("Not saved. The disk is full.", True)
    assert view["answers"]["concern"] == ""


def test_neither_outputs_nor_the_widgets_state_hold_case_text(window: Window) -> None:
    window.answer("concern", "yes")
    window.ask(do="note", unit=0, value="a note of mine")
    bundle = window.shown._repr_mimebundle_()
    assert set(bundle) == {"application/vnd.jupyter.widget-view+json", "text/plain"}
    assert bundle["text/plain"] == "4 sentences to label, shown in JupyterLab alone"
    kept = json.dumps([bundle, window.shown.widget.get_state()], default=str, ensure_ascii=False)
    for text in (*TEXTS, "a note of mine"):
        assert text[:9] not in kept


def test_the_widget_asks_nothing_of_the_network(window: Window) -> None:
    state = window.shown.widget.get_state()
    for part in (state["_esm"], state["_css"]):
        assert len(part) > 500
        assert "http" not in part
        assert "import " not in part
        assert "url(" not in part


def test_a_folder_can_be_given(study: Study, tmp_path: Path) -> None:
    hand_out(tmp_path / "other", whole=True)
    view = Window(label_sample(study, coder="CD", folder=tmp_path / "other")).view
    assert view["place"] == "Text 1 of 4"
    with pytest.raises(WorkbenchError, match="There is no sheet"):
        label_sample(study, coder="../CD", folder=tmp_path / "other")


def test_practice_needs_no_draw_and_leaves_nothing(
    log, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    practice = Window(practise(log, tones=("concern",), sentences=3))
    assert practice.shown.words == "3 sentences to label, shown in JupyterLab alone"
    assert "<b>" not in practice.view["text"]
    assert practice.answer("concern", "yes")["progress"] == "1 of 3 labelled"
    assert practice.view["said"] == "Practice: concern, yes."
    assert not list(tmp_path.iterdir())
    with pytest.raises(WorkbenchError, match=r"no tone 'concerned'\. Did you mean 'concern'"):
        practise(log, tones=("concerned",))
    with pytest.raises(WorkbenchError, match="redact"):
        practise(replace(log, redacted=False))
