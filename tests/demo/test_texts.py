"""The texts: none repeats, few resemble each other, planted spans fit, nothing in them is real."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from datasketch import MinHash, MinHashLSH

Rows = list[dict[str, str]]

PHONE = re.compile(r"(?<!\d)(?:\+44\s?|0)\d(?:[\s]?\d){8,10}(?!\d)")
RESERVED = re.compile(
    r"020 7946 0\d{3}|01632 960\d{3}|029 2018 0\d{3}|028 9649 6\d{3}|07700 900\d{3}|"
    r"0(113|114|115|117|121|131|141|151|161) 496 0\d{3}|0191 498 0\d{3}"
)
HOST = re.compile(r"(?:https?://|[\w.]@|www\.)([a-z0-9.-]+\.[a-z]{2,})", re.I)
POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b")


def normal(text: str) -> str:
    return " ".join(text.lower().split())


def shingles(text: str) -> set[str]:
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[n : n + 3]) for n in range(max(1, len(words) - 2))}


def test_no_text_repeats(texts: dict[str, str]) -> None:
    assert len({normal(text) for text in texts.values()}) == len(texts)


def test_few_near_duplicates(texts: dict[str, str], truth: Callable[[str], Rows]) -> None:
    """Under 2% of cases have a near-duplicate (MinHash 0.8, 3-word shingles) outside returns."""
    planned = {frozenset((row["case_id"], row["earlier"])) for row in truth("returns")}
    index = MinHashLSH(threshold=0.8, num_perm=64)
    hashes = {}
    for case, text in texts.items():
        hashed = MinHash(num_perm=64, seed=7)
        hashed.update_batch([shingle.encode() for shingle in sorted(shingles(text))])
        hashes[case] = hashed
        index.insert(case, hashed)
    alike: set[str] = set()
    for case, hashed in hashes.items():
        for other in index.query(hashed):
            if other != case and frozenset((case, other)) not in planned:
                own, its = shingles(texts[case]), shingles(texts[other])
                if len(own & its) / len(own | its) >= 0.8:
                    alike |= {case, other}
    assert len(alike) < 0.02 * len(texts)


def test_lengths(texts: dict[str, str]) -> None:
    words = [len(text.split()) for text in texts.values()]
    assert sum(20 <= n <= 250 for n in words) > 0.9 * len(words)
    assert 0.02 < sum(n < 20 for n in words) / len(words) < 0.06
    assert max(words) < 420


@pytest.mark.parametrize(
    ("kind", "pattern"),
    [
        ("handle", r"@[\w.]+"),
        ("url", r"https://[\w.-]+\.example/\S*"),
        ("email", r"[\w.]+@[\w.-]+\.example"),
        ("phone", r"[\d ]{11,13}"),
        ("postcode", r"ZZ\d\d \dZZ"),
        ("person", r"[\w'’. -]+"),
        ("school", r"[\w'’. -]+"),
        ("place", r"[\w'’. -]+"),
    ],
)
def test_identifier_spans_match(
    texts: dict[str, str], truth: Callable[[str], Rows], kind: str, pattern: str
) -> None:
    rows = [row for row in truth("identifiers") if row["kind"] == kind]
    assert len(rows) > 100
    for row in rows:
        span = texts[row["case_id"]][int(row["start"]) : int(row["end"])]
        assert re.fullmatch(pattern, span), row["case_id"]


def test_one_entity_one_spelling(texts: dict[str, str], truth: Callable[[str], Rows]) -> None:
    """Addresses, handles and numbers of one entity of a case are the same string."""
    seen: dict[tuple[str, str], str] = {}
    for row in truth("identifiers"):
        if row["kind"] in {"handle", "email", "phone", "postcode"}:
            span = texts[row["case_id"]][int(row["start"]) : int(row["end"])]
            assert seen.setdefault((row["case_id"], row["entity"]), span) == span


def test_tone_spans_are_sentences(texts: dict[str, str], truth: Callable[[str], Rows]) -> None:
    rows = truth("tones")
    tones = Counter(row["tone"] for row in rows)
    assert set(tones) == {
        "politeness", "concern", "urgency", "helplessness", "protectiveness", "expectation",
        "gratitude",
        "frustration", "bluntness", "aggression",
    }  # fmt: skip
    assert tones["aggression"] < 0.05 * len(texts)
    for row in rows:
        text, start, end = texts[row["case_id"]], int(row["start"]), int(row["end"])
        assert start == 0 or text[start - 1].isspace()
        assert end == len(text) or text[end].isspace()
        assert text[start:end].strip() == text[start:end]


def test_every_case_has_a_theme(texts: dict[str, str], truth: Callable[[str], Rows]) -> None:
    rows = truth("themes")
    assert [row["case_id"] for row in rows] == list(texts)
    assert all(row["code"] for row in rows if row["subject"] != "offremit")


def test_returns_point_back(cases: dict[str, Rows], truth: Callable[[str], Rows]) -> None:
    by_id = {row["Case ID"]: row for rows in cases.values() for row in rows}
    rows = truth("returns")
    assert 0.03 < len(rows) / len(by_id) < 0.05
    for row in rows:
        late, early = by_id[row["case_id"]], by_id[row["earlier"]]
        assert late["Received"] > early["Received"]
        for column in ("Enquirer name", "Institution"):
            assert not late[column] or not early[column] or late[column] == early[column]


def test_nothing_is_reachable(texts: dict[str, str], demo_rows: Callable[[str], Rows]) -> None:
    """Numbers only from Ofcom's ranges for drama, addresses under .example, no such postcodes."""
    written = [*texts.values(), *(row["Message"] for row in demo_rows("messages.csv"))]
    for text in written:
        for number in PHONE.findall(RESERVED.sub(" ", re.sub(r"https?://\S+", " ", text))):
            raise AssertionError(f"a number outside the reserved ranges: {number[:5]}…")
        for host in HOST.findall(text):
            assert host.lower().endswith((".example", "example.com")), host
        assert all(code.startswith("ZZ") for code in POSTCODE.findall(text.upper()))


def test_nothing_is_left_to_fill(texts: dict[str, str], demo_rows: Callable[[str], Rows]) -> None:
    for text in [*texts.values(), *(row["Message"] for row in demo_rows("messages.csv"))]:
        assert not re.search(r"[{}]|\[[^\]]*\|", text)
        assert "  " not in text


def test_sizes(demo_folder: Path) -> None:
    sizes = [path.stat().st_size for path in demo_folder.rglob("*") if path.is_file()]
    assert max(sizes) < 5_000_000
    assert sum(sizes) < 12_000_000


def test_sentences_are_shared_by_few_texts(texts: dict[str, str]) -> None:
    """No sentence of some length is worn out: the fragments are many and evenly used."""
    sample = random.Random(1).sample(sorted(texts), 1500)
    counts = Counter(
        sentence
        for case in sample
        for sentence in {normal(s) for s in re.split(r"(?<=[.!?])\s", texts[case])}
        if len(sentence.split()) >= 8
    )
    assert counts.most_common(1)[0][1] < 0.02 * len(sample)
