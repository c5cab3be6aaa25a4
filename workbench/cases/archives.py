"""Workbooks are zip archives: looked through before any program unpacks or parses them."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from workbench.cases.encodings import LARGEST_FILE, load_bytes, too_large
from workbench.errors import SourceError

_STEP = 1 << 20
_MOST_MEMBERS = 10_000
_DENSEST = 250
"""A sheet of nothing but repeated cells shrinks about a hundredfold; a bomb a thousandfold."""

_DECLARATION = re.compile(
    b"|".join(
        f"<!{word}".encode(code)
        for word in ("DOCTYPE", "ENTITY")
        for code in ("ascii", "utf-16-le", "utf-16-be")
    )
)
_XML = (".xml", ".rels", ".vml")


def open_archive(path: Path) -> dict[str, bytes]:
    """The XML members of a workbook, by name.

    Raises ``SourceError`` for what is no whole zip archive, is locked by a password, unpacks to
    more than ``LARGEST_FILE`` bytes or hundreds of times its size (whatever it declares), or
    declares XML entities, which no spreadsheet program writes.
    """
    data = load_bytes(path)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SourceError(_about_old_format(data, path))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _members(archive, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise damaged(path, data) from None
    except RuntimeError:
        raise SourceError(_locked(path)) from None


def damaged(path: Path, data: bytes = b"") -> SourceError:
    """The refusal of a workbook that cannot be read."""
    if data and not data.startswith(b"PK"):
        return SourceError(
            f"{path} is not a readable workbook: by its content it is none. If it is a text or "
            "web page with this ending, open it in Excel and save it as .xlsx."
        )
    return SourceError(f"{path} is not a readable workbook. Save it again as .xlsx.")


def pack(members: Mapping[str, bytes]) -> io.BytesIO:
    """Members as an archive in memory, not compressed; the type of the file first."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(members, key=lambda name: name != "mimetype"):
            archive.writestr(name, members[name])
    packed.seek(0)
    return packed


def rewrite(
    members: dict[str, bytes], name: str, change: Callable[[bytes], bytes]
) -> dict[str, bytes]:
    """The members with one of them changed."""
    return {**members, name: change(members[name])} if name in members else members


def _members(archive: zipfile.ZipFile, path: Path) -> dict[str, bytes]:
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS or sum(info.file_size for info in infos) > LARGEST_FILE:
        raise too_large(path)
    if len({info.filename for info in infos}) < len(infos):
        raise damaged(path)
    members: dict[str, bytes] = {}
    left = LARGEST_FILE
    for info in infos:
        if not info.filename.lower().endswith(_XML) and info.filename != "mimetype":
            continue
        member = _unpack(archive, info, path, limit=left)
        left -= len(member)
        if _DECLARATION.search(member):
            raise SourceError(
                f"{path} declares XML entities, which no spreadsheet program does and which can "
                "do harm. Ask where it comes from; open it in Excel and save it as .xlsx."
            )
        members[info.filename] = member
    return members


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: Path, *, limit: int) -> bytes:
    """One member, as far as the limits go."""
    parts: list[bytes] = []
    size = 0
    with archive.open(info) as file:
        while part := file.read(_STEP):
            parts.append(part)
            size += len(part)
            if size > limit or size > max(10 * _STEP, _DENSEST * info.compress_size):
                raise too_large(path)
    return b"".join(parts)


def _about_old_format(data: bytes, path: Path) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return _locked(path)
    return (
        f"{path} is in the format of Excel before 2007, whatever its name. Open it in Excel and "
        "save it as .xlsx."
    )


def _locked(path: Path) -> str:
    return f"{path} is locked by a password. Save a copy without one and read that."
