"""Many services at once: what may be done to them, and what becomes of each."""
