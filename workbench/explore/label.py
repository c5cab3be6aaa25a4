"""A coder's sheet, one sentence or text at a time: every answer is kept as it is given."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from workbench.coding import sentence_units, write_sheets
from workbench.coding.sheets import NOTE
from workbench.errors import WorkbenchError, suggest
from workbench.explore.show import OnScreen
from workbench.labelling.answers import LONGEST_NOTE, Change, Key, Sheet, apply
from workbench.labelling.draw import guide
from workbench.labelling.sitting import (
    Kept,
    count_labelled,
    find_folder,
    first_open,
    keep,
    open_sheet,
)
from workbench.privacy.escape import escape
from workbench.tone.markers import TONES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from workbench.cases.log import CaseLog
    from workbench.study import Study

_PRACTICE = "practice"


def label_sample(study: Study, *, coder: str, folder: Path | str | None = None) -> OnScreen:
    """Label what ``workbench label draw`` drew: ``coder``'s sheet, from the first unit still open.

    Each answer is saved in ``label-CODER.csv`` as it is given; opened again, the sheet goes on
    where it was left. ``folder`` is that of the draw, where it was made with ``--out``. Of what is
    read a notebook stores the number of units alone: neither its outputs nor the widget's state
    hold a word of a case. Raises ``WorkbenchError`` as ``open_sheet`` does.
    """
    sheet = open_sheet(find_folder(study) if folder is None else folder, coder)
    return _sit_down(Desk(sheet))


def practise(
    log: CaseLog, *, tones: Sequence[str] = ("concern", "urgency"), sentences: int = 20
) -> OnScreen:
    """Try labelling on ``sentences`` from all over a redacted ``log``; nothing of it is kept.

    Raises ``WorkbenchError`` for a log that is not redacted, or without a sentence, and for a tone
    that is not known.
    """
    for tone in tones:
        if tone not in TONES:
            raise WorkbenchError(f"There is no tone '{tone}'.{suggest(tone, list(TONES))}")
    units = sentence_units(log)
    if units.empty:
        raise WorkbenchError("These cases have no sentence of an enquirer's own to label.")
    few = units.iloc[:: max(len(units) // sentences, 1)].head(sentences)
    with TemporaryDirectory() as folder:
        write_sheets(few, folder, coders=(_PRACTICE,), dimensions=tones, guide=guide(tones))
        sheet = open_sheet(folder, _PRACTICE)
    return _sit_down(Desk(sheet, practice=True))


def _sit_down(desk: Desk) -> OnScreen:
    """The widget through which a coder sits at ``desk``."""
    screen = _screen()

    def hear(_: object, message: Mapping[str, Any], __: object) -> None:
        desk.hear(message)
        screen.send(desk.show())

    screen.on_msg(hear)
    words = f"{len(desk.keys):,} {desk.what}s to label, shown in JupyterLab alone"
    return OnScreen(screen, words)


class Desk:
    """What lies before the coder: the sheet, the place in it, and what there is to say.

    ``typed`` holds notes that could not be saved, by unit, so that their words are not lost. In
    ``practice`` nothing is saved.
    """

    def __init__(self, sheet: Sheet, *, practice: bool = False) -> None:
        self.sheet = sheet
        self.practice = practice
        self.keys = [unit.key for unit in sheet.units]
        self.at = first_open(sheet) or 0
        self.said = ""
        self.alert = False
        self.typed: dict[Key, str] = {}
        self._tones = _definitions(sheet.tones)

    @property
    def what(self) -> str:
        """What is judged: "sentence" or "text"."""
        return "text" if self.sheet.whole else "sentence"

    def hear(self, message: Mapping[str, Any]) -> None:
        """Do what a message from the screen asks: open, go to a place, take an answer or a note."""
        self.said, self.alert = "", False
        asked = message.get("do")
        if asked == "go":
            self.at = min(max(int(message["to"]), 0), len(self.keys) - 1)
        elif asked == "open-next":
            self._go_to_open()
        elif asked == "answer":
            self._keep(Change(self._key(message), str(message["tone"]), str(message["value"])))
        elif asked == "note":
            self._keep(Change(self._key(message), NOTE, str(message["value"])))

    def show(self) -> dict[str, Any]:
        """What the screen shows now. All is escaped as HTML, but for the note in its box."""
        unit = self.sheet.unit(self.keys[self.at])
        done = count_labelled(self.sheet)
        waiting = unit.key in self.typed
        return {
            "at": self.at,
            "of": len(self.keys),
            "what": self.what,
            "labelled": done,
            "progress": escape(f"{done:,} of {len(self.keys):,} labelled"),
            "place": escape(f"{self.what.capitalize()} {self.at + 1:,} of {len(self.keys):,}"),
            "text": escape(unit.text),
            "answers": dict(unit.answers),
            "note": self.typed.get(unit.key, unit.note),
            "noteWaits": waiting,
            "longestNote": LONGEST_NOTE,
            "said": escape(self.said),
            "alert": self.alert,
            "tones": self._tones,
        }

    def _key(self, message: Mapping[str, Any]) -> Key:
        return self.keys[int(message["unit"])]

    def _keep(self, change: Change) -> None:
        try:
            kept = Kept(apply(self.sheet, change)) if self.practice else keep(self.sheet, change)
        except WorkbenchError as problem:
            saved, said = False, f"Not saved. {problem}"
        else:
            self.sheet, saved, said = kept.sheet, kept.saved, kept.said
        if change.column == NOTE:
            if saved:
                self.typed.pop(change.key, None)
            else:
                self.typed[change.key] = change.value
        self.alert = bool(said)
        self.said = said or f"{'Practice' if self.practice else 'Saved'}: {_say(change)}"

    def _go_to_open(self) -> None:
        place = first_open(self.sheet)
        if place is None:
            self.said = f"Every {self.what} is labelled."
        else:
            self.at = place


def _say(change: Change) -> str:
    if change.column == NOTE:
        return "note."
    return f"{change.column}, {change.value or 'no answer'}."


def _definitions(tones: Sequence[str]) -> list[dict[str, str]]:
    """What the tones mean, in the words that the draw hands out."""
    names = ("id", "definition", "yes", "no")
    rows = guide(tones).itertuples(index=False, name=None)
    told = [dict(zip(names, map(escape, row), strict=True)) for row in rows]
    return [{**tone, "name": tone["id"].capitalize()} for tone in told]


def _screen() -> Any:
    """The widget: it keeps no state of its own, all that is shown comes to it in messages."""
    from anywidget import AnyWidget

    class Screen(AnyWidget):  # type: ignore[misc, unused-ignore]
        """What the browser draws."""

        _esm = _part("label.js")
        _css = _part("label.css")

    return Screen()


def _part(name: str) -> str:
    return files("workbench.explore").joinpath(name).read_text("utf-8")
