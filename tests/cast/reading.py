"""Pages as a reader takes them in: days as calendar days, and what is said of them."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import product

from bs4 import BeautifulSoup, Tag

from tests.cast.claims import AHEAD, AHEAD_BESIDE, PAST, PAST_BESIDE, Said, beside, claims, spoken
from webapp.language.formats import locale_for, plain_day

FIRST, LAST = date(2016, 1, 1), date(2040, 1, 1)
BASES = ("tax included", "taxes included", "excl. tax", "plus taxes", "Price without tax")
BLOCKS = ("tr", "li", "dd", "p", "caption", "legend", "div", "main")
TERRITORIES = ("FR", "CA", "DE")
WRITTEN = re.compile(r"\d{1,2}(?:er)? [^\W\d]+\.? \d{4}|[^\W\d]{3,9}\.? \d{1,2}, \d{4}")


@cache
def _days(language: str) -> dict[str, date]:
    """By how they are written anywhere."""
    days = [FIRST + timedelta(number) for number in range((LAST - FIRST).days)]
    locales = {locale_for(language, territory) for territory in TERRITORIES}
    return {plain_day(day, locale).replace("\N{NO-BREAK SPACE}", " "): day for day, locale in product(days, locales)}


def text_of(page: Tag, language: str) -> str:
    """The words of a part of a page, every day as ``2026-11-23``."""
    return dated(page.get_text(" "), language)


def dated(text: str, language: str) -> str:
    known = _days(language)
    folded = " ".join(text.split())
    return WRITTEN.sub(lambda found: str(known[found[0]]) if found[0] in known else found[0], folded)


def out_of_time(text: str, language: str, today: date) -> list[Said]:
    """What is told as to come though it is over, and as over though it is to come."""
    ahead = [*claims(text, language, AHEAD), *beside(text, language, AHEAD_BESIDE)]
    past = [*claims(text, language, PAST), *beside(text, language, PAST_BESIDE)]
    wrong = [said for said in ahead if any(day < today for day in said.days)]
    return wrong + [said for said in past if any(day > today for day in said.days)]


def ranges(text: str, language: str) -> Iterator[tuple[date, date]]:
    """Every stretch that is told with its first and last day."""
    for said in claims(text, language, ["%(start)s to %(end)s"]):
        yield said.days[0], said.days[1]


MONEY = ("Taken from your balance", "Left to pay")
"""What is said of amounts that are money and no price."""


def baseless(part: Tag, language: str) -> list[str]:
    """Amounts beside which nothing says whether tax is in them: in their cell, row, heading or caption."""
    bases = {said for basis in (*BASES, *MONEY) for said in spoken(basis, language)}
    around = {
        amount: [each.get_text(" ") for each in _near(amount)]
        for amount in part.select("data")
        if not amount.find_parent("button") and not amount.find_parent(is_about_money)
    }
    return [
        f"{amount.get_text()}: {' '.join(texts[0].split())}"
        for amount, texts in around.items()
        if not any(basis in text for text in texts for basis in bases)
    ]


def is_about_money(part: Tag) -> bool:
    """Whether it tells of a balance: money has no price, and so no tax."""
    return part.get("aria-labelledby") in ("sum", "add", "payouts")


def _near(amount: Tag) -> list[Tag]:
    """The elements around an amount up to the block it stands in, and the headings of its column."""
    around = []
    for each in amount.parents:
        around.append(each)
        if each.name in BLOCKS:
            break
    block = around[-1]
    if block.name == "dd":
        around.append(block.find_previous_sibling("dt"))
    table = amount.find_parent("table")
    if table:
        around += table.select("caption, thead th, tfoot th")
    fields = amount.find_parent("fieldset")
    return [*around, *(fields.select("legend") if fields else ())]


def main_of(page: BeautifulSoup) -> Tag:
    """What a page says, without its frame and without what has happened before."""
    main = page.select_one("main")
    assert main
    for part in main.select("option, script, .history, section:has(> .history)"):
        part.extract()
    return main
