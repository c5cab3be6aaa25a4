"""Invented words: people, schools, towns, accounts, numbers. All from lexicon.toml."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from workbench.demo.dice import Dice

FILE = Path(__file__).with_name("lexicon.toml")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_TYPE_WORDS = re.compile(
    r"\b(the|city|of|high|grammar|community|catholic|rc|ce|primary|junior|academy|school|college|sports|"
    r"science|technology|girls'|boys'|upper|sixth|form|further|education|road|day|nursery|early|"
    r"years|centre)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class School:
    """An invented institution, with everything that a signature may show."""

    name: str
    short: str
    town: str
    domain: str
    phone: str
    postcode: str
    country: str = ""
    county: str = ""

    @property
    def initials(self) -> str:
        """First letters in lower case: "kha" for Keldwick High Academy."""
        return "".join(word[0] for word in slug(self.name, " ").split() if word != "the")


@cache
def words(section: str, key: str) -> tuple[str, ...]:
    """One list of lexicon.toml; entries part at semicolons, or else at commas."""
    with FILE.open("rb") as file:
        text = tomllib.load(file)[section][key]
    parts = text.split(";" if ";" in text else ",")
    return tuple(" ".join(part.split()) for part in parts if part.strip())


@cache
def hosts() -> dict[str, str]:
    """Platform -> host name under .example."""
    with FILE.open("rb") as file:
        return dict(tomllib.load(file)["hosts"])


@cache
def counties() -> dict[str, float]:
    """English county -> its share of the invented schools (weights)."""
    with FILE.open("rb") as file:
        return dict(tomllib.load(file)["counties"])


@cache
def misspellings() -> dict[str, str]:
    """Word -> a spelling that people often give it."""
    with FILE.open("rb") as file:
        return dict(tomllib.load(file)["misspelt"])


def slug(text: str, gap: str = "") -> str:
    """Lower case, apostrophes dropped, everything but letters and digits replaced by `gap`."""
    return _NOT_WORD.sub(gap, text.lower().replace("'", "")).strip(gap or None)


def digits(pattern: str, dice: Dice) -> str:
    """Put a digit for each {d}."""
    return re.sub(r"\{d\}", lambda _: str(dice.below(10)), pattern)


def invent_surname(dice: Dice) -> str:
    """A surname: mostly from the list, two in five put together from two syllables."""
    if dice.chance(0.6):
        return dice.pick(words("people", "surnames"))
    start, end = (
        dice.pick(words("people", "surname_starts")),
        dice.pick(words("people", "surname_ends")),
    )
    return start + end if start[-1] != end[0] else start + end[1:]


def invent_town(dice: Dice) -> str:
    """A place that is on no map, put together from two syllables."""
    while True:
        start = dice.pick(words("places", "town_starts"))
        end = dice.pick(words("places", "town_ends"))
        town = start + end if start[-1] != end[0] else start + end[1:]
        if town not in words("places", "real"):
            return town


def invent_school(kind: str, dice: Dice, *, country: str = "England") -> School:
    """A school. `kind` names a list of patterns in lexicon.toml."""
    town = invent_town(dice)
    place = town if dice.chance(0.55) else invent_town(dice)
    name = (
        dice.pick(words("places", kind))
        .replace("{place2}", invent_town(dice))
        .replace("{place}", place)
        .replace("{saint}", dice.pick(words("places", "saints")))
        .replace("{name2}", invent_surname(dice))
        .replace("{name}", invent_surname(dice))
    )
    core = " ".join(_TYPE_WORDS.sub(" ", name).split()).removesuffix(" and") or name
    end = dice.pick((".sch.example", ".example", ".ac.example", ".org.example"))
    return School(
        name=name,
        short=core,
        town=town,
        domain=slug(core if dice.chance(0.6) else name) + end,
        phone=digits(dice.pick(words("contact", "phones")), dice),
        postcode=digits(words("contact", "postcode")[0], dice),
        country=country,
        county=dice.weighted(counties()) if country == "England" else "",
    )


def invent_handle(kind: str, dice: Dice, *, school: School, surname: str, given: str) -> str:
    """An account name with @. `kind`: mock, staff, child or public (lists of [handles])."""
    pattern = dice.pick(words("handles", kind))
    for field, value in {
        "{s}": slug(school.short),
        "{i}": school.initials,
        "{n}": slug(surname),
        "{g}": slug(given),
        "{d}": str(dice.between(1, 999)),
        "{w}": dice.pick(words("handles", "words")),
        "{v2}": dice.pick(words("handles", "words")),
        "{v}": dice.pick(words("handles", "words")),
    }.items():
        pattern = pattern.replace(field, value)
    return "@" + pattern


def invent_link(platform: str | None, handle: str, dice: Dice, *, post: bool = False) -> str:
    """An address under .example that shows an account, or (with `post`) a single post of it."""
    host = hosts().get(platform or "Website", hosts()["Website"])
    name = handle.removeprefix("@")
    number = "7" + "".join(str(dice.below(10)) for _ in range(18))
    code = "".join(
        dice.pick("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789") for _ in range(9)
    )
    forms = {
        "TikTok": (f"@{name}", f"@{name}/video/{number}", f"@{name}?lang=en", f"t/{code}"),
        "Instagram": (f"{name}/", f"p/{code}/", f"reel/{code}/", f"{name}?igshid={code}"),
        "Snapchat": (f"add/{name}", f"p/{code}", f"@{name}"),
        "Facebook": (f"{name}", f"groups/{number[:15]}", f"{name}/posts/{number[:12]}"),
        "Twitter": (name, f"{name}/status/{number}"),
        "YouTube": (f"@{name}", f"watch?v={code}ab", f"shorts/{code}xy"),
    }
    paths = forms.get(platform or "", (name, f"{name}/{number[:6]}"))
    if post:
        paths = tuple(path for path in paths if number[:6] in path or code in path) or paths
    return f"https://{host}/{dice.pick(paths)}"


def invent_video_title(dice: Dice) -> str:
    """An invented video title in quotation marks."""
    first, last = (
        dice.pick(words("things", "titles_first")),
        dice.pick(words("things", "titles_last")),
    )
    return f'"{first} {last}"'


def invent_song(dice: Dice) -> str:
    """An invented song in quotation marks."""
    first, last = dice.pick(words("things", "song_first")), dice.pick(words("things", "song_last"))
    return f'"{first} {last}"'


def invent_hashtag(dice: Dice) -> str:
    """A hashtag that names nobody."""
    parts = (dice.pick(words("things", "tags_first")), dice.pick(words("things", "tags_last")))
    return "#" + "".join(parts)


def invent_likeness(dice: Dice) -> str:
    """What somebody is said to look like, without an article: "soggy pelican"."""
    kind = dice.weighted({"creatures": 4, "foods": 3, "fittings": 2, "figures": 2})
    noun = dice.pick(words("likeness", kind))
    return f"{dice.pick(words('likeness', 'adjectives'))} {noun}" if dice.chance(0.7) else noun


def with_article(noun: str) -> str:
    """A noun with its article: otter, an otter."""
    return f"{'an' if noun[0].lower() in 'aeiou' else 'a'} {noun}"


def invent_caption(dice: Dice) -> str:
    """A caption as pupils write them, in quotation marks."""
    one, other = with_article(invent_likeness(dice)), with_article(invent_likeness(dice))
    form = dice.pick(
        (
            "looks like {one}",
            "bro thinks they're {one}",
            "when {one} does the register",
            "{one} walked so this could run",
            "not {one} teaching us",
            "half {one} half {other}",
            "POV you asked {one} for help",
            "{one} in a lanyard",
            "built like {one}",
            "who ordered {one}",
            "{one} final boss",
            "smells like {one} probably",
            "{one} > this",
            "the voice of {one} the walk of {other}",
            "give {one} a whiteboard and this is what you get",
            "somebody left {one} at the gate",
        )
    )
    return '"' + form.replace("{one}", one).replace("{other}", other) + '"'
