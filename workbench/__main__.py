"""Lets ``python -m workbench`` do what the ``workbench`` command does."""

from workbench.cli import main

main()
