"""What the texts of the catalogue claim about days and money, in every language that they are said in."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from webapp.language.catalogues import catalogue

PLACE = re.compile(r"%\((\w+)\)s")
DAYS = frozenset(("day", "moment", "deleted", "confirmed", "ended", "until", "when", "start", "end", "term"))
"""Placeholders that may stand for a day; in pages a day reads ``2026-11-23``."""
DAY = r"(\d{4}-\d\d-\d\d)(?:T[\d:+Z]+)?"

AHEAD = frozenset(
    (
        "A manually renewed service need not be cancelled: unless you renew it, it ends on %(day)s.",
        "Its commitment lasts up to and including %(day)s.",
        "It would end on %(day)s; if you do not tick it, it is kept.",
        "Its next renewal falls on such a day already, %(day)s: nothing is due, and it would renew on that day of the "
        "month from then on.",
        "From %(day)s on, only support can have it restored, for a fee.",
        "From %(day)s on, restoring it costs %(fee)s beside its term.",
        "If nothing is done, it is deleted on %(day)s.",
        "A bill will be sent by e-mail, to be paid online; if it is still unpaid on %(day)s, the service is suspended.",
        "For what the balance does not cover a bill will be sent by e-mail, to be paid online; if it is still unpaid "
        "on %(day)s, the service is suspended.",
        "If you do not pay until %(moment)s, the bill stays as it is.",
        "If the payment does not arrive, it is deleted on %(day)s.",
        "Whoever has this link can do this, and nothing else, in the name of the account at %(seller)s that it was "
        "sent to, up to and including %(day)s.",
        "%(count)s service renews when nothing can be debited from it, on %(day)s: a bill is sent for it.",
        "It is paid for until %(day)s (included).",
        "It works until %(day)s (included).",
        "Nothing is charged before you confirm it on the payment page. If you do not pay until %(moment)s, the bill "
        "stays as it is.",
        "Nothing is charged before you pay, and until then the order can be discarded. If it is not paid until "
        "%(until)s, it lapses.",
        "Nothing was charged. The order is open until %(until)s.",
        "Nothing will be debited. The service expires on %(day)s: unless you renew it before, it is suspended that "
        "day and deleted on %(deleted)s.",
        "Nothing will be debited. The service expires on %(day)s: unless you renew it before, it is suspended that "
        "day and deleted some days later.",
        "On %(day)s. Save what you need before.",
        "The cancellation of this service is scheduled for %(day)s.",
        "The commitment of this service ends on %(day)s: its renewal cannot be changed before.",
        "The days from %(term)s cost their share of a term: %(amount)s, tax included, due on %(day)s.",
        "The payment provider tells of another amount than this order’s. Do not pay again: the support of %(seller)s "
        "finds out what was taken and answers you by %(day)s. Should you write to them, name the order %(code)s.",
        "This service is renewed by hand. There is nothing to cancel: unless you renew it, it ends on %(day)s, is "
        "suspended that day and deleted on %(deleted)s.",
        "This service is renewed by hand. There is nothing to cancel: unless you renew it, it ends on %(day)s, is "
        "suspended that day and deleted some days later.",
        "Until you pay, the order can be discarded; if it is not paid until %(moment)s, it lapses.",
        "bill on %(day)s",
        "can be undone until %(moment)s",
        "committed: due until then; can be undone until %(moment)s",
        "debited on %(day)s",
        "deleted on %(day)s if the payment does not arrive",
        "deleted on %(day)s unless it is paid",
        "deleted on %(day)s unless it is renewed",
        "ends on %(day)s",
        "%(method)s cannot be debited from %(day)s on: bills will be sent for what renews with it then.",
        "expires on %(day)s",
        "from %(day)s",
        "its data is erased on %(day)s",
        "no more debits; can be undone until %(moment)s",
        "renews on %(day)s",
        "renew it to keep it, or it is deleted on %(day)s",
    )
)
"""Said of a day that is still to come."""
PAST = frozenset(
    (
        "%(method)s cannot be debited since %(day)s: bills will be sent for what renews with it.",
        "Billed on %(day)s",
        "Confirmed on %(confirmed)s, ended on %(ended)s.",
        "Confirmed on %(confirmed)s.",
        "It expired on %(day)s. A renewal counts from that day, also now.",
        "It was paid for until %(day)s (included).",
        "Its deletion was due on %(day)s.",
        "Nothing can be debited from it since %(day)s.",
        "Since %(day)s, only support can have it restored, for a fee.",
        "Since %(day)s, restoring it costs %(fee)s beside its term.",
        "Its term ended on %(day)s: renew it first.",
        "Nothing will be debited. It expired on %(day)s: unless you renew it, it is suspended and deleted.",
        "The payment provider tells of another amount than this order’s. Do not pay again: the support of %(seller)s "
        "finds out what was taken, and was to answer you by %(day)s. Write to them, and name the order %(code)s.",
        "There is nothing to cancel: nobody renewed this service, and it ended on %(day)s.",
        "This service is renewed by hand, and nobody has renewed it: it ended on %(day)s. There is nothing to cancel.",
        "This would end on %(day)s, which has passed already.",
        "You accepted version %(version)s on %(moment)s.",
        "billed on %(day)s",
        "Its bill was made on %(day)s, and not all of it is paid.",
        "It was suspended on %(day)s.",
        "expired on %(day)s",
        "expired on %(day)s; only support can have it restored",
        "expired on %(day)s; renewing brings it back",
        "its deletion was due on %(day)s",
        "renew it to keep it: its deletion was due on %(day)s",
        "since %(day)s",
    )
)
"""Said of a day that has come."""
EITHER = frozenset(
    (
        "%(duration)s until %(day)s (included): %(amount)s",
        "%(start)s to %(end)s",
        "What it pays for begins on %(day)s and lasts %(duration)s.",
        "The term begins on %(day)s, where what is paid for ends, and lasts %(duration)s.",
        "What is paid for ends with %(day)s.",
        "This term began on %(day)s and lasts %(duration)s.",
        "This term began on %(day)s. It is not as long as its next terms are: %(duration)s.",
        "A mail has named %(day)s, and nothing is deleted before that.",
        "A mail has named %(day)s, and nothing is suspended before that.",
        "%(what)s, by %(who)s, %(when)s.",
        "From %(day)s",
        "In this demo it is %(day)s.",
        "It is paid for %(until)s. What you pay for now is added after that day: no day is lost.",
        "The registry takes no term that ends after %(day)s.",
        "The service was going to end on %(day)s. If you keep it, it is at once as it was before.",
        "This was possible until 24 hours before %(day)s.",
        "Until %(day)s",
        "Version %(version)s, of %(day)s",
        "until %(day)s (included)",
        "next renewal on %(day)s",
        "was going to end on %(day)s; is kept",
        "What is paid from %(start)s to %(end)s, tax included: each bar is a day of the month",
        "%(name)s ends on %(day)s.",
        "%(name)s is renewed and paid for %(until)s.",
    )
)
"""Said of any day."""
MAILED = frozenset(
    (
        "from %(day)s on, restoring it costs %(amount)s beside its term",
        "%(name)s ends on %(day)s unless you renew it",
        "%(name)s ends on %(day)s unless it is renewed",
        "%(name)s is deleted on %(day)s unless somebody renews it or pays for it",
        "%(name)s is suspended on %(day)s unless it is paid for",
        "%(name)s renews by itself on %(day)s",
        "%(name)s ends on %(day)s unless you renew it: %(amount)s",
        "%(name)s is cancelled: it ends on %(day)s",
        "%(name)s is kept: it no longer ends on %(day)s",
        "%(name)s was going to end on %(day)s, and is kept.",
        "Somebody signed in with your password at a browser that is new to us: %(moment)s.",
        "%(name)s is deleted on %(day)s",
        "%(name)s is not paid for: it is suspended on %(day)s",
        "%(name)s, data erased on %(day)s",
        "%(name)s, deleted on %(day)s",
        "%(name)s, on %(day)s: %(amount)s",
        "%(name)s renews on %(day)s",
        "%(name)s renews on %(day)s: %(amount)s",
        "%(name)s renews on %(day)s: %(amount)s, %(method)s",
        "%(name)s was renewed: %(amount)s to pay by %(day)s",
        "%(name)s, until %(day)s included: %(amount)s",
        "%(method)s expires: from %(day)s on nothing can be debited from it",
        "What is still unpaid on %(day)s is suspended on that day.",
    )
)
"""Said in mails, which no page repeats."""
NO_DAY = frozenset(
    (
        "Continue with %(day)s",
        "It renews on %(day)s now, and is paid for %(until)s.",
        "It renews on %(day)s now, and was paid for %(until)s.",
        "Renewals fall on %(day)s.",
        "Renewals fall on %(day)s; where a month is too short, on its last day.",
        "Once the order is paid these services renew on %(day)s. Each is then paid for until the day beside it; the "
        "days in between cost their share of its price.",
        "Will renew on %(day)s",
        "day %(day)s of the month",
    )
)
"""What fills them is a day of every month, or a sentence of its own."""
AHEAD_BESIDE = frozenset(("deletion", "end of service", "expiry", "next bill", "next debit"))
"""Said beside a day that is still to come: ``2026-11-24 expiry``."""
PAST_BESIDE = frozenset(("billed", "deletion due since", "due since", "ended", "expired", "suspended since"))

DEBITS = frozenset(
    (
        "Each is debited on its first day.",
        "Debited from: %(kind)s, %(label)s.",
        "Next debits, tax included",
        "debited on %(day)s",
        "next debit",
    )
)
"""A debit is promised."""
OWED = frozenset(
    (
        "As soon as your payment has arrived, nothing is owed any more for this service. It goes on as before.",
        "Bill to pay",
        "If nothing is done, it is deleted on %(day)s.",
        "Pay the ticked bills",
        "Pay your bill",
        "To be paid",
        "deleted on %(day)s unless it is paid",
    )
)
"""Somebody is asked to pay."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim that stands in a text, with the days that it is about."""

    claim: str
    days: tuple[date, ...]


