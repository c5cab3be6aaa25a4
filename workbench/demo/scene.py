"""What one case is about: its people, accounts and dates, and how fragments take them in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from workbench.demo import lexicon
from workbench.demo.author import Author
from workbench.demo.dice import Dice
from workbench.demo.fragments import FIELD, Fragment, choose_words
from workbench.demo.segments import Segment, capitalise, mend_article, unquote

VIDEO = frozenset({"TikTok", "Instagram", "Snapchat", "YouTube", "Facebook"})
# Fields that identify someone: field -> (kind of identifier, entity that it names).
IDENTIFIERS: dict[str, tuple[str, str]] = {
    "staff": ("person", "staff"),
    "surname": ("person", "staff"),
    "staff2": ("person", "staff2"),
    "pupil": ("person", "pupil"),
    "pupil2": ("person", "pupil2"),
    "author": ("person", "author"),
    "author_given": ("person", "author"),
    "author_surname": ("person", "author"),
    "author_initials": ("person", "author"),
    "school": ("school", "school"),
    "school_short": ("school", "school"),
    "town": ("place", "town"),
    "employer_town": ("place", "employer_town"),
    "handle": ("handle", "handle"),
    "handle2": ("handle", "handle2"),
    "handle3": ("handle", "handle3"),
    "link": ("url", "link"),
    "link2": ("url", "link2"),
    "link3": ("url", "link3"),
    "email": ("email", "email"),
    "phone": ("phone", "phone"),
    "employer": ("school", "employer"),
    "employer_phone": ("phone", "employer_phone"),
    "postcode": ("postcode", "postcode"),
}
_HANDLES = {
    "mock_account": "mock",
    "protest": "mock",
    "fights": "mock",
    "impersonation_staff": "staff",
    "staff_bullying": "staff",
    "criticism": "staff",
    "impersonation_child": "child",
    "peer_bullying": "child",
    "images": "child",
}
# Drawn anew at each use: two numbers in one text are two numbers.
_FRESH = frozenset(
    "count clock days weekday month place object event video_title song hashtag platform2 "
    "likeness a_likeness a_figure a_scene a_fitting caption".split()
)
_OFTEN = ("Instagram", "Snapchat", "TikTok", "WhatsApp", "Facebook", "YouTube")
_COUNTS = ("two", "three", "four", "five", "six")


@dataclass
class Scene:
    """One case while it is being written: who, where, when, and the values chosen so far.

    `platform` is what the text is about, or None; whether the record names it is decided
    elsewhere. `returning`, `linked`, `signed` and `called` say whether the enquirer has written
    before, lists links, signs in full, or rang. A value asked for twice is the same both times.
    """

    subject: str
    author: Author
    platform: str | None
    received: datetime
    country: str
    dice: Dice
    values: dict[str, str] = field(default_factory=dict)
    returning: bool = False
    linked: bool = False
    signed: bool = False
    called: bool = False
    _links: int = 0

    @property
    def tags(self) -> frozenset[str]:
        """The tags of fragments that this case satisfies."""
        tags = {self.author.side, *({self.platform} if self.platform else ())}
        tags |= {"video"} if self.platform in VIDEO else set()
        tags |= {"primary"} if self.author.phase in {"Primary", "Early Years"} else {"secondary"}
        return frozenset(tags)

    def fits(self, fragment: Fragment) -> bool:
        """Whether a fragment's tags and fields suit the case."""
        if self.platform is None and "platform" in fragment.fields:
            return False
        return fragment.tags <= self.tags

    def value(self, name: str) -> str:
        """The value of a field, drawn at its first use."""
        if name in _FRESH or name not in self.values:
            self.values[name] = _DRAW[name](self)
        return self.values[name]

    def fill(self, text: str) -> list[Segment]:
        """Settle a fragment's alternatives and fields -> its segments."""
        settled = choose_words(text, self.dice)
        segments: list[Segment] = []
        start = 0
        for match in FIELD.finditer(settled):
            value = unquote(self.segment(match[1]), settled[: match.start()])
            before, value = mend_article(settled[start : match.start()], value)
            segments += [Segment(before), value]
            start = match.end()
        segments.append(Segment(settled[start:]))
        return capitalise([segment for segment in segments if segment.text])

    def segment(self, name: str) -> Segment:
        """A field as a segment. A second {link} of a text is another post of the same account."""
        if name == "link" and "link" in self.values:
            self._links += 1
            return Segment(_link(self, "handle", post=True), "url", f"link-{self._links}")
        kind, entity = IDENTIFIERS.get(name, ("", ""))
        return Segment(self.value(name), kind, entity)

    def people(self) -> tuple[str, ...]:
        """Names of the members of staff and pupils that the text has named so far."""
        names = [self.values.get(key) for key in ("staff", "staff2", "pupil", "pupil2")]
        return tuple(dict.fromkeys(name for name in names if name))


