"""How often somebody may do what costs much, or what guesses; counted before it is done."""

import time
from collections.abc import Callable
from functools import wraps
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any, TypeVar, cast

from flask import Flask, Response, current_app, request
from limits import parse_many
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from ..wiring import settings, wiring_of
from . import access

__all__ = ["StorageError", "count", "forgive", "init_app", "network", "paced", "require"]

View = TypeVar("View", bound=Callable[..., Any])
ONE_CUSTOMER = 64
"""Bits of the IPv6 network that a single connection is given at least (RFC 6177)."""
_KEY = "pace"


def init_app(app: Flask) -> None:
    """Everything an account sends is counted, and every code that it, or a stranger’s network, finds nothing at."""
    storage = storage_from_string(wiring_of(app).settings.rate_limit_storage, wrap_exceptions=True)
    app.extensions[_KEY] = FixedWindowRateLimiter(storage)
    app.before_request(_before)
    app.after_request(_after)


def _before() -> None:
    if request.method == "POST" and access.current_account():
        count(settings().sent, "sent", _who())
    if _by_code():
        require(settings().codes_missed, "missed", _who())


def _after(response: Response) -> Response:
    if response.status_code == 404 and _by_code():
        for rate in parse_many(settings().codes_missed):
            _limiter().hit(rate, "missed", _who())
    return response


def _by_code() -> bool:
    """Whether what is asked for is found by a code that might be guessed."""
    return "code" in (request.view_args or ())


def _who() -> str:
    account = access.current_account()
    return f"account {account.id}" if account else f"network {network()}"


def network() -> str:
    """Of whoever asks: an IPv4 address, or as much of an IPv6 address as one customer has."""
    told = request.remote_addr or ""
    try:
        address = ip_address(told)
    except ValueError:
        return told
    if not isinstance(address, IPv6Address):
        return told
    return str(address.ipv4_mapped or ip_network((int(address), ONE_CUSTOMER), strict=False))


def paced(setting: str, *, unless: Callable[[], bool] = lambda: False) -> Callable[[View], View]:
    """What one account may do as often as that setting says."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(*args: Any, **kwargs: Any) -> Any:
            if not unless():
                count(getattr(settings(), setting), setting, _who())
            return view(*args, **kwargs)

        counted.paced_by = setting  # type: ignore[attr-defined]
        return cast(View, counted)

    return decorate


def count(allowed: str, *whose: str) -> None:
    """One more of that. Raises TooManyRequests, which tells after how many seconds the next is welcome."""
    _require_each(_limiter().hit, allowed, *whose)


def require(allowed: str, *whose: str) -> None:
    """The same, without counting."""
    _require_each(_limiter().test, allowed, *whose)


def _require_each(may: Callable[..., bool], allowed: str, *whose: str) -> None:
    for rate in parse_many(allowed):
        if not may(rate, *whose):
            raise TooManyRequests(retry_after=_seconds_left(rate, *whose))


def forgive(allowed: str, *whose: str) -> None:
    """What was counted of that counts no more."""
    for rate in parse_many(allowed):
        _limiter().clear(rate, *whose)


def _seconds_left(rate: Any, *whose: str) -> int:
    """By the clock of whoever counts, which nobody moves."""
    return max(1, ceil(_limiter().get_window_stats(rate, *whose).reset_time - time.time()))


def _limiter() -> FixedWindowRateLimiter:
    return cast(FixedWindowRateLimiter, current_app.extensions[_KEY])
