"""An agreement can be read before it is accepted; what cannot be read is accepted by nobody."""

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.markup import confirmation, found, post, said, soup
from tests.world import World
from webapp.domain.service.service import Mode
from webapp.wiring import wiring_of

URL = "/services/S-shop.example/renewal"


@pytest.fixture
def client(world: World) -> FlaskClient:
    key = world.account("Bob", portal="QC", country="CA")
    world.card(key)
    world.service(key, mode=Mode.MANUAL, currency="CAD")
    return world.client(key)


@pytest.fixture
def unreadable(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seller of this installation has not said what its agreement says."""
    wired = wiring_of(app)
    quebec = wired.rules.portals["QC"]
    silent = replace(quebec, agreements=tuple(replace(each, wording=None) for each in quebec.agreements))
    rules = replace(wired.rules, portals={**wired.rules.portals, "QC": silent})
    monkeypatch.setitem(app.extensions, "echeance", replace(wired, rules=rules))


def test_what_is_to_be_accepted_leads_to_its_text_version_and_date(client: FlaskClient) -> None:
    page = client.get(f"{URL}?choice=P12M")
    assert "Version démonstration 1, of Jan 15, 2026" in said(page, "#agreements")
    text = client.get(str(found(page, "#agreements a")["href"]))
    assert "contract 1753" in said(text, "h1")
    assert "Version démonstration 1, of Jan 15, 2026" in said(text, "article")
    assert len(soup(text).select("article p")) == 4


def test_a_batch_leads_there_too(client: FlaskClient) -> None:
    begun = post(client, "/batches", {"action": "enable-automatic", "ref": ["S-shop.example"]}).location
    assert found(client.get(begun), '#agreements a[href="/agreements/qc-1753"]')


@pytest.mark.parametrize("together", [False, True])
def test_what_was_accepted_is_kept_with_its_version(client: FlaskClient, together: bool) -> None:
    assert "You accepted" not in said(client.get("/agreements/qc-1753"), "article")
    if together:
        begun = post(client, "/batches", {"action": "enable-automatic", "ref": ["S-shop.example"]}).location
        post(client, begun, {"action": "confirm", "agreed": "qc-1753"})
    else:
        seen = confirmation(client.get(f"{URL}?choice=P12M"))
        assert post(client, URL, seen | {"choice": "P12M", "agreed": "qc-1753"}).status_code == 303
    text = said(client.get("/agreements/qc-1753"), "article")
    assert "You accepted version démonstration 1 on Nov 23, 2026" in text


@pytest.mark.usefixtures("unreadable")
def test_without_a_text_nothing_can_be_confirmed(client: FlaskClient) -> None:
    page = client.get(f"{URL}?choice=P12M")
    assert "its text is not available here" in said(page, ".preview .warning")
    assert soup(page).select("form[method=post] .primary") == []
    assert post(client, URL, {"choice": "P12M", "version": "1", "agreed": "qc-1753"}).status_code == 422
    begun = post(client, "/batches", {"action": "enable-automatic", "ref": ["S-shop.example"]}).location
    assert "its text is not available here" in said(client.get(begun), "#batch")
    assert client.get("/agreements/qc-1753").status_code == 404


def test_what_nobody_knows_is_not_found(client: FlaskClient) -> None:
    assert client.get("/agreements/other").status_code == 404
