"""The rules of a contract."""
