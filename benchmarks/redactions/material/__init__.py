"""Sentences, whole enquiries, names, schools and places, written by hand for the documents."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def lines(name: str) -> list[str]:
    """The lines of a file of this folder, without comments."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("# ")]


def wholes(name: str) -> list[str]:
    """The texts of a file of this folder that holds whole documents, parted by ``---``."""
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return [part.strip("\n") for part in text.split("\n---\n")]


def table(name: str) -> list[list[str]]:
    """The cells of a file whose lines are ``cell | cell | ...``."""
    return [[cell.strip() for cell in line.split("|")] for line in lines(name)]


def items(cell: str, separator: str = ",") -> list[str]:
    """The entries of one cell."""
    return [item.strip() for item in cell.split(separator) if item.strip()]
