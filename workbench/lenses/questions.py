"""What a concern sheet looks for in words: platforms, who is affected, and what is yet unknown.

Patterns are Python regular expressions for lower-case text, matched at whole words.
"""

from __future__ import annotations

PLATFORMS = {
    "TikTok": r"tik ?toks?",
    "Instagram": r"insta(?:gram)?s?",
    "Snapchat": r"snap ?chats?|snap",
    "Facebook": r"face ?book|messenger",
    "X (Twitter)": r"twitter|tweets?",
    "YouTube": r"you ?tube",
    "WhatsApp": r"whats ?app",
    "Discord": r"discord",
    "Telegram": r"telegram",
    "Roblox": r"roblox",
    "Fortnite": r"fortnite",
    "Reddit": r"reddit",
    "Omegle": r"omegle",
    "Yubo": r"yubo",
    "Twitch": r"twitch",
    "OnlyFans": r"only ?fans",
    "Google": r"google",
}
"""Platforms by name."""

_YEAR = r"(?:year|yr)[- ]?\d{1,2}s?|reception class|sixth[- ]form(?:ers?)?|\w+[- ]year[- ]olds?"
_CHILD = r"pupils?|child(?:ren)?|students?|girls?|boys?|daughters?|sons?|teenagers?|lads?"
_STAFF = r"teachers?|colleagues?|(?:members? of )?staff|head ?teachers?|deputy head|assistants?"

AFFECTED = {
    "A pupil or pupils": rf"{_CHILD}|{_YEAR}",
    "A member or members of staff": _STAFF,
    "A parent or family": r"mothers?|fathers?|mums?|dads?|parents?|famil(?:y|ies)",
}
"""Who is spoken of; the words do not say who was hurt."""

EVERY_DAY = (
    r"every (?:single )?(?:day|night|week|evening)|daily|day after day|again and again"
    r"|over and over|constantly|repeatedly|relentless(?:ly)?|for (?:\w+ )?(?:weeks|months|years)"
    r"|keeps? (?:on )?(?:happening|coming|posting|sending|messaging)|still going on|ongoing"
    r"|not the first time|happened before"
)
"""Words that say that something goes on."""

QUESTIONS = (
    (
        "Is the child, or the adult, safe now?",
        r"(?:is|are|now|both|all) safe(?: now)?|safe and well|with (?:his|her|their) (?:parents?"
        r"|mum|mother|dad|father|family)|in hospital|under supervision|being supervised",
    ),
    ("Which age or year group is the child in?", rf"{_YEAR}|aged? \d{{1,2}}|\d{{1,2}}[- ]years?"),
    (
        "Who is the other person, and how do they know each other?",
        r"(?:his|her|their) (?:ex|ex-\w+|boyfriend|girlfriend|father|mother|stepfather|uncle)"
        r"|another (?:pupil|student|child|girl|boy)|(?:we|i) know who|former (?:pupil|student)"
        r"|(?:has|have|been) (?:been )?(?:identified|named)|classmates?",
    ),
    (
        "Do the police or the council's safeguarding services know?",
        r"police|999|101|ceop|lado|social (?:care|services|workers?)|children's services"
        r"|local authority|mash|crime (?:reference )?number",
    ),
    (
        "Has evidence been kept (screenshots, links, times)?",
        r"screen ?shots?|screenshotted|evidence|recorded the|saved (?:the|copies|it)|\[link \d+\]"
        r"|https?\S*|screen recordings?|logged on",
    ),
    (
        "Do the parents know?",
        r"(?:parents?|mum|mother|dad|father|family|home)(?: \w+){0,3} (?:know|aware|informed|told"
        r"|contacted|been in|called|says|said|has|have)|(?:told|informed|contacted|spoken to|rung"
        r"|rang|called) (?:\w+ ){0,2}(?:parents?|mum|mother|dad|father|family|home)",
    ),
    (
        "Is it still online?",
        r"still (?:up|online|live|there|active|visible|available)|(?:been|was|were|is|are|now)"
        r" (?:\w+ )?(?:removed|taken down|deleted|gone|closed)|no longer (?:up|online|visible)",
    ),
)
"""What whoever takes a case on must know, and the words that may answer it already."""
