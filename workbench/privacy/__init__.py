"""Care for the people in the cases: redaction, small counts, released quotes, escaped text.

``redact`` comes before any display, ``protect_table`` before any table leaves, ``release_quotes``
before a quote is printed, and ``escape`` is the one door for case text into any document.
"""

from workbench.privacy.disclosure import describe_rule, protect_frames, protect_table
from workbench.privacy.escape import escape, wrap_hover
from workbench.privacy.identifier import Identifier
from workbench.privacy.names import Name
from workbench.privacy.recognise import find_identifiers
from workbench.privacy.redact import (
    audit,
    count_redactions,
    redact,
    redact_texts,
    redact_with_audit,
    write_pseudonym_map,
)
from workbench.privacy.release import check_quote, corpus_words, release_quotes

__all__ = [
    "Identifier",
    "Name",
    "audit",
    "check_quote",
    "corpus_words",
    "count_redactions",
    "describe_rule",
    "escape",
    "find_identifiers",
    "protect_frames",
    "protect_table",
    "redact",
    "redact_texts",
    "redact_with_audit",
    "release_quotes",
    "wrap_hover",
    "write_pseudonym_map",
]
