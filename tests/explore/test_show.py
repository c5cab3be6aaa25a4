from __future__ import annotations

from html.parser import HTMLParser
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.logs import make_log
from workbench.charts.drawing import Drawing, SavedDrawing
from workbench.compare.shares import compare_shares
from workbench.errors import WorkbenchError
from workbench.explore import show
from workbench.report.build import Report


class Tables(HTMLParser):
    """The cells of a piece of HTML, row by row."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        if tag == "tr":
            self.rows.append([])
        self._inside = tag in ("td", "th")
        if self._inside:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.rows[-1][-1] += data


def rows(shown: show.Shown) -> list[list[str]]:
    return Tables(shown._repr_html_()).rows


@pytest.fixture
def log():
    return make_log(
        [
            {"date": pd.Timestamp("2022-10-05"), "phase": "Primary"},
            {"date": pd.Timestamp("2023-01-09"), "phase": ["Primary", "<b>Other</b>"]},
            {"date": pd.Timestamp("2023-10-01"), "period": "2023-24", "phase": []},
        ]
    )


def test_a_frame_as_a_table():
    frame = pd.DataFrame({"word": ["a", "<i>b</i>"], "n": [1, 20]})
    shown = show.table(frame, title="Words & counts", note="Base: 2")
    assert rows(shown) == [["word", "n"], ["a", "1"], ["<i>b</i>", "20"]]
    assert "<i>" not in shown._repr_html_()
    assert "Words &amp; counts" in shown._repr_html_()
    assert "Base: 2" in shown._repr_html_()
    assert repr(shown) == "Table: Words & counts"
    assert "text-align:right" in shown._repr_html_().split("<tbody>")[1]


def test_columns_of_cells_as_a_table():
    shown = show.in_columns("Waits", {"Who": ["<i>"], "Hours": ["2"]}, note="A & B")
    assert rows(shown) == [["Who", "Hours"], ["<i>", "2"]]
    assert shown._repr_html_().count("text-align:right") == 2
    assert "A &amp; B" in shown._repr_html_()


def test_overview_counts_each_period(log):
    assert rows(show.overview(log)) == [
        ["Period", "Cases", "First", "Last"],
        ["2022-23", "2", "05/10/2022", "09/01/2023"],
        ["2023-24", "1", "01/10/2023", "01/10/2023"],
    ]


def test_fields_recorded_says_how_many_cases_have_each(log):
    assert rows(show.fields_recorded(log))[1] == ["Phase", "2", "2 of 2", "0 of 1"]


def test_shares_with_their_base(log):
    shown = show.shares_of(log, "phase")
    assert ["Primary", "2", "100.0%"] in rows(shown)
    assert "2 of 3 cases have it recorded, 1 have none" in shown._repr_html_()
    assert "<b>Other" not in shown._repr_html_()


def test_shares_by_period(log):
    found = rows(show.shares_of(log, "phase", by="period"))
    assert found[0] == [
        "Phase",
        "Cases 2022-23",
        "Share 2022-23",
        "Cases 2023-24",
        "Share 2023-24",
    ]


def test_problems_or_none(log):
    assert "No row" in show.problems(log)._repr_html_()


def test_sentences_are_escaped():
    members = [{"phase": "<u>x</u>" if n < 30 else "y", "period": "2022-23"} for n in range(60)]
    members += [{"phase": "y", "period": "2023-24", "date": "2023-10-01"} for n in range(60)]
    numbered = [{**row, "case_id": f"C{n}"} for n, row in enumerate(members)]
    log = make_log(
        [{**row, "date": pd.Timestamp(row.get("date", "2022-10-01"))} for row in numbered]
    )
    shown = show.say_differences(compare_shares(log, "phase", by="period"))
    assert "&lt;u&gt;x&lt;/u&gt; fell from 50.0% (30 of 60) in 2022-23" in shown._repr_html_()


def test_grid_is_the_shape_of_a_heat_map(log):
    cells = show.grid(compare_shares(log, "phase", by="period"))
    assert list(cells) == ["row", "column", "n", "base", "share"]


def test_lists_and_their_absence():
    assert show.listed(["a < b"], none="none")._repr_html_().count("<li>a &lt; b</li>") == 1
    assert repr(show.listed([], none="All there.")) == "All there."


def test_begin_keeps_figures_light_and_on_this_machine(monkeypatch):
    import plotly.io
    from plotly.graph_objects import Figure

    monkeypatch.setattr(plotly.io.renderers, "default", "json")
    show.begin()
    renderer = plotly.io.renderers["plotly_mimetype"]
    assert plotly.io.renderers.default == "plotly_mimetype"
    [drawn] = renderer.to_mimebundle(Figure().to_dict()).values()
    assert drawn["config"]["showSendToCloud"] is False
    assert drawn["config"]["plotlyServerURL"] == ""


@pytest.fixture
def report(tmp_path, monkeypatch):
    from plotly.graph_objects import Figure

    monkeypatch.chdir(tmp_path)
    drawing = Drawing("tones", Figure(), pd.DataFrame(), "Tones", "Ten tones")
    saved = SavedDrawing(drawing, tmp_path / "tones.html", None, None, tmp_path / "tones.csv")
    folder = tmp_path / "figures & more"
    return Report(
        docx=folder / "report.docx",
        html=folder / "report.html",
        pdf=folder / "report.pdf",
        ledger=folder / "ledger.json",
        faults=(),
        figures=(saved,),
        gaps=(),
        problems=0,
        pictures=False,
    )


def test_links_to_what_was_written_hold_no_path_of_the_machine(report, tmp_path):
    markup = show.report_files(report)._repr_html_()
    assert 'href="figures &amp; more/report.docx"' in markup
    assert str(tmp_path) not in markup
    assert "figures: 1" in repr(show.report_files(report))


def test_a_figure_by_its_name(report):
    assert show.figure_named(report, "tones") is report.figures[0].drawing.figure
    with pytest.raises(WorkbenchError, match="Did you mean 'tones'"):
        show.figure_named(report, "tone")


def test_quotes_are_shown_and_not_stored():
    frame = pd.DataFrame({"theme": [0], "level": [0], "label": ["Pages <b>"]})
    themes = SimpleNamespace(themes=frame)
    texts = pd.Series(["Before. The page is <i>back</i>. After."], index=["C1"])
    found = pd.DataFrame({"theme": [0], "text_id": ["C1"], "start": [8], "end": [32]})
    shown = show.quotes(themes, texts, found)
    (part,) = shown.widget.children
    assert "The page is &lt;i&gt;back&lt;/i&gt;." in part.value
    assert "After" not in part.value
    assert "<b>Pages &lt;b&gt;</b>" in part.value
    stored = shown._repr_mimebundle_()["text/plain"]
    assert "page is" not in stored + repr(shown)
