"""Where mails are kept in a folder, their recipient reads them here; nobody else does."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import said, soup
from tests.world import World
from webapp.domain.actors import MESSENGER
from webapp.domain.messages import OrderPaid
from webapp.operations.outbox import deliver, put
from webapp.operations.transaction import writing
from webapp.wiring import desk_for, mail_folder
from webapp.worker import HANDLERS


@pytest.fixture
def mailed(world: World, app: Flask) -> FlaskClient:
    """Alice’s browser; a mail to her is in the folder."""
    alice = world.account("Alice")
    with app.app_context():
        with writing() as session:
            put(session, OrderPaid("K7QM-AAAA-BBBB-CCCC"), alice, desk_for(MESSENGER))
        deliver(HANDLERS, desk_for(MESSENGER))
    return world.client(alice)


def test_the_recipient_reads_it_and_nobody_else_does(mailed: FlaskClient, world: World) -> None:
    (link,) = [str(each["href"]) for each in soup(mailed.get("/mail")).select("main table a")]
    shown = mailed.get(link)
    assert said(shown, "h1") == "Your order K7QM-AAAA-BBBB-CCCC is paid"
    assert soup(shown).select('.typed a[href="http://localhost/orders/K7QM-AAAA-BBBB-CCCC"]')
    bob = world.client(world.account("Bob"))
    assert "Nothing has been mailed to you yet." in said(bob.get("/mail"), "main")
    assert bob.get(link).status_code == 404 and mailed.get("/mail/other").status_code == 404


def test_where_mails_leave_the_machine_there_is_no_such_page(
    mailed: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert mailed.get("/services").data.count(b'href="/mail"') == 1
    for name in ("webapp.blueprints.mail.views", "webapp.web.templating"):
        monkeypatch.setattr(f"{name}.mail_folder", lambda: None)
    assert mailed.get("/mail").status_code == mailed.get("/mail/any").status_code == 404
    assert b'href="/mail"' not in mailed.get("/services").data
    with app.app_context():
        assert mail_folder() is not None
