"""The notebooks as a researcher meets them: in JupyterLab, in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.notebooks.conftest import EACH
from workbench.cases.read import read_cases
from workbench.privacy.redact import redact
from workbench.study import Study

pytestmark = pytest.mark.browser

LONG = 60_000  # milliseconds
LONGEST_LABEL = 90  # characters: id, period and the name of a theme, but no enquiry


def words(text: str) -> str:
    return "".join(text.split())


def test_the_start_page_opens_quietly(page, lab_address):
    page.goto(f"{lab_address}&reset")
    page.get_by_role("heading", name="The casework workbench").wait_for(timeout=LONG)
    page.wait_for_timeout(2000)  # long enough for a question about news to come up
    assert page.locator(".jp-Dialog").count() == 0
    assert page.locator(".Toastify__toast").count() == 0
    assert page.outside == []


def test_settings_are_in_force(page, lab_address):
    base, token = re.match(r"(http://[^/]+)/.*token=(\w+)", lab_address).groups()
    assert page.request.get(f"{base}/api/contents").status == 403  # without the token
    found = {}
    for name in ("notification", "sanitizer"):
        address = f"{base}/lab/api/settings/@jupyterlab/apputils-extension:{name}?token={token}"
        schema = page.request.get(address).json()["schema"]["properties"]
        found |= {key: value.get("default") for key, value in schema.items()}
    assert found["fetchNews"] == "false"
    assert found["checkForUpdates"] is False
    assert found["allowCommandLinker"] is False


def test_the_map_is_read_by_pointing(page, lab_address, small_demo):
    page.goto(lab_address.replace("00_start", "02_themes") + "&reset")
    page.get_by_role("heading", name="2 Themes").wait_for(timeout=LONG)
    page.locator(".lm-MenuBar-item", has_text="Run").click()
    page.get_by_text("Run All Cells", exact=True).click()
    points = page.locator(".widget-vbox .scatterlayer .points path.point")
    points.first.wait_for(timeout=LONG * 2, state="attached")
    assert points.count() == 2 * EACH

    assert page.locator(".modebar-btn").count() > 0
    assert page.locator(".modebar-btn[data-title*='Share'], .modebar-btn--logo").count() == 0
    panel = page.locator(".widget-html", has_text="Point at a case")
    panel.scroll_into_view_if_needed()
    point = points.nth(7).bounding_box()
    page.mouse.move(point["x"] + point["width"] / 2, point["y"] + point["height"] / 2, steps=4)
    read = page.locator(".widget-html", has_text=re.compile(r"P\d\d-\d{5} · 20")).first
    read.wait_for(timeout=LONG)
    shown = read.inner_text()
    case_id = re.search(r"P\d\d-\d{5}", shown)[0]
    assert redacted_text(small_demo, case_id) in words(shown)
    label = page.locator(".hoverlayer", has_text=case_id)
    assert len(label.text_content()) < LONGEST_LABEL

    page.locator(".widget-dropdown", has_text="Period").locator("select").select_option("2023-24")
    page.get_by_text(f"{EACH} of {2 * EACH} shown").wait_for(timeout=LONG)
    page.wait_for_function(
        "n => document.querySelectorAll('.widget-vbox .scatterlayer path.point').length === n",
        arg=EACH,
        timeout=LONG,
    )
    assert page.outside == []


def redacted_text(project: Path, case_id: str) -> str:
    study = Study.load(project / "corpora" / "demo" / "study.toml")
    log = redact(read_cases(study), study)
    return words(log.cases.set_index("case_id")["text"][case_id])
