"""A writer of small OLE files (MS-CFB, version 3), for Outlook mails that nobody ever sent."""

from __future__ import annotations

import struct
from typing import Union

Tree = dict[str, Union[bytes, "Tree"]]
"""Streams and storages by name."""

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def write_ole(tree: Tree) -> bytes:
    """The bytes of an OLE file that holds ``tree``."""
    entries: list[dict[str, object]] = [{"name": "Root Entry", "kind": 5, "child": -1}]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    fat: list[int] = []
    mini, mini_fat = bytearray(), []
    for entry in entries:
        data = entry.get("data", b"")
        assert isinstance(data, bytes)
        entry["start"], entry["size"] = _END, len(data)
        if entry["kind"] == 2 and data and len(data) < _CUTOFF:
            entry["start"] = len(mini_fat)
            count = -(-len(data) // _MINI)
            mini_fat += [len(mini_fat) + at + 1 for at in range(count - 1)] + [_END]
            mini += data.ljust(count * _MINI, b"\0")
        elif entry["kind"] == 2 and data:
            entry["start"] = _store(data, sectors, fat)
    entries[0]["start"], entries[0]["size"] = _store(bytes(mini), sectors, fat), len(mini)
    mini_start = _store(struct.pack(f"<{len(mini_fat)}I", *mini_fat), sectors, fat, b"\xff")
    directory = _store(b"".join(map(_entry, entries)), sectors, fat)
    fats = -(-(len(fat) + 1) // (_SECTOR // 4 - 1))
    first_fat = len(sectors)
    fat += [_FAT] * fats
    packed = struct.pack(f"<{len(fat)}I", *fat).ljust(fats * _SECTOR, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<3I", 0, fats, directory) + struct.pack("<2I", 0, _CUTOFF)
    minis = -(-len(mini_fat) * 4 // _SECTOR)
    head += struct.pack("<4I", mini_start, minis, _END, 0)
    places = list(range(first_fat, first_fat + fats))
    head += struct.pack("<109I", *places, *[_FREE] * (109 - fats))
    return head + b"".join(sectors) + packed


def _add(entries: list[dict[str, object]], parent: int, tree: Tree) -> None:
    """The tree's entries, each the right neighbour of the one before."""
    last = -1
    for name, content in sorted(tree.items()):
        entry: dict[str, object] = {"name": name, "kind": 2, "child": -1, "right": -1}
        entries.append(entry)
        at = len(entries) - 1
        if last < 0:
            entries[parent]["child"] = at
        else:
            entries[last]["right"] = at
        last = at
        if isinstance(content, bytes):
            entry["data"] = content
        else:
            entry["kind"] = 1
            _add(entries, at, content)


def _entry(entry: dict[str, object]) -> bytes:
    name = (str(entry["name"]) + "\0").encode("utf-16-le")
    links = [-1, entry.get("right", -1), entry["child"]]
    return (
        name.ljust(64, b"\0")
        + struct.pack("<H2B", len(name), entry["kind"], 1)
        + struct.pack("<3i", *links)
        + bytes(36)
        + struct.pack("<IQ", entry["start"], entry["size"])
    )


def _store(data: bytes, sectors: list[bytes], fat: list[int], fill: bytes = b"\0") -> int:
    if not data:
        return _END
    start, count = len(sectors), -(-len(data) // _SECTOR)
    padded = data.ljust(count * _SECTOR, fill)
    sectors += [padded[at : at + _SECTOR] for at in range(0, len(padded), _SECTOR)]
    fat += [start + at + 1 for at in range(count - 1)] + [_END]
    return start


def outlook(
    texts: dict[int, str],
    *,
    times: dict[int, int] | None = None,
    numbers: dict[int, int] | None = None,
    binary: dict[int, bytes] | None = None,
    ansi: dict[int, bytes] | None = None,
    recipients: tuple[dict[int, str], ...] = (),
    attachments: tuple[Tree, ...] = (),
) -> Tree:
    """The streams of an Outlook mail, by the numbers of its properties (MS-OXPROPS)."""
    tree: Tree = {}
    rows = [_fixed(0x0003, key, value) for key, value in (numbers or {}).items()]
    rows += [_fixed(0x0040, key, value) for key, value in (times or {}).items()]
    streams = [
        (0x001F, key, text.encode("utf-16-le", "surrogatepass")) for key, text in texts.items()
    ]
    streams += [(0x0102, key, data) for key, data in (binary or {}).items()]
    streams += [(0x001E, key, data) for key, data in (ansi or {}).items()]
    for kind, key, data in streams:
        tree[f"__substg1.0_{key:04X}{kind:04X}"] = data
        rows.append(_fixed(kind, key, len(data)))
    head = bytes(8) + struct.pack("<4I", 0, 0, len(recipients), len(attachments)) + bytes(8)
    tree["__properties_version1.0"] = head + b"".join(rows)
    for at, recipient in enumerate(recipients):
        tree[f"__recip_version1.0_#{at:08X}"] = _child(recipient)
    for at, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{at:08X}"] = attachment
    return tree


def attachment(mime: str, data: bytes | Tree) -> Tree:
    """Something attached: bytes, or a mail as ``outlook`` makes it."""
    tree = _child({0x370E: mime})
    tree["__substg1.0_37010102" if isinstance(data, bytes) else "__substg1.0_3701000D"] = data
    return tree


def _child(texts: dict[int, str]) -> Tree:
    tree: Tree = {}
    rows = b""
    for key, text in texts.items():
        data = text.encode("utf-16-le")
        tree[f"__substg1.0_{key:04X}001F"] = data
        rows += _fixed(0x001F, key, len(data))
    tree["__properties_version1.0"] = bytes(8) + rows
    return tree


def _fixed(kind: int, key: int, value: int) -> bytes:
    return struct.pack("<2HIQ", kind, key, 6, value)
