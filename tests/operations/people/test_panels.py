"""What an operator does about control panels, and two browsers that come with one launch at the same moment."""

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from threading import Barrier, Thread

import pytest
from click.testing import Result
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, SECP521R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from flask import Flask
from jwt import PyJWK

from tests.conftest import NOON
from tests.panel import ACME, ORIGIN, Host, installed
from tests.world import World
from webapp.adapters.cpanel import token_of
from webapp.domain.panels import algorithm_of
from webapp.models import SignIn


@pytest.fixture
def host(app: Flask) -> Iterator[Host]:
    other = replace(ACME, name="other", issuer="https://other.example", jwks=f"{ORIGIN}/k", secrets=())
    with installed(app, ACME, other):
        yield Host(NOON)


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["panel", *words])


def open_all(app: Flask, world: World, host: Host) -> None:
    for name in ("Alice", "Bob"):
        world.client(world.account(name))
        for _ in range(2):
            assert app.test_client().post("/launch", data={"token": host.token(sub=name.lower())}).status_code == 303


def test_panels_are_listed(app: Flask, host: Host) -> None:
    listed = run(app, "list").output.splitlines()
    assert listed == [
        f"acme: {ORIGIN}, 1 secrets, frame proxy top, on",
        f"other: https://other.example, keys at {ORIGIN}/k, frame proxy top, on",
        "2 panels",
    ]


def test_what_a_panel_opened_is_ended(app: Flask, world: World, host: Host) -> None:
    open_all(app, world, host)
    assert run(app, "revoke", "acme", "--account", "alice").output == "2 sessions ended\n"
    assert [(each.account_id, each.panel) for each in world.all(SignIn)].count((2, "acme")) == 2
    assert run(app, "revoke", "other").output == "0 sessions ended\n"
    assert run(app, "revoke", "acme").output == "2 sessions ended\n"
    assert [each.panel for each in world.all(SignIn)] == [None, None], "who said a password stays signed in"


def test_a_key_is_made_for_either_side(app: Flask, host: Host, world: World) -> None:
    world.account("Alice")
    private, line = run(app, "key").output.split("\nkeys = ")
    panel = replace(ACME, secrets=(), keys=tuple(tomllib.loads(f"keys = {line}")["keys"]))
    signing = load_pem_private_key(private.encode(), None)
    with installed(app, panel):
        token = Host(NOON, panel, signing, "EdDSA").token()
        assert app.test_client().post("/launch", data={"token": token}).status_code == 303
    assert len(run(app, "key", "--secret").output.split('"')[1]) >= 32


def test_a_public_key_that_a_panel_gives_is_written_for_the_file(app: Flask, tmp_path: Path) -> None:
    key = generate_private_key(SECP256R1()).public_key()
    (tmp_path / "key.pem").write_bytes(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (told,) = tomllib.loads(run(app, "jwk", str(tmp_path / "key.pem")).output)["keys"]
    assert algorithm_of(told) == "ES256"
    assert PyJWK(told).key.public_numbers() == key.public_numbers()
    weak = generate_private_key(SECP521R1()).public_key()
    (tmp_path / "weak.pem").write_bytes(weak.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    (tmp_path / "none.pem").write_text("-----BEGIN")
    for name in ("weak.pem", "none.pem"):
        refused = run(app, "jwk", str(tmp_path / name))
        assert refused.exit_code == 1
        assert "is no public key of a kind that is agreed" in refused.output


def test_what_a_link_of_cpanel_is_made_with(app: Flask, host: Host) -> None:
    said = run(app, "cpanel", "acme", "alice").output
    assert said == f"subscriber_unique_id=alice token={token_of(ACME, 'alice')}\n"
    for name in ("other", "nobody"):
        assert run(app, "cpanel", name, "alice").exit_code == 1


def test_two_browsers_that_come_with_one_launch(app: Flask, world: World, host: Host) -> None:
    world.account("Alice")
    token, start, answers = host.token(), Barrier(4), list[int]()

    def come() -> None:
        client = app.test_client()
        start.wait()
        answers.append(client.post("/launch", data={"token": token}).status_code)

    threads = [Thread(target=come) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(answers) == [303, 403, 403, 403]
    assert len(world.all(SignIn)) == 1
