"""What can be seen in the demo once it is loaded, told by the domain's own functions."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import pytest
from sqlalchemy import Row, func, select

from webapp import models
from webapp.demo.people import SIGN_INS
from webapp.domain.labels import Labelled
from webapp.domain.law.contracts import CustomerKind
from webapp.domain.refusals import Reason
from webapp.domain.renewal.choices import Choice, Offer, why_not_manual
from webapp.domain.renewal.preview import preview
from webapp.domain.roles import Role
from webapp.domain.service import conditions
from webapp.domain.service.actions import Action, offered
from webapp.domain.service.case import Case
from webapp.domain.service.reasons import BEYOND_PANEL
from webapp.domain.service.service import Availability, Kind, Mode, Service, Suspension
from webapp.domain.service.status import Status, deleted_on, effective_on, status_of
from webapp.extensions import db
from webapp.models import Account, Listing
from webapp.operations.case import case_of, select_cases, snapshot
from webapp.wiring import desk_of, now, rules

pytestmark = pytest.mark.usefixtures("in_demo")
ALL_BUT_LARGE = [person.handle for person in SIGN_INS if person.handle != "demo-large"]


def account_id(handle: str) -> int:
    return db.session.scalars(select(Account.id).where(Account.handle == handle)).one()


def rows_of(handle: str) -> list[Row[Any]]:
    seen = select_cases().join(Listing, Listing.service_id == select_cases().selected_columns.id)
    return list(db.session.execute(seen.where(Listing.account_id == account_id(handle))))


def services_of(handle: str) -> list[Service]:
    return [snapshot(row, rules()) for row in rows_of(handle)]


def cases_of(handle: str) -> Iterable[Case]:
    desk = desk_of(account_id(handle))
    return (case_of(row, desk) for row in rows_of(handle))


@cache
def refusal_codes() -> set[str]:
    """Every code that the table of actions can give."""
    return {reason.code for reason in vars(conditions).values() if isinstance(reason, Reason)}


def test_the_showcase_has_every_family() -> None:
    assert {service.product.family.code for service in services_of("demo-fr")} == set(rules().families)


@pytest.mark.parametrize(
    ("attribute", "words"),
    [("availability", Availability), ("kind", Kind), ("mode", Mode), ("suspension", Suspension)],
)
def test_the_showcase_has_every(attribute: str, words: type[Labelled]) -> None:
    assert {getattr(service, attribute) for service in services_of("demo-fr")} - {None} == set(words)


def test_the_showcase_has_every_status() -> None:
    assert {status_of(service) for service in services_of("demo-fr")} == set(Status)


def test_the_showcase_meets_every_refusal() -> None:
    met = {said.code for case in cases_of("demo-fr") for _, said in offered(case) if said}
    assert len(refusal_codes()) > 10
    assert met | {BEYOND_PANEL.code} == refusal_codes(), "nobody in the demo comes through a panel"


def test_every_action_is_possible_somewhere_in_the_showcase() -> None:
    possible = {action for case in cases_of("demo-fr") for action, said in offered(case) if said is None}
    assert possible == set(Action)


def test_an_expired_card_stands_in_the_way_of_automatic_renewal() -> None:
    choice, offer = Choice(Mode.AUTOMATIC), Offer({}, frozenset())
    manual = [case for case in cases_of("demo-agency") if case.service.mode is Mode.MANUAL]
    for case in manual:
        shown = preview(case, Choice(choice.mode, case.service.period), offer)
        assert shown.obstacle
        assert shown.obstacle.code == "no-valid-method"
    assert manual


def test_quebec_has_neither_a_method_nor_the_agreement() -> None:
    case = next(case for case in cases_of("demo-qc") if case.roles & Role.BILLING)
    shown = preview(case, Choice(Mode.AUTOMATIC, case.service.period), Offer({}, frozenset()))
    assert case.method is None
    assert [agreement.code for agreement in shown.agreements] == ["qc-1753"]


def test_every_combination_of_roles_occurs_for_the_agency() -> None:
    held = db.session.scalars(select(Listing.roles).where(Listing.account_id == account_id("demo-agency")))
    assert set(held) == set(range(1, 16))


def test_the_technical_contact_sees_services_without_any_other_role() -> None:
    held = db.session.scalars(select(Listing.roles).where(Listing.account_id == account_id("demo-tech"))).all()
    assert set(held) == {int(Role.TECHNICAL)}


@pytest.mark.parametrize(
    ("handle", "least", "most"),
    [
        ("demo-fr", 60, 80),
        ("demo-de", 35, 45),
        ("demo-qc", 15, 20),
        ("demo-agency", 85, 100),
        ("demo-large", 12_000, 12_000),
        ("demo-new", 0, 0),
        ("demo-tech", 1, 5),
    ],
)
def test_how_much_each_one_sees(handle: str, least: int, most: int) -> None:
    count = db.session.scalar(select(func.count()).where(Listing.account_id == account_id(handle)))
    assert least <= (count or 0) <= most


def test_every_kind_of_customer_occurs() -> None:
    assert set(db.session.scalars(select(Account.kind))) == set(CustomerKind)


@pytest.mark.parametrize("handle", ["demo-fr", "demo-large", "demo-agency"])
def test_nothing_that_should_be_deleted_is_still_there(handle: str) -> None:
    today = now().date()
    for service in services_of(handle):
        assert (deleted_on(service) or today) >= today, service.reference


def test_the_next_dates_lie_ahead_unless_something_is_owed_or_suspended() -> None:
    calm = (Status.AUTOMATIC, Status.EXPIRES, Status.CANCELLATION_SCHEDULED)
    for handle in ALL_BUT_LARGE:
        for service in services_of(handle):
            if status_of(service) in calm:
                assert (effective_on(service) or now().date()) >= now().date(), service.reference


def test_the_next_dates_are_spread_over_the_coming_year() -> None:
    months = {day.strftime("%Y-%m") for service in services_of("demo-fr") if (day := service.ends_on)}
    assert len(months) > 12


def test_ends_are_clamped_to_the_month_and_keep_their_anchor() -> None:
    clamped = {service.anchor_day for service in services_of("demo-fr") if service.ends_on and clamps(service)}
    assert clamped >= {29, 30, 31}


def clamps(service: Service) -> bool:
    return bool(service.ends_on and service.anchor_day and service.ends_on.day < service.anchor_day)


def test_manual_renewal_occurs_only_where_the_family_allows_it() -> None:
    by_hand = [service for service in services_of("demo-large") if service.mode is Mode.MANUAL]
    assert by_hand
    assert [service.reference for service in by_hand if why_not_manual(service)] == []


def test_awkward_texts_are_there_as_they_were_written() -> None:
    shown = {row.display_name for row in rows_of("demo-fr")}
    assert {"=1+1", 'Les recettes de Mamie "Jo"', "Jardin partagé <b>& potager</b>"} <= shown
    assert any("🎉" in text for text in shown)


def test_a_name_as_long_as_names_can_be_and_an_international_one_are_there() -> None:
    names = [service.name for service in services_of("demo-fr")]
    assert max(map(len, names)) == 253
    assert any(name.startswith("xn--") for name in names)


def test_no_date_of_the_cast_is_of_another_age() -> None:
    ends = db.session.scalars(select(models.Service.ends_on).where(models.Service.ends_on.is_not(None))).all()
    assert date(2020, 1, 1) < min(ends) <= max(ends) < date(2037, 1, 1)
