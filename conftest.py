"""What nbval compares when the notebooks are tested: text and tables, not drawings."""

from __future__ import annotations

import pytest

# Figures carry random ids and coordinates that differ in their last digits from machine to
# machine; what is drawn is tested where it is computed. Widget views nbval leaves out by itself.
NOT_COMPARED = (
    "application/vnd.plotly.v1+json",
    "application/vnd.jupyter.widget-view+json",
    "image/svg+xml",
    "stderr",
)


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Tell each notebook's collector which outputs not to compare."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += NOT_COMPARED
