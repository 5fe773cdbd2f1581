"""Attempts to be paid, and what comes of them."""
