"""Why a day or an amount is what it is: said beside it on every page of a service, and reckoned again here."""

import re
from collections.abc import Iterator, Mapping

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from tests.cast.conftest import Cast, Contact
from tests.cast.reading import main_of
from tests.cast.reckoning import (
    AMOUNT,
    SAVED,
    Reckoned,
    amounts,
    days,
    money,
    months,
    reasons,
    rounded,
    sentences,
    shown,
)
from tests.cast.test_papers import documents
from tests.conftest import forget_counts
from tests.markup import post, soup
from webapp.domain.batches.kinds import BatchAction
from webapp.domain.roles import Role

ACTS = ("/renew", "/anticipate", "/align", "/cancel", "/cancel/undo")
EXPLAINED = {
    "To change your mind": "it says how long an order lasts",
    "Can be undone until": "it says how long before the end",
    "Bill to pay": "the bill says it",
}
"""What a page that somebody decides on says of a day or an amount without more, and why that is enough."""


def facts_of(page: BeautifulSoup | Tag, where: str = "#terms ~ .facts dt") -> dict[str, Tag]:
    return {name.get_text(" ", strip=True): name.find_next_sibling("dd") for name in page.select(where)}


def test_every_next_date_and_every_price_says_why_and_is_reckoned_again(cast: Cast) -> None:
    reckoned = Reckoned()
    for contact in cast.contacts:
        facts = facts_of(soup(cast.browser(contact.account_id, "en").get(contact.url)))
        for name, fact in facts.items():
            reckoned.look(contact.url, reasons(fact), shown(fact))
            if (days(bare(fact)) or amounts(bare(fact))) and not reasons(fact) and not said_before(name, facts):
                reckoned.faults.append((contact.url, "no reason", f"{name}: {bare(fact)}"))
        if "Price of the next term" in facts:
            reckoned.faults += wrong_price(facts["Price of the next term"], contact)
    assert reckoned.faults == []
    assert min(reckoned.counts[each] for each in ("term", "price", "kept")) > 0, reckoned.counts


def bare(fact: Tag) -> str:
    """What stands there beside its reasons, and the causes of what is wrong, which are reasons themselves."""
    copy = BeautifulSoup(str(fact), "html.parser")
    for each in copy.select(".alert"):
        each.decompose()
    return shown(copy)


def said_before(name: str, facts: Mapping[str, Tag]) -> bool:
    """The day of a deletion is often the next date, what is included in a service ends with it, and what ended is told
    of in the history.
    """
    if name == "Deletion":
        return not set(days(shown(facts[name]))) - set(days(shown(facts["Next date"])))
    return any(each in shown(facts[name]) for each in ("with the service in which it is included", "Terminated since"))


def wrong_price(fact: Tag, contact: Contact) -> Iterator[tuple[str, str, str]]:
    """Net and taxes are gross; a consumer is told what tax is in it. One of the amounts is what is shown."""
    rules, price = contact.case.rules, contact.case.service.price
    known = [each.amount.minor for each in rules.levies(price)]
    wanted = [price.minor, *known, rules.gross(price).minor]
    if not rules.shows_net_prices:
        wanted = [rules.gross(price).minor, *known]
    said = [int(amounts(each)[-1] * 100) for each in reasons(fact) if amounts(each)]
    if said != wanted or int(amounts(shown(fact))[0] * 100) not in wanted:
        yield contact.url, "wrong price", f"{shown(fact)}: {reasons(fact)}"


def test_what_it_costs_is_told_to_its_payer_alone(cast: Cast) -> None:
    for contact in cast.contacts:
        client = cast.browser(contact.account_id, "en")
        facts = facts_of(soup(client.get(contact.url)))
        if "Price of the next term" not in facts:
            assert not any(amounts(each) for fact in facts.values() for each in reasons(fact)), contact.url
        if Role.BILLING not in contact.case.roles:
            told = [each for page in ("/renewal", *ACTS) for each in reasons(soup(client.get(contact.url + page)))]
            assert not any(amounts(each) for each in told), contact.url


def test_every_day_and_amount_that_is_decided_on_says_why_and_is_reckoned_again(cast: Cast) -> None:
    reckoned = Reckoned()
    for contact in cast.contacts:
        client = cast.browser(contact.account_id, "en")
        renewal = main_of(soup(client.get(f"{contact.url}/renewal")))
        others = [str(each["value"]) for each in renewal.select("[name=choice]:not([checked])")]
        pages = ACTS + tuple(f"/renewal?choice={other}" for other in others)
        seen = {"/renewal": renewal} | {page: main_of(soup(client.get(contact.url + page))) for page in pages}
        for page, part in seen.items():
            if part.select_one("form"):
                look(part, f"{contact.url}{page}", reckoned)
    assert reckoned.faults == []
    kinds = ("next term", "share", "a month", "saved", "price")
    assert min(reckoned.counts[each] for each in kinds) > 0, reckoned.counts


def look(page: Tag, where: str, reckoned: Reckoned) -> None:
    for name, fact in facts_of(page, ".facts dt").items():
        if fact.find_parent("details"):
            continue
        reckoned.look(where, reasons(fact), shown(fact))
        if (days(shown(fact)) or amounts(shown(fact))) and not reasons(fact) and name not in EXPLAINED:
            reckoned.faults.append((where, "no reason", shown(fact)))
    for table in page.select("table.ordered"):
        why = table.find_next_sibling("details", class_="why")
        if why is None:
            reckoned.faults.append((where, "no reason", shown(table)))
            continue
        named = list(of_each(why)) or [("", sentences(why))]
        rows = {" ".join(row.th.get_text(" ").split()): shown(row) for row in table.select("tbody tr")}
        for name, told in named:
            its = [seen for row, seen in rows.items() if row.startswith(name.replace(", ", " ", 1))]
            if its:
                reckoned.look(where, told, its[0])
    for offers in page.select("fieldset.offers:has(> details.why)"):
        look_at_offers(offers, where, reckoned)


