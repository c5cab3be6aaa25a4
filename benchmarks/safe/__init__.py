"""Parts of the benchmark of safety: payloads, writers, caches and the sweep of exports."""
