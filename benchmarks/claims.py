"""Whether a report's claims follow its data, and whether faults in its prose are found.

First: 100 random changes of the demonstration's records, one at a time. After each, every live
value (counts, shares, bases, cases) is compared with a count of the rows that uses nothing of the
workbench; the ledger must name just the values that changed, and the earlier report be stale.
Second: faults seeded in the demonstration's own prose, one at a time, and the prose as it is. A
false alarm is a fault that is told of another line. Third: every claim of the demonstration, by
kind: how many tell what they are of, and whether a printed cell comes out of its count and base.
"""

from __future__ import annotations

import csv
import os
import random
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd

from benchmarks.machine import Table
from workbench.cases.read import read_cases
from workbench.charts.drawing import Drawing
from workbench.compare.shares import compare_shares
from workbench.report.analysis import Analysis, analyse
from workbench.report.behind import SOURCES
from workbench.report.blocks import Quotes, Section
from workbench.report.claims import CELL, SENTENCE, VALUE, Claim
from workbench.report.difference import compare_ledgers
from workbench.report.drawings import draw
from workbench.report.ledger import Ledger, find_stale
from workbench.report.masking import EXPRESSION, without_comments
from workbench.report.quoting import choose_quotes
from workbench.report.sections import write_sections
from workbench.report.written import Written, with_prose
from workbench.study import Study
from workbench.text.sentences import split_sentences

DEMO = Path(__file__).resolve().parents[1] / "corpora" / "demo"
MUTATIONS, PER_KIND = 100, 6
FIELDS = {"platform": "Platform", "phase": "Phase", "referred": "Referred for takedown"}
FILES = ("cases-2022-23.csv", "cases-2023-24.csv")
WAYS = ("drop", "relabel", "empty", "repeat")

Rows = list[dict[str, str]]
Values = dict[tuple[str, ...], str]


def main() -> Iterator[Table]:
    """Tables: changes of the data by their way, faults of the prose and all claims by their kind.

    ``WORKBENCH_BENCH_PARTS`` names those to make: mutations, faults, traced.
    """
    quick = os.environ.get("WORKBENCH_BENCH_QUICK") == "1"
    runs, each = (4, 1) if quick else (MUTATIONS, PER_KIND)
    parts = os.environ.get("WORKBENCH_BENCH_PARTS", "mutations,faults,traced").split(",")
    with tempfile.TemporaryDirectory() as folder:
        if "mutations" in parts:
            yield from _mutations(Path(folder) / "changed", runs, kept=not quick)
        if "faults" in parts:
            yield from _faults(Path(folder) / "spoilt", each, kept=not quick)
        if "traced" in parts:
            yield _traced()


# --- changes of the data --------------------------------------------------------------------


def _mutations(folder: Path, runs: int, *, kept: bool) -> Iterator[Table]:
    shutil.copytree(DEMO, folder, ignore=shutil.ignore_patterns("truth", "prose"))
    shutil.copytree(DEMO.parent / "published", folder.parent / "published")
    data = {name: _read(folder / name) for name in FILES}
    study = _with_prose(folder, data)
    before = _report(study)
    earlier = Ledger(study.name, before.hashes, before.claims)
    assert _told(before) == _counted(data), "the values are wrong before anything is changed"
    dice = random.Random(7)
    rows: list[dict[str, Any]] = []
    for run in range(runs):
        way = WAYS[run % len(WAYS)]
        changed = _mutate(data, way, dice)
        for name in FILES:
            _write(folder / name, changed[name])
        after = _report(study)
        right, had = _counted(changed), _counted(data)
        frame = compare_ledgers(earlier, Ledger(study.name, after.hashes, after.claims))
        named = frame[(frame["kind"] == VALUE) & (frame["status"] == "changed")]
        rows.append(
            {
                "way": way,
                "values": len(right),
                "wrong": sum(_told(after).get(key) != value for key, value in right.items()),
                "should change": sum(right[key] != had[key] for key in right),
                "named": len(named),
                "refused": bool(find_stale(earlier, study)),
            }
        )
        yield Table("claims_mutations", _by_way(rows), {"mutations": runs}, kept=kept)


