"""Accepted quotes that wait for their payment."""
