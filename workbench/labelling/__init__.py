"""From people's labels to heads, and to shares that may be published: draw, hand out, read back.

    draw_labels(study, tones=("concern",), sentences=200, coders=("AB", "CD"), folder=folder)
    read_labels(study, folder)

Labelled sentences teach and test the heads of tone; labelled texts say how many texts show a tone.
"""

from workbench.labelling.draw import Drawn, draw_labels
from workbench.labelling.read import Reading, read_labels
from workbench.labelling.say import say_drawn, say_reading

__all__ = ["Drawn", "Reading", "draw_labels", "read_labels", "say_drawn", "say_reading"]
