"""What the enquirer wrote, without what mail programs and other people put around it.

Dropped: banners of mail gateways, signatures and disclaimers, quoted tails of a reply, headers
of a forwarded mail. A mail forwarded under a short note keeps its content where the matter of the
enquiry is wanted (``clean_text``), and loses it where the enquirer's own voice is (``own_spans``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Span = tuple[int, int]

_FEWEST_WORDS = 5
_LONGEST_NOTE = 60
_LONGEST_SIGNATURE = 14
_LONGEST_SIGNATURE_LINE = 12

# A banner ends with the sentence that carries its warning: mail gateways put it on a line of its
# own, or straight before the first words of the mail.
_BANNER = re.compile(
    r"""(?imx)
    ^[ \t*\[(<_=-]*
    (?:
        (?:caution|warning|attention|be\s+careful|important|notice|alert)?[ \t]*[:!*\]-]*[ \t]*
        (?:(?:this|the)\s+)?(?:external\s+)?(?:e-?mail|message|sender)\s+
        (?:(?:was|is|has\s+been|has)\s+)?(?:sent\s+|originated\s+|come[s]?\s+|received\s+)?
        (?:from\s+)?(?:an?\s+)?(?:source\s+)?(?:outside|external|unknown\s+sender)
        [^.!\n]*[.!\]]?
      | (?:caution|warning)[ \t]*[:!-]+[ \t]*(?:external|originated|outside)[^.!\n]*[.!\]]?
      | (?:caution|warning|external)\)[ \t]*this\s+(?:e-?)?mail\b[^.!\n]*[.!]
        (?:[ \t]*if\s+in\s+doubt[^.!\n]*[.!])?
      | \[?(?:external(?:\s+(?:e-?mail|sender|message))?)\]?[ \t]*[:!*\]-]+[ \t]*
    )
    (?:[\s-]*(?:please\s+)?
        (?:(?:do\s+not|don't|never)\s+(?:click|open|follow|reply|respond|forward|download|trust|enter)
        |think\s+before|be\s+(?:careful|cautious|wary)|exercise\s+caution|only\s+(?:click|open)
        |treat\s+(?:any\s+)?(?:links|attachments|it\s+with))
        [^.!*\n]*(?:\n(?!\n)[^.!*\n]*)??(?:[.!]|(?=\*)|$))*
    [ \t*\])>_=-]*
    """
)
_QUOTED_HEAD = re.compile(
    r"""(?imx)
    ^[ \t>]*(?:
        -{2,}\s*(?:original|forwarded)\s+message\s*-{2,}[ \t]*$
      | begin\s+forwarded\s+message:?[ \t]*$
      | on\b[^\n]{6,120}(?:\n[^\n]{0,60})?\bwrote:[ \t]*$
      | from:[^\n]+\n(?:[ \t>]*(?:sent|date|to|cc|subject):[^\n]*\n?){2,}
    )
    """
)
_HEADER_LINE = re.compile(
    r"""(?imx)
    ^[ \t>]*(?:
        -{2,}\s*(?:original|forwarded)\s+message\s*-{2,}
      | begin\s+forwarded\s+message:?
      | (?:from|sent|date|to|cc|bcc|subject|importance|attachments|reply-to):\s[^\n]*
      | on\b[^\n]{6,120}(?:\n[^\n]{0,60})?\bwrote:
    )[ \t]*(?:\n|\Z)
    """
)
# A quoted mail that the enquirer answers, rather than one that is passed on.
_REPLY = re.compile(
    r"(?im)^[ \t>]*subject:[ \t]*re:|\bwrote:[ \t]*$|^[^\n]*original message[^\n]*\n(?!\s*from:)"
)
_QUOTED_LINES = re.compile(r"(?m)^[ \t]*>[^\n]*(?:\n|\Z)")
_SIGN_OFF = re.compile(
    r"""(?imx)
    ^[ \t]*(?:
        (?:(?:with|kind(?:est)?|best|warm(?:est)?|many|very)\s+)*
        (?:regards|wishes|thanks|thank\s+you|sincerely|faithfully|cheers|respectfully)
        (?:\s+(?:and|in)\s+(?:kind\s+|best\s+|warm\s+|many\s+)?
            (?:regards|wishes|thanks|advance|anticipation))?
        (?:\s+for\s+(?:your|any)\s+\w+)?
      | yours(?:\s+(?:sincerely|faithfully|truly))? | kr | best | all\s+the\s+best
    )[ \t]*[,.!-]*[ \t]*(?:\n|\Z)
    """
)
_DASH_SIGNATURE = re.compile(r"(?m)^--[ \t]*\n")
_POSTSCRIPT = re.compile(r"(?im)^[ \t]*p\.?\s?s\.?[ :,-]")
_DISCLAIMER = re.compile(
    r"""(?imx)
    ^[ \t*_]*(?:
        (?:disclaimer|confidential(?:ity(?:\s+notice)?)?|privacy\s+notice)[ \t]*[:.*-]
      | (?:this|the\s+(?:information|contents?)\s+(?:contained\s+)?(?:in|of)\s+this)\s+
        (?:e-?mail|message|communication)\b
        [^\n]{0,60}\b(?:confidential|intended|privileged|attachments?|transmitted)
      | please\s+consider\s+the\s+environment
      | sent\s+from\s+(?:my|outlook|mail\s+for|yahoo)\b
      | get\s+outlook\s+for
      | registered\s+(?:charity|company|office|in\s+england)
    )[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*
    """
)


def clean_text(text: str) -> str:
    """What the enquirer brings, with what was forwarded; spaces folded, paragraphs kept.

    A text that holds nothing else comes back whole rather than empty.
    """
    parts = [text[start:end] for start, end in own_spans(text, forwarded=True)]
    joined = re.sub(r"[^\S\n]+", " ", "\n".join(parts).replace("\r\n", "\n"))
    joined = re.sub(r" ?\n ?", "\n", joined)
    return re.sub(r"\n{3,}", "\n\n", joined).strip()


def clean_texts(texts: Iterable[str]) -> list[str]:
    """``clean_text`` of each."""
    return [clean_text(text) for text in texts]


def own_spans(text: str, *, forwarded: bool = False) -> list[Span]:
    """Where in ``text`` the enquirer's own words stand: (start, end) pairs in order, apart.

    With ``forwarded``, the content of a mail that was forwarded under a note of fewer than 60
    words belongs to them. Where there are no five words of a note, it always does.
    """
    # One character for one: places found in the copy are places in the text.
    copy = text.replace("\r\n", " \n").replace("\r", "\n").replace("’", "'").replace("\xa0", " ")
    cut = [match.span() for match in _BANNER.finditer(copy)]
    cut += [match.span() for match in _DISCLAIMER.finditer(copy)]
    head = _QUOTED_HEAD.search(_blank(copy, cut))
    border = head.start() if head else len(copy)
    note = _count_words(_blank(copy, cut)[:border])
    is_forward = forwarded and note < _LONGEST_NOTE and not _REPLY.search(copy, border)
    if note >= _FEWEST_WORDS and not is_forward:
        cut.append((border, len(copy)))
    else:
        cut += [match.span() for match in _HEADER_LINE.finditer(copy)]
    quoted = [match.span() for match in _QUOTED_LINES.finditer(copy)]
    if _count_words(_blank(copy, cut + quoted)) >= _FEWEST_WORDS:
        cut += quoted
    rest = _blank(copy, cut)
    for start, end in ((0, border), (border, len(copy))):
        signature = _signature(rest[start:end])
        if signature is not None:
            cut.append((start + signature[0], start + signature[1]))
    return _outside(cut, copy) or _trimmed([(0, len(copy))], copy)


def _signature(copy: str) -> Span | None:
    """From the sign-off to the end, or to a postscript, if only short lines follow it."""
    dashes = _DASH_SIGNATURE.search(copy)
    if dashes and copy[: dashes.start()].strip():
        return dashes.start(), len(copy)
    for match in _SIGN_OFF.finditer(copy):
        if not copy[: match.start()].strip():
            continue
        postscript = _POSTSCRIPT.search(copy, match.end())
        end = postscript.start() if postscript else len(copy)
        lines = [line for line in copy[match.end() : end].splitlines() if line.strip()]
        short = all(_count_words(line) <= _LONGEST_SIGNATURE_LINE for line in lines)
        if short and len(lines) <= _LONGEST_SIGNATURE:
            # Thanks are the enquirer's own words; the bare courtesy of "regards" is not.
            thanks = "thank" in match[0].lower()
            return (match.end() if thanks else match.start()), end
    return None


def _blank(copy: str, cut: list[Span]) -> str:
    """``copy`` with the cut spans turned into spaces, lines kept, so that places still hold."""
    for start, end in cut:
        blanked = re.sub(r"[^\n]", " ", copy[start:end])
        copy = copy[:start] + blanked + copy[end:]
    return copy


def _outside(cut: list[Span], copy: str) -> list[Span]:
    kept, at = [], 0
    for start, end in sorted(cut):
        if start > at:
            kept.append((at, start))
        at = max(at, end)
    kept.append((at, len(copy)))
    return _trimmed(kept, copy)


def _trimmed(spans: list[Span], copy: str) -> list[Span]:
    trimmed = []
    for start, end in spans:
        piece = copy[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = left + len(piece.strip())
        if right > left:
            trimmed.append((left, right))
    return trimmed


def _count_words(text: str) -> int:
    return len(text.split())
