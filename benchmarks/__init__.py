"""Measurements beside others: ``python -m benchmarks [NAME ...]``.

Each module has ``main() -> (frame, settings)``: what was measured, and under which settings.
"""
