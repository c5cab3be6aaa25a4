"""Texts made ready: own words apart from mail clutter, sentences, vectors, words counted."""

from workbench.text.clean import clean_text, clean_texts
from workbench.text.parts import split_parts, split_texts
from workbench.text.sentences import Sentence, own_sentences, split_sentences
from workbench.text.vectors import embed
from workbench.text.words import count_words, stop_words, tokenize

__all__ = [
    "Sentence",
    "clean_text",
    "clean_texts",
    "count_words",
    "embed",
    "own_sentences",
    "split_parts",
    "split_sentences",
    "split_texts",
    "stop_words",
    "tokenize",
]
