"""What `benchmarks.disclosure` is made of: random tables, and an attacker of their own."""
