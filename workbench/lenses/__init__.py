"""Close reading for one matter at a time: bullying, defamation, earlier attempts, risk, returns."""

from workbench.lenses.lens import LENSES, Lens, label_texts, load_lens, read_through

__all__ = ["LENSES", "Lens", "label_texts", "load_lens", "read_through"]
