"""Who signs in, and what they read."""
