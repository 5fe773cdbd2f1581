"""Mails: each says in its first line whether anything is to be done, in the language of who reads it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from flask import Flask

from tests.messages.samples import DAY, DEBIT, MESSAGES, SEVERAL
from tests.world import World
from webapp.domain.actors import MESSENGER
from webapp.domain.law.parties import Seller
from webapp.domain.messages import Message, ServicesExpire
from webapp.messages.about_money import MOST_BILLS
from webapp.messages.letter import MOST_NAMED
from webapp.messages.letters import LETTERS
from webapp.messages.post import sender_of
from webapp.models import Outbox
from webapp.operations.delivery import deliver
from webapp.operations.outbox import put
from webapp.operations.transaction import writing
from webapp.wiring import desk_for, settings
from webapp.worker import HANDLERS

Told = Callable[[Message, str], EmailMessage]


@pytest.fixture
def told(world: World, app: Flask) -> Told:
    """The mail that comes of a message to an account that reads that language."""

    accounts: dict[str, int] = {}

    def tell(message: Message, language: str) -> EmailMessage:
        account = accounts.get(language) or world.account("Alice", language=language)
        accounts[language] = account
        with app.app_context():
            with writing() as session:
                put(session, message, account, desk_for(MESSENGER))
            deliver(HANDLERS, desk_for(MESSENGER))
            (path,) = (settings().var / "mail" / "alice@people.example").glob("*.eml")
        return read(path)

    return tell


def read(path: Path) -> EmailMessage:
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    path.unlink()
    assert isinstance(mail, EmailMessage)
    return mail


def text(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return str(part.get_content()).replace("\xa0", " ")


def test_every_message_is_a_letter() -> None:
    assert LETTERS.keys() == {message.kind for message in MESSAGES}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: message.kind)
def test_it_says_the_same_in_both_parts_and_leads_to_a_page(told: Told, message: Message, language: str) -> None:
    mail = told(message, language)
    assert mail["To"] == "Alice <alice@people.example>" and mail["From"].startswith("Echeance Démonstration SAS <")
    assert mail["Content-Language"] == language and mail["Auto-Submitted"] == "auto-generated"
    plain, html = text(mail), text(mail, "html")
    link = next(line for line in plain.splitlines() if line.startswith("http://localhost/"))
    assert f'href="{link}"' in html and f'<html lang="{language}">' in html
    assert "%(" not in mail["Subject"] + plain and "None" not in plain and "<b>" not in html and "\n\n\n" not in plain


def test_what_is_to_be_paid_and_until_when(told: Told) -> None:
    mail = told(MESSAGES[4], "en")
    told_of = mail["Subject"].replace("\xa0", " ")
    assert told_of == "<b>shop</b>.example was renewed: €60.00 incl. tax to pay by 6 Jan 2027"
    first, link, *rest = text(mail).split("\n\n")[:4]
    assert link.startswith("Pay €60.00\nhttp://localhost/links/")
    assert [first, *rest] == [
        "Please pay the invoice FR-000001: nothing could be debited for it.",
        "- <b>shop</b>.example, until 30 Dec 2026 included: €60.00 incl. tax",
        "What is still unpaid on 7 Jan 2027 is suspended on that day.",
    ]


def test_of_many_services_some_are_named_and_the_others_counted(told: Told) -> None:
    plain = text(told(MESSAGES[5], "fr"))
    assert plain.count("\n- ") == MOST_NAMED + 1 and "- et 2 autres\n  http://localhost/services\n" in plain


def test_what_nobody_takes_is_told_again(told: Told, world: World, app: Flask) -> None:
    with app.app_context():
        folder = settings().var / "mail"
        blocked = folder / "bob@people.example"
        folder.mkdir(exist_ok=True)
        blocked.write_text("no folder")
        bob = world.account("Bob")
        with writing() as session:
            put(session, MESSAGES[0], bob, desk_for(MESSENGER))
        deliver(HANDLERS, desk_for(MESSENGER))
        blocked.unlink()
    (row,) = world.all(Outbox)
    assert row.state.value == "waiting" and row.reason.startswith("NotTold")


def test_a_single_service_is_renewed_from_its_mail_and_several_from_their_table(told: Told) -> None:
    single = told(MESSAGES[7], "fr")
    assert single["Subject"].replace("\xa0", " ") == (
        "<b>shop</b>.example expire le 31 déc. 2026, sauf renouvellement : 60,00 € TTC"
    )
    assert text(single).count("http://localhost/links/") == 1
    several = text(told(ServicesExpire(DAY, SEVERAL), "fr"))
    assert several.count("http://localhost/links/") == MOST_NAMED and "http://localhost/services\n" in several


def test_what_was_written_down_before_services_were_named_is_told_without_them(told: Told) -> None:
    facts = {name: fact for name, fact in DEBIT.facts.items() if name != "services"}
    assert "\n- " not in text(told(cast(Message, SimpleNamespace(kind=DEBIT.kind, key="1", facts=facts)), "en"))


@pytest.mark.parametrize("day", [DAY, None])
def test_what_is_over_already_is_not_said_to_be_suspended(told: Told, day: date | None) -> None:
    assert ("suspended" in text(told(replace(DEBIT, suspended_on=day), "en"))) == (day is not None)


def test_some_bills_are_paid_at_once_and_many_from_their_list(told: Told) -> None:
    several = replace(DEBIT, payment="K7QM-AAAA-BBBB-CCCC-3", bills=("FR-000003", "FR-000004"))
    plain = told(several, "en")
    assert plain["Subject"] == "€60.00 incl. tax could not be debited (FR-000003 and FR-000004)"
    assert "http://localhost/links/" in text(plain)
    many = told(replace(DEBIT, bills=tuple(f"FR-{number}" for number in range(MOST_BILLS + 1))), "en")
    assert "http://localhost/invoices\n" in text(many)


@pytest.mark.parametrize(
    ("support", "mails_from", "expected"),
    [
        ("", "", ("noreply@services.example", "")),
        ("https://help.example/", "", ("noreply@services.example", "")),
        ("mailto:help@host.example", "", ("help@host.example", "")),
        ("mailto:help@host.example", "mails@host.example", ("mails@host.example", "help@host.example")),
    ],
)
def test_from_where_a_seller_writes_and_where_answers_go(
    support: str, mails_from: str, expected: tuple[str, str]
) -> None:
    seller = Seller("Host", support=support, mails_from=mails_from)
    assert sender_of(seller, "https://services.example/services") == expected
