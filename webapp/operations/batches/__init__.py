"""Many services at once: taken, looked through, confirmed, carried out, put back."""
