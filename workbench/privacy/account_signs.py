"""Whether a piece of text is a user name: by its signs, and by what words it is made of."""

from __future__ import annotations

import re
from functools import lru_cache

from workbench.privacy.lists import is_frequent, is_spoken, is_word, kept_words, words_of

_UNITS = frozenset(
    """st nd rd th am pm k m bn g gb mb tb kb kg km cm mm ml p s ish hr hrs min mins sec secs yr yrs
    yo x d fps px pp plus wk wks mth mths ks""".split()
)
_NUMBERED = frozenset(
    """year yr years key stage ks room rm class form set grade covid page unit week wk term level
    lvl     part version windows win office house group grp phase step item question fig
    figure table tbl     chapter section appendix image img photo pic screenshot video vid
    clip file doc attachment day     lesson period block floor gate case ref pupil student
    child teacher number num no top iphone ipad     galaxy xbox playstation fifa gta ios
    android web mp mpeg jpeg co gcse gcses btec alevel eyfs fy ay     spring summer autumn
    winter jan january feb february mar march apr april may jun june jul july aug     august
    sep sept september oct october nov november dec december mon monday tue tuesday wed
    wednesday thu thursday fri friday sat saturday sun sunday batch round session module paper
    exam     test option tier type stream band tutor tg reg cohort pt vol ch sect para note
    ext tel mob fax     section article reg annex formula area zone line route bus flat apt
    box""".split()
)


def account_entity(value: str) -> str:
    """A user name as compared: in small letters, without its @."""
    return re.sub(r"\W+$", "", value.lstrip("@ ")).casefold()


def is_handle(value: str) -> bool:
    """Whether "@..." is an account: not a time such as "@ 3pm"."""
    return not re.fullmatch(r"@\s?\d{1,2}(?:[:.]?\d\d)?(?:am|pm)?", value, re.IGNORECASE)


def is_odd(value: str) -> bool:
    """An account by its signs alone: a figure or underscore among letters, or a dot inside."""
    plain = value.strip("@.(")
    return bool(re.search(r"[a-z]\d|_|\w\s?\.\s?\w", plain, re.IGNORECASE)) and is_account(value)


def is_numbered(word: str) -> bool:
    """Whether figures often follow a word or unit: "year", "section"."""
    return word in _NUMBERED or word in _UNITS


def is_account(value: str) -> bool:
    """What no reader takes for a word of the sentence: "kez_2011", "dan.x", "kezzab"."""
    plain = value.strip("@. (").casefold()
    if re.search(r"[\d_]|\w[.-]\w|\s", plain):
        # "on-line" and "3pm" are no accounts; neither is a number by itself.
        pieces = [piece for piece in re.split(r"[\W\d_]+", plain) if piece]
        joined = not re.search(r"[\d_.]", plain)
        code = "_" not in plain and all(map(is_code, re.split(r"[\W]+", plain)))
        return bool(pieces) and not code and not (joined and all(map(is_word, pieces)))
    return len(plain) > 2 and not is_word(plain) and plain not in kept_words()


@lru_cache(maxsize=50_000)
def is_code(piece: str) -> bool:
    """A figure with letters that is no name: "ks3", "b12", "10th", "year9", "10x1", "mp4"."""
    if not re.search(r"\d", piece):
        return False
    numbered = re.fullmatch(r"([a-z]+)(\d+)([a-z]{0,2})", piece)
    if numbered:
        word, number = numbered[1], numbered[2]
        if word in words_of("given_common") and len(word) > 2 and word not in _NUMBERED:
            return False
        short = len(word) < 3 and len(number) < 4 and not numbered[3]
        few = len(number) < 2 and (is_word(word) or len(piece) < 5)
        return short or few or word in _NUMBERED or word in ("y", "r") or word in kept_words()
    counted = re.fullmatch(r"\d+([a-z]+)", piece)
    if counted:
        return len(counted[1]) < 3 or counted[1] in _UNITS or is_word(counted[1])
    return bool(re.fullmatch(r"\d*[a-z]{0,2}\d{0,2}[a-z]?|\d{1,2}[a-z]{1,2}\d{1,2}", piece))


