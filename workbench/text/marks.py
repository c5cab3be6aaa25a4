"""What marks the parts of a mail: banners, quotes, headers, sign-offs, disclaimers.

English, and the words that Outlook, Gmail, Apple Mail and Thunderbird put in German, French and
Welsh. All patterns read text whose line ends are single and whose quotes are straight (``plain``).

Runs that nothing after them can share are possessive (``*+``): some mail holds spaces by the
thousand, and must not be searched for every way to divide them.
"""

from __future__ import annotations

import re

# A banner ends with the sentence that carries its warning: mail gateways put it on a line of its
# own, or straight before the first words of the mail.
BANNER = re.compile(
    r"""(?imx)
    ^[ \t*\[(<_=-]*+
    (?:
        (?:caution|warning|attention|be\s+careful|important|notice|alert)?[ \t]*+[:!*\]-]*+[ \t]*+
        (?:(?:this|the)\s+)?(?:external\s+)?(?:e-?mail|message|sender)\s+
        (?:(?:was|is|has\s+been|has)\s+)?(?:sent\s+|originated\s+|come[s]?\s+|came\s+|received\s+)?
        (?:from\s+)?(?:an?\s+)?(?:source\s+)?(?:outside|external|unknown\s+sender)
        [^.!\n]*[.!\]]?
      | (?:caution|warning)[ \t]*[:!-]+[ \t]*(?:external|originated|outside)[^.!\n]*[.!\]]?
      | (?:caution|warning|external)\)[ \t]*this\s+(?:e-?)?mail\b[^.!\n]*[.!]
        (?:[ \t]*if\s+in\s+doubt[^.!\n]*[.!])?
      | you\ don't\ often\ get\ e-?mail\ from\b[^\n]*
      | \[?(?:external(?:\s+(?:e-?mail|sender|message))?)\]?[ \t]*[:!*\]-]+[ \t]*
    )
    (?:[\s-]*+(?:please\s+)?
        (?:(?:do\s+not|don't|never)\s+(?:click|open|follow|reply|respond|forward|download|trust|enter)
        |think\s+before|be\s+(?:careful|cautious|wary)|exercise\s+caution|only\s+(?:click|open)
        |treat\s+(?:any\s+)?(?:links|attachments|it\s+with))
        [^.!*\n]*(?:\n(?!\n)[^.!*\n]*)??(?:[.!]|(?=\*)|$))*
    [ \t*\])>_=-]*
    """
)

_FROM = r"(?:from|von|de|oddi[ ]wrth)\s?:"
_NEXT = (
    r"(?:sent|date|to|cc|subject|gesendet|datum|an|kopie|betreff|envoyé|à|a|objet|copie[ ]à"
    r"|anfonwyd|dyddiad|at|pwnc)\s?:"
)
_MORE = (
    r"(?:bcc|importance|attachments|reply-to|wichtigkeit|anlagen|pièces[ ]jointes|antwort[ ]an)\s?:"
)
_ORIGINAL = (
    r"(?:original\s+message|ursprüngliche\s+nachricht|original-nachricht|message\s+d'origine"
    r"|neges\s+wreiddiol)"
)
_FORWARDED = (
    r"(?:forwarded\s+message|weitergeleitete\s+nachricht|message\s+transféré"
    r"|neges\s+a\s+anfonwyd\s+ymlaen)"
)
_PASSED_ON = (
    r"(?:begin\s+forwarded\s+message|anfang\s+der\s+weitergeleiteten\s+(?:nachricht|e-mail)"
    r"|début\s+du\s+message\s+(?:transféré|réexpédié))\s?:?"
)
# "On 3 May 2024, at 10:01, Pat wrote:", in one line or broken once.
_WROTE = r"""(?:
        on\b[^\n]{6,200}(?:\n[^\n]{0,120})?\bwrote:
      | am\b[^\n]{6,200}(?:\n[^\n]{0,120})?\bschrieb\b[^\n]{0,120}(?:\n[^\n]{0,120})?:
      | le\b[^\n]{6,200}(?:\n[^\n]{0,120})?\ba\s+écrit\s?:
      | [^\n<>]{0,80}<[^\s<>]+@[^\s<>]+>\s(?:wrote|a\s+écrit|schrieb(?:\s+am[^\n]{0,80})?)\s?:
      | [^\n]{1,200}\b(?:wrote|writes|schrieb|a\s+écrit)\s?:(?=[ \t]*\n[ \t\n]{0,4}>)
      | \d{4}-\d\d-\d\d\s\d\d?:\d\d\s[^\n]{0,120}<[^\s<>]+@[^\s<>]+>:
    )"""
PASSED_ON = re.compile(rf"(?im)[ \t>]*(?:-{{2,}}\s*{_FORWARDED}\s*-{{2,}}|{_PASSED_ON})[ \t]*$")
"""What stands above a mail that is passed on, and above no other."""

