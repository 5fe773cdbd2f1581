"""Changing how a service renews."""
