"""Orders, their payments, and what is given for them. No provider is ever called inside a transaction."""