def _staff(scene: Scene, name: str) -> str:
    title = scene.dice.pick(lexicon.words("people", "titles"))
    surname = lexicon.invent_surname(scene.dice)
    scene.values[f"{name}_surname"] = surname
    return f"{title} {surname}"


def _surname(scene: Scene) -> str:
    scene.value("staff")
    return scene.values["staff_surname"]


def _pupil(scene: Scene) -> str:
    given = scene.dice.pick(lexicon.words("people", "given"))
    if scene.dice.chance(0.8):
        return given
    return f"{given} {lexicon.invent_surname(scene.dice)}"


def _handle(scene: Scene) -> str:
    kind = _HANDLES.get(scene.subject) or scene.dice.pick(("public", "mock", "public"))
    if scene.dice.chance(0.12):
        kind = "public"
    return lexicon.invent_handle(
        kind,
        scene.dice,
        school=scene.author.school,
        surname=_surname(scene),
        given=scene.value("pupil").split()[0],
    )


def _link(scene: Scene, handle: str, *, post: bool = False) -> str:
    return lexicon.invent_link(scene.platform, scene.value(handle), scene.dice, post=post)


def _year_group(scene: Scene) -> str:
    dice, phase = scene.dice, scene.author.phase
    if phase == "Early Years":
        return "Reception"
    if phase == "Further Education/College":
        return dice.pick(("Year 12", "Year 13", "Level 2", "Level 3"))
    if scene.country == "Scotland":
        return f"P{dice.between(4, 7)}" if phase == "Primary" else f"S{dice.between(1, 5)}"
    if scene.country == "Northern Ireland":
        return f"P{dice.between(5, 7)}" if phase == "Primary" else f"Year {dice.between(8, 12)}"
    if phase == "Primary":
        return f"Year {dice.weighted({3: 1, 4: 2, 5: 4, 6: 7})}"
    return f"Year {dice.weighted({7: 5, 8: 10, 9: 11, 10: 10, 11: 6, 12: 1, 13: 1})}"


def _month(scene: Scene) -> str:
    return (scene.received - timedelta(days=scene.dice.between(25, 130))).strftime("%B")


def _weekday(scene: Scene) -> str:
    """A day of the past week, seldom at the weekend: most of what is told happens at school."""
    day = scene.received - timedelta(days=scene.dice.between(1, 6))
    if day.weekday() >= 5 and not scene.dice.chance(0.1):
        day -= timedelta(days=scene.dice.between(2, 4))
    return day.strftime("%A")


def _clock(scene: Scene) -> str:
    school_day = scene.dice.chance(0.7)
    hour = scene.dice.between(8, 15) if school_day else scene.dice.between(6, 21)
    minute = scene.dice.between(0, 11) * 5
    return f"{hour}.{minute:02d}" if scene.dice.chance(0.5) else f"{hour:02d}:{minute:02d}"


def _days(scene: Scene) -> str:
    unit = scene.dice.weighted({"days": 6, "weeks": 3})
    return f"{scene.dice.pick(_COUNTS)} {unit}"


