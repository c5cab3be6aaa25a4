"""Schools that no field names, by the shape of their names: "X Primary School", "St X's"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workbench.privacy.folding import GENERIC, SMALL, WORD, bare, fold
from workbench.privacy.identifier import Identifier
from workbench.privacy.lists import is_frequent, is_said, is_word, kept_words, phrases_of, words_of
from workbench.privacy.names import is_shouted

_ANCHORS = frozenset(
    """school academy college primary infant infants junior juniors nursery grammar prep
    preparatory pru federation kindergarten preschool playgroup secondary high trust""".split()
)
_CAPITAL_ONLY = frozenset("secondary high trust federation junior infant prep".split())
_CLUE = re.compile(rf"\b(?:{'|'.join(_ANCHORS)}|saint|st)\b", re.IGNORECASE)
_NEAR = re.compile(r"['\u2019]?[ \t]{1,2}|-|\.[ \t]?|[ \t]&[ \t]|\n")
_DESCRIBING = frozenset(
    """science sports sport technology language languages arts performing business girls boys
    village learning education special studio day boarding""".split()
)
_NO_NAME = frozenset(
    """a an all any another at big both british by current each every feeder for former from good
    her his if in independent inner into international its large last local main many
    mainstream middle multi my nearby neighbouring new next no of old on one online other
    our own partner previous private public rural same second several since small some
    special state than that the their these this those three to town two unnamed urban
    village visit we whole whose with your year virtual welsh after before after during dear
    sunday summer home boarding and or but i hi hello re as is was be are attends
    attending attend not also whether when while where community church catholic what which
    most more few half out of-school off via about healthy safe happy outstanding better
    best pupils childs whichever department against outside across within throughout head
    deputy teacher headteacher""".split()
)
_HEADS = frozenset("lady city isle academy college university duke prince king vale forest".split())
_SAINTS = frozenset(
    """mary marys john johns peter peters paul pauls joseph josephs james andrew andrews george
    michael michaels thomas anne annes margaret catherine francis patrick bede bedes
    cuthbert augustine augustines edmund edmunds bernadette bernadettes aidan aidans oswald
    oswalds wilfrid wilfrids gregory gregorys benedict benedicts dominic dominics luke lukes
    mark marks matthew matthews stephen stephens barnabas chad chads clement clements
    columba columbas david davids nicholas philip ignatius teresa teresas theresa winifred
    hilda hildas agnes alban albans ambrose anselm antony anthony bartholomew christopher
    edward edwards giles helen helens hugh hughs jude judes lawrence leonard martin martins
    monica oscar raphael swithun vincent wulstan wulfstan saviour bride cecilia clare robert
    ursula""".split()
)
_DEDICATED = re.compile(
    r"\b(?:(?:our lady(?:['\u2019]?s)?(?: (?:of|and|&) (?:the )?(?:st\.? )?\w+(?: \w+)??)?"
    r"|sacred heart"
    r"|holy (?:trinity|family|cross|rosary|spirit|name|rood|ghost)|christ the king|corpus christi"
    r"|all saints['\u2019]?|immaculate conception|blessed \w+|english martyrs|good shepherd"
    r"|king edward(?:['\u2019]?s)?(?: v?i+)?|queen (?:elizabeth|mary|anne)(?:['\u2019]?s)?))"
    r"(?=[ ,]\s?(?:school|primary|academy|college|high|grammar|catholic|rc|c of e|ce|infants?"
    r"|junior"
    r"|secondary|nursery|church)\b)",
    re.IGNORECASE,
)


def shaped_schools(text: str) -> Iterator[Identifier]:
    """Schools, academies, colleges and their trusts, by what surrounds "School" and "St"."""
    if not _CLUE.search(text):
        return
    words = list(WORD.finditer(text))
    done = -1
    for place, word in enumerate(words):
        folded = fold(word[0])
        if folded in _ANCHORS and place > done:
            first, done = _chain(words, place, text)
            found = _named(words, first, done, text)
            if found is not None:
                yield found
        elif folded == "st":
            saint = _saint(words, place, text)
            if saint is not None:
                yield saint
    for match in _DEDICATED.finditer(text):
        start, end = match.span()
        rest = [word for word in words if word.start() >= end]
        last = end
        for word in rest:
            if fold(word[0]) not in GENERIC or not _NEAR.fullmatch(text, last, word.start()):
                break
            last = word.end()
        yield Identifier(start, last, "SCHOOL", _entity(text[start:end]), "shape")


def _chain(words: list[re.Match[str]], place: int, text: str) -> tuple[int, int]:
    """The first and last of the words about schooling around an anchor: "Church of England ..."."""
    first = last = place
    while last + 1 < len(words) and _joins(words[last], words[last + 1], text):
        last += 1
    while fold(words[last][0]) in SMALL | {"first", "c", "e", "church"} and last > place:
        last -= 1
    while first and _leads_up(words[first - 1], words[first], text):
        first -= 1
    while first < place and fold(words[first][0]) in SMALL | {"first"}:
        first += 1
    return first, last


def _leads_up(one: re.Match[str], other: re.Match[str], text: str) -> bool:
    gap = text[one.end() : other.start()]
    known = fold(one[0]) in GENERIC | _DESCRIBING
    return known and bool(_NEAR.fullmatch(gap)) and "\n" not in gap


def _joins(one: re.Match[str], other: re.Match[str], text: str) -> bool:
    near = _NEAR.fullmatch(text, one.end(), other.start())
    folded = fold(other[0])
    small = folded in SMALL and other[0].islower()
    generic = folded in GENERIC and (not small or folded == "of")
    return bool(near) and generic and "\n" not in text[one.end() : other.start()]


def _named(words: list[re.Match[str]], first: int, last: int, text: str) -> Identifier | None:
    """The school whose name stands before its kind, or None where it has none."""
    kind = words[first]
    shouted = kind[0].isupper() and is_shouted(text, kind.start(), words[last].end())
    titled = kind[0][0].isupper() and not shouted
    names: list[re.Match[str]] = []
    after = kind
    for word in reversed(words[max(0, first - 6) : first]):
        gap = text[word.end() : after.start()]
        stopped = "\n" in gap or ("." in gap and fold(word[0]) != "st")
        if stopped or not _NEAR.fullmatch(gap) or not _is_part(word, names, titled, shouted):
            break
        if fold(word[0]) in SMALL and not _links(words, word, names):
            break
        names.insert(0, word)
        after = word
    while names and (fold(names[0][0]) in SMALL or fold(names[0][0]) in _NO_NAME):
        names.pop(0)
    if not names or not _tells(names, words[first : last + 1], text, titled, shouted):
        return None
    start, end = _with_article(names[0], text), words[last].end()
    entity = _entity(" ".join(word[0] for word in names))
    strange = any(not is_word(fold(word[0])) for word in names)
    return Identifier(start, end, "SCHOOL", entity, "shape", telling=titled and strange)


def _with_article(name: re.Match[str], text: str) -> int:
    """The start of a name with its "The", if that has a capital as the name has."""
    if name[0][0].isupper() and re.search(r"\bThe $", text[: name.start()]):
        return name.start() - 4
    return name.start()


def _links(words: list[re.Match[str]], small: re.Match[str], names: list[re.Match[str]]) -> bool:
    """Whether "of" or "and" stands inside a name: "Our Lady of ...", "St Peter and St Paul"."""
    place = next(at for at, word in enumerate(words) if word is small)
    before = fold(words[place - 1][0]) if place else ""
    if fold(small[0]) == "and":
        saints = fold(names[0][0]) == "st" and fold(words[max(0, place - 2)][0]) in {"st", "ss"}
        one = words[place - 1][0] if place else ""
        alone = (
            place < 2 or not words[place - 2][0][0].isupper() or fold(words[place - 2][0]) == "the"
        )
        twin = one[:1].isupper() and not is_word(before) and before not in words_of("given_common")
        return saints or (alone and twin)
    return before in _HEADS or (fold(small[0]) == "the" and before == "of")


def _is_part(word: re.Match[str], names: list[re.Match[str]], titled: bool, shouted: bool) -> bool:
    folded = fold(word[0])
    if folded in SMALL:
        return bool(names) and titled
    if folded in _NO_NAME or folded.isdigit() or (folded in kept_words() and folded != "st"):
        return False
    if word[0][0].isupper() and not shouted:
        return titled or not is_word(folded)
    if names and fold(names[0][0]) == "st":
        return False
    if titled:
        return False
    if shouted or word[0].islower():
        return len(names) < 3 and (not is_said(folded) or (bool(names) and not is_frequent(folded)))
    return False


def _tells(
    names: list[re.Match[str]], kind: list[re.Match[str]], text: str, titled: bool, shouted: bool
) -> bool:
    """Whether the words before "School" are a name rather than a description."""
    anchors = {fold(word[0]) for word in kind}
    folded = [fold(word[0]) for word in names if fold(word[0]) not in SMALL]
    strange = [word for word in folded if not is_said(word) and len(word) > 2]
    if anchors <= _CAPITAL_ONLY | SMALL and not (titled and strange):
        return False
    if folded == ["st"]:
        return False
    if strange or "st" in folded:
        return titled or "st" in folded or len(strange[-1]) > 4
    if not titled or shouted:
        return False
    opening = re.search(r"(?:^|[.!?\n:])\s*$", text[: names[0].start()])
    return len(folded) > 1 or not opening


def _saint(words: list[re.Match[str]], place: int, text: str) -> Identifier | None:
    """A saint's school, as "St Mary's", with its "Catholic Primary School"."""
    if place + 1 >= len(words):
        return None
    st, name = words[place], words[place + 1]
    if not re.fullmatch(r"\.?[ \t]{0,2}", text[st.end() : name.start()]):
        return None
    folded = fold(name[0])
    phrase = f"st {folded}"
    end, at = name.end(), place + 1
    while at + 1 < len(words) and _joins(words[at], words[at + 1], text):
        at += 1
    while at > place + 1 and fold(words[at][0]) in SMALL:
        at -= 1
    schooled = at > place + 1
    if phrase in phrases_of("keep") or (
        phrase in phrases_of("places") and not schooled and name[0].isalpha()
    ):
        return None
    known = folded in _SAINTS or folded.removesuffix("s") in words_of("given_common")
    capital = st[0][0].isupper() and name[0][0].isupper()
    if not (known or ((capital or not is_word(folded)) and schooled)):
        return None
    return Identifier(
        st.start(),
        words[at].end() if schooled else end,
        "SCHOOL",
        _entity(f"st {name[0]}"),
        "shape",
    )


def _entity(name: str) -> str:
    words = (bare(found[0]) for found in WORD.finditer(name))
    return " ".join(word.removesuffix("s") if len(word) > 4 else word for word in words)
