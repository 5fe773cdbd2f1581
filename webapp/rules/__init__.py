"""Law and product variation, as data."""
