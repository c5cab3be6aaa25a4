"""Writes corpora/demo: the cases as a helpline might hold them, and the planted truth apart."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from workbench import files
from workbench.demo.author import PUBLIC
from workbench.demo.corpus import Case, Corpus, build
from workbench.demo.dice import Dice
from workbench.demo.double_coded import double_code
from workbench.demo.plan import YEARS, year_table

SEED = 20260901
STATIC = Path(__file__).parent / "static"
CASE_COLUMNS = (
    "Case ID", "Received", "Route", "Subject", "Enquiry", "Enquirer", "Enquirer name",
    "Institution", "Phase", "Country", "County", "Categories", "Pertains to", "Host type",
    "Platform", "Referred for takedown", "People named",
)  # fmt: skip
_CODED = 8
# Planted subject -> the code of codebooks/themes.toml that fits best, and others that it touches.
CODES: dict[str, tuple[str, ...]] = {
    "mock_account": ("1.1", "2.1"),
    "staff_bullying": ("1.1",),
    "impersonation_staff": ("2.1",),
    "impersonation_child": ("2.1", "1.2"),
    "peer_bullying": ("1.2",),
    "fights": ("2.2",),
    "images": ("1.3", "2.2"),
    "harmful": ("3.2",),
    "underage": ("3.3",),
    "criticism": ("5.1",),
    "privacy": ("2.3",),
    "support": ("4.1",),
    "protest": ("3.2",),
    "offremit": (),
}
_ADULT = re.compile(r"resident|romance|met online|learning difficulties|visa|isn.t real", re.I)
_LAW = re.compile(r"GDPR|data protection|\bICO\b|\blaw\b|legal|regulator", re.I)


def write(folder: Path | str, *, seed: int = SEED) -> list[Path]:
    """Write the demonstration corpus into `folder` -> the files written.

    The same seed writes the same bytes on every machine. study.toml is not written here.
    """
    target = Path(folder)
    corpus = build(seed)
    tables = {
        **{f"cases-{year}.csv": _cases(corpus, year, seed) for year in YEARS},
        "messages.csv": _messages(corpus),
        "takedowns.csv": _takedowns(corpus),
        "codings.csv": _codings(corpus),
        "double_coded.csv": _double_coded(corpus, seed),
        "truth/themes.csv": _truth_themes(corpus),
        "truth/tones.csv": _truth_tones(corpus),
        "truth/identifiers.csv": _truth_identifiers(corpus),
        "truth/returns.csv": _truth_returns(corpus),
        "truth/quality.csv": _truth_quality(corpus),
    }
    for source in sorted(STATIC.rglob("*")):
        if source.suffix in {".toml", ".csv"}:
            name = source.relative_to(STATIC).as_posix()
            tables[name] = source.read_text(encoding="utf-8")
    return [files.write_text(target / name, text) for name, text in tables.items()]


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Rows as CSV: every field quoted, LF."""
    sheet = io.StringIO()
    lines = csv.writer(sheet, quoting=csv.QUOTE_ALL, lineterminator="\n")
    lines.writerow(header)
    lines.writerows(rows)
    return sheet.getvalue()


def _cases(corpus: Corpus, year: str, seed: int) -> str:
    second = year == YEARS[-1]
    header = list(CASE_COLUMNS)
    if second:
        header.insert(header.index("Categories") + 1, "Top issues")
    rows = []
    for case in corpus.cases:
        if case.facts.year == year:
            cells = _case_cells(case, Dice(seed, case.facts.case_id, "record"))
            rows.append([cells[column] for column in header])
    return _csv(header, rows)


def _case_cells(case: Case, dice: Dice) -> dict[str, str]:
    """Column -> cell; an empty cell is a gap in the record."""
    facts, author, record = case.facts, case.author, case.record
    outside = author.role in PUBLIC
    english = facts.country_recorded == "England"
    return {
        "Case ID": facts.case_id,
        "Received": facts.received.strftime("%Y-%m-%d %H:%M"),
        "Route": facts.route or "",
        "Subject": case.subject_line,
        "Enquiry": case.text.text,
        "Enquirer": facts.role_recorded or "",
        "Enquirer name": "" if dice.chance(0.06) else author.name,
        "Institution": "" if dice.chance(0.6 if outside else 0.05) else author.employer.name,
        "Phase": facts.phase_recorded or "",
        "Country": facts.country_recorded or "",
        "County": author.employer.county if english and not dice.chance(0.1) else "",
        "Categories": "; ".join(record.categories),
        "Top issues": "; ".join(record.issues),
        "Pertains to": "; ".join(record.pertains),
        "Host type": record.host or "",
        "Platform": "; ".join(record.platforms),
        "Referred for takedown": record.referred or "",
        "People named": "" if dice.chance(0.15) else "; ".join(case.people),
    }