def of_each(why: Tag) -> Iterator[tuple[str, list[str]]]:
    """What is said of each name."""
    for name in why.select("dt"):
        told = []
        for each in name.find_next_siblings():
            if each.name == "dt":
                break
            told.append(" ".join(each.get_text().split()))
        yield name.get_text(strip=True), told


def look_at_offers(offers: Tag, where: str, reckoned: Reckoned) -> None:
    """What each duration costs a month, and saves in a year beside the dearest."""
    told = {" ".join(each.get_text(" ").split()) for each in offers.select(".price small")}
    reckoned.look(where, sentences(offers.select_one("details.why")), " ".join(told))
    for name, said in of_each(offers.select_one("details.why")):
        text = " ".join(said)
        if (saves := SAVED.search(text)) and " over " in text:
            price, dearest, saved = amounts(text)[0], money(saves[1]), money(saves[4])
            own, theirs = months(*name.split()[:2]), months(saves[2], saves[3])
            yearly = rounded(dearest * 12 / theirs - price * 12 / own, saved)
            reckoned.counts["saved"] += 1
            if yearly != saved or not any(amounts(each) == [saved] for each in told):
                reckoned.faults.append((where, "saved", f"{told} <- {text}"))
    if told and not AMOUNT.search(" ".join(reasons(offers))):
        reckoned.faults.append((where, "no reason", " ".join(told)))


def test_every_bill_and_every_order_is_reckoned_again(cast: Cast) -> None:
    reckoned, looked_at = Reckoned(), {"/invoices/": 0, "/orders/": 0}
    for account in cast.browsers:
        client = cast.browser(account, "en")
        for url in documents(cast, client):
            main = main_of(soup(client.get(url)))
            kind = next(each for each in looked_at if url.startswith(each))
            looked_at[kind] += 1
            look_at_lines(main, url, reckoned)
    assert reckoned.faults == []
    assert min(looked_at.values()) > 0, looked_at
    assert min(reckoned.counts[each] for each in ("price", "times", "lasts")) > 0, reckoned.counts


def look_at_lines(main: Tag, url: str, reckoned: Reckoned) -> None:
    """Each row of the table says how its amounts came about, in the order of the rows."""
    table, why = main.select_one("table.ordered"), main.select_one("table.ordered ~ details.why")
    if table is None or (url.startswith("/orders/") and table.caption.get_text(strip=True) == "Bills that it pays"):
        return
    rows = table.select("tbody tr")[:25]
    named = list(of_each(why)) if why else []
    if len(named) < len(rows):
        reckoned.faults.append((url, "no reason", shown(table)))
    for row, (name, told) in zip(rows, named, strict=False):
        if not shown(row).startswith(name):
            reckoned.faults.append((url, "another name", f"{name} <- {shown(row)}"))
        reckoned.look(url, told, f"{shown(row)} {shown(table.tfoot)}")


def test_every_row_of_a_batch_says_why_and_is_reckoned_again(cast: Cast) -> None:
    reckoned = Reckoned(in_short=True)
    forget_counts(cast.app)
    for account in cast.browsers:
        references = [each.reference for each in cast.contacts if each.account_id == account]
        client = cast.browser(account, "en")
        for action in BatchAction if references else ():
            begun = post(client, "/batches", {"action": action.value, "ref": references, "day": "15"})
            for page in planned(client, begun.location or ""):
                named, rows = list(of_each(page)), page.select("table.rows tbody tr")
                if len(named) != len(rows):
                    reckoned.faults.append((str(action), "no reason", shown(page)))
                for row, (_name, told) in zip(rows, named, strict=False):
                    reckoned.look(str(action), told, shown(row))
    assert reckoned.faults == []
    assert min(reckoned.counts[each] for each in ("next term", "share", "price")) > 0, reckoned.counts


def planned(client: FlaskClient, batch: str) -> Iterator[Tag]:
    """The rows of each group that is to be decided on."""
    if "/batches/" not in batch:
        return
    page = main_of(soup(client.get(batch)))
    for link in page.select("a.group"):
        rows = main_of(soup(client.get(f"{batch}?{str(link['href']).partition('?')[2]}")))
        if rows.select("th") and "Afterwards" in shown(rows.select_one("table.rows thead") or rows):
            yield rows


def test_every_mail_that_names_a_day_or_an_amount_is_reckoned_again(cast: Cast) -> None:
    """Those of the first pages: the latest of each account."""
    reckoned = Reckoned(in_short=True)
    explained = 0
    for account in cast.browsers:
        client = cast.browser(account, "en")
        for link in main_of(soup(client.get("/account/mails"))).select("tbody a[href^='/account/mails/']"):
            told, asks, why = typed(client, str(link["href"])).partition("Why these days and amounts?\n")
            explained += bool(asks)
            for each in re.findall(r"(?:^  \S.*\n)+", why.partition("\n-- ")[0], re.M):
                reckoned.look(str(link["href"]), [" ".join(each.split())], " ".join(told.split()))
    assert reckoned.faults == []
    assert explained > 10 and reckoned.counts["price"] > 10, (explained, reckoned.counts)


def typed(client: FlaskClient, mail: str) -> str:
    """Its text."""
    return main_of(soup(client.get(mail))).select_one(".typed").get_text().replace("\xa0", " ")
