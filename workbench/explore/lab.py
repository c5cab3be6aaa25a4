"""JupyterLab with settings that keep everything on this machine and the user's own untouched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from workbench.cache import cache_folder
from workbench.errors import WorkbenchError
from workbench.files import write_json

START = "00_start.ipynb"

SETTINGS = {
    # JupyterLab would ask about news when first opened, and look for updates on the network.
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    # Text shown in a notebook must not be able to run commands of JupyterLab.
    "@jupyterlab/apputils-extension:sanitizer": {"allowCommandLinker": False},
}
PAGE = {
    "disabledExtensions": {
        "@jupyterlab/apputils-extension:announcements": True,
        # Its list of extensions comes from the network.
        "@jupyterlab/extensionmanager-extension:plugin": True,
    }
}
SERVER = {
    "ServerApp": {"ip": "127.0.0.1", "allow_remote_access": False, "quit_button": True},
    "LabApp": {
        "news_url": None,
        "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
        "extension_manager": "readonly",
    },
}


def open_lab(folder: Path | str, *, browser: bool = True) -> int:
    """Open the start page of the notebooks in ``folder`` and wait until JupyterLab is shut down.

    JupyterLab listens to this machine alone and asks for its token; with ``browser`` a window is
    opened, otherwise its address is printed. Returns its exit code. Raises ``WorkbenchError``
    where there is no start page.
    """
    notebooks = Path(folder).resolve()
    if not (notebooks / START).is_file():
        raise WorkbenchError(
            f"There are no notebooks in {notebooks} ({START} is missing). Give the folder of "
            "notebooks, such as the project's own: workbench lab notebooks."
        )
    home = write_settings(cache_folder() / "lab")
    process = subprocess.Popen(
        command(notebooks, browser=browser), env=environment(home, os.environ)
    )
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab heard it too, and asks whether to stop


def command(notebooks: Path, *, browser: bool = True) -> list[str]:
    """The command that starts JupyterLab on the start page in ``notebooks``."""
    return [
        sys.executable,
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={notebooks.parent}",
        f"--LabApp.default_url=/lab/tree/{notebooks.name}/{START}",
        *([] if browser else ["--no-browser"]),
        *(["--allow-root"] if _is_root() else []),
    ]


def environment(home: Path, given: Mapping[str, str]) -> dict[str, str]:
    """``given`` with JupyterLab's folders in ``home`` and every library told to stay offline."""
    own = {name: value for name, value in given.items() if not name.startswith("JUPYTER")}
    return {
        **own,
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
        "PLOTLY_RENDERER": "plotly_mimetype",
    }


def _is_root() -> bool:
    """In containers people are root as a rule, and JupyterLab would refuse to start."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def write_settings(home: Path) -> Path:
    """Write JupyterLab's settings under ``home`` and return it.

    What the user changes in JupyterLab (its theme, the size of letters) lies beside them and stays.
    """
    write_json(home / "config" / "jupyter_lab_config.json", SERVER)
    write_json(home / "config" / "labconfig" / "default_setting_overrides.json", SETTINGS)
    write_json(home / "config" / "labconfig" / "page_config.json", PAGE)
    for name in ("data", "runtime"):
        (home / name).mkdir(parents=True, exist_ok=True)
    return home
