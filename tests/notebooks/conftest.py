"""JupyterLab as ``workbench lab`` starts it, on a small part of the demonstration, in a browser."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pandas as pd
import pytest

from workbench.browser import find_browser
from workbench.explore import lab
from workbench.files import write_csv

ROOT = Path(__file__).resolve().parents[2]
EACH = 120  # cases a year: enough for themes, few enough to be quick
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\S*token=\w+")
HERE = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|data:|blob:|about:")


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory):
    """A project folder with the notebooks and the first cases of each year of the demonstration."""
    project = tmp_path_factory.mktemp("project")
    source, target = ROOT / "corpora" / "demo", project / "corpora" / "demo"
    shutil.copytree(ROOT / "notebooks", project / "notebooks")
    target.mkdir(parents=True)
    for path in (*source.glob("*.toml"), *source.glob("*.npz")):
        shutil.copy(path, target)
    shutil.copytree(source / "codebooks", target / "codebooks")
    shutil.copytree(source.parent / "published", target.parent / "published")
    kept: set[str] = set()
    for path in sorted(source.glob("*.csv")):  # the files of cases come first
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
        if path.stem.startswith("cases"):
            frame = frame.head(EACH)
            kept |= set(frame["Case ID"])
        elif "Case ID" in frame:
            frame = frame[frame["Case ID"].isin(kept)]
        write_csv(target / path.name, frame)
    return project


@pytest.fixture(scope="session")
def lab_address(small_demo, tmp_path_factory):
    """JupyterLab at work on the small demonstration: the address of its start page."""
    home = lab.write_settings(tmp_path_factory.mktemp("home"))
    log = home / "log.txt"
    command = [*lab.command(small_demo / "notebooks", browser=False), "--ServerApp.port=0"]
    with log.open("w") as out:
        server = subprocess.Popen(
            command, env=lab.environment(home, os.environ), stdout=out, stderr=out
        )
    try:
        yield _wait_for_address(server, log)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for_address(server: subprocess.Popen, log: Path) -> str:
    for _ in range(120):
        found = ADDRESS.search(log.read_text())
        if found:
            return found[0]
        if server.poll() is not None:
            break
        time.sleep(0.5)
    raise RuntimeError(f"JupyterLab did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def page():
    """A page in headless Chromium; ``page.outside`` lists what it asked of other machines."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=str(find_browser()), args=["--no-sandbox", "--disable-gpu"]
        )
        page = chromium.new_page(viewport={"width": 1400, "height": 1000})
        page.outside = []
        page.on("request", lambda r: HERE.match(r.url) or page.outside.append(r.url))
        page.on("websocket", lambda s: HERE.match(s.url) or page.outside.append(s.url))
        yield page
        chromium.close()