QUOTED_HEAD = re.compile(
    rf"""(?imx)
    ^[ \t>]*+(?:
        -{{2,}}\s*(?:{_ORIGINAL}|{_FORWARDED})\s*-{{2,}}[ \t]*$
      | {_PASSED_ON}[ \t]*$
      | {_WROTE}[ \t]*$
      | (?:_{{10,}}[ \t]*\n[ \t>]*)?\*?{_FROM}[^\n]+\n
        (?:[ \t>]*\*?{_NEXT}[^\n]*\n?){{2,}}
    )
    """
)
HEADER_LINE = re.compile(
    rf"""(?imx)
    ^[ \t>]*+(?:
        -{{2,}}\s*(?:{_ORIGINAL}|{_FORWARDED})\s*-{{2,}}
      | {_PASSED_ON}
      | \*?(?:from|sent|date|to|cc|bcc|subject|importance|attachments|reply-to):\*?\s[^\n]*
      | {_WROTE}
    )[ \t]*(?:\n|\Z)
    """
)
HEADER_BLOCK = re.compile(
    rf"""(?imx)
    (?:^[ \t>]*_{{10,}}[ \t]*\n)?
    ^[ \t>]*+\*?{_FROM}[^\n]+\n
    (?:[ \t>]*\*?(?:{_NEXT}|{_MORE})[^\n]*(?:\n|\Z)){{2,}}
    """
)
"""The lines from "From:" on that mail programs of any of the languages write together."""

REPLY = re.compile(
    rf"""(?imx)
    ^[ \t>]*+\*?(?:subject|betreff|objet|pwnc)\s?:\*?[ \t]*(?:re|aw|antw|sv|réf)\s?:
  | \b(?:wrote|writes|a\s+écrit)\s?:[ \t]*$
  | ^[^\n]{{0,200}}\bschrieb\b[^\n]{{0,200}}:[ \t]*$
  | ^\d{{4}}-\d\d-\d\d\s[^\n]{{0,120}}<[^\s<>]+@[^\s<>]+>:[ \t]*$
  | ^[^\n]{{0,80}}{_ORIGINAL}[^\n]*\n(?!\s*\*?{_FROM})
    """
)
"""A quoted mail that the writer answers, rather than one that is passed on."""

QUOTED_LINES = re.compile(r"(?m)^[ \t]*>[^\n]*(?:\n|\Z)")

SIGN_OFF = re.compile(
    r"""(?imx)
    ^[ \t]*+(?:
        (?:(?:with|kind(?:est)?|best|warm(?:est)?|many|very)\s+){0,4}
        (?:regards|wishes|thanks|thank\s+you|sincerely|faithfully|cheers|respectfully)
        (?:\s+(?:and|in)\s+(?:kind\s+|best\s+|warm\s+|many\s+)?
            (?:regards|wishes|thanks|advance|anticipation))?
        (?:\s+for\s+(?:your|any)\s+\w+)?
      | yours(?:\s+(?:sincerely|faithfully|truly))? | kr | best | all\s+the\s+best
      | (?:mit\s+)?(?:freundliche|viele|liebe|beste|herzliche)[nr]?\s+gr(?:ü|ue)(?:ß|ss)en?
      | mfg | (?:bien\s+)?cordialement | bien\s+à\s+vous | (?:sincères\s+)?salutations
      | cofion(?:\s+(?:gorau|cynnes))? | dymuniadau\s+gorau | yn\s+gywir
    )[ \t]*[,.!-]*[ \t]*(?:\n|\Z)
    """
)
DASH_SIGNATURE = re.compile(r"(?m)^--[ \t]*\n")
POSTSCRIPT = re.compile(r"(?im)^[ \t]*p\.?\s?s\.?[ :,-]")

DISCLAIMER = re.compile(
    r"""(?imx)
    ^[ \t*_]*+(?:
        (?:disclaimer|confidential(?:ity(?:\s+notice)?)?|privacy\s+notice)[ \t]*[:.*-]
      | (?:this|the\s+(?:information|contents?)\s+(?:contained\s+)?(?:in|of)\s+this)\s+
        (?:e-?mail|message|communication)\b
        [^\n]{0,60}\b(?:confidential|intended|privileged|attachments?|transmitted)
      | please\s+consider\s+the\s+environment
      | sent\s+from\s+(?:my|outlook|mail\s+for|yahoo)\b
      | get\s+outlook\s+for
      | von\s+meinem\s+\w+\s+gesendet | gesendet\s+von\s+(?:meinem|mail|outlook)
      | envoyé\s+(?:de\s+mon|depuis) | télécharger\s+outlook
      | registered\s+(?:charity|company|office|in\s+england)
    )[^\n]*(?:\n(?![ \t]*\n)[^\n]*)*
    """
)


def plain(text: str) -> str:
    """``text`` as the patterns read it, one character for one: places in it hold in ``text``."""
    copy = text.replace("\r\n", " \n").replace("\r", "\n")
    return copy.replace("’", "'").replace("\xa0", " ")
