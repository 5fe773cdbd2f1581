"""Payment methods are left at the provider once, are the default once, and go only where that leaves nobody without."""

from datetime import date, timedelta

import pytest
from flask import Flask

from tests.operations.methods.wallet import Wallet, methods
from tests.provider import Till
from tests.world import World
from webapp.adapters.clock import FixedClock
from webapp.domain.billing.payment import AttemptState, Failure, Standing
from webapp.domain.billing.setup import Mandate
from webapp.domain.methods import MethodKind, MethodState
from webapp.domain.refusals import Refused
from webapp.domain.service.service import Mode
from webapp.extensions import db
from webapp.models import MethodSetup, PaymentMethod
from webapp.operations.methods.choose import describe_method
from webapp.operations.methods.find import Needing, NoSuchMethod, begun, needing, setup_of
from webapp.operations.methods.learn import NoSuchSetup
from webapp.wiring import desk_of

CARD, DEBIT, WALLET = MethodKind


@pytest.fixture
def wallet(world: World, app: Flask, till: Till) -> Wallet:
    return Wallet(app, world.account("Alice"), till)


def test_the_first_one_that_is_left_is_what_renewals_are_debited_from(world: World, wallet: Wallet) -> None:
    code, address = wallet.begin()
    assert address == f"https://till.example/save/{code}" and methods(world) == []
    wallet.till.leave(code, expires_on=date(2029, 1, 1))
    for _twice in range(2):
        wallet.learn(code)
    assert methods(world) == ["Visa 1881 valid *"]
    [method], [setup] = world.all(PaymentMethod), world.all(MethodSetup)
    assert (method.kind, method.reference, method.expires_on) == (CARD, f"kept-{code}", date(2029, 1, 1))
    assert (setup.state, setup.method_id, setup.address, setup.ended_at) == (
        AttemptState.SUCCEEDED,
        method.id,
        "",
        world.now(),
    )


def test_another_one_takes_its_place_where_that_is_wanted(world: World, wallet: Wallet) -> None:
    wallet.leave(label="Visa 1")
    wallet.leave(label="Visa 2", default=False)
    assert methods(world) == ["Visa 1 valid *", "Visa 2 valid"]
    wallet.leave(label="Visa 3")
    assert methods(world) == ["Visa 1 valid", "Visa 2 valid", "Visa 3 valid *"]


def test_whoever_begins_twice_is_led_to_the_same_page(world: World, wallet: Wallet) -> None:
    assert wallet.begin() == wallet.begin()
    assert wallet.begin(DEBIT)[0] != wallet.begin()[0]
    assert len(world.all(MethodSetup)) == 2
    wallet.begin(default=False)
    assert [each.wanted_default for each in world.all(MethodSetup)] == [False, True]


def test_one_card_that_is_left_twice_is_one_method(world: World, wallet: Wallet) -> None:
    wallet.leave(reference="pm-1", expires_on=date(2027, 1, 1))
    wallet.leave(reference="pm-1", expires_on=date(2031, 1, 1))
    assert methods(world) == ["Visa 1881 valid *"]
    assert world.all(PaymentMethod)[0].expires_on == date(2031, 1, 1)


def test_a_mandate_waits_for_the_bank_and_becomes_the_default_then(world: World, wallet: Wallet) -> None:
    wallet.leave(label="Visa 1")
    code, _address = wallet.begin(DEBIT)
    mandate = Mandate("MND-1", "FR72ZZZ999999", date(2026, 11, 23))
    wallet.till.leave(code, Standing.SETTLING, label="DE 3000", mandate=mandate)
    wallet.learn(code)
    assert methods(world) == ["Visa 1 valid *", "DE 3000 pending"]
    assert world.all(PaymentMethod)[1].mandate == mandate
    another, _address = wallet.begin(DEBIT)
    assert another != code
    wallet.till.leave(code)
    wallet.learn(code)
    assert methods(world) == ["Visa 1 valid", "DE 3000 valid *"]


def test_where_there_is_none_a_mandate_that_waits_is_the_default_at_once(world: World, wallet: Wallet) -> None:
    code, _address = wallet.begin(DEBIT, default=False)
    wallet.pend(code)
    assert methods(world) == ["Visa 1881 pending *"]
    wallet.till.leave(code, Standing.FAILED, failure=Failure.REFUSED)
    wallet.learn(code)
    assert methods(world) == ["Visa 1881 refused *"]


