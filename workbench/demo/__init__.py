"""The demonstration corpus: two years of invented enquiries, written anew from a fixed seed.

`write(folder)` writes it. Hand-written fragments are dealt into texts; the figures printed in the
helpline's reports are met exactly; what was planted (subject, tones, identifiers) lies in truth/.
"""

from __future__ import annotations

from workbench.demo.write import SEED, write

__all__ = ["SEED", "write"]
