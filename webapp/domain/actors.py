"""Who acts: a customer, or somebody on the provider's side."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Scope(StrEnum):
    """What somebody may do who came through a control panel; whoever said a password may do everything."""

    READ = "services:read"
    RENEW = "renewal:write"
    """Choose how services renew."""
    PAY = "billing:pay"
    """Order, pay, and choose what is debited."""
    TERMINATE = "terminate"
    """Cancel services, and undo that."""


EVERYTHING = frozenset(Scope)


def written_scopes(scopes: Collection[Scope]) -> str:
    """Words with blanks between them (RFC 8693, 4.2)."""
    return " ".join(sorted(scopes))


def read_scopes(text: str) -> frozenset[Scope]:
    return frozenset(map(Scope, text.split()))


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in account."""

    account_id: int
    staff: str = ""
    """Who of a control panel’s support acts in its place, if somebody does."""
    scopes: Collection[Scope] = EVERYTHING

    @property
    def is_whole(self) -> bool:
        """Whether they may do everything, as themselves."""
        return not self.staff and EVERYTHING.issubset(self.scopes)


@dataclass(frozen=True, slots=True)
class Engine:
    """The program itself, as when money arrives or a day comes."""

    task: str


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who runs this installation, or what they let run."""

    name: str


@dataclass(frozen=True, slots=True)
class Key:
    """A program of somebody else's, by the name of its key."""

    name: str


Actor = Person | Engine | Operator | Key
LONGEST = 80
PAYMENTS = Engine("payments")
"""What gives when money arrives."""
ORDERS = Engine("orders")
"""What lets orders go that nobody pays."""
DAYS = Engine("days")
"""What does as days come what nobody asks for."""
DOOR = Engine("sign-ins")
"""What lets people in."""
MESSENGER = Engine("messages")
"""What tells the world outside."""
OPERATOR = Operator("commands")
"""Who types a command."""
INVENTORY = Operator("inventory")
"""Who imports what customers hold."""
AUDITOR = Operator("audit")


def stored(actor: Actor) -> str:
    """How an event keeps it, beside the account of a person: ``person``, ``engine payments``, ``operator audit``."""
    match actor:
        case Person(_account, staff):
            return f"person {staff}".rstrip()
        case Engine(name):
            return f"engine {name}"
        case Operator(name):
            return f"operator {name}"
        case Key(name):
            return f"key {name}"


def read(text: str, account_id: int | None) -> Actor:
    """The actor that was stored. Raises ValueError."""
    kind, _blank, name = text.partition(" ")
    match kind:
        case "person" if account_id is not None:
            return Person(account_id, name)
        case "engine":
            return Engine(name)
        case "operator":
            return Operator(name)
        case "key":
            return Key(name)
        case _:
            raise ValueError(f"nobody is written {text!r}")