def _by_way(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["right"] = (frame["wrong"] == 0) & (frame["named"] == frame["should change"])
    grouped = frame.groupby("way", sort=False)
    return pd.DataFrame(
        {
            "changes": grouped.size(),
            "values compared": grouped["values"].sum(),
            "values wrong": grouped["wrong"].sum(),
            "values that should change": grouped["should change"].sum(),
            "values that the ledger names": grouped["named"].sum(),
            "changes wholly right": grouped["right"].sum(),
            "stale report refused": grouped["refused"].sum(),
        }
    ).reset_index()


def _with_prose(folder: Path, data: dict[str, Rows]) -> Study:
    """The study with one file of prose that asks for every count and share of some fields."""
    lines = ["{{ cases() }}"]
    for period in ("2022-23", "2023-24"):
        lines.append(f'{{{{ cases("{period}") }}}}')
        for field, column in FIELDS.items():
            lines.append(f'{{{{ base("{field}", "{period}") }}}}')
            lines += [
                f'{{{{ {what}("{field}", "{label}", "{period}") }}}}'
                for label in _labels_in(data, column)
                for what in ("count", "share")
            ]
    described = folder / "study.toml"
    lists = re.compile(r"^offered = .*\n", re.M)  # so that each label is counted in both periods
    described.write_text(lists.sub("", described.read_text("utf-8")), encoding="utf-8")
    (folder / "prose").mkdir()
    (folder / "prose" / "summary.md").write_text("\n\n".join(lines), encoding="utf-8")
    return Study.load(folder)


def _report(study: Study) -> Written:
    """The prose written out, with no section beside it."""
    log = replace(read_cases(study), redacted=True)
    tables = {f"shares/{name}": compare_shares(log, name, by="period") for name in FIELDS}
    analysis: Any = SimpleNamespace(study=study, log=log, tables=tables, refused={})
    return with_prose([], analysis, {}, {})


def _told(written: Written) -> Values:
    found: Values = {}
    for claim in (claim for claim in written.claims if claim.kind == VALUE):
        where = dict(claim.where)
        frame = claim.frame.removeprefix("shares/")
        found[claim.what, frame, where.get("label", ""), where["group"]] = claim.printed
    return found


def _counted(data: dict[str, Rows]) -> Values:
    """What each value has to be, counted row by row."""
    found: Values = {}
    for period, rows in zip(("2022-23", "2023-24"), data.values(), strict=True):
        found["cases", "cases", "", period] = f"{len(rows):,}"
        for field, column in FIELDS.items():
            held = [set(_split(row[column])) for row in rows if _split(row[column])]
            tally = Counter(label for labels in held for label in labels)
            found["base", field, "", period] = f"{len(held):,}"
            for label in _labels_in(data, column):
                found["count", field, label, period] = f"{tally[label]:,}"
                found["share", field, label, period] = f"{100 * tally[label] / len(held):.1f}%"
    found["cases", "cases", "", "All cases"] = f"{sum(map(len, data.values())):,}"
    return found


def _labels_in(data: dict[str, Rows], column: str) -> list[str]:
    every = (row[column] for rows in data.values() for row in rows)
    return sorted({label for cell in every for label in _split(cell)})


def _split(cell: str) -> list[str]:
    return [label.strip() for label in cell.split(";") if label.strip()]


def _mutate(data: dict[str, Rows], way: str, dice: random.Random) -> dict[str, Rows]:
    """The rows with one to five of them changed in one way."""
    changed = {name: [dict(row) for row in rows] for name, rows in data.items()}
    for number in range(dice.randint(1, 5)):
        rows = changed[dice.choice(FILES)]
        row, column = dice.choice(rows), dice.choice(list(FIELDS.values()))
        if way == "drop":
            rows.remove(row)
        elif way == "relabel":
            row[column] = dice.choice(_labels_in(data, column))
        elif way == "empty":
            row[column] = ""
        else:
            rows.append({**row, "Case ID": f"{row['Case ID']}-{number}"})
    return changed


def _read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: Rows) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)


# --- every claim of the demonstration ----------------------------------------------------------


@cache
def _demo() -> tuple[Analysis, dict[str, Drawing], dict[str, Quotes], list[Section]]:
    """The demonstration's analysis, figures, quotes and sections."""
    analysis = analyse(Study.load(DEMO))
    drawings = {drawing.name: drawing for drawing in draw(analysis)}
    quotes = choose_quotes(analysis)
    return analysis, drawings, quotes, write_sections(analysis, drawings, quotes)


def _traced() -> Table:
    """How many claims of each kind say what they rest on; findings leave out how it was done."""
    analysis, drawings, quotes, sections = _demo()
    written = with_prose(sections, analysis, drawings, quotes, collect=True)
    rows = []
    for kind in (VALUE, CELL, SENTENCE):
        own = [claim for claim in written.claims if claim.kind == kind]
        findings = [claim for claim in own if claim.frame != "method"]
        rows.append(
            {
                "claims": kind,
                "all": len(own),
                "findings": len(findings),
                "with a count": sum(claim.n is not None for claim in findings),
                "with a base": sum(claim.base is not None for claim in findings),
                "with an interval": sum(claim.low is not None for claim in findings),
                "of no known table": sum(
                    claim.frame not in {*analysis.tables, *SOURCES} for claim in own
                ),
                "shares set against count and base": sum(map(_is_share, own)),
                "that differ": sum(_is_share(claim) and not _agrees(claim) for claim in own),
            }
        )
    return Table("claims_traced", pd.DataFrame(rows), {"study": analysis.study.name})


_ROUNDED = 1e-9


def _is_share(claim: Claim) -> bool:
    """Whether a claim prints a share with the count and base that it comes from."""
    share = claim.what == "share" or claim.what.endswith("_share")
    return claim.kind != SENTENCE and share and None not in (claim.n, claim.base)


