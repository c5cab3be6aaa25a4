"""study.toml: what is wrong is named by key, with a hint, and never by value."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.errors import StudyError
from workbench.study import Study, locate

GOOD = """
name = "small"
title = "A small study"
[columns]
case_id = "id"
date = "day"
text = "words"
[[periods]]
name = "2023"
start = 2023-01-01
end = 2023-12-31
[[sources]]
path = "cases.csv"
"""


def load(folder: Path, text: str) -> Study:
    (folder / "study.toml").write_text(text, encoding="utf-8")
    return Study.load(folder / "study.toml")


def test_a_small_study_loads_and_is_frozen(tmp_path: Path) -> None:
    study = load(tmp_path, GOOD)
    assert study.folder == tmp_path.resolve()
    assert study.disclosure.hide_up_to == 7
    with pytest.raises(Exception, match="frozen"):
        study.name = "other"  # type: ignore[misc]


def test_what_labelling_made_is_found_beside_the_study(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).tone.heads is None
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "heads.npz").write_bytes(b"")
    study = load(tmp_path, GOOD + "[tone]\nheads = 'labels/heads.npz'\n")
    assert study.tone.heads == tmp_path.resolve() / "labels" / "heads.npz"
    assert study.tone.prevalence is None


def test_what_the_researcher_states_is_kept_without_its_line_breaks(tmp_path: Path) -> None:
    assert load(tmp_path, GOOD).method.ethics == ""
    assert load(tmp_path, GOOD).method.approach is None
    stated = '[method]\napproach = "reflexive"\nethics = """\n Reviewed  by\na board. """\n'
    study = load(tmp_path, GOOD + stated)
    assert study.method.ethics == "Reviewed by a board."
    assert study.method.reflexive


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda s: "titel = 'x'\n" + s, r"'titel' is not a key.*Did you mean 'title'"),
        (lambda s: s.replace('title = "A small study"', ""), "'title' is missing"),
        (lambda s: s.replace('text = "words"', ""), r"\[columns\] lacks text"),
        (lambda s: s.replace("2023-12-31", "2022-12-31"), r"periods \(no\. 1\).*end lies before"),
        (lambda s: s + 'period = "2024"\n', r"names the period '2024'"),
        (lambda s: s + "[fields.x]\nlabel = 'X'\n", "either 'column' or 'flags'"),
        (
            lambda s: s + "[fields.x]\nlabel = 'X'\ncolumn = 'x'\nscheme = 'sk'\n",
            r"names the scheme 'sk'",
        ),
        (
            lambda s: s + "[fields.x]\nlabel = 'X'\ncolumn = 'x'\noffered = { 2024 = ['A'] }\n",
            r"field 'x' says what was offered in '2024'",
        ),
        (
            lambda s: (
                s + "[schemes.k]\nlabels = [{ name = 'A' }]\n"
                "[fields.x]\nlabel = 'X'\ncolumn = 'x'\nscheme = 'k'\noffered = { 2023 = ['A'] }\n"
            ),
            "either 'scheme' or 'offered'",
        ),
        (lambda s: s + "[release]\napprove = 'automatic'\n", "only for a study marked synthetic"),
        (lambda s: s + "[disclosure]\nexempt = true\n", "an exemption needs its reason"),
        (lambda s: s + "[schemes]\nk = 'gone.toml'\n", r"gone\.toml does not exist"),
        (
            lambda s: s + "[codebooks]\nmine = 'gone.toml'\n",
            r"\[codebooks\] mine names gone\.toml, which is not a file",
        ),
        (
            lambda s: s + "[tone]\nheads = 'labels/heads.npz'\n",
            r"study\.toml: \[tone\] heads names labels/heads\.npz, which is not a file",
        ),
        (lambda s: s + "[tone]\nhead = 'x'\n", r"'tone\.head' is not a key.*Did you mean 'heads'"),
        (
            lambda s: s + "[tone]\nagreement = 'gone.csv'\n",
            r"\[tone\] agreement names gone\.csv, which is not a file",
        ),
        (
            lambda s: s + "[method]\nethic = 'x'\n",
            r"study\.toml: 'method\.ethic' is not a key.*Did you mean 'ethics'",
        ),
        (lambda s: s + "[method]\napproach = 'grounded'\n", r"'method\.approach'.*'reflexive'"),
        (lambda s: s + "[method]\nfunding = 3\n", r"'method\.funding'"),
        (
            lambda s: s + "[method]\ncodings = 'gone.csv'\n",
            r"\[method\] codings names gone\.csv, which is not a file",
        ),
        (lambda s: s + "[tone]\nheads = 3\n", r"'tone\.heads'"),
        (lambda s: "tone = 3\n" + s, "'tone'"),
        (lambda s: s + "[codebooks]\nmine = '.'\n", "which is not a file"),
        (lambda s: "codebook = 'a.toml'\n" + s, "Did you mean 'codebooks'"),
        (lambda s: s + "[codebooks]\nmine = 3\n", r"'codebooks\.mine'"),
        (lambda s: s + "[oops\n", "is not valid TOML"),
        (lambda s: "standardise = ['phse']\n" + s, "standardise uses the field 'phse'"),
        (
            lambda s: s + "[published]\nclaims = 'gone.csv'\n",
            r"\[published\] claims names gone\.csv, which is not a file",
        ),
        (
            lambda s: s + "[hours]\nstart = 16:00:00\nend = 10:00:00\n",
            r"'hours': end is not after start",
        ),
        (
            lambda s: s + "[hours]\ndays = ['Mon']\nstart = 10:00:00\nend = 16:00:00\n",
            r"'hours\.days \(no\. 1\)'",
        ),
        (
            lambda s: (
                s
                + "[fields.x]\nlabel = 'X'\ncolumn = 'x'\n"
                + "[[crosswalks]]\nfield = 'x'\nearlier = 'a'\nlater = 'b'\npath = 'c.csv'\n"
            ),
            r"\[\[crosswalks\]\] names the scheme 'a'",
        ),
        (
            lambda s: s + "[lens.bullying]\nrecorded = { x = ['A'] }\n",
            r"\[lens\.bullying\] is of a lens that 'lenses' does not name",
        ),
        (
            lambda s: 'lenses = ["bullying"]\n' + s + "[lens.bullying]\nrecorded = { y = ['A'] }\n",
            r"\[lens\.bullying\] recorded uses the field 'y'",
        ),
        (
            lambda s: (
                'lenses = ["bullying"]\n' + s + "[schemes.k]\nlabels = [{ name = 'Bullying' }]\n"
                "[fields.x]\nlabel = 'X'\ncolumn = 'x'\nscheme = 'k'\n"
                "[lens.bullying]\nrecorded = { x = ['Bulying'] }\n"
            ),
            r"no scheme of the field 'x' has.*Did you mean 'Bullying'",
        ),
        (lambda s: s + "[notes]\nrout = ['Phone']\n", r"\[notes\] uses the field 'rout'"),
        (
            lambda s: (
                s + "[schemes.k]\nlabels = [{ name = 'Phone' }]\n"
                "[fields.route]\nlabel = 'R'\ncolumn = 'r'\nscheme = 'k'\n"
                "[notes]\nroute = ['Fone']\n"
            ),
            r"\[notes\] names 'Fone', which no scheme of the field 'route' has.*'Phone'",
        ),
        (
            lambda s: (
                s + "[fields.route]\nlabel = 'R'\ncolumn = 'r'\nrenamed = { Call = 'Phone' }\n"
                "[notes]\nroute = ['Call']\n"
            ),
            r"\[notes\] names 'Call', which the field 'route' calls 'Phone'",
        ),
        (
            lambda s: s + "[release]\ndescribed_by = ['role']\n",
            r"\[release\] described_by uses the field 'role'",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, change: object, message: str) -> None:
    with pytest.raises(StudyError, match=message) as caught:
        load(tmp_path, change(GOOD))  # type: ignore[operator]
    assert "study.toml" in str(caught.value) or "gone.toml" in str(caught.value)


def test_codebooks_are_found_from_the_studys_folder(tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    (tmp_path / "books" / "mine.toml").write_text("title = 'x'", encoding="utf-8")
    study = load(tmp_path, GOOD + "[codebooks]\nmine = 'books/mine.toml'\n")
    assert study.locate(study.codebooks["mine"]).read_text(encoding="utf-8") == "title = 'x'"
    assert load(tmp_path, GOOD).codebooks == {}


def test_a_missing_study_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="workbench inspect"):
        Study.load(tmp_path / "nowhere.toml")


def test_paths_take_variables_with_defaults(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOME_DATA", raising=False)
    assert locate("${SOME_DATA:-here}/a.csv", folder=tmp_path) == tmp_path.resolve() / "here/a.csv"
    monkeypatch.setenv("SOME_DATA", str(tmp_path / "there"))
    assert locate("${SOME_DATA:-here}/a.csv", folder=tmp_path).parent.name == "there"


def test_the_real_comments_study_is_sound(root: Path) -> None:
    study = Study.load(root / "benchmarks" / "nhs_fft")
    assert study.two_periods == ("2021", "2022")
