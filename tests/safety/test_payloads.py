"""Nothing that somebody wrote does anything where it is shown: no script, formula or request."""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from pathlib import Path

import pandas as pd
import pytest

from benchmarks.safe import surfaces
from benchmarks.safe.exports import texts_of
from benchmarks.safe.faults import csv_faults, docx_faults, pdf_faults, svg_faults, xlsx_faults
from benchmarks.safe.payloads import numbers_in, read_payloads
from benchmarks.safe.trap import Trap
from tests.safety.conftest import Run
from workbench.charts.save import SCRIPT
from workbench.coding import read_sample, write_sample
from workbench.privacy.escape import escape

ALL = 200
NUMBERED = {p.number for p in read_payloads() if numbers_in(p.text)}
_SCRIPT_TAG = re.compile(rf"<script[^>]*{re.escape(SCRIPT)}[^>]*></script>")


def numbers_of(*paths: Path) -> set[int]:
    """The payloads that stand in files, as text or escaped."""
    texts = (html.unescape(text).replace("\\", "") for path in paths for text in texts_of(path))
    return {number for text in texts for number in numbers_in(text)}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents and sheets in which every block and cell is a payload."""
    folder = tmp_path_factory.mktemp("written")
    surfaces.write_report(folder)
    surfaces.write_concern(folder)
    surfaces.write_labels(folder)
    surfaces.write_spreadsheet(folder)
    return folder


def test_there_are_as_many_payloads_as_are_promised():
    payloads = read_payloads()
    assert len(payloads) == ALL == len({p.text for p in payloads})
    assert len({p.kind for p in payloads}) >= 10
    assert all(numbers_in(p.text) <= {p.number} for p in payloads)


@pytest.mark.parametrize("name", ["report.docx", "concern.docx"])
def test_a_document_has_no_field_link_or_object_of_theirs(written, name):
    assert list(docx_faults(written / name)) == []
    assert numbers_of(written / name) >= NUMBERED


def test_a_pdf_has_no_link_out_and_runs_nothing(written, tmp_path):
    assert list(pdf_faults(written / "report.pdf")) == []
    linked = tmp_path / "linked.pdf"
    packed = zlib.compress(b"<</S/URI/URI(https://trap.example)>>")
    linked.write_bytes(b"%PDF-1.7\nstream\n" + packed + b"\nendstream\n")
    assert set(pdf_faults(linked)) == {"an outside address"}


def test_no_sheet_has_a_formula_or_a_link_out(written):
    found = {path.name: len(list(xlsx_faults(path))) for path in written.glob("*.xlsx")}
    assert found == {"label-AB.xlsx": 0, "label-agreed.xlsx": 0, "tables.xlsx": 0}
    assert numbers_of(*written.glob("*.xlsx")) >= NUMBERED


def test_no_csv_has_a_cell_that_begins_a_formula(written):
    found = {path.name: len(list(csv_faults(path))) for path in written.glob("*.csv")}
    names = ["label-AB.csv", "label-agreed.csv", "sample.csv", "talk-over.csv"]
    assert found == dict.fromkeys(names, 0)


def test_what_begins_a_formula_comes_back_from_a_sample(tmp_path):
    names = ["=1+1", "-1", "@a", "plain", "\u200b=1"]
    drawn = pd.DataFrame({"text_id": names, "stratum": names[::-1]})
    drawn = drawn.assign(sentence=0, inclusion=0.5)
    path = write_sample(drawn, tmp_path / "sample.csv")
    assert list(csv_faults(path)) == []
    back = read_sample(path)
    assert back["text_id"].tolist() == names
    assert back["stratum"].tolist() == names[::-1]


def test_a_whole_report_has_none_of_these(poisoned: Run):
    assert list(docx_faults(poisoned.out / "report.docx")) == []
    figures = sorted(poisoned.out.glob("*.html"))
    assert len(figures) > 30
    drawn = [path.with_suffix(".csv") for path in figures if path.stem not in ("report", "figures")]
    assert {path.name: faults for path in drawn if (faults := list(csv_faults(path)))} == {}


def test_the_redacted_cases_have_no_formulas(poisoned: Run):
    files = sorted((poisoned.folder / "redacted").glob("*.csv"))
    assert [path.stem for path in files] == ["cases", "hidden", "messages"]
    assert {path.name: faults for path in files if (faults := list(csv_faults(path)))} == {}


def test_the_tables_of_a_report_have_no_formulas(poisoned: Run):
    tables = [*poisoned.out.glob("tables/*.csv"), *poisoned.out.glob("*.csv")]
    assert len(tables) > 60
    assert {path.name: faults for path in tables if (faults := list(csv_faults(path)))} == {}


@pytest.mark.browser
def test_the_trap_catches_what_is_not_escaped(trap: Trap):
    told = [p for p in read_payloads() if p.kind in ("html", "svg") and "refresh" not in p.text]
    shown = trap.set_as_html([p.text for p in told])
    assert len(shown.ran) > 15
    assert len(shown.asked) > 5
    assert len(shown.faults) > 30
    assert trap.set_as_html([escape(p.text) for p in told], scripts=True).nothing


@pytest.mark.browser
def test_the_page_of_a_report_does_nothing(trap: Trap, poisoned: Run, written: Path):
    for path in (poisoned.out / "report.html", written / "report.html"):
        assert trap.look_at(path).nothing
        assert "<script" not in path.read_text("utf-8")
    assert numbers_of(written / "report.html") >= NUMBERED


@pytest.mark.browser
def test_figures_do_nothing_when_they_are_pointed_at(trap: Trap, poisoned: Run):
    """All figures in one page, as each alone would read the drawing library anew."""
    pages = sorted(set(poisoned.out.glob("*.html")) - {poisoned.out / "report.html"})
    bodies = [
        path.read_text("utf-8").partition("<body>")[2].partition("</body>")[0] for path in pages
    ]
    together = poisoned.out / "together.htm"
    script = f'<script src="{SCRIPT}"></script>'
    body = _SCRIPT_TAG.sub("", "\n".join(bodies))
    together.write_text(f"<!DOCTYPE html><meta charset=utf-8>{script}{body}", encoding="utf-8")
    caught = trap.look_at(together, hover=12)
    together.unlink()
    assert caught.nothing
    assert len(caught.labels) > 300  # they were drawn, and answered
    assert len(numbers_of(*pages)) > 40


@pytest.mark.browser
def test_pictures_of_figures_hold_no_markup_of_theirs(trap: Trap, tmp_path: Path):
    from tests.charts.frames import two_years
    from workbench import charts
    from workbench.charts.drawing import Drawing
    from workbench.charts.save import save_drawings

    texts = [p.text for p in read_payloads() if len(p.text) < 1000]
    drawings = []
    for number, at in enumerate(range(0, len(texts), 40)):
        frame = two_years()
        rows = [
            frame[frame["label"] == frame["label"].iloc[0]].assign(label=t) for t in texts[at:][:40]
        ]
        frame = pd.concat(rows, ignore_index=True)
        figure = charts.shares(frame, title=texts[number])
        name = f"payloads-{number}"
        drawings.append(Drawing(name, figure, frame, title=" ".join(texts), alt=" ".join(texts)))
    for saved in save_drawings(drawings, tmp_path, browser=True):
        assert list(svg_faults(saved.svg)) == []
        assert trap.look_at(saved.svg).nothing
        assert numbers_of(saved.png) == set()
        assert list(csv_faults(saved.csv)) == []


@pytest.mark.browser
def test_what_notebooks_show_does_nothing(trap: Trap):
    names = []
    for screen in surfaces.screens():
        assert screen.markup
        for scripts in (False, True):
            assert trap.set_as_html(screen.markup, scripts=scripts).nothing, screen.name
        names.append(screen.name)
    assert len(names) == 7


@pytest.mark.browser
def test_the_map_of_the_explorer_does_nothing(trap: Trap, poisoned: Run):
    caught = trap.draw(surfaces.explorer_map(), poisoned.out / SCRIPT, hover=ALL)
    assert caught.nothing
    assert len(caught.labels) == ALL


@pytest.mark.parametrize(
    "field",
    [
        ' DDEAUTO c:\\\\windows "calc" ',
        " INCLUDETEXT here ",
        r" REF _RefFigure1 \h \* MERGEFORMAT ",
        r" SEQ Figure \* ARABIC \r 7 ",
        r' TOC \o "1-9" ',
    ],
)
def test_a_field_that_is_not_quite_one_of_ours_is_found(tmp_path, field):
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    own = r'<w:fldSimple w:instr=" REF _RefFigure1 \h "/>'
    body = f"<w:p>{own}<w:r><w:instrText>{field}</w:instrText></w:r></w:p>"
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{word}">{body}</w:document>')
    assert list(docx_faults(tmp_path / "a.docx")) == ["word/document.xml: a field"]