def _messages(corpus: Corpus) -> str:
    return _csv(
        ("Case ID", "Sent", "Author", "Message"),
        (
            (
                case.facts.case_id,
                message.sent.strftime("%Y-%m-%d %H:%M"),
                message.author,
                message.text,
            )
            for case in corpus.cases
            for message in case.messages
        ),
    )


def _takedowns(corpus: Corpus) -> str:
    return _csv(
        ("Case ID", "Requested", "Platform", "URLs reported", "URLs removed"),
        (
            (t.case_id, t.requested.isoformat(), t.platform, t.reported, t.removed)
            for t in corpus.takedowns
        ),
    )


def _truth_themes(corpus: Corpus) -> str:
    """The planted subject, its code, and further codes that the text touches."""
    rows = []
    for case in corpus.cases:
        codes = _codes(case)
        first, also = (codes[0] if codes else ""), "; ".join(codes[1:])
        rows.append((case.facts.case_id, case.facts.subject, first, also))
    return _csv(("case_id", "subject", "code", "also"), rows)


def _codes(case: Case) -> list[str]:
    codes = list(CODES[case.facts.subject])
    if case.facts.subject == "support" and _ADULT.search(case.text.text):
        codes = ["4.2"]
    if case.facts.subject in {"criticism", "privacy"} and _LAW.search(case.text.text):
        codes.append("5.2")
    if case.attempted:
        codes.append("3.1")
    return codes


def _codings(corpus: Corpus) -> str:
    """What a coder is supposed to have given to every eighth case: its planted codes."""
    return _csv(
        ("case_id", "code", "coder"),
        (
            (case.facts.case_id, code, "Coder A")
            for case in corpus.cases[::_CODED]
            for code in _codes(case)
        ),
    )


def _double_coded(corpus: Corpus, seed: int) -> str:
    """Cases of the last year that are supposed to have been coded by the first year's scheme."""
    first, last = YEARS[0], YEARS[-1]
    recorded = {
        case.facts.case_id: case.record.categories
        for case in corpus.cases
        if case.facts.year == last and case.record.categories
    }
    counts: dict[str, int] = year_table(first)["categories"]
    rows = double_code(recorded, counts, STATIC / "crosswalk.csv", seed)
    return _csv(("case_id", "earlier", "later"), rows)


def _truth_tones(corpus: Corpus) -> str:
    """Where a tone was planted: tone, at whom it is directed (if said), start and end."""
    return _csv(
        ("case_id", "tone", "target", "start", "end"),
        (
            (case.facts.case_id, *(*span.kind.split("_"), "")[:2], span.start, span.end)
            for case in corpus.cases
            for span in case.text.tones
        ),
    )


def _truth_identifiers(corpus: Corpus) -> str:
    """Every planted identifier; within a case, spans of one entity share its number."""
    return _csv(
        ("case_id", "kind", "start", "end", "entity"),
        (
            (case.facts.case_id, span.kind, span.start, span.end, span.entity)
            for case in corpus.cases
            for span in case.text.identifiers
        ),
    )


def _truth_returns(corpus: Corpus) -> str:
    return _csv(
        ("case_id", "earlier"),
        (
            (case.facts.case_id, case.facts.returns_to)
            for case in corpus.cases
            if case.facts.returns_to
        ),
    )


def _truth_quality(corpus: Corpus) -> str:
    """Texts that ask for special care: notes of calls, off-remit, very short, under a banner."""
    rows = []
    for case in corpus.cases:
        marks = {
            "phone": case.facts.shape == "phone",
            "off_remit": case.facts.subject == "offremit",
            "very_short": len(case.text.text.split()) < 20,
            "banner": case.banner,
        }
        if any(marks.values()):
            rows.append((case.facts.case_id, *("yes" if on else "" for on in marks.values())))
    return _csv(("case_id", "phone", "off_remit", "very_short", "banner"), rows)
