"""Whether plain words can be a user name, where a sentence speaks of accounts: "the handle is fox".

A noun that stands bare where English wants an article is out of the ordinary; an adjective, a
participle or a word for a person is not. Sentences are judged by ``account_phrases``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from workbench.privacy.account_signs import is_account
from workbench.privacy.lists import is_frequent, is_word, kept_words, words_of

_SAYS = re.compile(
    r"[a-z]{2}(?:ed|[a-z](?:ing|ly|able|ible|ful|less|ous|ive|wards?|some|[a-z]al))$"
    r"|^(?:un|non)[a-z]{4}"
)
_STATES = re.compile(
    r"(?:ment|tion|sion|ness|ity|ism|ance|ence|ship|ency|ancy|ist|ists|ic|ics|ical|ish|ary|ent|hood"
    r"|ory|logy|phobia|[^s]s|[a-z]{3}ers?|ers)$"
)
_BEASTS_AND_OTHERS = frozenset(
    """spring string pudding duckling sterling starling darling lightning viking butterfly firefly
    jelly holly vegetable constable crystal coral animal metal royal jackal petal medal cereal pedal
    signal portal narwhal olive awesome unicorn universe uncle badger beaver
    butter cancer cheddar cider cloister clover cluster
    copper crater cucumber dagger
    ember father feather fever finger flower ginger glacier glitter hammer hamster heather hopper
    hunter jasper jester joker juniper ladder lavender lobster leather lighter lucifer master
    meteor monster number oyster paper panther pepper player poker poster powder quaver raider
    ranger rider river roller rooster saber scooter shimmer silver slayer slipper slither soldier
    spider sticker summer sunflower super surfer tiger thunder timber toaster trigger twister
    viper warrior water weather whisper winter wonder zipper canary fairy magic music mosaic
    comic dragonfly phoenix lotus iris bus cactus walrus octopus albatross chess princess
    goddess cypress empress moss bass glass grass kiss compass serpent crescent dinosaur
    trident mythic garlic arctic atlantic pacific plastic topic python gossip""".split()
)


def is_bare(value: str) -> bool:
    """Whether words after "the username is" name somebody: "sunshine lemons", not "private"."""
    words = _words(value)
    return any(map(_is_rare, words)) and not any(map(_is_said, words))


def is_lone(value: str) -> bool:
    """Whether words after "from", on a platform, name somebody: "red panda", not "strangers"."""
    words = _words(value)
    return is_bare(value) and _is_rare(words[-1]) and not any(map(_is_state, words))


def is_apart(value: str) -> bool:
    """Whether words beside "the account" name it: "pepper", not "holder"."""
    return is_lone(value) and words_of("heads").isdisjoint(_words(value))


@lru_cache(maxsize=50_000)
def is_joined(value: str) -> bool:
    """Two words of English in one that is none: "quietriver", not "noticeboard's"."""
    plain = value.casefold()
    if is_word(plain) or _is_said(plain) or plain in kept_words() or not plain.isalpha():
        return False
    if any(plain in words_of(name) for name in ("places", "surnames", "given_rarer")):
        return False
    cuts = [(plain[:at], plain[at:]) for at in range(4, len(plain) - 3)]
    return len(plain) > 8 and any(is_word(a) and is_word(b) for a, b in cuts)


def _words(value: str) -> list[str]:
    plain = re.sub(r"['\u2019]s?\b", "", value.casefold())
    return [word for word in re.split(r"[^\w.-]+", plain) if word]


def _is_rare(word: str) -> bool:
    return len(word) > 2 and not is_frequent(word) and word not in kept_words()


@lru_cache(maxsize=20_000)
def _is_said(word: str) -> bool:
    if word in words_of("predicates") or word in kept_words():
        return True
    return bool(_SAYS.search(word)) and word not in _BEASTS_AND_OTHERS


@lru_cache(maxsize=20_000)
def _is_state(word: str) -> bool:
    """A state, a kind of people or several things: "harassment", "vapers", "rumours"."""
    plain = word not in _BEASTS_AND_OTHERS and (is_word(word) or not is_account(word))
    return plain and bool(_STATES.search(word))
