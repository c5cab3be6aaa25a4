"""Redaction of whole logs: nothing known survives, nothing else changes."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.logs import make_log
from tests.small import STUDY
from workbench.cases.columns import MESSAGE_COLUMNS
from workbench.cases.log import CaseLog
from workbench.errors import WorkbenchError
from workbench.privacy import (
    audit,
    count_redactions,
    find_identifiers,
    redact,
    redact_texts,
    redact_with_audit,
    write_pseudonym_map,
)
from workbench.privacy.folding import fold_words
from workbench.privacy.patterns import PLACEHOLDER
from workbench.study import Study

PRIVATE = """
[private.site]
column = "Site"
entity = "SCHOOL"

[redaction]
keep = ["CEOP"]
hide = ["Project Heron"]

[[contacts]]
name = "A helpline"
details = "0344 381 4772"
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    folder: Path = tmp_path_factory.mktemp("study")
    (folder / "study.toml").write_text(STUDY + PRIVATE, encoding="utf-8")
    return Study.load(folder)


def labels(*pairs: tuple[str, str]) -> pd.DataFrame:
    return pd.DataFrame(pairs, columns=["case_id", "label"], dtype="str")


@pytest.fixture
def log() -> CaseLog:
    rows: list[dict[str, object]] = [
        {
            "case_id": "A",
            "subject": "Account about Mrs Halvern",
            "text": "Jane Halvern of Oakfield Academy saw @oak_memes. Ring 07700 900123 or "
            "0344 381 4772. CEOP know of Project Heron.",
        },
        {"case_id": "B", "text": "HALVERN is not named here, oakfield neither."},
    ]
    messages = pd.DataFrame(
        [
            ("A", "2022-10-06", "helpline", "Dear Jane, please block @OAK_MEMES."),
            ("B", "2022-10-06", "Bo Kessler", "kessler"),
            ("A", "2022-10-07", None, "Thank you, J Halvern"),
        ],
        columns=[column.name for column in MESSAGE_COLUMNS],
    ).astype({column.name: column.dtype for column in MESSAGE_COLUMNS})
    private = {
        "people": labels(("A", "Jane Halvern"), ("B", "Bo Kessler")),
        "site": labels(("A", "Oakfield Academy")),
    }
    return replace(make_log(rows), messages=messages, private=private)


def test_a_case_is_redacted_by_its_own_names(log: CaseLog, study: Study) -> None:
    safe = redact(log, study)
    assert safe.cases["subject"].tolist()[0] == "Account about [PERSON 1]"
    assert safe.cases["text"].tolist() == [
        "[PERSON 1] of [SCHOOL 1] saw [HANDLE 1]. Ring [PHONE 1] or 0344 381 4772. "
        "CEOP know of [OTHER 1].",
        "HALVERN is not named here, oakfield neither.",
    ]
    assert safe.messages["text"].tolist() == [
        "Dear [PERSON 1], please block [HANDLE 1].",
        "[PERSON 1]",
        "Thank you, [PERSON 1]",
    ]
    assert safe.messages["author"].tolist()[:2] == ["helpline", "[PERSON 1]"]
    assert safe.private == {}
    assert safe.redacted


def test_rows_order_types_and_other_columns_stay(log: CaseLog, study: Study) -> None:
    before = log.cases.copy(deep=True), log.messages.copy(deep=True)
    safe = redact(log, study)
    pd.testing.assert_frame_equal(log.cases, before[0])
    pd.testing.assert_frame_equal(log.messages, before[1])
    assert not log.redacted
    assert set(log.private) == {"people", "site"}
    texts = ["subject", "text"]
    pd.testing.assert_frame_equal(safe.cases.drop(columns=texts), log.cases.drop(columns=texts))
    assert safe.cases.dtypes.equals(log.cases.dtypes)
    assert safe.messages.dtypes.equals(log.messages.dtypes)
    assert safe.cases["subject"].isna().tolist() == [False, True]
    assert safe.messages["author"].isna().tolist() == [False, False, True]


