"""What a file is written in is found from its bytes, and what does not fit is kept apart."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from workbench.cases import encodings
from workbench.cases.encodings import decode, find_encoding, load_bytes
from workbench.cases.tables import read_table
from workbench.errors import SourceError
from workbench.study import Source

BRITISH = "The head’s café – “quoted”, £5 for Zoë\n"


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("utf-32", "utf-32"),
        ("cp1252", "cp1252"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, encoding: str, found: str) -> None:
    data = ("Case,Enquiry\n" + BRITISH * 3).encode(encoding)
    assert decode(data, path=tmp_path) == ("Case,Enquiry\n" + BRITISH * 3, found)


def test_one_curly_quote_is_enough_for_windows() -> None:
    assert find_encoding("id,text\n1,the head’s view\n".encode("cp1252")) == "cp1252"


def test_a_bad_row_does_not_turn_utf8_into_windows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,café – £\n2,caf".encode() + b"\xe9\n3,fin\n")
    table = read_table(path)
    assert table.found.encoding == "utf-8"
    assert list(table.frame["text"]) == ["café – £", "fin"]
    [bad] = table.bad_rows
    assert (bad.row, bad.column) == (3, "text")
    assert "bytes that do not fit" in bad.reason


def test_a_bad_cell_in_a_column_nobody_uses_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text,note\n1,café – £,x\n2,plain,caf".encode() + b"\xe9\n")
    table = read_table(path, columns=["id", "text"])
    assert list(table.frame["id"]) == ["1", "2"]
    assert not table.bad_rows


def test_the_source_decides_and_must_name_an_encoding(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,Žofie\n".encode("cp1250"))
    frame = read_table(path, Source(path="a.csv", encoding="cp1250")).frame
    assert list(frame["text"]) == ["Žofie"]
    for wrong in ("utf-9", "base64", "a\0b"):
        with pytest.raises(SourceError, match="there is no encoding"):
            read_table(path, Source(path="a.csv", encoding=wrong))


def test_gzip_is_unpacked_in_parts_and_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(b"a,b\n") + gzip.compress(b"1,2\n"))
    assert load_bytes(path) == b"a,b\n1,2\n"
    monkeypatch.setattr(encodings, "LARGEST_FILE", 3_000_000)
    path.write_bytes(gzip.compress(b"\0" * 50_000_000))
    with pytest.raises(SourceError, match="more than 3 MB"):
        load_bytes(path)
    path.write_bytes(gzip.compress(b"x" * 500)[:-4])
    with pytest.raises(SourceError, match="not a whole gzip"):
        load_bytes(path)


def test_a_large_file_and_a_folder_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(SourceError, match="is a folder"):
        read_table(tmp_path / "a.csv")
    monkeypatch.setattr(encodings, "LARGEST_FILE", 1_000_000)
    (tmp_path / "b.csv").write_bytes(b"x" * 1_000_001)
    with pytest.raises(SourceError, match="more than 1 MB"):
        read_table(tmp_path / "b.csv")
