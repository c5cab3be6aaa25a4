"""Claims read strictly, and what a number admits."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench.compare.linting.claims import (
    BASES,
    CLAIM_COLUMNS,
    HOW,
    KINDS,
    admitted,
    meet,
    no_claims,
    read_claims,
)
from workbench.errors import WorkbenchError

HEAD = "report,where,kind,title,label,against,how,n,percent,base,comment"


def write(folder: Path, *lines: str) -> Path:
    file = folder / "claims.csv"
    file.write_text("\n".join([HEAD, *lines]), encoding="utf-8")
    return file


def test_claims_are_read_with_their_types(tmp_path: Path) -> None:
    frame = read_claims(
        write(
            tmp_path,
            "2022-23,appendix,count,Nature,Sextortion,,,0,,,none",
            "2022-23,summary,share,Platform,TikTok,,almost,,74.5,cases,",
        )
    )
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == CLAIM_COLUMNS
    assert frame["how"].tolist() == ["exactly", "almost"]
    assert (frame["n"][0], frame["percent"][1], frame["decimals"][1]) == (0, 74.5, 1)
    assert no_claims().dtypes.to_dict() == frame.dtypes.to_dict()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("a,b,says,c,d,,,1,,,", r"row 2, column 'kind': it must be one of: count, share"),
        ("a,b,count,c,d,,nearly,1,,,", r"column 'how': it must be one of: exactly"),
        ("a,b,share,c,d,,,,5,people,", r"column 'base': it must be one of: cases"),
        ("a,b,count,c,d,,,,,,", r"column 'n': a claim of the kind 'count' needs it"),
        ("a,b,contrast,c,d,,,,,,", r"column 'against': a claim of the kind 'contrast'"),
        (",b,several,c,,,,,,,", r"column 'report': a claim of the kind 'several'"),
        ("a,b,share,c,d,,,,most,,", r"column 'percent': it is no percentage"),
    ],
)
def test_faults_are_named(tmp_path: Path, line: str, message: str) -> None:
    with pytest.raises(WorkbenchError, match=message):
        read_claims(write(tmp_path, line))


@pytest.mark.parametrize(
    ("value", "how", "decimals", "inside", "outside"),
    [
        (76, "exactly", 0, (75.5, 76.5), (75.4, 76.6)),
        (68.8, "exactly", 1, (68.75, 68.85), (68.7, 68.9)),
        (75, "almost", 0, (74.9, 70), (75, 67)),
        (4000, "over", 0, (4001, 9000), (4000, 3999)),
        (50, "under", 0, (0, 49.9), (50, 51)),
        (50, "about", 0, (47.6, 52.4), (47, 53)),
        (3, "about", 0, (2.6, 3.4), (2.4, 3.6)),
    ],
)
def test_what_a_number_admits(
    value: float, how: str, decimals: int, inside: tuple[float, ...], outside: tuple[float, ...]
) -> None:
    said = admitted(value, how, decimals=decimals)
    assert all(meet(said, (number, number)) for number in inside)
    assert not any(meet(said, (number, number)) for number in outside)


def test_the_words_of_claims_are_documented(root: Path) -> None:
    text = (root / "corpora" / "README.md").read_text(encoding="utf-8")
    assert all(f"`{word}`" in text for word in (*KINDS, *HOW, *BASES))
