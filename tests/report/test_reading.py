"""Close reading: what the lenses of a study add to its log and its tables."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from tests.charts.frames import make_study
from tests.logs import NOTHING_HIDDEN, make_log
from workbench.cases.columns import MESSAGE_COLUMNS
from workbench.cases.log import CaseLog
from workbench.lenses.lens import LENSES, load_lens, read_through
from workbench.lenses.returns import SIGNS
from workbench.report.counted import read_counts
from workbench.report.keeping import SafeRecords
from workbench.report.reading import (
    RECORDED,
    RETURNS,
    SIGN_NAMES,
    Reading,
    find_recorded,
    read_closely,
    reading_tables,
    with_readings,
)
from workbench.report.releasing import Counter
from workbench.study import Disclosure, Study
from workbench.study.parts import LensWishes
from workbench.tone import mark_tone
from workbench.tone.heads import DIRECTED

MATTERS = (
    "We have reported it to TikTok twice and they refused to remove it.",
    "This is libel, and we are worried about her.",
    "She has said that she wants to die. Please reply as soon as possible.",
    "Thank you for the poster of the quokka.",
)
EXACT = Disclosure(exempt=True, reason="invented")


def make_records(
    study: Study, *, texts: tuple[str, ...] = MATTERS, n: int = 48, messages: bool = True
) -> SafeRecords:
    """A redacted log of ``n`` cases over two periods, each third with a message, and returns.

    Cases carry ``texts`` in turn.
    """
    rows = [
        {
            "case_id": f"C{number:02}",
            "period": "2022-23" if number < n // 2 else "2023-24",
            "date": pd.Timestamp("2022-10-05") + pd.Timedelta(days=10 * number),
            "text": texts[number % len(texts)],
        }
        for number in range(n)
    ]
    log = replace(make_log(rows), redacted=True)
    if messages:
        sent = [
            (row["case_id"], row["date"] + pd.Timedelta(days=1), "enquirer", MATTERS[2])
            for row in rows[::3]
        ]
        frame = pd.DataFrame(sent, columns=[column.name for column in MESSAGE_COLUMNS])
        typed = frame.astype({column.name: column.dtype for column in MESSAGE_COLUMNS})
        log = replace(log, messages=typed)
    enquiries = log.cases.set_index("case_id")["text"]
    back = [
        (f"C{number:02}", f"C{number - 1:02}", f"C{number - 1:02}", 10, "account; wording")
        for number in range(1, n, 4)
    ]
    columns = ["case_id", "earlier", "matter", "days", "signs"]
    returns = pd.DataFrame(back, columns=pd.Index(columns))
    found = {name: read_through(enquiries, load_lens(name)) for name in study.lenses}
    return SafeRecords(log, returns, found, NOTHING_HIDDEN)


def study_of(*lenses: str, rule: Disclosure | None = None) -> Study:
    return make_study().model_copy(update={"lenses": lenses, "disclosure": rule or Disclosure()})


def tables_of(study: Study, records: SafeRecords) -> dict[str, pd.DataFrame]:
    reading = read_closely(records, study)
    marked = mark_tone(records.log.cases.set_index("case_id")["text"])
    aimed = marked["dimension"].isin(DIRECTED) & (marked["evidence"].map(len) > 0)
    tones = marked.assign(target=aimed.map({True: "platform", False: None}))
    log = with_readings(records.log, reading)
    return dict(reading_tables(log, reading, tones, study))


@pytest.fixture(scope="module")
def records() -> SafeRecords:
    return make_records(study_of(*LENSES))


@pytest.fixture(scope="module")
def reading(records: SafeRecords) -> Reading:
    return read_closely(records, study_of(*LENSES))


def test_the_gravest_are_listed_and_rising_cases_followed(records, reading):
    assert set(reading.at_risk["text_id"]) == {f"C{number:02}" for number in range(2, 48, 4)}
    assert [lens.name for lens in reading.lenses] == list(LENSES)
    assert len(reading.course) == 48 + 16
    # Those whose first message says as much already do not rise.
    calm = {f"C{number:02}" for number in range(0, 48, 3) if number % 4 != 2}
    assert set(reading.rising["case_id"]) == calm


def test_risk_is_read_for_only_where_the_study_asks():
    study = study_of("attempts")
    found = read_closely(make_records(study), study)
    assert found.at_risk.empty
    assert list(found.at_risk) == ["text_id", "elements", "words", "sentence", "score"]


def test_messages_of_staff_are_not_followed():
    records = make_records(study_of())
    own = replace(records.log, messages=records.log.messages.assign(author="helpline"))
    found = read_closely(replace(records, log=own), study_of())
    assert set(found.course["message"]) == {0}
    assert found.rising.empty


def test_every_sign_of_a_return_has_its_name():
    assert tuple(SIGN_NAMES) == SIGNS
    assert len(set(SIGN_NAMES.values())) == len(SIGNS)


def test_each_lens_and_the_returns_become_fields(records, reading):
    log = with_readings(records.log, reading)
    assert set(log.fields) - set(records.log.fields) == {*LENSES, RETURNS}
    assert log.fields["risk"].title == load_lens("risk").title
    told = log.membership("attempts")
    names = set(load_lens("attempts").names.values())
    assert set(told["label"]) <= names
    assert set(told["case_id"]) == {f"C{number:02}" for number in range(0, 48, 4)}
    back = log.membership(RETURNS)
    assert len(back) == 2 * len(reading.returns)
    assert set(back["label"]) == {"Same account named", "Nearly the same words"}
    assert len(log) == len(records.log)
    assert RETURNS not in records.log.fields


def test_without_returns_there_is_no_such_field(records, reading):
    none = replace(reading, returns=reading.returns.iloc[:0])
    assert RETURNS not in with_readings(records.log, none).fields
    assert "returns" not in tables_of(
        study_of(*LENSES), replace(records, returns=records.returns.iloc[:0])
    )


def test_exact_tables_count_cases(records):
    tables = tables_of(study_of(*LENSES, rule=EXACT), records)
    assert set(tables) == {
        *(f"lens/{name}" for name in LENSES),
        "answers",
        "told_reports",
        "vocabulary",
        "returns",
        "targets",
        "together",
        "tone_messages",
    }
    targets = tables["targets"].set_index(["group", "label"])
    assert tuple(targets.loc[("Frustration", "The platform"), ["n", "base"]]) == (12, 12)
    attempts = tables["lens/attempts"]
    assert set(attempts["group"]) == {"2022-23", "2023-24"}
    assert set(attempts["base"]) == {24}
    reported = load_lens("attempts").names["reported"]
    assert list(attempts.loc[attempts["label"] == reported, "n"]) == [6, 6]
    inner = {one.name for one in load_lens("attempts").elements if one.within}
    assert set(attempts.loc[attempts["within"].notna(), "label"]) <= inner
    assert attempts["within"].notna().any()
    vocabulary = tables["vocabulary"].set_index("family")
    assert tuple(vocabulary.loc["libel", ["n", "base"]]) == (12, 48)
    messages = tables["tone_messages"].query("dimension == 'urgency'").set_index("message")
    assert set(messages["base"]) == {16}
    assert messages.loc["1", "n"] == 16


def with_category(records: SafeRecords, texts: tuple[str, ...]) -> SafeRecords:
    """Every second case recorded as bullying, each fifth not at all."""
    ids = list(records.log.cases["case_id"])
    labels = [
        (name, "Bullying" if at % 2 else "Other") for at, name in enumerate(ids) if at % 5 != 4
    ]
    frame = pd.DataFrame(labels, columns=["case_id", "label"])
    return replace(records, log=records.log.with_labels("category", frame, title="Nature"))


def test_kinds_of_bullying_stand_against_what_was_recorded():
    texts = ("They posted videos of staff to make fun of them.", *MATTERS[1:])
    study = study_of("bullying", rule=EXACT)
    wishes = LensWishes(recorded={"category": ("Bullying",)})
    asked = study.model_copy(update={"lens": {"bullying": wishes}})
    records = with_category(make_records(study, texts=texts, n=80, messages=False), texts)
    assert "typology" not in tables_of(study, records)
    frame = tables_of(asked, records)["typology"]
    reading = read_closely(records, asked)
    log = with_readings(records.log, reading)
    people = Counter(log.cases["case_id"], {
        "bullying": log.membership("bullying"), RECORDED: find_recorded(log, asked),
    })  # fmt: skip
    cells = list(read_counts("typology", frame, lambda name: True))
    assert len(cells) == 2 * len(frame)
    for (_, row, column), counted in cells:
        assert people(counted) == frame.loc[row, column]
    shaming = frame.set_index("name").loc["Public shaming"]
    assert tuple(shaming[["n", "base"]]) == (0, 16)  # each fourth case, and those at even places
    hidden = tables_of(asked.model_copy(update={"disclosure": Disclosure()}), records)["typology"]
    assert not set(hidden["n"].dropna()) & set(range(1, 8))


def test_small_counts_are_hidden_and_others_rounded_in_every_table(records):
    exact = tables_of(study_of(*LENSES, rule=EXACT), records)
    tables = tables_of(study_of(*LENSES), records)
    assert set(tables) == set(exact)
    for name, frame in tables.items():
        for column in frame.columns.intersection(["n", "base", "one_n", "other_n"]):
            kept = frame[column].dropna()
            assert (kept % 5 == 0).all(), (name, column)
            few = exact[name][column].reset_index(drop=True) <= 7
            assert frame[column].reset_index(drop=True)[few].isna().all(), (name, column)
    assert tables["lens/attempts"]["n"].isna().any()  # six in each period


def test_no_words_of_cases_stand_in_a_table(records):
    words = ("quokka", "wants to die", "twice")
    for name, frame in tables_of(study_of(*LENSES, rule=EXACT), records).items():
        content = frame.to_csv().lower()
        assert not [word for word in words if word in content], name
        assert "C01" not in frame.to_csv(), name


def test_a_lens_that_finds_nothing_has_no_table():
    study = study_of("risk", "bullying", "attempts", rule=EXACT)
    records = make_records(study, texts=MATTERS[3:], messages=False)
    tables = tables_of(study, records)
    assert not [name for name in tables if name.startswith("lens/")]
    assert tables["answers"]["n"].sum() == tables["told_reports"]["n"].sum() == 0
    assert "vocabulary" not in tables  # of a lens that the study does not ask for


def test_one_period_is_not_compared_and_one_message_has_no_course():
    study = study_of("risk", rule=EXACT)
    records = make_records(study, messages=False)
    early = records.log.in_period("2022-23")
    kept = set(early.cases["case_id"])
    one = replace(
        records,
        log=replace(early, redacted=True),
        returns=records.returns[records.returns["case_id"].isin(kept)],
        found={"risk": records.found["risk"].query("text_id in @kept")},
    )
    tables = tables_of(study, one)
    assert "tone_messages" not in tables
    assert tables["lens/risk"]["difference"].isna().all()
    assert set(tables["lens/risk"]["base"]) == {24}


def test_the_order_of_cases_does_not_matter(records):
    study = study_of(*LENSES, rule=EXACT)
    turned: CaseLog = replace(
        records.log, cases=records.log.cases.iloc[::-1].reset_index(drop=True)
    )
    mixed = tables_of(study, replace(records, log=turned))
    for name, frame in tables_of(study, records).items():
        keys = [one for one in ("label", "group", "name", "one", "other", "message", "dimension")
                if one in frame]  # fmt: skip
        pd.testing.assert_frame_equal(
            mixed[name].sort_values(keys, ignore_index=True),
            frame.sort_values(keys, ignore_index=True),
        )
