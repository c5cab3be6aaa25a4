"""Peers that cannot share our environment; PACKAGE.txt pins what each needs to run in its own.

Each module offers ``find(texts, vectors, *, number, seed)``, which returns one theme a text
(-1 unplaced), shape ``(n,)``; ``number`` is the number of themes asked for, None for its own
choice. What it imports beside NumPy is imported inside that function.
"""
