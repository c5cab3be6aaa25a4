"""The parts of the benchmark of comparisons."""