def is_shaped(value: str) -> bool:
    """Letters with figures or underscores that are neither a code nor a stressed word."""
    plain = value.casefold()
    if plain in kept_words():
        return False
    if re.fullmatch(r"_[a-z]+_", plain):
        return not is_word(plain.strip("_"))
    if "_" in plain.strip("_"):
        return bool(re.search(r"[a-z]", plain))
    pieces = re.split(r"[_.-]+", plain)
    mixed = [piece for piece in pieces if re.search(r"[a-z]", piece) and re.search(r"\d", piece)]
    if mixed and "." in plain and "-" not in plain and any(map(_is_own, pieces)):
        return True
    return any(not is_code(piece) for piece in mixed) or bool(
        plain[0] == "_" and re.search("[a-z]", plain)
    )


def _is_own(piece: str) -> bool:
    """What is nobody's abbreviation: "kez" in "kez.y9", not "again" in "again.Y9"."""
    plain = len(piece) > 2 and piece.isalpha() and not is_numbered(piece)
    return plain and not is_frequent(piece) and piece not in kept_words()


@lru_cache(maxsize=50_000)
def is_strange(word: str) -> bool:
    """No word of English, nor one with another ending or a slip of one letter."""
    stems = {word, *(word.removesuffix(end) for end in ("s", "d", "es", "ed", "ing", "er", "ly"))}
    if any(is_word(stem) or is_word(stem + "e") or stem in kept_words() for stem in stems):
        return False
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    letters = "abcdefghijklmnopqrstuvwxyz"
    near = (
        changed
        for a, b in cuts
        for changed in (
            a + b[1:],
            a + b[1::-1] + b[2:],
            *(a + sign + b[1:] for sign in letters),
            *(a + sign + b for sign in letters),
        )
    )
    return not any(map(is_word, near))


def is_name_like(value: str) -> bool:
    """An account by its signs, or a strange word of five letters and more."""
    plain = value.strip("@. (").casefold()
    if not plain.isalpha():
        return is_odd(value)
    return len(plain) > 4 and not is_spoken(plain) and is_strange(plain)


def is_next(value: str) -> bool:
    """Beside other accounts "e99x" is one too; "ks3" is none."""
    mixed = re.search(r"(?i)[a-z]\d|\d[a-z]", value) and len(value) > 3
    return is_name_like(value) or (bool(mixed) and "_" not in value and value[-1].isalpha())


@lru_cache(maxsize=50_000)
def is_compound(value: str) -> bool:
    """A given name run together with a word or another name: "sophiebanter", "realjackwhit"."""
    plain = value.casefold()
    if is_word(plain) or plain in kept_words() or plain in words_of("places"):
        return False
    if plain in words_of("surnames") or plain in words_of("given_rarer"):
        return False
    cuts = [(plain[:at], plain[at:]) for at in range(3, len(plain) - 2)]
    joined = any(
        (_is_name(a) and _is_part(b)) or (len(b) > 4 and _is_name(b) and _is_part(a))
        for a, b in cuts
    )
    return joined and is_strange(plain)


def _is_name(part: str) -> bool:
    return len(part) > 3 and part in words_of("given_common") and not is_word(part)


def _is_part(part: str) -> bool:
    return is_word(part) or part in words_of("given_common") or part in words_of("surnames")


def is_spaced(value: str) -> bool:
    """Single signs that make a name with spaces between: no "A B C D E", no row of marks."""
    plain = re.sub(r"\s", "", value).casefold()
    letters = re.sub(r"[^a-z]", "", plain)
    in_order = letters in "abcdefghijklmnopqrstuvwxyz"
    return len(letters) > 1 and not in_order and not is_frequent(plain)


def is_spelt(value: str) -> bool:
    """Pieces that "dot" or "underscore" joins: not "the dot is"."""
    pieces = re.split(r"[\W_]+(?:underscore|dot|dash|hyphen)?[\W_]*", value.casefold())
    return not all(is_frequent(piece) or piece.isdigit() for piece in pieces if piece)
