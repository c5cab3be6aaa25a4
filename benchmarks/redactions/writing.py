"""How people write an identifier: in its usual ways, and obscured or mistyped."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from benchmarks.redactions.values import MONTHS

Way = Callable[[str, Random], str]

ZERO_WIDTH = ("\u200b", "\u200c", "\u2060", "\u00ad")
NO_BREAK = ("\u00a0", "\u202f")


def write(kind: str, value: str, random: Random, *, obscured: bool) -> str:
    """``value`` in one of the usual ways of its kind or, ``obscured``, hidden or mistyped."""
    return random.choice((OBSCURED if obscured else USUAL)[kind])(value, random)


def _as_is(value: str, random: Random) -> str:
    return value


def _closed(value: str, random: Random) -> str:
    return value.replace(" ", "")


def _joined(by: str) -> Way:
    return lambda value, random: value.replace(" ", by)


def _spaced(value: str, random: Random) -> str:
    """Each character by itself: 0 7 7 0 0."""
    return " ".join(value.replace(" ", ""))


def _no_break(value: str, random: Random) -> str:
    return value.replace(" ", random.choice(NO_BREAK))


def _zero_width(value: str, random: Random) -> str:
    """A character without width somewhere within, as text copied from a page has it."""
    at = random.randrange(1, len(value))
    return value[:at] + random.choice(ZERO_WIDTH) + value[at:]


def _pairs(value: str, random: Random) -> str:
    """Digits in twos, threes and fours, otherwise than usual."""
    written = value
    while written == value:
        digits, parts = re.sub(r"\D", "", value), []
        while digits:
            size = min(len(digits), random.choice((2, 3, 4)))
            parts.append(digits[:size])
            digits = digits[size:]
        written = " ".join(parts)
    return written


def _abroad(start: str) -> Way:
    """A number with the country's code: +44 (0)7700 900123."""
    return lambda value, random: start + value[1:]


def _bracketed(value: str, random: Random) -> str:
    first, rest = value.split(" ", 1)
    return f"({first}) {rest}"


def _bracketed_dashed(value: str, random: Random) -> str:
    first, rest = value.split(" ", 1)
    return f"({first})-{rest.replace(' ', '-')}"


def _letter_o(value: str, random: Random) -> str:
    return value.replace("0", random.choice("oO"))


def _spoken(value: str, random: Random) -> str:
    """As in: name (at) school dot org dot uk."""
    at, dot = random.choice(((" (at) ", " (dot) "), (" at ", " dot "), ("[at]", "[dot]"),
                             (" [at] ", "."), (" AT ", " DOT "), ("(at)", "."), (" at ", "."),
                             (" (at) ", " dot "), ("{at}", "{dot}")))  # fmt: skip
    local, domain = value.split("@")
    if random.random() < 0.5:
        local = local.replace(".", dot)
    return local + at + domain.replace(".", dot)


def _round_at(value: str, random: Random) -> str:
    return value.replace("@", random.choice((" @ ", "@ ", " @", "(@)", "\uff20", "\u00a0@\u00a0")))


def _round_dots(value: str, random: Random) -> str:
    local, domain = value.split("@")
    dot = random.choice((" . ", ". ", " ."))
    return f"{local}{random.choice(('@', ' @ '))}{domain.replace('.', dot)}"


def _defanged(value: str, random: Random) -> str:
    """As in: hxxps://site[.]com/name."""
    value = value if "://" in value else f"https://{value}"
    host, slash, path = value.split("://")[1].partition("/")
    scheme = random.choice(("hxxp", "hxxps", "hXXps"))
    colon, mark = random.choice(("://", ":// ", "[:]//")), random.choice((".", "[.]", "(.)"))
    return scheme + colon + host.replace(".", mark) + slash + path


def _spoken_address(value: str, random: Random) -> str:
    """As in: instagram dot com / name."""
    host, slash, path = value.removeprefix("https://").removeprefix("http://").partition("/")
    dot = random.choice((" dot ", "[.]", " . ", "(dot)", "[dot]"))
    gap = random.choice(("/", " / ", " slash ")) if slash else ""
    return host.replace(".", dot) + gap + path


