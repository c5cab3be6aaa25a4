"""Crosswalks are read as they are written, and every mistake is named with its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.compare.crosswalks import EARLIER, LATER, make_crosswalking
from workbench.compare.crosswalk import (
    check_crosswalk,
    read_crosswalk,
    read_crosswalks,
    require_whole,
)
from workbench.errors import SourceError, WorkbenchError
from workbench.study import Study

HEADING = "earlier,later,relation,note"
WHOLE = (
    "A,V,exact,",
    "B,W,narrower,split",
    "B,X,Narrower ?,may have been C",
    "C,Y,broader,",
    "D,Y,broader,",
    ",Z,none,new",
)


def make_study(folder: Path, rows: tuple[str, ...] = WHOLE, **more: object) -> Study:
    """A study of two periods with a scheme each, and a crosswalk of ``rows`` between them."""
    (folder / "crosswalk.csv").write_text("\n".join([HEADING, *rows]), encoding="utf-8")
    crosswalk = {"field": "kind", "earlier": "old", "later": "new", "path": "crosswalk.csv"}
    described = {
        "name": "small",
        "title": "Small",
        "columns": {"case_id": "id", "date": "date", "text": "text"},
        "periods": [
            {"name": "2022-23", "start": "2022-09-01", "end": "2023-08-31"},
            {"name": "2023-24", "start": "2023-09-01", "end": "2024-08-31"},
        ],
        "sources": [{"path": "cases.csv"}],
        "fields": {
            "kind": {
                "column": "Kind",
                "label": "Kind of harm",
                "many": True,
                "scheme": {"2022-23": "old", "2023-24": "new"},
            },
            "issue": {"column": "Issue", "label": "Issue", "scheme": {"2023-24": "issues"}},
        },
        "schemes": {
            "old": {"labels": [{"name": label} for label in EARLIER]},
            "new": {"labels": [{"name": label} for label in LATER]},
            "issues": {"labels": [{"name": "V"}, {"name": "Q"}]},
            "unused": {"labels": [{"name": "V"}]},
        },
        "crosswalks": [crosswalk],
        "folder": str(folder),
    }
    return Study.model_validate({**described, **more})


def test_a_crosswalk_is_read_with_its_schemes_and_periods(tmp_path: Path) -> None:
    read = read_crosswalk(make_study(tmp_path), "kind")
    assert (read.field, read.title, read.file) == ("kind", "Kind of harm", "crosswalk.csv")
    assert (read.earlier.scheme, read.earlier.periods) == ("old", ("2022-23",))
    assert (read.later.labels, read.later.span) == (LATER, "2023-24")
    assert read.links.loc[4].tolist() == ["B", "X", "narrower", True, "may have been C"]
    assert read.links["relation"].tolist() == [
        "exact", "narrower", "narrower", "broader", "broader", "none",
    ]  # fmt: skip
    assert check_crosswalk(read).empty


def test_spaces_and_a_missing_note_do_no_harm(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    (tmp_path / "crosswalk.csv").write_text("earlier,later,relation\n A , V,EXACT \n", "utf-8")
    assert read_crosswalk(study, "kind").links.to_numpy().tolist() == [
        ["A", "V", "exact", False, ""]
    ]


def test_the_later_scheme_may_stand_in_another_field(tmp_path: Path) -> None:
    entry = {"field": "kind", "earlier": "old", "later": "issues", "path": "crosswalk.csv"}
    study = make_study(tmp_path, ("A,V,exact,",), crosswalks=[entry])
    read = read_crosswalk(study, "kind")
    assert (read.earlier.field, read.later.field) == ("kind", "issue")


def test_of_several_crosswalks_one_is_named(tmp_path: Path) -> None:
    entries = [
        {"field": "kind", "earlier": "old", "later": later, "path": "crosswalk.csv"}
        for later in ("new", "issues")
    ]
    study = make_study(tmp_path, ("A,V,exact,",), crosswalks=entries)
    assert [read.later.scheme for read in read_crosswalks(study)] == ["new", "issues"]
    assert read_crosswalk(study, "kind", later="issues").later.scheme == "issues"
    with pytest.raises(WorkbenchError, match=r"Say which with later=.*new, issues"):
        read_crosswalk(study, "kind")
    with pytest.raises(WorkbenchError, match=r"no crosswalk to the scheme 'isues'. Did you mean"):
        read_crosswalk(study, "kind", later="isues")
    with pytest.raises(WorkbenchError, match=r"no crosswalk for the field 'knid'. Did you mean"):
        read_crosswalk(study, "knid")


@pytest.mark.parametrize(
    ("earlier", "later", "message"),
    [
        ("unused", "new", "'unused', by which no field is recorded"),
        ("new", "old", "calls the scheme 'new' the earlier one.*Swap them"),
        ("new", "issues", "calls the scheme 'new' the earlier one"),
    ],
)
def test_schemes_that_do_not_follow_each_other_are_refused(
    tmp_path: Path, earlier: str, later: str, message: str
) -> None:
    entry = {"field": "kind", "earlier": earlier, "later": later, "path": "crosswalk.csv"}
    with pytest.raises(WorkbenchError, match=message):
        read_crosswalk(make_study(tmp_path, crosswalks=[entry]), "kind")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (("A,V,exakt,",), r"row 2, column 'relation': this is no relation. Did you mean 'exact'"),
        (("A,V,same,",), r"row 2, column 'relation': .*Known here: exact, broader, narrower, none"),
        (("A,,none?,why",), r"row 2, column 'relation': this is no relation"),
        (("A,V,exact,", ",,none,x"), r"row 3, column 'earlier': both sides are empty"),
        (("A,V,none,",), r"row 2, column 'relation': 'none' says"),
        (("A,,narrower,",), r"row 2, column 'later': the counterpart is missing"),
        ((",V,broader,",), r"row 2, column 'earlier': the counterpart is missing"),
        (("A,V,narrower?,",), r"row 2, column 'note': a relation with '\?' needs its reason"),
        (("A,VV,exact,",), r"row 2, column 'later': this is no label of the scheme 'new'.*'V'"),
        (("V,V,exact,",), r"row 2, column 'earlier': this is no label of the scheme 'old'"),
        (("A,V,narrower,", "A,V,broader,"), r"row 3, column 'later': this link stands in an earl"),
        (("A,,none,", "A,,none,"), r"row 3, column 'later': this link stands"),
        (("A,V,exact,", "A,W,narrower,"), r"row 2, column 'earlier': this label is 'exact' here"),
        (("A,V,broader,", "B,V,exact,"), r"row 3, column 'later': this label is 'exact' here"),
        (("A,V,narrower,", "A,,none,"), r"row 3, column 'earlier': this label is 'none' here"),
        (("A,VV,exact,", "B,WW,exact,"), r"row 2, .* There are 1 further faults"),
    ],
)
def test_mistakes_are_named_with_their_place(
    tmp_path: Path, rows: tuple[str, ...], message: str
) -> None:
    with pytest.raises(WorkbenchError, match=message) as raised:
        read_crosswalk(make_study(tmp_path, rows), "kind")
    assert "crosswalk.csv" in str(raised.value)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    study = make_study(tmp_path)
    (tmp_path / "crosswalk.csv").write_text("from,to\nA,V\n", "utf-8")
    with pytest.raises(WorkbenchError, match="has no column 'earlier'"):
        read_crosswalk(study, "kind")
    (tmp_path / "crosswalk.csv").write_text(f"{HEADING}\nA,V,exact,a,b\n", "utf-8")
    with pytest.raises(WorkbenchError, match="row 2: the row has 5 cells"):
        read_crosswalk(study, "kind")
    (tmp_path / "crosswalk.csv").unlink()
    with pytest.raises(SourceError, match="does not exist"):
        read_crosswalk(study, "kind")


def test_holes_are_listed_by_scheme() -> None:
    walk = make_crosswalking([("B", "W", "exact"), ("", "Z", "none")], whole=False)
    holes = check_crosswalk(walk)
    assert holes.to_numpy().tolist() == [
        ["earlier", "old", "A"],
        ["earlier", "old", "C"],
        ["earlier", "old", "D"],
        ["later", "new", "V"],
        ["later", "new", "X"],
        ["later", "new", "Y"],
    ]
    with pytest.raises(WorkbenchError, match=r"A, C, D \(column 'earlier'\); V, X, Y \(column 'l"):
        require_whole(walk)
    require_whole(make_crosswalking([("B", "W", "exact")]))


def test_the_demonstration_has_two_whole_crosswalks(root: Path) -> None:
    study = Study.load(root / "corpora" / "demo")
    entries = [
        {"field": "category", "earlier": "categories-2022-23", "later": later, "path": path}
        for later, path in (
            ("categories-2023-24", "crosswalk.csv"),
            ("issues-2023-24", "crosswalk-issues.csv"),
        )
    ]
    given = {**study.model_dump(exclude={"crosswalks"}), "crosswalks": entries}
    for walk in read_crosswalks(Study.model_validate(given)):
        assert check_crosswalk(walk).empty
        assert walk.links["relation"].value_counts().min() >= 1
