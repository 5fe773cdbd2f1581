"""``flask mail``: whether mails arrive, what they say, and those that were given up."""

from dataclasses import replace

import pytest
from flask import Flask

from tests.mailbox import mailbox
from tests.world import World
from webapp.adapters.mail.port import NeverTaken
from webapp.domain.actors import MESSENGER
from webapp.domain.messages import MessageState, OrderPaid
from webapp.models import Outbox
from webapp.operations.delivery import deliver
from webapp.operations.outbox import put
from webapp.operations.transaction import writing
from webapp.wiring import Wiring, desk_for, wiring
from webapp.worker import HANDLERS

KEY = "order-paid K7QM-AAAA-BBBB-CCCC"


class Refusing:
    def room(self) -> int:
        return 1

    def send(self, mail: object, handing: object) -> None:
        raise NeverTaken("550 nobody lives there")


@pytest.fixture
def refused(app: Flask, world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """A message that was given up, and mails are taken again."""
    alice = world.account("Alice")
    with app.app_context(), monkeypatch.context() as patch:
        with writing() as session:
            put(session, OrderPaid("K7QM-AAAA-BBBB-CCCC"), alice, desk_for(MESSENGER))
        patch.setattr("webapp.worker.mailer", Refusing)
        deliver(HANDLERS, desk_for(MESSENGER))
    (row,) = world.all(Outbox)
    assert (row.state, row.reason) == (MessageState.FAILED, "NeverTold: 550 nobody lives there")
    return row.key


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=["mail", *words])
    return done.exit_code, done.output


def test_a_test_mail_is_handed_over_at_once(app: Flask) -> None:
    code, told = run(app, "test", "operator@host.example")
    assert (code, told) == (0, "Taken: from assistance@demo.example to operator@host.example.\n")
    (mail,) = mailbox(app, "operator@host.example")
    assert mail["Subject"] == "Test" and mail["From"].startswith("Echeance Démonstration SAS")


@pytest.mark.parametrize(
    ("taker", "told"), [(None, "set ECHEANCE_SMTP_URL"), (Refusing(), "NeverTaken: 550 nobody lives there")]
)
def test_why_no_test_mail_arrives(
    app: Flask, monkeypatch: pytest.MonkeyPatch, taker: Refusing | None, told: str
) -> None:
    with app.app_context():
        wired = wiring()
    patched = Wiring(wired.settings, replace(wired.adapters, mail=taker), wired.rules)
    monkeypatch.setitem(app.extensions, "echeance", patched)
    code, said = run(app, "test", "operator@host.example")
    assert code == 1 and told in said


def test_what_a_message_says_is_written_out(app: Flask, refused: str) -> None:
    code, told = run(app, "show", refused)
    assert code == 0 and told.startswith("From: Echeance Démonstration SAS <assistance@demo.example>\nTo: Alice <")
    assert "Subject: Your order K7QM-AAAA-BBBB-CCCC is paid\n" in told and "Nothing is to be done" in told
    code, source = run(app, "show", refused, "--source")
    assert code == 0 and "Auto-Submitted: auto-generated\n" in source


def test_what_was_given_up_is_sent_again(app: Flask, world: World, refused: str) -> None:
    assert run(app, "again", refused) == (0, "It is sent with the next ones.\n")
    with app.app_context():
        deliver(HANDLERS, desk_for(MESSENGER))
    (row,) = world.all(Outbox)
    assert (row.state, row.tries) == (MessageState.DONE, 1)


def test_what_arrived_in_another_way_counts_as_told(app: Flask, world: World, refused: str) -> None:
    assert run(app, "arrived", refused)[0] == 0
    (row,) = world.all(Outbox)
    assert row.state is MessageState.DONE


@pytest.mark.parametrize("word", ["show", "again", "arrived"])
def test_a_message_that_there_is_not(app: Flask, word: str) -> None:
    code, told = run(app, word, KEY)
    assert code == 1 and KEY in told
