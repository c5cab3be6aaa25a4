"""The ledger: every value traced, every change of the data named, a stale report refused."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.report.prose_study import (
    PERIODS,
    PLATFORMS,
    PROSE,
    Small,
    analyse_small,
    draw_small,
    ledger_of,
    write_small,
)
from workbench.errors import WorkbenchError
from workbench.report.claims import VALUE
from workbench.report.difference import changed_files, compare_ledgers, say_differences
from workbench.report.faults import list_faults, stop_at
from workbench.report.ledger import check_strict, find_stale, read_ledger, write_ledger

EVERY = {
    "summary.md": "\n\n".join(
        f'{{{{ {what}("platform", "{label}", period="{period}") }}}}'
        for what in ("count", "share")
        for label in PLATFORMS
        for period in PERIODS
    )
    + "".join(
        f'\n\n{{{{ cases("{p}") }}}} and {{{{ base("platform", "{p}") }}}} and {{{{ cases() }}}}'
        for p in PERIODS
    )
}
"""A live value for every count, share and base of the small study."""


def expected(rows: list[dict[str, str]]) -> dict[tuple[str, str, str], str]:
    """What each value has to be, counted from the rows without the workbench."""
    periods = {row["id"]: "2022-23" if row["day"] < "2023-09-01" else "2023-24" for row in rows}
    sizes = Counter(periods.values())
    named = Counter((label, periods[r["id"]]) for r in rows for label in set(labels(r)))
    bases = Counter(periods[row["id"]] for row in rows if labels(row))
    found = {("cases", "", "All cases"): f"{len(rows)}"}
    for period in PERIODS:
        found["cases", "", period] = f"{sizes[period]}"
        found["base", "", period] = f"{bases[period]}"
        for label in PLATFORMS:
            n = named[label, period]
            found["count", label, period] = f"{n}"
            found["share", label, period] = f"{100 * n / bases[period]:.1f}%"
    return found


def labels(row: dict[str, str]) -> list[str]:
    return [label for label in row["platform"].split("; ") if label]


def told(written) -> dict[tuple[str, str, str], str]:
    live = [claim for claim in written.claims if claim.kind == VALUE]
    return {
        (c.what, dict(c.where).get("label", ""), dict(c.where)["group"]): c.printed for c in live
    }


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    small = Small(tmp_path_factory.mktemp("before") / "study", prose=EVERY)
    study = small.write()
    written = write_small(study)
    return small, study, written, ledger_of(study, written)


def test_every_value_is_as_counted(before):
    small, _, written, _ = before
    assert told(written) == expected(small.rows)


MUTATIONS = st.lists(
    st.tuples(
        st.integers(0, 139),
        st.sampled_from(["drop", "relabel", "add", "empty", "move", "reword"]),
        st.sampled_from(PLATFORMS),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda one: one[0],
)


def mutate(rows: list[dict[str, str]], steps) -> list[dict[str, str]]:
    """The rows after ``steps``: (row, what to do with it, a label)."""
    changed = [dict(row) for row in rows]
    for number, what, label in steps:
        row = changed[number]
        if what == "relabel":
            row["platform"] = label
        elif what == "add":
            row["platform"] = f"{row['platform']}; {label}"
        elif what == "empty":
            row["platform"] = ""
        elif what == "move":
            days = [day for day, _ in PERIODS.values()]
            row["day"] = days[row["day"] == days[0]]
        elif what == "reword":
            row["words"] = "Other words."
    gone = {number for number, what, _ in steps if what == "drop"}
    return [row for number, row in enumerate(changed) if number not in gone]


@given(steps=MUTATIONS)
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_change_of_the_data_changes_just_its_claims(before, tmp_path_factory, steps):
    small, _, old, ledger = before
    rows = mutate(small.rows, steps)
    spoilt = Small(tmp_path_factory.mktemp("after") / "study", prose=EVERY)
    spoilt.rows = rows
    study = spoilt.write()
    new = write_small(study)
    assert told(new) == expected(rows)
    frame = compare_ledgers(ledger, ledger_of(study, new))
    changed = {key for key in told(old) if told(old)[key] != told(new)[key]}
    named = frame[(frame["kind"] == VALUE) & (frame["status"] == "changed")]
    distinct = {(row.old, row.new, row.claim) for row in named.itertuples()}
    assert len(distinct) == len(changed)
    if rows != small.rows:
        stale = find_stale(ledger, study)
        assert [fault.file for fault in stale] == ["cases.csv"]
        assert changed_files(ledger, ledger_of(study, new)) == ["cases.csv"]
        with pytest.raises(WorkbenchError, match="has changed since"):
            stop_at(check_strict(new.faults, study=study, ledger=ledger), strict=True)
    else:
        assert find_stale(ledger, study) == []


def test_the_ledger_is_the_same_bytes_and_comes_back(before, tmp_path):
    _, study, written, ledger = before
    one = write_ledger(tmp_path / "ledger.json", ledger).read_bytes()
    two = write_ledger(tmp_path / "again.json", ledger_of(study, write_small(study))).read_bytes()
    assert one == two
    back = read_ledger(tmp_path)
    assert compare_ledgers(ledger, back).empty
    assert [claim.key for claim in back.claims] == [claim.key for claim in written.claims]
    assert json.loads(one)["claims"][0]["inputs"] == ledger.files["all"]


def test_a_torn_or_absent_ledger_is_told(tmp_path):
    with pytest.raises(WorkbenchError, match=r"ledger\.json"):
        read_ledger(tmp_path)
    (tmp_path / "ledger.json").write_text('{"claims": [{}]}', encoding="utf-8")
    with pytest.raises(WorkbenchError, match="no ledger"):
        read_ledger(tmp_path)


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (lambda folder: (folder / "prose" / "summary.md").write_text("Other."), "prose/summary.md"),
        (lambda folder: (folder / "prose" / "a.md").write_text("More."), "prose/a.md"),
        (
            lambda folder: (folder / "study.toml").write_text(
                (folder / "study.toml").read_text().replace("made up", "made-up")
            ),
            "study",
        ),
        (lambda folder: (folder / "cases.csv").unlink(), "cases.csv"),
    ],
)
def test_whatever_changes_makes_it_stale(before, tmp_path, spoil, name):
    _, _, _, ledger = before
    study = Small(tmp_path / "study", prose=EVERY).write()
    assert find_stale(ledger, study) == []
    spoil(study.folder)
    stale = find_stale(ledger, type(study).load(study.folder))
    assert [fault.file for fault in stale] == [name]


def test_the_study_may_lie_elsewhere(before, tmp_path):
    _, _, _, ledger = before
    study = Small(tmp_path / "other" / "place", prose=EVERY).write()
    assert find_stale(ledger, study) == []


def test_strict_lists_what_else_forbids_to_publish(tmp_path):
    study = Small(tmp_path / "study", prose={"summary.md": "77.2% of them."}).write()
    written = write_small(study)
    drawing = draw_small(analyse_small(study))["shares-platform"]
    bare = replace(drawing)
    object.__setattr__(bare, "alt", " ")
    found = check_strict(
        written.faults, study=study, drawings=[drawing, bare], refused={"mix": "two tables tell it"}
    )
    assert [fault.kind for fault in found] == ["typed number", "alt text", "disclosure"]
    assert list_faults(found)["kind"].tolist() == [fault.kind for fault in found]
    with pytest.raises(WorkbenchError, match="3 faults"):
        stop_at(found, strict=True)


def test_differences_are_said_value_by_value(tmp_path):
    small = Small(tmp_path / "study", prose={"summary.md": "{{ cases() }} {{ busiest() }}"})
    study = small.write()
    old = ledger_of(study, write_small(study))
    small.rows = small.rows[:-1]
    small.prose = {"summary.md": '{{ cases() }} {{ count("platform", "TikTok") }}'}
    study = small.write()
    new = ledger_of(study, write_small(study))
    frame = compare_ledgers(old, new)
    live = frame[frame["kind"] == VALUE].set_index("status")
    assert live.loc["changed", ["old", "new"]].tolist() == ["140", "139"]
    assert live.loc["gone", "old"] == "November 2023"
    assert live.loc["new", "claim"] == "count of “TikTok” (Platform) in 2023-24"
    said = say_differences(frame, files=changed_files(old, new))
    assert "Changed beneath: cases.csv, prose/summary.md." in said
    assert "140 is now 139 (prose/summary.md:1:1)" in said
    assert "Beside the text: " in said
    assert (
        say_differences(compare_ledgers(new, new)) == "Nothing that the reports print has changed."
    )


def test_the_clean_report_passes_strict(tmp_path):
    study = Small(tmp_path / "study", prose=dict(PROSE)).write()
    written = write_small(study, collect=False)
    stop_at(
        check_strict(written.faults, study=study, ledger=ledger_of(study, written)), strict=True
    )
    assert Path(study.folder).is_dir()