def test_redacting_again_changes_nothing(log: CaseLog, study: Study) -> None:
    once = redact(log, study)
    twice = redact(once, study)
    pd.testing.assert_frame_equal(once.cases, twice.cases)
    pd.testing.assert_frame_equal(once.messages, twice.messages)


def test_a_log_without_cases(log: CaseLog, study: Study) -> None:
    empty = redact(log.only(pd.Series([], dtype="str")), study)
    assert len(empty) == 0
    assert empty.redacted
    assert list(empty.cases.columns) == list(log.cases.columns)


def test_new_pseudonyms_never_reuse_a_number_that_stands() -> None:
    assert redact_texts(["[PERSON 1] and Bo Marsh"], names=["Bo Marsh"]) == [
        "[PERSON 1] and [PERSON 2]"
    ]


def test_each_text_of_a_list_is_numbered_anew() -> None:
    texts = ["Bo Marsh, a@b.org, c@d.org", "c@d.org", ""]
    assert redact_texts(texts, names=["Bo Marsh"], hide=["nothing"]) == [
        "[PERSON 1], [EMAIL 1], [EMAIL 2]",
        "[EMAIL 1]",
        "",
    ]


@pytest.mark.parametrize("piece", ["@a", "a_", "a.", "!", "a@b.c ", "@a ", "Mr A", "0 "])
def test_long_and_dull_texts_are_read_to_their_end(piece: str) -> None:
    text = piece * 3000 + " Bo Kessler"
    once = redact_texts([text], names=["Bo Kessler"])
    assert "Kessler" not in once[0]
    assert redact_texts(once) == once


PEOPLE = ["Mrs Jane O'Hara", "Tom Kessler", "Priya Nandakumar", "Zo\u00eb Quill"]
PIECES = st.sampled_from(
    [
        *PEOPLE,
        *[name.upper() for name in PEOPLE],
        *[name.lower() for name in PEOPLE],
        "O'Hara",
        "kessler's",
        "#kesslerout",
        "Kessler, Tom",
        "zoe.quill@oak.example",
        "@zoe_quill",
        "07700 900123",
        "ZZ99 1AB",
        "www.oak.test/@a_b.c",
        "Mr Dobbs",
        "[PERSON 1]",
        "[PHONE 3]",
        "the",
        "pupils",
        "met",
        "on Monday",
        "0",
        "@",
        "x",
    ]
)
GLUE = st.sampled_from([" ", ", ", ". ", "\n", "-", "_", "/", ""])


@st.composite
def sentences(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(PIECES, min_size=1, max_size=9))
    return "".join(part for piece in pieces for part in (piece, draw(GLUE)))


@given(sentences())
def test_redaction_is_idempotent(text: str) -> None:
    once = redact_texts([text], names=PEOPLE)
    assert redact_texts(once, names=PEOPLE) == once
    assert redact_texts(once) == once


@given(sentences())
def test_no_name_of_the_case_survives(text: str) -> None:
    left = PLACEHOLDER.sub(" ", redact_texts([text], names=PEOPLE)[0])
    parts = {word for name in PEOPLE for word in fold_words(name)} - {"mrs"}
    assert not parts.intersection(fold_words(left))
    assert "900123" not in left
    assert "oak.example" not in left


@given(sentences())
def test_what_is_outside_the_spans_is_unchanged(text: str) -> None:
    gaps, last = [], 0
    for one in find_identifiers(text, names=PEOPLE):
        gaps.append(text[last : one.start])
        last = one.end
    gaps.append(text[last:])
    between = r"\[[A-Z ]+ \d+\]".join(re.escape(gap) for gap in gaps)
    assert re.fullmatch(between, redact_texts([text], names=PEOPLE)[0])


@given(sentences())
def test_pseudonyms_are_one_to_one_with_entities(text: str) -> None:
    plain = PLACEHOLDER.sub("", text)
    found = find_identifiers(plain, names=PEOPLE)
    given_out = PLACEHOLDER.findall(redact_texts([plain], names=PEOPLE)[0])
    keys = [(one.kind, one.entity) for one in found]
    assert len(given_out) == len(keys)
    assert len(set(zip(keys, given_out, strict=True))) == len(set(keys)) == len(set(given_out))
    for kind in {kind for kind, _ in given_out}:
        numbers = list(dict.fromkeys(int(number) for own, number in given_out if own == kind))
        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("casing", [str, str.lower, str.upper])
