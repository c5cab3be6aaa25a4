from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from workbench.errors import WorkbenchError
from workbench.explore import lab


@pytest.fixture
def notebooks(tmp_path):
    folder = tmp_path / "project" / "notebooks"
    folder.mkdir(parents=True)
    (folder / lab.START).write_text("{}")
    return folder


def test_without_a_start_page_it_says_what_to_give(tmp_path):
    with pytest.raises(WorkbenchError, match=r"00_start\.ipynb is missing"):
        lab.open_lab(tmp_path)


def test_opens_on_the_start_page_of_this_machine_alone(notebooks):
    command = lab.command(notebooks)
    assert f"--ServerApp.root_dir={notebooks.parent}" in command
    assert "--LabApp.default_url=/lab/tree/notebooks/00_start.ipynb" in command
    assert "--no-browser" not in command
    assert "--no-browser" in lab.command(notebooks, browser=False)
    assert not [part for part in command if "token" in part.lower()]  # JupyterLab makes its own
    assert lab.SERVER["ServerApp"]["ip"] == "127.0.0.1"


@pytest.mark.parametrize(("root", "asked"), [(True, True), (False, False)])
def test_root_is_allowed_only_to_root(notebooks, monkeypatch, root, asked):
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000, raising=False)
    assert ("--allow-root" in lab.command(notebooks)) is asked


def test_the_users_own_settings_are_left_alone(tmp_path):
    given = {"PATH": "/bin", "JUPYTER_CONFIG_PATH": "/theirs", "JUPYTER_TOKEN": "", "HOME": "/home"}
    found = lab.environment(tmp_path, given)
    assert "JUPYTER_CONFIG_PATH" not in found
    assert "JUPYTER_TOKEN" not in found  # an empty one would open the door
    folders = [found[f"JUPYTER_{name}_DIR"] for name in ("CONFIG", "DATA", "RUNTIME")]
    assert all(Path(folder).is_relative_to(tmp_path) for folder in folders)
    assert found["PATH"] == "/bin"
    assert found["HF_HUB_OFFLINE"] == "1"
    assert given["JUPYTER_TOKEN"] == ""


def test_settings_are_written_where_jupyterlab_reads_them(tmp_path):
    home = lab.write_settings(tmp_path)
    labconfig = home / "config" / "labconfig"
    settings = json.loads((labconfig / "default_setting_overrides.json").read_text())
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"
    assert not settings["@jupyterlab/apputils-extension:sanitizer"]["allowCommandLinker"]
    page = json.loads((labconfig / "page_config.json").read_text())
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"]


def test_returns_the_exit_code_and_outlives_an_interrupt(notebooks, tmp_path, monkeypatch):
    class Server:
        waited = 0

        def wait(self):
            self.waited += 1
            if self.waited == 1:
                raise KeyboardInterrupt
            return 3

    started = []

    def start(command, **options):
        started.append((command, options["env"]))
        return Server()

    monkeypatch.setenv("WORKBENCH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(subprocess, "Popen", start)
    assert lab.open_lab(notebooks, browser=False) == 3
    [(command, environment)] = started
    assert command[1:3] == ["-m", "jupyterlab"]
    assert Path(environment["JUPYTER_CONFIG_DIR"]).is_relative_to(tmp_path / "cache")
