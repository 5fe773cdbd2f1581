"""``flask panel``: the control panels through which customers come, what they sign with, and whom they let in."""

import json
import secrets

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import OKPAlgorithm

from ..domain.panels import Panel
from ..operations.people.launch import end_sessions_of
from ..wiring import panels
from .group import CommandGroup

panel = CommandGroup("panel", help="Control panels through which customers come (ECHEANCE_PANELS).")


@panel.command("list")
def list_panels() -> None:
    """Each with what it signs with, how it may show the portal, and whether it is switched on."""
    for each in panels().values():
        ways = " ".join(sorted(each.ways))
        click.echo(f"{each.name}: {each.issuer}, {_signing(each)}, {ways}, {'on' if each.enabled else 'off'}")
    click.echo(f"{len(panels())} panels")


def _signing(each: Panel) -> str:
    if each.jwks:
        return f"keys at {each.jwks}"
    kind, number = ("secrets", len(each.secrets)) if each.secrets else ("keys", len(each.keys))
    return f"{number} {kind}"


@panel.command("key")
@click.option("--secret", is_flag=True, help="One secret for both sides, for panels that can sign with nothing else.")
def make_key(*, secret: bool) -> None:
    """Make what a panel signs with: its own part first, then the line for the file. Nothing is kept."""
    if secret:
        click.echo(f'secret = "{secrets.token_urlsafe(48)}"')
        return
    key = Ed25519PrivateKey.generate()
    click.echo(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode().strip())
    public = json.loads(OKPAlgorithm.to_jwk(key.public_key())) | {"kid": secrets.token_hex(4)}
    told = ", ".join(f'{name} = "{public[name]}"' for name in ("kty", "crv", "x", "kid"))
    click.echo(f"keys = [{{{told}}}]")


@panel.command("revoke")
@click.argument("name")
@click.option("--account", "handle", help="Handle of the only account whose sessions end.")
def revoke(name: str, handle: str | None) -> None:
    """End the sessions that a panel has opened; one that was taken out of the file opens none anyway."""
    click.echo(f"{end_sessions_of(name, handle)} sessions ended")
