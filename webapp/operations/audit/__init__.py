"""Recompute what is kept twice and report every difference; nothing is changed."""

from .run import Audit, audit

__all__ = ["Audit", "audit"]
