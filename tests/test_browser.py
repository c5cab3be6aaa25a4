from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from workbench import browser
from workbench.browser import find_browser, how_to_install


@pytest.fixture
def make_program(tmp_path):
    def make(name: str, *, mode: int = 0o755) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n")
        path.chmod(mode)
        return path

    return make


def test_finds_a_browser_on_the_path(make_program, tmp_path):
    program = make_program("chromium")
    assert find_browser({"PATH": str(tmp_path)}, system="linux") == program


def test_chrome_comes_before_other_names(make_program, tmp_path):
    make_program("chromium")
    chrome = make_program("google-chrome")
    assert find_browser({"PATH": str(tmp_path)}, system="linux") == chrome


def test_none_where_there_is_none(tmp_path):
    assert find_browser({"PATH": str(tmp_path)}, system="linux") is None
    assert find_browser({}, system="linux") is None


def test_browser_path_comes_first(make_program, tmp_path):
    make_program("chromium")
    wanted = make_program("mine/browser")
    environment = {"PATH": str(tmp_path), "BROWSER_PATH": str(wanted)}
    assert find_browser(environment, system="linux") == wanted


def test_a_wrong_browser_path_finds_nothing(make_program, tmp_path):
    make_program("chromium")
    environment = {"PATH": str(tmp_path), "BROWSER_PATH": str(tmp_path / "gone")}
    assert find_browser(environment, system="linux") is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no mode bits")
def test_a_file_that_cannot_run_is_no_browser(make_program):
    plain = make_program("browser", mode=0o644)
    assert find_browser({"BROWSER_PATH": str(plain)}, system="linux") is None


@pytest.mark.parametrize("place", browser.WINDOWS_PLACES)
def test_usual_places_on_windows(make_program, tmp_path, place):
    program = make_program(f"Program Files/{place}")
    environment = {"PROGRAMFILES": str(tmp_path / "Program Files")}
    assert find_browser(environment, system="win32") == program
    assert find_browser(environment, system="linux") is None


@pytest.mark.parametrize("place", browser.MAC_PLACES)
def test_usual_places_of_one_user_on_a_mac(make_program, tmp_path, place):
    program = make_program(f"home{place}")
    found = find_browser({"HOME": str(tmp_path / "home")}, system="darwin")
    # A Mac's own /Applications come before the user's.
    assert found == program or found.as_posix() in browser.MAC_PLACES


@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_advice_names_the_variable_that_mends_it(system):
    advice = how_to_install({}, system=system)
    assert "set BROWSER_PATH" in advice
    assert ("chromium" in advice) == (system == "linux")


def test_advice_where_the_variable_itself_is_wrong():
    assert "correct it" in how_to_install({"BROWSER_PATH": "gone"}, system="linux")


@pytest.mark.browser
def test_the_browser_found_here_is_one():
    done = subprocess.run(
        [str(find_browser()), "--version"], capture_output=True, text=True, check=True
    )
    assert any(name in done.stdout for name in ("Chrom", "Edge"))


def test_imports_only_the_standard_library():
    source = Path(browser.__file__)
    code = f"import runpy; runpy.run_path({str(source)!r})"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)
