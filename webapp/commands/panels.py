"""``flask panel``: the control panels through which customers come, what they sign with, and whom they let in."""

import json
import secrets
from collections.abc import Mapping
from typing import IO, Any

import click
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_public_key
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

from ..adapters.cpanel import token_of
from ..domain.panels import Panel, algorithm_of
from ..operations.people.launch import end_sessions_of
from ..wiring import panels
from .group import CommandGroup

KINDS: Mapping[type, Any] = {
    Ed25519PublicKey: OKPAlgorithm,
    EllipticCurvePublicKey: ECAlgorithm,
    RSAPublicKey: RSAAlgorithm,
}
PARTS = ("kty", "crv", "x", "y", "n", "e", "kid")
"""Of a public key, as the file names them."""
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
    _tell_key(key.public_key(), secrets.token_hex(4))


def _tell_key(key: Any, key_id: str = "") -> None:
    """Raises ValueError for one that nothing may be signed with."""
    writer = next((writer for kind, writer in KINDS.items() if isinstance(key, kind)), None)
    public = json.loads(writer.to_jwk(key)) | ({"kid": key_id} if key_id else {}) if writer else {}
    if not algorithm_of(public):
        raise ValueError
    told = ", ".join(f'{name} = "{public[name]}"' for name in PARTS if name in public)
    click.echo(f"keys = [{{{told}}}]")


@panel.command("jwk")
@click.argument("file", type=click.File("rb"))
def read_key(file: IO[bytes]) -> None:
    """Write a panel’s public key, which it gives as a PEM file, as the line for the file."""
    try:
        _tell_key(load_pem_public_key(file.read()))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise click.ClickException(f"{file.name} is no public key of a kind that is agreed") from error


@panel.command("cpanel")
@click.argument("name")
@click.argument("handle")
def show_cpanel(name: str, handle: str) -> None:
    """What the integration link of that account is made with in cPanel."""
    chosen = panels().get(name)
    if chosen is None or not chosen.secrets:
        raise click.ClickException(f"no panel {name} has a secret")
    click.echo(f"subscriber_unique_id={handle} token={token_of(chosen, handle)}")


@panel.command("revoke")
@click.argument("name")
@click.option("--account", "handle", help="Handle of the only account whose sessions end.")
def revoke(name: str, handle: str | None) -> None:
    """End the sessions that a panel has opened; one that was taken out of the file opens none anyway."""
    click.echo(f"{end_sessions_of(name, handle)} sessions ended")
