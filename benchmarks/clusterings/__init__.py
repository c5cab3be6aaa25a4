"""The parts of the benchmark of themes: sets, ways of clustering, workers, measures, tables.

``ways`` names the ways; ``ours``, ``bertopic``, ``plain`` and the modules of ``benchmarks.peers``
carry them out, each inside a ``worker`` process that ``isolation`` starts. ``quality``,
``stability`` and ``speed`` make one table each.
"""
