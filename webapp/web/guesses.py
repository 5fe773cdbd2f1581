"""Nobody guesses a password by trying, and nobody keeps a customer out by trying.

One network may try one account a few times, and the account a multiple of that from everywhere. A browser that has
signed in before is counted by itself: whatever others try, its customer gets in (OWASP, Slow Down Online Guessing
Attacks with Device Cookies).
"""

import secrets
from datetime import timedelta
from hashlib import blake2b

from flask import request
from itsdangerous import BadSignature, URLSafeSerializer
from werkzeug.wrappers import Response

from ..wiring import settings
from .pace import count, forgive, network

REMEMBERED = timedelta(days=365)
MOST_ACCOUNTS = 5
"""That one browser is known for."""


def count_try(address: str) -> None:
    """Before its password is checked. Raises TooManyRequests."""
    count(settings().sign_in_attempts_per_network, "sign-in", f"network {network()}")
    count(settings().sign_in_attempts, *_whose(address))
    if not known_for(address):
        count(settings().sign_in_attempts_per_account, "sign-in", f"account {fingerprint(address)}")


def remember_success(response: Response, address: str) -> None:
    """What was mistyped before is forgiven, and the browser is known from now on."""
    forgive(settings().sign_in_attempts, *_whose(address))
    browser, accounts = _known()
    accounts = list(dict.fromkeys([fingerprint(address), *accounts]))[:MOST_ACCOUNTS]
    known = _signer().dumps([browser, *accounts])
    tls_only = settings().production
    response.set_cookie(cookie_name(), known, REMEMBERED, secure=tls_only, httponly=True, samesite="Lax")


def cookie_name() -> str:
    return "__Host-echeance-known" if settings().production else "echeance-known"


def _whose(address: str) -> tuple[str, ...]:
    place = f"browser {_known()[0]}" if known_for(address) else f"network {network()}"
    return "sign-in", fingerprint(address), place


def known_for(address: str) -> bool:
    return fingerprint(address) in _known()[1]


def _known() -> tuple[str, list[str]]:
    """A name of this browser, and the accounts that signed in at it; a new name where it has none."""
    try:
        browser, *accounts = _signer().loads(request.cookies.get(cookie_name(), ""))
    except (BadSignature, ValueError):
        return secrets.token_urlsafe(16), []
    return browser, accounts


def fingerprint(address: str) -> str:
    """Stands for an account where no address is to be read."""
    return blake2b(address.encode(), digest_size=12).hexdigest()


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(settings().signing_keys(), salt="known browser")