def _spoken_name(value: str, random: Random) -> str:
    """As in: kaz underscore moon dot 41; without such signs, spaces between the letters."""
    if not re.search(r"[._]", value.strip("@._")):
        return _letters(value, random)
    if random.random() < 0.5:
        return re.sub(r"([._])", r" \1 ", value).strip()
    words = {".": " dot ", "_": " underscore "}
    return re.sub(r"[._]", lambda found: words[found[0]], value).strip()


def _letters(value: str, random: Random) -> str:
    return " ".join(value)


def _at_apart(value: str, random: Random) -> str:
    return random.choice(("@ ", "(at)", "\uff20", "@\u200b", "(@)")) + value[1:]


def _date(form: str) -> Way:
    """A way to write an ISO date; ``form`` names year, month and day."""

    def write_date(value: str, random: Random) -> str:
        year, month, day = (int(part) for part in value.split("-"))
        name = MONTHS[month - 1]
        end = {1: "st", 2: "nd", 3: "rd"}.get(day if day in (1, 2, 3) else day % 10, "th")
        ending = "th" if 11 <= day <= 13 else end
        return form.format(y=year, yy=year % 100, m=month, d=day, name=name, short=name[:3],
                           th=f"{day}{ending}")  # fmt: skip

    return write_date


def _dates(*forms: str) -> tuple[Way, ...]:
    return tuple(_date(form) for form in forms)


def _hidden_in_date(value: str, random: Random) -> str:
    return _zero_width(_date("{d:02d}/{m:02d}/{y}")(value, random), random)


def _long_gaps(value: str, random: Random) -> str:
    return value.replace(" ", random.choice(("  ", "   ", "\t")))


USUAL: dict[str, tuple[Way, ...]] = {
    "EMAIL": (_as_is,),
    "PHONE": (_as_is, _as_is, _closed, _bracketed, _abroad("+44 "),
              lambda v, r: "+44" + v[1:].replace(" ", "")),
    "POSTCODE": (_as_is, _as_is, _closed),
    "NHS": (_as_is, _as_is, _closed),
    "NI": (_as_is, _closed),
    "URL": (_as_is,),
    "HANDLE": (_as_is,),
    "USERNAME": (_as_is,),
    "DOB": _dates("{d:02d}/{m:02d}/{y}", "{d}/{m}/{yy:02d}", "{d:02d}.{m:02d}.{y}",
                  "{d} {name} {y}", "{th} {name} {y}", "{d:02d}-{m:02d}-{y}",
                  "{y}-{m:02d}-{d:02d}", "{d} {short} {y}", "{name} {d}, {y}",
                  "{th} of {name} {y}"),
    "PLATE": (_as_is, _as_is, _closed),
}  # fmt: skip
OBSCURED: dict[str, tuple[Way, ...]] = {
    "EMAIL": (_spoken, _spoken, _spoken, _round_at, _round_at, _round_dots, _zero_width),
    "PHONE": (_joined("-"), _joined("."), _joined("/"), _spaced, _no_break, _zero_width, _pairs,
              _abroad("+44 (0)"), _abroad("0044 "), _abroad("(+44) "), _bracketed_dashed,
              _letter_o, lambda v, r: _abroad("+44 (0) ")(_pairs(v, r), r)),
    "POSTCODE": (_joined("-"), _long_gaps, _spaced, _no_break, _zero_width, _joined(".")),
    "NHS": (_joined("-"), _joined("."), _spaced, _no_break, _zero_width, _pairs, _joined("/")),
    "NI": (_joined("-"), _joined("."), _spaced, _no_break, _zero_width, _joined("/"),
           lambda v, r: f"{v[:2]} {v[2:-2].replace(' ', '')} {v[-1]}"),
    "URL": (_defanged, _defanged, _spoken_address, _spoken_address, _zero_width),
    "HANDLE": (_at_apart, _at_apart, _zero_width),
    "USERNAME": (_spoken_name, _spoken_name, _zero_width),
    "DOB": (*_dates("{d:02d} / {m:02d} / {y}", "{d} - {m} - {yy:02d}", "{d:02d} {m:02d} {y}",
                    "{d:02d}{m:02d}{y}", "{d}{short}{yy:02d}", "{d:02d}_{m:02d}_{y}"),
            _hidden_in_date),
    "PLATE": (_joined("-"), _joined("."), _spaced, _no_break, _zero_width, _long_gaps,
              lambda v, r: f"{v[:2]} {v[2:]}"),
}  # fmt: skip
