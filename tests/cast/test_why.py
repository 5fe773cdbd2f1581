"""Why a day or an amount is what it is: said beside it on every page of a service, and reckoned again here."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from bs4 import BeautifulSoup, Tag

from tests.cast.conftest import Cast, Contact
from tests.markup import soup
from webapp.domain.periods import Period, after, last_day

DAY = re.compile(r"\d{1,2} [A-Z][a-z]{2,3} \d{4}")
TERM = re.compile(
    rf"began on ({DAY.pattern}) and lasts (\d+) (month|year)s?\. What is paid for ends with ({DAY.pattern})"
)
KEPT = re.compile(rf"suspended on ({DAY.pattern})\. .* kept for ([\d,]+) days?")
AMOUNT = re.compile(r"\d[\d,]*\.\d\d")


def facts_of(page: BeautifulSoup) -> dict[str, Tag]:
    return {name.get_text(" ", strip=True): name.find_next_sibling("dd") for name in page.select("#terms ~ .facts dt")}


def reasons(fact: Tag) -> list[str]:
    return [" ".join(each.get_text().split()) for each in fact.select("details.why p")]


def shown(fact: Tag) -> str:
    """What stands there beside its reasons."""
    copy = BeautifulSoup(str(fact), "html.parser")
    for each in copy.select("details"):
        each.decompose()
    return " ".join(copy.get_text(" ").split())


def days(text: str) -> list[date]:
    written = (each.replace("Sept", "Sep") for each in DAY.findall(text))
    return [datetime.strptime(each, "%d %b %Y").replace(tzinfo=UTC).date() for each in written]


def amounts(text: str) -> list[Decimal]:
    return [Decimal(each.replace(",", "")) for each in AMOUNT.findall(text)]


def test_every_next_date_and_every_price_says_why_and_is_reckoned_again(cast: Cast) -> None:
    faults, reckoned = [], {"term": 0, "price": 0, "kept": 0}
    for contact in cast.contacts:
        facts = facts_of(soup(cast.browser(contact.account_id, "en").get(contact.url)))
        told = {name: reasons(fact) for name, fact in facts.items()}
        if days(shown(facts["Next date"])) and not told["Next date"]:
            faults.append((contact.url, "no reason of a date", shown(facts["Next date"])))
        if "Price of the next term" in facts:
            reckoned["price"] += 1
            faults += [(contact.url, *fault) for fault in wrong_price(facts["Price of the next term"], contact)]
        for fact in facts.values():
            faults += [(contact.url, *fault) for fault in wrong_days(fact, reckoned)]
    assert faults == []
    assert min(reckoned.values()) > 0, reckoned


def wrong_price(fact: Tag, contact: Contact) -> list[tuple[str, str]]:
    """Net and taxes are gross; a consumer is told what tax is in it. One of the amounts is what is shown."""
    told = reasons(fact)
    if len(told) < 2:
        return [("no reckoning of a price", shown(fact))]
    rules, price = contact.case.rules, contact.case.service.price
    known = [Decimal(each.amount.minor) / 100 for each in rules.levies(price)]
    net, gross = Decimal(price.minor) / 100, Decimal(rules.gross(price).minor) / 100
    said_amounts = [amounts(each)[-1] for each in told if amounts(each)]
    wanted = [net, *known, gross] if rules.shows_net_prices else [gross, *known]
    right = said_amounts == wanted and net + sum(known, Decimal(0)) == gross
    return [] if right and amounts(shown(fact))[0] in wanted else [("wrong price", f"{shown(fact)}: {told}")]


def wrong_days(fact: Tag, reckoned: dict[str, int]) -> list[tuple[str, str]]:
    """A term that began then and lasts so long ends the day before; what was suspended is kept for so many days."""
    told, faults = " ".join(reasons(fact)), []
    if term := re.search(
        rf"began on ({DAY.pattern}) and lasts (\d+) (month|year)s?\. What is paid for ends with ({DAY.pattern})", told
    ):
        reckoned["term"] += 1
        (begun,), (last,) = days(term[1]), days(term[4])
        period = Period(int(term[2]) * (12 if term[3] == "year" else 1))
        if last not in {last_day(after(begun, period, anchor_day=anchor)) for anchor in range(1, 32)}:
            faults.append(("wrong term", told))
    if kept := KEPT.search(told):
        reckoned["kept"] += 1
        (suspended,) = days(kept[1])
        named = days(shown(fact))[-1:]
        promised = days(told.partition("A mail has named ")[2])
        gone = suspended + timedelta(days=int(kept[2].replace(",", "")))
        if named and named[0] not in (gone, *promised):
            faults.append(("wrong deletion", f"{shown(fact)}: {told}"))
    return faults


def test_what_it_costs_is_told_to_its_payer_alone(cast: Cast) -> None:
    for contact in cast.contacts:
        facts = facts_of(soup(cast.browser(contact.account_id, "en").get(contact.url)))
        if "Price of the next term" not in facts:
            assert not any(amounts(each) for fact in facts.values() for each in reasons(fact)), contact.url
