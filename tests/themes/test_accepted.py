import pandas as pd
import pytest

from workbench.errors import WorkbenchError
from workbench.themes.accepted import SUGGESTER, tabulate_codings
from workbench.themes.codebook import Code, Codebook

BOOK = Codebook("Two", (Code("a", "A"), Code("b", "B"), Code("c", "C")))
IDS = ["x", "y", "z"]


def frame(rows, columns=("text_id", "code", "value")):
    return pd.DataFrame(rows, columns=list(columns))


def test_a_listed_text_is_coded_for_every_code_that_stands_there():
    rows, table = tabulate_codings(frame([("z", "b", 1), ("x", "a", 1)]), BOOK, IDS)
    table = table.set_axis([IDS[row] for row in rows])
    assert table.loc["x"].to_dict() == {"a": 1.0, "b": 0.0}
    assert table.loc["z"].to_dict() == {"a": 0.0, "b": 1.0}
    assert "y" not in table.index


def test_a_text_without_any_code_is_listed_with_0():
    rows, table = tabulate_codings(frame([("x", "a", 1), ("y", "a", 0)]), BOOK, IDS)
    assert dict(zip(rows.tolist(), table["a"], strict=True)) == {0: 1.0, 1: 0.0}


def test_a_missing_value_column_means_that_codes_apply():
    _, table = tabulate_codings(frame([("x", "a")], ("text_id", "code")), BOOK, IDS)
    assert table.to_numpy().tolist() == [[1.0]]


def test_coders_who_differ_give_a_share():
    rows = [("x", "a", 1, "Ann"), ("x", "b", 1, "Ben"), ("x", "a", 1, "Cai"), ("x", "a", 0, "Ben")]
    _, table = tabulate_codings(frame(rows, ("text_id", "code", "value", "coder")), BOOK, IDS)
    assert table.iloc[0].to_dict() == pytest.approx({"a": 2 / 3, "b": 1 / 3})


@pytest.mark.parametrize(
    ("codings", "said"),
    [
        (frame([("x", 1)], ("text_id", "value")), "no column 'code'"),
        (frame([("x", "a", 1), ("x", "d", 1)]), "row 2 of 2: 'code' is not in the codebook"),
        (frame([("v", "a", 1), ("w", "a", 1)]), r"row 1 of 2 \(and 1 more\): 'text_id' is not"),
        (frame([("x", "a", 2)]), "'value' is neither 0 nor 1"),
        (frame([("x", "a", None)]), "'value' is neither 0 nor 1"),
        (
            frame([("x", "a", 1, SUGGESTER)], ("text_id", "code", "value", "coder")),
            "suggestion that nobody accepted",
        ),
    ],
)
def test_faulty_codings_are_explained(codings, said):
    with pytest.raises(WorkbenchError, match=said):
        tabulate_codings(codings, BOOK, IDS)


def test_texts_that_share_an_id_are_refused():
    with pytest.raises(WorkbenchError, match="share one text_id"):
        tabulate_codings(frame([("x", "a", 1)]), BOOK, ["x", "x"])
