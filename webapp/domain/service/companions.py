"""What belongs together: what comes with a service, and the domain, hosting and mail of one name."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..folding import fold
from ..labels import N_, Labelled
from .catalogue import Family

PREFIXES = ("mail.", "www.")
"""Before the name of a site these do not make it another one."""


class Bond(Labelled):
    """Why two services belong together, the closest first."""

    PARENT = "parent", N_("this service is included in it")
    INCLUDED = "included", N_("included in this service")
    SAME_PARENT = "same-parent", N_("included in the same service")
    SAME_NAME = "same-name", N_("of the same name")


@dataclass(frozen=True, slots=True)
class Member:
    """A service, as far as it may belong to others."""

    id: int
    name: str
    family: Family
    owner_id: int
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class Companion:
    member: Member
    bond: Bond


def site_name(name: str) -> str:
    """What a domain, its hosting and its mail have in common: ``mail.Example.org`` is of ``example.org``."""
    folded = fold(name)
    return next((folded.removeprefix(prefix) for prefix in PREFIXES if folded.startswith(prefix)), folded)


def site_names(name: str) -> tuple[str, ...]:
    """Every folded name that means the same site."""
    site = site_name(name)
    return (site, *(prefix + site for prefix in PREFIXES))


def bond(member: Member, other: Member) -> Bond | None:
    """Why the other one belongs to this one, seen from this one."""
    if other.id == member.id:
        return None
    if other.id == member.parent_id:
        return Bond.PARENT
    if other.parent_id == member.id:
        return Bond.INCLUDED
    if member.parent_id is not None and other.parent_id == member.parent_id:
        return Bond.SAME_PARENT
    tied = member.family.named_together and other.family.named_together and member.owner_id == other.owner_id
    return Bond.SAME_NAME if tied and site_name(member.name) == site_name(other.name) else None


def companions(member: Member, others: Iterable[Member]) -> list[Companion]:
    """Of the others, those that belong to this service, the closest first."""
    order = list(Bond)
    tied = [Companion(other, why) for other in others if (why := bond(member, other))]
    return sorted(tied, key=lambda companion: (order.index(companion.bond), companion.member.name))
