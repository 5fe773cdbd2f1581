"""The token by which cPanel shows that one of its integration links was pressed: agreed for each account."""

import hmac
from collections.abc import Iterator
from hashlib import sha256

from ..domain.panels import Panel


def token_of(panel: Panel, handle: str) -> str:
    """What the link of that account is made with: nothing that would open another one’s."""
    return next(_tokens(panel, handle))


def is_token(panel: Panel, handle: str, token: str) -> bool:
    return any(hmac.compare_digest(each.encode(), token.encode()) for each in _tokens(panel, handle))


def _tokens(panel: Panel, handle: str) -> Iterator[str]:
    """By each of its secrets, the first one first."""
    for secret in panel.secrets:
        yield hmac.new(secret.encode(), f"cpanel\n{handle}".encode(), sha256).hexdigest()
