"""Printed figures read strictly, and set against the cases cell by cell."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from tests.compare.printed import make_printed
from tests.compare.test_seasons import STUDY
from tests.logs import make_log
from workbench.cases import CaseLog, FieldInfo, read_cases
from workbench.compare.published import (
    CELL_COLUMNS,
    PRINTED_COLUMNS,
    compare_published,
    read_published,
)
from workbench.errors import WorkbenchError
from workbench.study import Study
from workbench.study.parts import CaseField, Disclosure, Published

HEAD = "report,table,title,label,count,percent_as_printed,note"
EXEMPT = Disclosure(exempt=True, reason="invented")
FIELDS = {
    "Cases analysed": "cases",
    "Route of enquiry": "route",
    "Type of enquirer": "enquirer",
    "Institutional type": "phase",
    "Type of platform hosting concerning content": "host",
    "Social media platforms hosting concerning content": "platform",
    "Platform share": "platform",
    "Top 20 words in email subject headings": "subject words",
    "Referred to a platform for takedown": "referred = Yes",
    "Nature of enquiries": "category",
    "Top issues (a case can have several)": "issue",
    "Takedown": "takedowns",
}
"""What [published.fields] of the demonstration says."""


def write(folder: Path, *lines: str) -> Path:
    file = folder / "figures.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def test_figures_are_read_with_their_decimals_and_places(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        HEAD,
        "2022-23,Table 1,Phase,Primary,79,3.50,small",
        "2022-23,Table 2,Top 5 words,School,,68,",
    )
    frame = read_published(file)
    assert list(frame.columns) == list(PRINTED_COLUMNS)
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == PRINTED_COLUMNS
    assert frame["count"].tolist()[0] == 79
    assert frame["count"].isna().tolist() == [False, True]
    assert (frame["percent"].tolist(), frame["decimals"].tolist()) == ([3.5, 68.0], [2, 0])
    assert frame["whole"].tolist() == [True, False]
    assert frame["row"].tolist() == [2, 3]
    assert frame["base"].isna().all()


def test_a_base_may_be_stated(tmp_path: Path) -> None:
    file = write(tmp_path, HEAD + ",base", "2022-23,Table 1,Phase,Primary,79,3.5,,2254")
    assert read_published([file])["base"].tolist() == [2254]


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ((HEAD, 'a,b,c,d,"1,396",,'), r"figures\.csv, row 2, column 'count': .* write digits only"),
        ((HEAD, "a,b,c,d,12.5,,"), r"row 2, column 'count'"),
        ((HEAD, "a,b,c,d,1,,", "a,b,c,e,,68%,"), r"row 3, column 'percent_as_printed': .* as 68.8"),
        ((HEAD, "a,b,c,d,,,"), r"row 2, column 'count': the row has no figure"),
        ((HEAD, "a,b,,d,1,,"), r"row 2, column 'title': the cell is empty"),
        ((HEAD, "a,b,c,d,1,,,spare"), r"row 2: the row has 8 cells where the heading has 7"),
        ((HEAD.replace("label", "labels"), "a,b,c,d,1,,"), r"row 1, column 'labels': .*'label'\?"),
        (("report,table,title,label,count", "a,b,c,d,1"), r"needs the column percent_as_printed"),
    ],
)
def test_faults_are_named_by_row_and_column(
    tmp_path: Path, lines: tuple[str, ...], message: str
) -> None:
    with pytest.raises(WorkbenchError, match=message) as raised:
        read_published(write(tmp_path, *lines))
    assert "1,396" not in str(raised.value)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(WorkbenchError, match=r"nowhere\.csv is not a file"):
        read_published("nowhere.csv")


def log_of() -> CaseLog:
    kinds = [["Bullying", "Logo"], ["Bullying"], ["Logo"], []]
    cases = [
        {
            "kind": kinds[place],
            "phase": phase,
            "route": "Web form",
            "subject": "Fake account: please, account" if place == 0 else "Help",
        }
        for place, phase in enumerate(["Primary", "Secondary", "Secondary", []])
    ]
    several = FieldInfo("kind", "Kind", several=True, orders={"2022-23": ("Bullying", "Hate")})
    log = make_log([*cases, {"period": "2023-24", "date": "2023-10-05"}], {"kind": several})
    rows = [("C2", None, "TikTok", 40, 30), ("C3", None, "TikTok", 10, 9)]
    takedowns = pd.DataFrame(rows, columns=log.takedowns.columns).astype(log.takedowns.dtypes)
    return replace(log, takedowns=takedowns)


def study_of(*, disclosure: Disclosure = EXEMPT) -> Study:
    titles = {
        "Cases": "cases",
        "Phase": "phase",
        "Kind": "kind",
        "Route": "route",
        "Secondary share": "phase = Secondary",
        "Words": "subject words",
        "Takedown": "takedowns",
    }
    route = CaseField(column="Route", label="Route", renamed={"Online": "Web form"})
    return STUDY.model_copy(
        update={
            "published": Published(fields=titles),
            "disclosure": disclosure,
            "fields": {"route": route},
        }
    )


def test_each_kind_of_table_is_counted() -> None:
    period = "2022-23"
    printed = make_printed(
        [
            (period, "period", "Cases", "the whole year", 4, None),
            (period, "T1", "Phase", "secondary", 2, "50"),
            (period, "T1", "Phase", "Primary", 1, "33.3"),
            (period, "T2", "Kind", "Bullying", 2, "50.0"),
            (period, "T2", "Kind", "Hate", 0, "0"),
            (period, "T3", "Route", "Online", 4, "100"),
            (period, "T4", "Secondary share", "Share in secondary schools", None, "50"),
            (period, "T5", "Words", "Account", 2, None),
            (period, "T5", "Words", "Please", 1, None),
            (period, "T6", "Takedown", "URLs reported", 50, None),
            (period, "T6", "Takedown", "URLs removed", 39, None),
            (period, "T6", "Takedown", "Removal rate", None, "78"),
        ]
    )
    cells = compare_published(log_of(), study_of(), printed=printed)
    assert list(cells.columns) == list(CELL_COLUMNS)
    assert cells["verdict"].unique().tolist() == ["equal"]
    assert len(cells) == 12 + 5
    shares = cells[cells["figure"] == "percent"].set_index("label")
    assert shares.loc["secondary", ["n", "base", "of"]].tolist() == [2, 4, "all cases"]
    assert shares.loc["Primary", "of"] == "the cases that have it recorded"
    assert shares.loc["Primary", "counted"] == pytest.approx(100 / 3)
    assert shares.loc["Removal rate", "base"] == 50


def test_what_differs_and_what_cannot_be_counted() -> None:
    period = "2022-23"
    printed = make_printed(
        [
            (period, "T1", "Phase", "Primary", 3, "90"),
            (period, "T1", "Phase", "Nursery", 1, None),
            (period, "T9", "Unheard of", "Primary", 1, None),
            ("2019-20", "T1", "Phase", "Primary", 1, None),
            ("2023-24", "T1", "Phase", "Primary", 1, None),
            ("2023-24", "T6", "Takedown", "URLs reported", 1, None),
        ]
    )
    cells = compare_published(log_of(), study_of(), printed=printed)
    assert cells["verdict"].tolist() == ["differs"] * 2 + ["not countable"] * 5
    assert cells["difference"].tolist()[:2] == [-2, -65]
    for place, words in enumerate(
        [
            "the cases give 2 fewer",
            "no base reproduces it: 25.0% of all cases, 33.3% of the cases that have it recorded",
            "no case carries this label",
            r"name its title in \[published.fields\]",
            "no cases of that period",
            "'phase' is not recorded",
            "no takedowns",
        ]
    ):
        assert words.replace("\\", "") in cells["reason"][place]


def test_without_an_exemption_nothing_tells_the_count() -> None:
    """Neither the count, nor the verdict or the difference from which it could be worked out."""
    rows = [("2022-23", "T1", "Phase", "Primary", n, p) for n, p in [(1, "33"), (2, "51")]]
    protected = study_of(disclosure=Disclosure())
    right, wrong = (compare_published(log_of(), protected, printed=make_printed([r])) for r in rows)
    assert right.drop(columns="printed").equals(wrong.drop(columns="printed"))
    assert right["verdict"].tolist() == ["not countable"] * 2
    assert right[["n", "counted", "difference"]].isna().all(axis=None)
    assert "cannot be compared" in right["reason"][0]


def test_a_study_without_printed_figures_is_told_so() -> None:
    with pytest.raises(WorkbenchError, match=r"\[published\] files"):
        compare_published(log_of(), study_of())


def test_every_printed_figure_of_the_demonstration_is_met(root: Path) -> None:
    study = Study.load(root / "corpora" / "demo")
    files = tuple(f"../published/figures_{year}.csv" for year in ("2022_23", "2023_24"))
    study = study.model_copy(update={"published": Published(files=files, fields=FIELDS)})
    cells = compare_published(read_cases(study), study)
    unmet = cells[cells["verdict"] != "equal"]
    assert len(cells) == 163
    assert unmet[["report", "label", "reason"]].to_numpy().tolist() == [
        ["2020-21", "Online Reputation", "the study has no cases of that period"]
    ]
