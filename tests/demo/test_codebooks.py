"""The three codebooks: whole, told apart, in line with the truth, and not drawn from the texts."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from workbench import demo
from workbench.study import Study

BOOKS = ("bullying", "reasons", "themes")
KEYS = {"code", "name", "parent", "definition", "include", "exclude", "examples"}
SHINGLE = 6  # words in a row that no example may share with the texts
SOURCE = Path(demo.__file__).parent
Rows = list[dict[str, str]]
Code = dict[str, Any]


@pytest.fixture(scope="module")
def books(demo_folder: Path) -> dict[str, dict[str, Any]]:
    """Name of a codebook -> what its file holds."""
    folder = demo_folder / "codebooks"
    return {
        name: tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8")) for name in BOOKS
    }


@pytest.fixture(params=BOOKS)
def codes(request: pytest.FixtureRequest, books: dict[str, dict[str, Any]]) -> list[Code]:
    """The codes of one codebook after another."""
    found: list[Code] = books[request.param]["codes"]
    return found


def test_the_study_names_every_codebook(demo_folder: Path) -> None:
    study = Study.load(demo_folder)
    named = {study.locate(path) for path in study.codebooks.values()}
    assert named == {path.resolve() for path in (demo_folder / "codebooks").iterdir()}
    assert sorted(study.codebooks) == sorted(BOOKS)


def test_a_codebook_says_what_it_answers(books: dict[str, dict[str, Any]]) -> None:
    told = {"title", "question", "codes"}
    assert all(told <= set(book) <= {*told, "section", "asks"} for book in books.values())
    assert all(book["question"].endswith("?") for book in books.values())
    assert len({book["title"] for book in books.values()}) == len(BOOKS)


def test_every_code_is_whole(codes: list[Code]) -> None:
    for code in codes:
        where = code["code"]
        assert KEYS - {"parent"} <= set(code) <= KEYS, where
        assert 2 <= len(code["include"]) <= 5, where
        assert 1 <= len(code["exclude"]) <= 4, where
        assert 3 <= len(code["examples"]) <= 6, where
        assert all(line.strip() == line != "" for line in lines_of(code)), where


def test_ids_and_names_are_unique_and_parents_stand_above(codes: list[Code]) -> None:
    ids = [code["code"] for code in codes]
    assert len(set(ids)) == len(ids)
    assert len({code["name"] for code in codes}) == len(ids)
    for number, code in enumerate(codes):
        assert code.get("parent") in {None, *ids[:number]}, code["code"]


def test_no_line_speaks_for_two_codes(books: dict[str, dict[str, Any]]) -> None:
    lines = [e for book in books.values() for code in book["codes"] for e in code["examples"]]
    assert len({" ".join(words(line)) for line in lines}) == len(lines)


def test_what_does_not_belong_goes_to_a_code_that_exists(codes: list[Code]) -> None:
    ids = {code["code"] for code in codes}
    for code in codes:
        sent = [target for line in code["exclude"] for target in targets(line)]
        assert set(sent) <= ids, code["code"]
        assert code["code"] not in sent
        assert sent, f"{code['code']} is not told apart from any other code"


def test_targets_are_read() -> None:
    assert targets("A thing (see 2.1; mark both where it hurts)") == ["2.1"]
    assert targets("A thing (see a, b or c)") == ["a", "b", "c"]
    assert targets("A thing (code the matter)") == []


def test_the_typology_has_ten_types(books: dict[str, dict[str, Any]]) -> None:
    assert len(books["bullying"]["codes"]) == 10
    assert not any("parent" in code for code in books["bullying"]["codes"])


def test_the_truth_uses_the_codes_of_the_themes(
    books: dict[str, dict[str, Any]], truth: Callable[[str], Rows]
) -> None:
    """The truth uses every code that stands under a theme, and no other."""
    under = {code["code"]: code["parent"] for code in books["themes"]["codes"] if "parent" in code}
    used = {c for row in truth("themes") for c in (row["code"], *row["also"].split("; ")) if c}
    assert under == {code: code.split(".")[0] for code in used}


def test_no_example_is_taken_from_the_texts(
    books: dict[str, dict[str, Any]], texts: dict[str, str], demo_rows: Callable[[str], Rows]
) -> None:
    """Else placing the cases by the examples would find the fragments that made both."""
    wanted: dict[tuple[str, ...], str] = {}
    for book in books.values():
        for code in book["codes"]:
            wanted |= {part: code["code"] for line in code["examples"] for part in shingles(line)}
    assert len(wanted) > 1000
    mails = [message["Message"] for message in demo_rows("messages.csv")]
    lengths = {len(part) for part in wanted}
    found = {
        (wanted[part], " ".join(part))
        for run in (*fragment_runs(), *texts.values(), *mails)
        for part in parts(words(run), lengths)
        if part in wanted
    }
    assert not found


def test_a_borrowed_line_would_be_found() -> None:
    """The search sees fragments as they stand and through their alternatives."""
    runs = [" ".join(words(run)) for run in fragment_runs()]
    assert any("reported it through the app" in run for run in runs)
    assert not any("{" in run or "|" in run for run in runs)
    assert parts(["a", "b", "c"], {2}) == [("a", "b"), ("b", "c")]
    assert shingles("One, two, three.") == [("one", "two", "three")]


def lines_of(code: Code) -> list[str]:
    """Every line of text of a code."""
    return [code["name"], code["definition"], *code["include"], *code["exclude"], *code["examples"]]


def targets(line: str) -> list[str]:
    """The codes that an exclude line sends to: "... (see 2.1 or 2.2; mark both ...)"."""
    found = re.search(r"\(see ([^);]+)[^)]*\)$", line)
    return re.split(r", | or ", found[1]) if found else []


def words(text: str) -> list[str]:
    """Lower-case words; curly and straight apostrophes are one."""
    return re.findall(r"[\w']+", text.lower().replace("’", "'"))


def parts(run: list[str], lengths: set[int]) -> list[tuple[str, ...]]:
    """All word sequences of the given lengths."""
    return [tuple(run[i : i + n]) for n in lengths for i in range(len(run) - n + 1)]


def shingles(line: str) -> list[tuple[str, ...]]:
    """The line's sequences of six words, or all of a line that is shorter."""
    run = words(line)
    return parts(run, {min(SHINGLE, len(run))})


def fragment_runs() -> Iterator[str]:
    """The generator's own texts, cut where a place to fill or an alternative stands."""
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".txt", ".toml"} and path.parent.name != "codebooks":
            for line in path.read_text(encoding="utf-8").splitlines():
                yield from re.split(r"[\[\]|{}<>\"]", line)
