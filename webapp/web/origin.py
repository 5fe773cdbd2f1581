"""The page that somebody left for another one, so that they find back to it: ``next`` in addresses and forms."""

from collections.abc import Mapping

from .hypermedia import local

LONGEST = 300
"""Characters: it goes to the provider and back as part of an address."""


def origin(values: Mapping[str, str]) -> str:
    """A page of this site; empty where none is named."""
    url = values.get("next", "")
    return (local(url) or "") if len(url) <= LONGEST else ""
