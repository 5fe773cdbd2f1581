"""The sandbox behaves like a provider, also where that is unpleasant."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

from webapp.adapters.payments.port import Forged, NoAnswer, Rejected
from webapp.adapters.payments.sandbox import SandboxProvider
from webapp.domain.billing.payment import Failure, PaymentRequest, Return, Standing
from webapp.domain.billing.setup import SetupRequest, SetupStatement
from webapp.domain.methods import MethodKind
from webapp.domain.money import Money
from webapp.sandbox.books import A_DAY
from webapp.sandbox.notices import SIGNATURE, deliver, signed

from .provider import ADDRESS, KEY, Sandbox

WANTED = PaymentRequest("K7QM-1", Money(6000, "EUR"), "K7QM", "https://portal.example/orders/K7QM", "en")

WANTED_THERE = {"amount": 6000, "currency": "EUR", "return_to": "", "language": "en"}


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path)


def buttons(html: bytes) -> list[str]:
    return [str(button["value"]) for button in BeautifulSoup(html, "html.parser").select("button[name=outcome]")]


def test_a_payment_waits_for_the_person(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    assert (made.standing, made.amount, made.failure) == (Standing.WAITING, WANTED.amount, None)
    page = sandbox.page(made.address)
    assert buttons(page.data) == ["abandon", "pay", "refuse", "second-step", "later", "no-answer"]
    assert "€60.00" in page.text and "No money is taken" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert policy.endswith("form-action 'self' https://portal.example") and "unsafe" not in policy


def test_what_is_on_its_way_settles_in_time_or_when_days_pass(sandbox: Sandbox) -> None:
    for key, days in (("sooner", 1), ("later", 3)):
        sandbox.books.on_its_way(key, {**WANTED_THERE, "title": key}, days * A_DAY)
        sandbox.books.on_its_way(key, {**WANTED_THERE, "title": key}, 1)

    def stand() -> list[str]:
        return [statement.standing.value for key in ("sooner", "later") if (statement := sandbox.provider.ask(key))]

    assert stand() == ["settling", "settling"]
    sandbox.provider.let_a_day_pass()
    assert stand() == ["succeeded", "settling"]
    sandbox.provider.let_a_day_pass()
    sandbox.at += A_DAY
    assert stand() == ["succeeded", "succeeded"]
    with pytest.raises(NoAnswer):
        SandboxProvider(ADDRESS, "another key", sandbox.http).let_a_day_pass()


@pytest.mark.parametrize(
    ("outcome", "standing", "failure"),
    [
        ("pay", Standing.SUCCEEDED, None),
        ("refuse", Standing.FAILED, Failure.REFUSED),
        ("abandon", Standing.FAILED, Failure.GIVEN_UP),
        ("later", Standing.SETTLING, None),
    ],
)
def test_each_way_it_can_go_leads_back(
    sandbox: Sandbox, outcome: str, standing: Standing, failure: Failure | None
) -> None:
    made = sandbox.provider.open(WANTED)
    answer = sandbox.press(made.address, outcome)
    assert (answer.status_code, answer.location) == (303, WANTED.return_to)
    asked = sandbox.provider.ask(WANTED.key)
    assert asked == replace(made, standing=standing, address="", failure=failure)


def test_the_second_step_is_asked_for_on_another_page(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    answer = sandbox.press(made.address, "second-step")
    assert answer.status_code == 303
    assert buttons(sandbox.page(made.address).data) == ["refuse", "pay"]
    assert sandbox.payment(WANTED.key).status == "waiting"
    sandbox.press(made.address, "pay")
    assert sandbox.payment(WANTED.key).status == "succeeded"


def test_what_is_final_stays(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    sandbox.press(made.address, "pay")
    for outcome in ("refuse", "abandon", "later", "pay"):
        assert sandbox.press(made.address, outcome).location == WANTED.return_to
    assert sandbox.payment(WANTED.key).status == "succeeded"
    sandbox.press(made.address, "win")
    assert sandbox.payment(WANTED.key).status == "succeeded"


@pytest.mark.parametrize(
    ("outcome", "reason"), [("return", Return.DEBIT), ("dispute", Return.DISPUTE), ("refund", Return.REFUND)]
)
def test_what_was_paid_is_taken_back_and_stands_after_all(sandbox: Sandbox, outcome: str, reason: Return) -> None:
    made = sandbox.provider.open(WANTED)
    sandbox.press(made.address, outcome)
    assert sandbox.payment(WANTED.key).status == "waiting"
    sandbox.press(made.address, "pay")
    assert buttons(sandbox.page(made.address).data) == ["return", "dispute", "refund"]
    sandbox.press(made.address, outcome)
    asked = sandbox.provider.ask(WANTED.key)
    assert asked and (asked.standing, asked.returned, asked.failure) == (Standing.RETURNED, reason, None)
    assert buttons(sandbox.page(made.address).data) == ["win"]
    sandbox.press(made.address, "win")
    asked = sandbox.provider.ask(WANTED.key)
    assert asked and (asked.standing, asked.returned, asked.failure) == (Standing.RESTORED, None, None)
    assert buttons(sandbox.page(made.address).data) == []


def test_the_latest_payments_are_listed_for_whoever_plays_the_bank(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    listed = sandbox.page("/").get_data(as_text=True)
    assert urlsplit(made.address).path in listed and WANTED.key in listed


def test_only_the_bank_decides_about_a_debit_that_is_on_its_way(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    sandbox.press(made.address, "later")
    for outcome in ("abandon", "no-answer", "later"):
        sandbox.press(made.address, outcome)
    assert sandbox.provider.withdraw(WANTED.key) == replace(made, standing=Standing.SETTLING, address="")
    sandbox.press(made.address, "refuse")
    assert sandbox.payment(WANTED.key).failure == "refused"


def test_a_debit_settles_when_somebody_says_so_or_by_itself(sandbox: Sandbox) -> None:
    for key in ("a-1", "b-1"):
        sandbox.press(sandbox.provider.open(replace(WANTED, key=key)).address, "later")
    address = f"https://pay.example/pay/{sandbox.payment('a-1').id}"
    assert buttons(sandbox.page(address).data) == ["refuse", "pay"]
    sandbox.press(address, "pay")
    assert [payment.status for payment in sandbox.books.all()] == ["succeeded", "settling"]
    sandbox.at += 120
    assert sandbox.payment("b-1").status == "succeeded"


def test_a_page_nobody_uses_is_closed(sandbox: Sandbox) -> None:
    sandbox.provider.open(WANTED)
    sandbox.at += 30 * 60
    asked = sandbox.provider.ask(WANTED.key)
    assert asked is not None and asked.failure is Failure.LAPSED


def test_a_page_is_closed_when_the_seller_wants_it(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    withdrawn = sandbox.provider.withdraw(WANTED.key)
    assert withdrawn is not None and withdrawn.failure is Failure.GIVEN_UP
    sandbox.press(made.address, "pay")
    assert sandbox.payment(WANTED.key).status == "failed"
    assert sandbox.provider.withdraw("never") is None and sandbox.provider.ask("never") is None


def test_the_same_key_is_the_same_payment_and_never_another_one(sandbox: Sandbox) -> None:
    assert sandbox.provider.open(WANTED) == sandbox.provider.open(WANTED)
    with pytest.raises(Rejected):
        sandbox.provider.open(replace(WANTED, amount=Money(5999, "EUR")))
    assert len(sandbox.books.all()) == 1


def test_a_charge_without_an_answer_is_in_the_books(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    assert sandbox.press(made.address, "no-answer").location == WANTED.return_to
    for _twice in range(2):
        with pytest.raises(NoAnswer):
            sandbox.provider.ask(WANTED.key)
    asked = sandbox.provider.ask(WANTED.key)
    assert asked is not None and asked.standing is Standing.SUCCEEDED
    assert sandbox.books.due() == []


CARD = SetupRequest("m-1", MethodKind.CARD, "https://portal.example/payment-methods", "en")
MANDATE = replace(CARD, key="m-2", kind=MethodKind.SEPA_DEBIT)
WALLET = replace(CARD, key="m-3", kind=MethodKind.PAYPAL)
LEAVING = {
    MethodKind.CARD: ["abandon", "pay", "ending", "declining", "second-step", "refuse", "no-answer"],
    MethodKind.SEPA_DEBIT: ["abandon", "pay", "later", "declining", "refuse", "no-answer"],
    MethodKind.PAYPAL: ["abandon", "pay", "declining", "refuse", "no-answer"],
}


@pytest.mark.parametrize("wanted", [CARD, MANDATE, WALLET])
def test_a_method_is_left_at_its_page(sandbox: Sandbox, wanted: SetupRequest) -> None:
    made = sandbox.provider.save(wanted)
    assert made == sandbox.provider.save(wanted) and made.standing is Standing.WAITING and made.method is None
    page = sandbox.page(made.address)
    assert buttons(page.data) == LEAVING[wanted.kind] and "No money is taken" in page.text
    assert sandbox.press(made.address, "pay").location == wanted.return_to
    asked = sandbox.provider.ask_saved(wanted.key)
    assert asked is not None and asked.standing is Standing.SUCCEEDED and asked.method is not None
    assert (asked.method.mandate is not None) is (wanted.kind is MethodKind.SEPA_DEBIT)
    assert (asked.method.expires_on is not None) is (wanted.kind is MethodKind.CARD)
    assert buttons(sandbox.page(made.address).data) == []


@pytest.mark.parametrize("wanted", [CARD, MANDATE, WALLET])
@pytest.mark.parametrize(("outcome", "failure"), [("refuse", Failure.REFUSED), ("abandon", Failure.GIVEN_UP)])
def test_where_nothing_is_left_there_is_no_method(
    sandbox: Sandbox, wanted: SetupRequest, outcome: str, failure: Failure
) -> None:
    sandbox.press(sandbox.provider.save(wanted).address, outcome)
    asked = sandbox.provider.ask_saved(wanted.key)
    assert asked == SetupStatement(Standing.FAILED, failure=failure)


def test_no_kind_can_go_the_way_of_another(sandbox: Sandbox) -> None:
    for wanted in (CARD, MANDATE, WALLET):
        made = sandbox.provider.save(wanted)
        for outcome in {each for ways in LEAVING.values() for each in ways} - set(LEAVING[wanted.kind]):
            if outcome != "second-step":
                assert sandbox.press(made.address, outcome).status_code == 200
        assert sandbox.payment(wanted.key).status == "waiting"


def test_a_mandate_is_confirmed_days_later_or_refused(sandbox: Sandbox) -> None:
    for key in ("m-4", "m-5"):
        sandbox.press(sandbox.provider.save(replace(MANDATE, key=key)).address, "later")
    pending = [sandbox.provider.ask_saved(key) for key in ("m-4", "m-5")]
    assert [each and each.standing for each in pending] == [Standing.SETTLING, Standing.SETTLING]
    assert all(each and each.method and each.method.mandate for each in pending)
    sandbox.press(f"https://pay.example/pay/{sandbox.payment('m-5').id}", "refuse")
    sandbox.at += 120
    confirmed, refused = (sandbox.provider.ask_saved(key) for key in ("m-4", "m-5"))
    assert pending[0] is not None and confirmed == replace(pending[0], standing=Standing.SUCCEEDED)
    assert pending[1] is not None
    assert refused == replace(pending[1], standing=Standing.FAILED, failure=Failure.REFUSED)


def test_the_method_that_took_a_second_step_takes_it_at_every_charge(sandbox: Sandbox) -> None:
    made = sandbox.provider.save(CARD)
    sandbox.press(made.address, "second-step")
    assert buttons(sandbox.page(made.address).data) == ["refuse", "pay"]
    sandbox.press(made.address, "pay")
    kept = sandbox.provider.ask_saved(CARD.key)
    assert kept is not None and kept.method is not None
    charged = sandbox.provider.charge(kept.method.reference, WANTED)
    assert charged.standing is Standing.WAITING and buttons(sandbox.page(charged.address).data) == ["refuse", "pay"]
    sandbox.press(charged.address, "pay")
    asked = sandbox.provider.ask(WANTED.key)
    assert asked == replace(charged, standing=Standing.SUCCEEDED, address="")


@pytest.mark.parametrize(
    ("reference", "standing"),
    [
        ("test-accepted", Standing.SUCCEEDED),
        ("test-refused", Standing.FAILED),
        ("test-later", Standing.SETTLING),
        ("test-second-step", Standing.WAITING),
    ],
)
def test_what_an_inventory_may_name_is_charged_as_it_says(sandbox: Sandbox, reference: str, standing: Standing) -> None:
    charged = sandbox.provider.charge(reference, WANTED)
    assert charged == sandbox.provider.charge(reference, WANTED) == sandbox.provider.ask(WANTED.key)
    assert (charged.standing, charged.amount) == (standing, WANTED.amount)


def test_a_charge_may_stay_without_an_answer(sandbox: Sandbox) -> None:
    for _call in range(2):
        with pytest.raises(NoAnswer):
            sandbox.provider.charge("test-silent", WANTED)
    assert sandbox.provider.charge("test-silent", WANTED).standing is Standing.SUCCEEDED
    assert len(sandbox.books.all()) == 1


def test_what_is_forgotten_or_was_never_left_cannot_be_charged(sandbox: Sandbox) -> None:
    sandbox.press(sandbox.provider.save(CARD).address, "pay")
    kept = sandbox.provider.ask_saved(CARD.key)
    assert kept is not None and kept.method is not None
    assert sandbox.provider.charge(kept.method.reference, WANTED).standing is Standing.SUCCEEDED
    for _twice in range(2):
        sandbox.provider.forget(kept.method.reference)
    for reference in (kept.method.reference, "never", "test-anything"):
        with pytest.raises(Rejected):
            sandbox.provider.charge(reference, replace(WANTED, key="K7QM-2"))
    assert sandbox.provider.ask("K7QM-2") is None


def test_one_key_is_never_charged_to_two_methods(sandbox: Sandbox) -> None:
    sandbox.provider.charge("test-accepted", WANTED)
    with pytest.raises(Rejected):
        sandbox.provider.charge("test-later", WANTED)


def test_it_tells_of_methods_as_of_payments(sandbox: Sandbox) -> None:
    sandbox.press(sandbox.provider.save(CARD).address, "ending")
    inbox = Inbox()
    deliver(sandbox.books, KEY, inbox, lambda: sandbox.at)
    body, headers = inbox.got[-1]
    told = sandbox.provider.read(headers, body, _at(sandbox.at))
    assert isinstance(told.statement, SetupStatement) and told.key == CARD.key
    assert told.statement.method and told.statement.method.expires_on == date(2024, 1, 1)
    assert told.statement == sandbox.provider.ask_saved(CARD.key)


def test_books_of_a_version_that_kept_no_methods_go_on(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "books.sqlite3") as before:
        before.execute(
            "CREATE TABLE payment (id TEXT PRIMARY KEY, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL, amount INTEGER,"
            " currency TEXT, title TEXT, return_to TEXT, language TEXT, status TEXT, failure TEXT, confirming INTEGER"
            " DEFAULT 0, silent INTEGER DEFAULT 0, made_at REAL, settles_at REAL)"
        )
    before.close()
    sandbox = Sandbox(tmp_path)
    assert sandbox.provider.open(WANTED).standing is Standing.WAITING
    assert sandbox.provider.save(CARD).standing is Standing.WAITING


def test_only_the_seller_is_told(sandbox: Sandbox) -> None:
    sandbox.provider.open(WANTED)
    for authorization in ("", "Bearer", "Bearer something else"):
        headers = {"Authorization": authorization}
        assert sandbox.person.get("/v1/payments/K7QM-1", headers=headers).status_code == 401
        for address in ("payments", "setups", "methods/test-accepted/charges", "methods/test-accepted/forget"):
            assert sandbox.person.post(f"/v1/{address}", json={}, headers=headers).status_code == 401
    assert sandbox.page("https://pay.example/pay/guessed").status_code == 404


def test_a_wrong_key_of_ours_says_nothing_about_a_payment(sandbox: Sandbox) -> None:
    stranger = type(sandbox.provider)("https://pay.example", "another key", sandbox.http)
    for call in (lambda: stranger.ask(WANTED.key), lambda: stranger.open(WANTED), lambda: stranger.withdraw("x")):
        with pytest.raises(NoAnswer):
            call()


class Inbox:
    """A seller who takes notices, or does not."""

    def __init__(self, *answers: int) -> None:
        self.answers, self.got = list(answers), []  # type: ignore[var-annotated]

    def __call__(self, body: bytes, headers: Mapping[str, str]) -> int:
        self.got.append((body, headers))
        return self.answers.pop(0) if self.answers else 200


def test_notices_are_sent_twice_and_again_until_they_are_taken(sandbox: Sandbox) -> None:
    sandbox.press(sandbox.provider.open(WANTED).address, "pay")
    inbox = Inbox(500, 0)
    for _time in range(12):
        deliver(sandbox.books, KEY, inbox, lambda: sandbox.at)
        sandbox.at += 60
    assert (
        len(inbox.got) == 4
    )  # two that were not taken, two that were and len({body for body, _headers in inbox.got}) == 1
    body, headers = inbox.got[-1]
    told = sandbox.provider.read(headers, body, _at(1_700_000_180))
    assert (told.key, told.statement.standing, told.statement.amount) == ("K7QM-1", Standing.SUCCEEDED, WANTED.amount)


def test_notices_come_out_of_order(sandbox: Sandbox) -> None:
    made = sandbox.provider.open(WANTED)
    sandbox.press(made.address, "later")
    sandbox.press(made.address, "pay")
    inbox = Inbox()
    deliver(sandbox.books, KEY, inbox, lambda: sandbox.at)
    assert [json.loads(body)["payment"]["status"] for body, _headers in inbox.got] == ["succeeded", "settling"]


BODY = b'{"event": "e", "payment": {}}'


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ({}, BODY),
        ({SIGNATURE: "t=1700000000"}, BODY),
        ({SIGNATURE: "t=1700000000,v1=" + "0" * 64}, BODY),
        (signed(BODY, "another key", 1_700_000_000), BODY),
        (signed(BODY, KEY, 1_700_000_000), BODY + b" "),
        (signed(BODY, KEY, 1_700_000_000 - 301), BODY),
        (signed(BODY, KEY, 1_700_000_000 + 301), BODY),
        (signed(BODY, KEY, 1_700_000_000), BODY),
        (signed(b"[]", KEY, 1_700_000_000), b"[]"),
        (signed(b"\xff", KEY, 1_700_000_000), b"\xff"),
    ],
)
def test_what_is_forged_stale_or_unreadable_is_no_notice(
    sandbox: Sandbox, headers: Mapping[str, str], body: bytes
) -> None:
    with pytest.raises(Forged):
        sandbox.provider.read(headers, body, _at(sandbox.at))


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
