"""A control panel that opens the program for its customers."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import jwt
from flask import Flask

from webapp.domain.panels import Panel, Way
from webapp.wiring import wiring_of

AUDIENCE = "http://localhost"
ORIGIN = "https://panel.acme.example"
SECRET = "what ACME and the portal share, made by chance"
ACME = Panel(
    name="acme",
    title="ACME",
    issuer=ORIGIN,
    origins=(ORIGIN,),
    return_to=(f"{ORIGIN}/home/",),
    secrets=(SECRET,),
    ways=frozenset(Way),
)


@contextmanager
def installed(app: Flask, *panels: Panel) -> Iterator[None]:
    """For that long, customers come through these."""
    before = wiring_of(app)
    replace(before, panels={panel.name: panel for panel in panels}).install(app)
    try:
        yield
    finally:
        before.install(app)


@dataclass
class Host:
    """The panel's own server: it signs."""

    now: datetime
    panel: Panel = ACME
    key: Any = SECRET
    algorithm: str = "HS256"
    _launches: Iterator[int] = field(default_factory=count)

    def claims(self, **other: Any) -> dict[str, Any]:
        """Of a launch for Alice; what is None is left out."""
        usual = {
            "iss": self.panel.issuer,
            "aud": AUDIENCE,
            "sub": "alice",
            "iat": int(self.now.timestamp()),
            "exp": int((self.now + timedelta(seconds=60)).timestamp()),
            "jti": f"launch-{next(self._launches)}",
            "origin": self.panel.origins[0],
        }
        return {name: value for name, value in (usual | other).items() if value is not None}

    def token(self, *, head: dict[str, Any] | None = None, **other: Any) -> str:
        return jwt.encode(self.claims(**other), self.key, algorithm=self.algorithm, headers=head)