def _count(scene: Scene) -> str:
    return str(int(60 * 2 ** (scene.dice.number() * 4.3)))


def _roll(scene: Scene) -> str:
    """How many pupils the school has."""
    low, high = (90, 480) if scene.author.phase == "Primary" else (420, 1750)
    return str(scene.dice.between(low, high) // 10 * 10)


def _views(scene: Scene) -> str:
    views = int(900 * 2 ** (scene.dice.number() * 7.5))
    return f"{views // 100 * 100:,}" if scene.dice.chance(0.6) else f"{views:,}"


def _platform(scene: Scene) -> str:
    if scene.platform is None:
        raise ValueError("a fragment that names a platform was drawn for a case without one")
    return scene.platform


def _platform2(scene: Scene) -> str:
    others = [name for name in _OFTEN if name != scene.platform]
    return scene.dice.pick(others)


def _described(scene: Scene, kind: str) -> str:
    noun = scene.dice.pick(lexicon.words("likeness", kind))
    if scene.dice.chance(0.5):
        return noun
    return f"{scene.dice.pick(lexicon.words('likeness', 'adjectives'))} {noun}"


def _listed(section: str, key: str) -> Callable[[Scene], str]:
    return lambda scene: scene.dice.pick(lexicon.words(section, key))


def _initials(scene: Scene) -> str:
    return scene.author.given[0] + scene.author.surname[0]


_DRAW: dict[str, Callable[[Scene], str]] = {
    "staff": lambda scene: _staff(scene, "staff"),
    "staff2": lambda scene: _staff(scene, "staff2"),
    "surname": _surname,
    "pupil": _pupil,
    "pupil2": _pupil,
    "author": lambda scene: scene.author.name,
    "author_given": lambda scene: scene.author.given,
    "author_surname": lambda scene: scene.author.surname,
    "author_initials": _initials,
    "job": lambda scene: scene.author.job,
    "school": lambda scene: scene.author.school.name,
    "school_short": lambda scene: scene.author.school.short,
    "town": lambda scene: scene.author.school.town,
    "email": lambda scene: scene.author.email,
    "phone": lambda scene: scene.author.phone,
    "employer": lambda scene: scene.author.employer.name,
    "employer_town": lambda scene: scene.author.employer.town,
    "employer_phone": lambda scene: scene.author.employer.phone,
    "postcode": lambda scene: scene.author.employer.postcode,
    "handle": _handle,
    "handle2": _handle,
    "handle3": _handle,
    "link": lambda scene: _link(scene, "handle"),
    "link2": lambda scene: _link(scene, "handle2"),
    "link3": lambda scene: _link(scene, "handle3"),
    "platform": _platform,
    "platform2": _platform2,
    "year_group": _year_group,
    "subject_taught": _listed("things", "lessons"),
    "place": _listed("places", "site"),
    "object": _listed("things", "objects"),
    "event": _listed("things", "events"),
    "nickname": _listed("things", "nicknames"),
    "video_title": lambda scene: lexicon.invent_video_title(scene.dice),
    "song": lambda scene: lexicon.invent_song(scene.dice),
    "hashtag": lambda scene: lexicon.invent_hashtag(scene.dice),
    "likeness": lambda scene: lexicon.invent_likeness(scene.dice),
    "a_likeness": lambda scene: lexicon.with_article(lexicon.invent_likeness(scene.dice)),
    "a_figure": lambda scene: lexicon.with_article(_described(scene, "figures")),
    "a_scene": lambda scene: lexicon.with_article(
        scene.dice.pick(lexicon.words("likeness", "scenes"))
    ),
    "a_fitting": lambda scene: lexicon.with_article(_described(scene, "fittings")),
    "caption": lambda scene: lexicon.invent_caption(scene.dice),
    "weekday": _weekday,
    "month": _month,
    "clock": _clock,
    "days": _days,
    "count": _count,
    "views": _views,
    "roll": _roll,
}
