"""A letter before it is typed: what it says, in the words of its recipient."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, NamedTuple

from ..domain.labels import Plural
from ..domain.law.contracts import Portal
from ..domain.links import LASTS, OPEN_TO_FURTHER, LinkPurpose, MailLink, mark_of
from ..domain.messages import MOST_EXPLAINED, MOST_NAMED, Mentioned
from ..domain.money import Money
from ..language.speaker import Speaker
from ..wording.reckoned import Named, first_of


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom it is written, and under whose name."""

    name: str
    address: str
    """Of mail."""
    portal: Portal
    speaker: Speaker
    page: Callable[..., str]
    """The whole address of a page of ours: ``page("services.show", reference="S-1")``."""
    account_id: int
    today: date
    """The business day on which it is written."""
    sign: Callable[[MailLink], str]
    further: int = 0
    """The key of the further address of the account that this is; 0 where it is its own."""

    def act(self, purpose: LinkPurpose, *about: str, day: date | None = None) -> str:
        """The address at which that is done without signing in, good for this account alone; whoever reads a further
        address can do nothing but pay, and is led to the account’s page.
        """
        if self.further and purpose not in OPEN_TO_FURTHER:
            service = purpose in (LinkPurpose.RENEW, LinkPurpose.STOP)
            return self.page("services.show", reference=about[0]) if service else self.page("methods.index")
        return self.page("links.show", token=self.token(purpose, *about, day=day))

    def token(self, purpose: LinkPurpose, *about: str, day: date | None = None) -> str:
        """What stands in it."""
        return self.sign(MailLink(purpose, self.account_id, mark_of(self.address), about, day, self.today + LASTS))

    def day(self, day: date | str) -> str:
        return self.speaker.plain_day(date.fromisoformat(day) if isinstance(day, str) else day)

    def gross(self, amount: Money) -> str:
        """With the word that says so."""
        return self.speaker.gettext("%(amount)s incl. tax", amount=self.speaker.plain_money(amount))


class PaperKind(Enum):
    INVOICE = auto()
    RECEIPT = auto()


Act = tuple[str, str]
"""What can be done, and where."""


@dataclass(frozen=True, slots=True)
class NamedService:
    """What is told of one service: as a sentence, for those who read text, and in cells."""

    text: str
    name: str
    link: str
    day: str = ""
    amount: str = ""
    note: str = ""
    act: Act | None = None
    """What can be done about it without signing in, and where."""


@dataclass(frozen=True, slots=True)
class NamedServices:
    """Services, the most pressing first."""

    rows: Sequence[NamedService]
    day: str = ""
    """What the day of each is; empty where none has one."""
    amount: str = ""
    """The same for amounts."""
    more: str = ""
    """How many there are besides; empty where there are none."""
    named: str = ""
    """What they are; empty for services."""


class Paper(NamedTuple):
    """A document of the recipient’s."""

    kind: PaperKind
    code: str


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    """What, of which service, when, and for how much."""
    lead: str
    """The first line: whether anything is to be done."""
    link: Act
    listed: NamedServices | None = None
    closing: Sequence[str] = ()
    because: Named = ()
    """Why the days and amounts of services are what they are, by their names."""
    threads: Sequence[str] = ()
    """The bills or the order that it is about: letters about the same are shown together."""
    papers: Sequence[Paper] = ()
    """That go with it, since a durable copy is due."""


Facts = Mapping[str, Any]
Write = Callable[[Facts, Recipient], Letter]


def mentioned(facts: Facts) -> list[Mentioned]:
    return [Mentioned.read(stored) for stored in facts.get("services", ())]


def listed(
    services: Sequence[Mentioned],
    to: Recipient,
    say: Callable[[Mentioned], NamedService],
    *,
    day: str = "",
    amount: str = "",
    count: int | None = None,
) -> NamedServices | None:
    """A row for each, as far as they are named; ``day`` and ``amount`` say what stands in their columns, ``count`` how
    many they are where not all of them are given.
    """
    if not services:
        return None
    rows = [say(each) for each in services[:MOST_NAMED]]
    left, more = (count or len(services)) - MOST_NAMED, ""
    if left > 0:
        more = to.speaker.ngettext("and %(count)s more", "and %(count)s more", left, count=to.speaker.number(left))
    has_day, has_amount = any(row.day for row in rows), any(row.amount for row in rows)
    return NamedServices(rows, day if has_day else "", amount if has_amount else "", more)


def row(
    each: Mentioned, to: Recipient, text: str, *, day: date | None = None, amount: Money | None = None, **more: Any
) -> NamedService:
    """``more`` are further cells, and what can be done about it."""
    link, cost = to.page("services.show", reference=each.reference), to.speaker.plain_money(amount) if amount else ""
    return NamedService(text, each.name, link, to.day(day) if day else "", cost, **more)


def subject(services: Sequence[Mentioned], to: Recipient, says: Plural, **facts: Any) -> str:
    """The name of a single one, the number of several: as many as ``count`` says, or as are given."""
    count = facts.pop("count", None) or len(services)
    told = {"name": services[0].name, "count": to.speaker.number(count), **facts}
    return to.speaker.ngettext(*says, count, **told)


def why(services: Sequence[Mentioned], to: Recipient, say: Callable[[Mentioned, "Recipient"], Sequence[str]]) -> Named:
    """What is said of the first of them; nothing where none of that is known."""
    said = [(each.name, say(each, to)) for each in services]
    known = [each for each in said if each[1]]
    return first_of(known, to.speaker, MOST_EXPLAINED, len(services)) if known else ()


def total(services: Sequence[Mentioned], to: Recipient) -> str:
    """What they come to together; empty where that is not known."""
    amounts = [each.amount for each in services if each.amount]
    if len(amounts) < len(services) or len({amount.currency for amount in amounts}) != 1:
        return ""
    return to.gross(Money(sum(amount.minor for amount in amounts), amounts[0].currency))
