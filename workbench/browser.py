"""Find the Chrome or Chromium that turns figures into pictures.

run.py loads this file before anything is installed: it imports nothing but the standard library.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "chrome",
    "microsoft-edge",
    "msedge",
)
MAC_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_PLACES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)


def find_browser(
    environment: Mapping[str, str] = os.environ, *, system: str = sys.platform
) -> Path | None:
    """The program file of Chrome, Chromium or Edge, or None where there is none.

    A ``BROWSER_PATH`` in the environment is final: where it names no program the answer is None,
    as the drawing library obeys it too.
    """
    wanted = environment.get("BROWSER_PATH")
    if wanted:
        return Path(wanted) if _is_program(Path(wanted)) else None
    return next((path for path in _places(environment, system) if _is_program(path)), None)


def how_to_install(
    environment: Mapping[str, str] = os.environ, *, system: str = sys.platform
) -> str:
    """What to do where no browser was found, in one or two sentences."""
    if environment.get("BROWSER_PATH"):
        return "BROWSER_PATH is set but names no program file: correct it, or remove it."
    if system.startswith("linux"):
        way = "Install the package 'chromium' (or 'google-chrome-stable')"
    else:
        way = "Install Google Chrome"
    return (
        f"{way}, or set BROWSER_PATH to the program file of a Chrome, Chromium or Edge that you "
        "already have."
    )


def _places(environment: Mapping[str, str], system: str) -> Iterator[Path]:
    search_path = environment.get("PATH", "")
    for name in NAMES:
        found = shutil.which(name, path=search_path)
        if found:
            yield Path(found)
    if system == "darwin":
        yield from (Path(place) for place in MAC_PLACES)
        if "HOME" in environment:
            yield from (Path(environment["HOME"] + place) for place in MAC_PLACES)
    if system == "win32":
        folders = [environment[name] for name in WINDOWS_FOLDERS if environment.get(name)]
        yield from (Path(folder, place) for place in WINDOWS_PLACES for folder in folders)


def _is_program(path: Path) -> bool:
    return path.is_file() and os.access(path, os.X_OK)
