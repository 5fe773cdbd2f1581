"""How an amount is reckoned, in sentences. Nobody is told a price without tax who may not be."""

from collections.abc import Mapping, Sequence

from ..domain.billing.price import Price
from ..domain.labels import N_, NN_
from ..domain.law.contracts import ContractRules, Levy, TaxNote
from ..domain.money import Money
from ..domain.periods import Period
from ..domain.renewal.choices import Rate
from ..domain.service.service import Service
from ..language.speaker import Speaker

Said = Mapping[bool, str]
"""Of an amount, by whether its reader is told it without tax."""
TERM: Said = {
    False: N_("For %(duration)s, tax included: %(amount)s."),
    True: N_("For %(duration)s, without tax: %(amount)s."),
}
DAYS: Said = {
    False: N_("For these days, tax included: %(amount)s."),
    True: N_("For these days, without tax: %(amount)s."),
}
RESTORING: Said = {
    False: N_("For restoring the name, tax included: %(amount)s."),
    True: N_("For restoring the name, without tax: %(amount)s."),
}
SHARE = NN_(
    "It is %(days)s of the %(all)s days of a term, and costs that share of its price: %(price)s (%(basis)s).",
    "They are %(days)s of the %(all)s days of a term, and cost that share of its price: %(price)s (%(basis)s).",
)

Named = Sequence[tuple[str, Sequence[str]]]
"""What is said of several things, each with what it is called."""


MOST_EXPLAINED = 25
"""Of things that are listed."""


def first_of(said: Named, speaker: Speaker, most: int = MOST_EXPLAINED, count: int | None = None) -> Named:
    """As many as somebody would read, of ``count`` where not all of them are given."""
    rest = (count or len(said)) - most
    if rest <= 0:
        return said
    alike = speaker.ngettext(
        "%(count)s more is reckoned in the same way.",
        "%(count)s more are reckoned in the same way.",
        rest,
        count=speaker.number(rest),
    )
    return [*said[:most], (alike, [])]


def reckoned(price: Price, speaker: Speaker, says: Said | None = None) -> Sequence[str]:
    """A price, and the taxes that are added to it or are in it."""
    says = says or (TERM if price.duration else DAYS)
    told = {"duration": speaker.duration(price.duration)} if price.duration else {}
    said = [speaker.gettext(says[price.netted], amount=speaker.plain_money(price.shown), **told)]
    if fee := price.shown_fee:
        said.append(speaker.gettext("Restoring the name is in it: %(fee)s.", fee=speaker.plain_money(fee)))
    if price.netted:
        return [*said, *with_taxes(price.levies, price.gross, price.note, speaker)]
    return [*said, *_in_it(price.levies, speaker)]


def with_taxes(levies: Sequence[Levy], gross: Money, note: TaxNote | None, speaker: Speaker) -> Sequence[str]:
    """What they add to an amount without tax, and what that makes."""
    added = [
        speaker.gettext("%(tax)s: %(amount)s.", tax=speaker.tax(each.tax), amount=speaker.plain_money(each.amount))
        for each in levies
    ]
    together = speaker.gettext("Together, tax included: %(amount)s.", amount=speaker.plain_money(gross))
    untaxed = speaker.gettext(note.label if note else N_("No tax is added."))
    return [*(added or [untaxed]), together]


def _in_it(levies: Sequence[Levy], speaker: Speaker) -> Sequence[str]:
    said = [
        speaker.gettext(
            "%(tax)s in it: %(amount)s.", tax=speaker.tax(each.tax), amount=speaker.plain_money(each.amount)
        )
        for each in levies
    ]
    return said or [speaker.gettext("There is no tax in it.")]


def reckoned_term(service: Service, rules: ContractRules, speaker: Speaker) -> Sequence[str]:
    """What each term of a service costs, as long as nothing is changed."""
    return reckoned(Price.of(service.price, rules, service.period), speaker) if service.period else []


def shared(price: Money, days: int, of_days: int, rules: ContractRules, speaker: Speaker) -> str:
    """So many days of a term at that price without tax."""
    facts = {"days": speaker.number(days), "all": speaker.number(of_days)}
    amount, basis = speaker.plain_money(rules.shown(price)), speaker.gettext(rules.price_basis)
    return speaker.ngettext(*SHARE, days, price=amount, basis=basis, **facts)


def compared(rates: Mapping[Period, Rate], speaker: Speaker) -> Named:
    """What is said beside the price of each duration: what it is for a month, and what it saves in a year."""
    dearest = max(rates, key=lambda each: rates[each].price.minor / each.months, default=None)
    told = [(speaker.duration(each), _beside(each, rates[each], dearest, rates, speaker)) for each in rates]
    return [(duration, said) for duration, said in told if said]


def _beside(
    duration: Period, rate: Rate, dearest: Period | None, rates: Mapping[Period, Rate], speaker: Speaker
) -> Sequence[str]:
    said, price = [], speaker.plain_money(rate.price)
    if rate.a_month:
        said.append(
            speaker.ngettext(
                "%(price)s over %(count)s month: %(amount)s a month.",
                "%(price)s over %(count)s months: %(amount)s a month.",
                duration.months,
                price=price,
                count=speaker.number(duration.months),
                amount=speaker.plain_money(rate.a_month),
            )
        )
    if rate.saved_a_year and dearest:
        said.append(
            speaker.gettext(
                "Beside %(price)s for %(duration)s, that saves %(amount)s in a year.",
                price=speaker.plain_money(rates[dearest].price),
                duration=speaker.duration(dearest),
                amount=speaker.plain_money(rate.saved_a_year),
            )
        )
    return said
