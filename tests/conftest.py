"""What all tests share: the folder of public data sets, and the browser that some need."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from workbench.browser import find_browser, how_to_install

ROOT = Path(__file__).resolve().parents[1]

if "PYTEST_XDIST_WORKER" in os.environ:
    # Each of several processes would start a thread a core, and they would wait for each other.
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# The same examples every time, and no verdict by the clock: machines differ.
settings.register_profile("workbench", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("workbench")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests marked ``browser`` where there is none, unless one is required."""
    if item.get_closest_marker("browser") is None or find_browser() is not None:
        return
    if os.environ.get("WORKBENCH_REQUIRE_BROWSER") == "1":
        pytest.fail(f"No Chrome or Chromium was found. {how_to_install()}")
    pytest.skip(f"No Chrome or Chromium was found. {how_to_install()}")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's folder."""
    return ROOT


@pytest.fixture(scope="session")
def workbench_data() -> Path:
    """The folder of public data sets: WORKBENCH_DATA, or ``../shared/data``."""
    folder = Path(os.environ.get("WORKBENCH_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("The public data sets are not here: set WORKBENCH_DATA to their folder.")
    return folder
