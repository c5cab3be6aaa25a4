"""Pseudonyms that hold in a whole study, made with a secret key; and the map back, on request.

The pseudonym of an entity is a number drawn from its HMAC-SHA256 (RFC 2104): whoever has not the
key can neither work it out nor try names against it. Key and map are files for their owner alone.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import ExportError, WorkbenchError
from workbench.files import write_text
from workbench.privacy.identifier import Identifier

if TYPE_CHECKING:
    from workbench.study import Study

DIGITS = 12
"""Length of a pseudonym's number; with 20,000 entities two are alike in 1 of 5,000 studies."""

_FIGURES = "figures"


class KeyedPseudonyms:
    """Pseudonyms made with a key: the same for the same entity in every case of the study."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._given: dict[str, tuple[str, str]] = {}

    def of(self, identifier: Identifier) -> str:
        """The pseudonym of an identifier's entity, such as "[PERSON 048213907716]".

        Raises ``WorkbenchError`` where two entities have the same.
        """
        entity = (identifier.kind, identifier.entity)
        digest = hmac.new(self._key, "\0".join(entity).encode(), hashlib.sha256).digest()
        number = int.from_bytes(digest, "big") % 10**DIGITS
        pseudonym = f"[{identifier.kind} {number:0{DIGITS}}]"
        if self._given.setdefault(pseudonym, entity) != entity:
            raise WorkbenchError(
                "Two names of this study have the same pseudonym, which chance allows once in "
                "thousands of studies. Move the file of redaction.key away, so that another key "
                "is made, and redact everything again."
            )
        return pseudonym


def read_key(study: Study) -> bytes:
    """The study's key, made where there is none. ``study.redaction.key`` says where.

    Raises ``WorkbenchError`` for a key that lies among figures, that others may read, or that is
    no key.
    """
    path = study.locate(study.redaction.key)
    _keep_apart(path, "The key of the pseudonyms")
    if not path.exists():
        write_text(path, secrets.token_hex(32) + "\n", private=True)
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise WorkbenchError(
            f"{path} is the key of this study's pseudonyms, and others may read it. Close it to "
            "them (chmod 600), and make a new one if it has been passed on."
        )
    written = path.read_text(encoding="utf-8", errors="replace").strip()
    if not re.fullmatch(r"[0-9a-f]{64}", written):
        raise WorkbenchError(
            f"{path} is no key for pseudonyms: one line of 64 hexadecimal digits. Put the key back "
            "that was made, or move the file away and a new one is made."
        )
    return bytes.fromhex(written)


def write_map(found: Iterable[tuple[str, str]], path: Path | str) -> Path:
    """Write (pseudonym, original) pairs as CSV, once each and in order, for the owner alone.

    Raises ``ExportError`` for a place among figures, which are passed on.
    """
    import csv
    import io

    target = Path(path)
    _keep_apart(target, "The map from pseudonyms to names")
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(("pseudonym", "original"))
    writer.writerows(sorted(set(found)))
    return write_text(target, text.getvalue(), private=True)


def _keep_apart(path: Path, what: str) -> None:
    folders = {part.casefold() for where in (path, path.resolve()) for part in where.parts[:-1]}
    if _FIGURES in folders:
        raise ExportError(
            f"{what} would lie in a folder of figures ({path}), which is passed on. Choose another "
            "place."
        )
