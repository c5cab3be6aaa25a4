from __future__ import annotations

from benchmarks import building


def test_files_that_differ_or_are_absent_in_one_build_are_not_the_same(tmp_path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        (folder / "tables").mkdir(parents=True)
        (folder / "report.docx").write_bytes(b"the same")
        (folder / "tables" / "a.csv").write_bytes(b"the same")
    (one / "tables" / "b.csv").write_bytes(b"one")
    (other / "tables" / "b.csv").write_bytes(b"other")
    (one / "report.pdf").write_bytes(b"only here")
    first, second = building._digests(one), building._digests(other)
    table = building._by_kind(first, second, second).set_index("kind of file")
    assert table["files"].to_dict() == {"csv": 2, "docx": 1, "pdf": 1}
    assert table["same in both clean builds"].to_dict() == {"csv": 1, "docx": 1, "pdf": 0}
    assert table["same again when warm"].to_dict() == {"csv": 2, "docx": 1, "pdf": 1}
