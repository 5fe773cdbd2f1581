"""What a page says a day or an amount follows from, in English, reckoned again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from bs4 import BeautifulSoup, Tag

from webapp.domain.periods import Period, after, last_day

DAY = r"\d{1,2} [A-Z][a-z]{2,3} \d{4}"
AMOUNT = re.compile(r"\d[\d,]*\.\d\d")
LASTS = r"(\d+) (month|year)s?"
TERM = re.compile(rf"began on ({DAY}) and lasts {LASTS}\. What is paid for ends with ({DAY})")
FALLS = r"Renewals fall on ([^.;]+)"
NEXT = re.compile(rf"The term begins on ({DAY}), where what is paid for ends, and lasts {LASTS}\. {FALLS}")
EACH = re.compile(rf"ends with ({DAY})\. Each term lasts {LASTS} .*?\. {FALLS}")
KEPT = re.compile(rf"suspended on ({DAY})\. .* kept for ([\d,]+) days?")
SHARE = re.compile(
    r"(?:It is|They are) ([\d,]+) of the ([\d,]+) days of a term, .*?: \D*([\d.,]+\d)\D* \((.*?)\)\. "
    r"For these days, (.*?): \D*([\d.,]+\d)"
)
LEFT = re.compile(r"Of \D*([\d.,]+\d)\D*, \D*([\d.,]+\d)\D* is settled already: \D*([\d.,]+\d)\D* is left")
PAID = re.compile(rf"pays for begins on ({DAY}) and lasts {LASTS}")
TIMES = re.compile(r"(\d+) × \D*([\d.,]+\d)\D*, without tax: \D*([\d.,]+\d)")
MONTHLY = re.compile(r"([\d.,]+\d)\D* over (\d+) months?: \D*([\d.,]+\d)")
SAVED = re.compile(rf"Beside \D*([\d.,]+\d)\D* for {LASTS}, that saves \D*([\d.,]+\d)")
TAX = re.compile(r"([\d.]+)%(?: in it)?: \D*([\d.,]+\d)")


def days(text: str) -> list[date]:
    written = (each.replace("Sept", "Sep") for each in re.findall(DAY, text))
    return [datetime.strptime(each, "%d %b %Y").replace(tzinfo=UTC).date() for each in written]


def amounts(text: str) -> list[Decimal]:
    return [money(each) for each in AMOUNT.findall(text)]


def money(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def rounded(amount: Decimal, like: Decimal) -> Decimal:
    """Halves away from zero, to as many decimals as that one has."""
    return amount.quantize(like, ROUND_HALF_UP)


def sentences(part: Tag) -> list[str]:
    return [" ".join(each.get_text().split()) for each in part.select("p, dd")]


def reasons(part: Tag) -> list[str]:
    """All that is said of why."""
    return [said for each in part.select("details.why") for said in sentences(each)]


def shown(part: Tag) -> str:
    """What stands there beside its reasons."""
    copy = BeautifulSoup(str(part), "html.parser")
    for each in copy.select("details"):
        each.decompose()
    return " ".join(copy.get_text(" ").split())


def months(number: str, unit: str) -> int:
    return int(number) * (12 if unit.startswith("year") else 1)


def anchor(said: str) -> int:
    """The day of the month that was said."""
    known = {"the 1st of the month": 1, "the last day of the month": 31}
    return known.get(said) or int(re.findall(r"\d+", said)[0])


@dataclass(slots=True)
class Reckoned:
    """What was reckoned again, by its kind, and what came to something else."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    in_short: bool = False
    """Whether of a term only its first or its last day is told."""

    def look(self, where: str, told: Sequence[str], standing: str) -> None:
        """``standing`` is what those reasons are of."""
        text = " ".join(told)
        for kind, right in _all(text, standing, in_short=self.in_short):
            self.counts[kind] += 1
            if not right:
                self.faults.append((where, kind, f"{standing} <- {text}"))


def _all(text: str, standing: str, *, in_short: bool) -> Iterator[tuple[str, bool]]:
    if term := TERM.search(text):
        (begun,), (last,) = days(term[1]), days(term[4])
        yield "term", last in {last_day(after(begun, period_of(term), anchor_day=day)) for day in range(1, 32)}
    for start, term in ((NEXT, NEXT.search(text)), (EACH, EACH.search(text))):
        if term:
            (begun,) = days(term[1])
            begun += timedelta(days=start is EACH)
            end = last_day(after(begun, period_of(term), anchor_day=anchor(term[4])))
            known = {begun, end} & set(days(standing))
            yield "next term", len(known) == 2 or (in_short and (bool(known) or "has passed" in text))
    if kept := KEPT.search(text):
        (suspended,), named = days(kept[1]), days(standing)
        gone = suspended + timedelta(days=int(kept[2].replace(",", "")))
        promised = days(text.partition("A mail has named ")[2])
        yield "kept", not named or not {gone, *promised}.isdisjoint(named)
    if share := SHARE.search(text):
        part, whole, price, cost = (money(share[each]) for each in (1, 2, 3, 6))
        exact = "excl" in share[4] or "without" in share[5]
        off = abs(rounded(price * part / whole, cost) - cost)
        yield "share", off == 0 if exact else off <= Decimal("0.01")
    for monthly in MONTHLY.finditer(text):
        price, count, cost = (money(monthly[each]) for each in (1, 2, 3))
        yield "a month", rounded(price / count, cost) == cost
    if left := LEFT.search(text):
        whole, settled, rest = (money(left[each]) for each in (1, 2, 3))
        yield "left", whole == settled + rest and rest in amounts(standing)
    if paid := PAID.search(text):
        (begun,) = days(paid[1])
        ends = {last_day(after(begun, period_of(paid), anchor_day=day)) for day in range(1, 32)}
        yield "lasts", begun in days(standing) and not ends.isdisjoint(days(standing))
    if times := TIMES.search(text):
        count, price, cost = (money(times[each]) for each in (1, 2, 3))
        yield "times", rounded(cost / count, price) == price
    yield from _taxed(text, standing)


def period_of(term: "re.Match[str]") -> Period:
    return Period(months(term[2], term[3]))


def _taxed(text: str, standing: str) -> Iterator[tuple[str, bool]]:
    """What stands there is the whole without tax, or with it; each tax is its rate of the amount without any."""
    for said in re.split(r"(?=For (?:\d+ |these |restoring the )\w+, |\d+ × )", text):
        if not said.startswith("For ") and " × " not in said:
            continue
        whole, taxes = amounts(said)[" × " in said], [(money(rate), money(tax)) for rate, tax in TAX.findall(said)]
        added = sum((tax for _rate, tax in taxes), Decimal(0))
        net = whole if "without tax" in said else whole - added
        right = all(rounded(net * rate / 100, tax) == tax for rate, tax in taxes)
        if "without tax" in said:
            right = right and amounts(said.partition("Together")[2])[0] == net + added
        yield "price", right and not {net, net + added}.isdisjoint(amounts(standing))
