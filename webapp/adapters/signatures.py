"""What panels sign: JSON Web Signatures (RFC 7515) by exactly the keys that were agreed with them."""

from collections.abc import Iterable, Mapping
from typing import Any

import jwt

from ..domain.launches import FORGED, KEYS_AWAY, UNKNOWN_KEY, UNREADABLE, WRONG_ALGORITHM
from ..domain.panels import Jwk, Panel, algorithm_of
from ..domain.refusals import Refused
from .published_keys import KeysAway, KeySource

LONGEST = 4000
"""Characters of a token."""


def issuer_of(token: str) -> str:
    """Who it says that it is from, before anything is believed. Raises Refused."""
    if len(token) > LONGEST:
        raise Refused(UNREADABLE())
    try:
        told = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError as error:
        raise Refused(UNREADABLE()) from error
    return str(told.get("iss", ""))


def claims_of(token: str, panel: Panel, source: KeySource) -> Mapping[str, Any]:
    """What the panel has signed; when and for whom that is good is judged elsewhere. Raises Refused."""
    head = jwt.get_unverified_header(token)
    algorithm, key_id = str(head.get("alg", "")), str(head.get("kid", ""))
    if panel.secrets:
        if algorithm != "HS256":
            raise Refused(WRONG_ALGORITHM())
        return _verified(token, "HS256", panel.secrets)
    named = [key for key in _known(panel, source, key_id) if not key_id or key.get("kid") == key_id]
    if not named:
        raise Refused(UNKNOWN_KEY())
    fitting = [key for key in named if algorithm_of(key) == algorithm]
    if not fitting:
        raise Refused(WRONG_ALGORITHM())
    return _verified(token, algorithm, fitting)


def _known(panel: Panel, source: KeySource, key_id: str) -> Iterable[Jwk]:
    if not panel.jwks:
        return panel.keys
    try:
        return source.keys(panel.jwks, key_id)
    except KeysAway as error:
        raise Refused(KEYS_AWAY()) from error


def _verified(token: str, algorithm: str, keys: Iterable[str | Jwk]) -> Mapping[str, Any]:
    options: Any = dict.fromkeys(("verify_exp", "verify_nbf", "verify_iat", "verify_aud", "verify_iss"), False)
    for key in keys:
        try:
            whole = key if isinstance(key, str) else jwt.PyJWK(dict(key), algorithm)
            claims: Mapping[str, Any] = jwt.decode(token, whole, algorithms=[algorithm], options=options)
        except jwt.PyJWTError:
            continue
        return claims
    raise Refused(FORGED())
