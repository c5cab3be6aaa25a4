"""Structured identifiers of a document, none of them a real person's.

Telephone numbers lie in the ranges that Ofcom keeps for drama, NHS numbers in 999 (never issued),
private e-mail at example.com and its kin; check digits and formats are valid.
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from random import Random

from benchmarks.redactions.people import Cast, Person, plain

Value = Callable[[Cast, str, Random], str]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip
LANDLINES = ("0113 496 0", "0114 496 0", "0115 496 0", "0116 496 0", "0117 496 0", "0118 496 0",
             "0121 496 0", "0131 496 0", "0141 496 0", "0151 496 0", "0161 496 0", "0191 498 0",
             "020 7946 0", "028 9649 6", "029 2018 0", "01632 960", "01632 960", "0808 157 0",
             "0306 999 0")  # fmt: skip
AREAS = ("B", "LS", "M", "S", "NG", "SA", "EH", "G", "DD", "KY", "BT", "L", "NE", "NR", "IP",
         "PL", "BS", "E", "N", "SE", "SW", "W", "BD", "HX", "HU", "PE", "TF", "ST", "WS", "WV",
         "DE", "TR", "IV", "SY")  # fmt: skip
DISTRICTS = ("B29", "LS12", "M14", "S10", "NG11", "SA12", "EH14", "G42", "BT15", "L15", "NE15",
             "NR14", "BS16", "SE22", "SW16", "N15", "E17", "BD18", "DE21", "PE13", "CF14", "CF24",
             "LL57", "LL18", "AB10", "AB25", "EC1A", "W1T", "SW1P", "E1W", "SE1P", "N1C", "CR0",
             "WC2H")  # fmt: skip
AUTHORITIES = ("leeds", "kirklees", "norfolk", "bham", "swansea", "durham", "kent", "bradford")
SOUNDS = ("moon", "frog", "zog", "kaz", "lil", "dark", "pixel", "slime", "vex", "nova", "ghost",
          "toast", "banter", "queen", "shadow", "plum", "wolf", "spud", "glitch", "noodle", "ace",
          "zap", "biscuit", "raven", "tango")  # fmt: skip


def phone(cast: Cast, role: str, random: Random) -> str:
    """A landline of school or person."""
    start = random.choice(LANDLINES)
    digits = "".join(c for c in start if c.isdigit())
    rest = "".join(random.choice(string.digits) for _ in range(11 - len(digits)))
    return start + rest


def mobile(cast: Cast, role: str, random: Random) -> str:
    """A mobile number."""
    return f"07700 900{random.randrange(1000):03d}"


def postcode(cast: Cast, role: str, random: Random) -> str:
    """A postcode in one of the six formats, in a district that there is."""
    outward = f"{random.choice(AREAS)}{random.randint(1, 5)}"
    if random.random() < 0.5:
        outward = random.choice(DISTRICTS)
    end = "".join(random.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
    return f"{outward} {random.randint(1, 9)}{end}"


def nhs(cast: Cast, role: str, random: Random) -> str:
    """An NHS number of the range that is never issued, with its check digit (modulus 11)."""
    while True:
        digits = [9, 9, 9, *(random.randrange(10) for _ in range(6))]
        check = 11 - sum(digit * (10 - n) for n, digit in enumerate(digits)) % 11
        if check != 10:
            whole = "".join(map(str, [*digits, check % 11]))
            return f"{whole[:3]} {whole[3:6]} {whole[6:]}"


def national_insurance(cast: Cast, role: str, random: Random) -> str:
    """A National Insurance number of a valid prefix."""
    while True:
        first, second = random.choice("ABCEGHJKLMNPRSTWXYZ"), random.choice("ABCEGHJKLMNPRSTWXYZ")
        if first + second not in ("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"):
            digits = f"{random.randrange(10**6):06d}"
            suffix = random.choice("ABCD")
            return f"{first}{second} {digits[:2]} {digits[2:4]} {digits[4:]} {suffix}"


def birth(cast: Cast, role: str, random: Random) -> str:
    """A date of birth as ISO; how it is written is for ``writing``."""
    years = (2006, 2019) if role.startswith("pupil") else (1958, 1999)
    return f"{random.randint(*years)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"


def plate(cast: Cast, role: str, random: Random) -> str:
    """A number plate: mostly of today's format, some older ones."""
    letters = "ABCDEFGHJKLMNOPRSTUVWXY"
    three = "".join(random.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(3))
    if random.random() < 0.8:
        age = random.choice((*range(2, 25), *range(51, 75)))
        return f"{random.choice(letters)}{random.choice(letters)}{age:02d} {three}"
    return f"{random.choice('HJKLMNPRSTVWXY')}{random.randint(1, 999)} {three}"


def email(cast: Cast, role: str, random: Random) -> str:
    """An address at the school for its staff, elsewhere for others."""
    at_school = role in ("me", "head", "staff", "school")
    if role == "school":
        local = random.choice(("office", "admin", "enquiries", "reception", "head"))
    elif role == "fake":
        local = nickname(cast, role, random)
    else:
        local = _local(cast.person(role), random)
    return f"{local}@{_domain(cast, random) if at_school else _provider(random)}"


