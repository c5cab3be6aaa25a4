"""The parts of the benchmark of tone, each in a file of its own."""