def spoken(text: str, language: str) -> set[str]:
    """However it is said in any territory."""
    return {str(catalogue(language, territory).gettext(text)) for territory in ("", "CA")}


@cache
def _patterns(text: str, language: str) -> list[re.Pattern[str]]:
    return [_pattern(" ".join(said.split())) for said in spoken(text, language)]


def _pattern(said: str) -> re.Pattern[str]:
    parts = PLACE.split(said)
    filled = [re.escape(part) if place % 2 == 0 else _filling(part) for place, part in enumerate(parts)]
    return re.compile(rf"(?<!\w){''.join(filled)}(?!\w)")


def _filling(name: str) -> str:
    return DAY if name in DAYS - {"until", "when", "term"} else ".{1,80}?"


def claims(text: str, language: str, among: Iterable[str]) -> Iterator[Said]:
    """Those of the claims that stand in a text whose days are written as ``2026-11-23``."""
    for claim in among:
        for found in (found for pattern in _patterns(claim, language) for found in pattern.finditer(text)):
            yield Said(claim, tuple(date.fromisoformat(day) for day in found.groups()))


def beside(text: str, language: str, among: Iterable[str]) -> Iterator[Said]:
    """Those that stand beside a day, with it."""
    for label in among:
        said = re.escape(str(catalogue(language).gettext(label)))
        for found in re.finditer(rf"{DAY} (?:\()?{said}(?!\w)", text):
            yield Said(label, (date.fromisoformat(found[1]),))