@given(
    name=st.sampled_from(PEOPLE),
    other=st.sampled_from(["Filmed by {}.", "{}'s mum rang", "x {} y"]),
)
def test_a_name_of_a_field_survives_in_no_casing(casing: object, name: str, other: str) -> None:
    assert callable(casing)
    text = casing(other.replace("{}", name))
    left = PLACEHOLDER.sub(" ", redact_texts([text], names=[name], ways=())[0])
    assert not set(fold_words(name)) & set(fold_words(left)) - {"mrs"}


def test_the_audit_places_what_was_hidden_and_never_says_it(log: CaseLog, study: Study) -> None:
    safe, rows = redact_with_audit(log, study)
    pd.testing.assert_frame_equal(rows, audit(log, study))
    texts = {
        ("A", "subject"): log.cases["subject"].iloc[0],
        ("A", "text"): log.cases["text"].iloc[0],
    }
    for number, place in ((1, 0), (2, 2)):
        texts["A", f"message {number}"] = log.messages["text"].iloc[place]
    texts["B", "message 1"] = log.messages["text"].iloc[1]
    texts["B", "author 1"] = log.messages["author"].iloc[1]
    places = zip(*(rows[name] for name in ("case_id", "where", "start", "end")), strict=True)
    hidden = [texts[case_id, where][start:end] for case_id, where, start, end in places]
    assert hidden == [
        *["Mrs Halvern", "Jane Halvern", "Oakfield Academy", "@oak_memes", "07700 900123"],
        *["Project Heron", "Jane", "@OAK_MEMES", "J Halvern", "kessler", "Bo Kessler"],
    ]
    assert set(rows["found_by"]) == {"field", "pattern", "study"}
    held = rows.drop(columns=["case_id"]).to_csv()
    assert not any(original in held for original in hidden)
    assert set(rows["pseudonym"]) <= set(
        re.findall(
            r"\[[A-Z ]+ \d+\]",
            " ".join(
                [
                    *safe.cases["subject"].dropna(),
                    *safe.cases["text"],
                    *safe.messages["text"],
                    "[PERSON 1]",
                ]
            ),
        )
    )


def test_redactions_are_counted_by_kind_and_way(log: CaseLog, study: Study) -> None:
    table = count_redactions(audit(log, study))
    assert list(map(tuple, table.to_numpy().tolist())) == [
        ("PERSON", "field", 6, 2),
        ("SCHOOL", "field", 1, 1),
        ("OTHER", "study", 1, 1),
        ("HANDLE", "pattern", 2, 1),
        ("PHONE", "pattern", 1, 1),
    ]
    assert count_redactions(audit(log, study).iloc[:0]).empty


def test_in_a_study_a_name_has_one_pseudonym_and_a_map_on_request(
    log: CaseLog, study: Study, tmp_path: Path
) -> None:
    with pytest.raises(WorkbenchError, match="pseudonyms"):
        write_pseudonym_map(log, study, tmp_path / "map.csv")
    redaction = study.redaction.model_copy(
        update={"pseudonyms": "study", "key": str(tmp_path / "secret.key")}
    )
    keyed = study.model_copy(update={"redaction": redaction})
    messages = log.messages.assign(text=["Jane Halvern", "@oak_memes", "JANE HALVERN, @OAK_MEMES"])
    other = replace(log, messages=messages)
    safe = redact(other, keyed)
    first, account, both = safe.messages["text"]
    assert both == f"{first}, {account}"
    assert redact(other, keyed).messages["text"].tolist() == safe.messages["text"].tolist()
    pd.testing.assert_frame_equal(redact(safe, keyed).messages, safe.messages)
    assert not list(tmp_path.glob("map*"))
    written = write_pseudonym_map(other, keyed, tmp_path / "map.csv").read_text(encoding="utf-8")
    assert f'"{first}","Jane Halvern"' in written
    assert f'"{account}","@OAK_MEMES"' in written
