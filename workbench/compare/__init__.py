"""Comparisons: shares with intervals, months, words, and words to say what they show.

Every function takes a case log or lists of texts and gives a tidy frame; nothing here draws.
"""
