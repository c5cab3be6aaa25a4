"""The tables of a report on their way out together: read as what they count, mended, recorded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.logs import make_log
from tests.report.two_years import STUDY, load_study
from workbench.cases.log import CaseLog, FieldInfo
from workbench.compare.seasons import cases_per_month
from workbench.privacy.attack_tables import check_release, interval_of
from workbench.privacy.disclosure import protect_table
from workbench.privacy.linked import ALONE, ANY, NONE, other_than, where
from workbench.privacy.linked_tables import EXEMPT, MENDED, REFUSED, RELEASED, WITHHELD
from workbench.report.analysis import bin_urgency, count_urgency
from workbench.report.comparing import comparison_tables
from workbench.report.counted import NOTE, OWN
from workbench.report.frames import thin_points
from workbench.report.releasing import TEXT, Counter, links_of, read_report, release_tables
from workbench.report.tables import HELD, shares_table
from workbench.study import Disclosure, Study

EXEMPTION = Disclosure(exempt=True, reason="Invented.")
FIELDS = ["role", "platform"]
COUNTS = ("n", "base", "cases")
PROTECTED = STUDY[: STUDY.index("[disclosure]")].replace('"platform", "kind"', '"platform"')


def make_cases() -> CaseLog:
    """Two years; in the first, few labels of which totals tell the small ones."""
    random = np.random.default_rng(4)
    rows = []
    sizes = {"A": 13, "B": 13, "C": 1}
    for period, date in (("2022-23", "2022-10-05"), ("2023-24", "2023-10-04")):
        for label, size in sizes.items():
            for number in range(size):
                role = "Head" if random.random() < 0.5 else "Teacher"
                case_id = f"{period}-{label}-{number:03d}"
                rows.append(
                    {"case_id": case_id, "period": period, "date": date, "role": role}
                    | ({"platform": label} if number or period == "2022-23" else {})
                )
        sizes = {"A": 60, "B": 40, "C": 3}
    return make_log(rows)


LOG = make_cases()


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return load_study(tmp_path, PROTECTED)


def tables_of(study: Study) -> dict[str, pd.DataFrame]:
    tables = comparison_tables(LOG, study, fields=FIELDS, found=[])
    tables["months"] = protect_table(cases_per_month(LOG, study), rule=study.disclosure)
    return tables


def of_all(name: str) -> bool:
    return name == "theme"


def test_cases_are_counted_by_any_conditions() -> None:
    fields = {name: LOG.membership(name) for name in ("period", "role", "platform")}
    people = Counter(LOG.cases["case_id"], fields)
    wide = LOG.cases.merge(
        fields["platform"].rename(columns={"label": "platform"}), on="case_id", how="left"
    )
    later = wide["period"] == "2023-24"
    assert people(where()) == len(LOG)
    assert people(where(("period", "2023-24"), ("platform", "A"))) == 59
    assert people(where(("platform", NONE))) == wide["platform"].isna().sum()
    assert (
        people(where(("period", "2023-24"), ("platform", ANY)))
        == (later & wide["platform"].notna()).sum()
    )
    assert people(where(("platform", other_than("A")))) == wide["platform"].isin(["B", "C"]).sum()
    assert people(where(("platform", "Z"))) == 0
    assert people(where(("school", "Z"))) is None


def test_every_table_is_read_as_what_it_counts(study: Study) -> None:
    tables = tables_of(study)
    fields = {name: LOG.membership(name) for name in ("period", "month", *LOG.fields)}
    people = Counter(LOG.cases["case_id"], fields)
    cells = read_report(tables, LOG, people, rule=study.disclosure, of_all=of_all)
    read = {name for name, frame in tables.items() if len(frame) and name != "mix"}
    assert {name.split("/")[0] for name in read} == {
        *("shares", "coverage", "groups", "equal-mix", "rest", "months")
    }
    assert set(cells["table"]) == {*read, TEXT}
    assert not any(name == ALONE for one in cells["where"] for name, _ in one)
    wrong = {**tables, "months": tables["months"].assign(n=100)}
    cells = read_report(wrong, LOG, people, rule=study.disclosure, of_all=of_all)
    alone = cells[[any(name == ALONE for name, _ in one) for one in cells["where"]]]
    assert set(alone["table"]) == {"months"}


def test_what_could_be_worked_out_is_withheld_in_every_table(study: Study) -> None:
    tables = tables_of(study)
    done = release_tables(tables, LOG, study, of_all=of_all)
    assert set(done.status["table"]) == {*tables, TEXT}
    assert set(done.status["outcome"]) == {RELEASED, MENDED}
    assert (done.status["narrowest"].dropna() >= study.disclosure.uncertain).all()
    mended = done.status.loc[done.status["outcome"] == MENDED, "table"]
    assert "shares/platform" in set(mended)
    for name in mended:
        if name.startswith(("shares", "groups")):
            out = done.tables[name]["note"].str.contains(WITHHELD)
            assert out.any()
            counts = [*COUNTS, *(f"reference_{column}" for column in COUNTS)]
            assert done.tables[name].loc[out, counts].isna().any(axis=1).all()
    for name in set(done.tables) - set(mended):
        if not name.startswith("groups"):
            pd.testing.assert_frame_equal(done.tables[name], tables[name])


def test_that_a_label_is_absent_tells_nothing(study: Study) -> None:
    tables = tables_of(study)
    first = "groups/1/2022-23/platform"
    assert set(tables["shares/platform"]["label"]) == {"A", "B", "C"}
    without = tables[first][tables[first]["label"] != "C"]
    done = release_tables({**tables, first: without}, LOG, study, of_all=of_all).tables[first]
    assert done["label"].drop_duplicates().tolist() == ["A", "B", "C"]
    assert done.loc[done["label"] == "C", "n"].isna().all()
    assert done.loc[done["label"] == "C", "note"].str.contains("suppressed").all()


def test_what_is_left_cannot_be_pinned(study: Study) -> None:
    tables = tables_of(study)
    fields = {name: LOG.membership(name) for name in ("period", "month", *LOG.fields)}
    people = Counter(LOG.cases["case_id"], fields)
    cells = read_report(tables, LOG, people, rule=study.disclosure, of_all=of_all)
    links = links_of(LOG, people)
    plain = check_release(cells, rule=study.disclosure, links=links, exact=people)
    assert len(plain)
    done = release_tables(tables, LOG, study, of_all=of_all)
    held = {
        links.plain(one)
        for table, row, column, one, n in cells.itertuples(index=False)
        if table != TEXT
        and n > study.disclosure.hide_up_to
        and (row not in done.tables[table].index or pd.isna(done.tables[table].at[row, column]))
    }
    left = check_release(cells, rule=study.disclosure, links=links, exact=people, withheld=held)
    assert left.empty
    for table, row, column, one, _ in cells.itertuples(index=False):  # gone wherever it stood
        if links.plain(one) in held and table != TEXT and row in done.tables[table].index:
            assert pd.isna(done.tables[table].at[row, column])


def test_an_exempt_study_is_recorded_and_untouched(tmp_path: Path) -> None:
    study = load_study(tmp_path, STUDY.replace('"platform", "kind"', '"platform"'))
    tables = tables_of(study)
    done = release_tables(tables, LOG, study, of_all=of_all)
    assert set(done.status["outcome"]) == {EXEMPT}
    assert set(done.status["reason"]) == {"made up"}
    for name, frame in tables.items():
        pd.testing.assert_frame_equal(done.tables[name], frame)


def test_a_withheld_count_is_not_called_few() -> None:
    frame = pd.DataFrame(
        {
            "label": ["a", "b"],
            "group": "2022",
            "n": pd.array([None, None], dtype="Int64"),
            "share": [np.nan, np.nan],
            "note": [f"suppressed; {WITHHELD}", "suppressed"],
        }
    )
    printed = shares_table(frame, title="t", heading="Label").frame
    assert printed["Cases"].tolist() == [HELD, "(few)"]


def test_points_of_a_map_tell_no_more_than_the_table() -> None:
    rule = Disclosure()
    sizes = {("x", "1"): 13, ("x", "2"): 7, ("y", "1"): 31, (None, "2"): 22}
    frame = pd.DataFrame(
        [
            (0.01 * at, -0.02 * at, theme, period, f"case {theme} {period} {at:03d}")
            for (theme, period), size in sizes.items()
            for at in range(size)
        ],
        columns=["x", "y", "theme", "period", "case_id"],
    )
    kept = thin_points(frame, rule=rule, seed=1)
    shown = kept.groupby(["theme", "period"], dropna=False).size()
    for (theme, period), size in sizes.items():
        least, _ = interval_of(size, rule=rule)
        own = kept["theme"].isna() if theme is None else kept["theme"] == theme
        assert (own & (kept["period"] == period)).sum() == least
    assert len(shown) == 3  # hidden counts show no point
    assert not kept["case_id"].str.contains("case").any()
    again = thin_points(frame.sample(frac=1, random_state=3), rule=rule, seed=1)
    pd.testing.assert_frame_equal(again, kept)


def test_urgency_is_counted_by_period(study: Study) -> None:
    scores = pd.Series(0.0, index=LOG.cases["case_id"])
    scores.iloc[:27] = 0.9
    bins = bin_urgency(scores)
    frame = count_urgency(bins, LOG, study)
    first = frame[frame["period"] == "2022-23"].set_index("bin")["n"]
    assert first["strong"] == 25
    assert pd.isna(first["no sign"])


def with_calls() -> CaseLog:
    """98 cases a year, of which 7 are calls; half of the others show a tone, in own words."""
    rows = [
        {
            "case_id": f"{period}-{number:03d}",
            "period": period,
            "date": date,
            "role": "Head",
            "platform": "Phone" if number < 7 else "Letter",
            **({"tone": "Polite"} if number % 2 and number >= 7 else {}),
        }
        for period, date in (("2022-23", "2022-10-05"), ("2023-24", "2023-10-04"))
        for number in range(98)
    ]
    log = make_log(rows, {"tone": FieldInfo("tone", "Tone", several=True, own_words=True)})
    calls = log.membership("platform").query("label == 'Phone'")["case_id"]
    return replace(log, notes=frozenset(calls))


def test_notes_left_out_of_a_base_do_not_give_their_number_away(study: Study) -> None:
    log = with_calls()
    notes = {"platform": ("Phone",)}
    noted = study.model_copy(update={"notes": notes, "comparisons": (), "standardise": ()})
    rule = noted.disclosure
    tables = comparison_tables(log, noted, fields=["platform", "tone"], found=["tone"])
    tables = {name: frame for name, frame in tables.items() if not name.startswith("rest")}
    assert tables["shares/tone"]["base"].tolist() == [90, 90]  # of 91, while 98 are given as 100
    done = release_tables(tables, log, noted, of_all=lambda name: name == "tone")
    assert (done.status["narrowest"].dropna() >= rule.uncertain).all()
    # 100 less 90 is 6 to 14, and a hidden count is 7 at most: tone and calls cannot both be told.
    assert done.tables["shares/tone"]["base"].tolist() == [90, 90]
    assert "shares/platform" not in done.tables
    without = {name: frame for name, frame in tables.items() if not name.endswith("tone")}
    alone = release_tables(without, replace(log, notes=frozenset()), noted, of_all=of_all)
    assert "shares/platform" in alone.tables


def test_own_words_are_a_part_of_all_cases_where_there_are_notes(study: Study) -> None:
    log = with_calls()
    noted = study.model_copy(update={"notes": {"platform": ("Phone",)}, "comparisons": ()})
    tables = comparison_tables(log, noted, fields=["platform", "tone"], found=["tone"])
    done = release_tables(
        tables,
        log,
        noted.model_copy(update={"disclosure": EXEMPTION}),
        of_all=lambda name: name == "tone",
    )
    assert not done.status["outcome"].isin([REFUSED]).any()
    fields = {name: log.membership(name) for name in ("period", "platform", "tone")}
    words = log.cases["case_id"].isin(log.notes).map({True: NOTE[1], False: OWN[1]})
    fields[OWN[0]] = log.cases[["case_id"]].assign(label=words)
    people = Counter(log.cases["case_id"], fields)
    cells = read_report(
        tables, log, people, rule=noted.disclosure, of_all=lambda name: name == "tone"
    )
    tone = cells[cells["table"] == "shares/tone"]
    assert all(OWN in one for one in tone["where"])
    assert set(tone.loc[tone["column"] == "base", "count"]) == {91}