def nickname(cast: Cast, role: str, random: Random) -> str:
    """A user name: of invented sounds, at times of a person's own name."""
    person = cast.people.get(role)
    number = random.choice((random.randrange(10, 100), random.randrange(2003, 2015)))
    stems = random.sample(SOUNDS, 2)
    if person is not None and random.random() < 0.5:
        stems = [_ascii(person.given), random.choice((stems[0], _ascii(person.surname)[:4]))]
    a, b = stems
    patterns = (f"{a}_{b}{number}", f"{a}.{b}{number}", f"xx{a}{b}xx", f"{a}{b}", f"{a}{number}",
                f"_{a}_{b}_", f"{a}{b}.{number}", f"its_{a}.{b}", f"x{a}.x{number}")  # fmt: skip
    name = random.choice(patterns)
    return name.title() if random.random() < 0.1 else name


def handle(cast: Cast, role: str, random: Random) -> str:
    """A handle with its @."""
    if role == "school":
        return f"@{_slug(cast)}{random.choice(('_sch', 'school', 'hq', '1'))}"
    return f"@{nickname(cast, role, random)}"


def profile(cast: Cast, role: str, random: Random) -> str:
    """The address of somebody's page."""
    name, number = nickname(cast, role, random), random.randrange(10**9, 10**10)
    paths = (f"instagram.com/{name}", f"www.tiktok.com/@{name}", f"snapchat.com/add/{name}",
             f"www.facebook.com/profile.php?id=1000{number}", f"x.com/{name}", f"t.me/{name}",
             f"www.youtube.com/@{name}", f"discord.gg/{name[:9].strip('._')}",
             f"www.roblox.com/users/{number}/profile", f"reddit.com/user/{name}",
             f"www.facebook.com/{name}", f"twitter.com/{name}", f"linktr.ee/{name}",
             f"onlyfans.com/{name}", f"threads.net/@{name}")  # fmt: skip
    return _scheme(random) + random.choice(paths)


def post(cast: Cast, role: str, random: Random) -> str:
    """The address of one post or video."""
    name, number = nickname(cast, role, random), random.randrange(10**17, 10**18)
    code = "".join(random.choice(string.ascii_letters + string.digits) for _ in range(11))
    paths = (f"www.tiktok.com/@{name}/video/7{number}", f"www.instagram.com/p/{code}/",
             f"www.instagram.com/reel/{code}", f"youtu.be/{code}", f"vm.tiktok.com/{code}/",
             f"www.youtube.com/watch?v={code}&t=42s", f"x.com/{name}/status/1{number}",
             f"www.facebook.com/groups/{number}/posts/{number // 7}", f"fb.watch/{code[:8]}",
             f"chng.it/{code[:9]}", f"mumsgossip{number % 1000}.co.uk/topics/{code[:6]}",
             f"www.reddit.com/r/teachinguk/comments/{code[:6].lower()}/", f"imgur.com/a/{code}",
             f"paypal.me/{name}")  # fmt: skip
    return _scheme(random) + random.choice(paths)


def site(cast: Cast, role: str, random: Random) -> str:
    """The school's own site."""
    return f"{random.choice(('https://www.', 'www.', 'http://', 'www.'))}{_domain(cast, random)}"


VALUES: dict[str, tuple[str, Value]] = {
    "email": ("EMAIL", email),
    "phone": ("PHONE", phone),
    "mobile": ("PHONE", mobile),
    "postcode": ("POSTCODE", postcode),
    "nhs": ("NHS", nhs),
    "ni": ("NI", national_insurance),
    "url": ("URL", profile),
    "link": ("URL", post),
    "site": ("URL", site),
    "handle": ("HANDLE", handle),
    "user": ("USERNAME", nickname),
    "dob": ("DOB", birth),
    "plate": ("PLATE", plate),
}
"""Slot: the kind of identifier, and what makes one."""


def _scheme(random: Random) -> str:
    return random.choice(("https://", "https://", "http://", "", ""))


def _ascii(name: str) -> str:
    return re.sub("[^a-z]", "", plain(name).lower()) or "x"


def _slug(cast: Cast) -> str:
    return re.sub("[^a-z]", "", plain(cast.school("school").own).lower())


def _domain(cast: Cast, random: Random) -> str:
    slug = _slug(cast)
    choices = (f"{slug}.{random.choice(AUTHORITIES)}.sch.uk", f"{slug}.org.uk", f"{slug}school.org",
               f"{slug}-academy.co.uk")  # fmt: skip
    return choices[sum(map(ord, slug)) % len(choices)]


def _provider(random: Random) -> str:
    return random.choice(("example.com", "example.net", "example.org", "mail.example.co.uk"))


def _local(person: Person, random: Random) -> str:
    given, surname = _ascii(person.given), _ascii(person.surname)
    return random.choice((f"{given}.{surname}", f"{given[0]}.{surname}", f"{given[0]}{surname}",
                          f"{given}_{surname}", f"{surname}{given[0]}{random.randint(1, 99)}",
                          f"{given}-{surname}", f"{given}.{surname}+school"))  # fmt: skip
