import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import StudyError
from workbench.themes.codebook import Code, Codebook

CONTENT = """
title = "Three codes"
question = "What has gone wrong?"
[[codes]]
code = "1"
name = "Harm"
definition = "People are mocked online."
[[codes]]
code = "1.1"
name = "Mockery"
parent = "1"
definition = "An account makes fun of teachers."
include = ["Nicknames", " Captions "]
exclude = ["Pupils only (see 2)"]
examples = ["Pupils have made an account that mocks staff."]
[[codes]]
code = "2"
name = "Training"
"""


def read(tmp_path, content):
    file = tmp_path / "codebook.toml"
    file.write_text(content, encoding="utf-8")
    return Codebook.load(file)


def test_a_codebook_is_read_as_written(tmp_path):
    book = read(tmp_path, CONTENT)
    assert (book.title, book.question) == ("Three codes", "What has gone wrong?")
    assert book.codes[1] == Code(
        "1.1",
        "Mockery",
        "1",
        "An account makes fun of teachers.",
        ("Nicknames", "Captions"),
        ("Pupils only (see 2)",),
        ("Pupils have made an account that mocks staff.",),
    )


def test_leaves_and_children_follow_the_parents(tmp_path):
    book = read(tmp_path, CONTENT)
    assert [code.code for code in book.leaves] == ["1.1", "2"]
    assert [code.code for code in book.children("1")] == ["1.1"]
    assert book.children("2") == ()


def test_the_table_names_the_outermost_theme(tmp_path):
    deeper = CONTENT + '[[codes]]\ncode = "1.1.1"\nname = "Masks"\nparent = "1.1"\n'
    table = read(tmp_path, deeper).table().set_index("code")
    assert table["theme"].to_dict() == {
        "1": "Harm",
        "1.1": "Harm",
        "2": "Training",
        "1.1.1": "Harm",
    }
    assert table["depth"].to_list() == [0, 1, 0, 2]


def test_what_shows_a_code_leaves_out_what_does_not_belong(tmp_path):
    assert read(tmp_path, CONTENT).codes[1].lines == (
        "Mockery. An account makes fun of teachers.",
        "Nicknames",
        "Captions",
        "Pupils have made an account that mocks staff.",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('title = "none"', "holds no codes"),
        ('[codes]\ncode = "1"\nname = "a"', "holds no codes"),
        ('titel = "a"', "'titel' is not known there. Did you mean 'title'?"),
        ('[[codes]]\nname = "a"', "code no. 1: 'code' is missing"),
        ('[[codes]]\ncode = "1"\nname = " "', "code '1': 'name' is missing"),
        ('[[codes]]\ncode = "1"\nname = "a"\nexample = ["b"]', "code '1': .* mean 'examples'"),
        ('[[codes]]\ncode = "1"\nname = "a"\ninclude = "b"', "code '1', 'include' must be a list"),
        ('[[codes]]\ncode = "1"\nname = "a"\nexamples = [1]', "'examples' must be a list of lines"),
        ('[[codes]]\ncode = "1"\nname = "a"\n[[codes]]\ncode = "1"\nname = "b"', "'1' twice"),
        (
            '[[codes]]\ncode = "pet"\nname = "a"\nparent = "pets"',
            "no code 'pets' there. Did you mean",
        ),
        ('[[codes]]\ncode = "1"\nname = "a"\nparent = "1"', "parents lead back to '1'"),
        (
            '[[codes]]\ncode = "1"\nname = "a"\nparent = "2"\n'
            '[[codes]]\ncode = "2"\nname = "b"\nparent = "1"',
            "lead back to '1'",
        ),
    ],
)
def test_a_faulty_codebook_is_explained(tmp_path, content, said):
    with pytest.raises(StudyError, match=said):
        read(tmp_path, content)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6))
def test_any_parents_are_read_or_refused_never_followed_for_ever(tmp_path_factory, parents):
    """Code n stands under code parents[n] where there is one, else under none."""
    codes = [
        f'[[codes]]\ncode = "c{number}"\nname = "n"\n'
        + (f'parent = "c{above}"\n' if above < len(parents) else "")
        for number, above in enumerate(parents)
    ]
    folder = tmp_path_factory.mktemp("books")
    try:
        book = read(folder, "\n".join(codes))
    except StudyError:
        return
    assert (book.table()["depth"] < len(parents)).all()
    assert book.leaves