def test_a_mandate_that_was_removed_meanwhile_stays_removed(world: World, wallet: Wallet) -> None:
    code, _address = wallet.begin(DEBIT)
    wallet.pend(code)
    assert wallet.remove(world.all(PaymentMethod)[0].id) == ""
    wallet.till.leave(code)
    wallet.learn(code)
    assert methods(world) == [] and not world.all(PaymentMethod)[0].is_default


@pytest.mark.parametrize("failure", [Failure.REFUSED, Failure.GIVEN_UP, Failure.LAPSED])
def test_where_nothing_is_left_there_is_no_method(world: World, wallet: Wallet, failure: Failure) -> None:
    code, _address = wallet.begin()
    wallet.till.leave_nothing(code, failure)
    wallet.learn(code)
    [setup] = world.all(MethodSetup)
    assert (setup.state, setup.failure) == (AttemptState.FAILED, failure) and methods(world) == []
    assert wallet.begin()[0] != code


def test_news_that_come_late_change_nothing(world: World, wallet: Wallet) -> None:
    code = wallet.leave()
    wallet.till.leave_nothing(code, Failure.LAPSED)
    wallet.learn(code)
    wallet.till.leave(code, Standing.SETTLING)
    wallet.learn(code)
    assert methods(world) == ["Visa 1881 valid *"] and world.all(MethodSetup)[0].state is AttemptState.SUCCEEDED


def test_what_was_left_after_all_counts(world: World, wallet: Wallet) -> None:
    code, _address = wallet.begin()
    wallet.till.leave_nothing(code, Failure.LAPSED)
    wallet.learn(code)
    wallet.till.leave(code)
    wallet.learn(code)
    assert methods(world) == ["Visa 1881 valid *"]


def test_what_the_provider_rejects_is_not_saved(world: World, wallet: Wallet) -> None:
    wallet.till.rejects = True
    code, address = wallet.begin()
    [setup] = world.all(MethodSetup)
    assert address is None and (setup.code, setup.failure) == (code, Failure.REJECTED)


def test_a_provider_that_does_not_answer_is_asked_again(world: World, wallet: Wallet, clock: FixedClock) -> None:
    wallet.till.silent = 1
    code, address = wallet.begin()
    assert address is None and world.all(MethodSetup)[0].state is AttemptState.UNKNOWN
    assert wallet.begin() == (code, None)
    clock.move_to(clock.now() + timedelta(minutes=5))
    wallet.sweep()
    assert wallet.begin() == (code, f"https://till.example/save/{code}")
    wallet.till.leave(code)
    wallet.till.silent = 1
    clock.move_to(clock.now() + timedelta(hours=1))
    wallet.sweep()
    assert world.all(MethodSetup)[0].state is AttemptState.UNKNOWN
    clock.move_to(clock.now() + timedelta(hours=1))
    wallet.sweep()
    assert methods(world) == ["Visa 1881 valid *"]


def test_what_the_provider_never_heard_of_is_asked_for_again_with_the_same_key(
    world: World, wallet: Wallet, clock: FixedClock
) -> None:
    code, _address = wallet.begin()
    wallet.till.setups.clear()
    clock.move_to(clock.now() + timedelta(hours=1))
    wallet.sweep()
    assert list(wallet.till.setups) == [code]


def test_only_what_the_seller_offers_is_begun(world: World, app: Flask, till: Till, clock: FixedClock) -> None:
    quentin = Wallet(app, world.account("Quentin", portal="QC", country="CA"), till)
    with pytest.raises(Refused) as refused:
        quentin.begin(DEBIT)
    assert refused.value.refusal.code == "method-not-offered" and world.all(MethodSetup) == []
    quentin.begin(WALLET)


def test_only_a_valid_one_is_made_the_default(world: World, wallet: Wallet) -> None:
    first, expired, refused, bare = (
        world.card(wallet.account),
        world.card(wallet.account, is_default=False, reference="b", expires_on=date(2026, 11, 1)),
        world.card(wallet.account, is_default=False, reference="c", state=MethodState.REFUSED),
        world.card(wallet.account, is_default=False, reference=""),
    )
    fine = world.card(wallet.account, is_default=False, reference="e", expires_on=None)
    assert [wallet.make_default(each) for each in (expired, refused, bare)] == ["method-not-valid"] * 3
    assert wallet.make_default(fine) == wallet.make_default(fine) == ""
    assert [each.id for each in world.all(PaymentMethod) if each.is_default] == [fine]
    assert wallet.make_default(first) == ""