def _agrees(claim: Claim) -> bool:
    """Whether a printed share is its count over its base, and lies within its interval."""
    share = (claim.n or 0.0) / (claim.base or 1.0)
    low, high = claim.low, claim.high
    within = low is None or high is None or low - _ROUNDED <= share <= high + _ROUNDED
    return claim.printed.startswith(f"{100 * share:.1f}%") and within


# --- faults in the prose ---------------------------------------------------------------------


def _faults(folder: Path, each: int, *, kept: bool) -> Iterator[Table]:
    analysis, drawings, quotes, sections = _demo()

    def lint(files: dict[str, str]) -> list[tuple[str, int]]:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        study = analysis.study.model_copy(update={"prose": str(folder)})
        spoilt = replace(analysis, study=study)
        written = with_prose(sections, spoilt, drawings, quotes, collect=True)
        return [(Path(fault.file).name, fault.line) for fault in written.faults]

    clean = {path.name: path.read_text(encoding="utf-8") for path in (DEMO / "prose").glob("*.md")}
    rows = [{"seeded": "nothing", "faults": 0, "found": 0, "false alarms": len(lint(clean))}]
    dice = random.Random(11)
    for kind, spoil in SPOILS.items():
        places = [
            (name, match)
            for name, text in sorted(clean.items())
            for match in EXPRESSION.finditer(without_comments(text))
            if spoil(match[1].strip(), analysis) is not None
        ]
        chosen = dice.sample(places, min(each, len(places)))
        found = more = 0
        for name, match in chosen:
            wrong = spoil(match[1].strip(), analysis) or ""
            text = clean[name][: match.start()] + wrong + clean[name][match.end() :]
            line = text.count("\n", 0, match.start()) + 1
            here = [(name, number) for number in range(line, line + wrong.count("\n") + 1)]
            told = lint({**clean, name: text})
            found += any(place in here for place in told)
            more += sum(place not in here for place in told)
        rows.append({"seeded": kind, "faults": len(chosen), "found": found, "false alarms": more})
        frame = pd.DataFrame(rows)
        yield Table("claims_faults", frame, {"faults a kind, at most": each}, kept=kept)


_PASTED = 20


def _typed(expression: str, analysis: Analysis) -> str | None:
    kinds = {"share": "41.7%", "count": "413", "base": "1,357", "value": "63.2%", "cases": "2,431"}
    return kinds.get(expression.partition("(")[0])


def _in_words(expression: str, analysis: Analysis) -> str | None:
    return "about forty enquiries" if expression.startswith(("share(", "count(")) else None


def _other_year(expression: str, analysis: Analysis) -> str | None:
    if not expression.startswith("cases(") or "period" not in expression:
        return None
    return '{{ cases("2021-22") }}'


def _other_label(expression: str, analysis: Analysis) -> str | None:
    match = re.match(r'(?:share|count|change|say)\("\w+", "([^"]+)"', expression)
    return f"{{{{ {expression.replace(match[1], match[1] + 'x', 1)} }}}}" if match else None


def _other_field(expression: str, analysis: Analysis) -> str | None:
    match = re.match(r'(?:share|count|base|change|say|top)\("(\w+)"', expression)
    return f"{{{{ {expression.replace(match[1], match[1] + 'x', 1)} }}}}" if match else None


def _dangling(expression: str, analysis: Analysis) -> str | None:
    return '{{ ref("no-such-figure") }}' if expression.startswith("ref(") else None


def _typed_link(expression: str, analysis: Analysis) -> str | None:
    return "Figure 7" if expression.startswith("ref(") else None


def _missing_figure(expression: str, analysis: Analysis) -> str | None:
    if expression != "generated()":
        return None  # what is generated stays, since other sections refer to its figures
    return '{{ generated() }}\n\n{{ figure("no-such-figure") }}'


def _pasted(expression: str, analysis: Analysis) -> str | None:
    if expression != "generated()":
        return None
    text = next(text for text in analysis.log.texts if len(text.split()) > _PASTED)
    return "{{ generated() }}\n\n" + " ".join(text.split()[:_PASTED])


def _unreleased(expression: str, analysis: Analysis) -> str | None:
    """A quote that is longer than the study allows, in a place of its own."""
    if expression != "generated()":
        return None
    most = analysis.study.release.max_words
    for case, text in zip(analysis.log.cases["case_id"], analysis.log.texts, strict=True):
        for sentence in split_sentences(text):
            words = " ".join(sentence.text.split())
            if len(words.split()) > most and '"' not in words:
                start = " ".join(words.split()[:4])
                return f'{{{{ generated() }}}}\n\n{{{{ quote("{case}", saying="{start}") }}}}'
    return None


SPOILS = {
    "a number typed": _typed,
    "a number in words": _in_words,
    "another year": _other_year,
    "an unknown label": _other_label,
    "an unknown field": _other_field,
    "a dangling reference": _dangling,
    "a reference typed": _typed_link,
    "a missing figure": _missing_figure,
    "words of a case": _pasted,
    "a quote not released": _unreleased,
}
"""What is put in the place of an expression, by the kind of fault; None where it does not fit."""