def test_the_last_valid_one_goes_only_where_nothing_needs_it(world: World, wallet: Wallet) -> None:
    service = world.service(wallet.account)
    first = world.card(wallet.account)
    dead = world.card(wallet.account, is_default=False, reference="b", state=MethodState.REFUSED)
    assert wallet.remove(first) == "method-still-needed"
    assert wallet.remove(dead) == ""
    second = world.card(wallet.account, is_default=False, reference="c", label="Visa 2")
    third = world.card(wallet.account, is_default=False, reference="d", label="Visa 3")
    assert wallet.remove(first) == "" and methods(world) == ["Visa 2 valid", "Visa 3 valid *"]
    assert wallet.remove(second) == "" and wallet.remove(third) == "method-still-needed"
    world.change(service, mode=Mode.MANUAL, period=None)
    assert wallet.remove(third) == "" and methods(world) == []


def test_a_dead_default_stays_until_there_is_a_valid_one(world: World, wallet: Wallet) -> None:
    world.service(wallet.account)
    dead = world.card(wallet.account, state=MethodState.REFUSED)
    assert wallet.remove(dead) == "method-still-needed"
    world.card(wallet.account, is_default=False, reference="b", label="Visa 2")
    assert wallet.remove(dead) == "" and methods(world) == ["Visa 2 valid *"]


def test_what_is_removed_is_forgotten_by_the_provider_as_soon_as_it_answers(world: World, wallet: Wallet) -> None:
    method = world.card(wallet.account, reference="pm-7")
    assert wallet.remove(method) == ""
    wallet.till.silent = 1
    wallet.sweep()
    assert not world.get(PaymentMethod, method).forgotten
    wallet.sweep()
    assert world.get(PaymentMethod, method).forgotten and wallet.till.forgotten == {"pm-7"}
    for act in (wallet.make_default, wallet.remove):
        with pytest.raises(NoSuchMethod):
            act(method)


def test_nobody_reaches_the_methods_of_somebody_else(world: World, app: Flask, till: Till, wallet: Wallet) -> None:
    method, code = world.card(wallet.account), wallet.begin()[0]
    stranger = Wallet(app, world.account("Bob"), till)
    for act in (stranger.make_default, stranger.remove):
        with pytest.raises(NoSuchMethod):
            act(method)
    with app.app_context():
        with pytest.raises(NoSuchMethod):
            describe_method(method, "mine", desk_of(stranger.account))
        with pytest.raises(NoSuchMethod):
            setup_of(db.session(), code, desk_of(stranger.account))
        assert begun(db.session(), stranger.account) == []
    with pytest.raises(NoSuchSetup):
        till.leave_nothing("K7QM-NONE-NONE-NONE", Failure.LAPSED)
        wallet.learn("K7QM-NONE-NONE-NONE")


def test_it_says_for_whom_and_from_when_on_something_is_debited(world: World, wallet: Wallet) -> None:
    alice, bob, zoe = wallet.account, world.account("Bob"), world.account("Zoe")
    world.service(alice, "one.example")
    world.service(alice, "two.example", ends_on=date(2027, 3, 1))
    world.service(alice, "manual.example", mode=Mode.MANUAL, period=None)
    world.service(alice, "cancelled.example", cancels_on=date(2026, 12, 31))
    for number in range(3):
        world.service(zoe, f"zoe-{number}.example", billing_id=alice, ends_on=date(2027, 1, 1 + number))
    world.service(bob, "bob.example", billing_id=alice, amount_due_minor=500, billed_on=date(2026, 11, 1))
    world.service(alice, "paid-by-bob.example", billing_id=bob)
    with wallet.app.app_context():
        told = needing(db.session(), alice)
    assert told == [
        Needing("", 2, date(2026, 12, 31)),
        Needing("Zoe", 3, date(2027, 1, 1)),
        Needing("Bob", 1, None),
    ]
